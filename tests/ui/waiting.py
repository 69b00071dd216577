"""Waiting for the window: the event loop runs until something holds, and no longer."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop

LONGEST = 10.0
PAUSE = 0.0002  # seconds in which the lanes have the processor


def wait_until(condition: Callable[[], bool], seconds: float = LONGEST) -> None:
    """Run the event loop until ``condition`` holds; deferred deletions happen too.

    Raises:
        AssertionError: it did not within ``seconds``.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        run_events()
        time.sleep(PAUSE)


def run_events() -> None:
    """Do what waits to be done now, deferred deletions included."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
