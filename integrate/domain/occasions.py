"""From the place in the course to what the choice of a prompt goes by."""

from __future__ import annotations

from integrate.domain.entry import Phase
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
