"""Which measures the check-in of now asks. Nothing is ever late, and what is not asked can still be answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from integrate.domain.measures import HowOften, Measure
from integrate.domain.sessions import Session
from integrate.domain.times import DATES_APART
from integrate.domain.where import Where

DAYS_BEFORE: Final = 1
DAYS_AFTER: Final = 3
"""*Around sessions* is from so many days before a session's own day to so many days after it."""

WEEK: Final = 7


def measures_for(
    measures: Iterable[Measure], where: Where, today: date, last_answered: Mapping[UUID, date]
) -> tuple[Measure, ...]:
    """The measures to ask on the local day ``today``, in their place.

    ``where`` is the place in the course, ``last_answered`` the last local day on which each measure was answered ("No
    answer" counts: it is not asked again the next hour). A measure that is not there was not answered lately. An answer
    about tomorrow can be one of a place where that day has begun; farther ahead than that it does not count.
    """
    near = is_near_session(where, today)
    asked = [
        one
        for one in measures
        if one.in_use and one.deleted is None and _is_asked(one, near, today, last_answered.get(one.id))
    ]
    return tuple(sorted(asked, key=lambda one: one.place))


def is_near_session(where: Where, today: date) -> bool:
    """Whether ``today`` is from the day before a session to three days after one."""
    return any(_is_around(session, today) for session in (where.last, where.coming, where.session))


def _is_around(session: Session | None, today: date) -> bool:
    if session is None or session.day is None:
        return False
    return -DAYS_BEFORE <= (today - session.day).days <= DAYS_AFTER


def _is_asked(measure: Measure, near: bool, today: date, last: date | None) -> bool:
    match measure.how_often:
        case HowOften.EACH:
            return True
        case HowOften.AROUND_SESSIONS:
            return near
        case HowOften.WEEKLY:
            return last is None or not -DATES_APART <= (today - last).days < WEEK
        case HowOften.WHEN_I_LIKE:
            return False
