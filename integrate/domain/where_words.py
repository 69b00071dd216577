"""The place in the course in words: what stands at the head of Today, and in one line elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from integrate.domain.entry import Phase
from integrate.domain.where import Where
from integrate.i18n import N_, _

PHASE_WORDS: Final = MappingProxyType(
    {Phase.PREPARE: N_("Prepare"), Phase.EXPERIENCE: N_("Experience"), Phase.INTEGRATE: N_("Integrate")}
)

_READY = N_("A time for getting ready, at your own pace.")
_READY_TODAY = N_("You can come as you are.")
_WITHIN = N_("Nothing needs to be written now. A word is enough.")
_SAME_DAY = N_("Rest comes first. Bits and pieces are fine, and what they mean can wait.")
_DAYS_AFTER = N_("A time for resting, noticing and small steps. There is no hurry.")
_LATER = N_("What you found stays with you. There is no hurry.")
_CLOSED = N_("Everything you wrote is here, and so is help.")


@dataclass(frozen=True, slots=True)
class WhereWords:
    """A title of a few words and a quiet sentence below it."""

    title: str
    subtitle: str


def where_words(where: Where, today: date | None = None) -> WhereWords:
    """The place as Today shows it beside the chip with the phase: "Day 3 after session 4".

    ``today``, the local day, lets the words say that a session is planned for today. Days to come are never counted.
    """
    number = where.session.ref.number if where.session is not None else None
    match where.phase:
        case Phase.PREPARE:
            if where.coming is not None and where.coming.day == today:
                return WhereWords(_("Session {number} is today").format(number=number), _(_READY_TODAY))
            if number is None:
                return WhereWords(_("Before the first session"), _(_READY))
            return WhereWords(_("Before session {number}").format(number=number), _(_READY))
        case Phase.EXPERIENCE:
            return WhereWords(_("In session {number}").format(number=number), _(_WITHIN))
        case Phase.INTEGRATE:
            return _after_words(where, number)


def phase_line(where: Where) -> str:
    """The same with the phase, in one line: "Integrate, day 3 after session 4"."""
    number = where.session.ref.number if where.session is not None else None
    if number is None or where.closed:
        return _(PHASE_WORDS[where.phase])
    match where.phase:
        case Phase.PREPARE:
            sentence = _("Prepare, before session {number}")
        case Phase.EXPERIENCE:
            sentence = _("Experience, session {number}")
        case Phase.INTEGRATE if not where.shows_day:
            sentence = _("Integrate, after session {number}")
        case Phase.INTEGRATE if where.day == 0:
            sentence = _("Integrate, the day of session {number}")
        case Phase.INTEGRATE:
            sentence = _("Integrate, day {day} after session {number}")
    return sentence.format(number=number, day=where.day)


def _after_words(where: Where, number: int | None) -> WhereWords:
    if where.closed or number is None:
        return WhereWords(_("After the course"), _(_CLOSED))
    if not where.shows_day:
        return WhereWords(_("After session {number}").format(number=number), _(_LATER))
    if where.day == 0:
        return WhereWords(_("The day of session {number}").format(number=number), _(_SAME_DAY))
    return WhereWords(_("Day {day} after session {number}").format(day=where.day, number=number), _(_DAYS_AFTER))
