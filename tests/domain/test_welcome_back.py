"""Coming back: a quiet Today after thirty days, and past planned dates asked about once, together."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime
from integrate.domain.welcome_back import QUIET_DAYS, is_welcome_back, plan_key, plans_to_ask
from integrate.domain.where import past_plans
from tests.domain.sessions_kit import MADE, cancelled, courses_at, day, held, local, planned, zoned_times

days = st.integers(-3000, 3000).map(day)


def _numbers(sessions: tuple[Session, ...]) -> list[int]:
    return [one.ref.number for one in sessions]


def test_the_welcome_comes_after_thirty_quiet_days() -> None:
    came = [is_welcome_back([day(-200), day(0)], day(on)) for on in range(40)]
    assert QUIET_DAYS == 30
    assert came == [on >= 30 for on in range(40)]


@given(st.lists(days, min_size=1), days)
def test_only_the_latest_sign_counts(signs: list[date], today: date) -> None:
    assert is_welcome_back(signs, today) == ((today - max(signs)).days >= 30)
    assert is_welcome_back(sorted(signs), today) == is_welcome_back(reversed(signs), today)


@given(st.lists(days), days)
def test_a_line_written_today_ends_it(signs: list[date], today: date) -> None:
    assert not is_welcome_back([*signs, today], today)


@given(st.lists(days, min_size=1), st.integers(0, 3000))
def test_a_clock_that_was_set_back_welcomes_nobody(signs: list[date], back: int) -> None:
    assert not is_welcome_back(signs, day(-back, max(signs)))


def test_where_nothing_is_known_nobody_was_away() -> None:
    assert not is_welcome_back([], day(0))


# --- Past planned dates -----------------------------------------------------------------------------------------------


def test_after_three_months_of_silence_all_of_them_are_asked_about_together() -> None:
    course = [held(1, day(-100)), *(planned(number, day(-100 + 4 * number)) for number in range(2, 9))]
    assert _numbers(plans_to_ask(course, (), local(day(0)))) == [2, 3, 4, 5, 6, 7, 8]


@given(st.data(), zoned_times())
def test_each_is_asked_about_once_whatever_the_answer(data: st.DataObject, now: ZonedTime) -> None:
    sessions = data.draw(courses_at(now))
    first = plans_to_ask(sessions, (), now)
    assert first == past_plans(sessions, now)
    assert plans_to_ask(sessions, {plan_key(one) for one in first}, now) == ()


@given(st.data(), zoned_times(), st.integers(0, 60))
def test_later_only_those_that_went_by_since_are_asked_about(data: st.DataObject, now: ZonedTime, later: int) -> None:
    sessions = data.draw(courses_at(now))
    asked = {plan_key(one) for one in plans_to_ask(sessions, (), now)}
    then = local(day(later, now.local_date()), "12:00", now.zone)
    today = now.local_date()
    assert all(one.day is not None and one.day >= today for one in plans_to_ask(sessions, asked, then))


def test_a_session_that_was_moved_and_went_by_again_is_asked_about_again() -> None:
    asked = {plan_key(planned(5, day(-9)))}
    assert plans_to_ask([planned(5, day(-9))], asked, local(day(0))) == ()
    assert _numbers(plans_to_ask([planned(5, day(-2))], asked, local(day(0)))) == [5]


def test_only_planned_sessions_of_a_day_gone_by_are_asked_about() -> None:
    others = [
        held(1, day(-9)), cancelled(2, day(-8)), planned(3, day(-7), deleted=MADE), planned(4, None),
        planned(5, day(0)), planned(6, day(1)),
    ]  # fmt: skip
    assert plans_to_ask(others, (), local(day(0))) == ()


def test_a_key_names_the_session_and_its_day() -> None:
    assert plan_key(planned(5, day(0))) == "00000000-0000-0000-0000-000000000005:2026-10-05"
    assert plan_key(planned(5, None)).endswith(":")
