"""A year day by day: a cell for each day, and which of five shades it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from integrate.domain.trends.daily import DayValues, within

STEPS: Final = 5


@dataclass(frozen=True, slots=True)
class YearCell:
    """A day of the year, as an ordinal, and its daily value; None is a day without an answer."""

    day: int
    value: float | None


def year_cells(daily: DayValues, year: int) -> tuple[YearCell, ...]:
    """A cell for each day of ``year`` (1 to 9999): 365 or 366 of them."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    part = within(daily, first, last)
    values = dict(zip(part.days, part.means, strict=True))
    return tuple(YearCell(day, values.get(day)) for day in range(first, last + 1))


def cell_step(value: float, lowest: float, highest: float) -> int:
    """Which of five equal parts of the whole range ``value`` lies in, from 0 to 4.

    A value on the edge between two parts is in the upper one, the highest of all in the last. The parts are of the
    range of the measure, never of what somebody answered: the same shade is the same number in each year.
    """
    return max(0, min(STEPS - 1, int((value - lowest) * STEPS // (highest - lowest))))
