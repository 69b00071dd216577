"""A closed journal as a thing on a disk: another place for it, its backups, and its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from integrate.storage import moving
from integrate.storage.layout import JournalFolder

Progress = Callable[[int, int], None]
"""Called with (done, in all); the unit is the caller's to ignore."""


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """An automatic backup inside a journal's folder: ``size`` in bytes, ``modified`` by the file system, in UTC."""

    number: int
    size: int
    modified: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing left: ``foreign`` is in the folder and none of the journal's: it was not touched."""

    foreign: tuple[Path, ...]


def move_journal(place: Path, new_place: Path, progress: Progress | None = None) -> bool:
    """Move a closed journal with everything in its folder; whether the old place could be emptied. Never over anything.

    On the same disk this is one step. On another one it is copied, compared byte for byte, given its name, and the old
    one is removed, its key slots first overwritten. Whenever it is stopped, there is at least one whole journal.

    Raises:
        NotAJournal, OpenElsewhere, TargetExists, WrongUsage, CheckFailed, DiskFull, DiskRefused, ReadOnlyPlace: the
            journal is where it was.
    """
    return moving.move(JournalFolder(place), new_place, progress)


def erase_journal(place: Path) -> Erased:
    """Erase a closed journal and its automatic backups for good: the key slots are overwritten, then all is removed.

    Nothing brings it back. Out of reach are backups that the person saved elsewhere, which nobody keeps a list of,
    copies that a synchronising or backup service made, and whatever a disk keeps by itself of overwritten places.

    Raises:
        NotAJournal, OpenElsewhere, DiskRefused, ReadOnlyPlace.
    """
    return Erased(moving.erase(JournalFolder(place)))


def backups_inside(place: Path) -> tuple[BackupInfo, ...]:
    """The automatic backups in the journal's folder, the oldest first.

    Raises:
        NotAJournal, DiskRefused, ReadOnlyPlace.
    """
    folder = JournalFolder(place)
    folder.require_journal()
    return tuple(BackupInfo(file.number, file.size, file.modified) for file in moving.backup_files(folder))
