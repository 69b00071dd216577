"""The share ledger in the database: one sealed row for each file that was saved for somebody. It only grows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.sharing import FileKind, Section, SharedFile
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.storage.sealed_rows import SealedWriter, read_row, value_of
from integrate.storage.seals import Sealer
from integrate.storage.sharing_tables import SharedFileRow

_NEWEST_FIRST: Final = (SharedFileRow.saved_us.desc(), SharedFileRow.pk.desc())


class SharedFileReader:
    """The ledger as one session of the database sees it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[SharedFile | Unreadable, ...]:
        """Every line, the newest first; a damaged one by its id."""
        rows = self._session.scalars(select(SharedFileRow).order_by(*_NEWEST_FIRST))
        return tuple(read_row(row, to_shared_file) for row in rows)

    def with_sha256(self, digest: bytes) -> SharedFile | None:
        """The newest line of a file with this SHA-256; None where there is none.

        Raises:
            RecordDamaged: there is one, and it cannot be read.
        """
        wanted = select(SharedFileRow).where(SharedFileRow.sha256 == digest).order_by(*_NEWEST_FIRST).limit(1)
        row = self._session.scalars(wanted).one_or_none()
        return None if row is None else value_of(row, to_shared_file)


class SharedFileWriter:
    """New lines inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)

    def add(self, shared: SharedFile) -> None:
        """A new line; one that is there already stays as it is."""
        there = select(SharedFileRow.pk).where(SharedFileRow.id == shared.id.bytes)
        if self._rows.session.scalar(there) is None:
            self._rows.add(SharedFileRow, _columns(shared))


def to_shared_file(row: SharedFileRow) -> SharedFile:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    return SharedFile(
        id=UUID(bytes=row.id),
        saved=ZonedTime(from_microseconds(row.saved_us), row.zone),
        recipient_id=None if row.recipient_id is None else UUID(bytes=row.recipient_id),
        recipient=row.recipient,
        kind=FileKind(row.kind),
        file_name=row.file_name,
        size=row.size,
        sha256=row.sha256,
        protected=row.protected,
        first_day=None if row.first_day is None else date.fromordinal(row.first_day),
        last_day=None if row.last_day is None else date.fromordinal(row.last_day),
        sections=frozenset(map(Section, json.loads(row.sections))),
        sessions=tuple(SessionRef(course, number) for course, number in json.loads(row.sessions)),
        entries=_ids(row.entries),
        responses=_ids(row.responses),
        things=_ids(row.things),
        measures_left_out=tuple(map(str, json.loads(row.measures_left_out))),
        item_answers=row.item_answers,
        revision=row.rev,
    )


def _columns(shared: SharedFile) -> dict[str, Any]:
    return {
        "id": shared.id.bytes,
        "saved_us": to_microseconds(shared.saved.instant),
        "zone": shared.saved.zone,
        "recipient_id": shared.recipient_id and shared.recipient_id.bytes,
        "recipient": shared.recipient,
        "kind": str(shared.kind),
        "file_name": shared.file_name,
        "size": shared.size,
        "sha256": shared.sha256,
        "protected": shared.protected,
        "first_day": shared.first_day and shared.first_day.toordinal(),
        "last_day": shared.last_day and shared.last_day.toordinal(),
        "sections": _json(sorted(map(str, shared.sections))),
        "sessions": _json([[ref.course, ref.number] for ref in shared.sessions]),
        "entries": _id_list(shared.entries),
        "responses": _id_list(shared.responses),
        "things": _id_list(shared.things),
        "measures_left_out": _json(shared.measures_left_out),
        "item_answers": shared.item_answers,
    }


def _ids(text: str) -> frozenset[UUID]:
    return frozenset(map(UUID, json.loads(text)))


def _id_list(ids: Iterable[UUID]) -> str:
    return _json(sorted(map(str, ids)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
