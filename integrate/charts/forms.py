"""Totals of one questionnaire over time: squares with their numbers, over the published bands where they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from integrate.charts.axis import Plot, apart, axis_width, time_axis, value_axis, value_ticks
from integrate.charts.legend import LegendItem, legend, rect_sample
from integrate.charts.placing import Taken
from integrate.charts.scene import Line, Mark, Reading, Rect, Scene, Text, box_of
from integrate.charts.sessions import HEIGHT, SessionMark, session_legend, session_marks, today_marks
from integrate.charts.style import STRONG, Style, backed
from integrate.i18n import _

_SIDE: Final = 8
_LINE: Final = 1.75
_THRESHOLD_DASH: Final = (2.0, 2.0)
_DARKEST: Final = 4  # of the bands there are roles for
_PARTS: Final = 16  # places along a band that its words may have


@dataclass(frozen=True, slots=True)
class FormPoint:
    """One complete response: the ordinal of the day it is about, and its total."""

    day: int
    total: int


@dataclass(frozen=True, slots=True)
class FormBand:
    """A published range of totals, both ends included, and the words that were published for it."""

    lowest: int
    highest: int
    words: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """A questionnaire: the range of its totals, the totals in order of time, and bands (none: none are shown)."""

    name: str
    lowest: int
    highest: int
    points: tuple[FormPoint, ...]
    bands: tuple[FormBand, ...] = ()


def form_ticks(form: FormLine, length: float, style: Style) -> tuple[int, ...]:
    """Numbers for the axis: the thresholds where bands are shown and there is room for all of them, else round ones."""
    thresholds = (form.lowest, *(band.lowest for band in form.bands if band.lowest > form.lowest), form.highest)
    nearest = min((high - low for low, high in pairwise(thresholds)), default=0)
    if form.bands and nearest * length / (form.highest - form.lowest) >= style.line * 0.9:
        return thresholds
    return value_ticks(form.lowest, form.highest, length, apart(style))


def form_ground(form: FormLine, plot: Plot, style: Style) -> Iterator[Mark]:
    """What lies under everything else: bands, thresholds and the axis."""
    yield from _shades(form, plot)
    yield from value_axis(plot, form_ticks(form, plot.bottom - plot.top, style), style)
    yield from _thresholds(form, plot)


def form_data(
    form: FormLine, plot: Plot, crossing: Sequence[Mark], taken: Taken, style: Style
) -> Iterator[Mark]:  # fmt: skip
    """The totals with their numbers, and the words of the bands. No word lies on what is taken already.

    Words keep away from the lines among ``crossing`` (sessions and today) too, unless a band has no other room.
    """
    shown = [point for point in form.points if plot.shows(point.day)]
    places = [(plot.x(point.day), plot.y(point.total)) for point in shown]
    if len(places) > 1:
        yield Line(tuple(places), "ink1", _LINE)
    half = style.px(_SIDE) / 2
    squares = [Rect(x - half, y - half, 2 * half, 2 * half, "surface", "ink1", _LINE) for x, y in places]
    yield from squares
    for square in squares:
        taken.take(box_of(square))
    free = Taken((plot.left, plot.top - style.line, plot.right, plot.bottom), style.px(2))
    for box in taken.boxes():
        free.take(box)
    numbers = tuple(_numbers(shown, places, half, free, style))
    for number in numbers:
        yield from backed(number) if style.plain else (number,)
    free.take_line(places)
    apart_from_lines = Taken((plot.left, plot.top, plot.right, plot.bottom), style.px(2))
    for box in free.boxes():
        apart_from_lines.take(box)
    take_lines(crossing, apart_from_lines)
    yield from _band_words(form, plot, (apart_from_lines, free), style)


def _shades(form: FormLine, plot: Plot) -> Iterator[Mark]:
    for place, band in enumerate(form.bands):
        top = plot.top if place == len(form.bands) - 1 else plot.y(form.bands[place + 1].lowest)
        yield Rect(plot.left, top, plot.right - plot.left, plot.y(band.lowest) - top, _shade(form, place))


def _shade(form: FormLine, place: int) -> str:
    return f"band{round(place * _DARKEST / max(len(form.bands) - 1, 1))}"


def _thresholds(form: FormLine, plot: Plot) -> Iterator[Mark]:
    for band in form.bands:
        if band.lowest > form.lowest:
            y = plot.y(band.lowest)
            yield Line(((plot.left, y), (plot.right, y)), "control", 1.0, _THRESHOLD_DASH)


def _numbers(
    points: Sequence[FormPoint], places: Sequence[tuple[float, float]], half: float, taken: Taken, style: Style
) -> Iterator[Text]:
    """Totals above or below their squares; the newest first, where there is no room for all of them."""
    away = half + style.px(10)
    for point, (x, y) in reversed(list(zip(points, places, strict=True))):
        words = style.names.number(point.total)
        spots = (
            style.label(x + across, y + side, words, "ink1", "middle", STRONG)
            for side in (-away, away)
            for across in (0.0, -away, away)
        )
        if (text := taken.put(spots)) is not None:
            yield text


def _band_words(form: FormLine, plot: Plot, rooms: Sequence[Taken], style: Style) -> Iterator[Mark]:
    """The words of each band inside of it, in the first of ``rooms`` where they cover nothing."""
    for place, band in enumerate(form.bands):
        top = plot.top if place == len(form.bands) - 1 else plot.y(form.bands[place + 1].lowest)
        bottom = plot.y(band.lowest)
        words = style.fitting(band.words, plot.right - plot.left - style.px(12))
        if not words or bottom - top < style.line * 0.8:
            continue
        for number, room in enumerate(rooms):
            text = room.put(_spots(words, plot, top, bottom, style))
            if text is None:
                continue
            for other in rooms[number + 1 :]:
                other.take(box_of(text))
            left, above, right, below = box_of(text)
            if number:  # it lies on lines: they do not run through it
                yield Rect(left - 2, above, right - left + 4, below - above, _shade(form, place))
            yield text
            break


def _spots(words: str, plot: Plot, top: float, bottom: float, style: Style) -> Iterator[Text]:
    """Places in a band: at its left end, at its right end, then between."""
    free = plot.right - plot.left - style.width(words) - style.px(12)
    middles = ((top + bottom) / 2, top + style.line / 2, bottom - style.line / 2)
    for part in (0, _PARTS, *range(_PARTS - 1, 0, -1)):
        for middle in middles:
            yield style.label(plot.left + style.px(6) + free * part / _PARTS, middle, words)


def form_legend(form: FormLine) -> LegendItem:
    """What the squares are."""
    return LegendItem(form.name, rect_sample("surface", "ink1", _LINE))


def range_words(lowest: float, highest: float, style: Style) -> str:
    """The range of an axis in words: "0 to 27"."""
    number = style.names.number
    return _("{lowest} to {highest}").format(lowest=number(lowest), highest=number(highest))


def responses_scene(
    size: tuple[float, float], style: Style, span: tuple[int, int], form: FormLine,
    sessions: Sequence[SessionMark] = (), today: int | None = None, *, title: str, summary: str,
) -> Scene:  # fmt: skip
    """One questionnaire alone, as a report shows it. ``span`` is the ordinals of its first and last day."""
    width, height = size
    first, last = span
    reach = range_words(form.lowest, form.highest, style)
    named = LegendItem(_("{name}, {range}").format(name=form.name, range=reach), form_legend(form).sample)
    bottom = height - style.line - style.px(8)
    left = axis_width((form.lowest, form.highest), style)
    right = width - style.px(_SIDE)
    marks, top = legend((named, *session_legend(sessions, span, today)), style, 0, width)
    row = top + style.px(HEIGHT) / 2
    plot = Plot(left, top + style.px(HEIGHT), right, bottom, first, last, form.lowest, form.highest)
    taken = Taken((0, 0, width, height))
    over = (
        *session_marks(sessions, plot, bottom, row, taken, style),
        *today_marks(today, plot, bottom, row, taken, style),
    )  # fmt: skip
    under = (*form_ground(form, plot, style), *time_axis(plot, style, width))
    data = form_data(form, plot, over, taken, style)
    return Scene(width, height, (*marks, *under, *over, *data), title, summary, form_readings(form, plot, plot.top))


def take_lines(marks: Sequence[Mark], taken: Taken) -> None:
    """Let no word lie on the lines among ``marks``."""
    for mark in marks:
        if isinstance(mark, Line):
            taken.take(box_of(mark))


def form_readings(form: FormLine, plot: Plot, top: float) -> tuple[Reading, ...]:
    """A place to read at each day that has a total."""
    days = sorted({point.day for point in form.points if plot.shows(point.day)})
    return tuple(Reading(day, plot.x(day), top, plot.bottom - top) for day in days)
