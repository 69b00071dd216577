"""What check-ins show of a journal, read beside the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from integrate.domain.asked import measures_for
from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import Unreadable
from integrate.domain.measures import Definition, Measure
from integrate.journal.check_ins import last_answers, list_check_ins
from integrate.journal.measures import definitions, list_measures
from integrate.ui.check_in.asked import Asked, asked_now

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.where import Where
    from integrate.journal.opening import Journal

MOOD = "mood"
"""The key of the measure that the day of a session still asks."""


@dataclass(frozen=True, slots=True)
class Past:
    """Check-ins with what their answers were given to. ``measures`` are those that can be asked now, by their ids.

    ``more``: there are earlier ones than these.
    """

    check_ins: tuple[CheckIn | Unreadable, ...] = ()
    definitions: Mapping[tuple[UUID, int], Definition] = field(default_factory=dict)
    measures: Mapping[UUID, Measure] = field(default_factory=dict)
    more: bool = False


@dataclass(frozen=True, slots=True)
class CheckInNow:
    """What a check-in asks now: ``asked`` in its order, ``others`` only where somebody wants to answer them too.

    ``unreadable`` measures are not asked, and are said. ``last`` holds the last check-in, where there is one.
    """

    asked: tuple[Asked, ...] = ()
    others: tuple[Asked, ...] = ()
    mood: Asked | None = None
    unreadable: int = 0
    last: Past = Past()


def read_check_in(journal: Journal, where: Where, today: date) -> CheckInNow:
    """What the check-in of ``today`` asks, at the place in the course that ``where`` says.

    Raises:
        DatabaseDamaged.
    """
    found = list_measures(journal, all=True)
    measures = tuple(one for one in found if isinstance(one, Measure))
    in_use = tuple(measure for measure in measures if measure.in_use)
    asked = measures_for(in_use, where, today, last_answers(journal, today))
    others = (measure for measure in dict.fromkeys((*in_use, *measures)) if measure not in asked)
    moods = (measure for measure in in_use if measure.key == MOOD)
    mood = next(moods, None)
    return CheckInNow(
        tuple(asked_now(measure) for measure in asked),
        tuple(asked_now(measure) for measure in others),
        asked_now(mood) if mood is not None else None,
        len(found) - len(measures),
        _past(journal, measures, 1),
    )


def read_past(journal: Journal, _stop: Stop, limit: int) -> Past:
    """The newest ``limit`` check-ins, those that cannot be read among them.

    Raises:
        DatabaseDamaged.
    """
    found = list_measures(journal, all=True)
    return _past(journal, tuple(one for one in found if isinstance(one, Measure)), limit)


def _past(journal: Journal, measures: tuple[Measure, ...], limit: int) -> Past:
    found = list_check_ins(journal, limit=limit + 1)
    by_id = {measure.id: measure for measure in measures}
    return Past(found[:limit], definitions(journal), by_id, len(found) > limit)
