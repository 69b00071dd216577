"""What came of a session and what leads into it: threads, practices, letters, moods. Read beside the main thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import MOOD_RANGE, EntrySummary, Filter, Unreadable
from integrate.domain.listing import Stop
from integrate.domain.series import meanings
from integrate.domain.sessions import Line, LineKind, Session, SessionState
from integrate.domain.shipped_measures import shipped_id
from integrate.domain.threads import Letter, Thread, ThreadState
from integrate.domain.times import ZonedTime
from integrate.domain.where import RUNS_FOR
from integrate.i18n import _
from integrate.journal.browsing import first_rows
from integrate.journal.check_ins import list_check_ins
from integrate.journal.courses import get_course
from integrate.journal.letters import ClosedLetter, list_letters
from integrate.journal.measures import definitions
from integrate.journal.opening import Journal
from integrate.journal.practices import PracticeView, list_practices
from integrate.journal.sessions import list_lines, list_sessions
from integrate.journal.threads import ThreadView, get_thread, list_threads, threads_with
from integrate.ui.check_in.reading import MOOD
from integrate.ui.pages.sessions.reading import ENTRIES, MOMENTS, OneSession, read_session
from integrate.ui.pages.sessions.words import brief_day, mark_words, short_name

INSIGHTS: Final = 40
"""Insights of a session that are shown; all of them are on the Threads page."""

MOOD_DAYS: Final = 14
"""Moods are shown from the session's own day up to this day after it."""

JUST_BEFORE: Final = -1
"""The day of a :class:`DayMood` said on the session's own day, before it began."""

_MOODS_READ: Final = 100  # entries that are looked through, where a session has so many
_EVENING: Final = 17  # the hour from which a mood of the session's own day is one of the evening
_HOPES: Final = 3
_THREADS: Final = 5

AnyLetter = Letter | ClosedLetter | Unreadable


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """A thread as a link to it names it."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class DayMood:
    """The last mood (0 to 10) that was said on day ``day`` after a session, in a check-in or else in an entry.

    ``evening``: on the session's own day it was said in the evening.
    """

    day: int
    mood: int
    evening: bool = False
    checked_in: bool = False


@dataclass(frozen=True, slots=True)
class Hope:
    """An intention of the session before, and the open threads it hangs on."""

    line: Line
    threads: tuple[ThreadRef, ...] = ()


@dataclass(frozen=True, slots=True)
class LastTime:
    """What is still open while a session is prepared for. ``more`` open threads are not named here."""

    hopes: tuple[Hope, ...] = ()
    threads: tuple[ThreadRef, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to a session beside its own records.

    ``threads`` are those on which an insight or a practice hangs, by its id. ``letters`` were written after it;
    ``arrived`` are those that were written for it, once they may be read, until it is over. ``before`` is the session
    they come from.
    """

    threads: Mapping[UUID, tuple[ThreadRef, ...]] = field(default_factory=dict)
    practices: tuple[PracticeView, ...] = ()
    letters: tuple[AnyLetter, ...] = ()
    arrived: tuple[AnyLetter, ...] = ()
    before: Session | None = None
    last_time: LastTime = LastTime()
    moods: tuple[DayMood, ...] = ()
    course_over: bool = False


@dataclass(frozen=True, slots=True)
class WholeSession:
    """Everything the page of a session shows."""

    one: OneSession
    around: Around


def read_whole(
    journal: Journal, stop: Stop, session_id: UUID, now: ZonedTime, limit: int = ENTRIES, moment_limit: int = MOMENTS
) -> WholeSession:
    """The page of one session at ``now``, with its newest ``limit`` entries and its first ``moment_limit`` moments.

    Raises:
        WrongUsage, RecordDamaged, Stopped, DatabaseDamaged: as :func:`read_session`.
    """
    one = read_session(journal, stop, session_id, now, limit, moment_limit)
    stop.check()
    return WholeSession(one, read_around(journal, stop, one, now))


