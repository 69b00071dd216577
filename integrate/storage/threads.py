"""Threads in the database, and which things hang on them.

A link names a thing by its id alone. Once the thing is gone for good its links go too (:func:`drop_links`), and while
it is in Recently deleted the thread does not show it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, select, true
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.entry import Unreadable
from integrate.domain.moments import Moment
from integrate.domain.sessions import Line, Session
from integrate.domain.threads import Link, Station, Thread, ThreadState
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.storage.course_tables import (
    InsightRow,
    MomentRow,
    PracticeRow,
    SessionLineRow,
    SessionRow,
    ThreadLinkRow,
    ThreadRow,
)
from integrate.storage.moments import to_moment
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, read_row, unreadable, value_of
from integrate.storage.seals import Sealer
from integrate.storage.session_lines import to_line
from integrate.storage.sessions import to_session

Value = TypeVar("Value")

_AT_STATION: Final = MappingProxyType(
    {
        Station.INTENTION: SessionLineRow,
        Station.MET: MomentRow,
        Station.INSIGHT: InsightRow,
        Station.PRACTICE: PracticeRow,
    }
)
_LIVE: Final = ThreadRow.deleted_us.is_(None)
_FEW: Final = 500  # values bound in one statement
_ID_LENGTH: Final = 16


class ThreadReader:
    """Threads as one session of the database sees them."""

    def __init__(self, session: OrmSession) -> None:
        self._session = session

    def list(self, state: ThreadState | None = None) -> tuple[Thread | Unreadable, ...]:
        """Threads that are not deleted, the newest first: those in ``state``, or all.

        A damaged one is named whatever state is asked for.
        """
        rows = self._session.scalars(select(ThreadRow).where(_LIVE).order_by(ThreadRow.pk.desc()))
        return tuple(
            read_row(row, to_thread) for row in rows if state is None or not row.intact or row.state == str(state)
        )  # fmt: skip

    def deleted(self) -> tuple[Thread | Unreadable, ...]:
        """Threads in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(ThreadRow).where(~_LIVE).order_by(ThreadRow.deleted_us.desc(), ThreadRow.pk.desc())
        )
        return tuple(read_row(row, to_thread) for row in rows)

    def get(self, thread_id: UUID) -> Thread:
        """One thread, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, ThreadRow, thread_id), to_thread)

    def links(self, thread_id: UUID | None = None) -> dict[UUID, tuple[Link | Unreadable, ...]]:
        """What hangs on each thread, or on one, in the order it was put there; a damaged link says only that it is."""
        statement = select(ThreadLinkRow, ThreadRow.id).join(ThreadRow, ThreadRow.pk == ThreadLinkRow.thread_pk)
        if thread_id is not None:
            statement = statement.where(ThreadRow.id == thread_id.bytes)
        found: dict[bytes, list[Link | Unreadable]] = {}
        for row, owner in self._session.execute(statement.order_by(ThreadLinkRow.pk)):
            # The key leads to the thread, the sealed id says whether it is the right one.
            link = read_row(row, to_link) if row.thread_id == owner else unreadable(row)
            found.setdefault(owner, []).append(link)
        return {UUID(bytes=owner): tuple(links) for owner, links in found.items() if is_id(owner)}

    def with_item(self, item_id: UUID) -> tuple[Thread, ...]:
        """The threads, not deleted, on which a thing hangs; links and threads that are damaged are left out."""
        statement = select(ThreadRow, ThreadLinkRow).join(ThreadLinkRow, ThreadRow.pk == ThreadLinkRow.thread_pk)
        found = self._session.execute(
            statement.where(_LIVE, ThreadLinkRow.item_id == item_id.bytes).order_by(ThreadRow.pk.desc())
        )
        threads = (read_row(row, to_thread) for row, link in found if link.intact and link.thread_id == row.id)
        return tuple(dict.fromkeys(thread for thread in threads if isinstance(thread, Thread)))

    def lines(self, ids: Iterable[UUID]) -> dict[UUID, Line | Unreadable]:
        """Those of these lines of sessions that are there and not removed."""
        return self._by_ids(SessionLineRow, to_line, ids, SessionLineRow.deleted_us.is_(None))

    def moments(self, ids: Iterable[UUID]) -> dict[UUID, Moment | Unreadable]:
        """Those of these moments that are there and not deleted."""
        return self._by_ids(MomentRow, to_moment, ids, MomentRow.deleted_us.is_(None))

    def sessions(self, ids: Iterable[UUID]) -> dict[UUID, Session | Unreadable]:
        """Those of these sessions that are there, deleted ones too."""
        return self._by_ids(SessionRow, to_session, ids, true())

    def _by_ids(
        self, model: type[Any], convert: Callable[[Any], Value], ids: Iterable[UUID], which: ColumnElement[bool]
    ) -> dict[UUID, Value | Unreadable]:
        found: dict[UUID, Value | Unreadable] = {}
        for some in in_batches(ids):
            rows = self._session.scalars(select(model).where(which, model.id.in_(some)))
            found |= {UUID(bytes=row.id): read_row(row, convert) for row in rows}
        return found


class ThreadWriter:
    """Changes to threads inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._rows = SealedWriter(connection, sealer)

    def add(self, name: str, now: datetime) -> Thread:
        """A new thread, open.

        Raises:
            WrongUsage: the name is not one line.
        """
        thread = Thread(new_id(now), name, ThreadState.OPEN, now)
        self._rows.add(ThreadRow, _columns(thread) | {"id": thread.id.bytes, "created_us": to_microseconds(now),
            "updated_us": to_microseconds(now), "deleted_us": None})  # fmt: skip
        return thread

    def save(self, thread: Thread, now: datetime) -> Thread:
        """Write name and state of a thread again.

        Raises:
            WrongUsage: there is none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        self._rows.change(self._row(thread.id), **_columns(thread), updated_us=to_microseconds(now))
        return self.get(thread.id)

    def get(self, thread_id: UUID) -> Thread:
        """One thread as it is inside the transaction.

        Raises:
            WrongUsage, RecordDamaged.
        """
        return ThreadReader(self._rows.session).get(thread_id)

    def link(self, link: Link) -> None:
        """Hang a thing on a thread; one that hangs there already stays where it is.

        Raises:
            WrongUsage: there is no such thread, or no such thing for this station.
            RecordDamaged: one of them is damaged.
        """
        owner = self._row(link.thread_id)
        model: type[Any] = _AT_STATION[link.station]
        find_row(self._rows.session, model, link.item_id)
        there = self._rows.session.scalars(select(ThreadLinkRow).where(ThreadLinkRow.id == link_id(link)))
        for row in there:
            if row.intact and row.thread_pk == owner.pk:
                return
            self._connection.execute(delete(ThreadLinkRow).where(ThreadLinkRow.pk == row.pk))
        self._rows.add(
            ThreadLinkRow,
            {
                "id": link_id(link), "thread_pk": owner.pk, "thread_id": link.thread_id.bytes,
                "station": str(link.station), "item_id": link.item_id.bytes,
            },
        )  # fmt: skip

    def unlink(self, link: Link) -> None:
        """Take a thing from a thread; one that does not hang there is no trouble."""
        self._connection.execute(delete(ThreadLinkRow).where(ThreadLinkRow.id == link_id(link)))

    def delete(self, thread_id: UUID, now: datetime) -> None:
        """Move to Recently deleted. What hangs on it stays."""
        row = self._row(thread_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, thread_id: UUID) -> Thread:
        """Take back from Recently deleted."""
        row = self._row(thread_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.get(thread_id)

    def _row(self, thread_id: UUID) -> ThreadRow:
        return find_row(self._rows.session, ThreadRow, thread_id)


def drop_links(connection: Connection, item_ids: Iterable[UUID]) -> None:
    """Take things that are gone for good from every thread."""
    for ids in in_batches(item_ids):
        connection.execute(delete(ThreadLinkRow).where(ThreadLinkRow.item_id.in_(ids)))


def is_id(found: object) -> bool:
    """Whether it is an id: damage can leave something else in its place."""
    return isinstance(found, bytes) and len(found) == _ID_LENGTH


def link_id(link: Link) -> bytes:
    """The 16 bytes a link is known by: they follow from thread, station and thing, so that each is there once."""
    name = link.thread_id.bytes + link.station.encode("ascii") + link.item_id.bytes
    return hashlib.sha256(name).digest()[:_ID_LENGTH]


def in_batches(ids: Iterable[UUID]) -> Iterator[list[bytes]]:
    """``ids`` as a database has them, each once, as many at a time as one statement takes."""
    keys = list(dict.fromkeys(one.bytes for one in ids))
    for start in range(0, len(keys), _FEW):
        yield keys[start : start + _FEW]


def to_thread(row: ThreadRow) -> Thread:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    return Thread(
        id=UUID(bytes=row.id),
        name=row.name,
        state=ThreadState(row.state),
        created=from_microseconds(row.created_us),
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def to_link(row: ThreadLinkRow) -> Link:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError: it holds what this program does not know.
    """
    return Link(UUID(bytes=row.thread_id), Station(row.station), UUID(bytes=row.item_id))


def _columns(thread: Thread) -> dict[str, Any]:
    return {"name": thread.name, "state": str(thread.state)}
