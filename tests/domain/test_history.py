"""When an earlier state of an entry is kept, and how long the deleted stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from integrate.domain.history import SITTING_GAP, drops_much, is_same_sitting
from integrate.domain.trash import KEPT_FOR, purge_limit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
A, B = b"a" * 16, b"b" * 16


@pytest.mark.parametrize(
    ("pause", "same"),
    [
        (timedelta(0), True), (timedelta(seconds=5), True), (SITTING_GAP, True),
        (SITTING_GAP + timedelta(microseconds=1), False), (timedelta(microseconds=-1), False),
        (timedelta(days=1), False),
    ],
)  # fmt: skip
def test_a_sitting_goes_on_for_half_an_hour_and_ends_with_a_clock_set_back(pause: timedelta, same: bool) -> None:
    assert is_same_sitting(NOW, NOW + pause, A, A) is same


def test_another_sitting_is_another_sitting_at_once() -> None:
    assert not is_same_sitting(NOW, NOW, A, B)


@pytest.mark.parametrize(
    ("before", "after", "much"),
    [(200, 99, True), (200, 100, False), (199, 0, False), (200, 0, True), (0, 0, False), (1000, 1001, False)],
)
def test_more_than_half_of_a_longer_text_is_much(before: int, after: int, much: bool) -> None:
    assert drops_much("x" * before, "x" * after) is much


def test_the_deleted_is_kept_for_thirty_days() -> None:
    assert timedelta(days=30) == KEPT_FOR
    assert purge_limit(NOW) == NOW - timedelta(days=30)
