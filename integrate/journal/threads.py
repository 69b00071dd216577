"""Threads: what was hoped for, met, seen and changed, with where each of them came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.moments import Moment
from integrate.domain.sessions import Line, Session
from integrate.domain.threads import Insight, Link, Station, Thread, ThreadState
from integrate.journal.opening import Journal
from integrate.journal.practices import PracticeView, local_today, view_of
from integrate.storage.insights import InsightReader
from integrate.storage.practices import PracticeReader
from integrate.storage.purging import Kind, purge
from integrate.storage.threads import ThreadReader, ThreadWriter

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread with everything that hangs on it, as a page shows it.

    What is in Recently deleted, or belongs to a session there, is left out until it is taken back. What is damaged is
    named in its place. ``sessions`` are those that its intentions and moments belong to. With ``unreadable_links``
    something hangs on it that nobody can tell any more.
    """

    thread: Thread
    intentions: tuple[Line | Unreadable, ...] = ()
    moments: tuple[Moment | Unreadable, ...] = ()
    insights: tuple[Insight | Unreadable, ...] = ()
    practices: tuple[PracticeView | Unreadable, ...] = ()
    sessions: tuple[Session, ...] = ()
    unreadable_links: bool = False

    def session_of(self, item: Line | Moment) -> Session | None:
        """The session of an intention or a moment; None where its record is damaged."""
        return next((session for session in self.sessions if session.id == item.session_id), None)


@dataclass(frozen=True, slots=True)
class SavedThread:
    """A thread as it was saved."""

    thread: Thread
    changes: Changes


def list_threads(
    journal: Journal, state: ThreadState | None = None, today: date | None = None
) -> tuple[ThreadView | Unreadable, ...]:
    """Threads with what hangs on them, those of the latest session first: in one state, or all that are not deleted.

    A damaged one is named by its id, last. ``today`` is the local day its practices are looked at; None asks the clock.
    """
    day = today or local_today(journal)
    with journal.vault.database.read() as session:
        reader = ThreadReader(session)
        threads, links = reader.list(state), reader.links()
        wanted = [link for one in threads if isinstance(one, Thread) for link in links.get(one.id, ())]
        items = _items(reader, InsightReader(session), PracticeReader(session, day), wanted, day)
    found = [items.view(one, links.get(one.id, ())) for one in threads if isinstance(one, Thread)]
    found.sort(key=_newest_first, reverse=True)
    return (*found, *(one for one in threads if isinstance(one, Unreadable)))


def get_thread(journal: Journal, thread_id: UUID, today: date | None = None) -> ThreadView:
    """One thread with what hangs on it, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    day = today or local_today(journal)
    with journal.vault.database.read() as session:
        reader = ThreadReader(session)
        thread, links = reader.get(thread_id), reader.links(thread_id).get(thread_id, ())
        items = _items(reader, InsightReader(session), PracticeReader(session, day), links, day)
    return items.view(thread, links)


def threads_with(journal: Journal, item_id: UUID) -> tuple[Thread, ...]:
    """The threads on which a line, a moment, an insight or a practice hangs, the newest first."""
    with journal.vault.database.read() as session:
        return ThreadReader(session).with_item(item_id)


def begin_thread(
    journal: Journal, name: str = "", links: Iterable[tuple[Station, UUID]] = (), *, origin: str = ""
) -> SavedThread:
    """Begin a thread, with what hangs on it from the start. Its name may be empty. Durable when this returns.

    Raises:
        WrongUsage: the name is not one line, or one of the things is not there.
        RecordDamaged: one of them is damaged. What any write raises.
    """
    with _writing(journal) as writer:
        thread = writer.add(name.strip(), journal.clock.now())
        for station, item_id in links:
            writer.link(Link(thread.id, station, item_id))
    return _saved(thread, origin)


def change_thread(
    journal: Journal, thread_id: UUID, *, name: str | None = None, state: ThreadState | None = None, origin: str = ""
) -> SavedThread:
    """Give a thread another name, let it rest, close it, or open it again; what is not given stays.

    Raises:
        WrongUsage: there is none, or the name is not one line.
        RecordDamaged: it is not written over. What any write raises.
    """
    with _writing(journal) as writer:
        was = writer.get(thread_id)
        changed = replace(
            was, name=was.name if name is None else name.strip(), state=was.state if state is None else state
        )
        thread = was if changed == was else writer.save(changed, journal.clock.now())
    return _saved(thread, origin)


def link_item(journal: Journal, thread_id: UUID, station: Station, item_id: UUID, *, origin: str = "") -> Changes:
    """Hang a thing on a thread. One that hangs there already stays where it is.

    Raises:
        WrongUsage: there is no such thread, or no such thing for this station.
        RecordDamaged: one of them is damaged. What any write raises.
    """
    with _writing(journal) as writer:
        writer.link(Link(thread_id, station, item_id))
    return _changes(origin, thread_id, item_id)


def unlink_item(journal: Journal, thread_id: UUID, station: Station, item_id: UUID, *, origin: str = "") -> Changes:
    """Take a thing from a thread; the thing itself stays. One that does not hang there is no trouble."""
    with _writing(journal) as writer:
        writer.unlink(Link(thread_id, station, item_id))
    return _changes(origin, thread_id, item_id)


def delete_thread(journal: Journal, thread_id: UUID, *, origin: str = "") -> Changes:
    """Move a thread to Recently deleted. What hangs on it stays where it is.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        writer.delete(thread_id, journal.clock.now())
    return _changes(origin, thread_id, deleted=True)


