"""What was marked in the session room becomes moments of the journal, at the first unlock after it.

In this order, so that it can be cut off anywhere and done again: read and sort the records; one transaction with the
moments in it, which also deletes the keys and leaves a note; overwrite and remove the file; remove the note. The id of
a moment follows from its record, so no order of events makes two of one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from integrate.domain.moments import Mark
from integrate.errors import DiskRefused, ReadOnlyJournal, RecordDamaged
from integrate.storage.course_tables import RoomRow, SessionRow
from integrate.storage.failures import known_failures
from integrate.storage.moments import MomentWriter
from integrate.storage.room_keys import (
    RoomKeys,
    are_forgotten,
    empty_row,
    forget_keys,
    keys_of,
    note_missing_file,
    room_row,
    was_told,
)
from integrate.storage.room_log import (
    Remains,
    RoomContents,
    destroy,
    looks_unfinished,
    read_room,
    set_aside,
)
from integrate.storage.room_records import END, MOST, SEALED, Record, RoomHeader, end_text, moment_id, text_to_mark
from integrate.storage.room_report import RoomReport
from integrate.storage.sealed_rows import SealedWriter
from integrate.storage.vault import Access, Vault

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


@dataclass(frozen=True, slots=True)
class SortedMark:
    """A mark that opened. ``proved``: by the room's own key. ``sound``: nothing of it or beside it was altered."""

    sequence: int
    moment_id: UUID
    mark: Mark
    proved: bool
    sound: bool


def merge(vault: Vault, now: datetime) -> RoomReport | None:
    """Take what was marked into the journal; None where there is nothing of a room to take or to tell.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace, NewerVersion: nothing was lost; the
            next unlock does it.
        RecordDamaged: the session the moments belong to is damaged. The file and its keys stay as they are.
    """
    if vault.access is not Access.WRITE:
        raise ReadOnlyJournal
    path = vault.folder.room
    with vault.database.read() as session:
        row = room_row(session)
    with known_failures(vault.folder.path):
        contents = read_room(path)
        if row is None:
            return None if contents is None else _without_keys(path, contents, vault)
        if are_forgotten(row):
            return _go_on(vault, row, path, contents)
        if contents is None:
            return _missing(vault, row)
        try:
            keys = keys_of(vault, row)
        except RecordDamaged:
            return _unread(vault, path)
    try:
        if not _is_of(keys, contents):
            with known_failures(vault.folder.path):
                kept = set_aside(path).name
            return replace(_missing(vault, row) or RoomReport(), kept_as=kept)
        marks, report = sort_records(contents, keys)
    finally:
        keys.wipe()
    report = _insert(vault, UUID(bytes=keys.header.session_id), marks, report, now)
    _finish(vault, path)
    return report


def sort_records(contents: RoomContents, keys: RoomKeys) -> tuple[tuple[SortedMark, ...], RoomReport]:
    """Open everything in the file; the marks in the order they were made, and what is to be told of the rest."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    sorting = _Sorting(keys, X25519PrivateKey.from_private_bytes(keys.private.view))
    for piece in contents.pieces:
        if isinstance(piece, Record):
            sorting.take(piece)
        else:
            sorting.pass_over(piece)
    marks = tuple(sorted(sorting.marks, key=lambda mark: mark.sequence))
    return marks, sorting.report(contents)


@dataclass(slots=True)
class _Sorting:
    """One way through a file, from its first piece to its last."""

    keys: RoomKeys
    private: X25519PrivateKey
    marks: list[SortedMark] = field(default_factory=list)
    sequences: set[int] = field(default_factory=set)
    seen: set[bytes] = field(default_factory=set)
    foreign: int = 0
    damaged: int = 0
    half: int = 0  # unfinished pieces with a record behind them
    waiting_damaged: int = 0
    waiting_half: int = 0
    last: Record | None = None
    last_proved: bool = False

    @property
    def header(self) -> RoomHeader:
        """The room's, as the journal knows it: a damaged one in the file changes nothing."""
        return self.keys.header

    def pass_over(self, piece: Remains) -> None:
        """Note what is no record; what it means shows when the next record comes, or none."""
        if piece.unfinished:
            self.waiting_half += 1
        else:
            self.waiting_damaged += 1

    def take(self, record: Record) -> None:
        """Open one record."""
        text = record.open(self.header, self.private)
        undamaged = record.is_undamaged()
        if text is None and not undamaged:
            self.pass_over(Remains(record.raw, looks_unfinished(record.raw)))
            return
        mark = None if text is None else text_to_mark(text)
        is_end = text == end_text()
        made = moment_id(self.header, record)
        if not (mark or is_end) or not 1 <= record.sequence <= MOST or made in self.seen:
            self.foreign += 1
            return
        proved = record.has_seal(self.header, self.keys.seal)
        sound = undamaged and is_end == bool(record.flags & END) and (proved or not record.flags & SEALED)
        self._link(record, proved)
        self.sequences.add(record.sequence)
        self.seen.add(made)
        if mark is not None:
            sound = sound and self._fits(record, proved)
            self.marks.append(SortedMark(record.sequence, UUID(bytes=made), mark, proved, sound))
        self.last, self.last_proved = record, proved

    def _link(self, record: Record, proved: bool) -> None:
        """What was passed over has a record behind it now."""
        self.damaged += self.waiting_damaged
        self.half += self.waiting_half
        self.waiting_damaged = self.waiting_half = 0
        before = self.last
        if proved and before is not None and not self._names(record, before) and not self.last_proved:
            self._doubt_last()

    def _fits(self, record: Record, proved: bool) -> bool:
        """Whether an unproved record names the one before it rightly; one with the room's seal is believed."""
        if proved or self.last is None:
            return proved or record.sequence > 1 or record.previous == self.header.digest
        return self._names(record, self.last)

    def _names(self, record: Record, before: Record) -> bool:
        follows = record.sequence == before.sequence + 1
        return record.sequence > before.sequence and (not follows or record.previous == before.digest)

    def _doubt_last(self) -> None:
        if self.marks and self.last is not None and self.marks[-1].sequence == self.last.sequence:
            self.marks[-1] = replace(self.marks[-1], sound=False)

    def report(self, contents: RoomContents) -> RoomReport:
        """The counts. An unfinished piece is a loss only where a number is missing; at the end it never is."""
        gaps = max(self.sequences, default=0) - len(self.sequences)
        half_lost = min(self.half, max(0, gaps - self.damaged))
        return RoomReport(
            session_id=UUID(bytes=self.header.session_id),
            merged=len(self.marks),
            after_restart=sum(mark.sound and not mark.proved for mark in self.marks),
            doubtful=sum(not mark.sound for mark in self.marks),
            damaged=self.damaged + half_lost + self.waiting_damaged + contents.too_long,
            missing=max(0, gaps - self.damaged - half_lost),
            foreign=self.foreign,
            unfinished=bool(self.waiting_half),
            left=contents.was_left,
            header_damaged=contents.header is None,
        )


