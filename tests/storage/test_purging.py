"""Deleting for good: thirty days, what goes along, what stays, and that no word of it is left in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from integrate.domain.sessions import LineKind
from integrate.domain.threads import Link, Source, Station
from integrate.domain.trash import KEPT_FOR
from integrate.errors import WrongUsage
from integrate.journal.checking import check_journal
from integrate.journal.deleting import delete_entry, purge_entry, purge_expired
from integrate.journal.finding import get_entry
from integrate.journal.moments import add_moment, delete_moment, list_moments, purge_moment
from integrate.journal.opening import Journal
from integrate.journal.sessions import (
    add_line,
    delete_session,
    deleted_sessions,
    get_session,
    list_lines,
    list_sessions,
    purge_session,
    remove_line,
    restore_line,
)
from integrate.storage.insights import InsightReader, InsightWriter
from integrate.storage.purging import Kind, purge_deleted_before
from integrate.storage.threads import ThreadReader, ThreadWriter
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, mark, planned
from tests.helpers.journals import pages, raw_key, tamper, write

CANARY = "quietharbour"


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def _count(journal: Journal, table: str) -> int:
    with journal.vault.database.read() as session:
        return int(session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608 - a table of ours


def test_a_session_goes_after_thirty_days_with_what_belongs_to_it(journal: Journal, clock: FixedClock) -> None:
    gone, stays = a_session(journal), a_session(journal)
    for session in (gone, stays):
        add_line(journal, session.id, LineKind.HOPE, "calm")
        add_moment(journal, session.id, mark("a wave"))
    entry = write(journal, "about it", session=gone.ref)
    delete_session(journal, gone.id)
    clock.advance(KEPT_FOR)
    assert purge_expired(journal).ids == frozenset()
    clock.advance(timedelta(microseconds=1))
    sequence = journal.vault.database.sequence()
    changes = purge_expired(journal)
    assert changes.ids == {gone.id} and {"sessions", "recently deleted"} <= changes.areas
    assert journal.vault.database.sequence() == sequence + 1  # one transaction, whatever goes
    assert purge_expired(journal).ids == frozenset()
    assert journal.vault.database.sequence() == sequence + 1
    assert (_count(journal, "session"), _count(journal, "session_line"), _count(journal, "moment")) == (1, 1, 1)
    assert len(list_lines(journal, stays.id)) == len(list_moments(journal, stays.id)) == 1
    assert get_entry(journal, entry).summary.session == gone.ref


def test_opening_to_write_purges_and_leaves_the_rest(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        session = a_session(journal)
        line = add_line(journal, session.id, LineKind.WORRY, "gone").line
        kept = add_line(journal, session.id, LineKind.WORRY, "kept").line
        moment = add_moment(journal, session.id, mark()).moment
        remove_line(journal, line.id)
        delete_moment(journal, moment.id)
        delete_session(journal, a_session(journal).id)
    clock.advance(timedelta(days=31))
    with sample.open(clock=clock) as journal:
        assert deleted_sessions(journal) == ()
        assert list_sessions(journal) == (session,)
        assert list_lines(journal, session.id) == (replace(kept, place=0),)
        assert _count(journal, "moment") == 0
        with pytest.raises(WrongUsage):
            restore_line(journal, line.id)
    assert check_journal(sample.place, sample.by_words).ok


def test_no_word_of_what_is_gone_is_left_in_the_file(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        session = a_session(journal, planned(clock.now().date(), dose=f"{CANARY} dose", present=f"{CANARY} who"))
        add_line(journal, session.id, LineKind.INTENTION, f"{CANARY} intention " * 2000)
        add_moment(journal, session.id, mark(f"{CANARY} words " * 200))
        delete_session(journal, session.id)
    with sample.open(clock=clock) as journal:
        key = raw_key(journal)
    assert any(CANARY.encode() in page for page in pages(sample.place, key))
    clock.advance(timedelta(days=31))
    sample.open(clock=clock).close()
    assert not any(CANARY.encode() in page for page in pages(sample.place, key))


def test_what_is_gone_is_quoted_and_linked_nowhere(journal: Journal, sample: Sample, clock: FixedClock) -> None:
    session = a_session(journal)
    entry = write(journal, f"I saw it: {CANARY}.")
    moment = add_moment(journal, session.id, mark("a wave")).moment
    line = add_line(journal, session.id, LineKind.INTENTION, "to see it").line
    database = journal.vault.database
    with database.write() as connection:
        insights, threads = InsightWriter(connection, database.sealer), ThreadWriter(connection, database.sealer)
        quoted = insights.add("Mine", clock.now(), source=Source(CANARY, entry, 1))
        met = insights.add("Mine too", clock.now(), source=Source(moment_id=moment.id))
        thread = threads.add("The sea", clock.now())
        for station, item in ((Station.INTENTION, line.id), (Station.MET, moment.id), (Station.INSIGHT, met.id)):
            threads.link(Link(thread.id, station, item))
    delete_entry(journal, entry)
    delete_session(journal, session.id)
    with database.read() as reading:
        assert InsightReader(reading).get(quoted.id).source.quote == CANARY
    clock.advance(timedelta(days=31))
    purge_expired(journal)
    with database.read() as reading:
        for insight in (quoted, met):
            left = InsightReader(reading).get(insight.id)
            assert (left.text, left.source) == (insight.text, Source())
        assert ThreadReader(reading).links(thread.id) == {thread.id: (Link(thread.id, Station.INSIGHT, met.id),)}
    key = raw_key(journal)
    journal.close()
    assert not any(CANARY.encode() in page for page in pages(sample.place, key))
    assert check_journal(sample.place, sample.by_words).ok


def test_purging_an_entry_at_once_takes_its_quotes_too(journal: Journal, clock: FixedClock) -> None:
    entry = write(journal, f"I saw it: {CANARY}.")
    database = journal.vault.database
    with database.write() as connection:
        insight = InsightWriter(connection, database.sealer).add("Mine", clock.now(), source=Source(CANARY, entry, 1))
    assert {"entries", "insights"} <= purge_entry(journal, entry).areas
    with database.read() as reading:
        assert InsightReader(reading).get(insight.id).source == Source()


def test_what_is_damaged_can_be_deleted_for_good_and_is_purged_with_the_rest(
    journal: Journal, clock: FixedClock
) -> None:
    session, other = a_session(journal), a_session(journal)
    moment = add_moment(journal, other.id, mark("a wave")).moment
    tamper(journal, "UPDATE session SET dose = 'x' WHERE id = ?", session.id.bytes)
    tamper(journal, "UPDATE moment SET words = 'x'")
    purge_session(journal, session.id)
    purge_moment(journal, moment.id)
    assert list_sessions(journal) == (get_session(journal, other.id),)
    delete_session(journal, other.id)
    third = a_session(journal)
    delete_session(journal, third.id)
    tamper(journal, "UPDATE session SET id = 'no id' WHERE id = ?", other.id.bytes)
    clock.advance(timedelta(days=31))
    gone = purge_deleted_before(journal.vault.database, clock.now() - KEPT_FOR)
    assert gone == {Kind.SESSION: (third.id,)}  # one that has no id any more stops nobody
