"""What is in a backup, told before a journal is made of it."""

from __future__ import annotations

from pathlib import Path

from integrate.errors import FileMissing
from integrate.journal.backups import Progress, restore_backup
from integrate.journal.opening import Access, Secret, open_journal
from integrate.storage.contents import Contents, count_contents
from integrate.storage.failures import known_failures
from integrate.storage.parts import part_folder
from integrate.system.files import is_file

__all__ = ("Contents", "look_into_backup")


def look_into_backup(file: Path, secret: Secret, progress: Progress | None = None) -> Contents:
    """Read a backup whole and tell what it holds. Nothing is made of it and nothing is left beside it.

    It is unfolded, still encrypted, in the folder where it lies: as much room as it takes itself has to be there.

    Raises:
        FileMissing, WrongSecret, NotUnderstood, BackupDamaged, NewerVersion, DiskFull, DiskRefused, ReadOnlyPlace.
    """
    if not is_file(file):
        raise FileMissing(file=file)
    with known_failures(file.parent), part_folder(file.parent) as part:
        place = part / "journal"
        restore_backup(file, place, secret, progress)
        with open_journal(place, secret, Access.READ) as journal:
            return count_contents(journal.vault.database)
