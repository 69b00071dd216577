"""A scene as SVG: one file that needs nothing else, the same bytes for the same scene."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from integrate.charts.scene import Area, Dots, Line, Mark, Point, Rect, Scene, Text

FONTS: Final = "Inter, 'Noto Sans', sans-serif"


def svg_text(
    scene: Scene, palette: Mapping[str, str], fonts: str = FONTS, ground: str = "surface", margin: float = 0
) -> str:
    """The scene as SVG 1.1 with ``margin`` pixels around it.

    ``palette`` has a colour (``#RRGGBB``) for each role; a ``ground`` of "" is see-through.

    Raises:
        KeyError: the palette lacks a role.
    """
    width, height = _number(scene.width + 2 * margin), _number(scene.height + 2 * margin)
    corner = _number(-margin)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="{corner} {corner} {width} {height}" role="img" font-family={_quoted(fonts)}>'
    )
    lines = [head, f"<title>{_words(scene.title)}</title>", f"<desc>{_words(scene.summary)}</desc>"]
    if ground:
        place = f'x="{corner}" y="{corner}" width="{width}" height="{height}"'
        lines.append(f"<rect {place} fill={_quoted(palette[ground])}/>")
    for mark in scene.marks:
        lines += _mark(mark, palette)
    return "\n".join((*lines, "</svg>", ""))


def _mark(mark: Mark, palette: Mapping[str, str]) -> Iterator[str]:
    match mark:
        case Line():
            yield _line(mark, palette)
        case Area():
            yield f'<polygon points="{_points(mark.points)}" fill={_quoted(palette[mark.fill])}/>'
        case Rect():
            yield _rect(mark, palette)
        case Dots():
            yield from _dots(mark, palette)
        case Text():
            yield (
                f'<text x="{_number(mark.x)}" y="{_number(mark.y)}" font-size="{mark.size}"'
                f' font-weight="{mark.weight}" text-anchor="{mark.anchor}" fill={_quoted(palette[mark.role])}>'
                f"{_words(mark.words)}</text>"
            )


def _line(mark: Line, palette: Mapping[str, str]) -> str:
    dash = f' stroke-dasharray="{" ".join(map(_number, mark.dash))}"' if mark.dash else ""
    return (
        f'<polyline points="{_points(mark.points)}" fill="none" stroke={_quoted(palette[mark.role])}'
        f' stroke-width="{_number(mark.width)}" stroke-linejoin="round"{dash}/>'
    )


def _rect(mark: Rect, palette: Mapping[str, str]) -> str:
    inset = mark.line / 2 if mark.edge else 0.0
    place = "".join(
        f' {name}="{_number(value)}"'
        for name, value in (
            ("x", mark.x + inset),
            ("y", mark.y + inset),
            ("width", max(mark.width - 2 * inset, 0)),
            ("height", max(mark.height - 2 * inset, 0)),
            ("rx", max(mark.radius - inset, 0)),
        )
    )
    fill = _quoted(palette[mark.fill]) if mark.fill else '"none"'
    edge = f' stroke={_quoted(palette[mark.edge])} stroke-width="{_number(mark.line)}"' if mark.edge else ""
    return f"<rect{place} fill={fill}{edge}/>"


def _dots(mark: Dots, palette: Mapping[str, str]) -> Iterator[str]:
    colour = _quoted(palette[mark.role])
    look = f"fill={colour}"
    if mark.fill:
        look = f'fill={_quoted(palette[mark.fill])} stroke={colour} stroke-width="{_number(mark.line)}"'
    yield f"<g {look}>"
    radius = _number(mark.radius)
    for x, y in mark.points:
        yield f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{radius}"/>'
    yield "</g>"


def _quoted(value: str) -> str:
    """An attribute's value in quotes."""
    return f'"{_words(value)}"'


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """A length to a hundredth of a pixel, with a point whatever the language."""
    found = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if found == "-0" else found


def _words(words: str) -> str:
    """Text for XML: what it gives a meaning is escaped, and what it cannot hold is replaced."""
    return escape("".join(letter if _can_be_held(ord(letter)) else "\ufffd" for letter in words))


def _can_be_held(code: int) -> bool:
    """Whether XML 1.0 has this character."""
    return code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
