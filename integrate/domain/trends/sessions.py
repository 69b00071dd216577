"""Sessions as Trends needs them: those that took place, each with its own day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from integrate.domain.entry import SessionRef
from integrate.domain.sessions import Route, Session, SessionState, Setting
from integrate.domain.times import to_microseconds
from integrate.domain.where import in_order


@dataclass(frozen=True, slots=True)
class SessionDay:
    """A session that took place. ``day`` is the ordinal of its own local day: day 0.

    ``started_us`` is its start in microseconds since 1970 in UTC, None where no time is known.
    """

    ref: SessionRef
    session_id: UUID
    day: int
    started_us: int | None = None
    route: Route | None = None
    setting: Setting | None = None


def session_days(sessions: Iterable[Session]) -> tuple[SessionDay, ...]:
    """The sessions that took place, in order of time, of all courses; deleted ones are left out."""
    return tuple(_session_day(one) for one in in_order(sessions) if one.state is SessionState.HELD)


def _session_day(session: Session) -> SessionDay:
    draft = session.draft
    assert draft.day is not None  # nothing without a day is in order
    started = None if draft.started is None else to_microseconds(draft.started.instant)
    return SessionDay(session.ref, session.id, draft.day.toordinal(), started, draft.route, draft.setting)
