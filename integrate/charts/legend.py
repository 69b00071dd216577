"""The legend: a sample and its words for each thing that is drawn, in as many rows as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from integrate.charts.scene import Dots, Line, Mark, Rect
from integrate.charts.style import Style

Draw = Callable[[float, float, Style], tuple[Mark, ...]]
"""Draws a sample that begins at ``x`` and has its middle at ``y``."""

SAMPLE_WIDTH: Final = 18
"""A piece of a line or a band, in pixels at 100 %."""

SIGN_WIDTH: Final = 12
"""A dot, a square or another single sign."""

_BETWEEN: Final = 14  # one thing and the next, in pixels at 100 %


@dataclass(frozen=True, slots=True)
class Sample:
    """What is drawn in front of the words, and its width in pixels at 100 %."""

    draw: Draw
    width: int = SIGN_WIDTH


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One thing that is explained."""

    words: str
    sample: Sample


def legend(
    items: Iterable[LegendItem], style: Style, left: float, right: float, top: float = 0.0
) -> tuple[tuple[Mark, ...], float]:
    """The marks between ``left`` and ``right``, from ``top`` on, and where they end below."""
    marks: list[Mark] = []
    x, y = left, top + style.px(10)
    for item in (shown := tuple(items)):
        sample = style.px(item.sample.width) + style.px(6)
        words = style.fitting(item.words, right - left - sample)
        width = sample + style.width(words)
        if x > left and x + width > right:
            x, y = left, y + style.px(20)
        marks += item.sample.draw(x, y, style)
        marks.append(style.label(x + sample, y, words))
        x += width + style.px(_BETWEEN)
    return tuple(marks), (y + style.px(12) if shown else top)


def line_sample(role: str, width: float, dash: tuple[float, ...] = ()) -> Sample:
    """A piece of line."""

    def draw(x: float, y: float, style: Style) -> tuple[Mark, ...]:
        return (Line(((x, y), (x + style.px(SAMPLE_WIDTH), y)), role, width, dash),)

    return Sample(draw, SAMPLE_WIDTH)


def dot_sample(role: str, radius: float, fill: str = "", line: float = 0.0) -> Sample:
    """A dot, open where it has a ``fill``."""

    def draw(x: float, y: float, style: Style) -> tuple[Mark, ...]:
        return (Dots(((x + style.px(SIGN_WIDTH) / 2, y),), style.px(radius), role, fill, line),)

    return Sample(draw)


def rect_sample(fill: str, edge: str = "", line: float = 1.0, side: float = 8, radius: float = 0.0) -> Sample:
    """A square of ``side`` pixels at 100 %."""

    def draw(x: float, y: float, style: Style) -> tuple[Mark, ...]:
        half = style.px(side) / 2
        left = x + style.px(SIGN_WIDTH) / 2 - half
        return (Rect(left, y - half, 2 * half, 2 * half, fill, edge, line, style.px(radius)),)

    return Sample(draw)


def band_sample(fill: str) -> Sample:
    """A piece of a band, as wide as a sample is."""

    def draw(x: float, y: float, style: Style) -> tuple[Mark, ...]:
        half = style.px(5)
        return (Rect(x, y - half, style.px(SAMPLE_WIDTH), 2 * half, fill, "line"),)

    return Sample(draw, SAMPLE_WIDTH)
