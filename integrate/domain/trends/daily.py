"""From answers to days: the value of a day, and the trailing mean of a week."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import fsum
from typing import Final

from integrate.domain.series import Series

WINDOW_DAYS: Final = 7
"""A trailing mean is of days −6 to 0."""

LEAST_DAYS: Final = 3
"""So many days of the window need an answer; otherwise there is no mean, and the line has a gap."""


@dataclass(frozen=True, slots=True)
class DayValues:
    """The value of each day that has an answer, in order of the days; a day without one is not in it.

    ``days`` are ordinals, ``means`` the daily values, ``counts`` how many answers each is made of. One length.
    """

    days: tuple[int, ...] = ()
    means: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()


def daily_values(series: Series) -> DayValues:
    """The daily value: the arithmetic mean of all answers about that local day, each counting once.

    The local day is that of the zone the answer was given in, so a change of clocks or a journey moves no answer to
    another day. Answers at one and the same instant are answers like any others: both count. Answers are multiples of
    a quarter, their sum is exact, and so the order they come in makes no difference.
    """
    sums: dict[int, float] = {}
    counts: dict[int, int] = {}
    for day, value in zip(series.days, series.values, strict=True):
        sums[day] = sums.get(day, 0.0) + value
        counts[day] = counts.get(day, 0) + 1
    days = tuple(sorted(sums))
    return DayValues(days, tuple(sums[day] / counts[day] for day in days), tuple(counts[day] for day in days))


def within(daily: DayValues, first: int, last: int) -> DayValues:
    """Only the days from ``first`` to ``last``, both inclusive."""
    part = slice(bisect_left(daily.days, first), bisect_right(daily.days, last))
    return DayValues(daily.days[part], daily.means[part], daily.counts[part])


def trailing_mean(daily: DayValues, first: int, last: int) -> tuple[float | None, ...]:
    """The 7-day mean of each day from ``first`` to ``last``, both inclusive: one for each, None for a gap.

    It is the arithmetic mean of the daily values of that day and the six before it, as many as there are; a day counts
    once, however many answers it has. With fewer than three of the seven there is none. ``daily`` holds the days
    before ``first`` as well: a mean does not depend on where a chart begins.
    """
    means: list[float | None] = [None] * max(last - first + 1, 0)
    days = daily.days
    start = 0
    for place in range(bisect_left(days, first - WINDOW_DAYS + 1), bisect_right(days, last)):
        until = days[place] + WINDOW_DAYS - 1
        if place + 1 < len(days):
            until = min(until, days[place + 1] - 1)
        # From this day to the one before the next answer the newest day of the window is this one.
        for day in range(max(days[place], first), min(until, last) + 1):
            while days[start] <= day - WINDOW_DAYS:
                start += 1
            if place - start + 1 >= LEAST_DAYS:
                means[day - first] = fsum(daily.means[start : place + 1]) / (place - start + 1)
    return tuple(means)
