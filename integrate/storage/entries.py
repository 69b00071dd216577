"""Entries in the database: writing, reading, history, Recently deleted.

Reads go through the ORM, whose load event checks each row's seal. Writes on the way of a keystroke are Core statements
on the same models: the unit of work would cost more than the encryption.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from integrate.domain.entry import Draft, Entry, EntrySummary, Filter, Revision, Unreadable, tag_key
from integrate.domain.history import drops_much, is_same_sitting
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.errors import EntryMissing
from integrate.storage.database import Database
from integrate.storage.never_share import inherit_never_share
from integrate.storage.rows import (
    draft_columns,
    entry_columns,
    new_id,
    text_columns,
    to_attachment,
    to_revision,
    to_summary,
)
from integrate.storage.sealed_rows import damaged
from integrate.storage.seals import Sealer
from integrate.storage.statements import Prepared
from integrate.storage.tables import (
    AttachmentRow,
    EntryRow,
    EntryTagRow,
    EntryTextRow,
    RevisionRow,
    seal_row,
    table_of,
)

_BATCH = 500
_ENTRY, _TAG, _FILE = table_of(EntryRow).c, table_of(EntryTagRow).c, table_of(AttachmentRow).c


def _where(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """``condition``, unless the value called ``name`` is NULL."""
    return or_(bindparam(name).is_(None), condition)


FITS_DAYS = (
    _ENTRY.deleted_us.is_(None),
    _where("first_day", _ENTRY.local_day >= bindparam("first_day")),
    _where("last_day", _ENTRY.local_day <= bindparam("last_day")),
)
"""The part of :data:`FITS_FILTER` that needs no more than the index of the list."""

FITS_FILTER = (
    *FITS_DAYS,
    _where("phase", _ENTRY.phase == bindparam("phase")),
    _where("course", _ENTRY.course == bindparam("course")),
    _where("session", _ENTRY.session == bindparam("session")),
    _where("tag", _ENTRY.pk.in_(select(_TAG.entry_pk).where(_TAG.key == bindparam("tag")))),
    _where("with_photo", _ENTRY.pk.in_(select(_FILE.entry_pk).where(_FILE.has_thumbnail))),
)
"""Conditions on entries that are there and fit a :class:`Filter`, its values bound by :func:`filter_values`."""

NEWEST_FIRST = (_ENTRY.at_us.desc(), _ENTRY.pk.desc())
"""By the time an entry is about, the later written one first within it."""

_ADD_ENTRY = Prepared(insert(table_of(EntryRow)).returning(EntryRow.pk))
_CHANGE_ENTRY = Prepared(update(table_of(EntryRow)).where(EntryRow.pk == bindparam("this_pk")))
_ADD_TEXT = Prepared(insert(table_of(EntryTextRow)))
_CHANGE_TEXT = Prepared(update(table_of(EntryTextRow)).where(EntryTextRow.entry_pk == bindparam("this_pk")))
_ADD_TAG = Prepared(insert(table_of(EntryTagRow)))
_ADD_REVISION = Prepared(insert(table_of(RevisionRow)))


class EntryReader:
    """Entries as one session sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, entry_id: UUID) -> Entry:
        """The whole entry, deleted or not.

        Raises:
            EntryMissing: there is none.
            RecordDamaged: a seal does not fit.
        """
        row = self.row(entry_id)
        text = self.text_row(row)
        attachments = self._session.scalars(
            select(AttachmentRow).where(AttachmentRow.entry_pk == row.pk).order_by(AttachmentRow.pk)
        ).all()
        if not all(attachment.intact for attachment in attachments):
            raise damaged(EntryRow)
        return Entry(to_summary(row), text.body, tuple(map(to_attachment, attachments)))

    def list(self, which: Filter, limit: int | None = None) -> Iterator[EntrySummary | Unreadable]:
        """Entries that are not deleted, newest first."""
        statement = select(EntryRow).where(*FITS_FILTER).order_by(*NEWEST_FIRST).limit(limit)
        rows = self._session.scalars(statement.execution_options(yield_per=_BATCH), filter_values(which))
        return (to_summary(row) if row.intact else unreadable(row) for row in rows)

    def deleted(self) -> Iterator[EntrySummary | Unreadable]:
        """Recently deleted, the last one first."""
        statement = select(EntryRow).where(EntryRow.deleted_us.is_not(None))
        rows = self._session.scalars(statement.order_by(EntryRow.deleted_us.desc(), EntryRow.pk.desc()))
        return (to_summary(row) if row.intact else unreadable(row) for row in rows)

    def revisions(self, entry_id: UUID) -> tuple[Revision, ...]:
        """Earlier states, the newest first; damaged ones raise.

        Raises:
            EntryMissing: there is no such entry.
            RecordDamaged: a seal does not fit.
        """
        row = self.row(entry_id)
        rows = self._session.scalars(
            select(RevisionRow).where(RevisionRow.entry_pk == row.pk).order_by(RevisionRow.rev.desc())
        ).all()
        if not all(revision.intact for revision in rows):
            raise damaged(EntryRow)
        return tuple(map(to_revision, rows))

    def count(self) -> int:
        """How many entries there are, without those deleted."""
        return self._session.execute(
            select(func.count()).select_from(EntryRow).where(EntryRow.deleted_us.is_(None))
        ).scalar_one()

    def prompt_uses(self) -> dict[str, int]:
        """How many entries answer each prompt."""
        statement = select(EntryRow.prompt_id, func.count()).where(
            EntryRow.prompt_id.is_not(None), EntryRow.deleted_us.is_(None)
        )
        counted = self._session.execute(statement.group_by(EntryRow.prompt_id))
        return {prompt_id: count for prompt_id, count in counted if prompt_id is not None}

    def row(self, entry_id: UUID) -> EntryRow:
        """The intact row.

        Raises:
            EntryMissing, RecordDamaged.
        """
        row = self._session.scalars(select(EntryRow).where(EntryRow.id == entry_id.bytes)).one_or_none()
        if row is None:
            raise EntryMissing
        if not row.intact:
            raise damaged(EntryRow)
        return row

    def text_row(self, row: EntryRow) -> EntryTextRow:
        """The intact text of an intact row, of the same revision.

        Raises:
            RecordDamaged.
        """
        text = self._session.get(EntryTextRow, row.pk)
        if text is None or not text.intact or (text.id, text.rev) != (row.id, row.rev):
            raise damaged(EntryRow)
        return text


