"""Notices in the window that somebody is there, and asks for the lock when nobody was for too long."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from integrate.system.idle import IdleWatch
from integrate.system.lock_source import Notify

LOOK_EVERY: Final = 5000
"""Milliseconds between two looks at the clocks."""

_TOUCH_EVERY: Final = 0.5  # seconds; a moving mouse makes hundreds of events each second

_TYPES: Final = QEvent.Type
# What a person does. A key that is a shortcut arrives as ShortcutOverride and KeyRelease only.
_ACTIVITY: Final = frozenset(
    (
        *(_TYPES.KeyPress, _TYPES.KeyRelease, _TYPES.ShortcutOverride),
        *(_TYPES.MouseMove, _TYPES.MouseButtonPress, _TYPES.MouseButtonRelease, _TYPES.Wheel),
        *(_TYPES.TouchBegin, _TYPES.TouchUpdate, _TYPES.TouchEnd, _TYPES.NativeGesture),
        *(_TYPES.TabletMove, _TYPES.TabletPress, _TYPES.TabletRelease),
        _TYPES.InputMethod,
    )
)


class IdleSource(QObject):
    """A :class:`~integrate.system.lock_source.LockSource` that watches the application's own events."""

    def __init__(self, watch: IdleWatch, parent: QObject | None = None, look_every: int = LOOK_EVERY) -> None:
        """Watch with ``watch``, looking at its clocks each ``look_every`` milliseconds. Starts nothing yet."""
        super().__init__(parent)
        self._watch = watch
        self._notify: Notify | None = None
        self._last_touch = 0.0
        self._timer = QTimer(self, interval=look_every)
        self._timer.timeout.connect(self._look)

    def start(self, notify: Notify) -> bool:
        """Somebody opened the journal: count from now. While it is due, ``notify`` is called at every look."""
        application = QCoreApplication.instance()
        if application is None:
            return False
        self._notify = notify
        self._watch.restart()
        application.installEventFilter(self)
        self._timer.start()
        return True

    def release(self) -> None:
        """Nothing is held back here."""

    def stop(self) -> None:
        """Watch no longer."""
        self._notify = None
        self._timer.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Called for every event of the program: note what a person did and let everything through."""
        kind = event.type()
        # Only the system's own events count; what the program sends to itself is nobody. Text of an input method
        # reaches a widget as an event of the program's.
        if kind in _ACTIVITY and (event.spontaneous() or kind is _TYPES.InputMethod):
            now = time.monotonic()
            if now - self._last_touch >= _TOUCH_EVERY:
                self._last_touch = now
                self._watch.touch()
        return False

    def _look(self) -> None:
        due = self._watch.due()
        if due is not None and self._notify is not None:
            self._notify(due)
