"""Check-ins: a few quick answers, changed, deleted, taken back, and read as series by everything that draws them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from integrate.domain.check_ins import CheckIn, CheckInDraft
from integrate.domain.entry import Changes, Unreadable
from integrate.domain.listing import Stop
from integrate.domain.series import SeriesSet
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Journal
from integrate.storage import check_in_series
from integrate.storage.check_ins import CheckInReader, CheckInWriter
from integrate.storage.purging import Kind, purge


@dataclass(frozen=True, slots=True)
class SavedCheckIn:
    """A check-in as it was saved."""

    check_in: CheckIn
    changes: Changes


def record_check_in(journal: Journal, draft: CheckInDraft, *, origin: str = "") -> SavedCheckIn:
    """Keep a check-in. One about the same instant as another is kept beside it. Durable when this returns.

    Raises:
        WrongUsage: an answer does not fit its measure, or there is no such measure. What any write raises.
    """
    with _writing(journal) as check_ins:
        check_in = check_ins.add(draft, ZonedTime(journal.clock.now(), journal.clock.zone()))
    return _saved(check_in, origin)


def change_check_in(journal: Journal, check_in_id: UUID, draft: CheckInDraft, *, origin: str = "") -> SavedCheckIn:
    """Write a check-in again as ``draft`` has it. When it was really written stays as it was.

    Raises:
        WrongUsage: there is none, an answer does not fit its measure, or there is no such measure.
        RecordDamaged: it is not written over. What any write raises.
    """
    with _writing(journal) as check_ins:
        check_in = check_ins.save(check_in_id, draft, journal.clock.now())
    return _saved(check_in, origin)


def get_check_in(journal: Journal, check_in_id: UUID) -> CheckIn:
    """One check-in, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return CheckInReader(session).get(check_in_id)


def list_check_ins(
    journal: Journal, first_day: date | None = None, last_day: date | None = None, limit: int | None = None
) -> tuple[CheckIn | Unreadable, ...]:
    """Check-ins, the last time they are about first; a damaged one by its id. Days are inclusive local days."""
    with journal.vault.database.read() as session:
        return CheckInReader(session).list(first_day, last_day, limit)


def read_series(
    journal: Journal, *, first_day: date | None = None, last_day: date | None = None, stop: Stop | None = None
) -> SeriesSet:
    """Every number answered on those local days, both inclusive, by measure and meaning. "No answer" is in none.

    Raises:
        DatabaseDamaged: a page cannot be read.
        Stopped: ``stop`` was set.
    """
    with journal.vault.database.read(stop) as session:
        return check_in_series.read_series(session, first_day, last_day)


def last_answers(journal: Journal, today: date | None = None) -> Mapping[UUID, date]:
    """The last local day of the last week on which each measure was answered; "No answer" counts.

    A measure that is not there was not answered for a week. ``today`` None asks the clock.
    """
    day = today or ZonedTime(journal.clock.now(), journal.clock.zone()).local_date()
    with journal.vault.database.read() as session:
        return CheckInReader(session).last_answers(day)


def delete_check_in(journal: Journal, check_in_id: UUID, *, origin: str = "") -> Changes:
    """Move a check-in to Recently deleted: it is in no series any more.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as check_ins:
        check_ins.delete(check_in_id, journal.clock.now())
    return _changes(check_in_id, origin, deleted=True)


def restore_check_in(journal: Journal, check_in_id: UUID, *, origin: str = "") -> SavedCheckIn:
    """Take a check-in back from Recently deleted, as it was.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as check_ins:
        check_in = check_ins.undelete(check_in_id)
    return SavedCheckIn(check_in, _changes(check_in_id, origin, deleted=True))


def deleted_check_ins(journal: Journal) -> tuple[CheckIn | Unreadable, ...]:
    """Check-ins that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return CheckInReader(session).deleted()


def purge_check_in(journal: Journal, check_in_id: UUID, *, origin: str = "") -> Changes:
    """Delete a check-in for good, a damaged one too.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.CHECK_IN, check_in_id)
    return _changes(check_in_id, origin, deleted=True)


@contextmanager
def _writing(journal: Journal) -> Iterator[CheckInWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield CheckInWriter(connection, database.sealer)


def _saved(check_in: CheckIn, origin: str) -> SavedCheckIn:
    return SavedCheckIn(check_in, _changes(check_in.id, origin))


def _changes(check_in_id: UUID, origin: str, *, deleted: bool = False) -> Changes:
    areas = {"check-ins", "recently deleted"} if deleted else {"check-ins"}
    return Changes(frozenset(areas), frozenset({check_in_id}), origin)
