"""Small photos with everything hidden in them that a camera or an editor leaves."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, PngImagePlugin

PLACE = "Harbour 38.7223N"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><place>{PLACE}</place></x:xmpmeta>"
HIDDEN = (PLACE.encode(), b"CameraMaker", b"A comment nobody sees", b"GPS")
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A smooth picture, brighter to the right, with its upper left corner dark."""
    ramp = Image.linear_gradient("L").rotate(90).resize(size)
    return ramp.convert(mode) if mode != "P" else ramp.convert("RGB").quantize(16)


def exif(orientation: int = 1) -> Image.Exif:
    """Camera, place and which way up."""
    data = Image.Exif()
    data[ORIENTATION] = orientation
    data[MAKER] = "CameraMaker"
    data[0x010E] = PLACE
    data.get_ifd(GPS).update({1: "N", 2: (38.0, 43.0, 20.0), 3: "W", 4: (9.0, 8.0, 22.0)})
    return data


def photo(
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = (64, 48),
    mode: str = "RGB",
    orientation: int = 1,
    hidden: bool = True,
) -> bytes:
    """The bytes of a photo of this kind, with hidden data of every sort the kind can hold."""
    out, options = io.BytesIO(), {}
    if hidden:
        options = _hidden(kind, orientation)
    picture(size, mode).save(out, kind, **options)
    return out.getvalue()


def _hidden(kind: str, orientation: int) -> dict[str, Any]:
    if kind == "JPEG":
        return {"exif": exif(orientation), "comment": b"A comment nobody sees", "xmp": XMP.encode(), "quality": 90}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "A comment nobody sees")
        notes.add_text("Maker", "CameraMaker", zip=True)
        notes.add_itxt("XML:com.adobe.xmp", XMP)
        return {"pnginfo": notes, "exif": exif(orientation)}
    if kind == "WEBP":
        return {"exif": exif(orientation), "xmp": XMP.encode(), "lossless": True}
    return {}


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few bytes that would unfold to gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND", b"")
    )
