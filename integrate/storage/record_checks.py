"""Whether a row made of a record could be read again: each is looked at as its own reader would, before it is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from integrate.domain.check_ins import Answer, CheckInDraft
from integrate.domain.entry import SessionRef
from integrate.domain.measures import PARTS, Definition, Direction, HowOften, MeasureKind
from integrate.domain.practices import Reply, Said
from integrate.domain.records import to_instant
from integrate.domain.sharing import Recipient, Section
from integrate.domain.shipped_measures import shipped_id
from integrate.domain.times import ZonedTime
from integrate.storage.courses import to_course
from integrate.storage.insights import to_insight
from integrate.storage.letters import to_letter
from integrate.storage.logs import to_log
from integrate.storage.moments import to_moment
from integrate.storage.practices import to_practice
from integrate.storage.responses import to_response
from integrate.storage.session_lines import to_line
from integrate.storage.sessions import to_session
from integrate.storage.threads import to_link, to_thread

Check = Callable[[Any, Mapping[str, Any]], object]
"""Gets the columns of a row as attributes, and the fields of the record.

Raises:
    ValueError, TypeError, KeyError, OverflowError, WrongUsage: it could not be read.
"""


def _definition(row: Any, _fields: Mapping[str, Any]) -> object:
    step = 1 if row.step == PARTS else row.step / PARTS
    return Definition(
        name=row.name, low=row.low, high=row.high, lowest=row.lowest, highest=row.highest, step=step,
        direction=Direction(row.direction), kind=MeasureKind(row.kind), unit=row.unit,
    )  # fmt: skip


def _measure(row: Any, _fields: Mapping[str, Any]) -> object:
    words = json.loads(row.words)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("no words")
    if row.key is not None and shipped_id(row.key).bytes != row.id:
        raise ValueError("a shipped measure under another id")
    return HowOften(row.how_often)


def _check_in(row: Any, fields: Mapping[str, Any]) -> object:
    answers = []
    for one in fields["answers"]:
        value = one["value"]
        words, number = (tuple(value), None) if isinstance(value, list) else ((), value)
        answers.append(Answer(UUID(one["measure"]), one["version"], number, words))
    return CheckInDraft(
        ZonedTime(to_instant(fields["about"]), fields["zone"]), tuple(answers), row.note, row.never_share
    )


def _reply(row: Any, _fields: Mapping[str, Any]) -> object:
    return Said(date.fromordinal(row.day), Reply(row.reply))


def _recipient(row: Any, fields: Mapping[str, Any]) -> object:
    return Recipient(UUID(fields["id"]), row.name, row.role, row.phrase, to_instant(fields["phrase_since"]))


def _shared_file(_row: Any, fields: Mapping[str, Any]) -> object:
    for name in ("entries", "responses", "things"):
        for one in fields[name]:
            UUID(one)
    if not all(isinstance(name, str) for name in fields["measures_left_out"]):
        raise ValueError("no names")
    return [Section(one) for one in fields["sections"]], [SessionRef(*pair) for pair in fields["sessions"]]


def _of_row(read: Callable[[Any], object]) -> Check:
    return lambda row, _fields: read(row)


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "measure_version": _definition,
        "measure": _measure,
        "course": _of_row(to_course),
        "session": _of_row(to_session),
        "session_line": _of_row(to_line),
        "moment": _of_row(to_moment),
        "letter": _of_row(to_letter),
        "log": _of_row(to_log),
        "thread": _of_row(to_thread),
        "insight": _of_row(to_insight),
        "practice": _of_row(to_practice),
        "practice_reply": _reply,
        "thread_link": _of_row(to_link),
        "check_in": _check_in,
        "response": _of_row(to_response),
        "recipient": _recipient,
        "shared_file": _shared_file,
    }
)
"""By the kind of record. Entries and their earlier states are looked at as drafts; the others are plain values."""