def _is_of(keys: RoomKeys, contents: RoomContents) -> bool:
    """Whether a file is this room's: by its header, or where that is damaged by any record that opens."""
    if contents.header is not None:
        return contents.header == keys.header
    marks, _report = sort_records(contents, keys)
    return bool(marks) or not contents.records


def _insert(
    vault: Vault, session_id: UUID, marks: tuple[SortedMark, ...], report: RoomReport, now: datetime
) -> RoomReport:
    with vault.database.write() as connection:
        writer = MomentWriter(connection, vault.database.sealer)
        rows = SealedWriter(connection, vault.database.sealer)
        row = room_row(rows.session)
        there = select(SessionRow.pk).where(SessionRow.id == session_id.bytes)
        if marks and rows.session.scalar(there) is None:
            report = replace(report, session_gone=True, merged=0, after_restart=0, doubtful=0)
            marks = ()
        for one in marks:
            if not writer.has(one.moment_id):
                writer.add(
                    session_id, one.mark, now, moment_id=one.moment_id, in_room=True, after_restart=not one.proved
                )
        if row is not None:
            empty_row(rows, row)
    return report


def _finish(vault: Vault, path: Path) -> None:
    """The marks are in the journal: the file goes, then the note. What the disk refuses now, the next unlock does."""
    with suppress(OSError, DiskRefused):
        destroy(path)
        with vault.database.write() as connection:
            forget_keys(connection)


def _go_on(vault: Vault, row: RoomRow, path: Path, contents: RoomContents | None) -> RoomReport | None:
    """An earlier merge was cut off before the file was gone. One that came from elsewhere meanwhile is not touched."""
    header = None if contents is None else contents.header
    kept = None
    if header is not None and (header.vault_id, header.session_id) != (vault.keys.vault_id, row.session_id):
        kept = set_aside(path).name
    _finish(vault, path)
    return None if kept is None else RoomReport(kept_as=kept)


def _missing(vault: Vault, row: RoomRow) -> RoomReport | None:
    """The file is not there; said once."""
    if was_told(row):
        return None
    _change_row(vault, note_missing_file)
    return RoomReport(session_id=_uuid(row.session_id), file_missing=True)


def _unread(vault: Vault, path: Path) -> RoomReport:
    kept = set_aside(path).name
    with vault.database.write() as connection:
        forget_keys(connection)
    return RoomReport(kept_as=kept)


def _without_keys(path: Path, contents: RoomContents, vault: Vault) -> RoomReport | None:
    """A file nobody has keys for: of a room that was never entered, or from elsewhere."""
    ours = contents.header is not None and contents.header.vault_id == vault.keys.vault_id
    if ours and not contents.pieces:
        with suppress(OSError):
            destroy(path)
        return None
    return RoomReport(kept_as=set_aside(path).name)


def _change_row(vault: Vault, change: Any) -> None:
    with vault.database.write() as connection:
        writer = SealedWriter(connection, vault.database.sealer)
        row = room_row(writer.session)
        if row is not None:
            change(writer, row)


def _uuid(raw: bytes) -> UUID | None:
    try:
        return UUID(bytes=raw)
    except (TypeError, ValueError):
        return None
