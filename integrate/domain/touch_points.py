"""Touch-points: moments after a session at which the app offers, once, to look back at it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Final

from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import ZonedTime
from integrate.domain.where import is_running, window_opens

USUAL_DAYS: Final = (0, 1, 3, 7, 14, 28)
"""Days after a session, 0 being its own evening. A person can choose others."""

EVENING: Final = time(17)
MOST_DAYS: Final = 366

LASTS_DAYS: Final = 14
"""How many days a touch-point stays on offer where none follows it; then it has passed, as if it had been answered."""


def clean_days(days: Iterable[int]) -> tuple[int, ...]:
    """The days in their order, each once.

    Raises:
        ValueError: one is below 0 or beyond a year.
    """
    cleaned = tuple(sorted(set(days)))
    if cleaned and not (cleaned[0] >= 0 and cleaned[-1] <= MOST_DAYS):
        raise ValueError("a touch-point lies between the day itself and a year later")
    return cleaned


def due_touch_point(
    last: Session | None, coming: Session | None, settled: frozenset[int], days: Iterable[int], now: ZonedTime
) -> int | None:
    """The day of the one touch-point offered now, or None.

    Only the latest that is due is offered, for two weeks at most; those before it have passed. ``settled`` are those
    that were answered or declined: each comes once, and "not now" is final. None comes while the session goes on, or
    once the prepare window of ``coming`` is open.
    """
    if last is None or last.state is not SessionState.HELD or last.day is None or last.deleted is not None:
        return None
    today = now.local_date()
    if is_running(last, now) or (coming is not None and today >= window_opens(last, coming)):
        return None
    since = (today - last.day).days
    reached = [day for day in clean_days(days) if _is_reached(day, since, now.local().time())]
    latest = max(reached, default=None)
    if latest is None or since >= latest + LASTS_DAYS or any(day >= latest for day in settled):
        return None
    return latest


def _is_reached(day: int, since: int, clock: time) -> bool:
    evening_to_come = day == 0 and since == 0 and clock < EVENING
    return since >= day and not evening_to_come
