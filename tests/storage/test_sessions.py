"""Sessions, lines and moments in the file: order, round trips, seals, and how little is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.moments import Mark, Moment
from integrate.domain.sessions import Line, LineKind, Session, SessionDraft
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.checking import check_journal
from integrate.journal.courses import begin_course, where_now
from integrate.journal.moments import (
    add_moment,
    answer_touch_point,
    change_moment,
    count_moments,
    delete_moment,
    list_moments,
    settled_touch_points,
)
from integrate.journal.opening import Access, Journal
from integrate.journal.sessions import (
    add_line,
    add_session,
    change_line,
    change_session,
    deleted_sessions,
    get_session,
    list_lines,
    list_sessions,
    move_line,
    session_by_ref,
)
from integrate.storage.moments import MomentWriter
from integrate.storage.sessions import writing_sessions
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import MARCH, a_session, mark, marks, planned, session_drafts, sessions_of, words
from tests.helpers.journals import tamper, write

SHARED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


@SHARED
@given(st.lists(session_drafts(), min_size=1, max_size=5))
def test_any_draft_comes_back_as_it_was_and_the_list_is_in_the_order_of_numbers(
    journal: Journal, drafts: list[SessionDraft]
) -> None:
    course = begin_course(journal).course.number
    with writing_sessions(journal.vault.database) as writer:  # below the use case, which knows what cannot have been
        for number in sorted(range(1, len(drafts) + 1), reverse=True):
            writer.add(SessionRef(course, number), drafts[number - 1], journal.clock.now())
    kept = sessions_of(journal, course)
    assert [one.ref.number for one in kept] == list(range(1, len(drafts) + 1))
    assert [one.draft for one in kept] == drafts
    assert [get_session(journal, one.id) for one in kept] == kept
    assert [session_by_ref(journal, one.ref) for one in kept] == kept


@SHARED
@given(st.lists(marks(), max_size=8), st.booleans())
def test_any_mark_comes_back_as_it_was_and_moments_are_in_the_order_of_their_time(
    journal: Journal, given_: list[Mark], never_share: bool
) -> None:
    session = a_session(journal)
    for one in given_:
        add_moment(journal, session.id, one, never_share=never_share)
    kept = list_moments(journal, session.id)
    assert [one.mark for one in kept if isinstance(one, Moment)] == sorted(given_, key=lambda one: one.at.instant)
    assert all(isinstance(one, Moment) and one.never_share is never_share for one in kept)


@SHARED
@given(st.lists(words, min_size=1, max_size=6), st.data())
def test_lines_stay_in_the_order_a_person_gave_them(journal: Journal, texts: list[str], data: st.DataObject) -> None:
    session = a_session(journal)
    ids = [add_line(journal, session.id, LineKind.INTENTION, text).line.id for text in texts]
    expected = list(ids)
    for _time in range(3):
        moved, place = data.draw(st.sampled_from(ids)), data.draw(st.integers(0, len(ids) + 1))
        expected.remove(moved)
        expected.insert(place, moved)
        assert move_line(journal, moved, place).line.place == expected.index(moved)
    lines = list_lines(journal, session.id, LineKind.INTENTION)
    assert [one.id for one in lines] == expected
    assert [one.place for one in lines if isinstance(one, Line)] == list(range(len(ids)))
    assert sorted(one.text for one in lines if isinstance(one, Line)) == sorted(texts)


def test_everything_is_there_after_closing(sample: Sample) -> None:
    with sample.open() as journal:
        session = a_session(journal)
        line = add_line(journal, session.id, LineKind.FOR_PRESCRIBER, "Is it all right with my tablets? 🌊").line
        line = change_line(journal, line.id, answer="Ask again on Monday", done=True, never_share=True).line
        moment = add_moment(journal, session.id, mark("بحر")).moment
        answer_touch_point(journal, session.id, 3, "not-now")
    with sample.open(Access.READ) as journal:
        assert list_sessions(journal) == (session,)
        assert list_lines(journal, session.id) == (line,)
        assert list_moments(journal, session.id) == (moment,)
        assert settled_touch_points(journal, session.id) == {3}
    assert check_journal(sample.place, sample.by_words).ok


@pytest.mark.parametrize(
    "change",
    [
        "dose = 'twice as much'", "state = 'held'", "state = 'unheard of'", "day = day + 1", "zone = x'ff'", "rev = 7",
        "id = zeroblob(16)", "id = 'none'", "seal = zeroblob(16)", "number = 77", "course = 2", "course = 99",
        "started_us = 0", "by_video = 1", "created_us = 'never'", "setting = 'clinic'",
    ],
)  # fmt: skip
def test_a_session_that_was_tampered_with_is_told_and_hides_no_other(journal: Journal, change: str) -> None:
    begin_course(journal)
    begin_course(journal)
    others = [a_session(journal, course=1), a_session(journal, course=1), a_session(journal, course=2)]
    victim = a_session(journal, course=1)
    tamper(journal, f"UPDATE session SET {change} WHERE id = ?", victim.id.bytes)  # noqa: S608 - a test's own words
    found = [*list_sessions(journal, 1), *list_sessions(journal, 2)]
    assert [one for one in found if isinstance(one, Session)] == others
    assert any(isinstance(one, Unreadable) for one in found)
    assert where_now(journal).coming is not None  # what can be read still counts
    if "id =" not in change:
        with pytest.raises(RecordDamaged):
            get_session(journal, victim.id)
        with pytest.raises(RecordDamaged):
            change_session(journal, victim.id, replace(victim.draft, dose="as before"))
        with pytest.raises(RecordDamaged):
            list_moments(journal, victim.id)


def test_a_session_somebody_marked_as_deleted_is_named_among_the_deleted(journal: Journal) -> None:
    victim = a_session(journal)
    tamper(journal, "UPDATE session SET deleted_us = 5")
    assert list_sessions(journal) == ()
    assert deleted_sessions(journal) == (Unreadable(victim.id),)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("moment", "words = 'others'"), ("moment", "at_us = at_us + 1"), ("moment", "never_share = 0"),
        ("moment", "marked_by = 'sitter'"), ("moment", "pulse = 60"), ("moment", "kind = 'unheard of'"),
        ("moment", "rev = 2"), ("moment", "seal = x'00'"), ("moment", "in_room = 1"),
        ("session_line", "text = 'others'"), ("session_line", "place = 9"), ("session_line", "done = 1"),
        ("session_line", "answer = 'yes'"), ("session_line", "never_share = 0"), ("session_line", "rev = 'x'"),
    ],
)  # fmt: skip
def test_a_line_or_moment_that_was_tampered_with_is_told_and_hides_no_other(
    journal: Journal, table: str, change: str
) -> None:
    session = a_session(journal)
    moments = [add_moment(journal, session.id, mark(f"{n}"), never_share=True).moment for n in range(3)]
    lines = [add_line(journal, session.id, LineKind.HOPE, f"{n}", never_share=True).line for n in range(3)]
    victim = (moments if table == "moment" else lines)[1].id
    tamper(journal, f"UPDATE {table} SET {change} WHERE id = ?", victim.bytes)  # noqa: S608 - a test's own words
    found = list_moments(journal, session.id) if table == "moment" else list_lines(journal, session.id)
    assert len(found) == 3
    assert [one.id for one in found if isinstance(one, Unreadable)] == [victim]
    with pytest.raises(RecordDamaged):
        if table == "moment":
            change_moment(journal, victim, never_share=False)
        else:
            change_line(journal, victim, text="mine")


def test_a_limit_cuts_the_list_of_moments_off_and_changes_nothing_else(journal: Journal) -> None:
    session, other = a_session(journal), a_session(journal)
    minutes = (5, 1, 9, 3, 7, 1)
    moments = [add_moment(journal, session.id, mark(at=MARCH + timedelta(minutes=minute))).moment for minute in minutes]
    add_moment(journal, other.id, mark("elsewhere"))
    delete_moment(journal, moments[4].id)
    tamper(journal, "UPDATE moment SET rev = 9 WHERE id IN (?, ?)", moments[1].id.bytes, moments[2].id.bytes)
    whole = list_moments(journal, session.id)
    assert [one.id for one in whole] == [moments[place].id for place in (1, 5, 3, 0, 2)]
    assert [isinstance(one, Unreadable) for one in whole] == [True, False, False, False, True]
    assert count_moments(journal, session.id) == len(whole)
    for limit in range(len(whole) + 2):
        assert list_moments(journal, session.id, limit) == whole[:limit]
    with pytest.raises(WrongUsage):
        count_moments(journal, moments[0].id)


def test_what_belongs_to_one_session_is_never_shown_with_another(journal: Journal, sample: Sample) -> None:
    one, two = a_session(journal), a_session(journal)
    add_moment(journal, one.id, mark("of the first"))
    add_line(journal, one.id, LineKind.WORRY, "of the first")
    # Keys are not part of a session's seal, so that this fits every seal there is.
    with closing(journal.vault.database.raw_connection(writable=True, restricted=False)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("UPDATE session SET pk = pk + 100")
        connection.execute("UPDATE session SET pk = CASE pk WHEN 101 THEN 2 ELSE 1 END")
    assert list_sessions(journal) == (one, two)
    for session in (one, two):
        assert not any(isinstance(moment, Moment) for moment in list_moments(journal, session.id))
        assert not any(isinstance(line, Line) for line in list_lines(journal, session.id))
    journal.close()
    assert (
        "Records of a session or thread do not belong to it." in check_journal(sample.place, sample.by_words).problems
    )


def test_a_damaged_touch_point_is_not_offered_again_and_a_new_answer_heals_it(journal: Journal, sample: Sample) -> None:
    session = a_session(journal)
    answer_touch_point(journal, session.id, 7, "not-now")
    tamper(journal, "UPDATE touch_point SET answer = 'done'")
    assert settled_touch_points(journal, session.id) == {7}
    assert not check_journal(sample.place, sample.by_words).ok
    answer_touch_point(journal, session.id, 7, "not-now")
    assert check_journal(sample.place, sample.by_words).ok


def test_a_moment_of_the_room_keeps_the_id_it_was_given_there(journal: Journal) -> None:
    session = a_session(journal)
    given_id = write(journal)  # any id
    database = journal.vault.database
    for _time in range(2):  # a merge that was cut off is done again
        with database.write() as connection:
            writer = MomentWriter(connection, database.sealer)
            if not writer.has(given_id):
                writer.add(session.id, mark(), MARCH, moment_id=given_id, in_room=True, after_restart=True)
    (moment,) = list_moments(journal, session.id)
    assert isinstance(moment, Moment)
    assert (moment.id, moment.in_room, moment.after_restart) == (given_id, True, True)


@contextmanager
def _plans(journal: Journal) -> Iterator[list[str]]:
    """How SQLite went about every statement that was run."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        statements.append((statement, parameters))

    steps: list[str] = []
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield steps
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    with journal.vault.database.read() as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        for statement, parameters in statements:
            steps += [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def test_no_look_at_a_course_or_a_session_goes_through_all_moments_lines_or_entries(journal: Journal) -> None:
    first = a_session(journal)
    for day in range(59):
        with writing_sessions(journal.vault.database) as writer:
            writer.add(SessionRef(1, day + 2), planned(date(2026, 3, 10) + timedelta(day)), journal.clock.now())
    database = journal.vault.database
    with database.write() as connection:
        writer_of_moments = MomentWriter(connection, database.sealer)
        for number, session in enumerate(sessions_of(journal)):
            for minute in range(5000 // 60 if number else 50):
                writer_of_moments.add(session.id, mark(at=MARCH + timedelta(minutes=minute)), MARCH)
    with _plans(journal) as steps:
        assert len(list_sessions(journal)) == 60
        assert len(list_moments(journal, first.id)) == count_moments(journal, first.id) == 50
        assert len(list_moments(journal, first.id, 5)) == 5
        list_lines(journal, first.id)
        where_now(journal)
        settled_touch_points(journal, first.id)
        session_by_ref(journal, first.ref)
    assert any("ix_moment_session" in step for step in steps)
    whole = [step for step in steps if step.startswith("SCAN") and step.split()[1] not in {"session", "course"}]
    assert whole == []


def test_listing_sessions_reads_no_moment(journal: Journal) -> None:
    session = a_session(journal)
    add_moment(journal, session.id, mark())
    with _plans(journal) as steps:
        list_sessions(journal)
    assert steps and not any("moment" in step for step in steps)


def test_a_session_has_a_number_of_its_own_course(journal: Journal) -> None:
    with pytest.raises(WrongUsage):
        add_session(journal, planned(date(2026, 3, 9)))
    session = a_session(journal)
    begin_course(journal)
    assert session_by_ref(journal, SessionRef(2, 1)) is None
    assert a_session(journal).ref == SessionRef(2, 1)
    assert sessions_of(journal, 1) == [session]
