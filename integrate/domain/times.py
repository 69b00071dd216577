"""Points in time as the journal keeps them: a UTC instant and the IANA zone it was lived in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from integrate.errors import WrongUsage
from integrate.i18n import _

DATES_APART: Final = 2
"""Days by which the calendars of two places can differ: 26 hours lie between the first zone of the world and the last,
so that it is the third of a month here while it is still the first there.

What lies farther ahead of today cannot have been lived by anybody yet: it is a slip of the pen, or of a clock."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIXED_ZONE_HOURS = range(-12, 15)  # Etc/GMT+12 … Etc/GMT-14 exist, and nothing beyond


@dataclass(frozen=True, slots=True, order=True)
class ZonedTime:
    """An instant (aware, UTC, microsecond resolution) and the IANA ``zone`` it belongs to."""

    instant: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.instant.tzinfo is not UTC:
            object.__setattr__(self, "instant", self.instant.astimezone(UTC))

    def local(self) -> datetime:
        """The wall-clock time in its own zone, with its offset."""
        return self.instant.astimezone(find_zone(self.zone))

    def local_date(self) -> date:
        """The calendar day in its own zone."""
        return self.local().date()

    def iso(self) -> str:
        """ISO 8601 with offset, in its own zone."""
        return self.local().isoformat()


def to_microseconds(instant: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z, exact for every year from 1 to 9999."""
    return (instant - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> datetime:
    """The inverse of :func:`to_microseconds`."""
    return _EPOCH + value * _MICROSECOND


def find_zone(name: str) -> ZoneInfo:
    """The zone called ``name``; a name this machine does not know falls back to UTC, so the time stays readable."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def parse_when(text: str, machine_zone: str) -> ZonedTime:
    """Read ISO 8601. Without an offset it is local time in ``machine_zone``.

    An offset that ``machine_zone`` has at that instant keeps that zone; another whole-hour offset is kept as
    ``Etc/GMT±n`` (whose sign runs the other way round), anything else as UTC.

    Raises:
        WrongUsage: the text is no date and time, or lies outside the years 1 to 9999.
    """
    try:
        value = datetime.fromisoformat(text.strip())
        if value.tzinfo is None:
            instant = value.replace(tzinfo=find_zone(machine_zone)).astimezone(UTC)
            zone = machine_zone
        else:
            instant = value.astimezone(UTC)
            zone = _zone_for_offset(value.utcoffset() or timedelta(0), instant, machine_zone)
        result = ZonedTime(instant, zone)
        result.local()
    except (ValueError, OverflowError):
        reason = _("“{text}” is not a date and time. Write it like 2026-03-01T21:30 or 2026-03-01T21:30+01:00.")
        raise WrongUsage(reason=reason.format(text=text)) from None
    return result


def _zone_for_offset(offset: timedelta, instant: datetime, machine_zone: str) -> str:
    if instant.astimezone(find_zone(machine_zone)).utcoffset() == offset:
        return machine_zone
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or hours == 0 or hours not in _FIXED_ZONE_HOURS:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"


def parse_day(text: str) -> date:
    """Read a calendar day like 2026-03-01.

    Raises:
        WrongUsage: the text is no such day.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        reason = _("“{text}” is not a day. Write it like 2026-03-01.").format(text=text)
        raise WrongUsage(reason=reason) from None