def restore_thread(journal: Journal, thread_id: UUID, *, origin: str = "") -> SavedThread:
    """Take a thread back from Recently deleted, with what hangs on it.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        thread = writer.undelete(thread_id)
    return SavedThread(thread, _changes(origin, thread_id, deleted=True))


def deleted_threads(journal: Journal) -> tuple[Thread | Unreadable, ...]:
    """Threads that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return ThreadReader(session).deleted()


def purge_thread(journal: Journal, thread_id: UUID, *, origin: str = "") -> Changes:
    """Delete a thread for good, a damaged one too. What hung on it stays.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.THREAD, thread_id)
    return _changes(origin, thread_id, deleted=True)


@dataclass(frozen=True, slots=True)
class _Items:
    """What hangs on threads, by its id, read at once."""

    lines: Mapping[UUID, Line | Unreadable]
    moments: Mapping[UUID, Moment | Unreadable]
    insights: Mapping[UUID, Insight | Unreadable]
    practices: Mapping[UUID, PracticeView | Unreadable]
    sessions: Mapping[UUID, Session | Unreadable]

    def view(self, thread: Thread, hung: Iterable[Link | Unreadable]) -> ThreadView:
        links = tuple(hung)
        known = [link for link in links if isinstance(link, Link)]
        lines = _at(known, Station.INTENTION, self.lines)
        moments = _at(known, Station.MET, self.moments)
        owners = dict.fromkeys(one.session_id for one in (*lines, *moments) if not isinstance(one, Unreadable))
        sessions = {owner: self.sessions.get(owner) for owner in owners}
        gone = {owner for owner, one in sessions.items() if isinstance(one, Session) and one.deleted is not None}
        return ThreadView(
            thread,
            intentions=tuple(one for one in lines if isinstance(one, Unreadable) or one.session_id not in gone),
            moments=tuple(one for one in moments if isinstance(one, Unreadable) or one.session_id not in gone),
            insights=_at(known, Station.INSIGHT, self.insights),
            practices=_at(known, Station.PRACTICE, self.practices),
            sessions=tuple(
                one for owner, one in sessions.items() if isinstance(one, Session) and owner not in gone
            ),
            unreadable_links=len(known) < len(links),
        )  # fmt: skip


def _items(
    threads: ThreadReader, insights: InsightReader, practices: PracticeReader, links: Iterable[Link | Unreadable],
    today: date,
) -> _Items:  # fmt: skip
    ids: dict[Station, list[UUID]] = {station: [] for station in Station}
    for link in links:
        if isinstance(link, Link):
            ids[link.station].append(link.item_id)
    lines, moments = threads.lines(ids[Station.INTENTION]), threads.moments(ids[Station.MET])
    owners = [one.session_id for one in (*lines.values(), *moments.values()) if not isinstance(one, Unreadable)]
    followed = practices.by_ids(ids[Station.PRACTICE])
    return _Items(
        lines,
        moments,
        insights.by_ids(ids[Station.INSIGHT]),
        {practice_id: view_of(one, today) for practice_id, one in followed.items()},
        threads.sessions(owners),
    )


def _at(links: Iterable[Link], station: Station, items: Mapping[UUID, Item]) -> tuple[Item, ...]:
    hung = (items.get(link.item_id) for link in links if link.station is station)
    return tuple(one for one in hung if one is not None)


def _newest_first(view: ThreadView) -> tuple[date, datetime]:
    """By the day of its latest session; one without any by the day it was begun."""
    days = [session.day for session in view.sessions if session.day is not None]
    return max(days, default=view.thread.created.date()), view.thread.created


@contextmanager
def _writing(journal: Journal) -> Iterator[ThreadWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield ThreadWriter(connection, database.sealer)


def _saved(thread: Thread, origin: str) -> SavedThread:
    return SavedThread(thread, _changes(origin, thread.id))


def _changes(origin: str, *ids: UUID, deleted: bool = False) -> Changes:
    areas = {"threads", "recently deleted"} if deleted else {"threads"}
    return Changes(frozenset(areas), frozenset(ids), origin)
