"""When a log of facts is on offer: side effects from the evening of a session on, slow things every four weeks.

An offer is a quiet line that passes by itself. Nothing is ever late, and "Not now" is taken as an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from integrate.domain.logs import SLOW_EVERY_DAYS
from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import DATES_APART, ZonedTime
from integrate.domain.touch_points import EVENING
from integrate.domain.where import is_running

LAST_EFFECT_DAY: Final = 1
"""The last day after a session on which its side effects are asked for; they can be written down on any day."""


@dataclass(frozen=True, slots=True)
class LogPlan:
    """Which logs are offered. ``effects_declined`` is the session of the last "Not now", ``slow_declined`` its day."""

    effects: bool = True
    slow: bool = True
    effects_declined: UUID | None = None
    slow_declined: date | None = None


def due_effect_log(plan: LogPlan, sessions: Iterable[Session], logged: Collection[UUID], now: ZonedTime) -> UUID | None:
    """The session whose side effects are asked for at ``now``: the last that was held, or None.

    Asked from five in the evening of its own day, or from its end where that is later, until the day after is over.
    ``logged`` are the sessions that have a log.
    """
    today = now.local_date()
    day, last = max(_held(sessions, today), key=lambda one: (one[0], one[1].ref), default=(None, None))
    if not plan.effects or day is None or last is None:
        return None
    is_open = (today - day).days <= LAST_EFFECT_DAY and not (day == today and now.local().time() < EVENING)
    if not is_open or is_running(last, now) or last.id in logged or last.id == plan.effects_declined:
        return None
    return last.id


def slow_log_due(plan: LogPlan, sessions: Iterable[Session], logged: Iterable[date], closed: bool, today: date) -> bool:
    """Whether the slow log is on offer on the local day ``today``.

    That is from four weeks after the last of the days ``logged``, or after the first session that was held where there
    is none, as long as the course is not ``closed``. "Not now" counts as a log: it is asked again four weeks after.
    """
    days = [day for day, _session in _held(sessions, today)]
    if not plan.slow or closed or not days:
        return False
    latest = today + timedelta(days=DATES_APART)  # a day farther ahead is a slip of the pen, or of a clock
    answered = [day for day in (*logged, plan.slow_declined) if day is not None and day <= latest]
    return today - max(answered, default=min(days)) >= timedelta(days=SLOW_EVERY_DAYS)


def encode_plan(plan: LogPlan) -> dict[str, Any]:
    """The plan as plain JSON values."""
    return {
        "effects": plan.effects,
        "slow": plan.slow,
        "effects_declined": plan.effects_declined and str(plan.effects_declined),
        "slow_declined": plan.slow_declined and plan.slow_declined.isoformat(),
    }


def decode_plan(kept: object) -> LogPlan:
    """The inverse of :func:`encode_plan`; whatever is missing or of no known kind is as if it had never been chosen."""
    values = kept if isinstance(kept, Mapping) else {}
    return LogPlan(
        effects=values.get("effects") is not False,
        slow=values.get("slow") is not False,
        effects_declined=_uuid(values.get("effects_declined")),
        slow_declined=_day(values.get("slow_declined")),
    )


def _held(sessions: Iterable[Session], today: date) -> list[tuple[date, Session]]:
    return [
        (one.day, one)
        for one in sessions
        if one.state is SessionState.HELD and one.deleted is None and one.day is not None and one.day <= today
    ]


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
