"""Check-ins: a few quick answers at one time. "No answer" is an answer of its own and never 0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from integrate.domain.entry import require_text
from integrate.domain.measures import MOST_WORDS, Definition, MeasureKind, require_word
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.i18n import _

LONGEST_NOTE: Final = 4000
MOST_ANSWERS: Final = 200

ADDED_LATER: Final = timedelta(hours=24)
"""Written so long after what it is about, a check-in says that it was added later."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one version of a measure. ``value`` None and no ``words`` is "No answer"; a word is there once.

    A measure of which nothing can be read any more has an id that names none: its answer has no definition.

    Raises:
        WrongUsage: more than three words, or a number and words at once.
    """

    measure_id: UUID
    version: int
    value: float | None = None
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for word in self.words:
            require_text(word)
        object.__setattr__(self, "words", tuple(dict.fromkeys(self.words)))
        if len(self.words) > MOST_WORDS or (self.words and self.value is not None):
            raise WrongUsage(reason=_("Up to three words can be chosen."))

    @property
    def is_given(self) -> bool:
        """Whether something was answered."""
        return self.value is not None or bool(self.words)


@dataclass(frozen=True, slots=True)
class CheckInDraft:
    """What somebody answers. ``about`` is the time it is about; a measure that is not in ``answers`` was not asked.

    ``never_share`` is of the ``note``; where there is no note it is False.

    Raises:
        WrongUsage: the note is too long, there is nothing in it at all, or a measure is answered twice.
    """

    about: ZonedTime
    answers: tuple[Answer, ...] = ()
    note: str = ""
    never_share: bool = False

    def __post_init__(self) -> None:
        require_text(self.note)
        if len(self.note) > LONGEST_NOTE:
            raise WrongUsage(reason=_("A note has at most 4,000 characters. An entry has room for more."))
        if not self.note.strip() and not any(answer.is_given for answer in self.answers):
            raise WrongUsage(reason=_("A check-in has at least one answer or a line of words."))
        ids = [answer.measure_id for answer in self.answers]
        if len(set(ids)) < len(ids) or len(ids) > MOST_ANSWERS:
            raise WrongUsage(reason=_("Each measure is answered once in a check-in."))
        if not self.note.strip() and self.never_share:
            object.__setattr__(self, "never_share", False)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A check-in in the journal. ``written`` is when it was first written, whatever was changed later."""

    id: UUID
    draft: CheckInDraft
    written: ZonedTime
    updated: datetime
    revision: int = 1
    deleted: datetime | None = None

    @property
    def day(self) -> date:
        """The local day it is about."""
        return self.draft.about.local_date()

    @property
    def added_later(self) -> bool:
        """Whether it was written more than a day after what it is about."""
        return self.written.instant - self.draft.about.instant > ADDED_LATER


def require_fit(answer: Answer, definition: Definition) -> None:
    """Refuse an answer that its measure does not take. "No answer" always fits.

    Raises:
        WrongUsage: it is out of range, between two steps, a number where words are asked for, or the other way round.
    """
    if definition.kind is MeasureKind.WORDS:
        for word in answer.words:
            require_word(word)
        if answer.value is not None:
            raise WrongUsage(reason=_("“{measure}” is answered with words.").format(measure=definition.name))
    elif answer.words or (answer.value is not None and not definition.takes(answer.value)):
        if definition.step == 1:
            reason = _("“{measure}” takes a whole number from {lowest} to {highest}.")
        else:
            reason = _("“{measure}” takes a number from {lowest} to {highest}, in quarters.")
        lowest, highest = definition.spans
        raise WrongUsage(reason=reason.format(measure=definition.name, lowest=lowest, highest=highest))
