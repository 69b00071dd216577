"""What the newest course says about now: what a new entry is about, which question fits, which touch-point is due.

A course that cannot be read says nothing here; the page about sessions names it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from integrate.domain.entry import Phase
from integrate.domain.occasions import Subject, occasion_at, subject_at
from integrate.domain.prompts import Occasion
from integrate.domain.times import ZonedTime
from integrate.domain.touch_points import due_touch_point
from integrate.domain.where import Where
from integrate.errors import RecordDamaged
from integrate.journal.courses import current_course, where_now
from integrate.journal.moments import settled_touch_points
from integrate.journal.opening import Journal


@dataclass(frozen=True, slots=True)
class DueTouchPoint:
    """The touch-point that is offered now: so many days after a session. None of its words are in it."""

    session_id: UUID
    day: int


def subject_now(journal: Journal, now: ZonedTime | None = None) -> Subject | None:
    """The phase and the session that what is written now belongs to; None where no session is known.

    Raises:
        DatabaseDamaged.
    """
    where = _where(journal, now)
    return None if where is None else subject_at(where)


def occasion_now(journal: Journal, phase: Phase, now: ZonedTime | None = None) -> Occasion:
    """What the choice of a prompt for ``phase`` goes by; where no session is known, ``phase`` alone.

    Raises:
        DatabaseDamaged.
    """
    where = _where(journal, now)
    occasion = Occasion(phase) if where is None else occasion_at(where)
    if not occasion.sessions_known:
        return Occasion(phase)
    return occasion if phase is occasion.calendar_phase else replace(occasion, chosen=phase)


def touch_point_now(journal: Journal, now: ZonedTime | None = None) -> DueTouchPoint | None:
    """The touch-point that Today offers at ``now``, or by the journal's clock; None where they were chosen to stop.

    Raises:
        DatabaseDamaged.
    """
    now = now or ZonedTime(journal.clock.now(), journal.clock.zone())
    try:
        course, where = current_course(journal), where_now(journal, now)
        if course is None or where.last is None or (course.is_closed and not course.looks_back):
            return None
        settled = settled_touch_points(journal, where.last.id)
    except RecordDamaged:
        return None
    day = due_touch_point(where.last, where.coming, settled, course.plan.touch_days, now)
    return None if day is None else DueTouchPoint(where.last.id, day)


def _where(journal: Journal, now: ZonedTime | None) -> Where | None:
    try:
        return where_now(journal, now)
    except RecordDamaged:
        return None
