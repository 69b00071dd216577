"""Everything that locks the journal without being asked, for as long as one is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from integrate.system.idle import IdleWatch
from integrate.system.lock_source import LockReason, LockSource
from integrate.ui.platform.idle import IdleSource
from integrate.ui.platform.instance import Offer, offer
from integrate.ui.platform.session import EndingSignals, never_restarted
from integrate.ui.platform.sources import lock_sources

if TYPE_CHECKING:
    from integrate.ui.desk import Desk


class Guards(QObject):
    """Idleness, the system's own signals, and the name by which another window finds this one."""

    def __init__(
        self,
        lock: Callable[[LockReason], None],
        raise_window: Callable[[], None],
        sources: Callable[[], tuple[LockSource, ...]] = lock_sources,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lock = lock
        self._raise_window = raise_window
        self._make_sources = sources
        self._sources: tuple[LockSource, ...] = ()
        self._idle: IdleSource | None = None
        self._offer: Offer | None = None
        self._desk: Desk | None = None

    def watch(self, desk: Desk) -> None:
        """A journal was opened: lock it when its time has come."""
        self._desk = desk
        desk.preferences_changed.connect(self._count_anew)
        self._count_anew()
        if not self._sources:
            self._sources = self._make_sources()
        for source in self._sources:
            source.start(self._lock)
        if desk.may_write:
            self._offer = offer(desk.journal_id, self._raise_window)

    def rest(self) -> None:
        """The journal is being locked: nobody needs to be told again."""
        self._desk = None
        if self._idle is not None:
            self._idle.stop()
            self._idle.deleteLater()
            self._idle = None
        if self._offer is not None:
            self._offer.close()
            self._offer = None

    def sealed(self) -> None:
        """The journal is sealed: the computer may go to sleep now."""
        for source in self._sources:
            source.release()

    def stop(self) -> None:
        """The program ends."""
        self.rest()
        for source in self._sources:
            source.stop()

    def _count_anew(self) -> None:
        if self._desk is None:
            return
        if self._idle is not None:
            self._idle.stop()
            self._idle.deleteLater()
        self._idle = IdleSource(IdleWatch(timedelta(minutes=self._desk.preferences.idle_minutes)), self)
        self._idle.start(self._lock)


def hear_signals(
    application: QGuiApplication, quit_program: Callable[[], None], panic: Callable[[], None], parent: QObject
) -> EndingSignals:
    """End in order when the system asks for it, lock at once on SIGUSR1, and never be restarted by the desktop."""
    never_restarted(application)
    signals = EndingSignals(quit_program, panic, parent)
    signals.start()
    return signals
