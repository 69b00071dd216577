"""What Threads shows of a journal, read beside the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from integrate.domain.courses import Course
from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.listing import Stop
from integrate.domain.moments import Moment
from integrate.domain.sessions import Line, LineKind, Session
from integrate.domain.threads import Insight, Letter, Station, ThreadState
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.courses import list_courses, where_now
from integrate.journal.insights import Place, find_source, list_insights
from integrate.journal.letters import ClosedLetter, list_letters
from integrate.journal.moments import get_moment, list_moments
from integrate.journal.opening import Journal
from integrate.journal.practices import PracticeView, list_practices
from integrate.journal.sessions import list_lines, list_sessions
from integrate.journal.threads import ThreadView, get_thread, list_threads
from integrate.ui.pages.threads.words import Item

Value = TypeVar("Value")
AnyLetter = Letter | ClosedLetter | Unreadable


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page shows on ``today``; ``sessions`` of all courses, the latest first, without damaged ones.

    ``insights`` and ``practices`` are those that hang on no thread. ``coming`` is the session that is prepared for.
    """

    today: date
    threads: tuple[ThreadView | Unreadable, ...]
    insights: tuple[Insight | Unreadable, ...]
    practices: tuple[PracticeView | Unreadable, ...]
    letters: tuple[AnyLetter, ...]
    sessions: tuple[Session, ...]
    coming: UUID | None = None

    def views(self, state: ThreadState | None = None) -> list[ThreadView]:
        """The threads that can be read: in one state, or all."""
        found = (view for view in self.threads if isinstance(view, ThreadView))
        return [view for view in found if state is None or view.thread.state is state]

    def session(self, session_id: UUID) -> Session | None:
        """A session by its id."""
        return next((one for one in self.sessions if one.id == session_id), None)

    def latest(self, view: ThreadView | None) -> SessionRef | None:
        """The latest session of a thread."""
        own = {one.id for one in view.sessions} if view is not None else set()
        return next((one.ref for one in self.sessions if one.id in own), None)


def read_shown(journal: Journal, stop: Stop, today: date) -> Shown:
    """Everything the page shows.

    Raises:
        Stopped, DatabaseDamaged.
    """
    threads = list_threads(journal, today=today)
    stop.check()
    views = [view for view in threads if isinstance(view, ThreadView)]
    insights, practices = list_insights(journal), list_practices(journal, today=today)
    stop.check()
    hung = {one.id for view in views for one in view.insights}
    followed = {_practice_id(one) for view in views for one in view.practices}
    return Shown(
        today,
        threads,
        tuple(one for one in insights if one.id is None or one.id not in hung),
        tuple(one for one in practices if _practice_id(one) is None or _practice_id(one) not in followed),
        list_letters(journal),
        _sessions(journal, stop),
        _coming(journal),
    )


def _practice_id(one: PracticeView | Unreadable) -> UUID | None:
    return one.practice.id if isinstance(one, PracticeView) else one.id


def _coming(journal: Journal) -> UUID | None:
    try:
        coming = where_now(journal).coming
    except RecordDamaged:
        return None
    return coming.id if coming is not None else None


def _sessions(journal: Journal, stop: Stop) -> tuple[Session, ...]:
    found: list[Session] = []
    for course in list_courses(journal):
        stop.check()
        if isinstance(course, Course):
            found += [one for one in list_sessions(journal, course.number) if isinstance(one, Session)]
    found.sort(key=_latest, reverse=True)
    return tuple(found)


def _latest(session: Session) -> tuple[date, int, int]:
    return session.day or date.min, session.ref.course, session.ref.number


def read_thread(journal: Journal, _stop: Stop, thread_id: UUID, today: date) -> ThreadView:
    """One thread with what hangs on it.

    Raises:
        WrongUsage, RecordDamaged, DatabaseDamaged.
    """
    return get_thread(journal, thread_id, today)


@dataclass(frozen=True, slots=True)
class Choosable:
    """One thing that can hang at a station, with its session where it has one."""

    item: Item
    session: Session | None = None


def read_choosable(
    journal: Journal, stop: Stop, station: Station, sessions: tuple[Session, ...], today: date
) -> tuple[Choosable | Unreadable, ...]:
    """What can hang at a station: intentions or moments of ``sessions``, or all insights or practices.

    Raises:
        Stopped, DatabaseDamaged.
    """
    if station is Station.INSIGHT:
        return tuple(_choosable(one) for one in list_insights(journal))
    if station is Station.PRACTICE:
        return tuple(_choosable(one) for one in list_practices(journal, today=today))
    found: list[Choosable | Unreadable] = []
    for session in sessions:
        stop.check()
        found += [_choosable(one, session) for one in _of_session(journal, station, session.id)]
    return tuple(found)


def _choosable(one: Item | Unreadable, session: Session | None = None) -> Choosable | Unreadable:
    return one if isinstance(one, Unreadable) else Choosable(one, session)


def _of_session(journal: Journal, station: Station, session_id: UUID) -> tuple[Line | Moment | Unreadable, ...]:
    try:
        if station is Station.INTENTION:
            return list_lines(journal, session_id, LineKind.INTENTION)
        return list_moments(journal, session_id)
    except (RecordDamaged, WrongUsage):  # damaged, or deleted for good since the sessions were read
        return ()


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of an insight are now: ``place`` None once they are gone; ``session_id`` that of a moment.

    ``unreadable``: they are there, in a record that is damaged.
    """

    place: Place | None = None
    session_id: UUID | None = None
    unreadable: bool = False


def read_source(journal: Journal, _stop: Stop, insight: Insight) -> Found:
    """Where an insight came from.

    Raises:
        DatabaseDamaged.
    """
    try:
        place = find_source(journal, insight)
        if place is not None and place.moment_id is not None:
            return Found(place, get_moment(journal, place.moment_id).session_id)
    except RecordDamaged:
        return Found(unreadable=True)
    return Found(place)
