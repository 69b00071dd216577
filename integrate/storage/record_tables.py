"""Which columns a record is made of: for each table what is copied under which name, and what is left out and why.

Every column of every table is in one or the other. What is left out is either made again from what is copied, or is
of this one file and never leaves it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from integrate.domain.record_kinds import RECORD_KINDS
from integrate.domain.records import RecordKind, Shape, from_instant, from_quarters, id_bytes, to_instant, to_quarters
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.storage.course_tables import (
    CourseRow,
    InsightRow,
    LetterRow,
    MomentRow,
    PracticeReplyRow,
    PracticeRow,
    RoomRow,
    SessionLineRow,
    SessionRow,
    ThreadLinkRow,
    ThreadRow,
    TouchPointRow,
)
from integrate.storage.mood_tables import (
    CheckInRow,
    FormTextRow,
    LogRow,
    MeasureRow,
    MeasureVersionRow,
    ResponseRow,
)
from integrate.storage.sharing_tables import ImportBatchRow, RecipientRow, SharedFileRow
from integrate.storage.tables import (
    AttachmentChunkRow,
    AttachmentRow,
    BackupRow,
    EntryRow,
    EntryTagRow,
    EntryTextRow,
    LossRow,
    RevisionRow,
    SettingRow,
    StateRow,
    ThumbnailRow,
)

_KEY: Final = "a key of this file alone"
_SEAL: Final = "made again with the other journal's key"
_MADE: Final = "made again from what is copied"
_HERE: Final = "of this file alone"
_SECRET: Final = "key material never leaves"
_PLAIN: Final = MappingProxyType({"pk": _KEY, "seal": _SEAL})

_RENAMED: Final = MappingProxyType({"revision": "rev"})
"""Fields that have another name as a column, in every table."""


@dataclass(frozen=True, slots=True)
class RecordTable:
    """The table of one kind of record: ``columns`` by field, and the columns that are ``left_out``, each with why."""

    kind: RecordKind
    model: type[Any]
    columns: Mapping[str, str]
    left_out: Mapping[str, str]


def _table(
    name: str, model: type[Any], columns: Mapping[str, str] | None = None, left_out: Mapping[str, str] | None = None
) -> RecordTable:
    kind, named = RECORD_KINDS[name], dict(columns or {})
    for field in kind.fields:
        usual = f"{field.name}_us" if field.shape is Shape.INSTANT else _RENAMED.get(field.name, field.name)
        named.setdefault(field.name, usual)
    return RecordTable(kind, model, MappingProxyType(named), MappingProxyType({**_PLAIN, **(left_out or {})}))


_OF_SESSION: Final = MappingProxyType({"session_pk": _KEY})
_NUMBERED: Final = MappingProxyType({"number": "given anew; answers name their measure by its id"})

RECORD_TABLES: Final[Mapping[str, RecordTable]] = MappingProxyType(
    {
        table.kind.name: table
        for table in (
            _table("setting", SettingRow, left_out={"id": _MADE}),
            _table("measure_version", MeasureVersionRow, left_out={"id": _MADE, **_NUMBERED}),
            _table("measure", MeasureRow, left_out=_NUMBERED),
            _table("course", CourseRow),
            _table("session", SessionRow),
            _table("session_line", SessionLineRow, left_out=_OF_SESSION),
            _table("moment", MomentRow, left_out=_OF_SESSION),
            _table("letter", LetterRow, left_out=_OF_SESSION),
            _table("touch_point", TouchPointRow, left_out=_OF_SESSION),
            _table("log", LogRow),
            _table(
                "entry", EntryRow,
                left_out={"local_day": _MADE, "excerpt": _MADE, "words": _MADE, "sitting": "of one run of the program"},
            ),
            _table("revision", RevisionRow, {"entry_id": "id"}, {"entry_pk": _KEY}),
            _table("attachment", AttachmentRow, left_out={"entry_pk": _KEY, "has_thumbnail": _MADE}),
            _table(
                "attachment_part", AttachmentChunkRow, {"attachment_id": "id", "number": "seq"}, {"attachment_pk": _KEY}
            ),
            _table("thread", ThreadRow),
            _table("insight", InsightRow, {"entry_revision": "entry_rev"}),
            _table("practice", PracticeRow),
            _table("practice_reply", PracticeReplyRow, left_out={"practice_pk": _KEY}),
            _table("thread_link", ThreadLinkRow, left_out={"thread_pk": _KEY}),
            _table("check_in", CheckInRow, left_out={"local_day": _MADE}),
            _table("questionnaire_text", FormTextRow, {"sha256": "digest"}, {"id": _MADE}),
            _table("response", ResponseRow, {"sha256": "digest"}),
            _table("recipient", RecipientRow),
            _table("shared_file", SharedFileRow),
        )
    }
)  # fmt: skip
"""By the kind of record, in the order of a copy. The body of an entry, in a table of its own, is copied with it."""

LEFT_OUT: Final[Mapping[type[Any], Mapping[str, str]]] = MappingProxyType(
    {
        EntryTextRow: {
            "entry_pk": _KEY, "id": _MADE, "rev": _MADE, "index_title": _MADE, "index_body": _MADE,
            "index_labels": _MADE, "seal": _SEAL,
        },
        EntryTagRow: dict.fromkeys(("key", "entry_pk"), _MADE),
        ThumbnailRow: dict.fromkeys(("attachment_pk", "id", "data", "seal"), _MADE),
        StateRow: dict.fromkeys(("pk", "seq", "last_passphrase_us", "keyring_on_hold"), _HERE),
        BackupRow: dict.fromkeys(("number", "made_us", "local_day", "reason", "size", "sha256", "entries"), _HERE),
        LossRow: dict.fromkeys(("pk", "accepted_us", "expected_seq", "found_seq"), _HERE),
        ImportBatchRow: dict.fromkeys(
            (
                "pk", "id", "rev", "batch_id", "part", "is_last", "made_us", "zone", "source", "sha256", "counts",
                "made", "seal",
            ),
            "of this journal alone: it takes back what was brought in here",
        ),
        RoomRow: dict.fromkeys(
            ("pk", "id", "rev", "session_id", "private_key", "mac_key", "opened_us", "seal"), _SECRET
        ),
    }
)  # fmt: skip
"""What is copied by no table of its own: every column but the body of an entry."""


_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_EARLIEST: Final = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
_LATEST: Final = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
"""Nearer to the ends of the calendar a time is beyond them in some zone."""


def canonical_json(value: object) -> str:
    """JSON as a row keeps it."""
    return _encode(value)


def _instant_of(microseconds: int) -> str:
    return from_instant(from_microseconds(microseconds))


def _microseconds_of(text: str) -> int:
    instant = to_instant(text)
    if not _EARLIEST <= instant <= _LATEST:
        raise ValueError("no clock could show it")
    return to_microseconds(instant)


def _same(value: Any) -> Any:
    return value


TO_FIELD: Final[Mapping[Shape, Callable[[Any], Any]]] = MappingProxyType(
    {
        Shape.ID: lambda value: str(UUID(bytes=value)),
        Shape.TEXT: _same,
        Shape.NUMBER: _same,
        Shape.QUARTERS: from_quarters,
        Shape.FLAG: bool,
        Shape.INSTANT: _instant_of,
        Shape.DAY: lambda value: date.fromordinal(value).isoformat(),
        Shape.SHA256: bytes.hex,
        Shape.BYTES: lambda value: b64encode(value).decode("ascii"),
        Shape.JSON: json.loads,
        Shape.ANSWERS: _same,
    }
)
"""What a column holds, as a field. Answers need to know the measures: :mod:`integrate.storage.records` names them."""

TO_COLUMN: Final[Mapping[Shape, Callable[[Any], Any]]] = MappingProxyType(
    {
        Shape.ID: id_bytes,
        Shape.TEXT: _same,
        Shape.NUMBER: _same,
        Shape.QUARTERS: to_quarters,
        Shape.FLAG: _same,
        Shape.INSTANT: _microseconds_of,
        Shape.DAY: lambda value: date.fromisoformat(value).toordinal(),
        Shape.SHA256: bytes.fromhex,
        Shape.BYTES: b64decode,
        Shape.JSON: canonical_json,
        Shape.ANSWERS: _same,
    }
)
"""The inverse of :data:`TO_FIELD`."""
