"""When to save while somebody writes: after a short pause, never later than a ceiling, one save at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from integrate.errors import KnownError

PAUSE: Final = 0.4
"""Seconds without an edit after which is saved."""
CEILING: Final = 1.5
"""Seconds after the first unsaved edit when is saved even without a pause: with the save itself it stays below two."""
RETRY: Final = 10.0
"""Seconds after a failed save until the next try, if no edit comes before."""


class Stage(Enum):
    """Where the text is: on the disk, waiting for the next save, on its way, or refused by the disk."""

    SAVED = auto()
    WAITING = auto()
    SAVING = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class SaveState:
    """``when`` a save last reached the disk, None if none did yet; ``error`` goes with FAILED."""

    stage: Stage = Stage.SAVED
    when: datetime | None = None
    error: KnownError | None = None


class Autosave(QObject):
    """Calls ``save`` when it is time. ``save`` starts saving the newest text and returns at once.

    How it went is told with :meth:`saved` or :meth:`failed`, once for each call, from the thread of the window. ``now``
    gives seconds that only go up.
    """

    changed = Signal()
    """:attr:`state` is another one."""

    def __init__(
        self, save: Callable[[], None], parent: QObject | None = None, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._save = save
        self._now = now
        self._first: float | None = None  # when the oldest edit was made that no save has taken up
        self._last = 0.0
        self._busy = self._hurry = False
        self._state = SaveState()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._start)

    @property
    def state(self) -> SaveState:
        """What can be said honestly now."""
        return self._state

    @property
    def is_settled(self) -> bool:
        """Whether everything is on the disk and nothing is on its way."""
        return self._first is None and not self._busy

    def touched(self) -> None:
        """The person changed something."""
        self._last = self._now()
        if self._first is None:
            self._first = self._last
        if not self._busy:
            self._schedule()
            self._enter(SaveState(Stage.WAITING, self._state.when))

    def flush(self) -> None:
        """Save now whatever is not saved. While a save is on its way, a newer text follows as soon as it is done."""
        if self._busy:
            self._hurry = True
        elif self._first is not None:
            self._start()

    def discard(self) -> None:
        """Let go of what is not saved: the entry was closed or deleted."""
        self._timer.stop()
        self._first, self._hurry = None, False

    def saved(self, when: datetime | None) -> None:
        """The save that was asked for is on the disk since ``when``; None: there was nothing to save."""
        self._busy = False
        hurry, self._hurry = self._hurry, False
        if self._first is None:
            self._enter(SaveState(Stage.SAVED, when))
            return
        self._enter(SaveState(Stage.WAITING, when))
        if hurry:
            self._start()
        else:
            self._schedule()

    def failed(self, error: KnownError) -> None:
        """The save that was asked for did not reach the disk. The text is still to be saved."""
        self._busy = self._hurry = False
        if self._first is None:
            self._first = self._now()
        self._timer.start(round(RETRY * 1000))
        self._enter(SaveState(Stage.FAILED, self._state.when, error))

    def _schedule(self) -> None:
        first = self._last if self._first is None else self._first
        due = min(self._last + PAUSE, first + CEILING)
        self._timer.start(max(round((due - self._now()) * 1000), 0))

    def _start(self) -> None:
        self._timer.stop()
        if self._busy or self._first is None:
            return
        self._busy, self._first = True, None
        self._enter(SaveState(Stage.SAVING, self._state.when))
        self._save()

    def _enter(self, state: SaveState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()
