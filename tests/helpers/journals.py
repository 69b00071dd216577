"""What many tests do with a journal: write, tamper behind its back, read all of it, stand in for a keyring."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from integrate.domain.entry import Entry, EntrySummary, Revision, Unreadable
from integrate.errors import KeyringUnavailable
from integrate.journal.deleting import recently_deleted
from integrate.journal.finding import get_entry, list_entries, search_entries
from integrate.journal.history import entry_history
from integrate.journal.opening import Journal
from integrate.journal.writing import add_entry, read_attachment, read_thumbnail
from integrate.storage.attachments import PreparedAttachment
from tests.conftest import draft
from tests.helpers.cleanroom import RawKey, decrypt_pages

__all__ = [
    "MemoryKeys", "content", "draft", "fingerprints", "flip", "found", "open_files", "pages", "raw_key", "shown",
    "tamper", "write",
]  # fmt: skip


def write(journal: Journal, body: str = "A quiet morning.", *files: PreparedAttachment, **fields: object) -> UUID:
    """Add an entry; its id."""
    return add_entry(journal, draft(body, **fields), files).entry_id


def shown(journal: Journal, *arguments: Any, **options: Any) -> list[EntrySummary]:
    """The list, every entry readable."""
    entries = list(list_entries(journal, *arguments, **options))
    assert not any(isinstance(entry, Unreadable) for entry in entries)
    return entries  # type: ignore[return-value]  # checked just above


def found(journal: Journal, text: str, *arguments: Any, **options: Any) -> set[UUID]:
    """The ids of what a search finds, every one readable."""
    return {hit.entry.id for hit in search_entries(journal, text, *arguments, **options)}  # type: ignore[union-attr]  # readable


def tamper(journal: Journal, sql: str, *values: object) -> None:
    """Change the database with its own key but without any seal, as damage or a stranger with the file would."""
    with closing(journal.vault.database.raw_connection(writable=True)) as connection:
        changed = connection.execute(sql, values).rowcount
        assert changed, "the test changed nothing"


def content(
    journal: Journal,
) -> dict[UUID, tuple[Entry, tuple[Revision, ...], tuple[tuple[bytes, bytes | None], ...]]]:
    """All a journal holds: entries (the deleted ones too), their histories, their attachments with thumbnails."""
    ids = [entry.id for entry in (*shown(journal), *recently_deleted(journal))]
    return {entry_id: _whole(journal, entry_id) for entry_id in ids if entry_id is not None}


def _whole(
    journal: Journal, entry_id: UUID
) -> tuple[Entry, tuple[Revision, ...], tuple[tuple[bytes, bytes | None], ...]]:
    entry = get_entry(journal, entry_id)
    files = tuple((read_attachment(journal, a.id), read_thumbnail(journal, a.id)) for a in entry.attachments)
    return entry, entry_history(journal, entry_id), files


def fingerprints(place: Path) -> dict[str, str]:
    """SHA-256 of every file of a journal that outlives a session (SQLite's shared memory and an empty log do not)."""
    files = (path for path in place.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not (path.name.endswith("-wal") and not path.stat().st_size)
    }


def open_files() -> list[str]:
    """What this process has open, by name (Linux)."""
    links = Path("/proc/self/fd").iterdir()
    return [str(link.readlink()) for link in links if link.is_symlink()]


def flip(path: Path, at: int, bit: int = 0) -> None:
    """Turn one bit of a file over."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ (1 << bit)]))


def raw_key(journal: Journal) -> RawKey:
    """What the independent reader needs, taken while the journal is open."""
    keys = journal.vault.keys
    return RawKey.from_master(bytes(keys.master.view), keys.vault_id, journal.vault.meta.db_epoch)


def pages(place: Path, key: RawKey) -> list[bytes]:
    """The decrypted pages of a closed journal."""
    assert not (place / "vault.db-wal").exists() or not (place / "vault.db-wal").stat().st_size
    return decrypt_pages(place / "vault.db", key)


class MemoryKeys:
    """A keyring in memory; ``broken`` makes it refuse everything."""

    def __init__(self) -> None:
        self.items: dict[str, bytes] = {}
        self.broken = False

    def store(self, vault_id: str, secret: bytes) -> None:
        self._answer()
        self.items[vault_id] = secret

    def fetch(self, vault_id: str) -> bytes | None:
        self._answer()
        return self.items.get(vault_id)

    def remove(self, vault_id: str) -> None:
        self._answer()
        self.items.pop(vault_id, None)

    def _answer(self) -> None:
        if self.broken:
            raise KeyringUnavailable(reason="It is away.")
