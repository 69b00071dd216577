"""Waiting for a condition while Qt's events are handled."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtTest import QTest


def holds_within(condition: Callable[[], bool], milliseconds: int) -> bool:
    """Whether ``condition`` comes true in time. Returns as soon as it does."""
    until = time.monotonic() + milliseconds / 1000
    while not condition():
        if time.monotonic() > until:
            return False
        QTest.qWait(2)
    return True
