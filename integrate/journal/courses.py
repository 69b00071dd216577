"""Courses: the plan the clinic gave, the care team, the sessions it names, and where a person is in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from integrate.domain.courses import Carer, Course, Plan, planned_days
from integrate.domain.entry import Changes, SessionRef, Unreadable, require_text
from integrate.domain.form_schedule import FormPlan
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.domain.times import ZonedTime
from integrate.domain.where import Where, where_am_i
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.journal.responses import form_plan, set_form_plan
from integrate.storage.courses import CourseReader, CourseWriter, writing_courses
from integrate.storage.practices import PracticeWriter
from integrate.storage.session_lines import LineWriter
from integrate.storage.sessions import SessionReader, writing_sessions


@dataclass(frozen=True, slots=True)
class SavedCourse:
    """A course as it was saved. ``rested`` are the practices that were let rest with it.

    ``forms`` is what was suggested before questionnaires were stopped with it, None where they were not.
    """

    course: Course
    changes: Changes
    rested: frozenset[UUID] = frozenset()
    forms: FormPlan | None = None


@dataclass(frozen=True, slots=True)
class PlannedSessions:
    """Sessions that were made from a plan; none where all that it names are there."""

    sessions: tuple[Session, ...]
    changes: Changes


def list_courses(journal: Journal) -> tuple[Course | Unreadable, ...]:
    """Every course, the newest first; a damaged one by its id."""
    with journal.vault.database.read() as session:
        return CourseReader(session).list()


def get_course(journal: Journal, number: int) -> Course:
    """The course with this number.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return CourseReader(session).get(number)


