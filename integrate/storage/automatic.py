"""Automatic backups: numbered, verified, thinned out to 7 days, 4 weeks and 12 months."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import delete, insert, select

from integrate.domain.retention import BackupCopy, copies_to_keep
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.errors import DiskRefused, ReadOnlyJournal
from integrate.storage.backup import BackupMade, write_backup
from integrate.storage.tables import BackupRow
from integrate.storage.vault import Access, Vault
from integrate.system.clock import Clock
from integrate.system.files import make_private_folder


class Reason(StrEnum):
    """Why an automatic backup was made."""

    FIRST = "first"
    DAILY = "daily"
    BEFORE_MIGRATION = "before-migration"
    AFTER_PURGE = "after-purge"


def back_up_automatically(
    vault: Vault, reason: Reason, clock: Clock, progress: Callable[[int, int], None] | None = None
) -> BackupMade:
    """Make the next backup in the journal's own folder, note it, and remove those whose time is over.

    Raises:
        ReadOnlyJournal, CheckFailed, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: earlier backups were kept.
    """
    if vault.access is not Access.WRITE:
        raise ReadOnlyJournal
    make_private_folder(vault.folder.backups, exist_ok=True)
    number = max([0, *vault.folder.backup_numbers(), *_noted(vault)]) + 1
    made = write_backup(vault, vault.folder.backup(number), progress)
    today = ZonedTime(clock.now(), clock.zone())
    with vault.database.write() as connection:
        row = {
            "number": number, "made_us": to_microseconds(today.instant), "local_day": today.local_date().toordinal(),
            "reason": str(reason), "size": made.size, "sha256": made.sha256, "entries": made.entries,
        }  # fmt: skip
        connection.execute(insert(BackupRow).values(row))
    _thin_out(vault, copies_to_keep)
    return made


def replace_automatic_backups(
    vault: Vault, clock: Clock, progress: Callable[[int, int], None] | None = None
) -> BackupMade:
    """Make a verified backup of the journal as it is now, and only then remove every earlier one.

    Raises:
        DiskRefused: a new backup is there, and an earlier one could not be removed.
        What :func:`back_up_automatically` raises: earlier backups were kept.
    """
    made = back_up_automatically(vault, Reason.AFTER_PURGE, clock, progress)
    newest = max(vault.folder.backup_numbers())
    _thin_out(vault, lambda _copies: frozenset({newest}))
    if vault.folder.backup_numbers() != [newest]:
        raise DiskRefused
    return made


def last_good_copy(vault: Vault) -> datetime | None:
    """When the newest verified automatic backup that is still there was made."""
    there = set(vault.folder.backup_numbers())
    with vault.database.read() as session:
        rows = session.execute(select(BackupRow.number, BackupRow.made_us).order_by(BackupRow.number.desc())).all()
    return next((from_microseconds(made) for number, made in rows if number in there), None)


def last_backup_day(vault: Vault) -> date | None:
    """The local day of the newest automatic backup, whether it is still there or not."""
    with vault.database.read() as session:
        day = session.execute(
            select(BackupRow.local_day).order_by(BackupRow.number.desc()).limit(1)
        ).scalar_one_or_none()
    return None if day is None else date.fromordinal(day)


def _noted(vault: Vault) -> dict[int, date]:
    with vault.database.read() as session:
        rows = session.execute(select(BackupRow.number, BackupRow.local_day)).all()
    return {number: date.fromordinal(day) for number, day in rows}


def _thin_out(vault: Vault, choose: Callable[[list[BackupCopy]], frozenset[int]]) -> None:
    noted = _noted(vault)
    copies = [
        BackupCopy(number, noted.get(number) or _file_day(vault, number)) for number in vault.folder.backup_numbers()
    ]
    keep = choose(copies)
    for copy in copies:
        if copy.number not in keep:
            with suppress(OSError):  # it is tried again after the next backup
                vault.folder.backup(copy.number).unlink(missing_ok=True)
    gone = set(noted) - set(vault.folder.backup_numbers())
    if gone:
        with vault.database.write() as connection:
            connection.execute(delete(BackupRow).where(BackupRow.number.in_(gone)))


def _file_day(vault: Vault, number: int) -> date:
    """For a copy that was finished but not noted, because the program was stopped in between."""
    modified = vault.folder.backup(number).stat().st_mtime
    return datetime.fromtimestamp(modified, UTC).date()