class EntryWriter:
    """Changes to entries inside one write transaction.

    ``handed_on`` are the insights and practices that became never share because an entry did that they were made from.
    """

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer
        self.handed_on: frozenset[UUID] = frozenset()

    @cached_property
    def _session(self) -> Session:
        """For reading rows with their seals checked; a new entry needs none."""
        return Session(self._connection, info={"sealer": self._sealer}, autoflush=False)

    @cached_property
    def _reader(self) -> EntryReader:
        return EntryReader(self._session)

    def add(
        self, draft: Draft, now: datetime, sitting: bytes, attachment_names: tuple[str, ...] = ()
    ) -> tuple[UUID, int]:
        """A new entry; its id and key for attachments. ``sitting`` is 16 bytes."""
        entry_id, moment = new_id(now), to_microseconds(now)
        columns = entry_columns(draft) | {
            "id": entry_id.bytes, "rev": 1, "created_us": moment, "updated_us": moment, "sitting": sitting,
            "deleted_us": None,
        }  # fmt: skip
        sealed = seal_row(self._sealer, EntryRow, columns, 1)
        pk: int = _ADD_ENTRY.run(self._connection, sealed)
        self._put_text(pk, entry_id.bytes, 1, draft, attachment_names, new=True)
        self._put_tags(pk, draft.tags)
        return entry_id, pk

    def save(self, entry_id: UUID, draft: Draft, now: datetime, sitting: bytes) -> EntrySummary:
        """Overwrite an entry, keeping its earlier state where a sitting ended or much would be gone.

        Raises:
            EntryMissing, RecordDamaged: a damaged record is never written over.
        """
        row = self._reader.row(entry_id)
        text = self._reader.text_row(row)
        same = is_same_sitting(from_microseconds(row.updated_us), now, row.sitting, sitting)
        if not same or drops_much(text.body, draft.body):
            self._keep_revision(row, text)
        tags_changed = draft_columns(draft)["tags"] != row.tags
        # Only as the flag is set: at each later save it would undo what the person lifted meanwhile.
        becomes_never_share = draft.never_share and not row.never_share
        pk = row.pk
        self._update(row, text, draft, sitting=sitting, updated_us=to_microseconds(now), **entry_columns(draft))
        if becomes_never_share:
            self.handed_on |= inherit_never_share(self._connection, self._sealer, entry_ids=(entry_id,))
        if tags_changed:
            self._connection.execute(delete(EntryTagRow).where(EntryTagRow.entry_pk == pk))
            self._put_tags(pk, draft.tags)
        return self.summary(entry_id)

    def relabel(self, entry_id: UUID) -> None:
        """Bring the index up to date after attachments came or went."""
        row = self._reader.row(entry_id)
        text = self._reader.text_row(row)
        self._put_text(row.pk, row.id, row.rev, _draft(row, text), self._attachment_names(row.pk), new=False)
        self._session.expire_all()

    def delete(self, entry_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = self._reader.row(entry_id)
        if row.deleted_us is None:
            self._update(row, self._reader.text_row(row), deleted_us=to_microseconds(now))

    def undelete(self, entry_id: UUID) -> None:
        """Take back from Recently deleted."""
        row = self._reader.row(entry_id)
        if row.deleted_us is not None:
            self._update(row, self._reader.text_row(row), deleted_us=None)

    def purge(self, entry_id: UUID) -> None:
        """Remove for good: the entry, its history, its attachments, its words in the index.

        Raises:
            EntryMissing.
        """
        pk = self._connection.execute(select(EntryRow.pk).where(EntryRow.id == entry_id.bytes)).scalar_one_or_none()
        if pk is None:
            raise EntryMissing
        # The text first and by itself: its trigger needs the old words to take them out of the index.
        self._connection.execute(delete(EntryTextRow).where(EntryTextRow.entry_pk == pk))
        self._connection.execute(delete(EntryRow).where(EntryRow.pk == pk))

    def key_of(self, entry_id: UUID) -> int:
        """The key that attachments refer to.

        Raises:
            EntryMissing, RecordDamaged.
        """
        return self._reader.row(entry_id).pk

    def summary(self, entry_id: UUID) -> EntrySummary:
        """The entry as it is now."""
        self._session.expire_all()
        return to_summary(self._reader.row(entry_id))

    def _update(self, row: EntryRow, text: EntryTextRow, draft: Draft | None = None, **changed: object) -> None:
        """Write the row again with ``changed``, one revision on; its text follows, so that both stay bound together."""
        columns = {
            column.key: getattr(row, column.key) for column in EntryRow.__table__.columns if column.key != "seal"
        }
        columns |= changed
        columns["rev"] = row.rev + 1
        sealed = seal_row(self._sealer, EntryRow, columns, row.rev + 1)
        _CHANGE_ENTRY.run(self._connection, {**sealed, "this_pk": row.pk})
        names = self._attachment_names(row.pk)
        self._put_text(row.pk, row.id, row.rev + 1, draft or _draft(row, text), names, new=False)
        self._session.expire_all()

    def _attachment_names(self, pk: int) -> tuple[str, ...]:
        rows = self._session.scalars(
            select(AttachmentRow).where(AttachmentRow.entry_pk == pk).order_by(AttachmentRow.pk)
        ).all()
        if not all(row.intact for row in rows):
            raise damaged(EntryRow)
        return tuple(row.name for row in rows)

    def _put_text(
        self, pk: int, entry_id: bytes, revision: int, draft: Draft, attachment_names: tuple[str, ...], *, new: bool
    ) -> None:
        columns = text_columns(draft, attachment_names) | {"entry_pk": pk, "id": entry_id, "rev": revision}
        sealed = seal_row(self._sealer, EntryTextRow, columns, revision)
        if new:
            _ADD_TEXT.run(self._connection, sealed)
        else:
            _CHANGE_TEXT.run(self._connection, {**sealed, "this_pk": pk})

    def _put_tags(self, pk: int, tags: tuple[str, ...]) -> None:
        if tags:
            _ADD_TAG.run_many(self._connection, ({"key": tag_key(tag), "entry_pk": pk} for tag in tags))

    def _keep_revision(self, row: EntryRow, text: EntryTextRow) -> None:
        shared = (
            "at_us", "zone", "phase", "course", "session", "prompt_id", "title", "tags", "never_share", "mood_then",
        )  # fmt: skip
        columns = {name: getattr(row, name) for name in shared} | {
            "id": row.id, "entry_pk": row.pk, "rev": row.rev, "saved_us": row.updated_us, "body": text.body,
        }  # fmt: skip
        _ADD_REVISION.run(self._connection, seal_row(self._sealer, RevisionRow, columns, row.rev))


def _draft(row: EntryRow, text: EntryTextRow) -> Draft:
    return Entry(to_summary(row), text.body).as_draft()


@contextmanager
def writing_entries(database: Database) -> Iterator[tuple[Connection, EntryWriter]]:
    """One write transaction on entries; durable when the block has been left."""
    with database.write() as connection:
        yield connection, EntryWriter(connection, database.sealer)


def filter_values(which: Filter) -> dict[str, Any]:
    """The values of :data:`FITS_FILTER`; None where anything fits."""
    return {
        "first_day": which.first_day and which.first_day.toordinal(),
        "last_day": which.last_day and which.last_day.toordinal(),
        "phase": which.phase and str(which.phase),
        "course": which.session and which.session.course,
        "session": which.session and which.session.number,
        "tag": None if which.tag is None else tag_key(which.tag),
        "with_photo": which.with_photo or None,
    }


def unreadable(row: EntryRow | Row[Any]) -> Unreadable:
    """The name of a damaged row, as far as it has one."""
    try:
        return Unreadable(UUID(bytes=row.id))
    except (TypeError, ValueError):
        return Unreadable(None)
