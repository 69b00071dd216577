"""Moments: what was marked in a session, by the person or the sitter, in the room or afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.entry import require_text
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.i18n import N_, _

LONGEST_WORDS: Final = 4000
_NUMBERS: Final = range(1, 1000)  # what a device can show; never compared with any limit


class MomentKind(StrEnum):
    """What was marked."""

    MARK = "mark"
    WORDS = "words"
    VITALS = "vitals"
    EFFECT = "effect"


class Strength(StrEnum):
    """How strong a side effect was. There is no number behind it."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    STRONG = "strong"


class By(StrEnum):
    """Who marked it."""

    ME = "me"
    SITTER = "sitter"


EFFECTS: Final = MappingProxyType(
    {
        "nausea": N_("Nausea"),
        "heart-rate": N_("Increased heart rate"),
        "blood-pressure": N_("Elevated blood pressure"),
        "disorientation": N_("Disorientation"),
    }
)
"""The four of the source article; any other is a name somebody types."""

STRENGTH_WORDS: Final = MappingProxyType(
    {
        Strength.NONE: N_("none"),
        Strength.MILD: N_("mild"),
        Strength.MODERATE: N_("moderate"),
        Strength.STRONG: N_("strong"),
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment as it is marked, before it belongs to a session in the journal.

    ``pulse`` counts beats a minute; ``systolic`` and ``diastolic`` are mmHg. Numbers are kept as they were typed and
    compared with nothing. ``effect`` is a key of :data:`EFFECTS` or a name.

    Raises:
        WrongUsage: it says nothing of its kind, or a number is not between 1 and 999.
    """

    kind: MomentKind
    at: ZonedTime
    by: By = By.ME
    words: str = ""
    pulse: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    effect: str = ""
    strength: Strength | None = None

    def __post_init__(self) -> None:
        for text in (self.words, self.effect):
            require_text(text)
        if len(self.words) > LONGEST_WORDS or len(self.effect) > LONGEST_WORDS:
            raise WrongUsage(reason=_("A moment holds up to 4,000 characters. An entry holds as many as you like."))
        numbers = (self.pulse, self.systolic, self.diastolic)
        if any(number is not None and number not in _NUMBERS for number in numbers):
            raise WrongUsage(reason=_("A reading is a whole number from 1 to 999."))
        if (self.systolic is None) != (self.diastolic is None):
            raise WrongUsage(reason=_("Blood pressure is two numbers, such as 124 and 78."))
        if self.kind is MomentKind.WORDS and not self.words.strip():
            raise WrongUsage(reason=_("There are no words in it."))
        if self.kind is MomentKind.VITALS and all(number is None for number in numbers):
            raise WrongUsage(reason=_("A reading is a pulse, a blood pressure, or both."))
        if self.kind is MomentKind.EFFECT and (not self.effect.strip() or self.strength is None):
            raise WrongUsage(reason=_("A side effect has a name and how strong it was."))


@dataclass(frozen=True, slots=True)
class Moment:
    """A mark in the journal. ``in_room``: marked in the session room; ``after_restart``: its record had no seal."""

    id: UUID
    session_id: UUID
    mark: Mark
    created: datetime
    in_room: bool = False
    after_restart: bool = False
    never_share: bool = False
    revision: int = 1
    deleted: datetime | None = None
