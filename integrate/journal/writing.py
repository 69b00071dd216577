"""Write entries, attach photos and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from integrate.domain.entry import AttachmentInfo, Changes, Draft, EntrySummary
from integrate.errors import AttachmentTooLarge, FileMissing
from integrate.journal.opening import Journal
from integrate.storage.attachments import (
    MAX_SIZE,
    AttachmentReader,
    AttachmentWriter,
    PreparedAttachment,
    prepare_attachment,
)
from integrate.storage.courses import newest_course_number
from integrate.storage.entries import EntryReader, writing_entries

VAULT_SIZE_WARNING = 2 * 1024**3  # bytes of attachments from which on the person is told once


@dataclass(frozen=True, slots=True)
class Added:
    """A new entry. ``saved`` is when it was on the disk."""

    entry_id: UUID
    changes: Changes
    saved: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry as it was saved. ``saved`` is when it was on the disk, a little after its own ``updated``."""

    entry: EntrySummary
    changes: Changes
    saved: datetime


class Sitting:
    """One stretch of writing: its saves overwrite each other, and its last state is kept when a later one begins."""

    def __init__(self) -> None:
        self.token = uuid4().bytes


def newest_course(journal: Journal) -> int:
    """The course that a session number without a course counts in: the newest; the first one until a course is made."""
    return newest_course_number(journal.vault.database) or 1


def prepare_file(path: Path, *, strip_metadata: bool = False) -> PreparedAttachment:
    """Read a file to attach; only its base name goes into the journal.

    Raises:
        FileMissing: it is not there or cannot be read.
        AttachmentTooLarge: over 64 MiB.
        CannotStripMetadata: asked for, and not possible for this kind.
    """
    try:
        if path.stat().st_size > MAX_SIZE:
            raise AttachmentTooLarge(file=path.name, limit=MAX_SIZE // 1024**2)
        data = path.read_bytes()
    except OSError:
        raise FileMissing(file=path) from None
    return prepare_attachment(path.name, data, strip_metadata=strip_metadata)


def prepare_bytes(name: str, data: bytes, *, strip_metadata: bool = False) -> PreparedAttachment:
    """What to attach of something that is no file, such as a picture that was pasted.

    Raises:
        AttachmentTooLarge: over 64 MiB.
        CannotStripMetadata: asked for, and not possible for this kind.
    """
    return prepare_attachment(name, data, strip_metadata=strip_metadata)


def add_entry(
    journal: Journal, draft: Draft, attachments: Sequence[PreparedAttachment] = (), *, sitting: Sitting | None = None
) -> Added:
    """Write a new entry with what is attached, all in one transaction; durable when this returns.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: nothing of it was saved.
    """
    now = journal.clock.now()
    names = tuple(prepared.name for prepared in attachments)
    with writing_entries(journal.vault.database) as (connection, writer):
        entry_id, pk = writer.add(draft, now, (sitting or Sitting()).token, names)
        files = AttachmentWriter(connection, journal.vault.database.sealer)
        for prepared in attachments:
            files.add(entry_id, pk, prepared, now)
    return Added(entry_id, _changes(entry_id), journal.clock.now())


def save_entry(journal: Journal, entry_id: UUID, draft: Draft, sitting: Sitting, *, origin: str = "") -> Saved:
    """Save an entry again; what an earlier sitting left stays in its history. Durable when this returns.

    One that becomes never share hands that on to the insights and practices that were made from it.

    Raises:
        EntryMissing, RecordDamaged, and what :func:`add_entry` raises.
    """
    with writing_entries(journal.vault.database) as (_connection, writer):
        summary = writer.save(entry_id, draft, journal.clock.now(), sitting.token)
    areas = {"entries", *(("insights", "practices", "threads") if writer.handed_on else ())}
    changes = Changes(frozenset(areas), writer.handed_on | {entry_id}, origin)
    return Saved(summary, changes, journal.clock.now())


def attach_file(journal: Journal, entry_id: UUID, prepared: PreparedAttachment) -> AttachmentInfo:
    """Attach a photo or file to an entry that is there.

    Raises:
        EntryMissing, RecordDamaged, and what :func:`add_entry` raises.
    """
    with writing_entries(journal.vault.database) as (connection, writer):
        pk = writer.key_of(entry_id)
        files = AttachmentWriter(connection, journal.vault.database.sealer)
        attachment_id = files.add(entry_id, pk, prepared, journal.clock.now())
        writer.relabel(entry_id)
    with journal.vault.database.read() as session:
        return AttachmentReader(session).info(attachment_id)


def remove_attachment(journal: Journal, attachment: AttachmentInfo) -> Changes:
    """Take an attachment out for good; its entry stays."""
    with writing_entries(journal.vault.database) as (connection, writer):
        AttachmentWriter(connection, journal.vault.database.sealer).remove(attachment.id)
        writer.relabel(attachment.entry_id)
    return _changes(attachment.entry_id)


def read_attachment(journal: Journal, attachment_id: UUID) -> bytes:
    """The whole of an attachment.

    Raises:
        EntryMissing, RecordDamaged.
    """
    with journal.vault.database.read() as session:
        return AttachmentReader(session).read(attachment_id)


def read_thumbnail(journal: Journal, attachment_id: UUID) -> bytes | None:
    """A small JPEG of a photo, or None for what is none.

    Raises:
        EntryMissing, RecordDamaged.
    """
    with journal.vault.database.read() as session:
        return AttachmentReader(session).thumbnail(attachment_id)


def read_thumbnails(journal: Journal, entry_id: UUID) -> tuple[tuple[AttachmentInfo, bytes | None], ...]:
    """What is attached to an entry, in its order, each with its small JPEG where it is a photo.

    Raises:
        EntryMissing, RecordDamaged.
    """
    with journal.vault.database.read() as session:
        attachments = EntryReader(session).get(entry_id).attachments
        files = AttachmentReader(session)
        return tuple((info, files.thumbnail(info.id) if info.has_thumbnail else None) for info in attachments)


def is_very_large(journal: Journal) -> bool:
    """Whether the attachments together have passed two gibibytes, which makes every backup slow."""
    with journal.vault.database.read() as session:
        return AttachmentReader(session).total_size() >= VAULT_SIZE_WARNING


def _changes(entry_id: UUID, *, origin: str = "") -> Changes:
    return Changes(frozenset({"entries"}), frozenset({entry_id}), origin)
