"""The desk: an open journal as the window works with it.

The journal's own lane writes, one thing after another, on the writing connection. Reading for the screen (the list, a
search, pictures) has a lane of its own, so that no save ever waits behind a search. Copies that take seconds have a
third. All of them end when the journal is locked; what a page asks for between then and its own end is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from integrate.domain.entry import Changes
from integrate.domain.listing import Stop, Stopped
from integrate.domain.preferences import Preferences
from integrate.errors import KnownError
from integrate.journal.backups import back_up_if_due
from integrate.journal.opening import Access, Journal
from integrate.journal.preferences import change_preferences
from integrate.ui.saving import EntrySaver
from integrate.ui.tasks import Failed, Lane, Mailbox

T = TypeVar("T")

SETTLE_AFTER: Final = 2000
"""Milliseconds without a write after which the write-ahead log is moved into the database."""

_PATIENCE: Final = 2.0
"""Seconds that locking waits for a read that was given up: a disk that hangs must not keep the journal open."""

_BACKUP_LOOK: Final = 60_000  # milliseconds between two looks whether today's automatic copy is due


class Desk(QObject):
    """One open journal. Pages ask it for work and listen to ``changed``; ``trouble`` is a failure nobody took."""

    changed = Signal(object)  # Changes
    preferences_changed = Signal()
    trouble = Signal(object)  # Exception

    def __init__(self, journal: Journal, preferences: Preferences, mailbox: Mailbox) -> None:
        super().__init__()
        self._journal: Journal | None = journal
        self.preferences = preferences
        self.clock = journal.clock
        self.journal_id = journal.id
        self.place = journal.place
        self.may_write = journal.access is Access.WRITE
        self.notices = journal.notices
        self._writing = Lane("journal", mailbox)
        self._reading = Lane("reading", mailbox)
        self._copying = Lane("copies", mailbox)
        self._stops: set[Stop] = set()
        self.saver = EntrySaver(self, self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_AFTER)
        self._settle.timeout.connect(self._settle_now)
        self._look = QTimer(self, interval=_BACKUP_LOOK)
        self._look.timeout.connect(self._back_up_if_due)
        if self.may_write:
            self._look.start()

    # --- work ---------------------------------------------------------------------------------------------------------

    def write(
        self,
        owner: QObject,
        work: Callable[[Journal], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Have ``work`` done on the journal's lane. What it changed (its answer, or ``.changes`` of it) is told to all.

        ``done`` and ``failed`` are called on the main thread while ``owner`` is alive. After locking nothing is taken.
        """
        journal = self._journal
        if journal is None:
            return
        told = partial(self._written, owner, done)
        self._writing.submit(self, partial(work, journal), told, partial(self._failed, owner, failed))

    def read(
        self,
        owner: QObject,
        work: Callable[[Journal, Stop], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Stop:
        """Have something read for the screen; set the returned :class:`Stop` when nobody needs it any more."""

        def look(journal: Journal, stop: Stop) -> T:
            if stop.is_set:  # given up while it waited for its turn
                raise Stopped
            return work(journal, stop)

        return self._ask(self._reading, owner, look, done, failed)

    def copy(
        self,
        owner: QObject,
        work: Callable[[Journal, Stop], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Stop:
        """Have a long task done (a backup, a check) that has connections of its own and looks at its :class:`Stop`."""
        return self._ask(self._copying, owner, work, done, failed)

    def _ask(
        self,
        lane: Lane,
        owner: QObject,
        work: Callable[[Journal, Stop], T],
        done: Callable[[T], None],
        failed: Failed | None,
    ) -> Stop:
        journal, stop = self._journal, self._new_stop()
        if journal is not None:
            told, not_told = partial(self._read, owner, stop, done), partial(self._not_read, owner, stop, failed)
            lane.submit(self, partial(work, journal, stop), told, not_told)
        return stop

    def change_preferences(self, owner: QObject, **changes: Any) -> None:
        """Keep what the person chose, inside the journal."""
        self.write(owner, lambda journal: change_preferences(journal, **changes), self._take_preferences)

    def tell(self, changes: Changes) -> None:
        """Let every page know what changed."""
        self.changed.emit(changes)

    # --- locking ------------------------------------------------------------------------------------------------------

    def close(self, last: Callable[[Journal], T], closed: Callable[[T | None, Exception | None], None]) -> None:
        """Finish what is being written, run ``last``, then seal and lock. Nothing else is taken from now on.

        ``closed`` is called on the main thread with what ``last`` answered, or with what went wrong.

        Raises:
            RuntimeError: it is locked already.
        """
        journal = self._journal
        if journal is None:
            raise RuntimeError("the journal is locked")
        self._journal = None
        self._settle.stop()
        self._look.stop()
        for stop in self._stops:
            stop.set()
        self._reading.close(drop=True)
        self._copying.close(drop=True)

        def seal() -> T:
            try:
                return last(journal)
            finally:
                journal.interrupt()  # what is saved is saved; copies and searches that still run are given up
                # Whoever still reads keeps a connection open, with the key in it, and the journal from being sealed.
                for lane in (self._reading, self._copying):
                    lane.join(_PATIENCE)
                journal.close()

        self._writing.submit(self, seal, lambda answer: closed(answer, None), lambda error: closed(None, error))
        self._writing.close()

    def ended(self, seconds: float) -> bool:
        """Whether all lanes have ended, waiting at most ``seconds`` for each."""
        lanes = (self._reading, self._copying, self._writing)
        return all(lane.join(seconds) for lane in lanes)

    # --- answers ------------------------------------------------------------------------------------------------------

    def _new_stop(self) -> Stop:
        """For something to be read; once the journal is locked it is set: pages on their way out hear nothing."""
        stop = Stop()
        if self._journal is None:
            stop.set()
        else:
            self._stops.add(stop)
        return stop

    @property
    def is_open(self) -> bool:
        """Whether work is still taken."""
        return self._journal is not None

    def _written(self, owner: QObject, done: Callable[[Any], None] | None, result: Any) -> None:
        self._settle.start()
        if done is not None and shiboken6.isValid(owner):
            done(result)
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes) and self.is_open:
            self.changed.emit(changes)

    def _read(self, owner: QObject, stop: Stop, done: Callable[[Any], None], result: Any) -> None:
        self._stops.discard(stop)
        if not stop.is_set and shiboken6.isValid(owner):
            done(result)

    def _not_read(self, owner: QObject, stop: Stop, failed: Failed | None, error: Exception) -> None:
        self._stops.discard(stop)
        if not isinstance(error, Stopped) and not stop.is_set:
            self._failed(owner, failed, error)

    def _failed(self, owner: QObject, failed: Failed | None, error: Exception) -> None:
        if failed is not None and shiboken6.isValid(owner):
            failed(error)
        elif self.is_open:
            self.trouble.emit(error)

    def _take_preferences(self, preferences: Preferences) -> None:
        self.preferences = preferences
        self.preferences_changed.emit()

    def _settle_now(self) -> None:
        if self._journal is not None and self.may_write:
            self._writing.submit(self, self._journal.settle, _nothing, _nothing)

    def _back_up_if_due(self) -> None:
        if self._journal is not None:
            self.copy(self, _quiet_backup, _nothing)


def _nothing(_answer: object) -> None:
    """For answers nobody waits for."""


def _quiet_backup(journal: Journal, stop: Stop) -> None:
    """The automatic copy is tried again at the next look; Settings says when the last one was made."""
    with suppress(KnownError):
        back_up_if_due(journal, lambda _done, _all: stop.check())
