"""The vault: locked, or unlocked as a :class:`Vault`. There is no state in between."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Self
from uuid import UUID

from integrate.errors import DiskRefused, KnownError
from integrate.storage.anchor import AnchorState
from integrate.storage.database import Database
from integrate.storage.failures import known_failures
from integrate.storage.header import Header, Meta, seal
from integrate.storage.header_file import HeaderOnDisk, read_header, write_header
from integrate.storage.keys import VaultKeys
from integrate.storage.layout import JournalFolder
from integrate.storage.slots import SlotKind
from integrate.system.writer_lock import WriterLock


class Access(Enum):
    """What an open journal may do."""

    READ = "read"
    WRITE = "write"


@dataclass(slots=True)
class Vault:
    """An unlocked vault. Whoever opened it closes it; closing seals the journal and wipes the keys."""

    folder: JournalFolder
    access: Access
    on_disk: HeaderOnDisk
    meta: Meta
    keys: VaultKeys
    opened_with: SlotKind
    database: Database
    lock: WriterLock | None
    notices: tuple[KnownError, ...] = ()
    _closed: bool = field(default=False, init=False)

    @property
    def id(self) -> UUID:
        """The journal's id."""
        return UUID(bytes=self.keys.vault_id)

    @property
    def header(self) -> Header:
        """The header as it is on disk."""
        return self.on_disk.header

    def rewrite_header(self, header: Header, meta: Meta | None = None) -> None:
        """Put a changed header on disk, one generation on; durable when this returns.

        Raises:
            DiskFull, DiskRefused, ReadOnlyPlace: the old header is still whole.
        """
        meta = meta or self.meta
        copy = seal(header.next_generation(), meta, self.keys.master)
        with known_failures(self.folder.path):
            write_header(self.folder.header, copy)
            self.on_disk = read_header(self.folder.header)
        self.meta = meta

    def close(self) -> None:
        """Seal and lock: checkpoint, close every connection, note the end, wipe the keys, give the lock back.

        A disk that refuses now leaves the journal unsealed, which is no fault: what was saved is durable already.
        """
        if self._closed:
            return
        self._closed = True
        try:
            if self.access is Access.WRITE:
                with suppress(DiskRefused):
                    self._seal()
        finally:
            self.database.close()
            self.database.anchor.close()
            self.database.sealer.wipe()
            self.keys.wipe()
            if self.lock is not None:
                self.lock.release()

    def _seal(self) -> None:
        if self.database.damaged:
            return  # nothing is written to a damaged journal, not even that it was closed
        sequence = self.database.sequence()
        self.database.checkpoint()
        self.database.close()
        if not self.folder.has_wal():  # else a reader is beside us, and the journal stays unsealed: no fault
            with known_failures(self.folder.path):
                self.database.anchor.write(AnchorState(sequence, sealed=True), durable=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            with suppress(KnownError):  # the first error is the one to tell
                self.close()
