"""Lines on the page of a session: intentions, the checklist, questions with their answers, and the rest.

``place`` in the file is an order and may have gaps, since a line that was removed keeps its own for when it is taken
back. What comes out counts from 0 among the lines of its kind that are there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.entry import Unreadable
from integrate.domain.sessions import Line, LineKind
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.storage.course_tables import SessionLineRow, SessionRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, damaged, find_row, read_row, unreadable, value_of

_LIVE = SessionLineRow.deleted_us.is_(None)
_ORDER = (SessionLineRow.kind, SessionLineRow.place, SessionLineRow.pk)


class LineReader:
    """Lines as one session of the database sees them."""

    def __init__(self, session: OrmSession) -> None:
        self._session = session

    def list(self, session_id: UUID, kind: LineKind | None = None) -> tuple[Line | Unreadable, ...]:
        """The lines of a session, by kind and in their places, without those removed.

        Raises:
            WrongUsage: there is no such session.
            RecordDamaged: the session itself is damaged.
        """
        session = find_row(self._session, SessionRow, session_id)
        wanted = select(SessionLineRow).where(SessionLineRow.session_pk == session.pk, _LIVE)
        if kind is not None:
            wanted = wanted.where(SessionLineRow.kind == str(kind))
        places: dict[str, int] = {}
        lines: list[Line | Unreadable] = []
        for row in self._session.scalars(wanted.order_by(*_ORDER)):
            line = read_row(row, to_line) if row.session_id == session.id else unreadable(row)
            if isinstance(line, Line):
                line = replace(line, place=places.setdefault(line.kind, 0))
                places[line.kind] += 1
            lines.append(line)
        return tuple(lines)

    def get(self, line_id: UUID) -> Line:
        """One line, removed or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        line = value_of(find_row(self._session, SessionLineRow, line_id), to_line)
        among = self.list(line.session_id, line.kind)
        return next((one for one in among if isinstance(one, Line) and one.id == line_id), line)


class LineWriter:
    """Changes to lines inside one write transaction."""

    def __init__(self, rows: SealedWriter) -> None:
        self._rows = rows

    @property
    def reader(self) -> LineReader:
        """Lines as they are inside the transaction."""
        return LineReader(self._rows.session)

    def add(self, session_id: UUID, kind: LineKind, text: str, now: datetime, *, never_share: bool = False) -> Line:
        """A new line, after those of its kind.

        Raises:
            WrongUsage: there is no such session, or no word in it.
            RecordDamaged: the session is damaged.
        """
        session = find_row(self._rows.session, SessionRow, session_id)
        last = self._rows.session.scalar(
            select(func.max(SessionLineRow.place)).where(
                SessionLineRow.session_pk == session.pk, SessionLineRow.kind == str(kind)
            )
        )
        place = last + 1 if isinstance(last, int) else 0
        line = Line(new_id(now), session_id, kind, place, text, now, never_share=never_share)
        self._rows.add(SessionLineRow, _columns(line, session.pk))
        return self.reader.get(line.id)

    def add_checks(self, session_id: UUID, session_pk: int, texts: Iterable[str], now: datetime) -> None:
        """The lines of a checklist for a session that has none yet."""
        lines = (Line(new_id(now), session_id, LineKind.CHECK, place, text, now) for place, text in enumerate(texts))
        self._rows.add_all(SessionLineRow, [_columns(line, session_pk) for line in lines])

    def save(self, line: Line) -> Line:
        """Write a changed line; it stays in its session, its kind and its place.

        Raises:
            WrongUsage, RecordDamaged.
        """
        row = self._row(line.id)
        self._rows.change(
            row,
            text=line.text,
            done=line.done,
            answer=line.answer,
            answered_us=None if line.answered is None else to_microseconds(line.answered),
            never_share=line.never_share,
        )
        return self.reader.get(line.id)

    def move(self, line_id: UUID, place: int) -> Line:
        """Bring a line to ``place`` among those of its kind (beyond the end: to the end). Damaged ones stay put.

        Raises:
            WrongUsage, RecordDamaged.
        """
        line = self.reader.get(line_id)
        self._row(line_id)
        lines = [one for one in self.reader.list(line.session_id, line.kind) if isinstance(one, Line)]
        order = [one.id for one in lines if one.id != line_id]
        order.insert(max(place, 0), line_id)
        for number, one_id in enumerate(order):
            row = self._row(one_id)
            if row.place != number:
                self._rows.change(row, place=number)
        return self.reader.get(line_id)

    def remove(self, line_id: UUID, now: datetime) -> Line:
        """Take a line off its page; it can be taken back for thirty days."""
        row = self._row(line_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))
        return self.reader.get(line_id)

    def restore(self, line_id: UUID) -> Line:
        """Put a line that was removed back where it was."""
        row = self._row(line_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.reader.get(line_id)

    def _row(self, line_id: UUID) -> SessionLineRow:
        row = find_row(self._rows.session, SessionLineRow, line_id)
        if find_row(self._rows.session, SessionRow, UUID(bytes=row.session_id)).pk != row.session_pk:
            raise damaged(SessionLineRow)
        return row


def to_line(row: SessionLineRow) -> Line:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    return Line(
        id=UUID(bytes=row.id),
        session_id=UUID(bytes=row.session_id),
        kind=LineKind(row.kind),
        place=row.place,
        text=row.text,
        written=from_microseconds(row.written_us),
        done=row.done,
        answer=row.answer,
        answered=None if row.answered_us is None else from_microseconds(row.answered_us),
        never_share=row.never_share,
    )


def _columns(line: Line, session_pk: int) -> dict[str, Any]:
    return {
        "id": line.id.bytes,
        "session_pk": session_pk,
        "session_id": line.session_id.bytes,
        "kind": str(line.kind),
        "place": line.place,
        "text": line.text,
        "written_us": to_microseconds(line.written),
        "done": line.done,
        "answer": line.answer,
        "answered_us": None,
        "never_share": line.never_share,
        "deleted_us": None,
    }
