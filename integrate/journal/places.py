"""Where journals lie, and the automatic copies beside one: what can be told without opening anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from integrate.errors import BackupDamaged, FileMissing, NotUnderstood
from integrate.journal.backups import Restored, restore_backup
from integrate.journal.opening import Secret
from integrate.storage.layout import SUFFIX, JournalFolder

_UNREADABLE: Final = (BackupDamaged, NotUnderstood, FileMissing)


@dataclass(frozen=True, slots=True)
class AutomaticCopy:
    """An automatic backup beside a journal, and when its file was written (an instant in UTC)."""

    file: Path
    made: datetime


def is_journal(place: Path) -> bool:
    """Whether there is a journal's folder at ``place``, judged by its files alone."""
    folder = JournalFolder(place)
    return place.is_dir() and (folder.header.exists() or folder.database.exists())


def journals_in(folder: Path) -> tuple[Path, ...]:
    """The journals that lie in ``folder``, by name; none where the folder is missing or cannot be read."""
    try:
        found = [place for place in folder.iterdir() if place.suffix == SUFFIX and is_journal(place)]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda place: place.name.casefold()))


def free_place(folder: Path, name: str) -> Path:
    """A place for a new journal called ``name`` in ``folder``, with a number behind the name where that is taken."""
    place, number = folder / f"{name}{SUFFIX}", 2
    while place.exists() or place.is_symlink():
        place, number = folder / f"{name} {number}{SUFFIX}", number + 1
    return place


def automatic_copies(place: Path) -> tuple[AutomaticCopy, ...]:
    """The automatic backups of the journal at ``place``, the newest first. Each was read whole when it was made."""
    folder = JournalFolder(place)
    try:
        files = [folder.backup(number) for number in reversed(folder.backup_numbers())]
        return tuple(AutomaticCopy(file, datetime.fromtimestamp(file.stat().st_mtime, UTC)) for file in files)
    except OSError:
        return ()


def restore_newest_copy(
    copies: Sequence[AutomaticCopy], secret: Secret, place_for: Callable[[AutomaticCopy], Path]
) -> Restored:
    """Make a journal from the first of ``copies`` that can be read; ``place_for`` says where, once it is known which.

    Raises:
        BackupDamaged: none of them can be read any more.
        What :func:`integrate.journal.backups.restore_backup` raises for the one that can.
    """
    for copy in copies:
        try:
            return restore_backup(copy.file, place_for(copy), secret)
        except _UNREADABLE:
            continue  # it was good once; an older one may still be
    raise BackupDamaged
