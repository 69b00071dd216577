"""The icons, fonts and words that ship are what they should be, and hold nothing else."""

from __future__ import annotations

import hashlib
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from integrate.resources import resource_path

ICONS = sorted(resource_path("icons").glob("*.svg"))
FONTS = sorted(resource_path("fonts").glob("*.ttf"))
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(("svg", "path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "g"))
ATTRIBUTES = frozenset(
    (
        *("class", "width", "height", "viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
        *("d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "points"),
    )
)


def names(files: list[Path]) -> list[str]:
    return [file.stem for file in files]


@pytest.mark.parametrize("file", ICONS, ids=names(ICONS))
def test_an_icon_is_plain_shapes_in_the_colour_of_the_theme(file: Path) -> None:
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    side = 16 if file.stem.startswith("phase-") else 24
    assert root.get("viewBox") == f"0 0 {side} {side}"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in SHAPES
        assert set(element.keys()) <= ATTRIBUTES
        assert {element.get("fill"), element.get("stroke")} <= {None, "none", "currentColor"}
    if side == 24:
        assert root.get("stroke-width") == "1.75"
        assert (root.get("stroke"), root.get("fill")) == ("currentColor", "none")
        assert "@license lucide" in file.read_text(encoding="utf-8")


def test_the_icons_the_window_asks_for_are_there() -> None:
    wanted = "life-buoy lock settings-2 search plus undo-2 trash-2 eye-off history tag paperclip image-plus folder-open"
    assert set(wanted.split()) < set(names(ICONS))
    assert {"phase-prepare", "phase-experience", "phase-integrate"} < set(names(ICONS))


def test_nothing_shows_a_voice_that_is_not_built() -> None:
    assert not [name for name in names(ICONS) if name.startswith("mic")]


@pytest.mark.parametrize("file", FONTS, ids=names(FONTS))
def test_a_font_is_the_family_and_weight_that_its_name_says(file: Path) -> None:
    family, weight, style = re.fullmatch(  # type: ignore[union-attr]  # another name fails here, as it should
        r"(Inter|Literata)_(\d00)(\w+)", file.stem
    ).groups()
    data = file.read_bytes()
    tables = font_tables(data)
    assert {b"cmap", b"glyf", b"name", b"OS/2"} <= set(tables)
    place = tables[b"OS/2"]
    assert struct.unpack_from(">H", data, place + 4) == (int(weight),)
    assert bool(struct.unpack_from(">H", data, place + 62)[0] & 1) == style.endswith("Italic")
    assert family.encode("utf-16-be") in data


def font_tables(data: bytes) -> dict[bytes, int]:
    """Where each table of a TrueType file begins, by its tag."""
    count = struct.unpack_from(">H", data, 4)[0]
    rows = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(count))
    return {tag: offset for tag, _sum, offset, _length in rows}


def test_all_the_weights_of_both_families_are_there() -> None:
    assert names(FONTS) == [
        *("Inter_400Regular", "Inter_500Medium", "Inter_600SemiBold", "Inter_700Bold"),
        *("Literata_400Regular", "Literata_400Regular_Italic", "Literata_500Medium"),
    ]


def test_the_words_are_the_large_list_of_the_eff_unchanged() -> None:
    data = resource_path("words", "eff-large.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == "6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522"
    words = data.decode("ascii").splitlines()
    assert len(set(words)) == len(words) == 7776
    assert all(re.fullmatch(r"[a-z]{1,9}(-[a-z]{1,6})?", word) for word in words)


PAGE_FONTS = sorted(resource_path("report", "fonts").iterdir())


def test_the_pages_have_three_fonts_more_each_with_its_licence() -> None:
    assert names(PAGE_FONTS) == ["NotoEmoji_400Regular", "NotoNaskhArabic_400Regular", "NotoSansHebrew_400Regular"]
    for file in PAGE_FONTS:
        tables = font_tables(file.read_bytes())
        assert {b"cmap", b"glyf", b"name", b"OS/2"} <= set(tables)
        assert "SIL Open Font License, Version 1.1" in resource_path(
            "LICENSES", f"{file.stem.partition('_')[0]}.txt"
        ).read_text(encoding="utf-8")
