"""Series and sessions for the tests of Trends: some written out by hand, and strategies for any of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import strategies as st

from integrate.domain.entry import SessionRef
from integrate.domain.measures import Definition
from integrate.domain.series import Series
from integrate.domain.sessions import Route, Setting
from integrate.domain.times import ZonedTime, find_zone, to_microseconds
from integrate.domain.trends import SessionDay

MOOD = Definition("Mood", "low", "high")
SLEEP_HOURS = Definition("Hours asleep", lowest=0, highest=24, step=0.25, unit="hours")
DAY0 = date(2026, 10, 5).toordinal()
"""A Monday."""


def instant(day: int, hour: float = 12, zone: str = "UTC") -> int:
    """Microseconds since 1970 of a time on the wall clock of a zone."""
    local = datetime.combine(date.fromordinal(day), time(), find_zone(zone)) + timedelta(hours=hour)
    return to_microseconds(local.astimezone(UTC))


def series_of(answers: Iterable[tuple[int, float, float]], definition: Definition = MOOD) -> Series:
    """A series of (day, hour, value) at the clock of UTC, put in its order."""
    rows = sorted((instant(day, hour), value, day) for day, hour, value in answers)
    return Series(
        UUID(int=1), definition, True, tuple(row[2] for row in rows), tuple(row[0] for row in rows),
        tuple(row[1] for row in rows),
    )  # fmt: skip


def diary(values: dict[int, float], start: int = DAY0) -> Series:
    """One answer at noon for some days, counted from Monday 5 October 2026."""
    return series_of((start + day, 12, value) for day, value in values.items())


def told(times: Iterable[tuple[ZonedTime, float]]) -> Series:
    """A series as storage makes it: days are local to the zone of each answer."""
    rows = sorted((to_microseconds(at.instant), value, at.local_date().toordinal()) for at, value in times)
    return Series(
        UUID(int=1), MOOD, True, tuple(row[2] for row in rows), tuple(row[0] for row in rows),
        tuple(row[1] for row in rows),
    )  # fmt: skip


def session_on(
    number: int, after: int, hour: float | None = None, route: Route | None = None, setting: Setting | None = None
) -> SessionDay:
    """Session ``number``, so many days after that Monday; with an hour its start is known."""
    started = None if hour is None else instant(DAY0 + after, hour)
    return SessionDay(SessionRef(1, number), UUID(int=number), DAY0 + after, started, route, setting)


quarters = st.integers(0, 40).map(lambda quarter: quarter / 4)
answers = st.lists(
    st.tuples(st.integers(DAY0 - 30, DAY0 + 60), st.integers(0, 23), quarters), max_size=60
)  # fmt: skip


@st.composite
def some_sessions(draw: st.DrawFn) -> tuple[SessionDay, ...]:
    """Up to six sessions, some on one day, some days apart, with and without a known start."""
    gaps = draw(st.lists(st.integers(0, 20), max_size=6))
    days = [sum(gaps[: place + 1]) for place in range(len(gaps))]
    hours = [draw(st.none() | st.integers(0, 23)) for _day in days]
    return tuple(session_on(place + 1, day, hour) for place, (day, hour) in enumerate(zip(days, hours, strict=True)))
