"""Moments of sessions in the database, and which touch-points of a session are settled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.entry import Unreadable
from integrate.domain.moments import By, Mark, Moment, MomentKind, Strength
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.storage.bases import seal_row, table_of
from integrate.storage.course_tables import MomentRow, SessionRow, TouchPointRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, read_row, unreadable, value_of
from integrate.storage.seals import Sealer

_LIVE = MomentRow.deleted_us.is_(None)
_ID_LENGTH = 16


class TouchAnswer(StrEnum):
    """What became of a touch-point: looked at, or "not now", which is final."""

    DONE = "done"
    NOT_NOW = "not-now"


class MomentReader:
    """Moments as one session of the database sees them."""

    def __init__(self, session: OrmSession) -> None:
        self._session = session

    def list(self, session_id: UUID, limit: int | None = None) -> tuple[Moment | Unreadable, ...]:
        """The first ``limit`` moments of one session in the order of their time, without those deleted; None is all.

        A damaged one counts as one, and no other session's is read.

        Raises:
            WrongUsage: there is no such session.
            RecordDamaged: the session itself is damaged.
        """
        session = find_row(self._session, SessionRow, session_id)
        rows = self._session.scalars(
            select(MomentRow)
            .where(MomentRow.session_pk == session.pk, _LIVE)
            .order_by(MomentRow.at_us, MomentRow.pk)
            .limit(limit)
        )  # fmt: skip
        return tuple(
            read_row(row, to_moment) if row.session_id == session.id else unreadable(row) for row in rows
        )  # fmt: skip

    def count(self, session_id: UUID) -> int:
        """How many moments of a session :meth:`list` has in all; none of them is unsealed for it.

        Raises:
            WrongUsage, RecordDamaged: as :meth:`list`.
        """
        session = find_row(self._session, SessionRow, session_id)
        counted = select(func.count()).select_from(MomentRow).where(MomentRow.session_pk == session.pk, _LIVE)
        return self._session.scalar(counted) or 0

    def deleted(self) -> tuple[Moment | Unreadable, ...]:
        """Moments in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(MomentRow).where(~_LIVE).order_by(MomentRow.deleted_us.desc(), MomentRow.pk.desc())
        )
        return tuple(read_row(row, to_moment) for row in rows)

    def get(self, moment_id: UUID) -> Moment:
        """One moment, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, MomentRow, moment_id), to_moment)

    def settled(self, session_id: UUID) -> frozenset[int]:
        """The days of the touch-points of a session that were answered or declined.

        One whose row is damaged counts as far as it has a day: nothing is offered twice.

        Raises:
            WrongUsage, RecordDamaged: as :meth:`list`.
        """
        session = find_row(self._session, SessionRow, session_id)
        found = select(TouchPointRow.day).where(TouchPointRow.session_pk == session.pk)
        days: Sequence[object] = self._session.scalars(found).all()
        return frozenset(day for day in days if isinstance(day, int))


class MomentWriter:
    """Changes to moments and touch-points inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer
        self._rows = SealedWriter(connection, sealer)

    @property
    def reader(self) -> MomentReader:
        """Moments as they are inside the transaction."""
        return MomentReader(self._rows.session)

    def add(
        self,
        session_id: UUID,
        mark: Mark,
        now: datetime,
        *,
        moment_id: UUID | None = None,
        in_room: bool = False,
        after_restart: bool = False,
        never_share: bool = False,
    ) -> Moment:
        """A new moment of a session. ``moment_id`` is one that was given before, such as in the session room.

        Raises:
            WrongUsage: there is no such session.
            RecordDamaged: the session is damaged.
        """
        session = find_row(self._rows.session, SessionRow, session_id)
        moment = Moment(moment_id or new_id(now), session_id, mark, now, in_room, after_restart, never_share)
        columns = _columns(mark) | {
            "id": moment.id.bytes, "session_pk": session.pk, "session_id": session_id.bytes, "in_room": in_room,
            "after_restart": after_restart, "never_share": never_share, "created_us": to_microseconds(now),
            "deleted_us": None,
        }  # fmt: skip
        self._rows.add(MomentRow, columns)
        return moment

    def has(self, moment_id: UUID) -> bool:
        """Whether there is a moment with this id, damaged and deleted ones too."""
        found = self._rows.session.scalar(select(MomentRow.pk).where(MomentRow.id == moment_id.bytes))
        return found is not None

    def save(self, moment_id: UUID, mark: Mark, *, never_share: bool) -> Moment:
        """Write a moment again.

        Raises:
            WrongUsage: there is none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        self._rows.change(self._row(moment_id), **_columns(mark), never_share=never_share)
        return self.reader.get(moment_id)

    def delete(self, moment_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = self._row(moment_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, moment_id: UUID) -> Moment:
        """Take back from Recently deleted."""
        row = self._row(moment_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.reader.get(moment_id)

    def settle(self, session_id: UUID, day: int, answer: TouchAnswer, now: datetime) -> bool:
        """Keep the answer to a touch-point; whether there was none before. The first one stays: "not now" is final.

        Raises:
            WrongUsage, RecordDamaged: there is no such session, or it is damaged.
        """
        session = find_row(self._rows.session, SessionRow, session_id)
        row_id = hashlib.sha256(session_id.bytes + day.to_bytes(2, "big")).digest()[:_ID_LENGTH]
        row = self._rows.session.scalars(select(TouchPointRow).where(TouchPointRow.id == row_id)).one_or_none()
        if row is not None and row.intact:
            return False
        columns = {
            "id": row_id, "rev": 1, "session_pk": session.pk, "session_id": session_id.bytes, "day": day,
            "answer": str(answer), "answered_us": to_microseconds(now),
        }  # fmt: skip
        sealed = seal_row(self._sealer, TouchPointRow, columns, 1)
        table = table_of(TouchPointRow)
        if row is None:
            self._connection.execute(insert(table), sealed)
        else:
            self._connection.execute(update(table).where(table.c.pk == row.pk), sealed)
        return True

    def _row(self, moment_id: UUID) -> MomentRow:
        return find_row(self._rows.session, MomentRow, moment_id)


def to_moment(row: MomentRow) -> Moment:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    mark = Mark(
        kind=MomentKind(row.kind),
        at=ZonedTime(from_microseconds(row.at_us), row.zone),
        by=By(row.marked_by),
        words=row.words,
        pulse=row.pulse,
        systolic=row.systolic,
        diastolic=row.diastolic,
        effect=row.effect,
        strength=None if row.strength is None else Strength(row.strength),
    )
    return Moment(
        id=UUID(bytes=row.id),
        session_id=UUID(bytes=row.session_id),
        mark=mark,
        created=from_microseconds(row.created_us),
        in_room=row.in_room,
        after_restart=row.after_restart,
        never_share=row.never_share,
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _columns(mark: Mark) -> dict[str, Any]:
    return {
        "kind": str(mark.kind),
        "at_us": to_microseconds(mark.at.instant),
        "zone": mark.at.zone,
        "marked_by": str(mark.by),
        "words": mark.words,
        "pulse": mark.pulse,
        "systolic": mark.systolic,
        "diastolic": mark.diastolic,
        "effect": mark.effect,
        "strength": mark.strength and str(mark.strength),
    }
