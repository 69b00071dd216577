"""Logs of facts: side effects after a session, and what changes slowly. Nothing is counted and nothing compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Final
from uuid import UUID

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.log_schedule import LogPlan, decode_plan, encode_plan
from integrate.domain.logs import EffectLog, Log, SlowLog
from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime, find_zone
from integrate.errors import RecordDamaged, WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.storage.logs import LogKind, LogReader, LogWriter
from integrate.storage.purging import Kind, purge
from integrate.storage.sealed_rows import SealedWriter
from integrate.storage.sessions import SessionReader
from integrate.storage.settings import read_setting, write_settings

_PLAN: Final = "logs"
_NOON: Final = time(12)


@dataclass(frozen=True, slots=True)
class SavedLog:
    """A log as it was saved."""

    log: Log
    changes: Changes


def effect_log(journal: Journal, session_id: UUID) -> Log | Unreadable | None:
    """The side effects noted after a session, by its id where they are damaged; None where there are none.

    Raises:
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return LogReader(session).of_session(session_id)


def effect_logs(journal: Journal) -> tuple[Log | Unreadable, ...]:
    """The side effects of every session, the newest first, without those deleted; a damaged one by its id.

    Raises:
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return LogReader(session).list(LogKind.EFFECTS)


def slow_logs(journal: Journal) -> tuple[Log | Unreadable, ...]:
    """What changes slowly, each time it was answered, the newest first; a damaged one by its id.

    Raises:
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return LogReader(session).list(LogKind.SLOW)


def get_log(journal: Journal, log_id: UUID) -> Log:
    """One log, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return LogReader(session).get(log_id)


def record_effect_log(
    journal: Journal, log: EffectLog, about: ZonedTime | None = None, *, origin: str = ""
) -> SavedLog:
    """Note the side effects of a session, instead of what was noted before; when that was first written stays known.

    They are about the session's own end, start or day unless ``about`` says another time. Durable when this returns.

    Raises:
        WrongUsage: there is no such session.
        RecordDamaged: the session, or what was noted before, is damaged; it is not written over. What any write raises.
    """
    now = _now(journal)
    with _writing(journal) as (logs, sessions):
        session = sessions.get(log.session_id)
        was = logs.reader.of_session(log.session_id)
        if isinstance(was, Unreadable):
            raise RecordDamaged(_("These notes could not be read. The rest is fine."))
        if was is None:
            saved = logs.add(log, about or _time_of(session) or now, now)
        else:
            saved = logs.save(replace(was, content=log, about=about or was.about, updated=now.instant))
    return _saved(saved, origin)


def record_slow_log(journal: Journal, log: SlowLog, about: ZonedTime | None = None, *, origin: str = "") -> SavedLog:
    """Keep what changes slowly, about now unless ``about`` says another time. Durable when this returns.

    Raises:
        What any write raises.
    """
    now = _now(journal)
    with _writing(journal) as (logs, _sessions):
        saved = logs.add(log, about or now, now)
    return _saved(saved, origin)


def change_slow_log(
    journal: Journal, log_id: UUID, log: SlowLog | None = None, *, about: ZonedTime | None = None, origin: str = ""
) -> SavedLog:
    """Change what is given of a log of slow things and leave the rest; when it was first written stays known.

    Raises:
        WrongUsage: there is none, or it is one of side effects.
        RecordDamaged: it is not written over. What any write raises.
    """
    with _writing(journal) as (logs, _sessions):
        was = logs.reader.get(log_id)
        if isinstance(was.content, EffectLog):
            raise WrongUsage(reason=_("These are side effects of a session. They are changed with that session."))
        changed = replace(was, content=log or was.content, about=about or was.about)
        saved = was if changed == was else logs.save(replace(changed, updated=journal.clock.now()))
    return _saved(saved, origin)


def delete_log(journal: Journal, log_id: UUID, *, origin: str = "") -> Changes:
    """Move a log to Recently deleted.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (logs, _sessions):
        logs.delete(log_id, journal.clock.now())
    return _changes(log_id, origin, deleted=True)


def restore_log(journal: Journal, log_id: UUID, *, origin: str = "") -> SavedLog:
    """Take a log back from Recently deleted, as it was.

    Raises:
        WrongUsage: there is none, or other side effects were noted for its session meanwhile; those stay.
        RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (logs, _sessions):
        was = logs.reader.get(log_id)
        of = was.content.session_id if isinstance(was.content, EffectLog) else None
        if was.deleted is not None and of is not None and logs.reader.of_session(of) is not None:
            raise WrongUsage(reason=_("Side effects were noted anew for this session. Delete those first."))
        saved = logs.undelete(log_id)
    return SavedLog(saved, _changes(log_id, origin, deleted=True))


def deleted_logs(journal: Journal) -> tuple[Log | Unreadable, ...]:
    """Logs that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return LogReader(session).deleted()


def purge_log(journal: Journal, log_id: UUID, *, origin: str = "") -> Changes:
    """Delete a log for good, a damaged one too.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.LOG, log_id)
    return _changes(log_id, origin, deleted=True)


def log_plan(journal: Journal) -> LogPlan:
    """Which logs are offered; as it is at first where nothing was chosen or can be read.

    Raises:
        DatabaseDamaged.
    """
    try:
        return decode_plan(read_setting(journal.vault.database, _PLAN))
    except RecordDamaged:
        return LogPlan()  # what is offered must not keep anybody out


def set_log_plan(journal: Journal, plan: LogPlan, *, origin: str = "") -> Changes:
    """Keep which logs are offered. Durable when this returns.

    Raises:
        What any write raises.
    """
    write_settings(journal.vault.database, {_PLAN: encode_plan(plan)}, journal.clock.now())
    return Changes(frozenset({"logs"}), frozenset(), origin)


def _now(journal: Journal) -> ZonedTime:
    return ZonedTime(journal.clock.now(), journal.clock.zone())


def _time_of(session: Session) -> ZonedTime | None:
    """When a session was over, as far as it is known; noon of its day where no time is."""
    draft = session.draft
    if draft.ended is not None or draft.started is not None:
        return draft.ended or draft.started
    if draft.day is None:
        return None
    return ZonedTime(datetime.combine(draft.day, _NOON, find_zone(draft.zone)).astimezone(UTC), draft.zone)


@contextmanager
def _writing(journal: Journal) -> Iterator[tuple[LogWriter, SessionReader]]:
    database = journal.vault.database
    with database.write() as connection:
        rows = SealedWriter(connection, database.sealer)
        yield LogWriter(rows), SessionReader(rows.session)


def _saved(log: Log, origin: str) -> SavedLog:
    return SavedLog(log, _changes(log.id, origin))


def _changes(log_id: UUID, origin: str, *, deleted: bool = False) -> Changes:
    areas = {"logs", "recently deleted"} if deleted else {"logs"}
    return Changes(frozenset(areas), frozenset({log_id}), origin)
