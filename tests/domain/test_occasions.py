"""Prompt choice, day by day through a course, with the prompts that ship."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.occasions import Subject, occasion_at, subject_at
from integrate.domain.prompts import Occasion, PromptPack, choose_prompt, parse_anchors, parse_pack, prompts_on_offer
from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime
from integrate.domain.where import where_am_i
from integrate.resources import load
from tests.domain.sessions_kit import begun, courses_at, day, held, local, planned, zoned_times, zones

PREPARE, EXPERIENCE, INTEGRATE = Phase


def _parse(data: Mapping[str, object]) -> PromptPack:
    return parse_pack(data, load(parse_anchors, "prompts", "anchors.toml"))


SHIPPED = load(_parse, "prompts", "integrate.toml").prompts


def _ids(letter: str, first: int, last: int) -> list[str]:
    return [f"{letter}{number:02}" for number in range(first, last + 1)]


ALL_P, ALL_E, ALL_I = _ids("P", 1, 14), _ids("E", 1, 12), _ids("I", 1, 15)


def _rule(count: int, number: int) -> list[str]:
    """What product.md offers on day ``count`` after session ``number``."""
    across = ["I15"] if count >= 7 and number % 3 == 0 else []
    if count == 0:
        return [name for name in ALL_E if name != "E09"]
    if count == 1:
        return ["E09", *_ids("I", 1, 3)]
    if count <= 6:
        return _ids("I", 4, 8)
    return _ids("I", 9 if count <= 28 else 1, 14) + across


def _offer(sessions: list[Session], now: ZonedTime, chosen: Phase | None = None, closed: bool = False) -> list[str]:
    occasion = occasion_at(where_am_i(sessions, now, closed=closed), chosen)
    return [prompt.id for prompt in prompts_on_offer(SHIPPED, occasion)]


@given(st.integers(1, 12), st.integers(0, 400), zones)
def test_after_a_session_the_day_decides(number: int, count: int, zone: str) -> None:
    now = local(day(count), "12:00", zone)
    assert _offer([held(number, day(0))], now) == _rule((now.local_date() - day(0)).days, number)


@given(st.integers(1, 12), st.integers(2, 60), zones, st.data())
def test_from_one_session_to_the_next_every_day_keeps_the_rule(
    number: int, gap: int, zone: str, data: st.DataObject
) -> None:
    sessions = [held(number, day(0)), planned(number + 1, day(gap))]
    count = data.draw(st.integers(0, gap))
    opens = max(gap - min(3, gap // 3), 2)
    expected = ALL_P if count >= opens else _rule(count, number)
    assert _offer(sessions, local(day(count), "12:00", zone)) == expected


def test_a_whole_course_of_eight_sessions_day_by_day() -> None:
    for today in range(-10, 160):
        sessions = [
            held(number, day(14 * (number - 1)))
            if 14 * (number - 1) <= today
            else planned(number, day(14 * (number - 1)))
            for number in range(1, 9)
        ]
        done = min(today // 14 + 1, 8) if today >= 0 else 0
        since = today - 14 * (done - 1)
        if done == 0:
            expected = [name for name in ALL_P if name != "P14"]
        elif done < 8 and since >= 11:
            expected = ALL_P
        else:
            expected = _rule(since, done)
        assert _offer(sessions, local(day(today))) == expected, today


@pytest.mark.parametrize("number", range(1, 10))
def test_before_a_session_all_of_prepare_and_the_look_back_from_session_two(number: int) -> None:
    assert _offer([planned(number, day(9))], local(day(0))) == (ALL_P if number >= 2 else ALL_P[:-1])


def test_while_a_session_goes_on_fragments_only() -> None:
    going = begun(3, local(day(0), "14:00"))
    assert _offer([held(2, day(-14)), going], local(day(0), "15:00")) == _rule(0, 3)


@pytest.mark.parametrize("chosen", Phase)
def test_where_no_session_is_known_the_chip_decides_and_days_are_ignored(chosen: Phase) -> None:
    expected = {PREPARE: ALL_P, EXPERIENCE: ALL_E, INTEGRATE: ALL_I}[chosen]
    assert _offer([], local(day(0)), chosen) == expected
    assert _offer([], local(day(0)), chosen, closed=True) == expected


@pytest.mark.parametrize("count", [0, 3, 40])
def test_a_phase_the_person_picked_is_offered_whole_and_nothing_is_locked(count: int) -> None:
    sessions = [held(3, day(0))]
    assert _offer(sessions, local(day(count)), PREPARE) == ALL_P
    if count:
        assert _offer(sessions, local(day(count)), EXPERIENCE) == ALL_E
    else:
        assert _offer(sessions, local(day(count)), INTEGRATE) == ALL_I


def test_a_closed_course_offers_all_of_integrate_without_days() -> None:
    assert _offer([held(4, day(0))], local(day(2)), closed=True) == ALL_I[:-1]
    assert _offer([held(6, day(0)), planned(7, day(3))], local(day(2)), closed=True) == ALL_I


@given(st.data(), zoned_times(), st.sampled_from([None, *Phase]), st.booleans())
def test_any_place_of_any_course_has_an_occasion_and_a_prompt(
    data: st.DataObject, now: ZonedTime, chosen: Phase | None, closed: bool
) -> None:
    where = where_am_i(data.draw(courses_at(now)), now, closed=closed)
    occasion = occasion_at(where, chosen)
    assert (occasion.phase, occasion.day, occasion.chosen) == (where.phase, where.day, chosen)
    assert occasion.last_session_number == (where.last.ref.number if where.last else None)
    assert choose_prompt(SHIPPED, occasion, {}) is not None


def test_a_planned_session_of_a_closed_course_is_not_one_to_come() -> None:
    where = where_am_i([held(1, day(0)), planned(5, day(9))], local(day(1)), closed=True)
    assert occasion_at(where) == Occasion(INTEGRATE, None, 1, None)
    opened = where_am_i([held(1, day(0)), planned(5, day(9))], local(day(1)))
    assert occasion_at(opened) == Occasion(INTEGRATE, 1, 1, 5)


# --- what a new entry belongs to --------------------------------------------------------------------------------------


@given(st.data(), zoned_times(), st.booleans())
def test_a_new_entry_belongs_to_the_phase_of_the_calendar_wherever_a_session_is_known(
    data: st.DataObject, now: ZonedTime, closed: bool
) -> None:
    where = where_am_i(data.draw(courses_at(now)), now, closed=closed)
    occasion, subject = occasion_at(where), subject_at(where)
    assert (subject is not None) == occasion.sessions_known
    if subject is None:
        return
    assert subject.phase is occasion.calendar_phase
    last = None if where.last is None else where.last.ref
    coming = None if where.coming is None or closed else where.coming.ref
    assert subject == Subject(subject.phase, coming, last)
    assert [subject.session(phase) for phase in Phase] == [coming, last, last]
    if where.phase is PREPARE and where.session is not None:
        assert subject.session(subject.phase) == where.session.ref


def test_the_day_of_a_session_belongs_to_the_experience_and_no_session_belongs_nowhere() -> None:
    sessions = [held(3, day(0)), planned(4, day(14))]
    four, three = SessionRef(1, 4), SessionRef(1, 3)
    assert subject_at(where_am_i(sessions, local(day(0)))) == Subject(EXPERIENCE, four, three)
    assert subject_at(where_am_i(sessions, local(day(1)))) == Subject(INTEGRATE, four, three)
    assert subject_at(where_am_i(sessions, local(day(12)))) == Subject(PREPARE, four, three)
    assert subject_at(where_am_i(sessions, local(day(12)), closed=True)) == Subject(INTEGRATE, None, three)
    assert subject_at(where_am_i([], local(day(0)))) is None
