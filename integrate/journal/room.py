"""The session room: write-only while it is open, and read at the next unlock.

The journal is unlocked to open a room, and locked before the room is entered. From then on this program holds a public
key and nothing that reads: what is marked can be read again only by whoever unlocks the journal. A room that was cut
off is opened again from its file alone.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import UUID

from integrate.domain.moments import Mark
from integrate.errors import DiskRefused, ReadOnlyJournal, RoomUnreadable, WrongUsage
from integrate.i18n import _
from integrate.storage.header_file import read_header
from integrate.storage.layout import JournalFolder
from integrate.storage.room_log import RoomContents, RoomWriter, read_room
from integrate.storage.room_records import end_text, mark_to_text
from integrate.storage.room_report import RoomReport
from integrate.system.files import disk_errors
from integrate.system.writer_lock import WriterLock

if TYPE_CHECKING:  # SQLAlchemy comes with it, and a room that is opened again must not wait for that
    from integrate.journal.opening import Journal

__all__ = (
    "Room", "RoomFound", "RoomReport", "RoomTicket", "find_room", "merge_room", "open_room",
    "reopen_room", "room_waits",
)  # fmt: skip


class Room:
    """An open session room. It needs no journal; it holds the writer's lock of one until it is closed.

    Calls may come from any thread, one after another. A context manager: leaving it closes the room.
    """

    def __init__(self, writer: RoomWriter, lock: WriterLock, *, after_restart: bool) -> None:
        self._writer = writer
        self._lock = lock
        self._guard = threading.Lock()
        self._closed = False
        self.after_restart = after_restart

    @property
    def session_id(self) -> UUID:
        """The session that is marked."""
        return UUID(bytes=self._writer.header.session_id)

    @property
    def mark_count(self) -> int:
        """How many marks are on the disk, those before a restart too."""
        return self._writer.marks

    @property
    def closed(self) -> bool:
        """Whether it was left."""
        return self._closed

    def mark(self, mark: Mark) -> None:
        """Seal a mark and write it; it is on the disk when this returns.

        Raises:
            DiskFull, DiskRefused, ReadOnlyPlace: this mark was not written; those before are whole.
            WrongUsage: the room holds no more, or was closed.
        """
        with self._guard:
            if self._closed:
                raise WrongUsage(reason=_("The session room was left. What was marked in it is kept."))
            self._writer.append(mark_to_text(mark))

    def close(self) -> None:
        """Leave the room: note that it ends here, wipe what it knows, give the lock back. A second call does nothing.

        A disk that refuses the note is no fault: every mark is durable already.
        """
        self._end(noted=True)

    def let_go(self) -> None:
        """As :meth:`close`, but without a note: the session goes on, and the room can be opened again from its file."""
        self._end(noted=False)

    def _end(self, *, noted: bool) -> None:
        with self._guard:
            if self._closed:
                return
            self._closed = True
            try:
                if noted:
                    with suppress(DiskRefused, WrongUsage):
                        self._writer.append(end_text(), end=True)
            finally:
                self._writer.close()
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class RoomTicket:
    """A room that is ready, while the journal is being locked. It has the journal's writer's lock from now on."""

    def __init__(self, writer: RoomWriter, lock: WriterLock) -> None:
        self._writer = writer
        self._lock: WriterLock | None = lock

    @property
    def session_id(self) -> UUID:
        """The session it is for."""
        return UUID(bytes=self._writer.header.session_id)

    def enter(self) -> Room:
        """The room. Lock the journal before: the room itself cannot see to that.

        Raises:
            WrongUsage: the ticket was used or handed back.
        """
        return Room(self._writer, self._take_lock(), after_restart=False)

    def hand_back(self, journal: Journal) -> None:
        """Do not enter: the journal, which is still open, gets its lock back and the empty room goes away.

        Raises:
            WrongUsage: the ticket was used or handed back.
            DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: the next unlock removes the room.
        """
        journal.vault.lock = self._take_lock()
        self._writer.close()
        merge_room(journal)

    def _take_lock(self) -> WriterLock:
        lock, self._lock = self._lock, None
        if lock is None:
            raise WrongUsage(reason=_("This room was entered already."))
        return lock


@dataclass(frozen=True, slots=True)
class RoomFound:
    """A room's file in the folder of a journal that is locked: what can be said of it without a key.

    ``marks`` counts whole records; ``was_left``: the room was left in order, so nobody is in it any more;
    ``can_reopen``: its beginning can be read.
    """

    marks: int
    was_left: bool
    can_reopen: bool


def open_room(journal: Journal, session_id: UUID) -> RoomTicket:
    """Make a room for a session: its keys in the journal, its file beside it. Then lock the journal and enter.

    Raises:
        ReadOnlyJournal: the journal is not open for writing.
        WrongUsage: there is no such session, it was deleted, or a room is open or waits to be merged.
        RecordDamaged: the session is damaged.
        DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: nothing was made.
    """
    from integrate.storage.room_keys import has_open_room, make_room
    from integrate.storage.room_merge import merge

    vault = journal.vault
    if vault.lock is None:
        raise ReadOnlyJournal
    if not has_open_room(vault):
        merge(vault, journal.clock.now())  # what is left of an earlier one is in nobody's way
    key = make_room(vault, session_id, journal.clock.now())
    try:
        writer = RoomWriter(vault.folder.room, _contents(vault.folder), key)
    except BaseException:
        key.wipe()
        raise
    lock, vault.lock = vault.lock, None
    return RoomTicket(writer, lock)


def reopen_room(place: Path) -> Room:
    """Open the room again that was cut off, from its file alone: no word of it can be read, and marking goes on.

    Raises:
        NotAJournal, HeaderMissing, HeaderDamaged, NewerVersion.
        OpenElsewhere: the journal, or its room, is open in another process.
        WrongUsage: there is no room to open again.
        RoomUnreadable: the beginning of its file is damaged, or the file is of another journal.
        DiskRefused, ReadOnlyPlace.
    """
    folder = JournalFolder(place)
    folder.require_journal()
    lock = WriterLock(folder.lock)
    lock.acquire()
    try:
        contents = _contents(folder)
        with disk_errors(place):
            vault_id = read_header(folder.header).header.vault_id
        if contents.header is None or contents.header.vault_id != vault_id:
            raise RoomUnreadable
        return Room(RoomWriter(folder.room, contents, None), lock, after_restart=True)
    except BaseException:
        lock.release()
        raise


def find_room(place: Path) -> RoomFound | None:
    """What waits in the folder of a journal, open or locked; None where there is no room.

    Raises:
        NewerVersion: a later version made it.
        DiskRefused, ReadOnlyPlace: it cannot be looked at.
    """
    with disk_errors(place):
        contents = read_room(JournalFolder(place).room)
    if contents is None:
        return None
    return RoomFound(contents.marks, contents.was_left, contents.header is not None)


def room_waits(place: Path) -> bool:
    """Whether something was marked that is not in the journal yet, as far as this can be seen without a key.

    Raises:
        NewerVersion, DiskRefused, ReadOnlyPlace: as :func:`find_room`.
    """
    with disk_errors(place):
        contents = read_room(JournalFolder(place).room)
    return contents is not None and bool(contents.pieces)


def merge_room(journal: Journal) -> RoomReport | None:
    """After an unlock: what was marked becomes moments, and the room's file goes. None where there was nothing to do.

    Whenever it is stopped, the next call goes on; no moment comes twice.

    Raises:
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace, NewerVersion: nothing was lost.
        RecordDamaged: the session the moments belong to is damaged; they stay in the file.
    """
    from integrate.storage.room_merge import merge

    return merge(journal.vault, journal.clock.now())


def _contents(folder: JournalFolder) -> RoomContents:
    with disk_errors(folder.path):
        contents = read_room(folder.room)
    if contents is None:
        raise WrongUsage(reason=_("There is no session room to open again."))
    return contents
