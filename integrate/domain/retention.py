"""Which automatic backups stay: the last of 7 days, of 4 weeks and of 12 months."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAILY, WEEKLY, MONTHLY = 7, 4, 12
SETTLING_TIME = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, order=True)
class BackupCopy:
    """A backup in the journal's own folder: its counter ``number`` and the local ``day`` it was made."""

    number: int
    day: date


def copies_to_keep(copies: Iterable[BackupCopy]) -> frozenset[int]:
    """The numbers that stay.

    Of each day, ISO week and month the newest copy (highest number) counts; the newest 7 days, 4 weeks and 12 months
    that have one are kept. The newest copy of all always stays, and a clock set back never removes a later number.
    """
    ordered = sorted(copies, key=lambda copy: copy.number, reverse=True)
    kept: set[int] = set()
    rules: tuple[tuple[Callable[[date], Hashable], int], ...] = (
        (lambda day: day, DAILY),
        (lambda day: day.isocalendar()[:2], WEEKLY),
        (lambda day: (day.year, day.month), MONTHLY),
    )
    for period_of, limit in rules:
        newest_of_period: dict[Hashable, int] = {}
        for copy in ordered:
            newest_of_period.setdefault(period_of(copy.day), copy.number)
        kept.update(list(newest_of_period.values())[:limit])
    return frozenset(kept)


def backup_is_due(last_day: date | None, today: date, opened: datetime, now: datetime) -> bool:
    """Whether an automatic backup should be made: at most one a day, and not in the first two minutes after unlocking.

    A last backup on a later day (the clock was set back) does not hold up the next one.
    """
    return now - opened >= SETTLING_TIME and last_day != today
