"""What Today shows of a journal, read in one go beside the main thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from integrate.domain.appointments import Asking, Talk, appointments_of, due_asking
from integrate.domain.courses import Course, Plan
from integrate.domain.entry import EntrySummary, Filter, Phase, Unreadable
from integrate.domain.listing import Row, Stop
from integrate.domain.occasions import occasion_at
from integrate.domain.practices import PracticeState, Reply
from integrate.domain.prompts import Occasion, Prompt
from integrate.domain.sessions import Line, LineKind, Session
from integrate.domain.times import ZonedTime
from integrate.domain.touch_points import due_touch_point
from integrate.domain.welcome_back import is_welcome_back, plans_to_ask
from integrate.domain.where import Where, is_session_day, where_am_i
from integrate.errors import RecordDamaged
from integrate.journal.asking import Asked, OnceAsked, last_sign_of_life, read_asked
from integrate.journal.browsing import entries_on_this_day, first_rows
from integrate.journal.courses import current_course
from integrate.journal.info import journal_info
from integrate.journal.letters import ClosedLetter, letters_to_open
from integrate.journal.moments import settled_touch_points
from integrate.journal.opening import Journal
from integrate.journal.practices import PracticeView, list_practices
from integrate.journal.prompts import built_in_pack, prompt_for
from integrate.journal.sessions import list_lines, list_sessions
from integrate.ui.check_in.reading import CheckInNow, read_check_in

LAST_ENTRIES: Final = 5
EARLIER_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class CourseNow:
    """The newest course and the place in it. ``damaged``: some of its sessions cannot be read, which is said.

    ``looks_back``: touch-points come, which on closing somebody may have chosen to stop.
    """

    where: Where
    plan: Plan
    sessions: tuple[Session, ...]
    closed: bool
    damaged: bool
    looks_back: bool = True

    @property
    def has_something(self) -> bool:
        """Whether there is a plan or a session; until then no path is drawn."""
        return bool(self.sessions) or self.damaged or not self.plan.is_empty


@dataclass(frozen=True, slots=True)
class Intention:
    """What was set for ``session``; a line that cannot be read is named."""

    session: Session
    lines: tuple[Line | Unreadable, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is asked around an appointment, and the lines that are the answer so far."""

    asking: Asking
    lines: tuple[Line | Unreadable, ...]


@dataclass(frozen=True, slots=True)
class Practices:
    """Those of today: due, or done today. ``asks`` is the one of which to ask whether it still fits."""

    today: tuple[PracticeView, ...] = ()
    asks: PracticeView | None = None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """The prompt to offer (None: a blank page), the newest rows, and entries of this day in earlier years.

    ``course`` is None before the first one, and where it cannot be read (``trouble``). ``session_day`` opens folded.
    ``welcome``: thirty quiet days have gone by. ``letters`` open now; ``past_plans`` are asked about once.
    """

    now: ZonedTime
    occasion: Occasion
    prompt: Prompt | None
    rows: tuple[Row, ...]
    earlier: tuple[EntrySummary, ...]
    has_recovery_words: bool
    asked: Asked
    course: CourseNow | None = None
    trouble: RecordDamaged | None = None
    intention: Intention | None = None
    practices: Practices = Practices()
    touch_point: int | None = None
    conversation: Conversation | None = None
    letters: tuple[ClosedLetter, ...] = ()
    past_plans: tuple[Session, ...] = ()
    session_day: bool = False
    welcome: bool = False
    check_in: CheckInNow = field(default_factory=CheckInNow)

    @property
    def day(self) -> date:
        """The local day it was read for."""
        return self.now.local_date()

    @property
    def phase(self) -> Phase:
        """The phase that the question, and what is written now, belong to."""
        return self.occasion.chosen or self.occasion.calendar_phase


def read_today(
    journal: Journal, stop: Stop, now: ZonedTime, phase: Phase, chosen: Phase | None = None, *, earlier_years: bool
) -> Today:
    """Everything that Today shows at ``now``; ``earlier_years`` as the person chose.

    ``phase`` decides where no session is known; ``chosen`` is the one picked instead of that of the calendar.

    Raises:
        Stopped, RecordDamaged, DatabaseDamaged.
    """
    day, asked = now.local_date(), read_asked(journal)
    course, trouble = _course(journal, now, asked)
    occasion = occasion_of(course, phase, chosen)
    prompt = prompt_for(journal, occasion)
    rows = first_rows(journal, "", Filter(), LAST_ENTRIES, stop)
    stop.check()
    earlier = entries_on_this_day(journal, day, EARLIER_YEARS, _tender()) if earlier_years else ()
    slots = journal_info(journal.place).slots
    words = any(slot.kind == "recovery" for slot in slots)
    today = Today(
        now, occasion, prompt, rows, earlier, words, asked, course, trouble, practices=_practices(journal, day)
    )
    stop.check()
    last = last_sign_of_life(journal)
    where = course.where if course is not None else where_am_i((), now)
    today = replace(
        today,
        welcome=last is not None and is_welcome_back((last,), day),
        check_in=read_check_in(journal, where, day),
    )
    return today if course is None else _with_course(journal, today, course)


