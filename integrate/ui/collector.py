"""Garbage is collected here: on the main thread, between two events, and nowhere else.

Python looks for cycles of dead objects in whichever thread happens to allocate, in the middle of whatever it is doing.
A cycle that holds a widget would be destroyed beside the main thread, or while Qt walks through the very children it
belongs to; either ends the process. So the automatic collection is off while there is a window, and this does its work.
"""

from __future__ import annotations

import gc
import linecache
from typing import Final

from PySide6.QtCore import QObject, QTimer

_INTERVAL: Final = 1000  # milliseconds


class Collector(QObject):
    """Looks once a second whether Python would have collected by itself, and then does so."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        forget_sources()
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds; let go of what else is of no use."""
        forget_sources()
        due = [
            age for age, (made, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if made > most
        ]
        if due:
            gc.collect(max(due))


def forget_sources() -> None:
    """Let go of the source lines of loaded modules, some 20 MiB: PySide reads them once, and Python would keep them."""
    linecache.clearcache()
