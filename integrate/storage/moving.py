"""A closed journal as a folder of files: moved elsewhere whole, or erased for good. No key is needed for either.

A move to another disk is a copy that is compared with what it was made of before it gets its name; only then does the
old folder go. To erase is to destroy the key slots: whoever finds the rest of the files later, in a copy of the disk or
in its unused space, has nothing that any passphrase opens.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from integrate.errors import CheckFailed, TargetExists, WrongUsage
from integrate.i18n import _
from integrate.storage.failures import known_failures
from integrate.storage.header import HEADER_SIZE
from integrate.storage.header_file import FILE_SIZE
from integrate.storage.layout import JournalFolder
from integrate.storage.parts import PART_NAME, part_folder, publish_folder
from integrate.system.files import PRIVATE_FILE, create_private, make_private_folder, sync_folder
from integrate.system.writer_lock import WriterLock

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all)."""

_BLOCK: Final = 1024 * 1024
_OTHER_DISK: Final = errno.EXDEV
_LOG: Final = re.compile(r"vault\.db-(wal|shm|journal)")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """An automatic backup in a journal's folder, told by its name and its file: ``size`` in bytes."""

    number: int
    size: int
    modified: datetime


def backup_files(folder: JournalFolder) -> tuple[BackupFile, ...]:
    """The automatic backups that are there, ascending.

    Raises:
        ReadOnlyPlace, DiskRefused: they cannot be looked at.
    """
    with known_failures(folder.path):
        stats = [(number, folder.backup(number).stat()) for number in folder.backup_numbers()]
    return tuple(BackupFile(number, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)) for number, stat in stats)


def move(folder: JournalFolder, place: Path, progress: Progress | None = None) -> bool:
    """Give a closed journal another place, never over anything; whether the old one is gone.

    Whenever it is stopped, a whole journal is at the old place or at the new one, and nothing else bears either name.

    Raises:
        NotAJournal, OpenElsewhere, TargetExists.
        WrongUsage: the new place is inside the journal.
        CheckFailed: what was written on the other disk does not read back; the journal is where it was.
        DiskFull, DiskRefused, ReadOnlyPlace: the same.
    """
    folder.require_journal()
    if os.path.lexists(place):
        raise TargetExists(target=place)
    if place.resolve().is_relative_to(folder.path.resolve()):
        raise WrongUsage(reason=_("A journal cannot be moved into itself."))
    with _held(folder) as lock, known_failures(place.parent):
        make_private_folder(place.parent, exist_ok=True, parents=True)
        if sys.platform == "win32":
            lock.release()  # an open file would keep the folder where it is
        try:
            publish_folder(folder.path, place)
            sync_folder(folder.path.parent)
        except OSError as error:
            if error.errno != _OTHER_DISK:
                raise
            _copy(folder.path, place, progress)
            return _drop(folder.path)
        return True


def erase(folder: JournalFolder) -> tuple[Path, ...]:
    """Destroy a closed journal: its key slots first, then every file of it; what is left because it is none of ours.

    If it is stopped, it can be done again.

    Raises:
        NotAJournal, OpenElsewhere, DiskRefused, ReadOnlyPlace.
    """
    folder.require_journal()
    with known_failures(folder.path):
        with _held(folder):
            _forget(folder.header, FILE_SIZE)
            for number in folder.backup_numbers():
                _forget(folder.backup(number), HEADER_SIZE)
            for beside in (folder.path, folder.backups):
                _remove_parts(beside)
            for number in folder.backup_numbers():
                folder.backup(number).unlink()
            for path in (folder.database, folder.anchor, *_logs(folder), folder.room, *folder.rooms_unread()):
                path.unlink(missing_ok=True)
            _remove_if_empty(folder.backups)
            # Last: as long as it is there, the folder is known for a journal and can be erased again.
            folder.header.unlink(missing_ok=True)
        folder.lock.unlink(missing_ok=True)
        _remove_if_empty(folder.path)
        sync_folder(folder.path.parent)
        return tuple(sorted(folder.path.iterdir())) if folder.path.is_dir() else ()


@contextmanager
def _held(folder: JournalFolder) -> Iterator[WriterLock]:
    with WriterLock(folder.lock) as lock:
        yield lock


def _copy(source: Path, place: Path, progress: Progress | None) -> None:
    files = sorted(path for path in source.rglob("*") if path.is_file() and not path.is_symlink())
    total, done = 2 * sum(path.stat().st_size for path in files), 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            progress(done, total)

    with part_folder(place.parent) as part:
        target = part / "journal"
        make_private_folder(target)
        for path in sorted(source.rglob("*")):
            _copy_one(path, target / path.relative_to(source))
        digests = [_copy_bytes(path, target / path.relative_to(source), count) for path in files]
        for path, digest in zip(files, digests, strict=True):
            if _digest(target / path.relative_to(source), count) != digest:
                raise CheckFailed
        for path in (target, *(path for path in target.rglob("*") if path.is_dir() and not path.is_symlink())):
            sync_folder(path)
        publish_folder(target, place)


def _copy_one(path: Path, target: Path) -> None:
    """A folder, a link, or an empty file for what is copied next."""
    if path.is_symlink():
        target.symlink_to(path.readlink())
    elif path.is_dir():
        make_private_folder(target)
    else:
        create_private(target, b"")


def _copy_bytes(path: Path, target: Path, count: Callable[[int], None]) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as source, target.open("r+b") as out:
        while block := source.read(_BLOCK):
            digest.update(block)
            out.write(block)
            count(len(block))
        out.flush()
        os.fsync(out.fileno())
    stat = path.stat()
    os.utime(target, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # backups made before the times were noted go by theirs
    return digest.digest()


def _digest(path: Path, count: Callable[[int], None]) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
            count(len(block))
    return digest.digest()


def _drop(path: Path) -> bool:
    """Remove a folder whose copy is in place: first its name, so that nothing half removed bears it, then its keys.

    Whether it could be removed: where the disk does not let go of it, the copy is a journal all the same.
    """
    gone = path.parent / f".{os.urandom(8).hex()}.part"
    try:
        path.rename(gone)
        sync_folder(path.parent)
        _forget(JournalFolder(gone).header, FILE_SIZE)
        shutil.rmtree(gone)
        sync_folder(path.parent)
    except OSError:
        return False
    return True


def _forget(path: Path, length: int) -> None:
    """Overwrite the first ``length`` bytes of a file with random ones, in place and durably."""
    if not path.is_file() or path.is_symlink():
        return
    path.chmod(PRIVATE_FILE)
    with path.open("r+b", buffering=0) as file:
        rest = memoryview(os.urandom(min(length, path.stat().st_size)))
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())


def _remove_parts(beside: Path) -> None:
    """Unfinished work of a killed program: it can hold a copy of the header."""
    if not beside.is_dir():
        return
    for path in [path for path in beside.iterdir() if PART_NAME.fullmatch(path.name)]:
        for file in [path] if path.is_file() else path.rglob("*"):
            _forget(file, FILE_SIZE)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _logs(folder: JournalFolder) -> list[Path]:
    return [path for path in folder.path.iterdir() if _LOG.fullmatch(path.name)]


def _remove_if_empty(path: Path) -> None:
    with suppress(OSError):  # something is in it that is none of ours
        path.rmdir()
