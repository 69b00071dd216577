"""``room.log``: what is marked in the session room, while the journal it belongs to is locked.

One process appends, the holder of the writer's lock, a whole number of blocks at a time and each synced before the
call returns. No block is ever changed: what a power cut left half written stays where it is, and the next record
begins behind it. So damage is still there to be seen when the records are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from integrate.errors import DiskRefused, RoomUnreadable, WrongUsage
from integrate.i18n import _
from integrate.storage.room_records import (
    BLOCK,
    END,
    LONGEST,
    MARKER,
    MOST,
    Record,
    RoomHeader,
    parse_header,
    public_key_of,
    seal_record,
    stated_length,
)
from integrate.system.files import create_private, disk_errors, sync_folder, translate_os_error
from integrate.system.memory import SecretBuffer

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest file that is written, and of the most that is read of one."""

_AT_ONCE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Remains:
    """What lies between records and is none. ``unfinished``: it looks as a power cut leaves a record."""

    raw: bytes
    unfinished: bool


@dataclass(frozen=True, slots=True)
class RoomContents:
    """A file as it was read. ``header`` is None where it is damaged; ``too_long``: there is more than was read."""

    header: RoomHeader | None
    pieces: tuple[Record | Remains, ...]
    size: int
    too_long: bool = False

    @property
    def records(self) -> tuple[Record, ...]:
        """Those with a whole shape; nothing of them is proved."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Record))

    @property
    def marks(self) -> int:
        """How many marks the undamaged records are."""
        return sum(not record.flags & END for record in self.records if record.is_undamaged())

    @property
    def was_left(self) -> bool:
        """Whether the last thing in it is that the room was left."""
        last = self.pieces[-1] if self.pieces else None
        return isinstance(last, Record) and last.is_undamaged() and bool(last.flags & END)


def read_room(path: Path) -> RoomContents | None:
    """What is in the file; None when there is none. Nothing that it holds is trusted.

    Raises:
        NewerVersion: its header is intact and of a later version.
        OSError: it cannot be read.
    """
    try:
        descriptor = _open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        raw = file.read(LARGEST + 1)
    header = parse_header(raw[:BLOCK])
    return RoomContents(header, tuple(_pieces(raw[BLOCK:LARGEST])), len(raw), len(raw) > LARGEST)


def looks_unfinished(raw: bytes) -> bool:
    """Whether this is as a power cut leaves the record that was being written: cut off, or a block of it missing."""
    stated = stated_length(raw) if raw.startswith(MARKER) else None
    if len(raw) > LONGEST:
        return False
    if len(raw) < BLOCK or (stated is not None and stated > len(raw)):
        return True
    blocks = (raw[at : at + BLOCK] for at in range(0, len(raw), BLOCK))
    return any(not any(block) for block in blocks)  # ciphertext has no block of zeros


def _pieces(body: bytes) -> Iterator[Record | Remains]:
    """Everything behind the header, cut at the blocks where a record begins: a damaged length hides no other record."""
    begins = [at for at in range(0, len(body), BLOCK) if body.startswith(MARKER, at)]
    edges = [*begins, len(body)]
    if edges[0]:
        yield _remains(body[: edges[0]])
    for at, following in pairwise(edges):
        piece = body[at:following]
        # Where the two fields do not agree, all there is up to the next record may still open.
        length = stated_length(piece) or len(piece)
        if length > len(piece) or length % BLOCK or length > LONGEST:
            yield _remains(piece)
            continue
        yield Record(piece[:length])
        if piece[length:]:
            yield _remains(piece[length:])


def _remains(raw: bytes) -> Remains:
    return Remains(raw, looks_unfinished(raw))


def create_room_file(path: Path, header: RoomHeader) -> None:
    """Make the file with its header, for the owner only; it and its name are durable when this returns.

    Raises:
        TargetExists: something is at ``path``.
        DiskFull, DiskRefused, ReadOnlyPlace: nothing is left behind.
    """
    with disk_errors(path.parent):
        create_private(path, header.to_bytes())


class RoomWriter:
    """Appends to one file. Takes over ``key``, the room's HMAC key; without one, records have no HMAC."""

    def __init__(self, path: Path, contents: RoomContents, key: SecretBuffer | None) -> None:
        """Go on behind everything that is in the file.

        Raises:
            RoomUnreadable: its header is damaged, or nothing can be sealed to its key.
            DiskRefused, ReadOnlyPlace.
        """
        if contents.header is None:
            raise RoomUnreadable
        try:
            self._public_key = public_key_of(contents.header)
        except ValueError:
            raise RoomUnreadable from None
        self.header = contents.header
        self.marks = contents.marks
        self._path = path
        self._key = key
        self._sequence, self._previous = _follow(contents.header, contents.pieces)
        # Whatever was acknowledged is whole blocks. A piece of one at the end is cut off before the next record.
        self._end = contents.size // BLOCK * BLOCK
        self._untidy = contents.size > self._end
        with disk_errors(path.parent):
            self._descriptor = _open(path, os.O_RDWR)

    def append(self, text: bytes, *, end: bool = False) -> None:
        """Seal ``text`` as the next record; on the disk when this returns.

        Raises:
            DiskFull, DiskRefused, ReadOnlyPlace: this was not written; what was before is whole.
            WrongUsage: the room holds no more.
        """
        record = seal_record(
            self.header, self._public_key, text, self._sequence, self._previous, key=self._key, end=end
        )
        if self._sequence > MOST or self._end + len(record) > LARGEST:
            raise WrongUsage(reason=_("This room holds no more. Everything that was marked is kept."))
        self._write(record)
        self._end += len(record)
        self._sequence += 1
        self._previous = Record(record).digest
        self.marks += not end

    def close(self) -> None:
        """Close the file and wipe the key; a second call does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
        if self._key is not None:
            self._key.wipe()

    def _write(self, record: bytes) -> None:
        try:
            # The journal was deleted meanwhile: the bytes would be where nobody finds them. As in the anchor, some
            # network file systems count no names, so the name itself is looked for too.
            if os.fstat(self._descriptor).st_nlink == 0 and not os.path.lexists(self._path):
                raise DiskRefused
            if self._untidy:
                os.ftruncate(self._descriptor, self._end)
            self._untidy = True
            os.lseek(self._descriptor, self._end, os.SEEK_SET)
            rest = memoryview(record)
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
            os.fsync(self._descriptor)
            self._untidy = False
        except OSError as error:
            # A longer record that was refused must not look out behind a shorter one that comes next.
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._end)
            raise translate_os_error(error, self._path.parent) from error


def _follow(header: RoomHeader, pieces: Iterable[Record | Remains]) -> tuple[int, bytes]:
    """Number and predecessor of the next record. A damaged one keeps its number, so that it will be missed."""
    sequence, previous = 1, header.digest
    for piece in pieces:
        if isinstance(piece, Record) and piece.is_undamaged():
            sequence, previous = max(sequence, piece.sequence + 1), piece.digest
        elif isinstance(piece, Remains):
            sequence += not piece.unfinished
        else:
            sequence += not looks_unfinished(piece.raw)
    return sequence, previous


def set_aside(path: Path) -> Path:
    """Give a file that is not this room's another name, so that it is in nobody's way and still there; that name.

    Raises:
        OSError: the disk refused; it is where it was.
    """
    names = (path.with_name(f"room-{number}.unread") for number in range(1, 1_000_000))
    other = next(name for name in names if not os.path.lexists(name))
    path.rename(other)
    sync_folder(path.parent)
    return other


def destroy(path: Path) -> None:
    """Write random bytes over the file, then remove it. What is not there is no fault.

    Raises:
        OSError: the disk refused; it can be done again.
    """
    try:
        descriptor = _open(path, os.O_RDWR)
    except FileNotFoundError:
        return
    with os.fdopen(descriptor, "r+b", buffering=0) as file:
        left = os.fstat(descriptor).st_size
        while left > 0:
            left -= file.write(os.urandom(min(left, _AT_ONCE)))
        os.fsync(descriptor)
    path.unlink()
    sync_folder(path.parent)


def _open(path: Path, flags: int) -> int:
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    return os.open(path, flags)
