"""A year day by day: a row for each month, a cell for each day with a value, a dot for each without one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from integrate.charts.legend import SIGN_WIDTH, LegendItem, Sample, dot_sample, legend
from integrate.charts.scene import Box, Dots, Mark, Reading, Rect, Scene
from integrate.charts.style import Style
from integrate.domain.trends.year import STEPS, cell_step
from integrate.i18n import _

if TYPE_CHECKING:
    from integrate.domain.measures import Definition
    from integrate.domain.trends import YearCell

_MONTHS: Final = 12
_DAYS: Final = 31
_GAP: Final = 2.0  # between two cells
_ACROSS: Final = 22.0  # pixels at 100 % from one day to the next, at most
_DOWN: Final = 22.0  # the same from one month to the next
_ABOVE_LEGEND: Final = 8.0
_OUTLINE: Final = 2.0
_EMPTY: Final = 1.5
_RING: Final = 3.0
_NAME: Final = 120.0  # for the name of the measure, in pixels at 100 %


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells are; ``across`` and ``down`` lead from one to the next, in pixels."""

    left: float
    top: float
    across: float
    down: float

    def cell(self, day: date) -> Box:
        """The room of a day."""
        left, top = self.left + (day.day - 1) * self.across, self.top + (day.month - 1) * self.down
        return left, top, left + self.across - _GAP, top + self.down - _GAP


def year_scene(
    size: tuple[float, float], style: Style, year: int, definition: Definition, cells: Sequence[YearCell],
    sessions: Collection[int] = (), today: int | None = None, *, title: str, summary: str,
) -> Scene:  # fmt: skip
    """The chart in ``size`` pixels. ``sessions`` and ``today`` are ordinals; days after today have no mark.

    A value has one of five shades, equal parts of the whole range of the measure: a shade says how high, not how good.
    Every day that has a mark can be read; its key is its ordinal.
    """
    width, height = size
    months = [style.names.month(date(year, month, 1)) for month in range(1, _MONTHS + 1)]
    left = max(style.width(month) for month in months) + style.px(8)
    items = tuple(_legend(definition, bool(sessions), style))
    _marks, foot = legend(items, style, left, width)
    down = min((height - foot - style.px(_ABOVE_LEGEND) - 2) / _MONTHS, style.px(_DOWN))
    grid = _Grid(left, 1.0, min((width - left - 1 + _GAP) / _DAYS, style.px(_ACROSS)), down)
    marks, _bottom = legend(items, style, left, width, grid.top + _MONTHS * down + style.px(_ABOVE_LEGEND))
    names = [
        style.label(left - style.px(8), grid.top + (place + 0.5) * down - _GAP / 2, name, "ink2", "end")
        for place, name in enumerate(months)
    ]
    shown = [cell for cell in cells if today is None or cell.day <= today]
    days = chain(_cells(shown, definition, grid, style), _sessions(sessions, year, grid, style))
    readings = tuple(_reading(cell.day, grid) for cell in shown)
    return Scene(width, height, (*names, *days, *marks), title, summary, readings)


def _cells(cells: Sequence[YearCell], definition: Definition, grid: _Grid, style: Style) -> Iterator[Mark]:
    empty = []
    for cell in cells:
        left, top, right, bottom = grid.cell(date.fromordinal(cell.day))
        if cell.value is None:
            empty.append(((left + right) / 2, (top + bottom) / 2))
        else:
            step = cell_step(cell.value, *definition.spans)
            yield from shade((left, top, right, bottom), step, style)
    if empty:
        yield Dots(tuple(empty), min(_EMPTY, grid.across / 4), "control")


def shade(box: Box, step: int, style: Style) -> tuple[Mark, ...]:
    """One of five shades with an edge; where shades cannot be told apart, a core that grows with the step."""
    left, top, right, bottom = box
    radius = min(2.0, (right - left) / 4)
    if not style.plain:
        return (Rect(left, top, right - left, bottom - top, f"heat{step + 1}", "control", 0.75, radius),)
    part = step / (STEPS - 1)
    wide, high = (right - left) * part, (bottom - top) * part
    edge = Rect(left, top, right - left, bottom - top, "surface", "ink1", 1.0, radius)
    if not step:
        return (edge,)
    return edge, Rect((left + right - wide) / 2, (top + bottom - high) / 2, wide, high, "ink1")


def _sessions(sessions: Collection[int], year: int, grid: _Grid, style: Style) -> Iterator[Mark]:
    """An outline around the days of sessions."""
    for day in sorted(sessions):
        if date.fromordinal(day).year == year:
            yield from outline(grid.cell(date.fromordinal(day)), style)


def outline(box: Box, style: Style) -> tuple[Mark, ...]:
    """The sign of a session around a cell; where all lines have one colour, a ring inside of it as well."""
    left, top, right, bottom = box
    edge = Rect(left - 1, top - 1, right - left + 2, bottom - top + 2, "", "experience", _OUTLINE, 3.0)
    if not style.plain:
        return (edge,)
    radius = min(_RING, (right - left) / 3)
    return edge, Dots((((left + right) / 2, (top + bottom) / 2),), radius, "ink1", "surface", 1.5)


def _reading(day: int, grid: _Grid) -> Reading:
    left, top, right, bottom = grid.cell(date.fromordinal(day))
    return Reading(day, left, top, bottom - top, right - left)


def _legend(definition: Definition, sessions: bool, style: Style) -> Iterator[LegendItem]:
    """The five parts of the range of the measure in use, and the two other signs."""
    for step in range(STEPS):
        words = step_words(definition, step, style)
        if step == 0:
            words = _("{name} {range}").format(name=style.fitting(definition.name, style.px(_NAME)), range=words)
        yield LegendItem(words, Sample(partial(_step_sample, step)))
    yield LegendItem(_("no check-in"), dot_sample("control", _EMPTY))
    if sessions:
        yield LegendItem(_("session"), Sample(_session_sample))


def step_words(definition: Definition, step: int, style: Style) -> str:
    """The part of the range that a shade stands for, such as "4–6"; a value between two parts is in the upper one."""
    lowest, highest = definition.spans
    ends = (lowest + (highest - lowest) * part / STEPS for part in (step, step + 1))
    low, high = (style.names.number(round(end, 2)) for end in ends)
    return _("{low}–{high}").format(low=low, high=high)


def _session_sample(x: float, y: float, style: Style) -> tuple[Mark, ...]:
    middle, half = x + style.px(SIGN_WIDTH) / 2, style.px(5)
    return outline((middle - half, y - half, middle + half, y + half), style)


def _step_sample(step: int, x: float, y: float, style: Style) -> tuple[Mark, ...]:
    middle, half = x + style.px(SIGN_WIDTH) / 2, style.px(5)
    return shade((middle - half, y - half, middle + half, y + half), step, style)
