"""Around sessions: which day belongs to which session, what a start divides, and what sessions have in common."""

from __future__ import annotations

from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.entry import SessionRef
from integrate.domain.series import Series
from integrate.domain.sessions import Route, SessionDraft, Setting
from integrate.domain.times import to_microseconds
from integrate.domain.trends import SessionDay, SpreadDay, align, daily_values, only, session_days, spread
from tests.domain.sessions_kit import MADE, begun, cancelled, day, held, local, planned, session
from tests.domain.trends.trends_kit import (
    DAY0,
    MOOD,
    answers,
    diary,
    instant,
    quarters,
    series_of,
    session_on,
    some_sessions,
)

FEW = settings(max_examples=40, deadline=None)
Rows = list[tuple[int, int, float]]


# --- Which sessions ---------------------------------------------------------------------------------------------------


def test_only_sessions_that_took_place_have_days() -> None:
    sessions = [
        held(3, day(20)), planned(4, day(30)), cancelled(2, day(5)), held(5, day(10), deleted=MADE),
        begun(1, local(day(0), "09:30")), session(6),
    ]  # fmt: skip
    found = session_days(sessions)
    assert [one.ref.number for one in found] == [1, 3]
    assert found[0].day == DAY0
    assert found[0].started_us == to_microseconds(local(day(0), "09:30").instant)
    assert (found[0].setting, found[0].route) == (Setting.HOME, None)
    assert found[1] == SessionDay(SessionRef(1, 3), UUID(int=3), DAY0 + 20)


def test_day_0_is_the_local_day_where_the_session_was_held() -> None:
    # Half past midnight in Lisbon is still the evening before in UTC (summer time).
    (found,) = session_days([begun(1, local(day(0), "00:30"))])
    assert found.day == DAY0
    draft = SessionDraft(started=local(day(0), "23:30", "America/Los_Angeles"))
    assert session_days([session(1, draft)])[0].day == DAY0


# --- Which day --------------------------------------------------------------------------------------------------------


def test_a_session_alone_has_its_days_from_three_before_to_fourteen_after() -> None:
    values = {after: float(after % 10) for after in range(-5, 20)}
    (one,) = align(diary(values), [session_on(1, 0)])
    assert dict(one.values) == {after: after % 10 for after in range(-3, 15)}
    assert (one.begins_at, one.ends_at, one.before_start) == (-3, 14, ())


def test_days_without_an_answer_are_gaps() -> None:
    (one,) = align(diary({-3: 4, 0: 0, 14: 6}), [session_on(1, 0)])
    assert dict(one.values) == {-3: 4, 0: 0, 14: 6}


def test_two_sessions_a_week_by_hand() -> None:
    # Monday (0), Thursday (3), Monday (7). A line ends on the day before the next session, and a session's days before
    # it begin on the day after the last one: Tuesday and Wednesday are days +1, +2 of one and −2, −1 of the other.
    week = diary({after: float(after) for after in range(-3, 10)}, start=DAY0)
    one, two, three = align(week, [session_on(1, 0), session_on(2, 3), session_on(3, 7)])
    assert dict(one.values) == {-3: -3, -2: -2, -1: -1, 0: 0, 1: 1, 2: 2}
    assert dict(two.values) == {-2: 1, -1: 2, 0: 3, 1: 4, 2: 5, 3: 6}
    assert dict(three.values) == {-3: 4, -2: 5, -1: 6, 0: 7, 1: 8, 2: 9}
    assert [(each.begins_at, each.ends_at) for each in (one, two, three)] == [(-3, 2), (-2, 3), (-3, 14)]


def test_of_two_sessions_on_one_day_the_second_has_that_day() -> None:
    week = diary({-1: 2, 0: 5, 1: 6})
    one, two = align(week, [session_on(2, 0, 15), session_on(1, 0, 9)])
    assert (one.session.ref.number, dict(one.values), one.ends_at) == (1, {-1: 2}, -1)
    assert (two.session.ref.number, dict(two.values), two.begins_at) == (2, {1: 6}, 0)  # noon is before its start
    assert two.before_start == (5,)


def test_a_session_with_no_check_in_around_it_has_no_values() -> None:
    first, second = align(diary({40: 5}), [session_on(1, 0), session_on(2, 41, 8)])
    assert (dict(first.values), first.before_start) == ({}, ())
    assert dict(second.values) == {-1: 5}


def test_no_answers_and_no_sessions() -> None:
    assert align(series_of([]), []) == ()
    (one,) = align(series_of([]), [session_on(1, 0, 9)])
    assert (dict(one.values), one.before_start) == ({}, ())


# --- Day 0 ------------------------------------------------------------------------------------------------------------


def test_what_was_answered_before_the_start_is_outside_the_line() -> None:
    # Start 10:00. Before: 3 and 4. From the start on: 6 at 10:00 itself, 9 at 20:00: (6 + 9) / 2 = 7.5.
    rows = [(DAY0, 8, 3), (DAY0, 9.5, 4), (DAY0, 10, 6), (DAY0, 20, 9)]
    (one,) = align(series_of(rows), [session_on(1, 0, 10)])
    assert dict(one.values) == {0: 7.5}
    assert one.before_start == (3, 4)


def test_a_day_0_with_answers_from_before_the_start_alone_is_a_gap_of_the_line() -> None:
    (one,) = align(series_of([(DAY0, 8, 3), (DAY0 + 1, 8, 5)]), [session_on(1, 0, 10)])
    assert dict(one.values) == {1: 5}
    assert one.before_start == (3,)
    assert spread([one])[3] == SpreadDay(0, 0)


