"""How the desktop and the system end the program: in order, and never started again with what was open."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager

_END: Final = ("SIGTERM", "SIGHUP", "SIGINT")
_PANIC: Final = "SIGUSR1"


def never_restarted(application: QGuiApplication) -> None:
    """Tell the desktop's session manager not to start the program again at the next log-in."""
    application.saveStateRequest.connect(_refuse_restart)
    application.commitDataRequest.connect(_refuse_restart)


def _refuse_restart(manager: QSessionManager) -> None:
    manager.setRestartHint(QSessionManager.RestartHint.RestartNever)


class EndingSignals(QObject):
    """POSIX signals, brought into Qt's event loop: ``end`` for SIGTERM, SIGHUP and SIGINT, ``panic`` for SIGUSR1.

    Python's own handlers run only when Python code does, and a window that waits for events runs none. So the
    interpreter also writes each signal's number into a pipe, and Qt wakes up when something can be read from it.
    """

    def __init__(self, end: Callable[[], None], panic: Callable[[], None], parent: QObject | None = None) -> None:
        """Say what to call, on the main thread. ``end`` is called once for each signal: a second one may come."""
        super().__init__(parent)
        self._end, self._panic = end, panic
        self._pipe: tuple[int, int] | None = None
        self._notifier: QSocketNotifier | None = None
        self._former_wakeup = -1
        self._former: dict[signal.Signals, Any] = {}

    def start(self) -> bool:
        """Take the signals over. False on Windows, which ends a window by other means. Main thread only."""
        if sys.platform == "win32":
            return False
        if self._pipe is not None:
            return True
        self._pipe = os.pipe()
        for end in self._pipe:
            # A full pipe must not hold up the interpreter, nor an empty one the window.
            os.set_blocking(end, False)
        self._notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._former_wakeup = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        for name in (*_END, _PANIC):
            number = signal.Signals[name]
            self._former[number] = signal.signal(number, _heard)
        return True

    def stop(self) -> None:
        """Give the signals back as they were."""
        if self._pipe is None:
            return
        for number, former in self._former.items():
            signal.signal(number, former)
        self._former.clear()
        signal.set_wakeup_fd(self._former_wakeup)
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        for end in self._pipe:
            os.close(end)
        self._pipe = None

    def _read(self) -> None:
        if self._pipe is None:
            return
        ending = {signal.Signals[name] for name in _END}
        for number in os.read(self._pipe[0], 64):
            if number == signal.Signals[_PANIC]:
                self._panic()
            elif number in ending:
                self._end()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Python has to have a handler, or the system's own would end the program at once."""
