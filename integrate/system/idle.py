"""Whether nobody has been here for too long, told from three clocks because each of them can be wrong.

A monotonic clock stands still while a computer sleeps, the boot-time clock does not, and the wall clock is moved by
people and by time servers. Idle time is what the first *or* the second says; the third only tells that something moved
it, and never makes idle time shorter.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from integrate.system.lock_source import LockReason

JUMP: Final = timedelta(minutes=2)
"""How far the wall clock may drift from the boot-time clock between two looks before it counts as moved."""

Seconds = Callable[[], float]
"""A clock that answers in seconds since some fixed moment."""


def boottime() -> float:
    """Seconds since the computer started, sleep included where the system has such a clock (Linux).

    Elsewhere it is the monotonic clock. Where that one stands still in sleep, waking up looks like a jump of the
    wall clock, which locks as well.
    """
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class IdleWatch:
    """Notes when somebody was here and says when the journal is due to be locked.

    Once due it stays due until :meth:`restart`: the mouse that is moved after a night's sleep comes before the next
    look, and must not make the night undone. Not for use from several threads.
    """

    def __init__(
        self,
        limit: timedelta,
        monotonic: Seconds = time.monotonic,
        boottime: Seconds = boottime,
        wall: Seconds = time.time,
    ) -> None:
        """Start watching now.

        Raises:
            ValueError: ``limit`` is not a positive time.
        """
        if limit <= timedelta(0):
            raise ValueError("an idle limit is a positive time")
        self._limit = limit.total_seconds()
        self._monotonic, self._boottime, self._wall = monotonic, boottime, wall
        self.restart()

    def restart(self) -> None:
        """Somebody has just opened the journal: all starts from this moment."""
        self._due: LockReason | None = None
        self._touched = (self._monotonic(), self._boottime())
        self._offset = self._wall() - self._touched[1]

    def touch(self) -> None:
        """Somebody is here. Changes nothing where the journal is due already."""
        if self.due() is None:
            self._touched = (self._monotonic(), self._boottime())

    def due(self) -> LockReason | None:
        """Why the journal is to be locked now, or None. Call it every few seconds."""
        if self._due is None:
            self._due = self._look()
        return self._due

    def _look(self) -> LockReason | None:
        monotonic, boottime = self._monotonic(), self._boottime()
        offset = self._wall() - boottime
        jumped = abs(offset - self._offset) > JUMP.total_seconds()
        # A time server's small steps are followed, so that many of them over a day do not add up to a jump.
        self._offset = offset
        if monotonic - self._touched[0] >= self._limit or boottime - self._touched[1] >= self._limit:
            return LockReason.IDLE
        return LockReason.CLOCK_JUMPED if jumped else None
