"""Which measures the check-in of now asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.asked import is_near_session, measures_for
from integrate.domain.entry import Phase
from integrate.domain.measures import Definition, HowOften, Measure
from integrate.domain.where import Where
from tests.domain.sessions_kit import day, held, planned

TODAY = day(0)
NOWHERE = Where(Phase.PREPARE)
DELETED = datetime(2026, 10, 1, tzinfo=UTC)


def _measure(
    number: int, how_often: HowOften = HowOften.EACH, *, in_use: bool = True, deleted: datetime | None = None
) -> Measure:
    return Measure(
        UUID(int=number), "", Definition(f"measure {number}"), 1, number, in_use, how_often, deleted=deleted
    )  # fmt: skip


def _names(
    *measures: Measure, where: Where = NOWHERE, today: date = TODAY, last: dict[UUID, date] | None = None
) -> list[int]:
    return [one.id.int for one in measures_for(measures, where, today, last or {})]


def test_each_is_always_asked_in_its_place_and_when_i_like_never() -> None:
    third, first, second = _measure(3), _measure(1), _measure(2, HowOften.WHEN_I_LIKE)
    assert _names(third, first, second) == [1, 3]


def test_what_is_put_away_or_deleted_is_not_asked() -> None:
    assert _names(_measure(1, in_use=False), _measure(2, deleted=DELETED), _measure(3)) == [3]


@pytest.mark.parametrize(
    ("ago", "asked"), [(0, False), (6, False), (7, True), (400, True), (-2, False), (-3, True), (-400, True)]
)
def test_weekly_is_from_the_seventh_day_after_the_last_answer(ago: int, asked: bool) -> None:
    weekly = _measure(1, HowOften.WEEKLY)
    assert _names(weekly, last={weekly.id: TODAY - timedelta(days=ago)}) == ([1] if asked else [])


def test_weekly_is_asked_where_it_was_never_answered_and_another_one_was() -> None:
    assert _names(_measure(1, HowOften.WEEKLY), last={UUID(int=9): TODAY}) == [1]


@pytest.mark.parametrize(("after", "near"), [(-2, False), (-1, True), (0, True), (3, True), (4, False), (28, False)])
def test_around_sessions_is_from_the_day_before_to_three_days_after(after: int, near: bool) -> None:
    around, today = _measure(1, HowOften.AROUND_SESSIONS), day(after)
    for where in (
        Where(Phase.PREPARE, planned(1, TODAY), coming=planned(1, TODAY)),
        Where(Phase.INTEGRATE, held(1, TODAY), last=held(1, TODAY)),
        Where(Phase.PREPARE, planned(2, day(40)), last=held(1, TODAY), coming=planned(2, day(40))),
        Where(Phase.EXPERIENCE, held(1, TODAY)),
    ):
        assert is_near_session(where, today) == near
        assert _names(around, where=where, today=today) == ([1] if near else [])


def test_without_a_session_or_its_day_nothing_is_near() -> None:
    assert not is_near_session(NOWHERE, TODAY)
    assert not is_near_session(Where(Phase.PREPARE, planned(1, None), coming=planned(1, None)), TODAY)


@given(
    often=st.lists(st.sampled_from(HowOften), max_size=8),
    ago=st.lists(st.none() | st.integers(-40, 40), min_size=8, max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_the_order_they_are_given_in_changes_nothing(
    often: list[HowOften], ago: list[int | None], order: object
) -> None:
    measures = [_measure(place, each) for place, each in enumerate(often)]
    last = {UUID(int=n): TODAY - timedelta(days=days) for n, days in enumerate(ago) if days is not None}
    expected = _names(*measures, last=last)
    order.shuffle(measures)  # type: ignore[attr-defined]  # a random.Random
    assert _names(*measures, last=last) == expected == sorted(expected)
