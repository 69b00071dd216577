"""Deleting for good: what had its thirty days, and what somebody does not want to wait for.

What is gone takes with it what belongs to it (the lines, moments and side effects of a session), the ways of threads to
it, and the words an insight had quoted from it. Entries of a session stay: they are a person's writing, not a part of
it. A measure leaves its definitions for as long as a check-in answers it. The ledger of shared files keeps its lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, delete, select

from integrate.domain.times import to_microseconds
from integrate.errors import EntryMissing
from integrate.storage.bases import table_of
from integrate.storage.course_tables import (
    InsightRow,
    LetterRow,
    MomentRow,
    PracticeRow,
    SessionLineRow,
    SessionRow,
    ThreadRow,
)
from integrate.storage.database import Database
from integrate.storage.entries import EntryWriter
from integrate.storage.insights import forget_sources
from integrate.storage.measures import drop_unused_definitions
from integrate.storage.mood_tables import CheckInRow, LogRow, MeasureRow, ResponseRow
from integrate.storage.responses import drop_unused_texts
from integrate.storage.sealed_rows import SealedWriter, not_there
from integrate.storage.sharing_tables import RecipientRow
from integrate.storage.tables import EntryRow
from integrate.storage.threads import drop_links, in_batches, is_id


class Kind(StrEnum):
    """What can be deleted. Its value is also the name of the area that changes."""

    ENTRY = "entries"
    SESSION = "sessions"
    LINE = "lines"
    MOMENT = "moments"
    LETTER = "letters"
    THREAD = "threads"
    INSIGHT = "insights"
    PRACTICE = "practices"
    RESPONSE = "responses"
    LOG = "logs"
    CHECK_IN = "check-ins"
    MEASURE = "measures"
    RECIPIENT = "recipients"


_MODELS: Final[Mapping[Kind, type[Any]]] = MappingProxyType(
    {
        Kind.ENTRY: EntryRow, Kind.SESSION: SessionRow, Kind.LINE: SessionLineRow, Kind.MOMENT: MomentRow,
        Kind.LETTER: LetterRow, Kind.THREAD: ThreadRow, Kind.INSIGHT: InsightRow, Kind.PRACTICE: PracticeRow,
        Kind.RESPONSE: ResponseRow, Kind.LOG: LogRow, Kind.CHECK_IN: CheckInRow, Kind.MEASURE: MeasureRow,
        Kind.RECIPIENT: RecipientRow,
    }
)  # fmt: skip
_PARTS: Final = (SessionLineRow, MomentRow, LetterRow)  # of a session, and gone with it


class Purge:
    """Deleting for good inside one write transaction; :meth:`finish` comes last."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._connection = connection
        self._sealer = database.sealer
        self._entries = EntryWriter(connection, database.sealer)
        self._gone: set[bytes] = set()

    def remove(self, kind: Kind, row_id: UUID) -> bool:
        """Remove one thing with everything that belongs to it, a damaged one too; False where there is none."""
        table = table_of(_MODELS[kind])
        pk = self._connection.execute(select(table.c.pk).where(table.c.id == row_id.bytes)).scalar_one_or_none()
        if pk is None:
            return False
        self._gone.add(row_id.bytes)
        if kind is Kind.ENTRY:
            self._entries.purge(row_id)
            return True
        if kind is Kind.SESSION:
            for part in map(table_of, _PARTS):
                self._gone.update(self._connection.scalars(select(part.c.id).where(part.c.session_pk == pk)))
            self._connection.execute(delete(LogRow).where(LogRow.session_id == row_id.bytes))
        self._connection.execute(delete(table).where(table.c.pk == pk))
        if kind is Kind.RESPONSE:
            drop_unused_texts(self._connection)
        return True

    def finish(self) -> None:
        """Nothing refers to what is gone any more, and nothing quotes it."""
        gone = [UUID(bytes=one) for one in self._gone if is_id(one)]
        drop_links(self._connection, gone)
        drop_unused_definitions(self._connection)
        forget_sources(self._connection, self._sealer, entry_ids=gone, moment_ids=gone)
        rows = SealedWriter(self._connection, self._sealer)
        for some in in_batches(gone):
            for row in rows.session.scalars(select(PracticeRow).where(PracticeRow.insight_id.in_(some))).all():
                if row.intact:  # a damaged one stays damaged, and shows nothing of where it came from
                    rows.change(row, insight_id=None)


def purge(database: Database, kind: Kind, row_id: UUID) -> None:
    """Remove one thing for good; durable when this returns.

    Raises:
        EntryMissing, WrongUsage: there is none. What any write raises.
    """
    with database.write() as connection:
        removing = Purge(database, connection)
        if not removing.remove(kind, row_id):
            raise EntryMissing if kind is Kind.ENTRY else not_there()
        removing.finish()


def purge_deleted_before(database: Database, limit: datetime) -> Mapping[Kind, tuple[UUID, ...]]:
    """Remove for good what was deleted before ``limit``: the ids by kind. Writes only when there is something."""
    expired: dict[Kind, tuple[UUID, ...]] = {}
    with database.read() as session:
        for kind, model in _MODELS.items():
            table = table_of(model)
            due = (table.c.deleted_us.is_not(None), table.c.deleted_us < to_microseconds(limit))
            found = session.scalars(select(table.c.id).where(*due).order_by(table.c.deleted_us)).all()
            ids = tuple(UUID(bytes=one) for one in found if is_id(one))
            if ids:
                expired[kind] = ids
    if expired:
        with database.write() as connection:
            removing = Purge(database, connection)
            for kind, ids in expired.items():
                for row_id in ids:
                    removing.remove(kind, row_id)  # what belonged to a session is gone with it already
            removing.finish()
    return expired
