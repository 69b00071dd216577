"""A year day by day: its cells, and five equal parts of a range."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.trends import DayValues, cell_step, daily_values, year_cells
from tests.domain.trends.trends_kit import DAY0, diary


def test_a_year_has_a_cell_for_each_day_and_a_gap_is_not_zero() -> None:
    cells = year_cells(daily_values(diary({0: 0, 1: 7})), 2026)
    assert [cell.day for cell in cells] == list(range(date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1))
    assert {cell.day: cell.value for cell in cells if cell.value is not None} == {DAY0: 0, DAY0 + 1: 7}


@pytest.mark.parametrize(("year", "days"), [(2024, 366), (2026, 365), (1900, 365), (2000, 366), (1, 365), (9999, 365)])
def test_leap_years_and_the_first_and_last_of_all(year: int, days: int) -> None:
    assert [cell.value for cell in year_cells(DayValues(), year)] == [None] * days


def test_days_of_other_years_are_not_in_it() -> None:
    edge = date(2026, 12, 31).toordinal() - DAY0
    daily = daily_values(diary({edge: 3, edge + 1: 9}))
    assert [cell.value for cell in year_cells(daily, 2026) if cell.value is not None] == [3]
    assert year_cells(daily, 2027)[0].value == 9


def test_the_steps_of_0_to_10_by_hand() -> None:
    # Parts of 2: 0–2, 2–4, 4–6, 6–8, 8–10; an edge is in the upper part, 10 in the last.
    assert [cell_step(value, 0, 10) for value in range(11)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4]
    assert [cell_step(value, 0, 10) for value in (1.99, 2.5, 7.75, 8.5)] == [0, 1, 3, 4]


def test_the_steps_of_1_to_5_and_of_a_range_around_zero() -> None:
    assert [cell_step(value, 1, 5) for value in range(1, 6)] == [0, 1, 2, 3, 4]
    assert [cell_step(value, -5, 5) for value in (-5, -3, -1, 0, 1, 3, 5)] == [0, 1, 2, 2, 3, 4, 4]


@given(st.integers(-100, 100), st.integers(1, 200), st.floats(-0.5, 1.5), st.floats(0, 1))
def test_steps_rise_with_the_value_and_are_five(lowest: int, width: int, at: float, more: float) -> None:
    one, other = lowest + at * width, lowest + (at + more) * width
    assert 0 <= cell_step(one, lowest, lowest + width) <= cell_step(other, lowest, lowest + width) <= 4
