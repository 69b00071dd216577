"""Which automatic copies stay: 7 days, 4 weeks, 12 months."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.retention import DAILY, MONTHLY, WEEKLY, BackupCopy, backup_is_due, copies_to_keep

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
ANY_COPIES = st.dictionaries(st.integers(1, 5000), DAYS, max_size=120).map(
    lambda numbers: [BackupCopy(number, day) for number, day in numbers.items()]
)
IN_ORDER = st.sets(DAYS, min_size=1, max_size=200).map(
    lambda days: [BackupCopy(number, day) for number, day in enumerate(sorted(days), 1)]
)


@given(ANY_COPIES)
def test_the_newest_copy_always_stays_and_never_more_than_23(copies: list[BackupCopy]) -> None:
    kept = copies_to_keep(copies)
    assert kept <= {copy.number for copy in copies}
    assert len(kept) <= DAILY + WEEKLY + MONTHLY
    if copies:
        assert max(copy.number for copy in copies) in kept


@given(ANY_COPIES, st.randoms(use_true_random=False))
def test_the_order_of_the_copies_does_not_matter(copies: list[BackupCopy], chance: random.Random) -> None:
    shuffled = list(copies)
    chance.shuffle(shuffled)
    assert copies_to_keep(shuffled) == copies_to_keep(copies)


@given(ANY_COPIES)
def test_thinning_out_twice_removes_nothing_more(copies: list[BackupCopy]) -> None:
    kept = copies_to_keep(copies)
    assert copies_to_keep([copy for copy in copies if copy.number in kept]) == kept


@given(IN_ORDER)
def test_the_last_copies_of_days_weeks_and_months_stay(copies: list[BackupCopy]) -> None:
    kept = {copy.day for copy in copies if copy.number in copies_to_keep(copies)}
    days = [copy.day for copy in copies]
    last_of_week = {day.isocalendar()[:2]: day for day in days}
    last_of_month = {(day.year, day.month): day for day in days}
    assert kept == {*days[-DAILY:], *list(last_of_week.values())[-WEEKLY:], *list(last_of_month.values())[-MONTHLY:]}


def test_a_year_of_daily_copies_leaves_a_week_a_month_and_a_year_behind() -> None:
    first, there = date(2025, 1, 1), []
    for number in range(1, 731):
        there.append(BackupCopy(number, first + timedelta(days=number - 1)))
        kept = copies_to_keep(there)
        there = [copy for copy in there if copy.number in kept]
    days = {copy.day for copy in there}
    last = first + timedelta(days=729)
    assert {last - timedelta(days=back) for back in range(7)} <= days
    assert {date(2026, month + 1, 1) - timedelta(days=1) for month in range(1, 12)} <= days
    assert len(days) <= 23


def test_of_several_copies_of_one_day_the_newest_counts() -> None:
    copies = [BackupCopy(number, date(2026, 3, 1)) for number in range(1, 30)]
    assert copies_to_keep(copies) == {29}


def test_a_clock_set_back_does_not_push_out_the_copies_made_after_it() -> None:
    before = [BackupCopy(number, date(2026, 3, number)) for number in range(1, 11)]
    after = [BackupCopy(10 + number, date(2020, 1, number)) for number in range(1, 4)]
    kept = copies_to_keep(before + after)
    assert {11, 12, 13} <= kept
    assert 10 in kept


OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "minutes", "due"),
    [
        (None, 1, False), (None, 2, True), (date(2026, 3, 1), 2, True), (date(2026, 3, 2), 600, False),
        (date(2027, 1, 1), 5, True), (date(2026, 3, 1), -60, False),
    ],
)  # fmt: skip
def test_a_copy_is_due_once_a_day_and_not_right_after_unlocking(last: date | None, minutes: int, due: bool) -> None:
    assert backup_is_due(last, date(2026, 3, 2), OPENED, OPENED + timedelta(minutes=minutes)) is due
