"""The whole program with a clock of the test's own: it begins at a given moment, and goes on from there.

Only the clock that the program is given differs; everything else is the program as it is. Run as
``python -m tests.e2e.at_a_time 2026-10-05T14:00:00+01:00 60 [arguments of integrate]``: with 60 a second is a minute.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Final

from integrate.system import clock

_BEGAN: Final = time.monotonic()


def moved_clock(start: datetime, pace: float) -> type[clock.SystemClock]:
    """A clock of this machine's zone that stood at ``start`` when the process began, and goes ``pace`` times as fast.

    It goes by the monotonic clock, so that no change of the machine's own time moves the story.
    """

    class MovedClock(clock.SystemClock):
        def now(self) -> datetime:
            """This moment of the story, aware, in UTC."""
            return start.astimezone(UTC) + timedelta(seconds=(time.monotonic() - _BEGAN) * pace)

    return MovedClock


def main() -> int:
    """Run the program; its exit code."""
    start, pace = datetime.fromisoformat(sys.argv.pop(1)), float(sys.argv.pop(1))
    # Before anything else of the program is imported: who imports the name takes this one.
    clock.SystemClock = moved_clock(start, pace)  # type: ignore[misc]  # for this process, and before its first import
    from integrate.__main__ import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
