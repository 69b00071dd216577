"""Unfinished work: in a folder of its own beside its target, which gets its name only when all of it is done.

A program that is killed leaves such a folder behind. It holds ciphertext only, and whoever works there next removes it:
its maker held a lock in it that the system has freed.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from integrate.errors import KnownError, TargetExists
from integrate.system.files import is_taken, make_private_folder, private_umask, sync_folder
from integrate.system.writer_lock import WriterLock

PART_NAME: Final = re.compile(r"\.[0-9a-f]{16}\.part")
_LOCK: Final = "lock"
_GRACE: Final = 60.0  # seconds in which a folder may be there before its maker has locked it
_DRAFT_GRACE: Final = 24 * 3600.0  # the drafts of single small files have no lock


@contextmanager
def part_folder(beside: Path) -> Iterator[Path]:
    """A folder for unfinished work on the same disk, owner-only, its name without meaning; gone afterwards."""
    remove_abandoned(beside)
    path = beside / f".{os.urandom(8).hex()}.part"
    make_private_folder(path)
    try:
        with private_umask(), WriterLock(path / _LOCK):
            yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def remove_abandoned(beside: Path) -> None:
    """Remove what killed programs left in ``beside``; what cannot be removed now is tried again next time."""
    try:
        found = [path for path in beside.iterdir() if PART_NAME.fullmatch(path.name)]
    except OSError:
        return
    for path in found:
        if path.is_dir():
            if _is_abandoned(path):
                shutil.rmtree(path, ignore_errors=True)
        elif _age(path) > _DRAFT_GRACE:
            with suppress(OSError):
                path.unlink()


def publish_folder(made: Path, place: Path) -> None:
    """Give a finished folder its name at once.

    Raises:
        TargetExists: the name was taken meanwhile.
    """
    if is_taken(place):
        raise TargetExists(target=place)
    made.rename(place)
    sync_folder(place.parent)


def _age(path: Path) -> float:
    """Seconds since it was last changed; 0 when it is gone."""
    try:
        return time.time() - path.lstat().st_mtime
    except OSError:
        return 0.0


def _is_abandoned(path: Path) -> bool:
    try:
        if not (path / _LOCK).exists():
            return _age(path) > _GRACE
        lock = WriterLock(path / _LOCK)
        lock.acquire()
    except (OSError, KnownError):
        return False
    lock.release()
    return True
