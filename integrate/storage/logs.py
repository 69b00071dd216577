"""Logs of facts in the database: side effects after a session, and what changes slowly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from integrate.domain.entry import Unreadable
from integrate.domain.logs import EffectLine, EffectLog, Log, SlowLog, YesNo
from integrate.domain.moments import Strength
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.storage.mood_tables import LogRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, read_row, value_of

_LIVE: Final = LogRow.deleted_us.is_(None)


class LogKind(StrEnum):
    """What a log is about."""

    EFFECTS = "effects"
    SLOW = "slow"


class LogReader:
    """Logs as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self, kind: LogKind) -> tuple[Log | Unreadable, ...]:
        """Logs of one kind that are not deleted, the newest first by what they are about.

        A damaged one whose kind cannot be told is named among those of either.
        """
        other = LogKind.SLOW if kind is LogKind.EFFECTS else LogKind.EFFECTS
        newest = LogRow.about_us.desc(), LogRow.pk.desc()
        rows = self._session.scalars(select(LogRow).where(_LIVE).order_by(*newest))
        return tuple(read_row(row, to_log) for row in rows if row.kind != other)

    def of_session(self, session_id: UUID) -> Log | Unreadable | None:
        """The side effects noted after one session, without those deleted."""
        found = select(LogRow).where(_LIVE, LogRow.session_id == session_id.bytes).order_by(LogRow.pk.desc())
        row = self._session.scalars(found).first()
        return None if row is None else read_row(row, to_log)

    def deleted(self) -> tuple[Log | Unreadable, ...]:
        """Logs in Recently deleted, the last one first."""
        newest = LogRow.deleted_us.desc(), LogRow.pk.desc()
        return tuple(
            read_row(row, to_log) for row in self._session.scalars(select(LogRow).where(~_LIVE).order_by(*newest))
        )

    def get(self, log_id: UUID) -> Log:
        """One log, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, LogRow, log_id), to_log)


class LogWriter:
    """Changes to logs inside one write transaction."""

    def __init__(self, rows: SealedWriter) -> None:
        self._rows = rows

    @property
    def reader(self) -> LogReader:
        """Logs as they are inside the transaction."""
        return LogReader(self._rows.session)

    def add(self, content: EffectLog | SlowLog, about: ZonedTime, now: ZonedTime) -> Log:
        """A new log."""
        log = Log(new_id(now.instant), content, about, now, now.instant)
        columns = _columns(log) | {
            "id": log.id.bytes,
            "kind": str(_kind(content)),
            "session_id": content.session_id.bytes if isinstance(content, EffectLog) else None,
            "written_us": to_microseconds(now.instant),
            "written_zone": now.zone,
            "deleted_us": None,
        }
        self._rows.add(LogRow, columns)
        return log

    def save(self, log: Log) -> Log:
        """Write what a log says and what it is about again; its kind, its session and when it was written stay.

        Raises:
            WrongUsage: there is none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        self._rows.change(self._row(log.id), **_columns(log))
        return self.reader.get(log.id)

    def delete(self, log_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = self._row(log_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, log_id: UUID) -> Log:
        """Take back from Recently deleted."""
        row = self._row(log_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.reader.get(log_id)

    def _row(self, log_id: UUID) -> LogRow:
        return find_row(self._rows.session, LogRow, log_id)


def to_log(row: LogRow) -> Log:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, KeyError, WrongUsage: it holds what this program does not know.
    """
    kept = json.loads(row.content)
    content: EffectLog | SlowLog
    if LogKind(row.kind) is LogKind.EFFECTS:
        if row.session_id is None:
            raise ValueError("side effects of no session")
        lines = tuple(_line(line) for line in kept["lines"])
        content = EffectLog(UUID(bytes=row.session_id), lines, kept["note"])
    else:
        answers = tuple((question, YesNo(answer)) for question, answer in kept["answers"])
        content = SlowLog(answers, kept["pull"], kept["note"])
    return Log(
        id=UUID(bytes=row.id),
        content=content,
        about=ZonedTime(from_microseconds(row.about_us), row.zone),
        written=ZonedTime(from_microseconds(row.written_us), row.written_zone),
        updated=from_microseconds(row.updated_us),
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _columns(log: Log) -> dict[str, Any]:
    content = log.content
    kept: dict[str, Any] = {"note": content.note}
    if isinstance(content, EffectLog):
        kept["lines"] = [_kept_line(line) for line in content.lines]
    else:
        kept |= {"answers": [[question, str(answer)] for question, answer in content.answers], "pull": content.pull}
    return {
        "about_us": to_microseconds(log.about.instant),
        "zone": log.about.zone,
        "content": json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "updated_us": to_microseconds(log.updated),
    }


def _kind(content: EffectLog | SlowLog) -> LogKind:
    return LogKind.EFFECTS if isinstance(content, EffectLog) else LogKind.SLOW


def _kept_line(line: EffectLine) -> dict[str, str | None]:
    return {
        "effect": line.effect,
        "strength": str(line.strength),
        "began": _clock(line.began),
        "ended": _clock(line.ended),
        "told": line.told,
        "reading": line.reading,
    }


def _line(kept: Mapping[str, Any]) -> EffectLine:
    return EffectLine(
        kept["effect"], Strength(kept["strength"]), _time(kept["began"]), _time(kept["ended"]), kept["told"],
        kept["reading"],
    )  # fmt: skip


def _clock(at: time | None) -> str | None:
    return None if at is None else at.isoformat()


def _time(kept: str | None) -> time | None:
    return None if kept is None else time.fromisoformat(kept)
