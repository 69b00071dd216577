"""The charts of Trends: from ten years of answers to a painted chart, and the line at which it is read.

Drawn offscreen. Statistics, scene and painting are all in it: that is what another range or another measure costs on
the main thread once the answers have been read. Each figure is told twice, against the time in which nobody notices a
delay and against the same chart of a tenth of the answers.
"""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Figure, Timed, compare, seconds
from integrate.charts.aligned import aligned_scene
from integrate.charts.scene import Scene
from integrate.charts.sessions import SessionMark
from integrate.charts.style import Style
from integrate.charts.svg import svg_text
from integrate.charts.timeline import MeasureLine, timeline_scene
from integrate.charts.year import year_scene
from integrate.domain.entry import SessionRef
from integrate.domain.measures import Definition
from integrate.domain.series import Series
from integrate.domain.trends import (
    DayValues,
    SessionDay,
    align,
    daily_values,
    spread,
    trailing_mean,
    year_cells,
)
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.chart_paint import chart_style, paint_scene
from integrate.ui.widgets.chart_view import ChartView

DAYS: Final = 3_650
A_DAY: Final = 5
SESSIONS: Final = 60
CHANGE: Final = 0.050
"""Seconds from another range or measure to the picture."""
FRAME: Final = 0.008
"""Seconds of a frame in which the reading line has moved."""

_A_TENTH: Final = 10
_SIZE: Final = (640.0, 350.0)
_ROUNDS: Final = 5
_TURNS: Final = 5
_MOVES: Final = 40
_LAST: Final = date(2026, 10, 8).toordinal()
_MOOD: Final = Definition("Mood", "low", "good")


@dataclass(frozen=True, slots=True)
class _Diary:
    """Answers of ``days`` days, and the sessions among them."""

    series: Series
    sessions: tuple[SessionDay, ...]

    @property
    def first(self) -> int:
        return self.series.days[0]


def charts() -> Iterator[Figure]:
    """Each chart from its answers to its picture, and the reading line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([])
    theme = Theme(application, Look(theme="light", reduced_motion=True))
    long, brief = _diary(DAYS, SESSIONS), _diary(DAYS // _A_TENTH, SESSIONS // _A_TENTH)
    for name, make in (("over time", _over_time), ("around sessions", _around), ("a year", _year)):
        ours, base = partial(_painted, theme, make, long), partial(_painted, theme, make, brief)
        what = f"chart {name}, {DAYS * A_DAY:,} answers, {SESSIONS} sessions"
        yield _within(f"{what} / {CHANGE * 1000:.0f} ms", ours, CHANGE, _TURNS)
        yield compare("  the same / of a tenth", ours, base, None, rounds=_ROUNDS, turns=_TURNS)
    scene = _over_time(chart_style(theme), long)
    colours = theme.scheme.colours
    yield _within("  chart over time as SVG / 50 ms", lambda: seconds(lambda: svg_text(scene, colours)), CHANGE, _TURNS)
    dots = DAYS * A_DAY
    move, move_few = _reader(application, theme, dots), _reader(application, theme, dots // _A_TENTH)
    yield _within(f"reading line moved over {dots:,} dots / {FRAME * 1000:.0f} ms", move, FRAME, _MOVES)
    yield compare("  the same / over a tenth", move, move_few, 1.3, rounds=_ROUNDS, turns=_MOVES)


def _within(name: str, timed: Timed, limit: float, turns: int) -> Figure:
    timed()
    rounds = [[timed() for _turn in range(turns)] for _round in range(_ROUNDS)]
    medians = [statistics.median(one) for one in rounds]
    slowest = max(taken for one in rounds for taken in one)
    shown = f"{statistics.median(medians) * 1000:.3g} ms, {slowest * 1000:.3g} ms at worst"
    return Figure(name, tuple(median / limit for median in medians), 1.0, shown)


def _painted(theme: Theme, make: Callable[[Style, _Diary], Scene], diary: _Diary) -> float:
    """Seconds from the answers to a picture."""
    image = QImage(round(_SIZE[0]), round(_SIZE[1]), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.color("surface"))

    def draw() -> None:
        painter = QPainter(image)
        paint_scene(painter, make(chart_style(theme), diary), theme)
        painter.end()

    return seconds(draw)


# --- the charts -------------------------------------------------------------------------------------------------------


def _diary(days: int, sessions: int) -> _Diary:
    """Moods of the same mild ups and downs each time, and a session every two months."""
    chance = random.Random(days)
    numbers, instants, values = list[int](), list[int](), list[float]()
    mood = 5.0
    for day in range(_LAST - days + 1, _LAST + 1):
        mood = min(max(mood + chance.uniform(-0.5, 0.5), 1.0), 9.0)
        for turn in range(A_DAY):
            numbers.append(day)
            instants.append((day * 24 + 8 + 3 * turn) * 3_600_000_000)
            values.append(float(round(mood + chance.uniform(-1.0, 1.0))))
    series = Series(UUID(int=1), _MOOD, True, tuple(numbers), tuple(instants), tuple(values))
    apart = days // sessions
    begun = (_LAST - apart * (sessions - number) for number in range(1, sessions + 1))
    held = (
        SessionDay(SessionRef(1, number), UUID(int=number), day, (day * 24 + 12) * 3_600_000_000)
        for number, day in enumerate(begun, start=1)
    )
    return _Diary(series, tuple(held))


def _over_time(style: Style, diary: _Diary) -> Scene:
    daily, span = daily_values(diary.series), (diary.first, _LAST)
    measure = MeasureLine(_MOOD, daily, trailing_mean(daily, *span))
    marks = [SessionMark(one.day, str(one.ref.number), True) for one in diary.sessions]
    return timeline_scene(_SIZE, style, span, measure, None, marks, _LAST, title="Over time", summary="Mood")


def _around(style: Style, diary: _Diary) -> Scene:
    aligned = align(diary.series, diary.sessions)
    return aligned_scene(_SIZE, style, _MOOD, aligned, spread(aligned), title="Around sessions", summary="Mood")


def _year(style: Style, diary: _Diary) -> Scene:
    year = date.fromordinal(_LAST).year
    cells = year_cells(daily_values(diary.series), year)
    days = [one.day for one in diary.sessions]
    return year_scene(_SIZE, style, year, _MOOD, cells, days, _LAST, title="A year", summary="Mood")


def _reader(application: QApplication, theme: Theme, dots: int) -> Timed:
    """Moves the line over a chart of so many days, and paints it."""
    days: Sequence[int] = range(_LAST - dots + 1, _LAST + 1)
    daily = DayValues(tuple(days), tuple(float(day % 11) for day in days), (1,) * dots)
    measure, span = MeasureLine(_MOOD, daily, trailing_mean(daily, days[0], _LAST)), (days[0], _LAST)

    def build(size: tuple[float, float], style: Style) -> Scene:
        return timeline_scene(size, style, span, measure, title="Over time", summary="Mood")

    view = ChartView(theme, round(_SIZE[1]))
    view.show_chart(build, lambda key: f"Day {key}: Mood", "Mood")
    view.resize(round(_SIZE[0]), round(_SIZE[1]))
    view.show()
    application.processEvents()
    places = iter(range(dots))

    def move() -> float:
        place = next(places) * 7 % dots

        def frame() -> None:
            view.read_at(place)
            view.repaint()

        return seconds(frame)

    return move
