"""From the wall clock to a moment: some times of a day never happen, and some happen twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from integrate.domain.times import ZonedTime


class Kind(Enum):
    """Whether a wall-clock time happens once, twice (clocks were set back) or never (they were set forward)."""

    ONCE = auto()
    TWICE = auto()
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a wall-clock time stands for. Of two moments it is the one asked for; for none it is what follows it."""

    at: ZonedTime
    kind: Kind


def resolve(wall: datetime, zone: str, *, later: bool = False) -> Resolved | None:
    """The moment of ``wall`` (without a zone) in ``zone``; None for a zone or year that does not exist.

    ``later`` chooses the second of two moments.
    """
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    try:
        first, second = (wall.replace(tzinfo=info, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return _told(first, zone, Kind.ONCE)
        if _round_trip(first, info) == wall:
            return _told(second if later else first, zone, Kind.TWICE)
        return _told(first, zone, Kind.NEVER)
    except OverflowError:
        return None


def folds(at: ZonedTime) -> bool:
    """Whether ``at`` is the second of two moments with the same wall-clock time."""
    return bool(at.local().fold)


def _round_trip(moment: datetime, info: ZoneInfo) -> datetime:
    return moment.astimezone(UTC).astimezone(info).replace(tzinfo=None, fold=0)


def _told(moment: datetime, zone: str, kind: Kind) -> Resolved | None:
    at = ZonedTime(moment.astimezone(UTC), zone)
    at.local()  # raises for a moment whose local time leaves the calendar
    return Resolved(at, kind)
