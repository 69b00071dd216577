"""Coming back after a while: a quiet Today, and one question about all the dates that went by."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime
from integrate.domain.where import past_plans
from integrate.i18n import N_

QUIET_DAYS: Final = 30

WELCOME_BACK: Final = N_("Welcome back. Everything is here.")
WRITE_A_LINE: Final = N_("Write a line")
LOOK_BACK: Final = N_("Look back")
PLAN_HAS_CHANGED: Final = N_("My plan has changed")


def is_welcome_back(signs: Iterable[date], today: date) -> bool:
    """Whether thirty quiet days have gone by, so that Today shows the welcome only.

    ``signs`` are the local days on which anything was written, checked in, marked or answered, that of the newest of
    each being enough, and the day the journal was made. Without any, nobody has been away.
    """
    latest = max(signs, default=None)
    return latest is not None and (today - latest).days >= QUIET_DAYS


def plan_key(session: Session) -> str:
    """What a question about a planned date is remembered by: that session on that day, so that a new day is new."""
    return f"{session.id}:{session.day.isoformat() if session.day else ''}"


def plans_to_ask(sessions: Iterable[Session], asked: Collection[str], now: ZonedTime) -> tuple[Session, ...]:
    """The planned sessions to ask about in one question, the earliest first: past, and not asked about before.

    ``asked`` are the keys (:func:`plan_key`) of those that were part of an earlier question, answered or not.
    """
    return tuple(session for session in past_plans(sessions, now) if plan_key(session) not in asked)
