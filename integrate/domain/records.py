"""Records: everything a journal holds, one plain value for each thing, in the words of the domain.

A copy of a journal is a row of records. How the value of a field is written is its :class:`Shape`; which fields each
kind of record has is in :mod:`integrate.domain.record_kinds`. The file format, its published schema and the way to the
tables all follow from those declarations.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

MOST: Final = 2**53
"""Whole numbers are nearer to zero than this: every reader of JSON keeps those as they are."""

_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_PARTS: Final = 4  # of a whole: the finest step of a measure is a quarter


class Shape(StrEnum):
    """How the value of a field is written in JSON."""

    ID = "id"
    TEXT = "text"
    NUMBER = "number"
    QUARTERS = "quarters"
    FLAG = "flag"
    INSTANT = "instant"
    DAY = "day"
    SHA256 = "sha256"
    BYTES = "bytes"
    JSON = "json"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: ``maybe`` null; ``choices`` are all it can be, where that is known."""

    name: str
    shape: Shape
    maybe: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record. ``key`` are the fields that name one; ``rank`` is its place in a copy, parents first."""

    name: str
    rank: int
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    about: str
    in_packets: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of a journal: its ``kind`` and its ``fields`` as plain JSON, in the order of the kind's declaration."""

    kind: str
    fields: Mapping[str, Any]


class RecordError(ValueError):
    """A record that is not as its kind is declared: ``field`` is the one that is off, "" for the record itself.

    Neither it nor its message holds a value, only names of our own.
    """

    def __init__(self, kind: str, field: str = "") -> None:
        super().__init__(f"{kind}.{field}" if field else kind)
        self.kind = kind
        self.field = field


def check_record(kind: RecordKind, fields: Mapping[str, Any]) -> None:
    """Refuse fields that are not exactly those of ``kind``, each in its shape.

    Raises:
        RecordError: the first that is not.
    """
    if len(fields) != len(kind.fields):
        known = {field.name for field in kind.fields}
        odd = min(known.symmetric_difference(fields), key=lambda name: (name not in known, name))
        raise RecordError(kind.name, odd if odd in known else "")
    for field in kind.fields:
        try:
            value = fields[field.name]
        except KeyError:
            raise RecordError(kind.name, field.name) from None
        if value is None and field.maybe:
            continue
        if not _FITS[field.shape](value) or (field.choices and value not in field.choices):
            raise RecordError(kind.name, field.name)


def to_instant(text: str) -> datetime:
    """The instant that a field of this shape says.

    Raises:
        ValueError: it is none.
    """
    if not _INSTANT.fullmatch(text):
        raise ValueError("no instant")
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


def from_instant(instant: datetime) -> str:
    """An aware instant as a field says it: ISO 8601 in UTC with microseconds."""
    utc = instant.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def to_quarters(value: float) -> int:
    """A number in quarters, as it is kept.

    Raises:
        ValueError: it is no whole number of quarters.
    """
    quarters = value * _PARTS
    if quarters != int(quarters):
        raise ValueError("between two quarters")
    return int(quarters)


def from_quarters(quarters: int) -> float:
    """What so many quarters are; a whole number as one."""
    whole, rest = divmod(quarters, _PARTS)
    return quarters / _PARTS if rest else whole


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_text(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair is no text
        return False
    return True


def _is_number(value: Any) -> bool:
    return value.__class__ is int and -MOST < value < MOST


def _is_quarters(value: Any) -> bool:
    if value.__class__ not in (int, float) or not -MOST < value < MOST:
        return False
    return bool(value * _PARTS == int(value * _PARTS))


def _is_flag(value: Any) -> bool:
    return value is True or value is False


def _is_instant(value: Any) -> bool:
    try:
        return isinstance(value, str) and to_instant(value) is not None
    except ValueError:
        return False


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and _DAY.fullmatch(value) is not None and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _is_sha256(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _is_bytes(value: Any) -> bool:
    try:
        return isinstance(value, str) and b64decode(value, validate=True) is not None
    except (NoBase64, ValueError):
        return False


_as_json: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _is_json(value: Any) -> bool:
    try:
        return _is_text(_as_json(value))
    except (ValueError, TypeError, RecursionError):
        return False


def _is_answers(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_answer, value))


def _is_answer(one: Any) -> bool:
    if not isinstance(one, dict) or one.keys() != {"measure", "version", "value"}:
        return False
    value = one["value"]
    given = value is None or _is_quarters(value) or (isinstance(value, list) and all(map(_is_text, value)))
    return given and _is_id(one["measure"]) and _is_number(one["version"])


_FITS: Final[Mapping[Shape, Callable[[Any], bool]]] = MappingProxyType(
    {
        Shape.ID: _is_id, Shape.TEXT: _is_text, Shape.NUMBER: _is_number, Shape.QUARTERS: _is_quarters,
        Shape.FLAG: _is_flag, Shape.INSTANT: _is_instant, Shape.DAY: _is_day, Shape.SHA256: _is_sha256,
        Shape.BYTES: _is_bytes, Shape.JSON: _is_json, Shape.ANSWERS: _is_answers,
    }
)  # fmt: skip


def id_bytes(text: str) -> bytes:
    """The 16 bytes of an id."""
    return UUID(text).bytes
