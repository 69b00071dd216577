"""The time of day and the time zone of this machine, as a seam that can be held still."""

from __future__ import annotations

import logging
import threading
import time
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

UNKNOWN_ZONE: Final = "UTC"
"""What :meth:`Clock.zone` answers where the machine does not say which zone it is in."""

_ZONE_IS_FRESH_FOR: Final = 60.0


class Clock(Protocol):
    """Anything that can tell the time. Entries keep both: the moment, and the zone it was lived in."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def zone(self) -> str:
        """The IANA name of the machine's time zone, such as ``Europe/Lisbon``; ``UTC`` where it is unknown."""
        ...


class SystemClock:
    """The machine's own clock and zone. Safe to share between threads; it neither writes nor warns."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._zone: str | None = None
        self._asked = 0.0

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)

    def zone(self) -> str:
        """The zone's IANA name, asked again after a minute: a laptop travels while the program runs."""
        with self._guard:
            asked = time.monotonic()
            if self._zone is None or asked - self._asked >= _ZONE_IS_FRESH_FOR:
                self._zone = _machine_zone()
                self._asked = asked
            return self._zone


class FixedClock:
    """A clock that stands still until it is moved: for the demo journal, the gallery and repeatable runs."""

    def __init__(self, now: datetime, zone: str = UNKNOWN_ZONE) -> None:
        """Start at ``now`` (aware; kept in UTC) in ``zone`` (IANA name).

        Raises:
            ValueError: ``now`` carries no time zone.
        """
        if now.utcoffset() is None:
            raise ValueError("a clock needs an aware datetime")
        self._now = now.astimezone(UTC)
        self._zone = zone

    def now(self) -> datetime:
        """The moment the clock stands at, aware, in UTC."""
        return self._now

    def zone(self) -> str:
        """The zone it was given."""
        return self._zone

    def advance(self, by: timedelta) -> datetime:
        """Move the clock by ``by`` (backwards when negative) and return the new moment."""
        self._now += by
        return self._now


def _machine_zone() -> str:
    """Ask the machine now. Whatever is wrong with its configuration, the answer is a zone that exists."""
    from zoneinfo import ZoneInfo

    import tzlocal

    # The library logs and warns about contradictory system files; the person can do nothing about them here, and a
    # log record without a handler would land on the terminal.
    logging.getLogger("tzlocal").disabled = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # reload fills the name before it builds the zone object, so a failure of the second half loses nothing.
        with suppress(Exception):
            tzlocal.reload_localzone()
        with suppress(Exception):
            name = tzlocal.get_localzone_name()
            if name and ZoneInfo(name).key == name:
                return name
    return UNKNOWN_ZONE
