"""The path of the course: which nodes are on it, where today lies, and what a closed course says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.course_path import MOST_NODES, CoursePath, NodeState, TodayMark, course_path
from integrate.domain.courses import Plan
from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import ZonedTime
from tests.domain.sessions_kit import MADE, begun, cancelled, courses_at, day, held, local, planned, zoned_times

DONE, PLANNED = NodeState
EIGHT = Plan(sessions=8, spacing=14, starts=date(2026, 8, 24))
PICTURE = [held(number, date(2026, 8, 24) + timedelta(days=14 * (number - 1))) for number in range(1, 5)]
THURSDAY = date(2026, 10, 8)


def _is_by(on: date | None, today: date) -> bool:
    return on is not None and on <= today


def _numbers(path: CoursePath) -> list[int]:
    return [node.number for node in path.nodes]


# --- The picture ------------------------------------------------------------------------------------------------------


def test_the_path_of_the_picture() -> None:
    later = [planned(number, date(2026, 8, 24) + timedelta(days=14 * (number - 1))) for number in range(5, 9)]
    path = course_path(PICTURE + later, EIGHT, THURSDAY)
    assert _numbers(path) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [node.state for node in path.nodes] == [DONE] * 4 + [PLANNED] * 4
    assert path.nodes[4].day == date(2026, 10, 19)
    assert path.today == TodayMark(after=3, fraction=3 / 14)
    assert (path.earlier, path.later, path.words()) == (0, 0, "4 of a planned 8")


def test_sessions_the_plan_only_counts_are_on_it_too_with_the_days_the_plan_names() -> None:
    path = course_path(PICTURE, EIGHT, THURSDAY)
    assert [node.day for node in path.nodes[4:]] == [
        date(2026, 10, 19), date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 30),
    ]  # fmt: skip
    assert [node.session_id for node in path.nodes] == [one.id for one in PICTURE] + [None] * 4


def test_days_of_the_plan_that_went_by_are_not_shown_as_if_they_were_to_come() -> None:
    path = course_path(PICTURE, EIGHT, date(2026, 10, 19))
    assert [node.day for node in path.nodes[4:]] == [None] * 4
    assert path.today == TodayMark(3, 0.5)


def test_a_plan_without_spacing_or_start_leaves_the_days_open() -> None:
    assert [node.day for node in course_path([], Plan(sessions=3), THURSDAY).nodes] == [None] * 3
    started = course_path([], Plan(sessions=3, starts=THURSDAY), THURSDAY)
    assert [node.day for node in started.nodes] == [THURSDAY, None, None]
    assert started.today == TodayMark(0, 0.0)


def test_a_plan_beyond_the_calendar_has_open_days() -> None:
    path = course_path([], Plan(2, 3650, date(9999, 1, 1)), date(9999, 1, 1))
    assert [node.day for node in path.nodes] == [date(9999, 1, 1), None]


def test_without_sessions_and_plan_the_path_is_hidden() -> None:
    path = course_path([], Plan(), THURSDAY)
    assert path.is_empty and path.today is None
    assert path.words() == "No sessions yet"


# --- Where today lies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (-3, (-1, 0.5)),
        (0, (0, 0.0)),
        (1, (0, 0.1)),
        (9, (0, 0.9)),
        (10, (1, 0.0)),
        (11, (1, 0.25)),
        (14, (2, 0.0)),
        (15, (2, 0.5)),
    ],
)
def test_today_lies_between_two_nodes_by_days(today: int, mark: tuple[int, float]) -> None:
    sessions = [held(1, day(0)), planned(2, day(10)), planned(3, day(14))]
    assert course_path(sessions, Plan(), day(today)).today == TodayMark(*mark)


def test_a_session_that_goes_on_is_where_today_is() -> None:
    path = course_path([held(1, day(-14)), begun(2, local(day(0)))], Plan(), day(0))
    assert path.today == TodayMark(1, 0.0)


def test_before_an_open_session_today_lies_half_way() -> None:
    path = course_path([held(1, day(0)), planned(3, day(20)), planned(2, None)], Plan(), day(4))
    assert _numbers(path) == [1, 2, 3]
    assert path.today == TodayMark(0, 0.5)


@given(st.data(), zoned_times(), st.integers(1, 14))
def test_today_is_always_on_the_shown_path_behind_what_was_and_before_what_comes(
    data: st.DataObject, now: ZonedTime, most: int
) -> None:
    today = now.local_date()
    path = course_path(data.draw(courses_at(now, 14)), Plan(), today, most=most)
    assert (path.today is None) == path.is_empty
    if path.today is None:
        return
    after, fraction = path.today.after, path.today.fraction
    assert -1 <= after < len(path.nodes) and 0 <= fraction < 1
    # Behind it, dates are in the order of time but for flights over the date line.
    assert all(node.day is None or node.day > today for node in path.nodes[after + 1 :])
    assert after < 0 or _is_by(path.nodes[after].day, today)
    assert fraction == 0 if after >= 0 and path.nodes[after].day == today else fraction > 0


# --- Which nodes ------------------------------------------------------------------------------------------------------


@given(st.data(), zoned_times(), st.booleans())
def test_the_order_in_which_sessions_come_changes_nothing(data: st.DataObject, now: ZonedTime, closed: bool) -> None:
    sessions = data.draw(courses_at(now, 14))
    shuffled = data.draw(st.permutations(sessions))
    today = now.local_date()
    assert course_path(sessions, EIGHT, today, closed=closed) == course_path(shuffled, EIGHT, today, closed=closed)


@given(st.data(), zoned_times())
def test_every_session_that_counts_is_on_it_once_or_counted_at_an_end(data: st.DataObject, now: ZonedTime) -> None:
    sessions = data.draw(courses_at(now, 14))
    counting = [one for one in sessions if one.deleted is None and one.state is not SessionState.CANCELLED]
    path = course_path(sessions, Plan(), now.local_date(), most=len(sessions) or 1)
    assert sorted(_numbers(path)) == [one.ref.number for one in counting]
    assert path.held == sum(one.state is SessionState.HELD for one in counting)
    short = course_path(sessions, Plan(), now.local_date(), most=5)
    assert short.earlier + len(short.nodes) + short.later == len(counting)
    assert short.nodes == path.nodes[short.earlier : short.earlier + len(short.nodes)]


def test_cancelled_and_deleted_sessions_are_not_on_it_and_not_made_up_for() -> None:
    sessions = [held(1, day(0)), cancelled(2, day(14)), planned(3, day(28)), planned(4, day(42), deleted=MADE)]
    assert _numbers(course_path(sessions, Plan(sessions=4), day(1))) == [1, 3]
    assert _numbers(course_path(sessions, Plan(sessions=5), day(1))) == [1, 3, 5]


def _long(count: int, today: int) -> list[Session]:
    return [(held if 7 * n <= today else planned)(n + 1, day(7 * n)) for n in range(count)]


@pytest.mark.parametrize(
    ("today", "first", "after"), [(-1, 1, -1), (0, 1, 0), (50, 3, 5), (100, 10, 5), (205, 19, 11), (400, 19, 11)]
)
def test_of_more_than_twelve_those_around_today_are_shown(today: int, first: int, after: int) -> None:
    path = course_path(_long(30, today), Plan(), day(today))
    assert _numbers(path) == list(range(first, first + MOST_NODES))
    assert (path.earlier, path.later) == (first - 1, 30 - MOST_NODES - (first - 1))
    assert path.today is not None and path.today.after == after


@given(st.integers(1, 80), st.integers(-30, 700), st.integers(1, 20))
def test_as_many_are_shown_as_there_is_room_for_with_the_one_before_today_among_them(
    count: int, today: int, most: int
) -> None:
    path = course_path(_long(count, today), Plan(), day(today), most=most)
    assert len(path.nodes) == min(count, most)
    assert path.today is not None
    if today >= 0:
        assert path.nodes[path.today.after].number == min(today // 7 + 1, count)


# --- How many ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "words"), [(0, "No sessions"), (1, "1 session"), (4, "4 sessions"), (8, "8 sessions"), (9, "9 sessions")]
)
def test_a_closed_course_says_how_many_and_never_of_how_many(count: int, words: str) -> None:
    sessions = [held(number, day(7 * number)) for number in range(1, count + 1)]
    path = course_path([*sessions, planned(count + 1, day(700))], EIGHT, day(9), closed=True)
    assert path.words() == words
    assert (path.planned, path.today) == (None, None)
    assert [node.state for node in path.nodes] == [DONE] * count


@given(st.data(), zoned_times(), st.none() | st.integers(1, 20))
def test_no_closed_course_ever_names_its_plan(data: st.DataObject, now: ZonedTime, number: int | None) -> None:
    path = course_path(data.draw(courses_at(now)), Plan(sessions=number), now.local_date(), closed=True)
    assert " of " not in path.words() and "planned" not in path.words()
    assert all(node.state is DONE for node in path.nodes)


def test_beyond_the_plan_the_number_stands_alone() -> None:
    sessions = [held(number, day(number)) for number in (1, 2, 3)]
    assert course_path(sessions, Plan(sessions=3), day(9)).words() == "3 of a planned 3"
    assert course_path(sessions, Plan(sessions=2), day(9)).words() == "3 sessions"
    assert course_path(sessions, Plan(), day(9)).words() == "3 sessions"
    assert course_path([], Plan(sessions=2), day(9)).words() == "0 of a planned 2"
