"""Practices in the database, and what was said of them.

A reply is known by practice, day and what it answers, so that each question has one answer a day: a later one takes its
place. Nothing here counts replies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from integrate.domain.entry import Unreadable
from integrate.domain.practices import Cadence, CadenceKind, PracticeState, Reply, Said
from integrate.domain.threads import Practice
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.storage.course_tables import InsightRow, PracticeReplyRow, PracticeRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, read_row, unreadable, value_of
from integrate.storage.seals import Sealer
from integrate.storage.threads import in_batches

_LIVE: Final = PracticeRow.deleted_us.is_(None)
_ID_LENGTH: Final = 16
_ANSWERS: Final = MappingProxyType(
    {
        Reply.DONE: "done", Reply.NOT_TODAY: "done",
        Reply.HELPED: "helped", Reply.NOT_REALLY: "helped", Reply.TOO_SOON: "helped",
        Reply.STILL_FITS: "fits",
    }
)  # fmt: skip
"""Which question a reply answers."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A practice with what was ``said`` of it lately: all that decides whether it is due, and whether it asks.

    That is the last day up to today, the last on which it was more than that it still fits, and, where a clock was
    ahead, the last of all. With ``unreadable`` some of it is damaged and left out, and all there ever was is there.
    """

    practice: Practice
    said: tuple[Said, ...] = ()
    unreadable: bool = False


class PracticeReader:
    """Practices as one session of the database sees them. ``today`` is the person's local day."""

    def __init__(self, session: Session, today: date) -> None:
        self._session = session
        self._today = today

    def list(self, states: Collection[PracticeState] = tuple(PracticeState)) -> tuple[Followed | Unreadable, ...]:
        """Practices that are not deleted and in one of ``states``, the newest first.

        A damaged one is named whatever states are asked for.
        """
        rows = self._session.scalars(select(PracticeRow).where(_LIVE).order_by(PracticeRow.pk.desc())).all()
        wanted = {str(state) for state in states}
        return self._followed([row for row in rows if not row.intact or row.state in wanted])

    def deleted(self) -> tuple[Practice | Unreadable, ...]:
        """Practices in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(PracticeRow).where(~_LIVE).order_by(PracticeRow.deleted_us.desc(), PracticeRow.pk.desc())
        )
        return tuple(read_row(row, to_practice) for row in rows)

    def get(self, practice_id: UUID) -> Practice:
        """One practice, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, PracticeRow, practice_id), to_practice)

    def by_ids(self, ids: Iterable[UUID]) -> dict[UUID, Followed | Unreadable]:
        """Those of ``ids`` that are there and not deleted."""
        found: dict[UUID, Followed | Unreadable] = {}
        for some in in_batches(ids):
            rows = self._session.scalars(select(PracticeRow).where(_LIVE, PracticeRow.id.in_(some))).all()
            found |= {UUID(bytes=row.id): one for row, one in zip(rows, self._followed(rows), strict=True)}
        return found

    def said(self, practice_id: UUID) -> tuple[Said | Unreadable, ...]:
        """All that was said of a practice, in the order of its days.

        Raises:
            WrongUsage: there is no such practice.
            RecordDamaged: it is damaged.
        """
        owner = find_row(self._session, PracticeRow, practice_id)
        return tuple(_said(row, owner) for row in self._replies_of(owner))

    def _followed(self, rows: Collection[PracticeRow]) -> tuple[Followed | Unreadable, ...]:
        replies = self._last_replies([row.pk for row in rows])
        found: list[Followed | Unreadable] = []
        for row in rows:
            practice = read_row(row, to_practice)
            if isinstance(practice, Unreadable):
                found.append(practice)
                continue
            said = [_said(reply, row) for reply in replies.get(row.pk, ())]
            damaged = any(isinstance(one, Unreadable) for one in said)
            if damaged:  # an earlier one may be the last that can be read
                said = [_said(reply, row) for reply in self._replies_of(row)]
            found.append(Followed(practice, tuple(one for one in said if isinstance(one, Said)), damaged))
        return tuple(found)

    def _last_replies(self, keys: Collection[int]) -> Mapping[int, Sequence[PracticeReplyRow]]:
        """The replies of the last days of each practice, by its key, found by the index however many there are."""
        day, owner = PracticeReplyRow.day, PracticeReplyRow.practice_pk
        of_all = select(func.max(day)).where(owner == PracticeRow.pk).correlate(PracticeRow)
        so_far = of_all.where(day <= self._today.toordinal())
        spoken = so_far.where(PracticeReplyRow.reply != str(Reply.STILL_FITS))
        days = {"of_all": of_all, "so_far": so_far, "spoken": spoken}
        chosen = select(PracticeRow.pk, *(one.scalar_subquery().label(name) for name, one in days.items()))
        last = chosen.where(PracticeRow.pk.in_(keys)).subquery()
        statement = select(PracticeReplyRow).join(
            last, and_(owner == last.c.pk, or_(day == last.c.of_all, day == last.c.so_far, day == last.c.spoken))
        )
        found: dict[int, list[PracticeReplyRow]] = {}
        for row in self._session.scalars(statement.order_by(day, PracticeReplyRow.said_us, PracticeReplyRow.pk)):
            found.setdefault(row.practice_pk, []).append(row)
        return found

    def _replies_of(self, owner: PracticeRow) -> Iterable[PracticeReplyRow]:
        statement = select(PracticeReplyRow).where(PracticeReplyRow.practice_pk == owner.pk)
        return self._session.scalars(
            statement.order_by(PracticeReplyRow.day, PracticeReplyRow.said_us, PracticeReplyRow.pk)
        )


