"""Sessions for the tests of a course: some made by hand, and strategies for any of them in any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from integrate.domain.entry import SessionRef
from integrate.domain.sessions import Session, SessionDraft, SessionState, Setting
from integrate.domain.times import ZonedTime, find_zone

MADE = datetime(2026, 1, 1, tzinfo=UTC)
MONDAY = date(2026, 10, 5)
LONG_AGO, FAR_AHEAD = datetime(1950, 1, 1), datetime(2150, 1, 1)


def day(after: int, start: date = MONDAY) -> date:
    """The day that comes ``after`` days behind Monday 5 October 2026."""
    return start + timedelta(days=after)


def local(on: date, clock: str = "12:00", zone: str = "Europe/Lisbon") -> ZonedTime:
    """A time on the wall clock of a zone."""
    return ZonedTime(datetime.combine(on, time.fromisoformat(clock), find_zone(zone)), zone)


def session(number: int = 1, draft: SessionDraft | None = None, *, deleted: datetime | None = None) -> Session:
    """Session ``number`` of the first course."""
    return Session(UUID(int=number), SessionRef(1, number), draft or SessionDraft(), 1, MADE, MADE, deleted)


def held(number: int, on: date, *, deleted: datetime | None = None, **fields: Any) -> Session:
    """One that was held on a day, without a time."""
    return session(number, SessionDraft(SessionState.HELD, on, **fields), deleted=deleted)


def planned(number: int, on: date | None, *, deleted: datetime | None = None, **fields: Any) -> Session:
    """One that is planned."""
    return session(number, SessionDraft(SessionState.PLANNED, on, **fields), deleted=deleted)


def cancelled(number: int, on: date) -> Session:
    """One that was cancelled."""
    return session(number, SessionDraft(SessionState.CANCELLED, on))


def begun(number: int, started: ZonedTime, ended: ZonedTime | None = None) -> Session:
    """One that has begun, and perhaps ended."""
    return session(number, SessionDraft(SessionState.HELD, started=started, ended=ended, setting=Setting.HOME))


zones = st.timezone_keys()


def instants(first: datetime = LONG_AGO, last: datetime = FAR_AHEAD) -> st.SearchStrategy[datetime]:
    """Aware instants."""
    return st.datetimes(first, last, timezones=st.just(UTC))


def zoned_times(first: datetime = LONG_AGO, last: datetime = FAR_AHEAD) -> st.SearchStrategy[ZonedTime]:
    """Points in time in any zone."""
    return st.builds(ZonedTime, instants(first, last), zones)


@st.composite
def sessions_near(draw: st.DrawFn, now: ZonedTime, number: int, days: int = 40) -> Session:
    """A session of any kind within ``days`` of ``now``, in a zone of its own; some are deleted or have no day."""
    state = draw(st.sampled_from(SessionState))
    hours = draw(st.integers(-24 * days, 24 * days) | st.integers(-14, 14))
    started = ZonedTime(now.instant + timedelta(hours=hours), draw(zones))
    deleted = draw(st.sampled_from((None, None, None, MADE)))
    if state is SessionState.PLANNED:
        on = draw(st.sampled_from((started.local_date(), started.local_date(), None)))
        return planned(number, on, at=draw(st.none() | st.times()), zone=started.zone, deleted=deleted)
    if state is SessionState.CANCELLED or draw(st.booleans()):
        return session(number, SessionDraft(state, started.local_date(), zone=started.zone), deleted=deleted)
    length = draw(st.none() | st.integers(0, 300))
    ended = None if length is None else ZonedTime(started.instant + timedelta(minutes=length), draw(zones))
    return session(number, SessionDraft(state, started=started, ended=ended), deleted=deleted)


@st.composite
def courses_at(draw: st.DrawFn, now: ZonedTime, most: int = 8) -> list[Session]:
    """Any sequence of sessions around ``now``."""
    count = draw(st.integers(0, most))
    return [draw(sessions_near(now, number)) for number in range(1, count + 1)]
