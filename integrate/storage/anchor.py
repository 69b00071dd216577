"""The anchor: 41 bytes beside the database that note how far it had come (finding F2).

A write-ahead log that loses its end, and a database that is put back from yesterday, open without any complaint. The
anchor is rewritten after every commit, without a sync of its own: the commit is durable before, so an older anchor is
harmless, and only a *newer* one proves that something is missing.
"""

from __future__ import annotations

import hmac
import os
import struct
from dataclasses import dataclass
from pathlib import Path

from integrate.system.memory import SecretBuffer

LENGTH = 41
_BODY = struct.Struct("<QB")


@dataclass(frozen=True, slots=True)
class AnchorState:
    """``sequence`` counts commits; ``sealed`` says that the journal was closed in order at that commit."""

    sequence: int
    sealed: bool


class Anchor:
    """The anchor file of one journal, under its key, which it owns."""

    def __init__(self, path: Path, key: SecretBuffer, vault_id: bytes, epoch: int) -> None:
        self._path = path
        self._key = key
        self._bound = vault_id + struct.pack("<I", epoch)
        self._descriptor: int | None = None

    def read(self) -> AnchorState | None:
        """What the anchor says; None when it cannot be read, has the wrong length or its seal does not fit."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return None
        if len(data) != LENGTH:
            return None
        body, mac = data[: _BODY.size], data[_BODY.size :]
        sequence, sealed = _BODY.unpack(body)
        if sealed > 1 or not hmac.compare_digest(mac, self._mac(body)):
            return None
        return AnchorState(sequence, bool(sealed))

    def write(self, state: AnchorState, *, durable: bool = False) -> None:
        """Overwrite in place; with ``durable``, return only once it is on disk.

        Raises:
            OSError: the disk refused.
        """
        if self._descriptor is None:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(self._path, flags, 0o600)
        body = _BODY.pack(state.sequence, state.sealed)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, body + self._mac(body))
        if durable:
            os.ftruncate(self._descriptor, LENGTH)
            os.fsync(self._descriptor)

    def is_removed(self) -> bool:
        """Whether the file that is written to has no name any more: the journal was deleted while it was open."""
        # Some network file systems count no names at all, so the name itself is looked for too.
        removed = self._descriptor is not None and os.fstat(self._descriptor).st_nlink == 0
        return removed and not os.path.lexists(self._path)

    def close(self) -> None:
        """Close the file and wipe the key."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._key.wipe()

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key.view, self._bound + body, "sha256")
