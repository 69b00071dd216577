"""The same statistics by another, independent implementation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.trends import (
    align,
    change_in_check_ins,
    daily_values,
    median,
    quantile,
    spread,
    trailing_mean,
)
from tests.domain.trends.trends_kit import DAY0, answers, quarters, series_of, session_on

FEW = settings(max_examples=40, deadline=None)
Rows = list[tuple[int, int, float]]


def _grid(rows: Rows) -> np.ndarray:
    """Daily means of days −40 … 80 by NumPy; NaN is a day without an answer."""
    days = np.array([day for day, _hour, _value in rows], dtype=int) - DAY0 + 40
    values = np.array([value for _day, _hour, value in rows], dtype=float)
    sums, counts = np.bincount(days, values, minlength=121), np.bincount(days, minlength=121)
    return np.divide(sums, counts, out=np.full(121, np.nan), where=counts > 0)


@FEW
@given(st.lists(quarters, min_size=1, max_size=40), st.floats(0, 1))
def test_quantiles(values: list[float], p: float) -> None:
    assert quantile(values, p) == pytest.approx(np.quantile(values, p, method="linear"), abs=1e-9)


@FEW
@given(st.lists(quarters, min_size=1, max_size=40))
def test_medians(values: list[float]) -> None:
    assert median(values) == np.median(values)


@FEW
@given(answers)
def test_daily_values(rows: Rows) -> None:
    grid, daily = _grid(rows), daily_values(series_of(rows))
    assert list(daily.days) == [int(place) + DAY0 - 40 for place in np.flatnonzero(~np.isnan(grid))]
    assert list(daily.means) == pytest.approx(grid[~np.isnan(grid)])


@FEW
@given(answers)
def test_rolling_means(rows: Rows) -> None:
    windows = np.lib.stride_tricks.sliding_window_view(_grid(rows), 7)
    enough = (~np.isnan(windows)).sum(axis=1) >= 3
    means = trailing_mean(daily_values(series_of(rows)), DAY0 - 34, DAY0 + 80)
    assert [mean is not None for mean in means] == list(enough)
    expected = [np.nanmean(window) for window in windows[enough]]
    assert [mean for mean in means if mean is not None] == pytest.approx(expected)


@FEW
@given(answers, st.lists(st.integers(20, 60), min_size=1, max_size=7))
def test_the_spread_around_sessions_that_are_far_apart(rows: Rows, gaps: list[int]) -> None:
    days = [sum(gaps[: place + 1]) - 50 for place in range(len(gaps))]
    days = [day for day in days if day <= 66]  # day +14 is still in the grid
    found = spread(align(series_of(rows), [session_on(place + 1, day) for place, day in enumerate(days)]))
    grid = _grid(rows)
    for one in found:
        column = np.array([grid[day + one.day + 40] for day in days if day + one.day + 40 >= 0])
        values = column[~np.isnan(column)]
        assert one.n == len(values)
        if one.n >= 2:
            assert (one.median, one.lowest, one.highest) == pytest.approx(
                (np.median(values), values.min(), values.max())
            )
        if one.n >= 5:
            assert (one.lower_quartile, one.upper_quartile) == pytest.approx(tuple(np.percentile(values, [25, 75])))


@FEW
@given(answers, st.integers(-20, 40), st.integers(-20, 60))
def test_the_change_of_a_week(rows: Rows, first: int, today: int) -> None:
    change, grid = change_in_check_ins(series_of(rows), DAY0 + first, DAY0 + today), _grid(rows)
    for value, n, end in ((change.before, change.before_n, first - 1), (change.now, change.now_n, today)):
        week = grid[end - 6 + 40 : end + 1 + 40]
        week = week[~np.isnan(week)]
        assert n == len(week)
        assert value == (None if not n else pytest.approx(np.median(week)))
