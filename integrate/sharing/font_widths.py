"""How wide words are in the font of a report, read from the font's own tables, so that labels of charts fit."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from integrate.charts.style import STRONG, rough_width
from integrate.resources import ResourceError, resource_path

_REGULAR: Final = "Inter_400Regular.ttf"
_STRONG: Final = "Inter_600SemiBold.ttf"
_IN_PLANES: Final = 12  # the form of a character map that reaches beyond the first 65,536 characters
_IN_SEGMENTS: Final = 4


@dataclass(frozen=True, slots=True)
class _Widths:
    """Advances of a font in parts of the size of its text, by the code of the character."""

    advances: Mapping[int, float]

    def of(self, words: str, size: float, weight: int) -> float:
        """The width of ``words`` in pixels; letters that the font lacks are estimated."""
        total = 0.0
        for letter in words:
            advance = self.advances.get(ord(letter))
            total += rough_width(letter, size, weight) if advance is None else advance * size
        return total


def inter_width(words: str, size: float, weight: int = 400) -> float:
    """The width of ``words`` in Inter, in pixels at ``size`` pixels. Kerning is left out: it makes words narrower.

    Raises:
        ResourceError: a font is missing or cannot be understood.
    """
    return _widths(_STRONG if weight >= STRONG else _REGULAR).of(words, size, weight)


@cache
def _widths(name: str) -> _Widths:
    return _Widths(advances_of("fonts", name))


@cache
def advances_of(*parts: str) -> Mapping[int, float]:
    """The characters of a font and how far each advances, in parts of the size of the text.

    Raises:
        ResourceError: the font is missing or cannot be understood.
    """
    data = resource_path(*parts).read_bytes()
    try:
        tables = dict(_tables(data))
        units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
        count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
        advances = [struct.unpack_from(">H", data, tables["hmtx"] + 4 * place)[0] for place in range(count)]
        found = {
            code: advances[min(glyph, count - 1)] / units for code, glyph in _characters(data, tables["cmap"]) if glyph
        }
    except (KeyError, IndexError, struct.error, ZeroDivisionError) as problem:
        raise ResourceError("/".join(parts), "it is not a font in the TrueType format") from problem
    return MappingProxyType(found)


def _tables(data: bytes) -> Iterator[tuple[str, int]]:
    """The name and the offset of each table."""
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        yield tag.decode("latin-1"), offset


def _characters(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Each character of the font's maps with its glyph; a map that reaches farther comes last."""
    (count,) = struct.unpack_from(">H", data, start + 2)
    offsets = {struct.unpack_from(">HHL", data, start + 4 + 8 * place)[2] for place in range(count)}
    maps = sorted((struct.unpack_from(">H", data, start + offset)[0], start + offset) for offset in offsets)
    for form, offset in maps:
        if form == _IN_SEGMENTS:
            yield from _in_segments(data, offset)
        elif form == _IN_PLANES:
            yield from _in_planes(data, offset)


def _in_segments(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    doubled = struct.unpack_from(">H", data, start + 6)[0]
    ends, begins = start + 14, start + 16 + doubled
    for place in range(0, doubled, 2):
        (last,) = struct.unpack_from(">H", data, ends + place)
        first, delta = (struct.unpack_from(">H", data, begins + part * doubled + place)[0] for part in (0, 1))
        at = begins + 2 * doubled + place
        (shift,) = struct.unpack_from(">H", data, at)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(">H", data, at + shift + 2 * (code - first))
                if not glyph:
                    continue
            yield code, (glyph + delta) & 0xFFFF


def _in_planes(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">L", data, start + 12)
    for place in range(count):
        first, last, glyph = struct.unpack_from(">LLL", data, start + 16 + 12 * place)
        for code in range(first, last + 1):
            yield code, glyph + code - first
