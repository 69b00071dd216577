"""Appointments with the care team: what to bring is asked the evening before, what was agreed is asked after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from integrate.domain.sessions import LineKind, Session, SessionState
from integrate.domain.times import ZonedTime
from integrate.domain.touch_points import EVENING
from integrate.domain.where import Where

MOST_TO_BRING: Final = 3
"""How many lines somebody is asked for: more do not fit into an hour."""

ASKED_FOR_DAYS: Final = 2
"""How many days after an appointment Today still asks what was agreed."""

_STANDS: Final = frozenset({SessionState.PLANNED, SessionState.HELD})


class Talk(StrEnum):
    """What is asked: the lines to bring, or those to keep."""

    BEFORE = "before"
    AFTER = "after"

    @property
    def kind(self) -> LineKind:
        """The lines of a session that its answers are."""
        return LineKind.TALK if self is Talk.BEFORE else LineKind.AGREED


@dataclass(frozen=True, slots=True)
class Appointment:
    """A day with the care team; ``session`` is the one that is held then, None for an appointment of another kind."""

    day: date
    session: Session | None = None

    @property
    def key(self) -> str:
        """What it is known by: it is asked about once."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Asking:
    """What Today asks now, about which appointment, and the id of the session whose page keeps the answer."""

    talk: Talk
    appointment: Appointment
    session_id: UUID


def appointments_of(sessions: Iterable[Session], next_appointment: date | None) -> tuple[Appointment, ...]:
    """Every appointment in the order of its day: the sessions that have one and were not cancelled, and the one noted.

    A day has one appointment; where a session lies on it, it is that session.
    """
    found = {} if next_appointment is None else {next_appointment: Appointment(next_appointment)}
    for session in sessions:
        if session.day is not None and session.deleted is None and session.state in _STANDS:
            found[session.day] = Appointment(session.day, session)
    return tuple(found[day] for day in sorted(found))


def due_asking(
    appointments: Iterable[Appointment], over: Collection[tuple[Talk, str]], where: Where, now: ZonedTime
) -> Asking | None:
    """What to ask at ``now``, or None. ``over``: the questions that were answered, declined, or shown on another day.

    Before: from 17:00 of the evening before, until midnight. After: from 17:00 of its day, or from the morning after a
    session, whose evening is for fragments; until the second day after it. The evening before comes first.
    """
    today, evening = now.local_date(), now.local().time() >= EVENING
    found: list[tuple[Talk, Appointment]] = []
    for one in appointments:
        ahead = (one.day - today).days
        if ahead == 1 and evening:
            found.insert(0, (Talk.BEFORE, one))
        elif _was_held(one) and (1 <= -ahead <= ASKED_FOR_DAYS or (ahead == 0 and evening and one.session is None)):
            found.append((Talk.AFTER, one))
    for talk, one in found:
        session_id = _kept_with(talk, one, where)
        if (talk, one.key) not in over and session_id is not None:
            return Asking(talk, one, session_id)
    return None


def _was_held(appointment: Appointment) -> bool:
    """A planned session whose day went by may not have taken place: that is asked about first."""
    return appointment.session is None or appointment.session.state is SessionState.HELD


def _kept_with(talk: Talk, appointment: Appointment, where: Where) -> UUID | None:
    """The page of the session the appointment is, for what was agreed there; else of the last one, else the first."""
    if talk is Talk.AFTER and appointment.session is not None:
        return appointment.session.id
    session = where.last or where.coming
    return None if session is None else session.id
