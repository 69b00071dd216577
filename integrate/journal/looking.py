"""Looking around before there is a journal: a demo in a place of its own, open to read, gone when it is left."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from integrate.domain.times import ZonedTime
from integrate.errors import KnownError
from integrate.journal.opening import Access, ByPassphrase, Journal, open_journal
from integrate.journal.places import free_place
from integrate.storage.layout import SUFFIX, JournalFolder
from integrate.storage.vault import Vault
from integrate.system.clock import Clock
from integrate.system.writer_lock import WriterLock

NAME: Final = "Look around"

_NAMES: Final = re.compile(rf"{NAME}( \d+)?{re.escape(SUFFIX)}")
_MARK: Final = "look_around"


class LookAround(Journal):
    """A demo that is open to look at. Closing it removes it, whoever closes it and why."""

    def __init__(self, vault: Vault, clock: Clock, lock: WriterLock) -> None:
        super().__init__(vault, clock)
        self._lock = lock

    def close(self) -> None:
        """Lock it and remove it. A second call does nothing."""
        place = self.place
        super().close()
        if self._lock.held:
            self._lock.release()
            _remove(place)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def look_around(folder: Path, clock: Clock) -> LookAround:
    """Make a demo in ``folder``, as of today, and open it to read. What an earlier run left there is removed first.

    Raises:
        DiskFull, DiskRefused, ReadOnlyPlace, OutOfMemory: nothing is left behind.
    """
    from integrate.journal.demo import PASSPHRASE, make_demo

    remove_left_over(folder)
    place = free_place(folder, NAME)  # another window may be looking around as well
    zone = clock.zone()
    make_demo(place, ZonedTime(clock.now(), zone).local_date(), zone=zone, mark={_MARK: True})
    lock = WriterLock(JournalFolder(place).lock)  # tells other windows that it is still being looked at
    try:
        lock.acquire()
        journal = open_journal(place, ByPassphrase(PASSPHRASE), Access.READ, clock=clock)
    except BaseException:
        lock.release()
        _remove(place)
        raise
    return LookAround(journal.vault, clock, lock)


def has_left_over(folder: Path) -> bool:
    """Whether there may be something for :func:`remove_left_over`, judged by names alone."""
    return bool(_found(folder))


def remove_left_over(folder: Path) -> None:
    """Remove what a program that was ended too early left in ``folder``. A journal of a person's own is never touched.

    What is being looked at by another window stays, and so does what cannot be removed now.
    """
    for place in _found(folder):
        lock = WriterLock(JournalFolder(place).lock)
        with suppress(KnownError):
            lock.acquire()
            try:
                ours = _is_ours(place)
            finally:
                lock.release()
            if ours:
                _remove(place)


def _found(folder: Path) -> list[Path]:
    try:
        return sorted(place for place in folder.iterdir() if _NAMES.fullmatch(place.name) and place.is_dir())
    except OSError:
        return []


def _is_ours(place: Path) -> bool:
    """Whether it opens as all demos do and says that it was made to look around."""
    from integrate.journal.demo import PASSPHRASE, demo_mark

    with open_journal(place, ByPassphrase(PASSPHRASE), Access.READ) as journal:
        mark = demo_mark(journal)
    return mark is not None and mark.get(_MARK) is True


def _remove(place: Path) -> None:
    """First the name, so that nothing half removed bears it; whoever works there next finishes what is left."""
    gone = place.parent / f".{os.urandom(8).hex()}.part"
    with suppress(OSError):
        place.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
