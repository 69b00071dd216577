"""Where am I: the rules of product.md, for any sequence of sessions, in any zone, with any clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from integrate.domain.entry import Phase
from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import DATES_APART, ZonedTime
from integrate.domain.where import Where, in_order, is_running, is_session_day, past_plans, where_am_i, window_opens
from tests.domain.sessions_kit import (
    MADE,
    begun,
    cancelled,
    courses_at,
    day,
    held,
    local,
    planned,
    zoned_times,
    zones,
)

PREPARE, EXPERIENCE, INTEGRATE = Phase
HALF_A_DAY = timedelta(hours=12)


def _live(sessions: list[Session], state: SessionState) -> list[Session]:
    return [one for one in sessions if one.state is state and one.deleted is None and one.day is not None]


def _window(last: date, coming: date) -> int:
    """The first day of the prepare window, counted from the last session, as product.md words it."""
    gap = (coming - last).days
    return max(gap - min(3, gap // 3), 2) if gap > 0 else 2


# --- Any sequence of sessions, any zone, any clock --------------------------------------------------------------------


@given(st.data(), zoned_times(), st.booleans())
def test_there_is_exactly_one_phase_and_its_reason_is_one_of_the_five(
    data: st.DataObject, now: ZonedTime, closed: bool
) -> None:
    sessions = data.draw(courses_at(now))
    where = where_am_i(sessions, now, closed=closed)
    on = _live(sessions, SessionState.HELD)
    runs = any(
        one.draft.started and not one.draft.ended and abs(now.instant - one.draft.started.instant) < HALF_A_DAY
        for one in on
    )
    if closed:
        expected = INTEGRATE
    elif runs:
        expected = EXPERIENCE
    elif not on:
        expected = PREPARE
    else:
        today = now.local_date()
        last = where.last
        assert last is not None and last.day is not None
        ahead = [one.day for one in _live(sessions, SessionState.PLANNED) if one.day is not None and one.day >= today]
        opened = [coming for coming in ahead if (today - last.day).days >= _window(last.day, coming)]
        first = where.coming.day if where.coming is not None else None
        expected = PREPARE if first in opened else INTEGRATE
    assert where.phase is expected


@given(st.data(), zoned_times(), st.booleans())
def test_a_day_is_never_negative(data: st.DataObject, now: ZonedTime, closed: bool) -> None:
    where = where_am_i(data.draw(courses_at(now)), now, closed=closed)
    assert where.day is None or where.day >= 0
    assert (where.day is None) == (where.last is None or closed)


@given(st.data(), zoned_times(), st.booleans())
def test_the_order_in_which_sessions_come_changes_nothing(data: st.DataObject, now: ZonedTime, closed: bool) -> None:
    sessions = data.draw(courses_at(now))
    shuffled = data.draw(st.permutations(sessions))
    assert where_am_i(sessions, now, closed=closed) == where_am_i(shuffled, now, closed=closed)
    assert past_plans(sessions, now) == past_plans(shuffled, now)
    assert in_order(sessions) == in_order(shuffled)


@given(st.data(), zoned_times(), st.booleans())
def test_cancelled_and_deleted_sessions_do_not_count(data: st.DataObject, now: ZonedTime, closed: bool) -> None:
    sessions = data.draw(courses_at(now))
    counting = [one for one in sessions if one.deleted is None and one.state is not SessionState.CANCELLED]
    assert where_am_i(sessions, now, closed=closed) == where_am_i(counting, now, closed=closed)
    assert past_plans(sessions, now) == past_plans(counting, now)


@given(st.data(), zoned_times())
def test_the_session_spoken_of_fits_the_phase(data: st.DataObject, now: ZonedTime) -> None:
    where = where_am_i(data.draw(courses_at(now)), now)
    assert where.session == (where.coming if where.phase is PREPARE else where.last)
    assert where.coming is None or (where.coming.day is not None and where.coming.day >= now.local_date())


@given(st.lists(st.integers(-900, 900), max_size=8, unique=True), zones)
def test_the_last_session_is_the_latest_held_and_the_coming_one_the_next_planned(offsets: list[int], zone: str) -> None:
    now = local(day(0), "12:00", zone)
    sessions = [
        held(number, day(offset)) if offset <= 0 else planned(number, day(offset))
        for number, offset in enumerate(offsets, start=1)
    ]
    where = where_am_i(sessions, now)
    behind, ahead = [one for one in offsets if one <= 0], [one for one in offsets if one > 0]
    assert (where.last and where.last.day) == (day(max(behind)) if behind else None)
    assert (where.coming and where.coming.day) == (day(min(ahead)) if ahead else None)
    assert where.day == (-max(behind) if behind else None)


@given(st.data(), zoned_times())
def test_a_closed_course_is_integrate_without_a_day_and_asks_nothing(data: st.DataObject, now: ZonedTime) -> None:
    where = where_am_i(data.draw(courses_at(now)), now, closed=True)
    assert (where.phase, where.day, where.unended, where.closed) == (INTEGRATE, None, None, True)
    assert not where.shows_day and not is_session_day(where, now)


@pytest.mark.parametrize("extreme", [date.min, date.max, date(1, 1, 2), date(9999, 12, 30)])
def test_a_day_at_the_end_of_the_calendar_is_a_day_like_others(extreme: date) -> None:
    now = local(day(0))
    for sessions in ([held(1, extreme)], [planned(1, extreme)], [held(1, day(-9)), planned(2, extreme)]):
        assert where_am_i(sessions, now).phase in Phase
    assert where_am_i([held(1, extreme), planned(2, day(1))], now).phase in Phase
    assert window_opens(held(1, extreme), planned(2, extreme)) <= date.max


# --- A session that has started and not ended: twelve hours -----------------------------------------------------------


@given(zoned_times(), st.integers(0, 36 * 3600), zones)
def test_a_session_goes_on_for_twelve_hours_and_then_its_end_is_asked_for(
    started: ZonedTime, seconds: int, zone: str
) -> None:
    now = ZonedTime(started.instant + timedelta(seconds=seconds), zone)
    one = begun(4, started)
    where = where_am_i([one], now)
    if seconds < 12 * 3600:
        assert (where.phase, where.session, where.unended) == (EXPERIENCE, one, None)
    else:
        assert (where.phase, where.unended) == (INTEGRATE, one)


@given(zoned_times(), st.integers(12, 24 * 400), zones)
def test_the_end_is_asked_for_once(started: ZonedTime, hours: int, zone: str) -> None:
    now = ZonedTime(started.instant + timedelta(hours=hours), zone)
    one = begun(4, started)
    assert where_am_i([one], now).unended == one
    assert where_am_i([one], now, asked={one.id}) == replace(where_am_i([one], now), unended=None)


@given(zoned_times(), st.integers(0, 400), st.integers(0, 24 * 400))
def test_a_session_that_ended_is_never_going_on_and_never_asked_about(
    started: ZonedTime, minutes: int, hours: int
) -> None:
    one = begun(4, started, ZonedTime(started.instant + timedelta(minutes=minutes), started.zone))
    where = where_am_i([one], ZonedTime(started.instant + timedelta(hours=hours), started.zone))
    assert where.phase is INTEGRATE and where.unended is None


def test_a_session_without_a_time_is_not_going_on_on_its_own_day() -> None:
    where = where_am_i([held(4, day(0))], local(day(0)))
    assert (where.phase, where.day, where.unended) == (INTEGRATE, 0, None)


def test_a_session_that_never_ended_is_let_go_once_another_one_was_held() -> None:
    forgotten, newest = begun(3, local(day(-4), "14:00")), begun(4, local(day(-1), "14:00"), local(day(-1), "16:00"))
    where = where_am_i([forgotten, newest], local(day(0)))
    assert (where.last, where.unended) == (newest, None)


def test_a_session_past_midnight_is_still_going_on() -> None:
    one = begun(4, local(day(0), "22:30"))
    where = where_am_i([one], local(day(1), "01:00"))
    assert (where.phase, where.day, where.session) == (EXPERIENCE, 1, one)


def test_a_day_is_counted_from_the_session_that_goes_on() -> None:
    one = begun(4, local(day(0), "22:30"))
    where = where_am_i([one, held(5, day(1))], local(day(1), "09:00"))
    assert (where.phase, where.day, where.session, where.last) == (EXPERIENCE, 1, one, one)


def test_whichever_session_goes_on_is_the_one_even_where_another_has_a_later_date() -> None:
    # Held in Auckland on Tuesday morning; flown over the date line; the next one begins in Los Angeles on Monday night.
    there = begun(3, local(day(1), "09:00", "Pacific/Auckland"), local(day(1), "11:00", "Pacific/Auckland"))
    here = begun(4, local(day(0), "20:00", "America/Los_Angeles"))
    during = where_am_i([there, here], local(day(0), "21:00", "America/Los_Angeles"))
    assert (during.phase, during.session, during.day) == (EXPERIENCE, here, 0)
    ended = begun(4, here.draft.started or local(day(0)), local(day(0), "22:00", "America/Los_Angeles"))
    after = where_am_i([there, ended], local(day(3), "09:00", "America/Los_Angeles"))
    assert (after.last, after.day) == (ended, 3)


# --- No session yet; closed -------------------------------------------------------------------------------------------


@given(st.data(), zoned_times())
def test_before_the_first_session_all_time_is_preparing(data: st.DataObject, now: ZonedTime) -> None:
    sessions = [one for one in data.draw(courses_at(now)) if one.state is not SessionState.HELD]
    where = where_am_i(sessions, now)
    assert (where.phase, where.day, where.last) == (PREPARE, None, None)
    assert where.session == where.coming


def test_a_course_that_only_had_cancelled_sessions_is_still_to_begin() -> None:
    assert where_am_i([cancelled(1, day(-3))], local(day(0))).phase is PREPARE


# --- The prepare window -----------------------------------------------------------------------------------------------


@given(st.integers(1, 500), zones, st.integers(0, 500))
def test_the_window_opens_three_days_or_a_third_of_the_gap_before_and_never_before_day_two(
    gap: int, zone: str, since: int
) -> None:
    assume(since <= gap)
    last, coming = held(4, day(0)), planned(5, day(gap))
    where = where_am_i([last, coming], local(day(since), "12:00", zone))
    opens = max(gap - min(3, gap // 3), 2)
    assert where.phase is (PREPARE if since >= opens else INTEGRATE)
    assert window_opens(last, coming) == day(opens)


@pytest.mark.parametrize(
    ("gap", "opens"),
    [(14, 11), (9, 6), (8, 6), (7, 5), (6, 4), (5, 4), (4, 3), (3, 2), (2, 2), (1, 2)],
)
def test_the_window_for_gaps_people_have(gap: int, opens: int) -> None:
    assert window_opens(held(1, day(0)), planned(2, day(gap))) == day(opens)


def test_two_sessions_on_days_in_a_row_leave_no_room_to_prepare() -> None:
    sessions = [held(1, day(0)), planned(2, day(1))]
    assert [where_am_i(sessions, local(day(n))).phase for n in (0, 1, 2)] == [INTEGRATE] * 3


def test_a_session_planned_for_today_is_prepared_for_until_it_begins() -> None:
    sessions = [held(4, day(-14)), planned(5, day(0), at=local(day(0)).local().time())]
    for clock in ("00:00", "11:59", "13:00", "23:59"):
        where = where_am_i(sessions, local(day(0), clock))
        assert (where.phase, where.session) == (PREPARE, sessions[1])
        assert is_session_day(where, local(day(0), clock))
    tomorrow = where_am_i(sessions, local(day(1)))
    assert (tomorrow.phase, tomorrow.coming, tomorrow.day) == (INTEGRATE, None, 15)
    assert past_plans(sessions, local(day(1))) == (sessions[1],)


def test_of_several_planned_sessions_the_next_one_counts() -> None:
    late, early = planned(6, day(2), at=local(day(0), "15:00").local().time()), planned(7, day(2))
    assert where_am_i([held(4, day(-14)), planned(8, day(30)), late, early], local(day(0))).coming == early


def test_the_window_looks_from_the_last_session_that_took_place() -> None:
    forgotten = planned(5, day(-1))  # gone by, nobody said what became of it
    where = where_am_i([held(4, day(-14)), forgotten, planned(6, day(10))], local(day(0)))
    assert (where.phase, where.last, where.coming) == (INTEGRATE, held(4, day(-14)), planned(6, day(10)))


# --- Otherwise: integrate, day n --------------------------------------------------------------------------------------


@given(st.integers(0, 4000), zones, st.times())
def test_day_n_counts_local_calendar_days_and_day_zero_is_the_sessions_own(
    count: int, zone: str, clock: object
) -> None:
    where = where_am_i([held(4, day(0))], local(day(count), str(clock), zone))
    # A time that a change of clocks leaves out can lie on another day; then that day counts.
    expected = (local(day(count), str(clock), zone).local_date() - day(0)).days
    assert (where.phase, where.day) == (INTEGRATE, max(expected, 0))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_each_midnight_adds_one_day_also_where_clocks_change(zone: str) -> None:
    start = datetime(2026, 1, 1, 15, tzinfo=ZoneInfo(zone))
    one = begun(1, ZonedTime(start, zone), ZonedTime(start + timedelta(hours=2), zone))
    moment, seen = start.astimezone(UTC) + timedelta(hours=13), []
    for _ in range(24 * 380):
        seen.append((ZonedTime(moment, zone).local_date(), where_am_i([one], ZonedTime(moment, zone)).day))
        moment += timedelta(hours=1)
    by_date = dict(seen)
    assert len(set(seen)) == len(by_date)
    assert list(by_date.values()) == list(range(1, len(by_date) + 1))


def test_in_samoa_a_day_that_did_not_exist_is_counted_by_the_calendar() -> None:
    one = held(1, date(2011, 12, 29))
    assert where_am_i([one], local(date(2011, 12, 31), "00:30", "Pacific/Apia")).day == 2


@given(zoned_times(), st.lists(zones, min_size=1, max_size=5), st.integers(13, 24 * 60))
def test_travel_moves_the_day_by_no_more_than_the_calendars_differ(
    started: ZonedTime, places: list[str], hours: int
) -> None:
    one = begun(1, started, started)
    instant = started.instant + timedelta(hours=hours)
    days = [where_am_i([one], ZonedTime(instant, place)).day for place in places]
    counted = [day for day in days if day is not None]
    assert len(counted) == len(places)
    assert max(counted) - min(counted) <= 2


def test_after_the_date_line_the_day_stays_at_zero() -> None:
    one = begun(1, local(day(0), "00:10", "Pacific/Kiritimati"), local(day(0), "00:50", "Pacific/Kiritimati"))
    now = ZonedTime(local(day(0), "01:00", "Pacific/Kiritimati").instant, "Etc/GMT+12")
    assert (day(0) - now.local_date()).days == 2
    where = where_am_i([held(9, day(-14)), one], now)
    assert (where.phase, where.day, where.last) == (INTEGRATE, 0, one)


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(hours=11), timedelta(days=1), timedelta(days=9999)])
def test_a_clock_that_was_set_back_leaves_day_zero_of_the_only_session(back: timedelta) -> None:
    start = local(day(0), "14:00")
    one = begun(1, start, ZonedTime(start.instant + timedelta(hours=2), start.zone))
    where = where_am_i([one], ZonedTime(start.instant - back, start.zone))
    assert (where.phase, where.day, where.last) == (INTEGRATE, 0, one)


def test_a_clock_that_was_set_back_a_little_does_not_end_a_session() -> None:
    start = local(day(0), "14:00")
    assert where_am_i([begun(1, start)], ZonedTime(start.instant - timedelta(hours=3), "UTC")).phase is EXPERIENCE
    far = where_am_i([begun(1, start)], ZonedTime(start.instant - timedelta(days=3), "UTC"))
    assert (far.phase, far.unended) == (INTEGRATE, None)


def test_a_session_logged_as_held_far_ahead_does_not_hide_the_one_that_was() -> None:
    last, slip = held(4, day(-3)), held(5, day(30))
    where = where_am_i([slip, last], local(day(0)))
    assert (where.phase, where.day, where.last) == (INTEGRATE, 3, last)
    assert where_am_i([slip, last], local(day(31))).last == slip
    assert where_am_i([slip, last], local(day(30 - DATES_APART))).last == slip  # such a day can have begun elsewhere
    assert where_am_i([slip, last], local(day(30 - DATES_APART - 1))).last == last


def test_a_session_from_before_the_course_is_a_session() -> None:
    assert where_am_i([held(1, date(1999, 12, 31))], local(day(0))).last == held(1, date(1999, 12, 31))


def test_after_four_weeks_the_day_is_not_worth_saying() -> None:
    shown = [where_am_i([held(4, day(0))], local(day(count))).shows_day for count in range(32)]
    assert shown == [count <= 28 for count in range(32)]


# --- Small ones -------------------------------------------------------------------------------------------------------


def test_past_plans_come_together_the_earliest_first() -> None:
    sessions = [
        planned(7, day(-1)), planned(5, day(-40)), planned(6, day(-20)), planned(8, day(0)), planned(9, None),
        planned(3, day(-2), deleted=MADE), cancelled(4, day(-2)), held(2, day(-50)),
    ]  # fmt: skip
    assert [one.ref.number for one in past_plans(sessions, local(day(0)))] == [5, 6, 7]


def test_a_session_day_is_the_day_of_one_held_going_on_or_planned() -> None:
    now = local(day(0), "08:00")

    def is_day(*sessions: Session, closed: bool = False) -> bool:
        return is_session_day(where_am_i(sessions, now, closed=closed), now)

    assert is_day(held(1, day(0)))
    assert is_day(planned(1, day(0)))
    assert is_day(begun(1, local(day(-1), "23:00")))
    assert is_day(held(1, day(-1)), planned(2, day(0)))
    assert not is_day(held(1, day(-1)), planned(2, day(1)))
    assert not is_day(held(1, day(0)), closed=True)
    assert not is_day()


def test_running_is_about_sessions_that_count() -> None:
    start = local(day(0), "10:00")
    assert is_running(begun(1, start), local(day(0)))
    assert not is_running(replace(begun(1, start), deleted=MADE), local(day(0)))
    assert not is_running(planned(1, day(0)), local(day(0)))
    stopped = begun(1, start)
    stopped = replace(stopped, draft=replace(stopped.draft, state=SessionState.CANCELLED))
    assert not is_running(stopped, local(day(0)))


def test_nothing_at_all_is_the_time_before_the_first_session() -> None:
    assert where_am_i([], local(day(0))) == Where(PREPARE)
    assert where_am_i([], local(day(0)), closed=True) == Where(INTEGRATE, closed=True)