class PracticeWriter:
    """Changes to practices inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._rows = SealedWriter(connection, sealer)

    def add(
        self, text: str, cadence: Cadence, since: date, now: datetime, *, insight_id: UUID | None = None,
        never_share: bool = False,
    ) -> Practice:  # fmt: skip
        """A new practice. What is never share in the insight it comes from is so in the practice.

        Raises:
            WrongUsage: it is empty, or there is no such insight.
            RecordDamaged: the insight is damaged, so that nobody knows whether it may be shared.
        """
        if insight_id is not None:
            source = find_row(self._rows.session, InsightRow, insight_id)
            never_share = never_share or source.never_share
        practice = Practice(
            new_id(now), text, cadence, since, PracticeState.OPEN, insight_id, now, never_share=never_share
        )
        self._rows.add(PracticeRow, _columns(practice) | {
            "id": practice.id.bytes, "insight_id": insight_id and insight_id.bytes, "never_share": never_share,
            "written_us": to_microseconds(now), "updated_us": to_microseconds(now), "deleted_us": None,
        })  # fmt: skip
        return practice

    def get(self, practice_id: UUID) -> Practice:
        """One practice as it is inside the transaction.

        Raises:
            WrongUsage, RecordDamaged.
        """
        return value_of(self._row(practice_id), to_practice)

    def save(self, practice: Practice, now: datetime) -> Practice:
        """Write words, cadence, first day, state and the day of the question again.

        Raises:
            WrongUsage: there is none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        self._rows.change(self._row(practice.id), **_columns(practice), updated_us=to_microseconds(now))
        return self.get(practice.id)

    def rest_all(self, now: datetime) -> frozenset[UUID]:
        """Let every practice that goes on rest; the ids of those. A damaged one stays as it is."""
        rows = self._rows.session.scalars(select(PracticeRow).where(_LIVE, PracticeRow.state == PracticeState.OPEN))
        rested = [row for row in rows if row.intact]
        for row in rested:
            self._rows.change(row, state=str(PracticeState.RESTING), updated_us=to_microseconds(now))
        return frozenset(UUID(bytes=row.id) for row in rested)

    def wake(self, practice_ids: Iterable[UUID], now: datetime) -> frozenset[UUID]:
        """Let those of them go on that rest; the ids of those. What is gone or damaged stays as it is."""
        found = select(PracticeRow).where(_LIVE, PracticeRow.state == PracticeState.RESTING)
        rows = [
            row
            for some in in_batches(practice_ids)
            for row in self._rows.session.scalars(found.where(PracticeRow.id.in_(some)))
        ]
        woken = [row for row in rows if row.intact]
        for row in woken:
            self._rows.change(row, state=str(PracticeState.OPEN), updated_us=to_microseconds(now))
        return frozenset(UUID(bytes=row.id) for row in woken)

    def say(self, practice_id: UUID, said: Said, now: datetime) -> None:
        """Keep a reply, instead of an earlier one of that day to the same question, also where that one is damaged.

        Raises:
            WrongUsage: there is no such practice.
            RecordDamaged: it is damaged.
        """
        owner = self._row(practice_id)
        row_id = reply_id(practice_id, said)
        columns = {
            "practice_pk": owner.pk, "practice_id": practice_id.bytes, "day": said.day.toordinal(),
            "reply": str(said.reply), "said_us": to_microseconds(now),
        }  # fmt: skip
        there = self._rows.session.scalars(select(PracticeReplyRow).where(PracticeReplyRow.id == row_id)).all()
        for row in there:
            if row.intact:
                self._rows.change(row, **columns)
                return
            self._connection.execute(delete(PracticeReplyRow).where(PracticeReplyRow.pk == row.pk))
        self._rows.add(PracticeReplyRow, columns | {"id": row_id})

    def take_back(self, practice_id: UUID, said: Said) -> None:
        """Remove a reply; one that is not there is no trouble."""
        self._connection.execute(
            delete(PracticeReplyRow).where(
                PracticeReplyRow.id == reply_id(practice_id, said), PracticeReplyRow.reply == str(said.reply)
            )
        )

    def delete(self, practice_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = self._row(practice_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, practice_id: UUID) -> Practice:
        """Take back from Recently deleted."""
        row = self._row(practice_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.get(practice_id)

    def _row(self, practice_id: UUID) -> PracticeRow:
        return find_row(self._rows.session, PracticeRow, practice_id)


def to_practice(row: PracticeRow) -> Practice:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, KeyError, WrongUsage: it holds what this program does not know.
    """
    return Practice(
        id=UUID(bytes=row.id),
        text=row.text,
        cadence=_cadence(json.loads(row.cadence)),
        since=date.fromordinal(row.since),
        state=PracticeState(row.state),
        insight_id=None if row.insight_id is None else UUID(bytes=row.insight_id),
        written=from_microseconds(row.written_us),
        asked=None if row.asked is None else date.fromordinal(row.asked),
        never_share=row.never_share,
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _columns(practice: Practice) -> dict[str, Any]:
    cadence = practice.cadence
    kept = {"kind": str(cadence.kind), "weekdays": sorted(cadence.weekdays), "days": cadence.days}
    return {
        "text": practice.text,
        "cadence": json.dumps(kept, separators=(",", ":"), sort_keys=True),
        "since": practice.since.toordinal(),
        "state": str(practice.state),
        "asked": practice.asked and practice.asked.toordinal(),
    }


def _cadence(kept: Any) -> Cadence:
    return Cadence(CadenceKind(kept["kind"]), frozenset(kept["weekdays"]), kept["days"])


def _said(row: PracticeReplyRow, owner: PracticeRow) -> Said | Unreadable:
    return read_row(row, _to_said) if row.practice_id == owner.id else unreadable(row)


def _to_said(row: PracticeReplyRow) -> Said:
    return Said(date.fromordinal(row.day), Reply(row.reply))


def reply_id(practice_id: UUID, said: Said) -> bytes:
    """The 16 bytes a reply is known by: they follow from practice, day and the question that it answers."""
    name = practice_id.bytes + b"%d" % said.day.toordinal() + _ANSWERS[said.reply].encode("ascii")
    return hashlib.sha256(name).digest()[:_ID_LENGTH]
