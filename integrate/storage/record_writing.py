"""Records become rows: each keeps its id, its times and its revision, and gets a seal of this journal.

What is here already is left as it is. The same code decides in a look without writing and inside the transactions that
write, so that the one tells what the other does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.orm import Session

from integrate.domain.entry import Draft, Phase, SessionRef, Unreadable, tag_key
from integrate.domain.records import Record, to_instant, to_quarters
from integrate.domain.times import ZonedTime
from integrate.errors import KnownError, WrongUsage
from integrate.storage.attachments import AttachmentWriter, PreparedAttachment
from integrate.storage.bases import seal_row, table_of
from integrate.storage.course_tables import PracticeRow, SessionRow, ThreadRow
from integrate.storage.entries import EntryWriter
from integrate.storage.logs import LogReader
from integrate.storage.measures import answer_key
from integrate.storage.record_checks import CHECKS
from integrate.storage.record_numbers import Numbering, Numbers
from integrate.storage.record_tables import RECORD_TABLES, TO_COLUMN, RecordTable, canonical_json
from integrate.storage.records import RecordReader
from integrate.storage.rows import entry_columns, ids_from, text_columns
from integrate.storage.seals import Sealer
from integrate.storage.statements import Prepared
from integrate.storage.tables import EntryRow, EntryTagRow, EntryTextRow

_ID_LENGTH: Final = 16
_Fields = Mapping[str, Any]
_Bytes = PreparedAttachment | None
_NOT_A_VALUE: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError, WrongUsage)


class Outcome(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    SAME = "same"  # it is here, and says the same
    OTHER = "other"  # something else is here under its id, and is kept
    UNPLACED = "unplaced"  # what it belongs to is neither here nor in the file
    PARTIAL = "partial"  # a packet held only a part of it
    UNREADABLE = "unreadable"  # it says what this program could not read again


@dataclass(slots=True)
class Taking:
    """What is remembered from one record of a file to the next.

    ``kept`` are the ids where something else was kept, ``as_told`` those of what is here just as the file has it.
    """

    numbers: Numbers = field(default_factory=Numbers)
    planned: dict[str, set[bytes]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    as_told: set[str] = field(default_factory=set)


_OWNERS: Final[Mapping[str, tuple[str, str, type[Any]]]] = MappingProxyType(
    {
        "session_line": ("session_id", "session_pk", SessionRow),
        "moment": ("session_id", "session_pk", SessionRow),
        "letter": ("session_id", "session_pk", SessionRow),
        "touch_point": ("session_id", "session_pk", SessionRow),
        "revision": ("entry_id", "entry_pk", EntryRow),
        "attachment": ("entry_id", "entry_pk", EntryRow),
        "practice_reply": ("practice_id", "practice_pk", PracticeRow),
        "thread_link": ("thread_id", "thread_pk", ThreadRow),
    }
)
"""What a record goes with: the field with its id, the column with its key, and the table it lies in."""

_PARENTS: Final = MappingProxyType(
    {SessionRow: "session", EntryRow: "entry", PracticeRow: "practice", ThreadRow: "thread"}
)

_SOURCES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {"insight": (("entry_id", "entry"), ("moment_id", "moment")), "practice": (("insight_id", "insight"),)}
)
"""What hands on its never share: the field with its id, and its kind."""

_HAND_ON: Final = frozenset(source for sources in _SOURCES.values() for _name, source in sources)


class RecordWriter:
    """Takes records, one after the other; rows are written only where it is ``writing``, in a write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer, taking: Taking, *, writing: bool) -> None:
        self._connection = connection
        self._sealer = sealer
        self._taking = taking
        self._writing = writing
        self._session = Session(connection, info={"sealer": sealer}, autoflush=False)
        self._reader = RecordReader(self._session)

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering(self._connection, self._session, self._reader, self._taking.numbers)

    def take(self, record: Record, attached: PreparedAttachment | None = None) -> Outcome:
        """Take one record; ``attached`` are the bytes of an attachment, whose parts are no records here."""
        table = RECORD_TABLES.get(record.kind)
        if table is None:
            return Outcome.PARTIAL
        try:
            return self._take(table, record.fields, attached)
        except _NOT_A_VALUE:
            return Outcome.UNREADABLE

    def _take(self, table: RecordTable, fields: _Fields, attached: _Bytes) -> Outcome:
        kind = table.kind.name
        found = self._find(table, fields)
        if isinstance(found, Unreadable):
            self._taking.kept.add(str(fields[table.kind.key[0]]))
            return Outcome.OTHER  # damaged: never written over
        here = None if found is None else found.fields
        if kind == "measure_version":
            return self._take_version(table, fields)
        fields = self._renumbered(kind, fields, here)
        if here is not None:
            if here == fields:
                self._note_as_told(kind, fields)
                return Outcome.SAME
            self._taking.kept.add(str(fields[table.kind.key[0]]))
            return Outcome.OTHER
        if kind == "log" and self._has_effects(fields):
            return Outcome.OTHER
        owner = _OWNERS.get(kind)
        key = self._key_of(owner, fields) if owner else None
        if owner and key is None:
            return Outcome.UNPLACED
        if kind == "revision" and fields["entry_id"] in self._taking.kept:
            return Outcome.OTHER  # it is an earlier state of what the file has, not of what is here
        if not self._is_placed(kind, fields):
            return Outcome.UNPLACED
        columns = self._columns(table, fields)
        if self._came_from_never_share(kind, fields):
            columns["never_share"] = True
        else:
            self._note_as_told(kind, fields)
        if owner:
            columns[owner[1]] = key
        self._add(table, fields, columns, attached)
        self._taking.planned.setdefault(kind, set()).add(columns.get("id", b""))
        return Outcome.NEW

    def _find(self, table: RecordTable, fields: Mapping[str, Any]) -> Record | Unreadable | None:
        shapes = {one.name: one.shape for one in table.kind.fields}
        key = {table.columns[name]: TO_COLUMN[shapes[name]](fields[name]) for name in table.kind.key}
        return self._reader.find(table.kind.name, key)

    def _renumbered(self, kind: str, fields: Mapping[str, Any], here: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """The fields as this journal numbers what they refer to."""
        match kind:
            case "course":
                return self._numbering.course(fields, here)
            case "session":
                return self._numbering.session(fields, here)
            case "entry" | "revision" | "insight":
                return self._taking.numbers.about(fields)
            case "shared_file":
                return {**fields, "sessions": self._taking.numbers.pairs(fields["sessions"])}
            case "measure":
                return {**fields, "version": self._numbering.version_of(fields["id"], fields["version"])}
            case "check_in":
                version_of = self._numbering.version_of
                answers = [{**one, "version": version_of(one["measure"], one["version"])} for one in fields["answers"]]
                return {**fields, "answers": answers}
        return fields

    def _take_version(self, table: RecordTable, fields: Mapping[str, Any]) -> Outcome:
        fields, is_here = self._numbering.version(fields)
        if is_here:
            return Outcome.SAME
        self._add(table, fields, self._columns(table, fields), None)
        return Outcome.NEW

    def _key_of(self, owner: tuple[str, str, type[Any]], fields: Mapping[str, Any]) -> int | None:
        """The key of what a record goes with; 0 where that is to be written first, None where there is none."""
        name, _column, model = owner
        wanted = UUID(fields[name]).bytes
        key: int | None = _KEYS[model].run(self._connection, {"wanted": wanted})
        if key is None and not self._writing and wanted in self._taking.planned.get(_PARENTS[model], ()):
            return 0
        return key

    def _is_placed(self, kind: str, fields: Mapping[str, Any]) -> bool:
        """Whether what gives a record its meaning is there."""
        if kind == "check_in":
            return all(self._numbering.has_version(one["measure"], one["version"]) for one in fields["answers"])
        if kind == "response":
            start = bytes.fromhex(fields["sha256"])[:_ID_LENGTH]
            if start in self._taking.planned.get("questionnaire_text", ()):
                return True
            return self._reader.find("questionnaire_text", {"digest": bytes.fromhex(fields["sha256"])}) is not None
        if kind == "measure":
            return self._numbering.has_version(fields["id"], fields["version"])
        return True

    def _note_as_told(self, kind: str, fields: _Fields) -> None:
        if kind in _HAND_ON:
            self._taking.as_told.add(fields["id"])

    def _came_from_never_share(self, kind: str, fields: _Fields) -> bool:
        """Whether it was made from something that is never share here, and that not by the word of the same file.

        Where the file has both just as they are, it has also what somebody lifted.
        """
        for name, source in _SOURCES.get(kind, ()):
            found = fields[name]
            if found is not None and found not in self._taking.as_told:
                here = self._reader.find(source, {"id": UUID(found).bytes})
                if isinstance(here, Unreadable) or (here is not None and here.fields["never_share"]):
                    return True
        return False

    def _has_effects(self, fields: _Fields) -> bool:
        """Whether there is another log of the side effects of this session: there is one after each."""
        if fields["session_id"] is None or fields["deleted"] is not None:
            return False
        return LogReader(self._session).of_session(UUID(fields["session_id"])) is not None

    def _columns(self, table: RecordTable, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a new row, but for the key of what it goes with."""
        columns: dict[str, Any] = {}
        for one in table.kind.fields:
            value = fields[one.name]
            columns[table.columns[one.name]] = None if value is None else TO_COLUMN[one.shape](value)
        if columns.get("rev", 1) < 1:
            raise ValueError("revisions count from 1")
        kind = table.kind.name
        if kind in ("entry", "revision"):
            draft = _draft(fields)
            draft.at.local()  # a time that no clock can show is none
            if kind == "entry" and self._writing:
                columns |= entry_columns(draft) | {"sitting": bytes(_ID_LENGTH)}
            columns["tags"] = canonical_json(draft.tags)
        elif kind in _MADE:
            columns |= _MADE[kind](fields, columns)
        if kind in ("measure", "measure_version"):
            measure = fields["id" if kind == "measure" else "measure_id"]
            columns["number"] = self._numbering.measure(measure)
        if kind == "measure_version":
            name = b"%d.%d of " % (columns["number"], columns["version"]) + columns["measure_id"]
            columns["id"] = hashlib.sha256(name).digest()[:_ID_LENGTH]
        if kind == "check_in":
            columns["answers"] = self._answers(fields["answers"])
        if kind in CHECKS:
            CHECKS[kind](SimpleNamespace(**columns), fields)
        return columns

    def _answers(self, answers: list[dict[str, Any]]) -> str:
        kept: dict[str, Any] = {}
        for one in answers:
            name = answer_key(self._numbering.measure(one["measure"]), one["version"])
            value = one["value"]
            kept[name] = value if value is None or isinstance(value, list) else to_quarters(value)
        if len(kept) < len(answers):
            raise ValueError("a measure is answered twice")
        return canonical_json(kept)

    def _add(
        self,
        table: RecordTable,
        fields: Mapping[str, Any],
        columns: dict[str, Any],
        attached: PreparedAttachment | None,
    ) -> None:
        if not self._writing:
            return
        if table.kind.name == "attachment":
            self._attach(fields, columns, attached)
            return
        body = columns.pop("body") if table.model is EntryRow else ""
        revision = columns.get("rev", 0)
        sealed = seal_row(self._sealer, table.model, columns, revision)
        _INSERTS[table.model].run(self._connection, {"pk": None, **sealed})
        if table.model is EntryRow:
            self._add_text(columns, _draft({**fields, "body": body}))

    def _add_text(self, entry: Mapping[str, Any], draft: Draft) -> None:
        key = _KEYS[EntryRow].run(self._connection, {"wanted": entry["id"]})
        text = text_columns(draft, ()) | {"entry_pk": key, "id": entry["id"], "rev": entry["rev"]}
        _INSERTS[EntryTextRow].run(self._connection, seal_row(self._sealer, EntryTextRow, text, entry["rev"]))
        tags = ({"key": tag_key(tag), "entry_pk": key} for tag in draft.tags)
        _INSERTS[EntryTagRow].run_many(self._connection, tags)

    def _attach(
        self, fields: Mapping[str, Any], columns: Mapping[str, Any], attached: PreparedAttachment | None
    ) -> None:
        if attached is None:
            raise ValueError("no bytes")
        prepared = replace(attached, name=fields["name"], media_type=fields["media_type"])
        entry_id, attachment_id = UUID(fields["entry_id"]), UUID(fields["id"])
        with ids_from(lambda _now: attachment_id):
            writer = AttachmentWriter(self._connection, self._sealer)
            writer.add(entry_id, columns["entry_pk"], prepared, to_instant(fields["created"]))
        try:
            EntryWriter(self._connection, self._sealer).relabel(entry_id)
        except KnownError as error:  # the entry it goes with is damaged
            raise ValueError("not to be read") from error


def _draft(fields: Mapping[str, Any]) -> Draft:
    """What somebody wrote, with all the rules of a draft."""
    about = (
        None
        if fields["course"] is None or fields["session"] is None
        else SessionRef(fields["course"], fields["session"])
    )
    if not isinstance(fields["tags"], list) or not all(isinstance(tag, str) for tag in fields["tags"]):
        raise ValueError("no tags")
    at = ZonedTime(to_instant(fields["at"]), fields["zone"])
    return Draft(
        fields["body"], at, fields["title"], Phase(fields["phase"]), about, fields["prompt_id"], tuple(fields["tags"]),
        fields["never_share"], fields["mood_then"],
    )  # fmt: skip


def _of_setting(_fields: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": hashlib.sha256(columns["key"].encode("utf-8")).digest()[:_ID_LENGTH]}


def _of_text(fields: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    if hashlib.sha256(fields["text"].encode("utf-8")).digest() != columns["digest"]:
        raise ValueError("the digest is that of another text")
    return {"id": columns["digest"][:_ID_LENGTH]}


def _of_check_in(fields: Mapping[str, Any], _columns: Mapping[str, Any]) -> dict[str, Any]:
    return {"local_day": ZonedTime(to_instant(fields["about"]), fields["zone"]).local_date().toordinal()}


_MADE: Final = MappingProxyType({"setting": _of_setting, "questionnaire_text": _of_text, "check_in": _of_check_in})
"""The columns that are made from the others."""

_WRITTEN: Final[tuple[type[Any], ...]] = (
    *(table.model for table in RECORD_TABLES.values() if table.kind.name not in ("attachment", "attachment_part")),
    EntryTextRow, EntryTagRow,
)  # fmt: skip
_INSERTS: Final = MappingProxyType({model: Prepared(insert(table_of(model))) for model in _WRITTEN})
_KEYS: Final = MappingProxyType(
    {
        model: Prepared(select(table_of(model).c.pk).where(table_of(model).c.id == bindparam("wanted")))
        for model in _PARENTS
    }
)
