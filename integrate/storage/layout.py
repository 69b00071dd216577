"""The files of one journal, and what can be said of them without a key."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from integrate.errors import DatabaseMissing, DatabaseTruncated, NotAJournal

SUFFIX = ".integrate"
PAGE_SIZE = 4096
BACKUP_SUFFIX = ".ibk"
_BACKUP_NAME = re.compile(r"([0-9]{6,15})\.ibk")


@dataclass(frozen=True, slots=True)
class JournalFolder:
    """The folder a person calls their journal, and the paths inside it."""

    path: Path

    @property
    def header(self) -> Path:
        """Key slots, in two copies."""
        return self.path / "vault.hdr"

    @property
    def database(self) -> Path:
        """The SQLCipher file."""
        return self.path / "vault.db"

    @property
    def wal(self) -> Path:
        """SQLite's write-ahead log; there only while the journal is unlocked or after a crash."""
        return self.path / "vault.db-wal"

    @property
    def anchor(self) -> Path:
        """How far the journal had come (finding F2)."""
        return self.path / "anchor"

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return self.path / "lock"

    @property
    def room(self) -> Path:
        """What is marked in the session room, until the next unlock has read it."""
        return self.path / "room.log"

    def rooms_unread(self) -> list[Path]:
        """Rooms that were set aside because nobody could read them."""
        return sorted(self.path.glob("room-*.unread"))

    @property
    def backups(self) -> Path:
        """Automatic backups, named by a counter, never by a date."""
        return self.path / "backups"

    def backup(self, number: int) -> Path:
        """The automatic backup with this number."""
        return self.backups / f"{number:06d}{BACKUP_SUFFIX}"

    def backup_numbers(self) -> list[int]:
        """The numbers of the automatic backups that are there, ascending."""
        if not self.backups.is_dir():
            return []
        found = (_BACKUP_NAME.fullmatch(path.name) for path in self.backups.iterdir())
        numbers = sorted(int(match[1]) for match in found if match)
        return [number for number in numbers if self.backup(number).is_file()]

    def has_wal(self) -> bool:
        """Whether a non-empty write-ahead log is there: an empty one, as a reader leaves it, holds nothing."""
        try:
            return self.wal.stat().st_size > 0
        except FileNotFoundError:
            return False

    def size(self) -> int:
        """Bytes of all files of the journal, backups included."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())

    def require_journal(self) -> None:
        """Refuse what is no journal at all.

        Raises:
            NotAJournal: there is no folder here, or none of a journal's own files in it.
        """
        # Path.is_dir() raises for a name that no disk can hold; at such a place there is no journal.
        if not (os.path.isdir(self.path) and (self.header.exists() or self.database.exists())):  # noqa: PTH112 - as said
            raise NotAJournal(place=self.path)

    def require_database(self) -> None:
        """Refuse a database that SQLite would take for an empty one, or that was cut off (finding F7).

        Raises:
            DatabaseMissing: vault.db is not there.
            DatabaseTruncated: it is empty, or ends inside a page.
        """
        try:
            size = self.database.stat().st_size
        except FileNotFoundError:
            raise DatabaseMissing from None
        if size < PAGE_SIZE or size % PAGE_SIZE:
            raise DatabaseTruncated(size=size)
