"""A scene: one chart as a list of shapes, the same on the screen, in a file and in a report.

Lengths are pixels at 100 % zoom, x to the right, y down. Shapes name the *role* of a colour, which is the name of a
design token ("ink2", "accent", "experiencemark", "band3", "heat2"); "" is no colour. Whoever paints has the palette.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Anchor: TypeAlias = Literal["start", "middle", "end"]

_ASCENT: Final = 0.8
_DESCENT: Final = 0.25
"""How far letters reach above and below their baseline, in parts of the size of the text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through ``points``. ``dash`` is lengths of strokes and gaps in turn, in pixels; () is unbroken."""

    points: tuple[Point, ...]
    role: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon without an edge."""

    points: tuple[Point, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; the edge is drawn inside of it. ``radius`` rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = ""
    line: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Dots:
    """Discs of one size and colour around ``points``. Open ones are rings filled with ``fill``; else ``fill`` is ""."""

    points: tuple[Point, ...]
    radius: float
    role: str
    fill: str = ""
    line: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. ``y`` is its baseline, ``x`` the side that ``anchor`` names, ``width`` its room in pixels."""

    x: float
    y: float
    words: str
    role: str
    anchor: Anchor
    size: int
    weight: int
    width: float


Mark: TypeAlias = Line | Area | Rect | Dots | Text


@dataclass(frozen=True, slots=True)
class Reading:
    """A place where the chart can be read. ``key`` says which: an ordinal of a day, or days after a session.

    With a ``width`` it is a cell, which is outlined; without one it is a vertical line from ``y`` down.
    """

    key: int
    x: float
    y: float
    height: float
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """A chart. ``title`` is its name and ``summary`` one sentence about it; neither is among the ``marks``."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    title: str
    summary: str
    readings: tuple[Reading, ...] = ()


def box_of(mark: Mark) -> Box:
    """The smallest box around a mark, with the width of its lines. A text takes the room it was measured with."""
    if isinstance(mark, Text):
        left = mark.x - {"start": 0.0, "middle": mark.width / 2, "end": mark.width}[mark.anchor]
        return left, mark.y - _ASCENT * mark.size, left + mark.width, mark.y + _DESCENT * mark.size
    if isinstance(mark, Rect):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    xs, ys = [x for x, _y in mark.points], [y for _x, y in mark.points]
    across = up = 0.0
    if isinstance(mark, Dots):
        across = up = mark.radius + mark.line / 2
    elif isinstance(mark, Line):  # its ends are cut off straight
        across = mark.width / 2 if min(ys) < max(ys) else 0.0
        up = mark.width / 2 if min(xs) < max(xs) else 0.0
    return min(xs) - across, min(ys) - up, max(xs) + across, max(ys) + up


def overlap(one: Box, other: Box, gap: float = 0.0) -> bool:
    """Whether two boxes share room, or leave less than ``gap`` pixels between them."""
    across = one[0] < other[2] + gap and other[0] < one[2] + gap
    return across and one[1] < other[3] + gap and other[1] < one[3] + gap


def texts(marks: Iterable[Mark]) -> tuple[Text, ...]:
    """The texts among the marks."""
    return tuple(mark for mark in marks if isinstance(mark, Text))
