"""The one notice outside the window: that there is something to look back at. It is off until somebody wants it.

Of a journal it says nothing, and it comes only while one is open: locked, nobody can know what is due.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer

from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.platform import notices

if TYPE_CHECKING:
    from integrate.domain.entry import Changes
    from integrate.domain.listing import Stop
    from integrate.journal.course_now import DueTouchPoint
    from integrate.journal.opening import Journal
    from integrate.ui.desk import Desk
    from integrate.ui.platform.notices import Notices

LOOK_EVERY: Final = 600_000
"""Milliseconds between two looks whether a touch-point has come. Each reads a few rows, beside the main thread."""

_AREAS: Final = frozenset({"courses", "sessions", "touch points"})


class LookBack(QObject):
    """Watches one open journal until :meth:`rest`; it belongs to the ``desk`` and goes with it.

    A touch-point that is there already is no news: Today shows it. One that comes while ``is_in_front`` says that the
    window has the person's attention is none either. So each is told once at most.
    """

    def __init__(self, desk: Desk, come_forward: Callable[[], None], is_in_front: Callable[[], bool]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._come_forward = come_forward
        self._is_in_front = is_in_front
        self._notices: Notices | None = None
        self._known: set[DueTouchPoint | None] = set()  # empty until the first look has answered
        self._reading: Stop | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._look)
        desk.preferences_changed.connect(self._choose)
        desk.changed.connect(self._changed)
        self._choose()

    @property
    def is_watching(self) -> bool:
        """Whether a notice could come."""
        return self._notices is not None

    def rest(self) -> None:
        """The journal is being locked: the icon goes, and nothing is said any more."""
        self._timer.stop()
        if self._reading is not None:
            self._reading.set()
            self._reading = None
        if self._notices is not None:
            self._notices.end()
            self._notices = None
        self._known.clear()

    def _choose(self) -> None:
        wanted = self._desk.is_open and self._desk.preferences.look_back_notice
        if wanted == self.is_watching:
            return
        if not wanted:
            self.rest()
        elif notices.can_notify():
            from integrate.ui.theme.app_icon import app_icon

            self._notices = notices.TrayNotices(app_icon(), self._come_forward, self)
            self._timer.start()
            self._look()

    def _changed(self, changes: Changes) -> None:
        if changes.areas & _AREAS:
            self._look()

    def _look(self) -> None:
        if self.is_watching and self._desk.is_open:
            if self._reading is not None:
                self._reading.set()
            self._reading = self._desk.read(self, _touch_point, self._take, self._not_read)

    def _take(self, due: DueTouchPoint | None) -> None:
        self._reading = None
        is_news = bool(self._known) and due is not None and due not in self._known
        self._known |= {None, due}
        if is_news and self._notices is not None and not self._is_in_front():
            self._notices.tell(_("There is something to look back at, when you like."))

    def _not_read(self, error: Exception) -> None:
        self._reading = None
        if not isinstance(error, KnownError):  # what cannot be read is told where somebody asks for it
            self._desk.trouble.emit(error)


def _touch_point(journal: Journal, _stop: Stop) -> DueTouchPoint | None:
    from integrate.journal.course_now import touch_point_now

    return touch_point_now(journal)
