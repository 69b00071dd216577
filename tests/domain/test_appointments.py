"""Around an appointment: what to bring is asked the evening before, what was agreed after it, each of them once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.appointments import Appointment, Asking, Talk, appointments_of, due_asking
from integrate.domain.sessions import LineKind
from integrate.domain.times import ZonedTime
from integrate.domain.where import where_am_i
from tests.domain.sessions_kit import cancelled, day, held, local, planned, sessions_near, zoned_times

LAST, NEXT = held(4, day(0)), planned(5, day(14))
NEXT_HELD = held(5, day(14))
VISIT = day(7)
NONE: frozenset[tuple[Talk, str]] = frozenset()


def _asked(on: int, clock: str, *, visit: date | None = VISIT, over: frozenset[tuple[Talk, str]] = NONE) -> str | None:
    now = local(day(on), clock)
    sessions = (LAST, NEXT if on < 14 else NEXT_HELD)
    found = due_asking(appointments_of(sessions, visit), over, where_am_i(sessions, now), now)
    return None if found is None else f"{found.talk} {(found.appointment.day - day(0)).days}"


@pytest.mark.parametrize(
    ("on", "clock", "asked"),
    [
        (5, "20:00", None),
        (6, "16:59", None), (6, "17:00", "before 7"), (6, "23:59", "before 7"),
        (7, "16:59", None), (7, "17:00", "after 7"),
        (8, "09:00", "after 7"), (9, "23:59", "after 7"), (10, "00:00", None),
        (13, "17:00", "before 14"), (14, "20:00", None),
        (15, "08:00", "after 14"), (16, "08:00", "after 14"), (17, "08:00", None),
    ],
)  # fmt: skip
def test_the_evening_before_and_after_it_and_never_on_the_evening_of_a_session(
    on: int, clock: str, asked: str | None
) -> None:
    assert _asked(on, clock) == asked


def test_the_evening_before_comes_first_and_what_is_over_makes_room() -> None:
    assert _asked(6, "18:00", visit=day(5)) == "after 5"
    assert _asked(13, "18:00", visit=day(13)) == "before 14"
    over = frozenset({(Talk.BEFORE, day(14).isoformat())})
    assert _asked(13, "18:00", visit=day(13), over=over) == "after 13"


def test_lines_to_bring_are_kept_with_the_last_session_and_what_was_agreed_with_the_one_it_was() -> None:
    now = local(day(13), "18:00")
    where = where_am_i((LAST, NEXT), now)
    before = due_asking(appointments_of((LAST, NEXT), None), NONE, where, now)
    assert before == Asking(Talk.BEFORE, Appointment(day(14), NEXT), LAST.id)
    now = local(day(15), "09:00")
    after = due_asking(appointments_of((LAST, NEXT_HELD), None), NONE, where_am_i((LAST, NEXT_HELD), now), now)
    assert after == Asking(Talk.AFTER, Appointment(day(14), NEXT_HELD), NEXT_HELD.id)
    assert (before.talk.kind, after.talk.kind) == (LineKind.TALK, LineKind.AGREED)


def test_before_the_first_session_they_are_kept_with_that_one_and_without_any_nothing_is_asked() -> None:
    first = planned(1, day(3))
    now = local(day(0), "18:00")
    asking = due_asking(appointments_of((first,), day(1)), NONE, where_am_i((first,), now), now)
    assert asking is not None
    assert (asking.session_id, asking.appointment.session) == (first.id, None)
    assert due_asking(appointments_of((), day(1)), NONE, where_am_i((), now), now) is None


def test_a_planned_session_that_may_not_have_taken_place_has_no_agreement() -> None:
    now = local(day(15), "09:00")
    where = where_am_i((LAST, NEXT), now)
    assert due_asking(appointments_of((LAST, NEXT), None), NONE, where, now) is None


def test_a_session_takes_the_place_of_what_was_noted_for_its_day_and_a_cancelled_one_is_none() -> None:
    assert appointments_of((NEXT,), day(14)) == (Appointment(day(14), NEXT),)
    assert appointments_of((cancelled(5, day(14)), planned(6, None), held(7, day(1), deleted=LAST.created)), None) == ()


@given(st.data(), zoned_times(), st.none() | st.integers(-5, 5))
def test_whatever_was_settled_is_not_asked_again_and_every_question_is_about_these_days(
    data: st.DataObject, now: ZonedTime, visit: int | None
) -> None:
    sessions = [data.draw(sessions_near(now, number, days=4)) for number in range(1, 6)]
    noted = None if visit is None else now.local_date() + timedelta(days=visit)
    appointments = appointments_of(sessions, noted)
    where = where_am_i(sessions, now)
    over: set[tuple[Talk, str]] = set()
    while (asking := due_asking(appointments, over, where, now)) is not None:
        key = (asking.talk, asking.appointment.key)
        assert key not in over
        assert -1 <= (now.local_date() - asking.appointment.day).days <= 2
        over.add(key)
    assert len(over) <= 2 * len(appointments)
