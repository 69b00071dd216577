"""What can ask for the journal to be locked, as a seam: the system's signals, idleness, and the person."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol


class LockReason(StrEnum):
    """Why the journal is to be locked. Whatever the reason, locking is the same; only what is shown may differ."""

    IDLE = "idle"
    SCREEN_LOCKED = "screen-locked"
    SUSPEND = "suspend"
    USER_SWITCHED = "user-switched"
    CLOCK_JUMPED = "clock-jumped"
    ASKED = "asked"
    PANIC = "panic"
    MINIMISED = "minimised"


Notify = Callable[[LockReason], None]
"""Called on the main thread. It may be called again while the journal is locking or locked."""


class LockSource(Protocol):
    """One part of the system that can tell that nobody should see the journal now."""

    def start(self, notify: Notify) -> bool:
        """Listen from now on and call ``notify``. False where the system offers nothing; never raises for that.

        Started again, it listens afresh and holds back suspending again, if it can.
        """
        ...

    def release(self) -> None:
        """The journal is sealed: the system may go to sleep now. Called after each lock, whatever its reason."""
        ...

    def stop(self) -> None:
        """Listen no longer and hold nothing back. May be called when not started."""
        ...
