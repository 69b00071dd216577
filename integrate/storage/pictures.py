"""Photos: a small picture for lists, and a copy without hidden data.

Decoding is done by Pillow in memory, with a limit on the pixels a file may unfold to; no temporary file is written.
"""

from __future__ import annotations

import io
import warnings
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from integrate.errors import CannotStripMetadata

if TYPE_CHECKING:
    from PIL.Image import Image

THUMBNAIL_EDGE: Final = 320  # pixels of the longer side
MAX_PIXELS: Final = 120_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "MPO")  # what is decoded at all
_CLEANABLE: Final = MappingProxyType({"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP"})
MEDIA_TYPES: Final = MappingProxyType({
    "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif",
    "TIFF": "image/tiff", "BMP": "image/bmp",
})  # fmt: skip


def describe_picture(data: bytes) -> tuple[str, bytes] | None:
    """(media type, JPEG thumbnail) of a photo, or None when it is none this program can decode."""
    from PIL import ImageOps

    picture = _open(data)
    if picture is None:
        return None
    media_type = MEDIA_TYPES[str(picture.format)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about odd metadata, which is dropped here anyway
            picture.draft("RGB", (2 * THUMBNAIL_EDGE, 2 * THUMBNAIL_EDGE))
            small = ImageOps.exif_transpose(picture)
            small.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
            out = io.BytesIO()
            _flat(small).save(out, "JPEG", quality=80)
    except _decoding_errors():
        return None
    return media_type, out.getvalue()


def without_metadata(data: bytes) -> bytes:
    """A copy of a JPEG, PNG or WebP without place, time, camera or comment; turned as its metadata said.

    The colour profile stays, because without it the picture would look different. An upright JPEG keeps its
    quantization tables, so next to nothing is lost.

    Raises:
        CannotStripMetadata: another kind of file, or one that cannot be decoded.
    """
    from PIL import ImageOps

    picture = _open(data)
    kind = _CLEANABLE.get(str(picture.format)) if picture else None
    if picture is None or kind is None or (getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO"):
        raise CannotStripMetadata
    profile = picture.info.get("icc_profile")
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            upright = ImageOps.exif_transpose(picture)
            turned = picture.getexif().get(_ORIENTATION, 1) != 1
            if kind == "JPEG":
                keep = not turned and picture.format == "JPEG"
                source = picture if keep else upright
                source.info.pop("exif", None)
                source.info.pop("comment", None)
                source.save(out, "JPEG", quality="keep" if keep else 95, icc_profile=profile, exif=b"")
            else:
                clean = upright.copy()
                clean.info = {key: value for key, value in clean.info.items() if key in ("transparency", "gamma")}
                lossless = {"lossless": True} if kind == "WEBP" else {}
                clean.save(out, kind, icc_profile=profile, exif=b"", **lossless)
    except _decoding_errors():
        raise CannotStripMetadata from None
    return out.getvalue()


_ORIENTATION: Final = 0x0112  # the EXIF tag that says which way up


def _open(data: bytes) -> Image | None:
    import PIL.Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = PIL.Image.open(io.BytesIO(data), formats=_FORMATS)
    except _decoding_errors():
        return None
    width, height = picture.size
    return picture if width * height <= MAX_PIXELS else None


def _flat(picture: Image) -> Image:
    """On white, as RGB: JPEG knows no transparency."""
    import PIL.Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        ground = PIL.Image.new("RGB", rgba.size, "white")
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return ground
    flat = picture.convert("RGB")
    flat.info = {}
    return flat


def _decoding_errors() -> tuple[type[Exception], ...]:
    """What a broken or hostile file makes Pillow raise."""
    import PIL.Image

    return (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, OverflowError, MemoryError,
            EOFError, ArithmeticError, RuntimeError, PIL.Image.DecompressionBombError)  # fmt: skip
