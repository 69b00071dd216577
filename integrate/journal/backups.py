"""Back up, restore, and the automatic copies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from integrate.domain.retention import backup_is_due
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Journal, Secret
from integrate.storage import automatic, backup
from integrate.storage.automatic import Reason

Progress = Callable[[int, int], None]
"""Called with (done, in all); the unit is the caller's to ignore."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A finished and verified backup: its ``sha256`` in hex digits, how many ``entries``, its ``size`` in bytes."""

    file: Path
    sha256: str
    entries: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A journal made from a backup."""

    place: Path
    entries: int


def back_up(journal: Journal, file: Path, progress: Progress | None = None) -> BackupMade:
    """Write one encrypted file and open it again before it is called done. Also from a journal open to read only.

    Raises:
        TargetExists, CheckFailed, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: nothing is left at ``file``.
    """
    return _told(backup.write_backup(journal.vault, file, progress))


def restore_backup(file: Path, place: Path, secret: Secret, progress: Progress | None = None) -> Restored:
    """Make a journal at ``place`` from a backup; never over anything, verified before it gets its name.

    Raises:
        TargetExists, WrongSecret, NotUnderstood, BackupDamaged, NewerVersion, FileMissing, DiskFull, DiskRefused.
    """
    return Restored(place, backup.restore(file, place, secret.opener(), progress))


def back_up_if_due(journal: Journal, progress: Progress | None = None) -> BackupMade | None:
    """Make today's automatic backup, if it is time: at most one a day, from two minutes after unlocking.

    It may run on a thread of its own: writing goes on meanwhile, and :meth:`Journal.interrupt` ends it.

    Raises:
        Stopped: the journal was interrupted; earlier backups were kept.
        CheckFailed, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: earlier backups were kept.
    """
    now = journal.clock.now()
    today = ZonedTime(now, journal.clock.zone()).local_date()
    if not backup_is_due(automatic.last_backup_day(journal.vault), today, journal.opened, now):
        return None
    return _told(automatic.back_up_automatically(journal.vault, Reason.DAILY, journal.clock, progress))


def replace_automatic_backups(journal: Journal, progress: Progress | None = None) -> BackupMade:
    """Make a new automatic backup, verify it, and only then remove all earlier ones, with what was deleted since.

    Copies that somebody saved elsewhere are out of reach.

    Raises:
        CheckFailed, DatabaseDamaged, DiskFull, ReadOnlyPlace: earlier backups were kept.
        DiskRefused: as before, or an earlier one could not be removed.
    """
    return _told(automatic.replace_automatic_backups(journal.vault, journal.clock, progress))


def last_good_copy(journal: Journal) -> datetime | None:
    """When the newest automatic backup that is still there was made and verified."""
    return automatic.last_good_copy(journal.vault)


def _told(made: backup.BackupMade) -> BackupMade:
    return BackupMade(made.file, made.sha256.hex(), made.entries, made.size)
