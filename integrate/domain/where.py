"""Where am I? The phase and the day, from the sessions of a course, its plan and the clock. Nothing else goes in.

A day is a local calendar day: that of the session in the zone it was held in, that of now in the zone the person is in.
So a day count neither jumps at a change of clocks nor turns negative after a journey or a clock that was set back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from integrate.domain.entry import Phase
from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import DATES_APART, ZonedTime, find_zone, to_microseconds

RUNS_FOR: Final = timedelta(hours=12)
"""How long a session that was not ended counts as going on."""

WINDOW_DAYS: Final = 3
EARLIEST_DAY: Final = 2
"""The prepare window never opens before this day after the last session."""

LAST_DAY_SHOWN: Final = 28

_NOON: Final = time(12)
_DAY_US: Final = 86_400_000_000
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Where:
    """Exactly one phase. ``session`` is the one to come (prepare), going on (experience) or last (integrate).

    ``day`` counts from the last session's own day, which is 0; None before the first one and in a closed course.
    ``last`` and ``coming`` are there in every phase, where there are such sessions. ``unended`` is a session whose end
    the person was not asked for yet: it began more than twelve hours ago.
    """

    phase: Phase
    session: Session | None = None
    day: int | None = None
    last: Session | None = None
    coming: Session | None = None
    unended: Session | None = None
    closed: bool = False

    @property
    def shows_day(self) -> bool:
        """Whether the day is worth saying: after four weeks it is not."""
        return self.phase is Phase.INTEGRATE and self.day is not None and self.day <= LAST_DAY_SHOWN


def where_am_i(
    sessions: Iterable[Session], now: ZonedTime, *, closed: bool = False, asked: Collection[UUID] = ()
) -> Where:
    """The place in a course at ``now``. ``sessions`` are those of one course, in any order; deleted ones do not count.

    ``asked`` are the sessions whose end was asked for already: that is done once.
    """
    live = [session for session in sessions if session.deleted is None and session.day is not None]
    today = now.local_date()
    held = [one for one in live if one.state is SessionState.HELD]
    running = max((one for one in held if is_running(one, now)), key=_order, default=None)
    last = running or _last(held, today)
    ahead = (one for one in live if one.state is SessionState.PLANNED and _day(one) >= today)
    coming = min(ahead, key=_order, default=None)
    if closed:
        return Where(Phase.INTEGRATE, last, last=last, coming=coming, closed=True)
    if last is None:
        return Where(Phase.PREPARE, coming, coming=coming)
    day = max((today - _day(last)).days, 0)
    if running is not None:
        return Where(Phase.EXPERIENCE, running, day, running, coming)
    unended = last if _lacks_end(last, now) and last.id not in asked else None
    if coming is not None and today >= window_opens(last, coming):
        return Where(Phase.PREPARE, coming, day, last, coming, unended)
    return Where(Phase.INTEGRATE, last, day, last, coming, unended)


def is_running(session: Session, now: ZonedTime) -> bool:
    """Whether a session goes on: it has started, was not ended, and twelve hours have not passed.

    A clock that was set back a little, behind its start, does not end it.
    """
    draft = session.draft
    if session.deleted is not None or session.state is not SessionState.HELD:
        return False
    if draft.started is None or draft.ended is not None:
        return False
    return abs(now.instant - draft.started.instant) < RUNS_FOR


def is_session_day(where: Where, now: ZonedTime) -> bool:
    """Whether a session goes on, was held today or is planned for today, in a course that is open."""
    if where.closed:
        return False
    today = now.local_date()
    planned = where.coming is not None and where.coming.day == today
    return where.phase is Phase.EXPERIENCE or where.day == 0 or planned


def window_opens(last: Session | None, coming: Session) -> date:
    """The first local day of the prepare window of ``coming``; after its own day where there is none before it."""
    planned = _day(coming)
    if last is None:
        return date.min
    gap = (planned - _day(last)).days
    before = min(WINDOW_DAYS, max(gap, 0) // 3)
    opens = max(planned.toordinal() - before, _day(last).toordinal() + EARLIEST_DAY)
    return date.fromordinal(min(opens, date.max.toordinal()))


def past_plans(sessions: Iterable[Session], now: ZonedTime) -> tuple[Session, ...]:
    """Planned sessions whose day has gone by, the earliest first: they are asked about once, together."""
    today = now.local_date()
    gone = (
        one
        for one in sessions
        if one.deleted is None and one.state is SessionState.PLANNED and one.day is not None and one.day < today
    )
    return tuple(sorted(gone, key=_order))


def in_order(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Sessions that have a day, in the order of time, whatever the order they come in; deleted ones are left out."""
    return tuple(sorted((one for one in sessions if one.deleted is None and one.day is not None), key=_order))


def _last(held: list[Session], today: date) -> Session | None:
    """The last one held; those that cannot be yet count only where there are no others, as on day 0."""
    arrived = [one for one in held if (_day(one) - today).days <= DATES_APART]
    return max(arrived or held, key=_order, default=None)


def _lacks_end(session: Session, now: ZonedTime) -> bool:
    started = session.draft.started
    return started is not None and session.draft.ended is None and now.instant - started.instant >= RUNS_FOR


def _day(session: Session) -> date:
    assert session.day is not None
    return session.day


def _order(session: Session) -> tuple[int, int, int, bytes]:
    """By the instant it began, or is planned for; without a time of day, by noon of its own day."""
    return _instant_us(session), session.ref.course, session.ref.number, session.id.bytes


def _instant_us(session: Session) -> int:
    """Microseconds since 1970, counted in whole numbers so that no day from year 1 to 9999 is out of range."""
    draft = session.draft
    if draft.started is not None:
        return to_microseconds(draft.started.instant)
    local = datetime.combine(_day(session), draft.at or _NOON)
    offset = local.replace(tzinfo=find_zone(draft.zone)).utcoffset() or timedelta(0)
    days = local.toordinal() - date(1970, 1, 1).toordinal()
    into_day = timedelta(hours=local.hour, minutes=local.minute) - offset
    return days * _DAY_US + into_day // _MICROSECOND
