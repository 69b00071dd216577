"""The headings of the list, and the flag that gives a read up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.listing import EntryIndex, MonthRun, MonthRuns, Stop, Stopped

DAYS = st.lists(st.dates(date(2024, 11, 1), date(2026, 3, 31)))


def runs(days: list[date]) -> tuple[MonthRun, ...]:
    months = MonthRuns()
    months.add(day.toordinal() for day in days)
    return months.runs()


def test_entries_of_a_month_stand_under_one_heading() -> None:
    days = [date(2026, 3, 2), date(2026, 3, 1), date(2026, 1, 31), date(2025, 12, 31), date(2025, 12, 1)]
    assert runs(days) == (MonthRun(2026, 3, 2), MonthRun(2026, 1, 1), MonthRun(2025, 12, 2))


def test_a_later_day_under_an_earlier_one_stays_under_the_heading_that_has_begun() -> None:
    assert runs([date(2026, 2, 28), date(2026, 3, 1), date(2026, 2, 27)]) == (MonthRun(2026, 2, 3),)


def test_the_first_and_the_last_day_there_is() -> None:
    assert runs([date.max, date.min]) == (MonthRun(9999, 12, 1), MonthRun(1, 1, 1))
    assert runs([]) == ()


@given(DAYS)
def test_headings_are_the_months_so_far_at_their_lowest(days: list[date]) -> None:
    lowest: list[tuple[int, int]] = []
    for day in days:
        month = (day.year, day.month)
        lowest.append(min(lowest[-1], month) if lowest else month)
    spread = [(run.year, run.month) for run in runs(days) for _entry in range(run.count)]
    assert spread == lowest


@given(DAYS)
def test_a_heading_never_comes_twice_and_never_goes_up(days: list[date]) -> None:
    months = [(run.year, run.month) for run in runs(days)]
    assert months == sorted(set(months), reverse=True)


@given(DAYS, st.integers(1, 7))
def test_counting_in_pieces_counts_the_same(days: list[date], piece: int) -> None:
    months = MonthRuns()
    for start in range(0, len(days), piece):
        months.add(day.toordinal() for day in days[start : start + piece])
    assert months.runs() == runs(days)


def test_a_stop_stays_set() -> None:
    stop = Stop()
    stop.check()
    assert not stop.is_set
    stop.set()
    assert stop.is_set
    with pytest.raises(Stopped):
        stop.check()


def test_an_empty_index_has_neither_keys_nor_months() -> None:
    empty = EntryIndex.empty()
    assert (len(empty.keys), empty.months) == (0, ())
