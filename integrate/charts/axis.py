"""Axes: a plot's way from values to pixels, ticks over the whole range of a measure, and ticks of time.

Time runs from left to right in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import partial
from itertools import pairwise
from typing import Final, TypeAlias

from integrate.charts.placing import Taken
from integrate.charts.scene import Line, Mark, Point
from integrate.charts.style import Style, within

_APART: Final = 1.5  # from one number of a value axis to the next, in lines of text
_GAP: Final = 10  # pixels at 100 % between two dates
_LONGEST_IN_DAYS: Final = 10
_LONGEST_IN_WEEKS: Final = 63
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Plot:
    """A panel: pixels for days ``first`` to ``last`` and values ``lowest`` to ``highest``, the whole range.

    A day is as wide as any other, and its values stand in its middle.
    """

    left: float
    top: float
    right: float
    bottom: float
    first: int
    last: int
    lowest: float
    highest: float

    def x(self, day: float) -> float:
        """Where the middle of a day is."""
        return self.left + (day - self.first + 0.5) * (self.right - self.left) / (self.last - self.first + 1)

    def y(self, value: float) -> float:
        """Where a value is; one beyond the range stays at its end."""
        kept = min(max(value, self.lowest), self.highest)
        return self.bottom - (kept - self.lowest) * (self.bottom - self.top) / (self.highest - self.lowest)

    def points(self, days: Sequence[int], values: Sequence[float]) -> tuple[Point, ...]:
        """Where the values of days are, for thousands of them; all of them lie in the range."""
        pitch = (self.right - self.left) / (self.last - self.first + 1)
        unit = (self.bottom - self.top) / (self.highest - self.lowest)
        left, zero = self.left + (0.5 - self.first) * pitch, self.bottom + self.lowest * unit
        return tuple((left + day * pitch, zero - value * unit) for day, value in zip(days, values, strict=True))

    def shows(self, day: int) -> bool:
        """Whether a day lies on it."""
        return self.first <= day <= self.last


def value_ticks(lowest: int, highest: int, length: float, apart: float) -> tuple[int, ...]:
    """Numbers for an axis of ``length`` pixels: both ends of the range, and round ones at least ``apart`` between."""
    span = highest - lowest
    step, digit = 1, 0
    while step * length / span < apart and step < span:
        digit += 1
        step = (1, 2, 5)[digit % 3] * 10 ** (digit // 3)
    near = apart * span / length
    first = -(-lowest // step) * step
    inner = (value for value in range(first, highest, step) if value - lowest >= near and highest - value >= near)
    return lowest, *inner, highest


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A day on the axis of time that has a word."""

    day: int
    words: str


_Unit: TypeAlias = Callable[[int, int], Iterator[int]]


def time_ticks(first: int, last: int, length: float, style: Style) -> tuple[TimeTick, ...]:
    """Days between two ordinals that get a date: single days, weeks, months or years, as many as there is room for."""
    for unit, words in _units(first, last, style):
        ticks = tuple(TimeTick(day, words(date.fromordinal(day))) for day in unit(first, last))
        if not ticks:
            continue
        widest = max(style.width(tick.words) for tick in ticks) + style.px(_GAP)
        nearest = min((b.day - a.day for a, b in pairwise(ticks)), default=last - first + 1)
        if nearest * length / (last - first + 1) >= widest:
            return ticks
    return (TimeTick(first, style.names.month_year(date.fromordinal(first))),)


def _units(first: int, last: int, style: Style) -> Iterator[tuple[_Unit, Callable[[date], str]]]:
    names, span = style.names, last - first + 1

    def month(day: date) -> str:
        return names.month_year(day) if day.month == 1 else names.month(day)

    if span <= _LONGEST_IN_DAYS:
        yield from ((partial(_days, step), names.day) for step in (1, 2, 4))
    if span <= _LONGEST_IN_WEEKS:
        yield from ((partial(_weeks, step), names.day) for step in (1, 2))
    yield from ((partial(_months, step), month) for step in (1, 2, 3, 6))
    yield from ((partial(_months, _MONTHS * step), names.year) for step in (1, 2, 5, 10, 20, 50, 100))


def _days(step: int, first: int, last: int) -> Iterator[int]:
    yield from range(first, last + 1, step)


def _weeks(step: int, first: int, last: int) -> Iterator[int]:
    monday = first + (1 - first) % 7  # an ordinal of 1 is a Monday
    yield from range(monday, last + 1, 7 * step)


def _months(step: int, first: int, last: int) -> Iterator[int]:
    begin = date.fromordinal(first)
    number = begin.year * _MONTHS + begin.month - 1
    for count in range(-(-number // step) * step, (MAXYEAR + 1) * _MONTHS, step):
        day = date(count // _MONTHS, count % _MONTHS + 1, 1).toordinal()
        if day > last:
            return
        if day >= first:
            yield day


def value_axis(plot: Plot, ticks: tuple[int, ...], style: Style) -> Iterator[Mark]:
    """Hairlines across the plot, and their numbers to the left of it."""
    for tick in ticks:
        y = plot.y(tick)
        yield Line(((plot.left, y), (plot.right, y)), "hair")
        yield style.label(plot.left - style.px(7), y, style.names.number(tick), "ink2", "end")


def axis_width(ticks: tuple[int, ...], style: Style) -> float:
    """The room the numbers of a value axis take to the left of a plot."""
    return max(style.width(style.names.number(tick)) for tick in ticks) + style.px(8)


def apart(style: Style) -> float:
    """How far numbers of a value axis are from each other at least, in pixels."""
    return style.line * _APART


def time_axis(plot: Plot, style: Style, right: float) -> Iterator[Mark]:
    """The line below a plot with its dates, which may reach to ``right``."""
    yield Line(((plot.left, plot.bottom), (plot.right, plot.bottom)), "line")
    taken = Taken((0, 0, right, plot.bottom + style.px(200)), style.px(4))
    for tick in time_ticks(plot.first, plot.last, plot.right - plot.left, style):
        x = plot.x(tick.day - 0.5)
        text = within(style.label(x, plot.bottom + style.px(13), tick.words, "ink2", "middle"), 0, right)
        if taken.put((text,)):
            yield Line(((x, plot.bottom), (x, plot.bottom + 4)), "control")
            yield text
