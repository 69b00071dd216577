"""``vault.hdr``: two copies of the header, A at 0 and B at 4096, so that a torn write never locks a person out.

Every write goes to B, then to A, each synced before the next begins: at any moment at least one copy is whole.
It happens in place, which also overwrites the old slots; a new file under the old name would leave them on the disk.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from integrate.errors import HeaderDamaged, HeaderMissing
from integrate.storage.header import HEADER_SIZE, Header, parse
from integrate.system.files import create_private

FILE_SIZE: Final = 2 * HEADER_SIZE


@dataclass(frozen=True, slots=True)
class HeaderOnDisk:
    """What was read: the chosen copy's bytes, what they say, and the state of both copies (A, B).

    ``good`` tells which copies were intact, ``same`` which equal the chosen one, ``generations`` what each says
    (None for a damaged copy).
    """

    copy: bytes
    header: Header
    good: tuple[bool, bool]
    same: tuple[bool, bool]
    generations: tuple[int | None, int | None]

    @property
    def needs_repair(self) -> bool:
        """Whether one copy is damaged or older."""
        return not all(self.same)


def read_header(path: Path) -> HeaderOnDisk:
    """Read both copies and choose the intact one of the highest generation (A when both are of the same).

    Raises:
        HeaderMissing: no file at ``path``.
        HeaderDamaged: neither copy is intact, or the file has another size.
        NewerVersion: an intact copy was written by a newer program.
        OSError: the disk refused.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(FILE_SIZE + 1)
    except FileNotFoundError:
        raise HeaderMissing from None
    if len(raw) != FILE_SIZE:
        raise HeaderDamaged
    copies = (raw[:HEADER_SIZE], raw[HEADER_SIZE:])
    # A newer program may have been stopped between its two writes: then its word counts, not the older copy's.
    # parse() raises NewerVersion only for an intact copy, so damage cannot look like one.
    headers = tuple(_parse_or_none(copy) for copy in copies)
    intact = [(header, copy) for header, copy in zip(headers, copies, strict=True) if header is not None]
    if not intact:
        raise HeaderDamaged
    # The choice is made here, once, before any secret is tried. Falling back to the other copy when a secret does not
    # open this one would let a withdrawn passphrase, or older words, open the journal from a copy left behind.
    header, chosen = max(intact, key=lambda pair: pair[0].generation)  # of two equals the first, A
    return HeaderOnDisk(
        copy=chosen,
        header=header,
        good=(headers[0] is not None, headers[1] is not None),
        same=(copies[0] == chosen, copies[1] == chosen),
        generations=(_generation(headers[0]), _generation(headers[1])),
    )


def create_header(path: Path, copy: bytes) -> None:
    """Make the file with twice the same copy, mode 0600, durable.

    Raises:
        TargetExists: something is at ``path`` already.
        OSError: the disk refused; nothing is left behind.
    """
    parse(copy)
    create_private(path, copy * 2)


def write_header(path: Path, copy: bytes) -> None:
    """Replace both copies in place: B, sync, A, sync. Only the holder of the writer's lock does this.

    Raises:
        OSError: the disk refused; whatever was reached, one copy is whole.
    """
    parse(copy)  # what this program could not read again is never written
    _write_copies(path, copy, (1, 0))


def repair(path: Path, on_disk: HeaderOnDisk) -> bool:
    """Rewrite the copy that is damaged or older from the chosen one; tells whether anything was written.

    Only the holder of the writer's lock does this, and only after the chosen copy passed
    :func:`integrate.storage.header.authenticate`: an unproved copy must not overwrite the other.

    Raises:
        OSError: the disk refused; the chosen copy is untouched.
    """
    wrong = tuple(number for number in (1, 0) if not on_disk.same[number])
    if wrong:
        _write_copies(path, on_disk.copy, wrong)
    return bool(wrong)


def _parse_or_none(copy: bytes) -> Header | None:
    try:
        return parse(copy)
    except HeaderDamaged:
        return None


def _generation(header: Header | None) -> int | None:
    return None if header is None else header.generation


def _write_copies(path: Path, copy: bytes, numbers: tuple[int, ...]) -> None:
    with path.open("r+b", buffering=0) as file:
        for number in numbers:
            file.seek(number * HEADER_SIZE)
            rest = memoryview(copy)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