def occasion_of(course: CourseNow | None, phase: Phase, chosen: Phase | None) -> Occasion:
    """What the choice of a prompt goes by; without any session the person's own ``phase`` alone."""
    if course is not None:
        occasion = occasion_at(course.where, chosen)
        if occasion.sessions_known:
            return occasion
    return Occasion(phase)


def session_for(where: Where, phase: Phase) -> Session | None:
    """The session that something of ``phase`` is about: the one to come to prepare for, else the last."""
    return where.coming if phase is Phase.PREPARE and not where.closed else where.last


def next_prompt(journal: Journal, _stop: Stop, occasion: Occasion, after: str | None) -> Prompt | None:
    """The prompt that follows the one with the id ``after``; None where none does.

    Raises:
        RecordDamaged, DatabaseDamaged.
    """
    return prompt_for(journal, occasion, after)


def _course(journal: Journal, now: ZonedTime, asked: Asked) -> tuple[CourseNow | None, RecordDamaged | None]:
    try:
        course = current_course(journal)
    except RecordDamaged as error:
        return None, error
    if course is None:
        return None, None
    return _course_now(journal, course, now, asked), None


def _course_now(journal: Journal, course: Course, now: ZonedTime, asked: Asked) -> CourseNow:
    found = list_sessions(journal, course.number)
    sessions = tuple(one for one in found if isinstance(one, Session))
    ended = asked.sessions_over(now.local_date())
    where = where_am_i(sessions, now, closed=course.is_closed, asked=ended)
    looks_back = course.looks_back or not course.is_closed
    return CourseNow(where, course.plan, sessions, course.is_closed, len(sessions) < len(found), looks_back)


def _with_course(journal: Journal, today: Today, course: CourseNow) -> Today:
    where, now = course.where, today.now
    touch_point = None
    if where.last is not None and course.looks_back:
        settled = settled_touch_points(journal, where.last.id)
        touch_point = due_touch_point(where.last, where.coming, settled, course.plan.touch_days, now)
    return replace(
        today,
        intention=_intention(journal, where),
        touch_point=touch_point,
        conversation=None if course.closed else _conversation(journal, today, course),
        letters=letters_to_open(journal, now) if where.phase is Phase.PREPARE else (),
        past_plans=()
        if course.closed
        else plans_to_ask(course.sessions, today.asked.over(OnceAsked.PLAN, today.day), now),
        session_day=is_session_day(where, now),
    )


def _intention(journal: Journal, where: Where) -> Intention | None:
    """That of the session one is in or after; before one, its own, and until there is one, that of the last."""
    for session in dict.fromkeys((where.session, where.last)):
        if session is not None:
            lines = list_lines(journal, session.id, LineKind.INTENTION)
            if lines:
                return Intention(session, lines)
    return None


def _conversation(journal: Journal, today: Today, course: CourseNow) -> Conversation | None:
    kinds = {Talk.BEFORE: OnceAsked.BEFORE, Talk.AFTER: OnceAsked.AFTER}
    over = {(talk, key) for talk, kind in kinds.items() for key in today.asked.over(kind, today.day)}
    appointments = appointments_of(course.sessions, course.plan.next_appointment)
    asking = due_asking(appointments, over, course.where, today.now)
    if asking is None:
        return None
    return Conversation(asking, list_lines(journal, asking.session_id, asking.talk.kind))


def _practices(journal: Journal, day: date) -> Practices:
    found = list_practices(journal, (PracticeState.OPEN,), day)
    views = sorted(
        (view for view in found if isinstance(view, PracticeView)),
        key=lambda view: (view.practice.since, view.practice.written),
    )
    today = tuple(view for view in views if view.due or said_today(view, day, Reply.DONE))
    asks = next((view for view in views if view.asks), None)
    return Practices(today, asks, len(views) < len(found))


def said_today(view: PracticeView, day: date, *replies: Reply) -> Reply | None:
    """Which of ``replies`` was given to a practice on ``day``."""
    return next((one.reply for one in reversed(view.said) if one.day == day and one.reply in replies), None)


def _tender() -> frozenset[str]:
    """Prompts whose answers never surface by themselves: they wait until they are looked for. Own ones are not so."""
    return frozenset(prompt.id for prompt in built_in_pack().prompts if prompt.tender)
