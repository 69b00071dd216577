"""Logs of facts: side effects after a session, and what changes slowly. There is no score and no limit in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.entry import is_line, require_text
from integrate.domain.moments import EFFECTS, Strength
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.i18n import N_, _

LONGEST_LINE: Final = 300
LONGEST_NOTE: Final = 4000
MOST_LINES: Final = 100
PULL_RANGE: Final = range(11)
SLOW_EVERY_DAYS: Final = 28

MORE_EFFECTS: Final = MappingProxyType(
    {
        "dizziness": N_("Dizziness"),
        "headache": N_("Headache"),
        "sleepiness": N_("Sleepiness"),
        "unreal": N_("Feeling unreal or detached"),
        "anxiety": N_("Anxiety"),
    }
)
"""Asked after the four of the source article (:data:`integrate.domain.moments.EFFECTS`)."""

ALL_EFFECTS: Final = MappingProxyType({**EFFECTS, **MORE_EFFECTS})


class YesNo(StrEnum):
    """An answer to a plain question. Not answered is None, never "no"."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


YES_NO_WORDS: Final = MappingProxyType({YesNo.NO: N_("No"), YesNo.YES: N_("Yes"), YesNo.UNSURE: N_("Unsure")})


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One side effect after a session. ``effect`` is a key of :data:`ALL_EFFECTS` or a name somebody typed.

    ``began`` and ``ended`` are local clock times, ``told`` who was told, ``reading`` a reading as typed.

    Raises:
        WrongUsage: a text is too long or not one line.
    """

    effect: str
    strength: Strength
    began: time | None = None
    ended: time | None = None
    told: str = ""
    reading: str = ""

    def __post_init__(self) -> None:
        for text in (self.effect, self.told, self.reading):
            if not is_line(text, LONGEST_LINE):
                raise WrongUsage(reason=_("Each line of a side effect has at most 300 characters."))
        if not self.effect.strip():
            raise WrongUsage(reason=_("A side effect has a name."))


@dataclass(frozen=True, slots=True)
class EffectLog:
    """The side effects noted after one session, as a whole; a new one takes the place of the one before.

    With no line in it, it says that somebody looked and there was nothing to note.

    Raises:
        WrongUsage: there are too many lines, or the note is too long.
    """

    session_id: UUID
    lines: tuple[EffectLine, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.lines) > MOST_LINES:
            raise WrongUsage(reason=_("There is room for 100 side effects after a session."))
        _require_note(self.note)


SLOW_QUESTIONS: Final = MappingProxyType(
    {
        "bladder-often": N_("Needing the toilet more often, or more urgently"),
        "bladder-pain": N_("Pain when passing water"),
        "bladder-blood": N_("Blood in the water"),
        "memory": N_("A change in memory or concentration"),
    }
)
"""Asked every four weeks: facts only."""


@dataclass(frozen=True, slots=True)
class SlowLog:
    """What changes slowly, as it was answered once. ``pull`` is the pull toward unplanned doses, 0 to 10 or None.

    Raises:
        WrongUsage: nothing was answered, a question twice, the pull is no such number, or the note is too long.
    """

    answers: tuple[tuple[str, YesNo], ...] = ()
    pull: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        _require_note(self.note)
        if len({question for question, _answer in self.answers}) < len(self.answers):
            raise WrongUsage(reason=_("Each question is answered once."))
        if self.pull is not None and (type(self.pull) is not int or self.pull not in PULL_RANGE):
            raise WrongUsage(reason=_("The pull is a number from 0 to 10, or not set."))
        if not self.answers and self.pull is None and not self.note.strip():
            raise WrongUsage(reason=_("There is nothing to keep yet."))


@dataclass(frozen=True, slots=True)
class Log:
    """A log in the journal: ``about`` is the time it is about, ``written`` when it was first written."""

    id: UUID
    content: EffectLog | SlowLog
    about: ZonedTime
    written: ZonedTime
    updated: datetime
    revision: int = 1
    deleted: datetime | None = None

    @property
    def day(self) -> date:
        """The local day it is about."""
        return self.about.local_date()


def _require_note(note: str) -> None:
    require_text(note)
    if len(note) > LONGEST_NOTE:
        raise WrongUsage(reason=_("A note has at most 4,000 characters. An entry has room for more."))
