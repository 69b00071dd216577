"""Threads as a page shows them: one read, everything in its place, nothing of what is in Recently deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from integrate.domain.entry import Unreadable
from integrate.domain.practices import Cadence, CadenceKind
from integrate.domain.sessions import LineKind
from integrate.domain.threads import Station, ThreadState
from integrate.errors import ReadOnlyJournal, RecordDamaged, WrongUsage
from integrate.journal.deleting import purge_expired
from integrate.journal.insights import add_insight, delete_insight, list_insights, promote_moment, restore_insight
from integrate.journal.moments import add_moment, delete_moment, purge_moment, restore_moment
from integrate.journal.opening import Access, Journal
from integrate.journal.practices import PracticeView, begin_practice, delete_practice, list_practices
from integrate.journal.sessions import (
    add_line,
    delete_session,
    purge_session,
    remove_line,
    restore_line,
    restore_session,
)
from integrate.journal.threads import (
    ThreadView,
    begin_thread,
    change_thread,
    delete_thread,
    deleted_threads,
    get_thread,
    link_item,
    list_threads,
    purge_thread,
    restore_thread,
    threads_with,
    unlink_item,
)
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, held, mark
from tests.helpers.journals import tamper


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


FEBRUARY = datetime(2026, 2, 9, 10, tzinfo=UTC)


def _full(journal: Journal, name: str = "Softness", start: datetime = FEBRUARY) -> ThreadView:
    """A thread with one thing at each station."""
    session = a_session(journal, held(start))
    line = add_line(journal, session.id, LineKind.INTENTION, "To be softer with myself.").line
    moment = add_moment(journal, session.id, mark("A hand on my shoulder.", start)).moment
    thread = begin_thread(journal, name, [(Station.INTENTION, line.id)]).thread
    insight = promote_moment(journal, moment.id, "I talk to myself harshly.", thread_id=thread.id).insight
    begin_practice(
        journal, "Say it the way I would to Daniel.", Cadence(CadenceKind.DAILY), insight_id=insight.id,
        thread_id=thread.id,
    )  # fmt: skip
    return get_thread(journal, thread.id)


def _views(journal: Journal, state: ThreadState | None = None) -> list[ThreadView]:
    found = list_threads(journal, state)
    assert all(isinstance(one, ThreadView) for one in found)
    return [one for one in found if isinstance(one, ThreadView)]


def _count(view: ThreadView) -> tuple[int, int, int, int]:
    return len(view.intentions), len(view.moments), len(view.insights), len(view.practices)


def test_a_thread_shows_what_hangs_on_it_with_its_sessions(journal: Journal) -> None:
    view = _full(journal)
    assert _views(journal) == [view]
    assert _count(view) == (1, 1, 1, 1)
    (line,), (moment,), (insight,), (practice,) = view.intentions, view.moments, view.insights, view.practices
    assert not any(isinstance(one, Unreadable) for one in (line, moment, insight, practice))
    assert line.text == "To be softer with myself."  # type: ignore[union-attr]  # readable
    assert view.session_of(moment) == view.session_of(line) == view.sessions[0]  # type: ignore[arg-type]  # readable
    assert insight.session == view.sessions[0].ref  # type: ignore[union-attr]  # readable
    assert isinstance(practice, PracticeView) and practice.due
    assert practice.practice.insight_id == insight.id


def test_threads_of_the_latest_session_come_first(journal: Journal) -> None:
    _full(journal, "second", FEBRUARY + timedelta(days=7))
    _full(journal, "third", FEBRUARY + timedelta(days=14))
    _full(journal, "first", FEBRUARY)
    assert [view.thread.name for view in _views(journal)] == ["third", "second", "first"]
    begin_thread(journal, "without a session")
    assert _views(journal)[0].thread.name == "without a session"  # by the day it was begun


def test_threads_are_open_rest_or_are_closed(journal: Journal) -> None:
    ids = {state: begin_thread(journal, str(state)).thread.id for state in ThreadState}
    for state, thread_id in ids.items():
        change_thread(journal, thread_id, state=state)
    for state, thread_id in ids.items():
        assert [view.thread.id for view in _views(journal, state)] == [thread_id]
    renamed = change_thread(journal, ids[ThreadState.RESTING], name="  Dad ").thread
    assert (renamed.name, renamed.state) == ("Dad", ThreadState.RESTING)
    assert change_thread(journal, renamed.id).thread == renamed


@pytest.mark.parametrize("name", ["x" * 300, "🌊" * 300, "אבא ואמא", "", "  "])
def test_any_one_line_is_a_name(journal: Journal, name: str) -> None:
    thread = begin_thread(journal, name).thread
    assert get_thread(journal, thread.id).thread.name == name.strip()


def test_what_cannot_be_is_refused_and_nothing_is_kept_of_it(journal: Journal) -> None:
    with pytest.raises(WrongUsage):
        begin_thread(journal, "two\nlines")
    with pytest.raises(WrongUsage):
        begin_thread(journal, "Softness", [(Station.MET, uuid4())])
    assert list_threads(journal) == ()
    for call in (get_thread, delete_thread, restore_thread, purge_thread):
        with pytest.raises(WrongUsage):
            call(journal, uuid4())


def test_what_is_hung_and_taken_off_stays_itself(journal: Journal) -> None:
    view = _full(journal)
    insight = view.insights[0]
    assert insight.id is not None
    other = begin_thread(journal, "Other").thread
    link_item(journal, other.id, Station.INSIGHT, insight.id)
    link_item(journal, other.id, Station.INSIGHT, insight.id)
    assert [thread.name for thread in threads_with(journal, insight.id)] == ["Other", "Softness"]
    changes = unlink_item(journal, view.thread.id, Station.INSIGHT, insight.id)
    assert {"threads"} <= changes.areas
    assert get_thread(journal, view.thread.id).insights == ()
    assert get_thread(journal, other.id).insights == (insight,)
    assert list_insights(journal) == (insight,)


def test_what_is_in_recently_deleted_is_not_shown_until_it_is_taken_back(journal: Journal) -> None:
    view = _full(journal)
    thread_id, session = view.thread.id, view.sessions[0]
    line, moment, insight = view.intentions[0].id, view.moments[0].id, view.insights[0].id
    assert line is not None and moment is not None and insight is not None
    delete_session(journal, session.id)
    assert _count(get_thread(journal, thread_id)) == (0, 0, 1, 1)
    assert get_thread(journal, thread_id).sessions == ()
    restore_session(journal, session.id)
    remove_line(journal, line)
    delete_moment(journal, moment)
    delete_insight(journal, insight)
    assert _count(get_thread(journal, thread_id)) == (0, 0, 0, 1)
    restore_line(journal, line)
    restore_moment(journal, moment)
    restore_insight(journal, insight)
    again = get_thread(journal, thread_id)
    assert _count(again) == (1, 1, 1, 1)
    assert again.intentions == view.intentions


def test_a_thread_is_deleted_and_taken_back_with_what_hangs_on_it(journal: Journal) -> None:
    view = _full(journal)
    delete_thread(journal, view.thread.id)
    assert list_threads(journal) == ()
    assert [one.id for one in deleted_threads(journal)] == [view.thread.id]
    assert len(list_insights(journal)) == len(list_practices(journal)) == 1
    restore_thread(journal, view.thread.id)
    (back,) = _views(journal)
    assert _count(back) == (1, 1, 1, 1)


def test_what_is_gone_for_good_hangs_nowhere(journal: Journal) -> None:
    view = _full(journal)
    moment = view.moments[0].id
    assert moment is not None
    purge_moment(journal, moment)
    assert _count(get_thread(journal, view.thread.id)) == (1, 0, 1, 1)
    purge_session(journal, view.sessions[0].id)
    assert _count(get_thread(journal, view.thread.id)) == (0, 0, 1, 1)
    with journal.vault.database.read() as session:
        links = session.connection().exec_driver_sql("SELECT count(*) FROM thread_link").scalar_one()
    assert links == 2
    purge_thread(journal, view.thread.id)
    with journal.vault.database.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM thread_link").scalar_one() == 0
    assert len(list_insights(journal)) == len(list_practices(journal)) == 1


def test_thirty_days_after_deleting_it_is_gone(journal: Journal, clock: FixedClock) -> None:
    view = _full(journal)
    insight = view.insights[0].id
    practice = view.practices[0]
    assert insight is not None and isinstance(practice, PracticeView)
    delete_insight(journal, insight)
    delete_practice(journal, practice.practice.id)
    delete_thread(journal, view.thread.id)
    clock.advance(timedelta(days=29))
    purge_expired(journal)
    assert len(deleted_threads(journal)) == 1
    clock.advance(timedelta(days=2))
    changes = purge_expired(journal)
    assert {insight, practice.practice.id, view.thread.id} <= changes.ids
    assert deleted_threads(journal) == ()
    with pytest.raises(WrongUsage):
        restore_insight(journal, insight)


def test_damage_is_told_in_its_place_and_hides_nothing_else(journal: Journal) -> None:
    view, other = _full(journal, "first"), _full(journal, "other", FEBRUARY + timedelta(days=7))
    moment = view.moments[0].id
    assert moment is not None
    tamper(journal, "UPDATE moment SET words = 'x' WHERE id = ?", moment.bytes)
    assert get_thread(journal, view.thread.id).moments == (Unreadable(moment),)
    tamper(journal, "UPDATE thread_link SET rev = 9 WHERE thread_id = ? AND station = 'insight'", view.thread.id.bytes)
    damaged = get_thread(journal, view.thread.id)
    assert (damaged.insights, damaged.unreadable_links) == ((), True)
    assert len(damaged.practices) == 1
    tamper(journal, "UPDATE thread SET name = 'x' WHERE id = ?", view.thread.id.bytes)
    assert list_threads(journal) == (other, Unreadable(view.thread.id))
    assert list_threads(journal, ThreadState.CLOSED) == (Unreadable(view.thread.id),)
    with pytest.raises(RecordDamaged):
        change_thread(journal, view.thread.id, name="again")
    purge_thread(journal, view.thread.id)
    assert list_threads(journal) == (other,)


def test_a_damaged_session_hides_no_intention(journal: Journal) -> None:
    view = _full(journal)
    tamper(journal, "UPDATE session SET dose = 'x'")
    damaged = get_thread(journal, view.thread.id)
    assert (damaged.intentions, damaged.sessions) == (view.intentions, ())
    assert damaged.session_of(view.intentions[0]) is None  # type: ignore[arg-type]  # readable


def test_to_read_only_everything_is_shown_and_nothing_changed(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        view = _full(journal)
    with sample.open(Access.READ, clock=clock) as journal:
        assert list_threads(journal) == (view,)
        with pytest.raises(ReadOnlyJournal):
            begin_thread(journal, "x")
        with pytest.raises(ReadOnlyJournal):
            add_insight(journal, "x")


def test_the_day_decides_what_is_due(journal: Journal) -> None:
    view = _full(journal)
    (before,) = get_thread(journal, view.thread.id, date(2026, 3, 1)).practices
    assert isinstance(before, PracticeView) and not before.due