def read_around(journal: Journal, stop: Stop, one: OneSession, now: ZonedTime) -> Around:
    """What belongs to the session ``one`` beside its own records.

    Raises:
        Stopped, RecordDamaged, DatabaseDamaged.
    """
    session, today = one.session, now.local_date()
    insights = [insight.id for insight in one.insights if insight.id is not None]
    practices = _practices_from(journal, insights, today)
    shown = [*insights[:INSIGHTS], *(view.practice.id for view in practices)]
    threads = {item: tuple(_named(journal, thread, today) for thread in threads_with(journal, item)) for item in shown}
    stop.check()
    coming = session.state is SessionState.PLANNED
    before = _session_before(journal, session) if coming or one.running else None
    return Around(
        threads={item: refs for item, refs in threads.items() if refs},
        practices=practices,
        letters=list_letters(journal, now, session.id),
        arrived=_arrived(journal, before, now),
        before=before,
        last_time=_last_time(journal, before, today) if coming else LastTime(),
        moods=_moods(journal, stop, one),
        course_over=coming and get_course(journal, session.ref.course).is_closed,
    )


def is_written_in(session: Session, written: datetime) -> bool:
    """Whether something was written while a session went on; where its end was not noted, in its twelve hours."""
    started, ended = session.draft.started, session.draft.ended
    if session.state is not SessionState.HELD or started is None:
        return False
    return started.instant <= written <= (ended.instant if ended is not None else started.instant + RUNS_FOR)


def in_thread_words(thread: ThreadRef) -> str:
    """A link to a thread: "In the thread “Softness”"."""
    return _("In the thread “{name}”").format(name=thread.name)


def mood_label(day: int, session: Session, today: date, *, evening: bool = False) -> str:
    """What stands below a mood: "Just before", "Evening", "Same day", "Next day", "Today", "Day 5"."""
    if day == JUST_BEFORE:
        return _("Just before")
    if session.day is not None and (today - session.day).days == day:
        return _("Today")
    match day:
        case 0:
            return _("Evening") if evening else _("Same day")
        case 1:
            return _("Next day")
        case _other:
            return _("Day {day}").format(day=day)


# --- threads and practices --------------------------------------------------------------------------------------------


def _practices_from(journal: Journal, insights: Collection[UUID], today: date) -> tuple[PracticeView, ...]:
    """Those that came from one of ``insights``, the newest first.

    Of a damaged one nobody can tell what it came from: it is named on the page of Threads.
    """
    found = list_practices(journal, today=today) if insights else ()
    return tuple(view for view in found if isinstance(view, PracticeView) and view.practice.insight_id in insights)


def _named(journal: Journal, thread: Thread, today: date) -> ThreadRef:
    """A thread without a name is called after what hangs on it, as it is on its own page."""
    if thread.name.strip():
        return ThreadRef(thread.id, short_name(thread.name))
    return _named_view(get_thread(journal, thread.id, today), today)


def _named_view(view: ThreadView, today: date) -> ThreadRef:
    texts = [
        *(one.text for one in (*view.intentions, *view.insights) if not isinstance(one, Unreadable)),
        *(one.practice.text for one in view.practices if not isinstance(one, Unreadable)),
        *(mark_words(one.mark)[0] for one in view.moments if not isinstance(one, Unreadable)),
    ]
    name = view.thread.name.strip() or next(iter(texts), "")
    bare = _("Thread of {day}").format(day=brief_day(view.thread.created.date(), today))
    return ThreadRef(view.thread.id, short_name(name) or bare)


def _last_time(journal: Journal, before: Session | None, today: date) -> LastTime:
    views = [view for view in list_threads(journal, ThreadState.OPEN, today) if isinstance(view, ThreadView)]
    refs = {view.thread.id: _named_view(view, today) for view in views}
    lines = list_lines(journal, before.id, LineKind.INTENTION) if before is not None else ()
    hopes = []
    for line in lines[:_HOPES]:
        if isinstance(line, Line):
            own = [view for view in views if any(hung.id == line.id for hung in view.intentions)]
            hopes.append(Hope(line, tuple(refs.pop(view.thread.id) for view in own if view.thread.id in refs)))
    others = tuple(refs.values())
    return LastTime(tuple(hopes), others[:_THREADS], len(others[_THREADS:]))


# --- letters ----------------------------------------------------------------------------------------------------------


