"""What is suggested now: questionnaires as one quiet line, side effects after a session, slow things now and then.

A course or a session that cannot be read says nothing here; the page about sessions names it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from integrate.domain.courses import Course
from integrate.domain.entry import Changes, Unreadable
from integrate.domain.form_schedule import DueForm, due_forms, not_now
from integrate.domain.log_schedule import due_effect_log, slow_log_due
from integrate.domain.logs import EffectLog, Log
from integrate.domain.responses import Response
from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged
from integrate.journal.courses import current_course
from integrate.journal.logs import effect_logs, log_plan, set_log_plan, slow_logs
from integrate.journal.opening import Journal
from integrate.journal.responses import form_plan, list_responses, set_form_plan
from integrate.journal.sessions import list_sessions


@dataclass(frozen=True, slots=True)
class DueLogs:
    """The logs on offer: ``effects`` is the session whose side effects are asked for, or None."""

    effects: UUID | None = None
    slow: bool = False


def forms_due(journal: Journal, now: ZonedTime | None = None) -> tuple[DueForm, ...]:
    """The questionnaires suggested at ``now``, or by the journal's clock, at most one of each kind; often none.

    Raises:
        DatabaseDamaged.
    """
    plan = form_plan(journal)
    if not plan.has_any:
        return ()
    course, sessions = _course(journal)
    responses = [one for one in list_responses(journal) if isinstance(one, Response)]
    return due_forms(
        plan, responses, sessions, now or _now(journal),
        closed=course is not None and course.is_closed, planned=None if course is None else course.plan.sessions,
    )  # fmt: skip


def decline_form(journal: Journal, due: DueForm, now: ZonedTime | None = None, *, origin: str = "") -> Changes:
    """Keep that a suggestion was answered with "Not now": it does not come back. Durable when this returns.

    Raises:
        What any write raises.
    """
    day = (now or _now(journal)).local_date()
    return set_form_plan(journal, not_now(form_plan(journal), due, day), origin=origin)


def logs_due(journal: Journal, now: ZonedTime | None = None) -> DueLogs:
    """The logs on offer at ``now``, or by the journal's clock.

    Raises:
        DatabaseDamaged.
    """
    now = now or _now(journal)
    course, sessions = _course(journal)
    if not sessions:
        return DueLogs()
    plan, slow = log_plan(journal), [one.day for one in slow_logs(journal) if isinstance(one, Log)]
    return DueLogs(
        due_effect_log(plan, sessions, _sessions_with_effects(journal), now),
        slow_log_due(plan, sessions, slow, course is not None and course.is_closed, now.local_date()),
    )


def decline_effects(journal: Journal, session_id: UUID, *, origin: str = "") -> Changes:
    """Keep that the side effects of this session are not to be asked for again. Durable when this returns.

    Raises:
        What any write raises.
    """
    return set_log_plan(journal, replace(log_plan(journal), effects_declined=session_id), origin=origin)


def decline_slow(journal: Journal, now: ZonedTime | None = None, *, origin: str = "") -> Changes:
    """Keep that slow things are not to be asked for now; they are on offer again in four weeks.

    Raises:
        What any write raises.
    """
    day = (now or _now(journal)).local_date()
    return set_log_plan(journal, replace(log_plan(journal), slow_declined=day), origin=origin)


def _sessions_with_effects(journal: Journal) -> frozenset[UUID]:
    logs = (one for one in effect_logs(journal) if not isinstance(one, Unreadable))
    return frozenset(one.content.session_id for one in logs if isinstance(one.content, EffectLog))


def _course(journal: Journal) -> tuple[Course | None, tuple[Session, ...]]:
    try:
        course = current_course(journal)
        found = () if course is None else list_sessions(journal, course.number)
    except RecordDamaged:
        return None, ()
    return course, tuple(one for one in found if isinstance(one, Session))


def _now(journal: Journal) -> ZonedTime:
    return ZonedTime(journal.clock.now(), journal.clock.zone())
