"""Taking an import back: what it made goes for good, unless somebody has changed or used it since.

Children go before what they belong to. A thing stays with whatever was added to it later, and so does what was edited:
nobody loses words of their own because they came to stand beside imported ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, and_, delete, func, select

from integrate.domain.import_batches import ImportBatch
from integrate.domain.record_kinds import RECORD_KINDS
from integrate.storage.bases import table_of
from integrate.storage.course_tables import (
    InsightRow,
    LetterRow,
    MomentRow,
    PracticeReplyRow,
    SessionLineRow,
    SessionRow,
    ThreadLinkRow,
    TouchPointRow,
)
from integrate.storage.database import Database
from integrate.storage.entries import EntryWriter
from integrate.storage.mood_tables import CheckInRow, LogRow
from integrate.storage.purging import Kind, Purge
from integrate.storage.record_tables import RECORD_TABLES, TO_COLUMN
from integrate.storage.sharing_tables import SharedFileRow
from integrate.storage.tables import AttachmentRow, EntryRow

_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "entry": Kind.ENTRY, "session": Kind.SESSION, "session_line": Kind.LINE, "moment": Kind.MOMENT,
        "letter": Kind.LETTER, "thread": Kind.THREAD, "insight": Kind.INSIGHT, "practice": Kind.PRACTICE,
        "response": Kind.RESPONSE, "log": Kind.LOG, "check_in": Kind.CHECK_IN, "measure": Kind.MEASURE,
    }
)  # fmt: skip
_CHILDREN: Final[Mapping[str, tuple[tuple[type[Any], str], ...]]] = MappingProxyType(
    {
        "session": tuple((model, "session_pk") for model in (SessionLineRow, MomentRow, LetterRow, TouchPointRow)),
        "practice": ((PracticeReplyRow, "practice_pk"),),
        "thread": ((ThreadLinkRow, "thread_pk"),),
    }
)
_BY_THEMSELVES: Final = ("measure_version", "questionnaire_text")  # gone once nothing needs them

ORDER: Final[Sequence[str]] = tuple(reversed([kind for kind in RECORD_KINDS if kind not in _BY_THEMSELVES]))
"""The kinds in the order in which they are taken back."""


class Undoing:
    """Takes back things of one batch inside one write transaction; :meth:`finish` comes last."""

    def __init__(self, database: Database, connection: Connection, batch: ImportBatch) -> None:
        self._connection = connection
        self._batch = batch
        self._purge = Purge(database, connection)
        self._entries = EntryWriter(connection, database.sealer)

    def remove(self, kind: str, key: str) -> bool | None:
        """Remove one thing: False where it stays, None where it is gone already or goes with another."""
        table = RECORD_TABLES[kind]
        if kind in ("revision", "attachment"):
            return self._remove_part(kind, key)
        name = table.kind.key[0]
        shape = next(field.shape for field in table.kind.fields if field.name == name)
        columns = table_of(table.model).c
        wanted = columns[table.columns[name]] == TO_COLUMN[shape](key)
        found = self._connection.execute(select(table_of(table.model)).where(wanted)).mappings().one_or_none()
        if found is None:
            return None
        row = {str(name): value for name, value in found.items()}
        if row["rev"] != self._batch.things[kind][key] or self._is_used(kind, row):
            return False
        if kind in _KINDS:
            self._purge.remove(_KINDS[kind], UUID(key))
        else:
            self._connection.execute(delete(table_of(table.model)).where(columns.pk == row["pk"]))
        return True

    def finish(self) -> None:
        """Nothing refers to what is gone any more."""
        self._purge.finish()

    def _is_used(self, kind: str, row: Mapping[str, Any]) -> bool:
        for model, column in _CHILDREN.get(kind, ()):
            if self._is_there(table_of(model).c[column] == row["pk"]):
                return True
        match kind:
            case "entry":
                files = table_of(AttachmentRow).c
                ids = self._connection.scalars(select(files.id).where(files.entry_pk == row["pk"]))
                return not {str(UUID(bytes=one)) for one in ids} <= set(self._batch.things.get("attachment", ()))
            case "course":
                sessions = table_of(SessionRow).c.course == row["number"]
                return self._is_there(sessions) or self._is_spoken_of(row["number"])
            case "session":
                effects = table_of(LogRow).c.session_id == row["id"]
                return self._is_there(effects) or self._is_spoken_of(row["course"], row["number"])
            case "recipient":  # with the phrase that opens those files
                return self._is_there(table_of(SharedFileRow).c.recipient_id == row["id"])
            case "measure":
                return self._is_there(func.instr(table_of(CheckInRow).c.answers, f'"{row["number"]}.') > 0)
        return False

    def _is_spoken_of(self, course: int, session: int | None = None) -> bool:
        """Whether an entry or an insight is about a course or session: its number is not to become another's."""
        for columns in (table_of(EntryRow).c, table_of(InsightRow).c):
            of_session = () if session is None else (columns.session == session,)
            if self._is_there(and_(columns.course == course, *of_session)):
                return True
        return False

    def _is_there(self, condition: Any) -> bool:
        return self._connection.execute(select(1).where(condition).limit(1)).first() is not None

    def _remove_part(self, kind: str, key: str) -> bool | None:
        """An attachment or an earlier state: with its entry, or from one that was here before."""
        if kind == "revision":
            entry, _slash, number = key.partition("/")
            table = table_of(RECORD_TABLES["revision"].model)
            if entry in self._batch.things.get("entry", ()):
                return None
            gone = delete(table).where(table.c.id == UUID(entry).bytes, table.c.rev == int(number))
            return bool(self._connection.execute(gone).rowcount) or None
        files = table_of(AttachmentRow).c
        owner = self._connection.scalar(select(files.entry_id).where(files.id == UUID(key).bytes))
        if owner is None or str(UUID(bytes=owner)) in self._batch.things.get("entry", ()):
            return None
        self._connection.execute(delete(table_of(AttachmentRow)).where(files.id == UUID(key).bytes))
        self._entries.relabel(UUID(bytes=owner))
        return True
