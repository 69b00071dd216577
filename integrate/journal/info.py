"""What can be said of a journal without its passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from integrate.storage.header import VERSION
from integrate.storage.header_file import read_header
from integrate.storage.layout import JournalFolder
from integrate.storage.unlocking import journal_id
from integrate.system.files import disk_errors


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """A way to open the journal: ``passphrase``, ``keyring`` or ``recovery``, and its place in the header."""

    kind: str
    index: int


@dataclass(frozen=True, slots=True)
class JournalInfo:
    """``format`` is the header's version; ``bytes`` counts all files, backups included. The header holds no times."""

    id: UUID
    format: int
    slots: tuple[SlotInfo, ...]
    bytes: int


def journal_info(place: Path) -> JournalInfo:
    """Read the header's public part.

    Raises:
        NotAJournal, HeaderMissing, HeaderDamaged, NewerVersion, ReadOnlyPlace.
    """
    folder = JournalFolder(place)
    folder.require_journal()
    with disk_errors(place):  # and no more: this runs on the lock screen, which loads no database
        header = read_header(folder.header).header
        slots = tuple(
            SlotInfo(slot.kind.name.lower(), index) for index, slot in enumerate(header.slots) if not slot.is_empty
        )
        return JournalInfo(journal_id(header), VERSION, slots, folder.size())
