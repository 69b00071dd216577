"""Practices: small changes in daily life, followed up gently. Nothing is counted, and nothing is missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from integrate.i18n import N_, _, ngettext

QUIET_DAYS: Final = 14
"""After so many days without a word about it, the app asks once whether a practice still fits."""


class CadenceKind(StrEnum):
    """How often, in plain words."""

    WHEN_IT_SUITS = "when-it-suits"
    DAILY = "daily"
    WEEKDAYS = "weekdays"  # certain days of the week
    EVERY_FEW_DAYS = "every-few-days"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often. ``weekdays`` are 0 (Monday) to 6, ``days`` is at least 2; each only for its kind.

    Raises:
        ValueError: what it needs is missing.
    """

    kind: CadenceKind = CadenceKind.WHEN_IT_SUITS
    weekdays: frozenset[int] = frozenset()
    days: int = 0

    def __post_init__(self) -> None:
        if self.kind is CadenceKind.WEEKDAYS and not (self.weekdays and self.weekdays <= set(range(7))):
            raise ValueError("days of the week are missing")
        if self.kind is CadenceKind.EVERY_FEW_DAYS and not 2 <= self.days <= 366:
            raise ValueError("the number of days is missing")


_WEEKDAYS: Final = (
    N_("Mondays"), N_("Tuesdays"), N_("Wednesdays"), N_("Thursdays"), N_("Fridays"), N_("Saturdays"), N_("Sundays"),
)  # fmt: skip


class PracticeState(StrEnum):
    """Whether it goes on."""

    OPEN = "open"
    RESTING = "resting"
    ENDED = "ended"


class Reply(StrEnum):
    """What somebody says of a practice on a day."""

    DONE = "done"
    NOT_TODAY = "not-today"
    HELPED = "helped"
    NOT_REALLY = "not-really"
    TOO_SOON = "too-soon"
    STILL_FITS = "still-fits"  # the answer to the one question after fourteen quiet days


REPLY_WORDS: Final = MappingProxyType(
    {
        Reply.DONE: N_("Done"),
        Reply.NOT_TODAY: N_("Not today"),
        Reply.HELPED: N_("It helped"),
        Reply.NOT_REALLY: N_("Not really"),
        Reply.TOO_SOON: N_("Too soon to say"),
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A reply on a local day."""

    day: date
    reply: Reply


def is_due(cadence: Cadence, since: date, said: Iterable[Said], today: date) -> bool:
    """Whether a practice begun on ``since`` is offered today; one that had its answer today is not offered again.

    A practice for when it suits is never due. One every few days counts from the last day something was said of it.
    None is ever overdue: one that was let be simply comes again on its next day. Only open practices are to be asked
    about here.
    """
    spoken = {one.day for one in said}
    if today < since or today in spoken:
        return False
    match cadence.kind:
        case CadenceKind.DAILY:
            return True
        case CadenceKind.WEEKDAYS:
            return today.weekday() in cadence.weekdays
        case CadenceKind.EVERY_FEW_DAYS:
            last = max((day for day in spoken if day < today), default=since)
            return (today - max(last, since)).days % cadence.days == 0
        case CadenceKind.WHEN_IT_SUITS:
            return False


def asks_whether_it_fits(since: date, said: Iterable[Said], asked: date | None, today: date) -> bool:
    """Whether fourteen quiet days have gone by and nobody asked in them: the question comes once, not every day.

    ``asked`` is the day of the last time it came. Any word ends the quiet, also that it still fits.
    """
    quiet_from = max((since, *(one.day for one in said)))
    if asked is not None and asked > quiet_from:
        return False
    return (today - quiet_from).days >= QUIET_DAYS


def cadence_words(cadence: Cadence) -> str:
    """How often, as it stands below a practice: "Thursdays", "Every 3 days"."""
    match cadence.kind:
        case CadenceKind.WHEN_IT_SUITS:
            return _("When it suits you")
        case CadenceKind.DAILY:
            return _("Every day")
        case CadenceKind.EVERY_FEW_DAYS:
            return ngettext("Every {count} day", "Every {count} days", cadence.days).format(count=cadence.days)
        case CadenceKind.WEEKDAYS:
            names = [_(_WEEKDAYS[day]) for day in sorted(cadence.weekdays)]
    if len(names) == len(_WEEKDAYS):
        return _("Every day")
    if len(names) == 1:
        return names[0]
    # Translators: days of the week, such as "Mondays, Wednesdays and Fridays"
    return _("{days} and {last}").format(days=_(", ").join(names[:-1]), last=names[-1])