def test_answers_from_before_the_start_are_in_order_of_time_whatever_order_they_come_in() -> None:
    instants = (instant(DAY0, 9), instant(DAY0, 7), instant(DAY0, 8))
    (one,) = align(Series(UUID(int=1), MOOD, True, (DAY0,) * 3, instants, (9, 7, 8)), [session_on(1, 0, 10)])
    assert one.before_start == (7, 8, 9)


def test_without_a_known_start_the_whole_day_is_day_0() -> None:
    (one,) = align(series_of([(DAY0, 8, 3), (DAY0, 20, 6)]), [session_on(1, 0)])
    assert (dict(one.values), one.before_start) == ({0: 4.5}, ())


# --- Some of them -----------------------------------------------------------------------------------------------------


def test_a_line_stops_at_a_session_that_is_not_chosen_too() -> None:
    sessions = [
        session_on(1, 0, route=Route.LOZENGE, setting=Setting.HOME),
        session_on(2, 4, route=Route.INFUSION, setting=Setting.CLINIC),
        session_on(3, 20, route=Route.LOZENGE, setting=Setting.CLINIC),
    ]
    aligned = align(diary(dict.fromkeys(range(30), 5)), sessions)
    lozenges = only(aligned, route=Route.LOZENGE)
    assert [one.session.ref.number for one in lozenges] == [1, 3]
    assert max(lozenges[0].values) == 3
    assert [one.session.ref.number for one in only(aligned, setting=Setting.CLINIC)] == [2, 3]
    assert [one.session.ref.number for one in only(aligned, Route.LOZENGE, Setting.CLINIC)] == [3]
    assert only(aligned) == aligned


# --- What they share --------------------------------------------------------------------------------------------------


def _alone(values: list[float]) -> tuple[SpreadDay, ...]:
    """The spread of sessions a month apart that each have one answer, on day +1."""
    sessions = [session_on(place + 1, 30 * place) for place in range(len(values))]
    return spread(align(diary({30 * place + 1: value for place, value in enumerate(values)}), sessions))


def test_there_is_a_row_for_each_day_with_how_many_sessions_it_has() -> None:
    rows = _alone([5, 6])
    assert [row.day for row in rows] == list(range(-3, 15))
    assert [row.n for row in rows] == [0, 0, 0, 0, 2, *[0] * 13]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5], SpreadDay(1, 1)),  # a lone value has no median and no band
        ([5, 8], SpreadDay(1, 2, 6.5, 5, 8)),
        ([9, 2, 4], SpreadDay(1, 3, 4, 2, 9)),
        ([9, 2, 4, 5], SpreadDay(1, 4, 4.5, 2, 9)),
        ([9, 1, 4, 7, 2], SpreadDay(1, 5, 4, 1, 9, 2, 7)),  # quartiles: the second and the fourth of 1 2 4 7 9
        ([10, 1, 9, 2, 7, 4], SpreadDay(1, 6, 5.5, 1, 10, 2.5, 8.5)),
        ([6, 6, 6, 6, 6], SpreadDay(1, 5, 6, 6, 6, 6, 6)),  # all equal
    ],
)
def test_the_spread_by_hand(values: list[float], expected: SpreadDay) -> None:
    assert _alone(values)[4] == expected


# --- Laws -------------------------------------------------------------------------------------------------------------


@FEW
@given(answers, some_sessions())
def test_each_value_is_of_its_own_day_and_no_line_reaches_a_session(
    rows: Rows, sessions: tuple[SessionDay, ...]
) -> None:
    series = series_of(rows)
    daily = daily_values(series)
    by_day = dict(zip(daily.days, daily.means, strict=True))
    others = {one.day for one in sessions}
    for one in align(series, sessions):
        assert set(one.values) <= set(range(-3, 15))
        for after, value in one.values.items():
            if after:
                assert value == by_day[one.session.day + after]
                assert not {one.session.day + step for step in range(min(after, 0), max(after, 0) + 1) if step} & others
        if one.session.started_us is None:
            assert not one.before_start


@FEW
@given(answers, some_sessions(), st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(rows: Rows, sessions: tuple[SessionDay, ...], random: Random) -> None:
    series = series_of(rows)
    columns = list(zip(series.days, series.instants, series.values, strict=True))
    random.shuffle(columns)
    days, instants, values = zip(*columns, strict=True) if columns else ((), (), ())
    mixed, turned = Series(UUID(int=1), MOOD, True, days, instants, values), list(sessions)
    random.shuffle(turned)
    assert align(mixed, turned) == align(series, sessions)


@FEW
@given(answers, some_sessions(), st.integers(-400, 400))
def test_the_calendar_makes_no_difference(rows: Rows, sessions: tuple[SessionDay, ...], later: int) -> None:
    def moved(one: SessionDay) -> SessionDay:
        started = None if one.started_us is None else one.started_us + later * 86_400_000_000
        return SessionDay(one.ref, one.session_id, one.day + later, started)

    here = align(series_of(rows), sessions)
    there = align(series_of((on + later, hour, value) for on, hour, value in rows), [moved(one) for one in sessions])
    assert [(one.values, one.before_start) for one in there] == [(one.values, one.before_start) for one in here]
    assert spread(there) == spread(here)


@FEW
@given(answers, some_sessions(), quarters)
def test_a_diary_that_never_changes_has_a_flat_middle_and_no_width(
    rows: Rows, sessions: tuple[SessionDay, ...], value: float
) -> None:
    found = spread(align(series_of((on, hour, value) for on, hour, _value in rows), sessions))
    for one in found:
        assert {one.median, one.lowest, one.highest, one.lower_quartile, one.upper_quartile} <= {value, None}
