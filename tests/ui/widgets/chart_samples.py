"""Charts of an invented diary, for the sheet of all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrate.charts.aligned import aligned_scene
from integrate.charts.scene import Scene
from integrate.charts.sessions import SessionMark
from integrate.charts.style import Style
from integrate.charts.timeline import timeline_scene
from integrate.charts.year import year_scene
from integrate.domain.trends import align, daily_values, spread, year_cells
from integrate.ui.widgets.chart_view import ChartView
from tests.charts.world import FIRST, MOOD, TODAY, form_line, measure_line, series_of, session_day

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

HELD = tuple(TODAY - 3 - 14 * ago for ago in (3, 2, 1, 0))
SPAN = (FIRST, TODAY + 14)
DIARY = {
    day: min(4 + (day * 7 % 5 - 2) / 2 + (day > HELD[0]) * 1.5, 10.0)
    for day in range(FIRST, TODAY + 1)
    if day * 5 % 13 and not FIRST + 20 <= day < FIRST + 30
}
TOTALS = {FIRST + 3 + 14 * place: total for place, total in enumerate((19, 18, 18, 15, 13, 11))}


def _timeline(size: tuple[float, float], style: Style) -> Scene:
    marks = [SessionMark(day, str(number), True) for number, day in enumerate(HELD, start=1)]
    marks.append(SessionMark(TODAY + 11, "5", False))
    measure = measure_line(DIARY, SPAN)
    return timeline_scene(size, style, SPAN, measure, form_line(TOTALS), marks, TODAY, title="a", summary="b")


def _around(size: tuple[float, float], style: Style) -> Scene:
    aligned = align(series_of(DIARY), [session_day(number, day, 12) for number, day in enumerate(HELD, start=1)])
    return aligned_scene(size, style, MOOD, aligned, spread(aligned), TODAY, title="a", summary="b")


def _year(size: tuple[float, float], style: Style) -> Scene:
    cells = year_cells(daily_values(series_of(DIARY)), 2026)
    return year_scene(size, style, 2026, MOOD, cells, HELD, TODAY, title="a", summary="b")


def sample_charts(theme: Theme) -> tuple[ChartView, ChartView, ChartView]:
    """Over time, around sessions, and the year."""
    made = []
    for build, height, words in (
        (_timeline, 320, "Mood over time"), (_around, 300, "Mood around sessions"), (_year, 300, "Mood in 2026"),
    ):  # fmt: skip
        view = ChartView(theme, height)
        view.show_chart(build, str, words)
        made.append(view)
    return made[0], made[1], made[2]
