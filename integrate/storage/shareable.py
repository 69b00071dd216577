"""Entries that may be handed on: never those marked never share, and none of Recently deleted.

Together with :mod:`integrate.storage.shareable_things` these are the only reads that feed a file for somebody else. The
database leaves out what must stay, so that its words are not even read, and each row is looked at once more after its
seal was checked: a flag that damage has switched off lets nothing through.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select, text
from sqlalchemy.orm import Session

from integrate.domain.entry import AttachmentInfo, Entry, EntrySummary, SessionRef, Unreadable
from integrate.errors import EntryMissing
from integrate.storage.attachments import AttachmentReader
from integrate.storage.bases import is_intact, table_of
from integrate.storage.entries import FITS_DAYS, NEWEST_FIRST
from integrate.storage.interrupts import Task
from integrate.storage.rows import to_attachment
from integrate.storage.sealed_rows import damaged
from integrate.storage.search import record, summary_of
from integrate.storage.statements import Prepared
from integrate.storage.tables import AttachmentRow, EntryRow, EntryTextRow
from integrate.storage.threads import in_batches

Value = TypeVar("Value")

_ENTRY: Final = table_of(EntryRow).c
_TEXT_NAMES: Final = tuple(table_of(EntryTextRow).c.keys())
_SUMMARIES: Final = 500  # in memory at once
_BODIES: Final = 100  # an entry can be as long as a book
_NO_LIMIT: Final = -1  # as SQLite says it

MAY_BE_SHARED: Final[tuple[ColumnElement[bool], ...]] = (_ENTRY.never_share.is_(False), _ENTRY.deleted_us.is_(None))
"""What every statement about entries in this module asks for."""

_CHOSEN: Final = (
    *MAY_BE_SHARED,
    *FITS_DAYS,
    or_(
        bindparam("sessions").is_(None),
        text(
            "(entry.course, entry.session) IN "
            "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:sessions))"
        ),
    ),
    or_(bindparam("keys").is_(None), text("entry.pk IN (SELECT value FROM json_each(:keys))")),
)
_RECORDS: Final = Prepared(
    select(table_of(EntryRow))
    .where(*_CHOSEN)
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_COUNT: Final = Prepared(select(func.count()).select_from(table_of(EntryRow)).where(*_CHOSEN))
_TEXTS: Final = Prepared(select(table_of(EntryTextRow)).where(text("entry_pk IN (SELECT value FROM json_each(:keys))")))


@dataclass(frozen=True, slots=True)
class Readable(Generic[Value]):
    """What may be shared and could be read. ``unreadable`` counts what is damaged and left out."""

    values: tuple[Value, ...] = ()
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class EntryChoice:
    """Which entries. Days are inclusive local days; None anywhere is no limit. Each limit narrows the others."""

    first_day: date | None = None
    last_day: date | None = None
    sessions: Collection[SessionRef] | None = None
    ids: Collection[UUID] | None = None


class ShareableEntries:
    """Entries that may be shared, as one session of the database sees them. ``task`` may end a long look."""

    def __init__(self, session: Session, task: Task) -> None:
        self._session = session
        self._connection = session.connection()
        self._sealer = session.info["sealer"]
        self._task = task

    def whole(self, which: EntryChoice, *, bodies: bool) -> Iterator[Readable[Entry]]:
        """Entries with what is attached, the newest first, some at a time; without ``bodies`` each body is "".

        Raises:
            Stopped: the task was ended.
        """
        values = self._values(which) | {"most": _NO_LIMIT, "skip": 0}
        for rows in _RECORDS.batches(self._connection, values, _BODIES if bodies else _SUMMARIES):
            self._task.check()
            yield self._batch([record(row) for row in rows], bodies=bodies)
        self._task.check()

    def summaries(self, which: EntryChoice, limit: int | None = None, skip: int = 0) -> Readable[EntrySummary]:
        """At most ``limit`` entries as a list shows them, the newest first, after the first ``skip``."""
        values = self._values(which) | {"most": _NO_LIMIT if limit is None else limit, "skip": skip}
        found = [self._summary(record(row)) for row in _RECORDS.rows(self._connection, values)]
        return readable(found)

    def count(self, which: EntryChoice) -> int:
        """How many entries there are to choose from, damaged ones too. It is for a list, and no file ever says it."""
        return int(_COUNT.run(self._connection, self._values(which)))

    def chunks(self, attachment_id: UUID) -> Iterator[bytes]:
        """The bytes of something attached to an entry that may be shared, at most 256 KiB at a time.

        Raises:
            EntryMissing: there is none, or its entry may not be shared.
            RecordDamaged.
        """
        owner = select(EntryRow).join(AttachmentRow, AttachmentRow.entry_pk == EntryRow.pk)
        row = self._session.scalars(
            owner.where(AttachmentRow.id == attachment_id.bytes, *MAY_BE_SHARED)
        ).one_or_none()  # fmt: skip
        if row is None:
            raise EntryMissing
        reader = AttachmentReader(self._session)
        if not row.intact or reader.info(attachment_id).entry_id.bytes != row.id:
            raise damaged(AttachmentRow)
        if row.never_share or row.deleted_us is not None:
            raise EntryMissing
        yield from reader.chunks(attachment_id)

    def _values(self, which: EntryChoice) -> dict[str, Any]:
        sessions = None
        if which.sessions is not None:
            sessions = json.dumps([[ref.course, ref.number] for ref in sorted(which.sessions)])
        return {
            "first_day": which.first_day and which.first_day.toordinal(),
            "last_day": which.last_day and which.last_day.toordinal(),
            "sessions": sessions,
            "keys": None if which.ids is None else json.dumps(self._keys(which.ids)),
        }

    def _keys(self, ids: Collection[UUID]) -> list[int]:
        return [
            pk
            for some in in_batches(ids)
            for pk in self._session.scalars(select(EntryRow.pk).where(EntryRow.id.in_(some)))
        ]

    def _batch(self, rows: Sequence[Any], *, bodies: bool) -> Readable[Entry]:
        texts = self._texts(rows) if bodies else {}
        files = self._files(rows)
        found: list[Entry | Unreadable] = []
        for row in rows:
            summary, attached = self._summary(row), files.get(row.pk, ())
            if isinstance(summary, Unreadable) or attached is None or (bodies and row.pk not in texts):
                found.append(Unreadable(None))
            else:
                found.append(Entry(summary, texts.get(row.pk, ""), tuple(attached)))
        return readable(found)

    def _summary(self, row: Any) -> EntrySummary | Unreadable:
        """Never one that must stay: the statement asked for it, and what the seal covers says it too."""
        summary = summary_of(self._sealer, row)
        if isinstance(summary, EntrySummary) and (summary.never_share or summary.deleted is not None):
            return Unreadable(None)
        return summary

    def _texts(self, rows: Sequence[Any]) -> dict[int, str]:
        """The bodies by key, of those whose text can be read and belongs to them."""
        wanted = {row.pk: (row.id, row.rev) for row in rows}
        found: dict[int, str] = {}
        for values in _TEXTS.rows(self._connection, {"keys": json.dumps(list(wanted))}):
            words = dict(zip(_TEXT_NAMES, values, strict=True))
            belongs = (words["id"], words["rev"]) == wanted[words["entry_pk"]]
            if belongs and is_intact(self._sealer, EntryTextRow, words):
                found[words["entry_pk"]] = words["body"]
        return found

    def _files(self, rows: Sequence[Any]) -> dict[int, list[AttachmentInfo] | None]:
        """What is attached, by the key of its entry; None where one of them is damaged."""
        owners = {row.pk: row.id for row in rows}
        found: dict[int, list[AttachmentInfo] | None] = {}
        wanted = select(AttachmentRow).where(AttachmentRow.entry_pk.in_(owners)).order_by(AttachmentRow.pk)
        for row in self._session.scalars(wanted):
            so_far = found.setdefault(row.entry_pk, [])
            if not row.intact or row.entry_id != owners[row.entry_pk]:
                found[row.entry_pk] = None
            elif so_far is not None:
                so_far.append(to_attachment(row))
        return found


def readable(found: Sequence[Value | Unreadable]) -> Readable[Value]:
    """The values among what was found, and how many could not be read."""
    values = tuple(one for one in found if not isinstance(one, Unreadable))
    return Readable(values, len(found) - len(values))
