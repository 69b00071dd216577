"""Measures: what a check-in asks. Those that ship are data; people add their own, rename them and give them ranges.

Whatever changes the meaning of a number (name, ends, range, step, direction) makes a new *version* of the measure; an
answer keeps the version it was given to, and with it the words that stood beside it. Which versions are drawn as one
line is the rule of :mod:`integrate.domain.series`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.entry import is_line
from integrate.errors import WrongUsage
from integrate.i18n import N_, _

LONGEST_NAME: Final = 300
LONGEST_END: Final = 60
PARTS: Final = 4
"""An answer is kept in quarters of a step of 1, so that a quarter of an hour of sleep is a whole number."""

FARTHEST: Final = 100_000
"""No range reaches farther than this from 0."""

MOST_WORDS: Final = 3
"""Feeling words in one answer."""

LONGEST_WORD: Final = 60
LONGEST_LIST: Final = 200
"""Words of one measure to choose from."""


class MeasureKind(StrEnum):
    """How a measure is answered."""

    SCALE = "scale"  # dots or a short range, whole steps
    NUMBER = "number"  # typed, such as hours of sleep
    WORDS = "words"  # up to three words from a list


class Direction(StrEnum):
    """Which numbers a person hopes for. It is said in words and never coloured."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class HowOften(StrEnum):
    """When a measure is offered. None of them is ever late."""

    EACH = "each"  # in every check-in
    AROUND_SESSIONS = "around-sessions"  # from the day before a session to three days after
    WEEKLY = "weekly"  # from the seventh day after the last answer
    WHEN_I_LIKE = "when-i-like"  # only where it is asked for


HOW_OFTEN_WORDS: Final = MappingProxyType(
    {
        HowOften.EACH: N_("In each check-in"),
        HowOften.AROUND_SESSIONS: N_("Around sessions"),
        HowOften.WEEKLY: N_("Once a week"),
        HowOften.WHEN_I_LIKE: N_("When I like"),
    }
)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number of a measure means.

    ``low`` and ``high`` are the words at both ends, ``lowest`` and ``highest`` its range, both inclusive. ``step`` is 1
    or 0.25 (a quarter). ``unit`` is a word such as "hours", often "". Of a measure of words only the name counts.

    Raises:
        WrongUsage: the name is empty, too long or not one line, the range is empty or too far, or a step fits not.
    """

    name: str
    low: str = ""
    high: str = ""
    lowest: int = 0
    highest: int = 10
    step: float = 1
    direction: Direction = Direction.NEITHER
    kind: MeasureKind = MeasureKind.SCALE
    unit: str = ""

    def __post_init__(self) -> None:
        for text in (self.name, self.low, self.high, self.unit):
            if not is_line(text):
                raise WrongUsage(reason=_("The name of a measure and the words at its ends are one line each."))
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise WrongUsage(reason=_("A measure has a name of at most 300 characters."))
        if max(len(self.low), len(self.high), len(self.unit)) > LONGEST_END:
            raise WrongUsage(reason=_("The words at the ends of a measure have at most 60 characters."))
        if self.kind is not MeasureKind.WORDS and not -FARTHEST <= self.lowest < self.highest <= FARTHEST:
            raise WrongUsage(reason=_("The lowest number of a measure is below its highest."))
        if self.step not in (1, 0.25):
            raise WrongUsage(reason=_("A measure goes in steps of 1 or of a quarter."))

    def takes(self, value: float) -> bool:
        """Whether ``value`` lies in the range and on a step."""
        if self.kind is MeasureKind.WORDS or value != value:
            return False
        return self.lowest <= value <= self.highest and (value / self.step).is_integer()

    @property
    def spans(self) -> tuple[int, int]:
        """The whole range: the y axis of every chart of this measure."""
        return self.lowest, self.highest


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as it is asked now. ``version`` counts its definitions from 1.

    ``key`` is the name of one that ships ("mood") or "" of one's own. ``place`` orders the check-in; ``in_use`` is
    whether it is asked at all. ``words`` are the feeling words to choose from, only of that kind.
    """

    id: UUID
    key: str
    definition: Definition
    version: int
    place: int
    in_use: bool
    how_often: HowOften
    words: tuple[str, ...] = ()
    revision: int = 1
    deleted: datetime | None = None

    @property
    def name(self) -> str:
        """What it is called now."""
        return self.definition.name


def clean_words(kind: MeasureKind, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words to choose from, each once and without blanks around it; none of a measure that is no list of words.

    Raises:
        WrongUsage: there is none of a list of words, there are more than 200, or one is too long or not one line.
    """
    if kind is not MeasureKind.WORDS:
        return ()
    for word in words:
        require_word(word)
    cleaned = tuple(dict.fromkeys(word.strip() for word in words))
    if not cleaned or len(cleaned) > LONGEST_LIST:
        raise WrongUsage(reason=_("A list has between 1 and 200 words to choose from."))
    return cleaned


def require_word(word: str) -> None:
    """Refuse what is no word to choose.

    Raises:
        WrongUsage: it is blank, too long or not one line.
    """
    if not word.strip() or not is_line(word, LONGEST_WORD):
        raise WrongUsage(reason=_("A word to choose is one line of at most 60 characters."))
