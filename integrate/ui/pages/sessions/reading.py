"""What the Sessions page shows of a journal, read in one go beside the main thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from integrate.domain.course_path import course_path
from integrate.domain.courses import Course, Plan, PlanFact, plan_facts
from integrate.domain.entry import Filter, SessionRef, Unreadable
from integrate.domain.listing import Row, Stop
from integrate.domain.moments import Moment
from integrate.domain.sessions import Line, Session, SessionDraft
from integrate.domain.threads import Insight
from integrate.domain.times import ZonedTime
from integrate.domain.where import Where, is_running, where_am_i
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.browsing import entry_index, first_rows
from integrate.journal.courses import current_course, get_course, list_courses, missing_days
from integrate.journal.insights import list_insights
from integrate.journal.moments import count_moments, list_moments
from integrate.journal.opening import Journal
from integrate.journal.sessions import get_session, list_lines, list_sessions

ENTRIES: Final = 20
"""Entries of a session that are shown at first."""

MOMENTS: Final = 40
"""Moments of a session that are read and shown at first, and how many more each time: unsealing hundreds is felt."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A course with its sessions by number. ``course`` None: there is none yet. ``courses``: all, the newest first.

    ``missing`` are the days of the plan that have no session yet, ``held`` says how many there were.
    """

    courses: tuple[Course | Unreadable, ...] = ()
    course: Course | None = None
    sessions: tuple[Session | Unreadable, ...] = ()
    where: Where | None = None
    held: str = ""
    missing: tuple[date, ...] = ()

    @property
    def is_newest(self) -> bool:
        """Whether the course that is shown is the one a person is in."""
        return bool(self.courses) and self.course == self.courses[0]


@dataclass(frozen=True, slots=True)
class OneSession:
    """The page of a session. ``before`` and ``after`` are its neighbours by number; ``held`` is as in Overview.

    ``moments`` are the first ones, damaged ones in their places; ``moment_count`` says how many there are.
    """

    session: Session
    held: str
    before: UUID | None
    after: UUID | None
    day: int | None
    running: bool
    instructions: str
    lines: tuple[Line | Unreadable, ...]
    moments: tuple[Moment | Unreadable, ...]
    moment_count: int
    entries: tuple[Row, ...]
    entry_count: int
    insights: tuple[Insight | Unreadable, ...]


def read_overview(journal: Journal, stop: Stop, number: int | None, now: ZonedTime) -> Overview:
    """The course ``number`` (the newest: None) at ``now``. One that is damaged leaves the list of the others.

    Raises:
        Stopped, DatabaseDamaged.
    """
    courses = list_courses(journal)
    readable = [one for one in courses if isinstance(one, Course)]
    course = next((one for one in readable if one.number == number), None) or next(iter(readable), None)
    if course is None:
        return Overview(courses)
    stop.check()
    sessions = list_sessions(journal, course.number)
    known = [one for one in sessions if isinstance(one, Session)]
    path = course_path(known, course.plan, now.local_date(), closed=course.is_closed)
    return Overview(
        courses,
        course,
        sessions,
        where_am_i(known, now, closed=course.is_closed),
        path.words(),
        () if course.is_closed else days_to_plan(course.plan, sessions),
    )


def read_session(
    journal: Journal, stop: Stop, session_id: UUID, now: ZonedTime, limit: int = ENTRIES, moment_limit: int = MOMENTS
) -> OneSession:
    """The page of one session at ``now``, with its newest ``limit`` entries and its first ``moment_limit`` moments.

    Raises:
        WrongUsage: there is none, or it is in Recently deleted.
        RecordDamaged: the session, or its course, cannot be read.
        Stopped, DatabaseDamaged.
    """
    session = get_session(journal, session_id)
    if session.deleted is not None:
        raise WrongUsage(reason=_("This session is in Recently deleted."))
    course = get_course(journal, session.ref.course)
    siblings = [one for one in list_sessions(journal, session.ref.course) if isinstance(one, Session)]
    path = course_path(siblings, course.plan, now.local_date(), closed=course.is_closed)
    where = where_am_i(siblings, now, closed=course.is_closed)
    place = next((place for place, one in enumerate(siblings) if one.id == session_id), 0)
    stop.check()
    which = Filter(session=session.ref)
    rows = first_rows(journal, "", which, limit, stop)
    moments = list_moments(journal, session_id, moment_limit)
    return OneSession(
        session=session,
        held=path.words(),
        before=siblings[place - 1].id if place > 0 else None,
        after=siblings[place + 1].id if place + 1 < len(siblings) else None,
        day=where.day if where.shows_day and where.last is not None and where.last.id == session_id else None,
        running=is_running(session, now),
        instructions=course.plan.instructions,
        lines=list_lines(journal, session_id),
        moments=moments,
        moment_count=len(moments) if len(moments) < moment_limit else count_moments(journal, session_id),
        entries=rows,
        entry_count=len(rows) if len(rows) < limit else len(entry_index(journal, "", which, stop).keys),
        insights=list_insights(journal, session.ref),
    )


def id_of(journal: Journal, _stop: Stop, ref: SessionRef) -> UUID | None:
    """The session with these numbers, None where there is none or it was deleted."""
    found = list_sessions(journal, ref.course)
    return next((one.id for one in found if isinstance(one, Session) and one.ref == ref), None)


def facts_of(
    journal: Journal, _stop: Stop, draft: SessionDraft, session: Session | None, course: int | None
) -> tuple[int, tuple[PlanFact, ...]]:
    """What differs from the plan if ``draft`` is saved, as ``session`` or as a new one of the ``course``; its number.

    Raises:
        RecordDamaged: the course cannot be read.
        DatabaseDamaged.
    """
    number = session.ref.course if session is not None else course
    of = current_course(journal) if number is None else get_course(journal, number)
    if of is None:
        return 1, ()
    others = [one for one in list_sessions(journal, of.number) if isinstance(one, Session)]
    mine = session.ref.number if session is not None else max((one.ref.number for one in others), default=0) + 1
    return mine, plan_facts(of.plan, others, draft, mine)


def days_to_plan(plan: Plan, sessions: Iterable[Session | Unreadable]) -> tuple[date, ...]:
    """The days of the plan that have no session: those that ``plan_sessions`` makes one for."""
    try:
        return missing_days(plan, sessions)
    except WrongUsage:  # beyond the year 9999
        return ()
