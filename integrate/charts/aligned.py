"""Around sessions: one thin line for each session from three days before to fourteen after, and what they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from integrate.charts.axis import Plot, apart, axis_width, value_axis, value_ticks
from integrate.charts.legend import (
    SIGN_WIDTH,
    LegendItem,
    Sample,
    band_sample,
    dot_sample,
    legend,
    line_sample,
    rect_sample,
)
from integrate.charts.placing import Taken, spread_out
from integrate.charts.scene import Area, Dots, Line, Mark, Point, Reading, Rect, Scene, Text, box_of
from integrate.charts.style import STRONG, Style, backed, within
from integrate.i18n import _

if TYPE_CHECKING:
    from integrate.domain.measures import Definition
    from integrate.domain.trends import AlignedSession, SpreadDay

DASHES: Final = (
    (), (2.0, 2.0), (6.0, 3.0), (8.0, 3.0, 2.0, 3.0), (1.0, 3.0), (12.0, 3.0), (6.0, 2.0, 1.0, 2.0, 1.0, 2.0),
    (3.0, 5.0),
)  # fmt: skip
"""Dash patterns of sessions in turn: with its number at its end, each line is known without a colour."""

_BEFORE: Final = -3
_AFTER: Final = 14
_WORDED: Final = (-3, 0, 3, 7, 10, 14)
_THIN: Final = 1.25
_MEDIAN: Final = 3.5
_BESIDE: Final = 26  # room for numbers of sessions to the right of the plot, in pixels at 100 %
_ROW: Final = 24  # above the plot, for the word of day 0
_OPEN: Final = 3.0
_LONE: Final = 3.5
_BOX: Final = 7.0
_WHOLE: Final = "accenttint"
_HALF: Final = "heat1"

_Range: TypeAlias = tuple[int, float | None, float | None]
"""A day with its lower and its upper value."""


def aligned_scene(
    size: tuple[float, float], style: Style, definition: Definition, aligned: Sequence[AlignedSession],
    spread: Sequence[SpreadDay], today: int | None = None, *, title: str, summary: str,
) -> Scene:  # fmt: skip
    """The chart in ``size`` pixels. ``today`` is an ordinal: a lone value of that day says that it is of today.

    The keys of its readings are days after the session.
    """
    width, height = size
    marks, top = legend(_legend(aligned, spread, style), style, 0, width)
    ticks_room = axis_width(definition.spans, style)
    left = max(ticks_room, style.width(_N_WORDS) + style.px(10))
    bottom = height - 2 * style.line - style.px(12)
    lowest, highest = definition.spans
    plot = Plot(
        left, top + style.px(_ROW), width - _beside_width(aligned, style), bottom, _BEFORE, _AFTER, lowest, highest
    )
    taken = Taken((left, plot.top - style.px(_ROW), width, bottom + style.line / 2))  # the axes have their own words
    ticks = value_ticks(lowest, highest, plot.bottom - plot.top, apart(style))
    zero = tuple(_day_zero(plot, taken, style))
    ground = (
        *_bands(spread, plot, style),
        *value_axis(plot, ticks, style),
        *_day_axis(spread, plot, width, style),
        *zero,
    )
    lines = tuple(chain.from_iterable(_session(one, plot, style) for one in aligned))
    median = tuple(_median(spread, plot))
    labels = (*_end_labels(aligned, plot, taken, style), *_lone_days(aligned, plot, today, taken, style))
    readings = tuple(Reading(day, plot.x(day), plot.top, plot.bottom - plot.top) for day in range(_BEFORE, _AFTER + 1))
    return Scene(width, height, (*marks, *ground, *lines, *median, *labels), title, summary, readings)


_N_WORDS: Final = "n"  # the sign of statistics for how many there are


def _beside_width(aligned: Sequence[AlignedSession], style: Style) -> float:
    widest = max((style.width(_label(one, aligned), STRONG) for one in aligned), default=0.0)
    return max(style.px(_BESIDE), widest + style.px(14))


def _legend(aligned: Sequence[AlignedSession], spread: Sequence[SpreadDay], style: Style) -> Iterator[LegendItem]:
    if aligned:
        yield LegendItem(_("one session"), line_sample("ink2", _THIN, DASHES[2]))
    if any(day.median is not None for day in spread):
        yield LegendItem(_("middle value"), line_sample("accent", _MEDIAN))
    if any(day.lowest is not None for day in spread):
        yield LegendItem(_("lowest to highest"), Sample(_bar_sample) if style.plain else band_sample(_WHOLE))
    if any(day.lower_quartile is not None for day in spread):
        box = rect_sample("surface", "ink1", 1.5, _BOX)
        yield LegendItem(_("middle half"), box if style.plain else band_sample(_HALF))
    if any(one.before_start for one in aligned):
        yield LegendItem(_("that day, before the session"), dot_sample("ink2", _OPEN, "surface", 1.25))


# --- what sessions share ----------------------------------------------------------------------------------------------


def _bands(spread: Sequence[SpreadDay], plot: Plot, style: Style) -> Iterator[Mark]:
    whole = [(day.day, day.lowest, day.highest) for day in spread]
    half = [(day.day, day.lower_quartile, day.upper_quartile) for day in spread]
    if style.plain:
        yield from _bars(whole, half, plot)
        return
    for fill, days in ((_WHOLE, whole), (_HALF, half)):
        for piece in _pieces(days):
            low = [(plot.x(day), plot.y(lowest)) for day, lowest, _highest in piece]
            high = [(plot.x(day), plot.y(highest)) for day, _lowest, highest in piece]
            if len(piece) == 1:  # a day without neighbours is a narrow band
                low, high = _widened(low[0]), _widened(high[0])
            yield Area((*low, *reversed(high)), fill)
            yield Line(tuple(low), "line")
            yield Line(tuple(high), "line")


def _bars(whole: Sequence[_Range], half: Sequence[_Range], plot: Plot) -> Iterator[Mark]:
    """Where shades cannot be told apart: a bar for each day from lowest to highest, a box for its middle half."""
    for day, low, high in chain.from_iterable(_pieces(whole)):
        yield Line(((plot.x(day), plot.y(low)), (plot.x(day), plot.y(high))), "ink1", 1.5)
    for day, low, high in chain.from_iterable(_pieces(half)):
        top, height = plot.y(high) - 1, plot.y(low) - plot.y(high) + 2
        yield Rect(plot.x(day) - _BOX / 2, top, _BOX, height, "surface", "ink1", 1.5)


def _bar_sample(x: float, y: float, style: Style) -> tuple[Mark, ...]:
    middle, half = x + style.px(SIGN_WIDTH) / 2, style.px(7)
    return (Line(((middle, y - half), (middle, y + half)), "ink1", 1.5),)


def _widened(point: Point) -> list[Point]:
    return [(point[0] - 3, point[1]), (point[0] + 3, point[1])]


def _pieces(days: Sequence[_Range]) -> Iterator[list[tuple[int, float, float]]]:
    """Neighbouring days that have both values."""
    piece: list[tuple[int, float, float]] = []
    for day, low, high in sorted(days, key=lambda one: one[0]):
        if piece and (low is None or high is None or day != piece[-1][0] + 1):
            yield piece
            piece = []
        if low is not None and high is not None:
            piece.append((day, low, high))
    if piece:
        yield piece


def _median(spread: Sequence[SpreadDay], plot: Plot) -> Iterator[Mark]:
    for piece in _pieces([(day.day, day.median, day.median) for day in spread]):
        points = [(plot.x(day), plot.y(value)) for day, value, _same in piece]
        if len(points) == 1:
            points = _widened(points[0])
        yield Line(tuple(points), "accent", _MEDIAN)


# --- axes -------------------------------------------------------------------------------------------------------------


def _day_zero(plot: Plot, taken: Taken, style: Style) -> Iterator[Mark]:
    x, row = plot.x(0), plot.top - style.px(_ROW) / 2
    yield Line(((x, row), (x, plot.bottom)), "experiencemark", 1.5)
    yield Dots(((x, row),), style.px(6), "experience")
    words = within(style.label(x + style.px(11), row, _("session day"), "experience"), plot.left, plot.right)
    if (text := taken.put((words,))) is not None:
        yield text


def _day_axis(spread: Sequence[SpreadDay], plot: Plot, right: float, style: Style) -> Iterator[Mark]:
    """The days, and below them how many sessions have a value on each."""
    yield Line(((plot.left, plot.bottom), (plot.right, plot.bottom)), "line")
    taken = Taken((0, 0, right, plot.bottom + style.px(200)), style.px(3))
    dates, row = plot.bottom + style.px(13), plot.bottom + style.px(13) + style.line
    for day in sorted(_WORDED, key=lambda one: one != 0):  # the day of the session gets its word first
        text = within(style.label(plot.x(day), dates, day_label(day), "ink2", "middle"), 0, right)
        if taken.put((text,)) is not None:
            yield Line(((plot.x(day), plot.bottom), (plot.x(day), plot.bottom + 4)), "control")
            yield text
    head = style.label(plot.left - style.px(7), row, _N_WORDS, "ink3", "end")
    taken.take(box_of(head))
    yield head
    widest = max((style.width(str(day.n)) for day in spread), default=0.0) + style.px(4)
    pitch = (plot.right - plot.left) / (_AFTER - _BEFORE + 1)
    every = max(-int(-widest // pitch), 1)
    for shared in spread:
        if shared.day % every == 0 and plot.shows(shared.day):
            text = style.label(plot.x(shared.day), row, style.names.number(shared.n), "ink3", "middle")
            if taken.put((text,)) is not None:
                yield text


def day_label(day: int) -> str:
    """A day of the axis: "day 0", "+3", "−3"."""
    if day == 0:
        return _("day 0")
    return f"+{day}" if day > 0 else f"−{-day}"


def dash_of(number: int) -> tuple[float, ...]:
    """The dash pattern of a session: it keeps its own, whichever others are shown."""
    return DASHES[(number - 1) % len(DASHES)]


# --- single sessions --------------------------------------------------------------------------------------------------


def _label(one: AlignedSession, aligned: Sequence[AlignedSession]) -> str:
    """Its number, with that of its course where sessions of several are shown."""
    ref = one.session.ref
    several = len({other.session.ref.course for other in aligned}) > 1
    return f"{ref.course}.{ref.number}" if several else str(ref.number)


def _session(one: AlignedSession, plot: Plot, style: Style) -> Iterator[Mark]:
    """The line of a session, broken where a day is missing; a day without neighbours is a dot."""
    lone: list[Point] = []
    if len(one.values) > 1:
        for piece in _pieces([(day, value, value) for day, value in one.values.items() if plot.shows(day)]):
            points = tuple((plot.x(day), plot.y(value)) for day, value, _same in piece)
            if len(points) > 1:
                yield Line(points, "ink2", _THIN, dash_of(one.session.ref.number))
            else:
                lone += points
    if lone:
        yield Dots(tuple(lone), style.px(2), "ink2")
    if one.before_start:
        points = tuple((plot.x(0), plot.y(value)) for value in one.before_start)
        yield Dots(points, style.px(_OPEN), "ink2", "surface", 1.25)


def _end_labels(aligned: Sequence[AlignedSession], plot: Plot, taken: Taken, style: Style) -> Iterator[Mark]:
    """The number of each session beside the end of its line: lines that end on one day have theirs in a column.

    Where they cannot all have room, the newest have it. Labels farther from their end are led to.
    """
    columns: dict[int, list[AlignedSession]] = {}
    for one in aligned:
        if len(one.values) > 1:
            columns.setdefault(max(one.values), []).append(one)
    room = int((plot.bottom - plot.top + style.line) // style.line)
    half = style.line / 2
    for day in sorted(columns, reverse=True):
        column = columns[day][-room:] if room > 0 else []
        ends = [plot.y(one.values[day]) for one in column]
        places = spread_out(ends, style.line, plot.top - half, plot.bottom + half) or ()
        for one, end, place in reversed(list(zip(column, ends, places, strict=False))):
            yield from _end_label(_label(one, aligned), (plot.x(day), end), place, taken, style)


def _end_label(words: str, end: Point, place: float, taken: Taken, style: Style) -> Iterator[Mark]:
    x, y = end
    beside = style.label(x + style.px(8), place, words, "ink1", "start", STRONG)
    text = taken.put((beside, *_around(x, y, words, style)))
    if text is None:
        return
    if text is beside and abs(place - y) > style.px(3):
        yield Line(((x + 1, y), (x + style.px(6), place)), "control", 0.75)
    yield from backed(text)


def _around(x: float, y: float, words: str, style: Style) -> Iterator[Text]:
    """Places for a label near a point: right of it, above, below, left, then the same farther away."""
    for far in (1, 2):
        across, up = style.px(6) * far, style.px(12) * far
        yield style.label(x + across, y, words, "ink1", "start", STRONG)
        yield style.label(x, y - up, words, "ink1", "middle", STRONG)
        yield style.label(x, y + up, words, "ink1", "middle", STRONG)
        yield style.label(x - across, y, words, "ink1", "end", STRONG)


def _lone_days(
    aligned: Sequence[AlignedSession], plot: Plot, today: int | None, taken: Taken, style: Style
) -> Iterator[Mark]:
    """Sessions with one single day: a dot that says which session it is, and whether it is of today."""
    for one in aligned:
        if len(one.values) != 1:
            continue
        ((day, value),) = one.values.items()
        if not plot.shows(day):
            continue
        x, y = plot.x(day), plot.y(value)
        yield Dots(((x, y),), style.px(_LONE), "ink1")
        words = _label(one, aligned)
        if today is not None and one.session.day + day == today:
            words = _("{session}, today").format(session=words)
        if (text := taken.put(_around(x, y, words, style))) is not None:
            yield from backed(text)
