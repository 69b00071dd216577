"""From the place in the course to what the choice of a prompt goes by, and to what a new entry is about."""

from __future__ import annotations

from dataclasses import dataclass

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.prompts import Occasion
from integrate.domain.where import Where


def occasion_at(where: Where, chosen: Phase | None = None) -> Occasion:
    """The occasion for a prompt at this place of a course.

    ``chosen`` is the phase the person picked themselves, None while they leave it to the calendar. Where no session is
    known, it decides alone. A session that is still planned in a closed course is not one to come.
    """
    coming = None if where.closed else where.coming
    return Occasion(
        where.phase,
        day=where.day,
        last_session_number=None if where.last is None else where.last.ref.number,
        next_session_number=None if coming is None else coming.ref.number,
        chosen=chosen,
    )


@dataclass(frozen=True, slots=True)
class Subject:
    """What is written now belongs to: the ``phase`` of the calendar, and the session of each phase where there is one.

    ``coming`` is the one to prepare for, ``last`` the one that goes on or was held last.
    """

    phase: Phase
    coming: SessionRef | None = None
    last: SessionRef | None = None

    def session(self, phase: Phase) -> SessionRef | None:
        """The session that something of ``phase`` is about: the one to come for *prepare*, else the last."""
        return self.coming if phase is Phase.PREPARE else self.last


def subject_at(where: Where) -> Subject | None:
    """What is written at this place of a course belongs to; None where no session is known, and nobody can say."""
    occasion = occasion_at(where)
    if not occasion.sessions_known:
        return None
    coming = None if where.closed or where.coming is None else where.coming.ref
    return Subject(occasion.calendar_phase, coming, None if where.last is None else where.last.ref)
