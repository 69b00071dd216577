"""Insights: what somebody came to see, and the way back to the words it came from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from integrate.domain.entry import Changes, SessionRef, Unreadable
from integrate.domain.sessions import Session
from integrate.domain.threads import Insight, Link, Source, Station
from integrate.errors import EntryMissing, WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.storage.entries import EntryReader
from integrate.storage.insights import InsightReader, InsightWriter
from integrate.storage.moments import MomentReader
from integrate.storage.purging import Kind, purge
from integrate.storage.threads import ThreadReader, ThreadWriter

Selection = str | tuple[int, int]
"""Words of an entry: exactly as they stand there, or (start, end) in characters of its body, as Python counts them."""


@dataclass(frozen=True, slots=True)
class SavedInsight:
    """An insight as it was saved."""

    insight: Insight
    changes: Changes


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of an insight are now.

    An entry with ``span``, (start, end) in characters of its present body, where the exact words are still in it; the
    entry alone where they are not; or a moment. ``deleted``: it is in Recently deleted, or its session is.
    """

    entry_id: UUID | None = None
    span: tuple[int, int] | None = None
    moment_id: UUID | None = None
    deleted: bool = False


def list_insights(journal: Journal, about: SessionRef | None = None) -> tuple[Insight | Unreadable, ...]:
    """Insights, the newest first, without those deleted: those about a session, or all. A damaged one by its id."""
    with journal.vault.database.read() as session:
        return InsightReader(session).list(about)


def get_insight(journal: Journal, insight_id: UUID) -> Insight:
    """One insight, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return InsightReader(session).get(insight_id)


def add_insight(
    journal: Journal, text: str, *, about: SessionRef | None = None, thread_id: UUID | None = None,
    never_share: bool = False, origin: str = "",
) -> SavedInsight:  # fmt: skip
    """Keep a thought that comes from no entry and no moment. Durable when this returns.

    Raises:
        WrongUsage: there is no word in it, or there is no such thread.
        RecordDamaged: the thread is damaged. What any write raises.
    """
    with _writing(journal) as (insights, threads):
        insight = insights.add(text, journal.clock.now(), session=about, never_share=never_share)
        _hang(threads, thread_id, Station.INSIGHT, insight.id)
    return _saved(insight, origin)


def promote(
    journal: Journal, entry_id: UUID, selected: Selection, text: str | None = None, *,
    thread_id: UUID | None = None, origin: str = "",
) -> SavedInsight:  # fmt: skip
    """Make an insight from words of an entry as it is saved now. ``text`` None takes the words themselves.

    It keeps the words, the entry with its revision, and the entry's session, and is never share if the entry is.
    Durable when this returns.

    Raises:
        EntryMissing: there is no such entry.
        WrongUsage: nothing is selected, the words are not in the entry, or there is no such thread.
        RecordDamaged: entry or thread is damaged. What any write raises.
    """
    with _writing(journal) as (insights, threads):
        entry, body = insights.entry(entry_id)
        quote = _quote(body, selected)
        insight = insights.add(
            quote.strip() if text is None else text,
            journal.clock.now(),
            session=_ref(entry.course, entry.session),
            source=Source(quote, entry_id, entry.rev),
            never_share=entry.never_share,
        )
        _hang(threads, thread_id, Station.INSIGHT, insight.id)
    return _saved(insight, origin)


def promote_moment(
    journal: Journal, moment_id: UUID, text: str | None = None, *, thread_id: UUID | None = None, origin: str = ""
) -> SavedInsight:
    """Make an insight from a moment. ``text`` None takes the words of the moment.

    It keeps them, the moment and its session, and is never share if the moment is. In a thread the moment hangs beside
    it, as what was met. Durable when this returns.

    Raises:
        WrongUsage: there is no such moment or thread, or there would be no word in it.
        RecordDamaged: one of them is damaged. What any write raises.
    """
    with _writing(journal) as (insights, threads):
        moment, about = insights.moment(moment_id)
        insight = insights.add(
            moment.words.strip() if text is None else text,
            journal.clock.now(),
            session=about,
            source=Source(moment.words, moment_id=moment_id),
            never_share=moment.never_share,
        )
        _hang(threads, thread_id, Station.MET, moment_id)
        _hang(threads, thread_id, Station.INSIGHT, insight.id)
    return _saved(insight, origin)


def find_source(journal: Journal, insight: Insight) -> Place | None:
    """Where the words that an insight came from are now; None once what they were in is gone for good.

    Words that stand in the entry several times are found where they stand first.

    Raises:
        RecordDamaged: the entry or moment is there and cannot be read. DatabaseDamaged.
    """
    source = insight.source
    with journal.vault.database.read() as session:
        if source.entry_id is not None:
            entries = EntryReader(session)
            try:
                row = entries.row(source.entry_id)
            except EntryMissing:
                return None
            start = entries.text_row(row).body.find(source.quote) if source.quote else -1
            span = None if start < 0 else (start, start + len(source.quote))
            return Place(source.entry_id, span, deleted=row.deleted_us is not None)
        if source.moment_id is not None:
            try:
                moment = MomentReader(session).get(source.moment_id)
            except WrongUsage:
                return None
            owner = ThreadReader(session).sessions((moment.session_id,)).get(moment.session_id)
            gone = moment.deleted is not None or (isinstance(owner, Session) and owner.deleted is not None)
            return Place(moment_id=moment.id, deleted=gone)
    return None


def change_insight(journal: Journal, insight_id: UUID, text: str, *, origin: str = "") -> SavedInsight:
    """Save other words for an insight. Where it came from and *Never share* stay as they are.

    Raises:
        WrongUsage: there is none, or there is no word in it.
        RecordDamaged: it is not written over. What any write raises.
    """
    with _writing(journal) as (insights, _threads):
        insight = insights.save(insight_id, text, journal.clock.now())
    return _saved(insight, origin)


def delete_insight(journal: Journal, insight_id: UUID, *, origin: str = "") -> Changes:
    """Move an insight to Recently deleted. Practices that came from it stay.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (insights, _threads):
        insights.delete(insight_id, journal.clock.now())
    return _changes(insight_id, origin, deleted=True)


