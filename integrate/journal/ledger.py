"""The share ledger: every file that was saved for somebody, what was in it, and whether a file is one of them.

It only grows: what was handed over cannot be taken back, and a list that forgets would say otherwise.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from integrate.domain.entry import Changes, Unreadable, tag_key
from integrate.domain.listing import Stop
from integrate.domain.sharing import SharedFile
from integrate.errors import FileMissing
from integrate.journal.opening import Journal
from integrate.journal.recipients import find_recipient
from integrate.storage.shared_files import SharedFileReader, SharedFileWriter

_AT_ONCE: Final = 1024 * 1024  # bytes of a file in memory


def note_shared(journal: Journal, shared: SharedFile, *, origin: str = "") -> Changes:
    """Add a file to the ledger, once. Durable when this returns.

    Raises:
        What any write raises.
    """
    database = journal.vault.database
    with database.write() as connection:
        SharedFileWriter(connection, database.sealer).add(shared)
    return Changes(frozenset({"shared files"}), frozenset({shared.id}), origin)


def list_shared(journal: Journal) -> tuple[SharedFile | Unreadable, ...]:
    """Every file that was saved for somebody, the newest first; a damaged line by its id."""
    with journal.vault.database.read() as session:
        return SharedFileReader(session).list()


def find_by_sha256(journal: Journal, digest: bytes) -> SharedFile | None:
    """The line of the file with this SHA-256, the newest where there are several; None where there is none.

    Raises:
        RecordDamaged: there is one, and it cannot be read. DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return SharedFileReader(session).with_sha256(digest)


def is_this_file(journal: Journal, path: Path, stop: Stop | None = None) -> SharedFile | None:
    """The line of the ledger that a file belongs to, byte for byte; None where it is none of them, or was changed.

    The file is read a piece at a time, however large it is, and nothing of it is kept.

    Raises:
        FileMissing: it cannot be read, or is no file.
        Stopped: ``stop`` was set.
        RecordDamaged: there is a line, and it cannot be read. DatabaseDamaged.
    """
    digest = hashlib.sha256()
    try:
        if not path.is_file():  # opening a pipe would wait for ever
            raise FileMissing(file=path)
        with path.open("rb") as file:
            while piece := file.read(_AT_ONCE):
                digest.update(piece)
                if stop is not None:
                    stop.check()
    except OSError:
        raise FileMissing(file=path) from None
    return find_by_sha256(journal, digest.digest())


def last_shared_for(journal: Journal, who: UUID | str, *, before: date | None = None) -> SharedFile | None:
    """The last file that was saved for somebody: a recipient by id, or anybody by name. None where there is none.

    With ``before`` it is the last one of an earlier local day. By name, files are found that were saved under an
    earlier name of the same recipient as well.
    """
    recipient_id, name = who if isinstance(who, UUID) else None, ""
    if isinstance(who, str):
        recipient, name = find_recipient(journal, " ".join(who.split())), _folded(who)
        recipient_id = recipient.id if recipient is not None else None
    for one in _readable(journal):
        if before is not None and one.saved.local_date() >= before:
            continue
        is_same_person = recipient_id is not None and one.recipient_id == recipient_id
        if is_same_person or (name and _folded(one.recipient) == name):
            return one
    return None


def files_with(journal: Journal, thing_id: UUID) -> tuple[SharedFile, ...]:
    """The files that an entry, a response or anything else is in, whole or in part, the newest first."""
    return tuple(one for one in _readable(journal) if thing_id in one.entries | one.responses | one.things)


def _folded(name: str) -> str:
    return tag_key(" ".join(name.split()))


def _readable(journal: Journal) -> tuple[SharedFile, ...]:
    return tuple(one for one in list_shared(journal) if isinstance(one, SharedFile))
