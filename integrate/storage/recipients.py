"""Those files are saved for, in the database: their phrases lie inside the encryption like every other word."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from integrate.domain.entry import Unreadable
from integrate.domain.sharing import Recipient
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, read_row, value_of
from integrate.storage.seals import Sealer
from integrate.storage.sharing_tables import RecipientRow

_LIVE: Final = RecipientRow.deleted_us.is_(None)


class RecipientReader:
    """Recipients as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[Recipient | Unreadable, ...]:
        """Recipients that are not deleted, in the order they were added."""
        rows = self._session.scalars(select(RecipientRow).where(_LIVE).order_by(RecipientRow.pk))
        return tuple(read_row(row, to_recipient) for row in rows)

    def deleted(self) -> tuple[Recipient | Unreadable, ...]:
        """Recipients that were deleted and can be taken back, the last one first."""
        newest = RecipientRow.deleted_us.desc(), RecipientRow.pk.desc()
        rows = self._session.scalars(select(RecipientRow).where(~_LIVE).order_by(*newest))
        return tuple(read_row(row, to_recipient) for row in rows)

    def get(self, recipient_id: UUID) -> Recipient:
        """One recipient, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, RecipientRow, recipient_id), to_recipient)


class RecipientWriter:
    """Changes to recipients inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)

    @property
    def reader(self) -> RecipientReader:
        """Recipients as they are inside the transaction."""
        return RecipientReader(self._rows.session)

    def add(self, name: str, role: str, phrase: str, now: datetime) -> Recipient:
        """A new recipient.

        Raises:
            WrongUsage: name or role is not one line, or there is no name.
        """
        recipient = Recipient(new_id(now), name, role, phrase, now)
        columns = _columns(recipient) | {
            "id": recipient.id.bytes, "updated_us": to_microseconds(now), "deleted_us": None,
        }  # fmt: skip
        self._rows.add(RecipientRow, columns)
        return recipient

    def save(self, recipient: Recipient, now: datetime) -> Recipient:
        """Write name, role and phrase of a recipient again.

        Raises:
            WrongUsage: there is none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        self._rows.change(self._row(recipient.id), **_columns(recipient), updated_us=to_microseconds(now))
        return self.reader.get(recipient.id)

    def delete(self, recipient_id: UUID, now: datetime) -> None:
        """Put away for thirty days. The ledger keeps its lines."""
        row = self._row(recipient_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, recipient_id: UUID) -> Recipient:
        """Take back, with the same phrase."""
        row = self._row(recipient_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.reader.get(recipient_id)

    def _row(self, recipient_id: UUID) -> RecipientRow:
        return find_row(self._rows.session, RecipientRow, recipient_id)


def to_recipient(row: RecipientRow) -> Recipient:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    return Recipient(
        id=UUID(bytes=row.id),
        name=row.name,
        role=row.role,
        phrase=row.phrase,
        phrase_since=from_microseconds(row.phrase_since_us),
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _columns(recipient: Recipient) -> dict[str, Any]:
    return {
        "name": recipient.name,
        "role": recipient.role,
        "phrase": recipient.phrase,
        "phrase_since_us": to_microseconds(recipient.phrase_since),
    }