def _session_before(journal: Journal, session: Session) -> Session | None:
    """The session that took place before this one, in an earlier course where it is the first of its own.

    One that is planned behind another planned one has none yet: that one will have been before it.
    """
    if session.state is SessionState.CANCELLED:
        return None
    for course in range(session.ref.course, 0, -1):
        found = list_sessions(journal, course)
        earlier = [
            one
            for one in found
            if isinstance(one, Session) and one.state is not SessionState.CANCELLED and _order(one) < _order(session)
        ]
        if earlier:
            last = max(earlier, key=_order)
            return last if last.state is SessionState.HELD else None
    return None


def _order(session: Session) -> tuple[int, date, int]:
    """In one course by the day; what is planned for no day yet comes last."""
    return session.ref.course, session.day or date.max, session.ref.number


def _arrived(journal: Journal, before: Session | None, now: ZonedTime) -> tuple[AnyLetter, ...]:
    if before is None:
        return ()
    letters = list_letters(journal, now, before.id)
    return tuple(one for one in reversed(letters) if not (isinstance(one, ClosedLetter) and one.sealed))


def letter_day(written: datetime, zone: str, after: Session | None, today: date) -> str:
    """When a letter was written: "Written 6 Oct, after session 4"."""
    day = brief_day(ZonedTime(written, zone).local_date(), today)
    if after is None:
        return _("Written {day}").format(day=day)
    return _("Written {day}, after session {number}").format(day=day, number=after.ref.number)


# --- moods ------------------------------------------------------------------------------------------------------------


def _moods(journal: Journal, stop: Stop, one: OneSession) -> tuple[DayMood, ...]:
    session = one.session
    if session.state is not SessionState.HELD or session.day is None:
        return ()
    checked = _checked_in(journal, session, session.day)
    if checked:
        return checked
    rows = one.entries
    if one.entry_count > len(rows):
        which = Filter(session.day, _days_after(session.day, MOOD_DAYS), session=session.ref)
        rows = first_rows(journal, "", which, _MOODS_READ, stop)
    entries = [row.entry for row in rows if isinstance(row.entry, EntrySummary)]
    entries.sort(key=lambda entry: entry.at.instant)
    moods = {}
    for entry in entries:
        day = (entry.at.local_date() - session.day).days
        started = session.draft.started
        if day == 0 and started is not None and entry.at.instant < started.instant:
            day = JUST_BEFORE
        if entry.mood_then is not None and JUST_BEFORE <= day <= MOOD_DAYS and entry.at.local_date() >= session.day:
            moods[day] = entry.mood_then
    return tuple(DayMood(day, mood) for day, mood in sorted(moods.items()))


def _checked_in(journal: Journal, session: Session, first: date) -> tuple[DayMood, ...]:
    """The moods of check-ins up to the next session, where the scale was from 0 to 10 and meant what it means last."""
    mood, scales = shipped_id(MOOD), _scales(journal, shipped_id(MOOD))
    held = (one.day for one in list_sessions(journal, session.ref.course)
            if isinstance(one, Session) and one.state is SessionState.HELD)  # fmt: skip
    next_day = min((day for day in held if day is not None and day > first), default=date.max)
    last = min(_days_after(first, MOOD_DAYS), next_day - timedelta(days=1))
    moods = {}
    for one in reversed(list_check_ins(journal, first, last)):
        if not isinstance(one, CheckIn):
            continue
        at, started = one.draft.about, session.draft.started
        day = (one.day - first).days
        if day == 0 and started is not None and at.instant < started.instant:
            day = JUST_BEFORE
        for answer in one.draft.answers:
            if answer.measure_id == mood and answer.version in scales and answer.value is not None:
                evening = day == 0 and at.local().hour >= _EVENING
                moods[day] = DayMood(day, round(answer.value), evening, checked_in=True)
    return tuple(moods[day] for day in sorted(moods))


def _scales(journal: Journal, measure_id: UUID) -> frozenset[int]:
    """The versions of a measure whose numbers can stand in one line: from 0 to 10, and all of one meaning."""
    versions = sorted((version, what) for (key, version), what in definitions(journal).items() if key == measure_id)
    meant = meanings([what for _version, what in versions])
    fitting = [
        (version, meaning)
        for (version, what), meaning in zip(versions, meant, strict=True)
        if what.spans == (MOOD_RANGE[0], MOOD_RANGE[-1])
    ]
    return frozenset(version for version, meaning in fitting if meaning == fitting[-1][1])


def _days_after(day: date, days: int) -> date:
    return day + timedelta(days=days) if (date.max - day).days >= days else date.max
