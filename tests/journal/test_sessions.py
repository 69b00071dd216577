"""Sessions as a person keeps them: what is taken, what is refused with a word of why, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from integrate.domain.entry import Changes, SessionRef
from integrate.domain.sessions import Line, LineKind, Route, SessionDraft, SessionState, Setting
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.journal.courses import begin_course, where_now
from integrate.journal.deleting import purge_expired
from integrate.journal.finding import get_entry
from integrate.journal.moments import add_moment, list_moments
from integrate.journal.opening import Journal
from integrate.journal.sessions import (
    add_line,
    add_session,
    change_line,
    change_session,
    delete_session,
    deleted_sessions,
    get_session,
    list_lines,
    list_sessions,
    move_line,
    purge_session,
    remove_line,
    restore_line,
    restore_session,
    session_by_ref,
)
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import MARCH, a_session, cancelled, held, mark, planned, sessions_of
from tests.helpers.journals import write

HEBREW = "שלום, \u202bזה מימין לשמאל\u202c 🌊"


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal with a course, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        begin_course(opened)
        yield opened


def _refused(reason: str) -> AbstractContextManager[object]:
    return pytest.raises(WrongUsage, match=reason)


def test_a_session_is_planned_moved_held_and_cancelled(journal: Journal, clock: FixedClock) -> None:
    saved = add_session(journal, planned(date(2026, 3, 9), at=time(14), zone="Europe/Lisbon"), origin="page")
    assert saved.changes == Changes(frozenset({"sessions"}), frozenset({saved.session.id}), "page")
    session = saved.session
    assert session.ref == SessionRef(1, 1) and session.revision == 1
    moved = change_session(journal, session.id, replace(session.draft, day=date(2026, 3, 11), at=None)).session
    assert (moved.day, moved.revision, moved.ref) == (date(2026, 3, 11), 2, session.ref)
    clock.advance(timedelta(days=10))
    whole = held(
        datetime(2026, 3, 11, 14, tzinfo=UTC), setting=Setting.HOME, route=Route.LOZENGE, dose="as prescribed",
        present="Ana, Rui", by_video=True,
    )  # fmt: skip
    logged = change_session(journal, session.id, whole).session
    assert (logged.draft, logged.length) == (whole, timedelta(minutes=90))
    assert (logged.created, logged.updated) == (session.created, clock.now())
    assert change_session(journal, session.id, cancelled(date(2026, 3, 11))).session.day
    assert sessions_of(journal) == [get_session(journal, session.id)]


def test_numbers_go_on_and_none_is_given_twice(journal: Journal) -> None:
    first, second = a_session(journal), a_session(journal, number=5)
    assert a_session(journal).ref == SessionRef(1, 6)
    with _refused("a session 5 in this course already"):
        a_session(journal, number=5)
    delete_session(journal, second.id)
    with _refused("Session 5 of this course is in Recently deleted"):
        a_session(journal, number=5)
    for number in (0, -1, 10_000):
        with _refused("between 1 and 9999"):
            a_session(journal, number=number)
    with _refused("no course 2"):
        a_session(journal, course=2)
    begin_course(journal)
    assert a_session(journal).ref == SessionRef(2, 1)
    assert a_session(journal, course=1, number=2).ref == SessionRef(1, 2)
    assert session_by_ref(journal, SessionRef(1, 5)) == get_session(journal, second.id)
    assert [one.ref.number for one in sessions_of(journal, 1)] == [1, 2, 6]
    assert sessions_of(journal, 1)[0] == first


def test_what_lies_in_the_future_is_planned_and_not_held(journal: Journal, clock: FixedClock) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    for draft in (held(tomorrow), SessionDraft(SessionState.HELD, tomorrow.date()), held(clock.now(), 30)):
        with _refused("lies in the future"):
            add_session(journal, draft)
    assert sessions_of(journal) == []
    session = add_session(journal, planned(tomorrow.date())).session
    with _refused("lies in the future"):
        change_session(journal, session.id, SessionDraft(SessionState.HELD, tomorrow.date()))
    assert sessions_of(journal) == [session]
    begins = change_session(journal, session.id, held(clock.now(), None)).session
    assert where_now(journal).session == begins
    clock.advance(timedelta(hours=2))
    assert change_session(journal, session.id, held(clock.now() - timedelta(hours=2), 120)).session.length


def test_today_counts_where_the_session_was(journal: Journal, clock: FixedClock) -> None:
    clock.advance(timedelta(hours=5))  # in Auckland it is Tuesday already
    a_session(journal, SessionDraft(SessionState.HELD, date(2026, 3, 3), zone="Pacific/Auckland"))
    with _refused("lies in the future"):
        a_session(journal, SessionDraft(SessionState.HELD, date(2026, 3, 3), zone="Europe/Lisbon"))


def test_a_clock_that_was_set_back_stops_no_edit(journal: Journal, clock: FixedClock) -> None:
    session = a_session(journal, held(MARCH - timedelta(hours=2)))
    clock.advance(-timedelta(days=30))
    assert change_session(journal, session.id, replace(session.draft, dose="as prescribed")).session.draft.dose
    delete_session(journal, session.id)
    assert restore_session(journal, session.id).session.deleted is None


def test_two_sessions_at_once_are_refused(journal: Journal) -> None:
    first = a_session(journal, held(MARCH - timedelta(days=1)))
    with _refused("Session 1 was going on at that time"):
        a_session(journal, held(MARCH - timedelta(days=1, minutes=-30)))
    begin_course(journal)
    with _refused("Session 1 of course 1 was going on"):
        a_session(journal, held(MARCH - timedelta(days=1, minutes=30)))
    later = a_session(journal, held(MARCH - timedelta(hours=5)))
    with _refused("was going on"):
        change_session(journal, later.id, first.draft)
    assert get_session(journal, later.id) == later
    right_after = held(MARCH - timedelta(days=1, minutes=-90), 20)
    assert change_session(journal, later.id, right_after).session.draft == right_after
    same = a_session(journal, planned(date(2026, 3, 9)))
    assert a_session(journal, planned(date(2026, 3, 9))).day == same.day  # two plans for a day are a person's business


def test_a_session_in_recently_deleted_is_in_nobodys_way(journal: Journal) -> None:
    gone = a_session(journal, held(MARCH - timedelta(days=1)))
    delete_session(journal, gone.id)
    stays = a_session(journal, held(MARCH - timedelta(days=1)))
    assert restore_session(journal, gone.id).session.draft == stays.draft  # taken back all the same: nothing is lost


def test_an_end_before_the_start_is_refused_before_anything_is_written(journal: Journal) -> None:
    session = a_session(journal, held(MARCH - timedelta(days=1)))
    with _refused("The end is before the start"):
        change_session(journal, session.id, held(MARCH - timedelta(days=1), -5))
    with _refused("The end is before the start"):
        started = ZonedTime(MARCH, "Asia/Kathmandu")
        SessionDraft(SessionState.HELD, started=started, ended=ZonedTime(MARCH - timedelta(seconds=1), "UTC"))
    assert get_session(journal, session.id) == session


def test_a_day_from_before_the_course_is_taken(journal: Journal) -> None:
    a_session(journal, held(MARCH - timedelta(days=1)))
    long_ago = a_session(journal, SessionDraft(SessionState.HELD, date(1999, 12, 31)))
    assert long_ago.day == date(1999, 12, 31)
    assert where_now(journal).day == 1


def test_long_names_emoji_and_right_to_left_text_are_kept_and_what_is_too_long_is_refused(journal: Journal) -> None:
    longest = "ש" * 300
    session = a_session(journal, planned(date(2026, 3, 9), dose=longest, present=HEBREW))
    assert (session.draft.dose, session.draft.present) == (longest, HEBREW)
    for dose in ("x" * 301, "two\nlines", "\ud800"):
        with pytest.raises(WrongUsage):
            change_session(journal, session.id, planned(date(2026, 3, 9), dose=dose))
    assert get_session(journal, session.id) == session


def test_a_novel_is_an_intention_too(journal: Journal) -> None:
    session = a_session(journal)
    novel = f"{HEBREW}\n\nIt was a dark and stormy night.\r\n" * 20_000
    line = add_line(journal, session.id, LineKind.INTENTION, novel).line
    assert line.text == novel
    assert list_lines(journal, session.id) == (line,)


def test_the_checklist_of_the_course_is_copied_when_a_session_is_made(journal: Journal) -> None:
    begin_course(journal, checklist=("Phone off", "A lift home"))
    session = a_session(journal)
    checks = [line for line in list_lines(journal, session.id, LineKind.CHECK) if isinstance(line, Line)]
    assert [line.text for line in checks] == ["Phone off", "A lift home"]
    assert change_line(journal, checks[0].id, done=True).line.done
    assert remove_line(journal, checks[1].id).line.text == "A lift home"
    other = a_session(journal)
    assert [line.done for line in list_lines(journal, other.id) if isinstance(line, Line)] == [False, False]


def test_a_question_gets_its_answer_and_when_it_was_given(journal: Journal, clock: FixedClock) -> None:
    session = a_session(journal)
    line = add_line(journal, session.id, LineKind.FOR_THERAPIST, "Why the sea?", never_share=True, origin="page")
    assert line.changes.areas == {"lines", "sessions"} and line.changes.origin == "page"
    assert line.changes.ids == {line.line.id, session.id}
    clock.advance(timedelta(days=1))
    answered = change_line(journal, line.line.id, answer="It is calm there", done=True).line
    assert (answered.answered, answered.done, answered.never_share) == (clock.now(), True, True)
    clock.advance(timedelta(days=1))
    again = change_line(journal, line.line.id, text="Why always the sea?").line
    assert (again.answered, again.answer) == (answered.answered, "It is calm there")
    assert change_line(journal, line.line.id, answer="", never_share=False).line.answered is None
    with pytest.raises(WrongUsage):
        change_line(journal, line.line.id, text=" \n")
    with pytest.raises(WrongUsage):
        add_line(journal, session.id, LineKind.HOPE, "")
    with pytest.raises(WrongUsage):
        add_line(journal, session.id, LineKind.HOPE, "\ud800")


def test_a_line_that_was_removed_comes_back_to_its_place(journal: Journal) -> None:
    session = a_session(journal)
    ids = [add_line(journal, session.id, LineKind.ANCHOR, text).line.id for text in "abc"]
    other = add_line(journal, session.id, LineKind.WORRY, "w").line
    assert other.place == 0
    remove_line(journal, ids[1])
    assert [line.id for line in list_lines(journal, session.id, LineKind.ANCHOR)] == [ids[0], ids[2]]
    added = add_line(journal, session.id, LineKind.ANCHOR, "d").line
    assert added.place == 2
    assert restore_line(journal, ids[1]).line.place == 1
    move_line(journal, added.id, 0)
    assert [line.id for line in list_lines(journal, session.id, LineKind.ANCHOR)] == [added.id, *ids]
    assert list_lines(journal, session.id, LineKind.WORRY) == (other,)


def test_deleting_a_session_keeps_its_entries_and_all_it_had_for_thirty_days(
    journal: Journal, clock: FixedClock
) -> None:
    session = a_session(journal)
    line = add_line(journal, session.id, LineKind.HOPE, "calm").line
    moment = add_moment(journal, session.id, mark("a wave")).moment
    entry = write(journal, "about it", session=session.ref)
    changes = delete_session(journal, session.id, origin="page")
    assert {"sessions", "recently deleted"} <= changes.areas and changes.origin == "page"
    assert list_sessions(journal) == ()
    (gone,) = deleted_sessions(journal)
    assert gone == get_session(journal, session.id)
    assert get_session(journal, session.id).deleted == clock.now()
    clock.advance(timedelta(days=29))
    assert purge_expired(journal).ids == frozenset()
    restored = restore_session(journal, session.id).session
    assert restored.draft == session.draft and restored.deleted is None
    assert list_lines(journal, session.id) == (line,)
    assert list_moments(journal, session.id) == (moment,)
    delete_session(journal, session.id)
    clock.advance(timedelta(days=30, seconds=1))
    assert purge_expired(journal).areas >= {"sessions", "recently deleted"}
    with pytest.raises(WrongUsage):
        restore_session(journal, session.id)
    assert get_entry(journal, entry).summary.session == session.ref
    assert a_session(journal).ref == session.ref


def test_a_session_can_be_deleted_for_good_at_once(journal: Journal) -> None:
    session = a_session(journal)
    delete_session(journal, session.id)
    purge_session(journal, session.id)
    assert deleted_sessions(journal) == ()
    asked: tuple[Callable[[Journal, UUID], object], ...] = (
        get_session, delete_session, restore_session, purge_session, list_lines,
    )  # fmt: skip
    for ask in asked:
        with _refused("not in the journal any more"):
            ask(journal, session.id)
    with _refused("not in the journal any more"):
        change_line(journal, uuid4(), done=True)
