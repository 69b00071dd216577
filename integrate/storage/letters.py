"""Letters in the database. Whether the time of one has come is not known here: see :mod:`integrate.journal.letters`."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from integrate.domain.entry import Unreadable
from integrate.domain.threads import Letter
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.storage.course_tables import LetterRow, SessionRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, read_row, value_of
from integrate.storage.seals import Sealer

_LIVE: Final = LetterRow.deleted_us.is_(None)
_WITH_SESSION: Final = LetterRow.session_pk.not_in(select(SessionRow.pk).where(SessionRow.deleted_us.is_not(None)))
"""Kept with a session that is not in Recently deleted: a letter goes there and comes back with it."""


class LetterReader:
    """Letters as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self, session_id: UUID | None = None) -> tuple[Letter | Unreadable, ...]:
        """Letters that are not deleted, nor is their session, the newest first: those kept with one session, or all.

        A damaged one is named with all of them, and with those of the session its record speaks of.
        """
        statement = (
            select(LetterRow).where(_LIVE, _WITH_SESSION).order_by(LetterRow.written_us.desc(), LetterRow.pk.desc())
        )
        if session_id is not None:
            statement = statement.where(LetterRow.session_id == session_id.bytes)
        return tuple(read_row(row, to_letter) for row in self._session.scalars(statement))

    def deleted(self) -> tuple[Letter | Unreadable, ...]:
        """Letters in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(LetterRow).where(~_LIVE).order_by(LetterRow.deleted_us.desc(), LetterRow.pk.desc())
        )
        return tuple(read_row(row, to_letter) for row in rows)

    def get(self, letter_id: UUID) -> Letter:
        """One letter, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, LetterRow, letter_id), to_letter)


class LetterWriter:
    """Changes to letters inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)

    def add(self, session_id: UUID, text: str, now: datetime, *, never_share: bool = False) -> Letter:
        """A new letter, kept with the session it was written after.

        Raises:
            WrongUsage: it is empty, or there is no such session.
            RecordDamaged: the session is damaged.
        """
        owner = find_row(self._rows.session, SessionRow, session_id)
        letter = Letter(new_id(now), session_id, text, now, never_share=never_share)
        self._rows.add(LetterRow, {
            "id": letter.id.bytes, "session_pk": owner.pk, "session_id": session_id.bytes, "text": text,
            "written_us": to_microseconds(now), "opened_us": None, "never_share": never_share, "deleted_us": None,
        })  # fmt: skip
        return letter

    def open(self, letter_id: UUID, now: datetime) -> Letter:
        """Note that a letter was opened; the first time is kept."""
        row = self._row(letter_id)
        if row.opened_us is None:
            self._rows.change(row, opened_us=to_microseconds(now))
        return value_of(self._row(letter_id), to_letter)

    def delete(self, letter_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = self._row(letter_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, letter_id: UUID) -> None:
        """Take back from Recently deleted."""
        row = self._row(letter_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)

    def _row(self, letter_id: UUID) -> LetterRow:
        return find_row(self._rows.session, LetterRow, letter_id)


def to_letter(row: LetterRow) -> Letter:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    return Letter(
        id=UUID(bytes=row.id),
        session_id=UUID(bytes=row.session_id),
        text=row.text,
        written=from_microseconds(row.written_us),
        opened=None if row.opened_us is None else from_microseconds(row.opened_us),
        never_share=row.never_share,
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )
