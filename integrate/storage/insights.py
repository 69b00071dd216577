"""Insights in the database, with the words they came from.

An insight outlives the entry or moment it came from: then :func:`forget_sources` leaves only what the person wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.threads import Insight, Source
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.errors import EntryMissing
from integrate.storage.course_tables import InsightRow, MomentRow, SessionRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, damaged, find_row, read_row, value_of
from integrate.storage.seals import Sealer
from integrate.storage.tables import EntryRow, EntryTextRow
from integrate.storage.threads import drop_links, in_batches

_LIVE: Final = InsightRow.deleted_us.is_(None)


class InsightReader:
    """Insights as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self, about: SessionRef | None = None) -> tuple[Insight | Unreadable, ...]:
        """Insights that are not deleted, the newest first: those about a session, or all.

        A damaged one is named with all of them, and with those of the session its record speaks of.
        """
        statement = select(InsightRow).where(_LIVE).order_by(InsightRow.written_us.desc(), InsightRow.pk.desc())
        if about is not None:
            statement = statement.where(InsightRow.course == about.course, InsightRow.session == about.number)
        return tuple(read_row(row, to_insight) for row in self._session.scalars(statement))

    def deleted(self) -> tuple[Insight | Unreadable, ...]:
        """Insights in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(InsightRow).where(~_LIVE).order_by(InsightRow.deleted_us.desc(), InsightRow.pk.desc())
        )
        return tuple(read_row(row, to_insight) for row in rows)

    def get(self, insight_id: UUID) -> Insight:
        """One insight, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, InsightRow, insight_id), to_insight)

    def by_ids(self, ids: Iterable[UUID]) -> dict[UUID, Insight | Unreadable]:
        """Those of ``ids`` that are there and not deleted."""
        found: dict[UUID, Insight | Unreadable] = {}
        for some in in_batches(ids):
            rows = self._session.scalars(select(InsightRow).where(_LIVE, InsightRow.id.in_(some)))
            found |= {UUID(bytes=row.id): read_row(row, to_insight) for row in rows}
        return found


class InsightWriter:
    """Changes to insights inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)

    def add(
        self, text: str, now: datetime, *, session: SessionRef | None = None, source: Source | None = None,
        never_share: bool = False,
    ) -> Insight:  # fmt: skip
        """A new insight.

        Raises:
            WrongUsage: it is empty.
        """
        insight = Insight(new_id(now), text, session, source or Source(), now, never_share)
        came_from = insight.source
        self._rows.add(InsightRow, {
            "id": insight.id.bytes, "text": text, "course": session and session.course,
            "session": session and session.number, "quote": came_from.quote,
            "entry_id": came_from.entry_id and came_from.entry_id.bytes, "entry_rev": came_from.revision,
            "moment_id": came_from.moment_id and came_from.moment_id.bytes, "written_us": to_microseconds(now),
            "never_share": never_share, "updated_us": to_microseconds(now), "deleted_us": None,
        })  # fmt: skip
        return insight

    def entry(self, entry_id: UUID) -> tuple[EntryRow, str]:
        """An intact entry and its body, inside the transaction: whatever is made from it belongs to this state of it.

        Raises:
            EntryMissing, RecordDamaged.
        """
        session = self._rows.session
        row = session.scalars(select(EntryRow).where(EntryRow.id == entry_id.bytes)).one_or_none()
        if row is None:
            raise EntryMissing
        text = session.get(EntryTextRow, row.pk)
        if not row.intact or text is None or not text.intact or (text.id, text.rev) != (row.id, row.rev):
            raise damaged(EntryRow)
        return row, text.body

    def moment(self, moment_id: UUID) -> tuple[MomentRow, SessionRef | None]:
        """An intact moment inside the transaction, and its session as far as that can be read.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        row = find_row(self._rows.session, MomentRow, moment_id)
        owner = self._rows.session.get(SessionRow, row.session_pk)
        known = owner is not None and owner.intact and owner.id == row.session_id
        return row, SessionRef(owner.course, owner.number) if owner is not None and known else None

    def save(self, insight_id: UUID, text: str, now: datetime) -> Insight:
        """Write the words of an insight again; where it came from stays.

        Raises:
            WrongUsage: there is none, or it would be empty.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        changed = replace(self.get(insight_id), text=text)
        self._rows.change(self._row(insight_id), text=changed.text, updated_us=to_microseconds(now))
        return self.get(insight_id)

    def get(self, insight_id: UUID) -> Insight:
        """One insight as it is inside the transaction.

        Raises:
            WrongUsage, RecordDamaged.
        """
        return InsightReader(self._rows.session).get(insight_id)

    def delete(self, insight_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = self._row(insight_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, insight_id: UUID) -> Insight:
        """Take back from Recently deleted."""
        row = self._row(insight_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.get(insight_id)

    def _row(self, insight_id: UUID) -> InsightRow:
        return find_row(self._rows.session, InsightRow, insight_id)


def forget_sources(
    connection: Connection, sealer: Sealer, *, entry_ids: Iterable[UUID] = (), moment_ids: Iterable[UUID] = ()
) -> None:
    """Leave only the person's own words of every insight that came from these entries and moments.

    To be called in the transaction that removes them for good. Deleted insights and damaged ones are emptied as well;
    a damaged one stays damaged.
    """
    moments = tuple(moment_ids)
    drop_links(connection, moments)
    rows = SealedWriter(connection, sealer)
    for column, ids in ((InsightRow.entry_id, entry_ids), (InsightRow.moment_id, moments)):
        for some in in_batches(ids):
            for row in rows.session.scalars(select(InsightRow).where(column.in_(some))).all():
                if row.intact:
                    rows.change(row, quote="", entry_id=None, entry_rev=None, moment_id=None)
                else:
                    emptied = update(InsightRow).where(InsightRow.pk == row.pk)
                    connection.execute(emptied.values(quote="", entry_id=None, entry_rev=None, moment_id=None))


def to_insight(row: InsightRow) -> Insight:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    about = None if row.course is None or row.session is None else SessionRef(row.course, row.session)
    source = Source(
        quote=row.quote,
        entry_id=None if row.entry_id is None else UUID(bytes=row.entry_id),
        revision=row.entry_rev,
        moment_id=None if row.moment_id is None else UUID(bytes=row.moment_id),
    )
    return Insight(
        id=UUID(bytes=row.id),
        text=row.text,
        session=about,
        source=source,
        written=from_microseconds(row.written_us),
        never_share=row.never_share,
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )
