"""A backup as one file, ``.ibk``.

Its bytes::

0     4096  a copy of the header: every backup opens with the secrets of its day
4096  8     u64 length of the snapshot, little-endian
4104  …     the snapshot: an encrypted database without its write-ahead log
end   32    HMAC-SHA256 of all before, under a key derived from the master key
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from integrate.errors import BackupDamaged, HeaderDamaged, NotUnderstood
from integrate.storage.header import HEADER_SIZE, Header, parse
from integrate.storage.layout import PAGE_SIZE
from integrate.storage.slots import MAGIC
from integrate.system.memory import SecretBuffer, wipe

_LENGTH: Final = struct.Struct("<Q")
_MAC_SIZE: Final = 32
_SNAPSHOT_AT: Final = HEADER_SIZE + _LENGTH.size
_BLOCK: Final = 1 << 20

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all)."""


@dataclass(frozen=True, slots=True)
class EnvelopeHead:
    """What a backup says without a key: its header copy and the length of its snapshot in bytes."""

    copy: bytes
    header: Header
    length: int


def write_envelope(
    out: BinaryIO, header_copy: bytes, snapshot: Path, key: SecretBuffer, progress: Progress | None
) -> bytes:
    """Write a backup to ``out``; the SHA-256 of the whole file."""
    length = snapshot.stat().st_size
    mac, digest = _new_mac(key), hashlib.sha256()

    def put(block: bytes) -> None:
        mac.update(block)
        digest.update(block)
        out.write(block)

    put(header_copy)
    put(_LENGTH.pack(length))
    with snapshot.open("rb") as source:
        for block in _blocks(source, length, progress):
            put(block)
    seal = mac.digest()
    digest.update(seal)
    out.write(seal)
    return digest.digest()


def read_head(file: Path) -> EnvelopeHead:
    """Check the outer structure of a backup, without a key.

    Raises:
        NotUnderstood: this is no backup at all.
        BackupDamaged: it is one, and cut off or damaged.
        NewerVersion: made by a newer program.
    """
    size = file.stat().st_size
    with file.open("rb") as source:
        start = source.read(_SNAPSHOT_AT)
    if start[: len(MAGIC)] != MAGIC:
        raise NotUnderstood(file=file)
    if len(start) < _SNAPSHOT_AT:
        raise BackupDamaged
    try:
        header = parse(start[:HEADER_SIZE])
    except HeaderDamaged:
        raise BackupDamaged from None
    (length,) = _LENGTH.unpack_from(start, HEADER_SIZE)
    if length < PAGE_SIZE or length % PAGE_SIZE or size != _SNAPSHOT_AT + length + _MAC_SIZE:
        raise BackupDamaged
    return EnvelopeHead(start[:HEADER_SIZE], header, length)


def extract(file: Path, head: EnvelopeHead, key: SecretBuffer, out: BinaryIO, progress: Progress | None) -> bytes:
    """Write the snapshot to ``out``, proving the seal; the SHA-256 of the whole backup.

    Raises:
        BackupDamaged: the seal does not fit; what was written to ``out`` is worth nothing.
    """
    mac, digest = _new_mac(key), hashlib.sha256()
    with file.open("rb") as source:
        start = source.read(_SNAPSHOT_AT)
        mac.update(start)
        digest.update(start)
        for block in _blocks(source, head.length, progress):
            mac.update(block)
            digest.update(block)
            out.write(block)
        seal = source.read(_MAC_SIZE + 1)
    digest.update(seal)
    if not hmac.compare_digest(seal, mac.digest()):
        raise BackupDamaged
    return digest.digest()


def _new_mac(key: SecretBuffer) -> hmac.HMAC:
    copy = bytearray(key.view)  # the only kinds of key the standard library takes
    try:
        return hmac.new(copy, digestmod="sha256")
    finally:
        wipe(copy)


def _blocks(source: BinaryIO, length: int, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    while done < length:
        block = source.read(min(_BLOCK, length - done))
        if not block:
            raise BackupDamaged
        yield block
        done += len(block)
        if progress is not None:
            progress(done, length)