def current_course(journal: Journal) -> Course | None:
    """The newest course, open or closed; None where there is none yet.

    Raises:
        RecordDamaged: it cannot be read; an older one is not given instead.
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return CourseReader(session).newest()


def begin_course(
    journal: Journal,
    plan: Plan | None = None,
    care_team: Sequence[Carer] = (),
    checklist: Iterable[str] = (),
    *,
    origin: str = "",
) -> SavedCourse:
    """Begin a course, with the next number; it is the current one from now on. Durable when this returns.

    Blank lines of ``checklist`` are left out.

    Raises:
        WrongUsage: a text is no text.
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: nothing of it was saved.
    """
    lines = _clean(checklist)
    with writing_courses(journal.vault.database) as writer:
        course = writer.add(plan or Plan(), tuple(care_team), lines, journal.clock.now())
    return SavedCourse(course, _changes(course, origin))


def change_course(
    journal: Journal,
    number: int,
    *,
    plan: Plan | None = None,
    care_team: Sequence[Carer] | None = None,
    checklist: Iterable[str] | None = None,
    early_signs: str | None = None,
    agreed: str | None = None,
    looks_back: bool | None = None,
    origin: str = "",
) -> SavedCourse:
    """Change what is given of a course and leave the rest; a closed one too. Durable when this returns.

    A changed checklist is for sessions that are made from now on.

    Raises:
        WrongUsage: there is no such course, or a text is no text.
        RecordDamaged: it is not written over. What :func:`begin_course` raises.
    """
    for text in (early_signs, agreed):
        require_text(text or "")
    lines = None if checklist is None else _clean(checklist)
    with writing_courses(journal.vault.database) as writer:
        was = writer.reader.get(number)
        changed = replace(
            was,
            plan=was.plan if plan is None else plan,
            care_team=was.care_team if care_team is None else tuple(care_team),
            checklist=was.checklist if lines is None else lines,
            early_signs=was.early_signs if early_signs is None else early_signs,
            agreed=was.agreed if agreed is None else agreed,
            looks_back=was.looks_back if looks_back is None else looks_back,
        )
        course = writer.save(changed, journal.clock.now())
    return SavedCourse(course, _changes(course, origin))


def close_course(
    journal: Journal,
    early_signs: str | None = None,
    agreed: str | None = None,
    *,
    number: int | None = None,
    looks_back: bool = False,
    rest_practices: bool = False,
    stop_forms: bool = False,
    origin: str = "",
) -> SavedCourse:
    """Close a course, the newest one unless ``number`` names another. What is not given stays as it was written.

    Touch-points stop unless ``looks_back``; ``rest_practices`` lets every practice that goes on rest. One transaction.
    With ``stop_forms`` no questionnaire is suggested any more; that is kept right after it.

    Raises:
        WrongUsage: there is no course, or a text is no text.
        RecordDamaged, and what :func:`begin_course` raises.
    """
    now = journal.clock.now()
    database = journal.vault.database
    with database.write() as connection:
        writer = CourseWriter(connection, database.sealer)
        was = writer.reader.get(number) if number is not None else _needed(writer.reader.newest())
        signs = was.early_signs if early_signs is None else early_signs
        words = was.agreed if agreed is None else agreed
        course = writer.save(was.close(was.closed or now, signs, words, looks_back=looks_back), now)
        rested = PracticeWriter(connection, database.sealer).rest_all(now) if rest_practices else frozenset()
    before = form_plan(journal) if stop_forms else None
    changes = _changes(course, origin, rested)
    if before is not None:
        stopped = set_form_plan(journal, before.without_any())
        changes = replace(changes, areas=changes.areas | stopped.areas)
    return SavedCourse(course, changes, rested, before)


def reopen_course(
    journal: Journal, number: int, *, waking: Collection[UUID] = (), forms: FormPlan | None = None, origin: str = ""
) -> SavedCourse:
    """Open a course again that was closed; what was written on closing it stays.

    ``waking`` are practices that rest since it was closed, and go on with it; one that does not rest stays as it is.
    ``forms`` is what is suggested again.

    Raises:
        WrongUsage: there is no such course.
        RecordDamaged, and what :func:`begin_course` raises.
    """
    database, now = journal.vault.database, journal.clock.now()
    with database.write() as connection:
        writer = CourseWriter(connection, database.sealer)
        course = writer.save(replace(writer.reader.get(number), closed=None), now)
        woken = PracticeWriter(connection, database.sealer).wake(waking, now)
    if forms is not None:
        set_form_plan(journal, forms)
    return SavedCourse(course, _changes(course, origin, woken))


def where_now(journal: Journal, now: ZonedTime | None = None) -> Where:
    """Where a person is in the newest course, at ``now`` or by the journal's clock. Damaged sessions do not count.

    Without a course it is the same as in one without a session.

    Raises:
        RecordDamaged: the course cannot be read.
        DatabaseDamaged.
    """
    now = now or ZonedTime(journal.clock.now(), journal.clock.zone())
    with journal.vault.database.read() as session:
        course = CourseReader(session).newest()
        found = SessionReader(session).list(course.number) if course else ()
    sessions = (one for one in found if isinstance(one, Session))
    return where_am_i(sessions, now, closed=course is not None and course.is_closed)


def plan_sessions(journal: Journal, number: int | None = None, *, origin: str = "") -> PlannedSessions:
    """Plan the sessions that the plan of a course (the newest unless given) names and that are not there yet.

    The first days of the plan belong to the sessions there are, cancelled ones aside; a day that has a session gets no
    second one. Numbers go on from the highest. Each session gets the course's checklist. One transaction, durable when
    this returns; called again it makes nothing twice.

    Raises:
        WrongUsage: there is no course, or its plan goes on beyond the year 9999.
        RecordDamaged, and what :func:`begin_course` raises.
    """
    made: list[Session] = []
    now, zone = journal.clock.now(), journal.clock.zone()
    with writing_sessions(journal.vault.database) as writer:
        courses = CourseReader(writer.rows.session)
        course = courses.get(number) if number is not None else _needed(courses.newest())
        lines = LineWriter(writer.rows)
        first = writer.reader.next_number(course.number)
        for place, day in enumerate(missing_days(course.plan, writer.reader.list(course.number))):
            draft = SessionDraft(SessionState.PLANNED, day, zone=zone)
            session, pk = writer.add(SessionRef(course.number, first + place), draft, now)
            lines.add_checks(session.id, pk, course.checklist, now)
            made.append(session)
    ids = frozenset(session.id for session in made)
    return PlannedSessions(tuple(made), Changes(frozenset({"sessions", "lines"} if made else ()), ids, origin))


def missing_days(plan: Plan, sessions: Iterable[Session | Unreadable]) -> tuple[date, ...]:
    """The days of the plan that no session stands for. A damaged one counts: it is there, whatever it says.

    Raises:
        WrongUsage: the plan goes on beyond the year 9999.
    """
    found = tuple(sessions)
    there = [one for one in found if isinstance(one, Unreadable) or one.state is not SessionState.CANCELLED]
    taken = {one.day for one in found if isinstance(one, Session)}
    return tuple(day for day in planned_days(plan)[len(there) :] if day not in taken)


def _needed(course: Course | None) -> Course:
    if course is None:
        raise WrongUsage(reason=_("There is no course yet. Once one is begun, its sessions have a place."))
    return course


def _clean(checklist: Iterable[str]) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in checklist if line.strip())
    for line in lines:
        require_text(line)
    return lines


def _changes(course: Course, origin: str, practices: frozenset[UUID] = frozenset()) -> Changes:
    areas = {"courses", "practices", "threads"} if practices else {"courses"}
    return Changes(frozenset(areas), practices | {course.id}, origin)
