"""Giving up what runs on a journal: one read whose answer nobody waits for, or all of it before locking.

SQLite asks a handler of ours every so often whether to go on. Its own ``interrupt()`` only reaches the statement that
is running at that moment and misses one that is about to begin; a question asked again and again misses nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from integrate.domain.listing import Stop, Stopped

_OPERATIONS: Final = 10_000  # of SQLite's machine between two questions: a few milliseconds


class Task:
    """One piece of work on a journal, begun at a certain moment."""

    def __init__(self, cancelled: Callable[[], bool], stop: Stop | None = None) -> None:
        self._cancelled = cancelled
        self._stop = stop

    def is_stopped(self) -> bool:
        """Whether it should end now."""
        return self._cancelled() or (self._stop is not None and self._stop.is_set)

    def check(self) -> None:
        """End here if it should.

        Raises:
            Stopped: it should.
        """
        if self.is_stopped():
            raise Stopped

    @contextmanager
    def watching(self, driver: Any) -> Iterator[None]:
        """Inside the block, statements of this DB-API connection end with the task; afterwards it is as before."""
        self.watch(driver)
        try:
            yield
        finally:
            driver.set_progress_handler(None, 0)

    def checking(self, progress: Callable[[int, int], None] | None) -> Callable[[int, int], None]:
        """``progress`` (called with steps done and in all) that also ends the work where the task ends."""

        def checked(done: int, total: int) -> None:
            self.check()
            if progress is not None:
                progress(done, total)

        return checked

    def watch(self, driver: Any) -> None:
        """Let statements of this DB-API connection end with the task, for as long as it is open."""
        driver.set_progress_handler(self.is_stopped, _OPERATIONS)


class Interrupts:
    """Ends every task that began before it was asked to; what begins later runs."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._generation = 0

    def interrupt(self) -> None:
        """End what is running. Safe from any thread; it returns at once."""
        with self._guard:
            self._generation += 1

    def begin(self, stop: Stop | None = None) -> Task:
        """A new task; ``stop`` ends it alone."""
        began = self._generation
        return Task(lambda: self._generation != began, stop)
