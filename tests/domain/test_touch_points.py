"""Touch-points: evening, days 1, 3, 7, 14 and 28; each once, "not now" is final, none past the next prepare window."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from integrate.domain.times import ZonedTime
from integrate.domain.touch_points import EVENING, LASTS_DAYS, USUAL_DAYS, clean_days, due_touch_point
from integrate.domain.where import window_opens
from tests.domain.sessions_kit import MADE, begun, cancelled, courses_at, day, held, local, planned, zoned_times, zones

NONE: frozenset[int] = frozenset()
LAST = held(4, day(0))
choices = st.lists(st.integers(0, 366), max_size=8)


def _due(
    on: int, settled: frozenset[int] = NONE, clock: str = "12:00", days: tuple[int, ...] = USUAL_DAYS
) -> int | None:
    return due_touch_point(LAST, None, settled, days, local(day(on), clock))


def test_the_usual_ones_are_the_evening_and_days_1_3_7_14_28() -> None:
    assert USUAL_DAYS == (0, 1, 3, 7, 14, 28)
    came = [_due(on, clock="20:00") for on in range(43)]
    assert came == [0, 1, 1, *[3] * 4, *[7] * 7, *[14] * 14, *[28] * 14, None]


@pytest.mark.parametrize(("clock", "due"), [("00:00", None), ("16:59", None), ("17:00", 0), ("23:59", 0)])
def test_day_zero_has_its_touch_point_in_the_evening(clock: str, due: int | None) -> None:
    assert _due(0, clock=clock) == due


@given(st.times(), zones)
def test_the_evening_is_that_of_the_place_where_the_person_is(clock: time, zone: str) -> None:
    now = local(day(0), clock.isoformat(), zone)
    assume(now.local().time() == clock and now.local_date() == day(0))  # not in a gap of a change of clocks
    assert due_touch_point(LAST, None, NONE, USUAL_DAYS, now) == (0 if clock >= EVENING else None)


@given(choices, st.integers(0, 500), st.frozensets(st.integers(0, 366)))
def test_each_comes_once_and_not_now_is_final(days: list[int], on: int, settled: frozenset[int]) -> None:
    due = due_touch_point(LAST, None, settled, days, local(day(on), "20:00"))
    if due is not None:
        assert due not in settled and due in days and due <= on
        for later in range(on, on + 40):
            again = due_touch_point(LAST, None, settled | {due}, days, local(day(later), "20:00"))
            assert again is None or again > due


@given(choices, st.lists(st.integers(-30, 500), max_size=12))
def test_whatever_the_clock_does_none_comes_twice_or_after_a_later_one(days: list[int], moments: list[int]) -> None:
    settled: frozenset[int] = frozenset()
    answered = []
    for on in moments:
        due = due_touch_point(LAST, None, settled, days, local(day(on), "20:00"))
        if due is not None:
            answered.append(due)
            settled |= {due}
    assert answered == sorted(set(answered))


@given(st.integers(1, 120), st.integers(0, 130), choices)
def test_none_comes_past_the_next_prepare_window(gap: int, on: int, days: list[int]) -> None:
    coming = planned(5, day(gap))
    due = due_touch_point(LAST, coming, NONE, days, local(day(on), "20:00"))
    if day(on) >= window_opens(LAST, coming):
        assert due is None
    else:
        assert due == due_touch_point(LAST, None, NONE, days, local(day(on), "20:00"))


def test_with_two_weeks_between_sessions_the_last_one_is_that_of_day_seven() -> None:
    coming = planned(5, day(14))
    came = [due_touch_point(LAST, coming, NONE, USUAL_DAYS, local(day(on), "20:00")) for on in range(15)]
    assert came == [0, 1, 1, 3, 3, 3, 3, 7, 7, 7, 7, None, None, None, None]


@given(choices, st.integers(0, 400))
def test_the_days_can_be_edited_and_each_counts_once(days: list[int], on: int) -> None:
    due = due_touch_point(LAST, None, NONE, days, local(day(on), "20:00"))
    reached = [one for one in days if one <= on]
    latest = max(reached, default=None)
    assert due == (latest if latest is not None and on < latest + LASTS_DAYS else None)
    assert clean_days(days + days) == tuple(sorted(set(days)))


@pytest.mark.parametrize("days", [(-1,), (0, 367), (10**6,)])
def test_days_that_are_none_are_refused(days: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="touch-point"):
        clean_days(days)


def test_with_no_days_chosen_none_comes() -> None:
    assert all(_due(on, days=(), clock="20:00") is None for on in range(30))


def test_none_comes_while_the_session_goes_on_into_the_evening() -> None:
    going = begun(4, local(day(0), "16:00"))
    assert due_touch_point(going, None, NONE, USUAL_DAYS, local(day(0), "18:00")) is None
    ended = begun(4, local(day(0), "16:00"), local(day(0), "17:30"))
    assert due_touch_point(ended, None, NONE, USUAL_DAYS, local(day(0), "18:00")) == 0
    assert due_touch_point(going, None, NONE, USUAL_DAYS, local(day(1), "09:00")) == 1


def test_only_a_session_that_was_held_has_touch_points() -> None:
    now = local(day(1), "20:00")
    for last in (None, planned(4, day(0)), cancelled(4, day(0)), held(4, day(0), deleted=MADE), held(4, day(2))):
        assert due_touch_point(last, None, NONE, USUAL_DAYS, now) is None


@given(st.data(), zoned_times())
def test_any_two_sessions_give_a_day_or_none(data: st.DataObject, moment: ZonedTime) -> None:
    sessions = [None, *data.draw(courses_at(moment))]
    last, coming = data.draw(st.sampled_from(sessions)), data.draw(st.sampled_from(sessions))
    assume(coming is None or coming.day is not None)
    assert due_touch_point(last, coming, NONE, USUAL_DAYS, moment) in (None, *USUAL_DAYS)


def test_sessions_at_the_end_of_the_calendar_have_no_trouble() -> None:
    for extreme in (date.min, date.max):
        assert due_touch_point(held(1, extreme), None, NONE, (0, 366), local(day(0))) is None
