"""When an earlier state of an entry is kept.

A sitting is one stretch of writing. Autosave overwrites within a sitting; when a later sitting changes the entry, the
state at the end of the earlier one becomes a revision. A save that drops much of the text keeps what was there at
once, so that a slip of a tired hand is never the end of a page.
"""

from __future__ import annotations

from datetime import datetime, timedelta

SITTING_GAP = timedelta(minutes=30)
_LARGE_TEXT = 200  # characters: below this, a deletion is quickly retyped
_LARGE_SHARE = 0.5


def is_same_sitting(last_saved: datetime, now: datetime, last_sitting: bytes, sitting: bytes) -> bool:
    """Whether a save at ``now`` goes on with the sitting that last saved the entry.

    The same sitting id is needed and no pause over half an hour; a clock set back ends the sitting too.
    """
    return last_sitting == sitting and timedelta(0) <= now - last_saved <= SITTING_GAP


def drops_much(before: str, after: str) -> bool:
    """Whether more than half of a text of some length would be gone."""
    return len(before) >= _LARGE_TEXT and len(after) < len(before) * (1 - _LARGE_SHARE)
