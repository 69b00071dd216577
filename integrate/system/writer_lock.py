"""One writer per journal: a lock of the operating system on a file without content.

The lock belongs to the open file, not to the file's being there: when its holder ends in any way, a kill included, the
system frees it. The file stays, because removing it would let two writers lock two different files of the same name.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from integrate.errors import OpenElsewhere
from integrate.system.files import PRIVATE_FILE, disk_errors

if TYPE_CHECKING:
    from filelock import BaseFileLock


class WriterLock:
    """The right to write to one journal. A second holder is refused, in another process or in this one."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened or made yet; ``path`` is the lock file inside the journal's folder."""
        self._path = path
        self._lock: BaseFileLock | None = None

    @property
    def path(self) -> Path:
        """The lock file."""
        return self._path

    @property
    def held(self) -> bool:
        """Whether this object holds the lock now."""
        return self._lock is not None and self._lock.is_locked

    def acquire(self) -> None:
        """Take the lock at once or fail at once. Taking what this object already holds does nothing.

        Raises:
            OpenElsewhere: another process, or another object in this one, holds it.
            ReadOnlyPlace: the lock file cannot be written.
            DiskRefused: the folder is missing, or its file system cannot lock.
        """
        if self.held:
            return
        from filelock import FileLock, Timeout

        with disk_errors(self._path.parent):
            # The library would make missing folders; a journal whose folder went away must not come back empty.
            os.stat(self._path.parent)
            lock = FileLock(
                self._path,
                mode=PRIVATE_FILE,
                thread_local=False,
                blocking=False,
                # Without a lock of the system there is no lock that a kill frees: refuse rather than pretend.
                fallback_to_soft=False,
                preserve_lock_file=True,
            )
            try:
                lock.acquire()
            except Timeout:
                raise OpenElsewhere from None
        self._lock = lock

    def release(self) -> None:
        """Give the lock back; the file stays. Releasing what is not held does nothing."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release(force=True)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
