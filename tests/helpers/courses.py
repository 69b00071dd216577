"""Courses and sessions for tests: quick to make, and every draft there can be."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

from integrate.domain.courses import Carer, CareRole, Plan
from integrate.domain.entry import is_line
from integrate.domain.moments import By, Mark, MomentKind, Strength
from integrate.domain.sessions import Route, Session, SessionDraft, SessionState, Setting
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course, current_course
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_session, list_sessions

ZONES = ("UTC", "Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland")
MARCH = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

texts = st.text(st.characters(codec="utf-8"), max_size=40)
lines = texts.filter(is_line)
words = texts.filter(lambda text: bool(text.strip()))
instants = st.builds(
    ZonedTime,
    st.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
)  # fmt: skip
clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
days = st.dates(date(1900, 1, 1), date(2026, 1, 1))


@st.composite
def session_drafts(draw: st.DrawFn) -> SessionDraft:
    """Any draft of the past."""
    started = draw(st.none() | instants)
    ended = None
    if started is not None and draw(st.booleans()):
        length = draw(st.timedeltas(timedelta(0), timedelta(hours=20)))
        ended = ZonedTime(started.instant + length, draw(st.sampled_from(ZONES)))
    state = draw(st.sampled_from(SessionState))
    day = draw(days if state is SessionState.HELD else st.none() | days)
    return SessionDraft(
        state, day, draw(st.none() | clock_times), draw(st.sampled_from(ZONES)), started, ended,
        draw(st.none() | st.sampled_from(Setting)), draw(st.none() | st.sampled_from(Route)), draw(lines), draw(lines),
        draw(st.booleans()),
    )  # fmt: skip


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    """Any mark that says something."""
    kind = draw(st.sampled_from(MomentKind))
    number = st.integers(1, 999)
    with_pressure = draw(st.booleans())
    return Mark(
        kind, draw(instants), draw(st.sampled_from(By)), draw(words), draw(number),
        draw(number) if with_pressure else None, draw(number) if with_pressure else None, draw(words),
        draw(st.sampled_from(Strength)),
    )  # fmt: skip


plans = st.builds(
    Plan, st.none() | st.integers(1, 999), st.none() | st.integers(1, 3650), st.none() | days, texts, lines, lines
)
carers = st.builds(
    Carer, st.builds(uuid4), lines.filter(lambda text: bool(text.strip())), st.sampled_from(CareRole), lines,
    st.booleans(),
)  # fmt: skip


def held(start: datetime, minutes: int | None = 90, **fields: Any) -> SessionDraft:
    """A session that was held from ``start`` on."""
    ended = None if minutes is None else ZonedTime(start + timedelta(minutes=minutes), "Europe/Lisbon")
    return SessionDraft(SessionState.HELD, started=ZonedTime(start, "Europe/Lisbon"), ended=ended, **fields)


def planned(day: date, **fields: Any) -> SessionDraft:
    """A session planned for a day."""
    return SessionDraft(SessionState.PLANNED, day, **fields)


def cancelled(day: date) -> SessionDraft:
    """A session that was planned for a day and called off."""
    return SessionDraft(SessionState.CANCELLED, day)


def mark(words_of_it: str = "", at: datetime = MARCH, **fields: Any) -> Mark:
    """A moment in Lisbon."""
    kind = MomentKind.WORDS if words_of_it else MomentKind.MARK
    return Mark(fields.pop("kind", kind), ZonedTime(at, "Europe/Lisbon"), words=words_of_it, **fields)


def a_session(journal: Journal, draft: SessionDraft | None = None, **where: Any) -> Session:
    """A session, in a course that is begun where there is none."""
    if current_course(journal) is None:
        begin_course(journal)
    return add_session(journal, draft or planned(date(2026, 3, 9)), **where).session


def sessions_of(journal: Journal, course: int | None = None) -> list[Session]:
    """The sessions of a course, every one readable."""
    found = list_sessions(journal, course)
    assert all(isinstance(one, Session) for one in found)
    return [one for one in found if isinstance(one, Session)]
