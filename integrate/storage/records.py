"""Every row of a journal as a record: read in one state of the database, each seal checked, past SQLAlchemy's objects.

A damaged row is named and left out; it never keeps the others from being copied.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from integrate.domain.entry import Unreadable
from integrate.domain.records import Record, from_quarters
from integrate.storage.bases import is_intact, table_of
from integrate.storage.measures import MeasureReader
from integrate.storage.record_tables import RECORD_TABLES, TO_FIELD, RecordTable
from integrate.storage.seals import Sealer
from integrate.storage.statements import Prepared
from integrate.storage.tables import AttachmentChunkRow, EntryRow, EntryTextRow

_BATCH: Final = 200  # rows in memory at once
_ENTRY, _TEXT, _CHUNK = table_of(EntryRow), table_of(EntryTextRow), table_of(AttachmentChunkRow)
_PARTS: Final = Prepared(
    select(_CHUNK).where(_CHUNK.c.attachment_pk == bindparam("attachment")).order_by(_CHUNK.c.seq)
)  # fmt: skip

Found = Record | Unreadable


class RecordReader:
    """The records of one kind after the other, as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._connection = session.connection()
        self._sealer: Sealer = session.info["sealer"]
        self._known = MeasureReader(session).known()

    def count(self) -> int:
        """How many records there are, damaged ones too."""
        tables = [table_of(table.model) for table in RECORD_TABLES.values()]
        return sum(self._connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables)

    def all(self, name: str) -> Iterator[Found]:
        """All records of the kind called ``name``, in the order they were written.

        An attachment is followed by its parts; there is nothing under the name of the parts themselves.
        """
        if name == "attachment_part":
            return
        reading = _READINGS[name]
        for rows in reading.every.batches(self._connection, {}, _BATCH):
            for row in rows:
                found = self._record(reading, row)
                if name == "attachment" and isinstance(found, Record):
                    yield from self._with_parts(reading, row, found)
                else:
                    yield found

    def find(self, name: str, key: Mapping[str, Any]) -> Found | None:
        """The record with this key, given as columns; None where there is none."""
        reading = _READINGS[name]
        rows = reading.one.rows(self._connection, {f"key_{column}": value for column, value in key.items()})
        return self._record(reading, rows[0]) if rows else None

    def _record(self, reading: _Reading, row: tuple[Any, ...]) -> Found:
        values = dict(zip(reading.names, row, strict=False))
        try:
            if not is_intact(self._sealer, reading.table.model, values):
                return _unreadable(values)
            if reading.table.model is EntryRow:
                values["body"] = self._body(values, row[len(reading.names) :])
            if reading.table.kind.name == "check_in":
                values["answers"] = self._answers(values["answers"])
            return Record(reading.table.kind.name, reading.fields(values))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return _unreadable(values)

    def _body(self, entry: Mapping[str, Any], row: Iterable[Any]) -> str:
        text = dict(zip(_TEXT_NAMES, row, strict=True))
        if (text["id"], text["rev"]) != (entry["id"], entry["rev"]) or not is_intact(self._sealer, EntryTextRow, text):
            raise ValueError("not the text of this entry")
        return str(text["body"])

    def _answers(self, kept: str) -> list[dict[str, Any]]:
        answers = []
        for name, value in json.loads(kept).items():
            number, version = map(int, name.split("."))
            given = from_quarters(value) if isinstance(value, int) else value
            answers.append({"measure": str(self._known.id_of(number)), "version": version, "value": given})
        return answers

    def _with_parts(self, reading: _Reading, row: tuple[Any, ...], found: Record) -> Iterator[Found]:
        """An attachment with all its bytes, or its name where they are not all there."""
        values = dict(zip(reading.names, row, strict=True))
        of_parts, parts, digest, size = _READINGS["attachment_part"], [], hashlib.sha256(), 0
        for number, part in enumerate(_PARTS.rows(self._connection, {"attachment": values["pk"]})):
            chunk = dict(zip(of_parts.names, part, strict=True))
            whole = is_intact(self._sealer, AttachmentChunkRow, chunk)
            if not whole or (chunk["seq"], chunk["id"]) != (number, values["id"]):
                yield _unreadable(values)
                return
            digest.update(chunk["data"])
            size += len(chunk["data"])
            parts.append(chunk)
        if (size, digest.digest()) != (values["size"], values["sha256"]):
            yield _unreadable(values)
            return
        yield found
        for chunk in parts:
            yield Record("attachment_part", of_parts.fields(chunk))


class _Reading:
    """How the records of one table are read."""

    def __init__(self, table: RecordTable) -> None:
        columns = table_of(table.model).c
        self.table = table
        self.names = tuple(column.key for column in columns)
        chosen: Select[Any] = select(*columns)
        if table.model is EntryRow:
            chosen = select(*columns, *_TEXT.c).outerjoin(_TEXT, _TEXT.c.entry_pk == _ENTRY.c.pk)
        self.every = Prepared(chosen.order_by(columns.pk))
        key = [columns[name] for name in key_columns(table)]
        self.one = Prepared(chosen.where(*(column == bindparam(f"key_{column.key}") for column in key)))
        self._ways: tuple[tuple[str, str, Callable[[Any], Any], bool], ...] = tuple(
            (field.name, table.columns[field.name], TO_FIELD[field.shape], field.maybe) for field in table.kind.fields
        )

    def fields(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fields of a record whose columns hold ``values``."""
        return {
            name: None if maybe and values[column] is None else to_field(values[column])
            for name, column, to_field, maybe in self._ways
        }


def key_columns(table: RecordTable) -> tuple[str, ...]:
    """The columns that name one row of a record's table."""
    return tuple(table.columns[name] for name in table.kind.key)


def _unreadable(values: Mapping[str, Any]) -> Unreadable:
    try:
        return Unreadable(UUID(bytes=values["id"]))
    except (TypeError, ValueError, KeyError):
        return Unreadable(None)


_TEXT_NAMES: Final = tuple(column.key for column in _TEXT.c)
_READINGS: Final = MappingProxyType({name: _Reading(table) for name, table in RECORD_TABLES.items()})
