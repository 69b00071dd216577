"""Courses as a person has them: begun, changed, planned, closed, and where they are in one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from integrate.domain.courses import Carer, CareRole, Plan
from integrate.domain.entry import Changes, Phase, SessionRef
from integrate.domain.sessions import Line, LineKind
from integrate.errors import ReadOnlyJournal, WrongUsage
from integrate.journal.courses import (
    begin_course,
    change_course,
    close_course,
    current_course,
    get_course,
    list_courses,
    plan_sessions,
    reopen_course,
    where_now,
)
from integrate.journal.finding import get_entry
from integrate.journal.opening import Access, Journal
from integrate.journal.sessions import add_session, change_session, delete_session, list_lines
from integrate.journal.writing import newest_course
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import MARCH, cancelled, held, planned, sessions_of
from tests.helpers.journals import write

WEEKLY = Plan(sessions=4, spacing=7, starts=date(2026, 3, 9))


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def test_without_a_course_nothing_is_missing(journal: Journal) -> None:
    assert (list_courses(journal), current_course(journal), newest_course(journal)) == ((), None, 1)
    assert where_now(journal).phase is Phase.PREPARE
    for needs_one in (close_course, plan_sessions):
        with pytest.raises(WrongUsage):
            needs_one(journal)
    with pytest.raises(WrongUsage):
        add_session(journal, planned(date(2026, 3, 9)))
    with pytest.raises(WrongUsage):
        get_course(journal, 1)


def test_the_newest_course_is_the_current_one_and_the_older_ones_stay(journal: Journal) -> None:
    first = begin_course(journal, Plan(sessions=6), origin="page")
    assert first.course.number == 1
    assert first.changes == Changes(frozenset({"courses"}), frozenset({first.course.id}), "page")
    second = begin_course(journal).course
    assert second.plan.is_empty and second.checklist == ()  # nothing that could look like advice
    assert list_courses(journal) == (second, first.course)
    assert current_course(journal) == second
    assert newest_course(journal) == 2
    entry = get_entry(journal, write(journal, session=SessionRef(newest_course(journal), 3)))
    assert entry.summary.session == SessionRef(2, 3)


def test_what_is_not_given_of_a_course_stays_as_it_was(journal: Journal, clock: FixedClock) -> None:
    team = (Carer(uuid4(), "Dr Ana 🌿", CareRole.PRESCRIBER, "+351 1", in_help=True),)
    begun = begin_course(journal, WEEKLY, team, ["Phone off", "  ", "A lift home "]).course
    assert begun.checklist == ("Phone off", "A lift home")
    clock.advance(timedelta(hours=1))
    changed = change_course(journal, 1, early_signs="I stop answering\nmy friends").course
    assert (changed.plan, changed.care_team, changed.checklist) == (WEEKLY, team, begun.checklist)
    assert changed.early_signs == "I stop answering\nmy friends"
    assert changed.revision == 2
    emptied = change_course(journal, 1, care_team=(), checklist=(), plan=Plan()).course
    assert (emptied.care_team, emptied.checklist, emptied.plan) == ((), (), Plan())
    assert emptied.early_signs == changed.early_signs
    with pytest.raises(WrongUsage):
        change_course(journal, 2, agreed="nothing")
    with pytest.raises(WrongUsage):
        change_course(journal, 1, agreed="\ud800")
    with pytest.raises(WrongUsage):
        begin_course(journal, checklist=["\ud800"])
    assert list_courses(journal) == (emptied,)


def test_a_course_is_closed_once_and_can_be_opened_again(journal: Journal, clock: FixedClock) -> None:
    begin_course(journal)
    add_session(journal, held(MARCH - timedelta(days=2)))
    assert where_now(journal).day == 2
    closed = close_course(journal, "Sleeping badly", "A call in June").course
    assert closed.closed == clock.now() and closed.is_closed
    there = where_now(journal)
    assert (there.phase, there.day, there.closed) == (Phase.INTEGRATE, None, True)
    clock.advance(timedelta(days=1))
    again = close_course(journal, agreed="A call in May").course
    assert (again.closed, again.early_signs, again.agreed) == (closed.closed, "Sleeping badly", "A call in May")
    opened = reopen_course(journal, 1).course
    assert (opened.closed, opened.early_signs) == (None, "Sleeping badly")
    assert where_now(journal).day == 3
    begin_course(journal)
    assert close_course(journal, number=1).course.number == 1
    assert not where_now(journal).closed


def test_a_plan_becomes_sessions_once(journal: Journal) -> None:
    begin_course(journal, WEEKLY, checklist=("Phone off", "A lift home"))
    made = plan_sessions(journal, origin="page")
    assert [one.ref for one in made.sessions] == [SessionRef(1, number) for number in range(1, 5)]
    assert [one.day for one in made.sessions] == [date(2026, 3, 9) + timedelta(days=7 * n) for n in range(4)]
    assert {one.draft.zone for one in made.sessions} == {"Europe/Lisbon"}
    assert made.changes.ids == {one.id for one in made.sessions}
    assert sessions_of(journal) == list(made.sessions)
    for one in made.sessions:
        checks = [line for line in list_lines(journal, one.id) if isinstance(line, Line)]
        assert [(line.kind, line.text, line.done) for line in checks] == [
            (LineKind.CHECK, "Phone off", False), (LineKind.CHECK, "A lift home", False)
        ]  # fmt: skip
    again = plan_sessions(journal)
    assert (again.sessions, again.changes.areas) == ((), frozenset())
    assert len(sessions_of(journal)) == 4


def test_a_plan_goes_on_from_the_sessions_there_are(journal: Journal) -> None:
    begin_course(journal, WEEKLY)
    add_session(journal, held(datetime(2026, 2, 20, 9, tzinfo=UTC)))
    called_off = add_session(journal, planned(date(2026, 3, 23))).session
    change_session(journal, called_off.id, cancelled(date(2026, 3, 23)))
    made = plan_sessions(journal).sessions
    assert [(one.ref.number, one.day) for one in made] == [(3, date(2026, 3, 16)), (4, date(2026, 3, 30))]
    change_course(journal, 1, plan=Plan(sessions=6, spacing=7, starts=date(2026, 3, 9)))
    assert [one.ref.number for one in plan_sessions(journal).sessions] == [5, 6]


def test_a_plan_without_a_start_makes_no_session_and_one_beyond_all_years_is_refused(journal: Journal) -> None:
    begin_course(journal, Plan(sessions=8, spacing=7))
    assert plan_sessions(journal).sessions == ()
    change_course(journal, 1, plan=Plan(sessions=8, spacing=3650, starts=date(9990, 1, 1)))
    with pytest.raises(WrongUsage):
        plan_sessions(journal)
    assert sessions_of(journal) == []


def test_where_now_is_that_of_the_newest_course_and_of_what_is_not_deleted(journal: Journal) -> None:
    begin_course(journal)
    add_session(journal, held(MARCH - timedelta(days=9)))
    later = add_session(journal, held(MARCH - timedelta(days=3))).session
    assert (where_now(journal).phase, where_now(journal).day) == (Phase.INTEGRATE, 3)
    delete_session(journal, later.id)
    assert where_now(journal).day == 9
    begin_course(journal)
    assert (where_now(journal).phase, where_now(journal).last) == (Phase.PREPARE, None)


def test_a_journal_to_read_takes_no_course(sample: Sample) -> None:
    with sample.open(Access.READ) as journal, pytest.raises(ReadOnlyJournal):
        begin_course(journal)
