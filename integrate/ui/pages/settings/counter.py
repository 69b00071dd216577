"""How far a task on another thread has come: it writes two numbers, the window looks at them now and then."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from integrate.i18n import _


class Counter:
    """Called as a progress callback from any thread. Nothing is signalled, so nobody has to be alive to hear it."""

    def __init__(self) -> None:
        self._state = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` is done; one assignment, so that no reader sees half of it."""
        self._state = (done, total)

    def state(self) -> tuple[int, int]:
        """(done, in all); (0, 0) before anything was counted."""
        return self._state

    def words(self) -> str:
        """The state as a percentage, "" before anything was counted."""
        done, total = self._state
        if total <= 0:
            return ""
        return _("{percent} %").format(percent=QLocale().toString(min(done * 100 // total, 100)))
