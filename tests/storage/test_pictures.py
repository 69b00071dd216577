"""Photos: thumbnails, and copies without what a camera hides in them."""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from integrate.errors import CannotStripMetadata
from integrate.storage.attachments import prepare_attachment
from integrate.storage.pictures import MAX_PIXELS, THUMBNAIL_EDGE, describe_picture, without_metadata
from tests.helpers.photos import HIDDEN, bomb, exif, photo, picture

KINDS = ["JPEG", "PNG", "WEBP"]


def _open(data: bytes) -> Image.Image:
    opened = Image.open(io.BytesIO(data))
    opened.load()
    return opened


def _difference(one: Image.Image, other: Image.Image) -> float:
    """The mean distance of two pictures, 0 to 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_camera_hides_is_taken_out_and_the_picture_stays(kind: str) -> None:
    data = photo(kind)
    assert any(secret in data for secret in HIDDEN), "the test photo hides nothing"
    clean = without_metadata(data)
    opened = _open(clean)
    assert opened.format == kind
    assert not opened.getexif()
    assert not {"exif", "xmp", "comment", "XML:com.adobe.xmp", "Comment", "Maker", "photoshop"} & set(opened.info)
    assert not getattr(opened, "text", {})
    assert not any(secret in clean for secret in HIDDEN)
    assert not any(mark in clean for mark in (b"Exif\x00", b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"EXIF", b"XMP "))
    assert _difference(_open(data), opened) < 2


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_lossless_picture_loses_nothing(kind: str) -> None:
    data = photo(kind, mode="RGBA")
    assert _open(without_metadata(data)).tobytes() == _open(data).tobytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_cleaned_photo_stands_upright_without_being_told(kind: str, orientation: int) -> None:
    data = photo(kind, orientation=orientation)
    upright = ImageOps.exif_transpose(_open(data))
    clean = _open(without_metadata(data))
    assert clean.size == ((64, 48) if orientation < 5 else (48, 64))
    assert _difference(upright, clean) < 3


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "L"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "LA"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_kind_of_colour_can_be_cleaned_and_shown(kind: str, mode: str) -> None:
    if mode == "I;16":
        out = io.BytesIO()
        Image.new("I;16", (64, 48), 30_000).save(out, "PNG", exif=exif())
        data = out.getvalue()
    else:
        data = photo(kind, mode=mode, hidden=mode != "CMYK")
    clean = without_metadata(data)
    assert _open(clean).size == (64, 48)
    assert not _open(clean).getexif()
    described = describe_picture(data)
    assert described is not None
    assert _open(described[1]).mode == "RGB"


def test_transparency_of_a_palette_stays() -> None:
    out = io.BytesIO()
    picture(mode="P").save(out, "PNG", transparency=3)
    assert _open(without_metadata(out.getvalue())).info["transparency"] == 3


def test_the_colour_profile_stays() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in KINDS:
        out = io.BytesIO()
        picture().save(out, kind, icc_profile=profile, exif=exif())
        assert _open(without_metadata(out.getvalue())).info["icc_profile"] == profile


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "GIF"])
def test_an_animation_is_refused_rather_than_stopped(kind: str) -> None:
    out = io.BytesIO()
    picture().save(out, kind, save_all=True, append_images=[picture().rotate(90), picture().rotate(180)])
    with pytest.raises(CannotStripMetadata):
        without_metadata(out.getvalue())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_thumbnail_stands_upright_and_is_small(orientation: int) -> None:
    described = describe_picture(photo("JPEG", size=(1600, 800), orientation=orientation))
    assert described is not None
    media_type, thumbnail = described
    assert media_type == "image/jpeg"
    small = _open(thumbnail)
    assert small.format == "JPEG"
    assert small.size == ((THUMBNAIL_EDGE, 160) if orientation < 5 else (160, THUMBNAIL_EDGE))


@pytest.mark.parametrize("kind", [*KINDS, "GIF", "TIFF", "BMP"])
def test_a_thumbnail_holds_nothing_but_the_picture(kind: str) -> None:
    described = describe_picture(photo(kind))
    assert described is not None
    small = _open(described[1])
    assert not small.getexif()
    assert not any(secret in described[1] for secret in HIDDEN)


def test_a_small_photo_is_not_blown_up() -> None:
    described = describe_picture(photo("PNG", size=(10, 5)))
    assert described is not None
    assert _open(described[1]).size == (10, 5)


def test_see_through_places_of_a_thumbnail_are_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    described = describe_picture(out.getvalue())
    assert described is not None
    assert _open(described[1]).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("kind", [*KINDS, "GIF", "TIFF", "BMP"])
def test_a_photo_cut_off_anywhere_is_stored_as_a_file_at_worst(kind: str) -> None:
    whole = photo(kind, size=(200, 150))
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        prepared = prepare_attachment("photo", whole[:length])
        assert prepared.data == whole[:length]


@pytest.mark.parametrize("kind", [*KINDS, "GIF", "TIFF", "BMP"])
def test_a_photo_with_wrong_bytes_never_raises_anything_unknown(kind: str) -> None:
    whole = photo(kind)
    for at in range(0, len(whole), max(1, len(whole) // 80)):
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        prepare_attachment("photo", bytes(broken))
        with contextlib.suppress(CannotStripMetadata):
            without_metadata(bytes(broken))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff", b"not a picture", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"<svg xmlns=''/>"]
)
def test_what_is_no_photo_is_stored_as_a_file(data: bytes) -> None:
    assert describe_picture(data) is None
    prepared = prepare_attachment("x.jpg", data)
    assert (prepared.data, prepared.thumbnail) == (data, None)


def test_a_picture_that_would_unfold_to_gigabytes_is_not_decoded() -> None:
    data = bomb()
    assert len(data) < 200
    assert describe_picture(data) is None
    with pytest.raises(CannotStripMetadata):
        without_metadata(data)
    assert describe_picture(bomb(MAX_PIXELS // 1000 + 1, 1000)) is None


def test_no_temporary_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a temporary file was asked for")

    for name in ("mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for kind in (*KINDS, "GIF", "TIFF", "BMP"):
        prepare_attachment("photo", photo(kind))
    for kind in KINDS:
        without_metadata(photo(kind, orientation=6))
    assert list(tmp_path.iterdir()) == []