def restore_insight(journal: Journal, insight_id: UUID, *, origin: str = "") -> SavedInsight:
    """Take an insight back from Recently deleted; it hangs where it did.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (insights, _threads):
        insight = insights.undelete(insight_id)
    return SavedInsight(insight, _changes(insight_id, origin, deleted=True))


def deleted_insights(journal: Journal) -> tuple[Insight | Unreadable, ...]:
    """Insights that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return InsightReader(session).deleted()


def purge_insight(journal: Journal, insight_id: UUID, *, origin: str = "") -> Changes:
    """Delete an insight for good, a damaged one too. Practices that came from it stay.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.INSIGHT, insight_id)
    return _changes(insight_id, origin, deleted=True)


def _quote(body: str, selected: Selection) -> str:
    if isinstance(selected, str):
        quote = selected
    else:
        start, end = selected
        quote = body[start:end] if 0 <= start < end <= len(body) else ""
    if not quote.strip():
        raise WrongUsage(reason=_("Select the words first that the thought comes from."))
    if quote not in body:
        raise WrongUsage(reason=_("These words are not in the entry as it is saved. Nothing was changed."))
    return quote


def _ref(course: int | None, number: int | None) -> SessionRef | None:
    return None if course is None or number is None else SessionRef(course, number)


def _hang(threads: ThreadWriter, thread_id: UUID | None, station: Station, item_id: UUID) -> None:
    if thread_id is not None:
        threads.link(Link(thread_id, station, item_id))


@contextmanager
def _writing(journal: Journal) -> Iterator[tuple[InsightWriter, ThreadWriter]]:
    database = journal.vault.database
    with database.write() as connection:
        yield InsightWriter(connection, database.sealer), ThreadWriter(connection, database.sealer)


def _saved(insight: Insight, origin: str) -> SavedInsight:
    return SavedInsight(insight, _changes(insight.id, origin))


def _changes(insight_id: UUID, origin: str, *, deleted: bool = False) -> Changes:
    areas = {"insights", "threads", "recently deleted"} if deleted else {"insights", "threads"}
    return Changes(frozenset(areas), frozenset({insight_id}), origin)
