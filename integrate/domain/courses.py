"""Courses: a planned series of sessions, the plan the clinic gave, and the people of the care team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.entry import is_line, require_text
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.domain.touch_points import USUAL_DAYS, clean_days
from integrate.errors import WrongUsage
from integrate.i18n import N_, _, ngettext

MOST_SESSIONS: Final = 999
MOST_DAYS: Final = 3650


class CareRole(StrEnum):
    """What somebody of the care team does."""

    THERAPIST = "therapist"
    PRESCRIBER = "prescriber"
    COMPANION = "companion"
    OTHER = "other"


ROLE_WORDS: Final = MappingProxyType(
    {
        CareRole.THERAPIST: N_("Therapist"),
        CareRole.PRESCRIBER: N_("Prescriber"),
        CareRole.COMPANION: N_("Companion"),
        CareRole.OTHER: N_("Someone else"),
    }
)


@dataclass(frozen=True, slots=True)
class Carer:
    """Somebody of the care team. ``in_help`` lets Help now show them, ``shown_locked`` without a passphrase too.

    The second is of effect only with the first: :attr:`is_readable` says whether both were chosen.

    Raises:
        WrongUsage: the name is empty, or a text is longer than 300 characters or not one line.
    """

    id: UUID
    name: str
    role: CareRole
    number: str = ""
    in_help: bool = False
    shown_locked: bool = False

    @property
    def is_readable(self) -> bool:
        """Whether name and number are to lie readable on the computer, for Help now while the journal is locked."""
        return self.in_help and self.shown_locked

    def __post_init__(self) -> None:
        for text in (self.name, self.number):
            _require_line(text)
        if not self.name.strip():
            raise WrongUsage(reason=_("Somebody of the care team needs a name."))


@dataclass(frozen=True, slots=True)
class Plan:
    """What the clinic gave, as the person typed it; nothing of it has a default that could look like advice.

    ``sessions`` is their number, ``spacing`` the days from one to the next, ``starts`` the first day. ``instructions``
    are the clinic's own. ``medicine`` and ``other_medicines`` are named as the person does. ``medicine_place`` is where
    it is kept, ``medicine_keeper`` who could keep it. ``next_appointment`` is one that is no session. ``touch_days``
    are the days after a session on which Today offers to look back; none at all is a choice too.

    Raises:
        WrongUsage: a number is out of range or a text no text.
    """

    sessions: int | None = None
    spacing: int | None = None
    starts: date | None = None
    instructions: str = ""
    medicine_place: str = ""
    medicine_keeper: str = ""
    medicine: str = ""
    other_medicines: str = ""
    next_appointment: date | None = None
    touch_days: tuple[int, ...] = USUAL_DAYS

    def __post_init__(self) -> None:
        if self.sessions is not None and not 1 <= self.sessions <= MOST_SESSIONS:
            raise WrongUsage(reason=_("The number of sessions is between 1 and 999, or left open."))
        if self.spacing is not None and not 1 <= self.spacing <= MOST_DAYS:
            raise WrongUsage(reason=_("The days between sessions are between 1 and 3650, or left open."))
        require_text(self.instructions)
        for text in (self.medicine_place, self.medicine_keeper, self.medicine, self.other_medicines):
            _require_line(text)
        try:
            object.__setattr__(self, "touch_days", clean_days(self.touch_days))
        except ValueError:
            raise WrongUsage(reason=_("Days to look back lie between 0, the evening itself, and 366.")) from None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed yet."""
        return self == Plan()


@dataclass(frozen=True, slots=True)
class Course:
    """A course by its ``number``, from 1. ``checklist`` is the template of its sessions. ``closed`` is None while open.

    ``early_signs`` and ``agreed`` were written on closing it; ``looks_back`` lets touch-points go on after it. Empty
    lines of the checklist are left out.

    Raises:
        WrongUsage: a text is no valid text.
    """

    id: UUID
    number: int
    plan: Plan
    care_team: tuple[Carer, ...] = ()
    checklist: tuple[str, ...] = ()
    closed: datetime | None = None
    early_signs: str = ""
    agreed: str = ""
    looks_back: bool = False
    revision: int = 1

    def __post_init__(self) -> None:
        for text in (*self.checklist, self.early_signs, self.agreed):
            require_text(text)
        object.__setattr__(self, "checklist", tuple(line for line in self.checklist if line.strip()))

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return self.closed is not None

    def close(self, now: datetime, early_signs: str, agreed: str, *, looks_back: bool = False) -> Course:
        """The course, closed. No reason is asked for.

        Raises:
            WrongUsage: a text is no valid text.
        """
        return replace(self, closed=now, early_signs=early_signs, agreed=agreed, looks_back=looks_back)


@dataclass(frozen=True, slots=True)
class PlanFact:
    """Two facts side by side. ``kind`` is "spacing" (days) or "number" (sessions)."""

    kind: str
    planned: int
    now: int

    def words(self) -> str:
        """Both in one line, without a word about them: "Your plan: 14 days. This session: day 9."."""
        if self.kind == "spacing":
            sentence = ngettext(
                "Your plan: {planned} day. This session: day {now}.",
                "Your plan: {planned} days. This session: day {now}.",
                self.planned,
            )
        else:
            sentence = ngettext(
                "Your plan: {planned} session. This session: number {now}.",
                "Your plan: {planned} sessions. This session: number {now}.",
                self.planned,
            )
        return sentence.format(planned=self.planned, now=self.now)


def plan_facts(plan: Plan, sessions: Iterable[Session], draft: SessionDraft, number: int) -> tuple[PlanFact, ...]:
    """What differs from the plan if ``draft`` is logged as session ``number``: earlier than the spacing, or beyond.

    ``sessions`` are those of the same course; only held ones count, and only those up to the day of ``draft``. So a
    session that was cancelled or deleted does not bring anybody closer to the end of their plan, whatever the numbers.
    """
    if draft.state is not SessionState.HELD or draft.day is None:
        return ()
    facts = []
    before = [
        one.day
        for one in sessions
        if one.state is SessionState.HELD and one.deleted is None and one.ref.number != number
        and one.day is not None and one.day <= draft.day
    ]  # fmt: skip
    if plan.spacing is not None and before:
        days = (draft.day - max(before)).days
        if days < plan.spacing:
            facts.append(PlanFact("spacing", plan.spacing, days))
    if plan.sessions is not None and len(before) + 1 > plan.sessions:
        facts.append(PlanFact("number", plan.sessions, len(before) + 1))
    return tuple(facts)


def planned_days(plan: Plan) -> tuple[date, ...]:
    """The days the plan names, where it names a start, a number and a spacing; else those it does name."""
    if plan.starts is None:
        return ()
    count = plan.sessions if plan.spacing is not None and plan.sessions is not None else 1
    spacing = timedelta(days=plan.spacing or 0)
    try:
        return tuple(plan.starts + spacing * place for place in range(count))
    except OverflowError:
        raise WrongUsage(reason=_("The plan would go on beyond the year 9999.")) from None


def _require_line(text: str) -> None:
    if not is_line(text):
        raise WrongUsage(reason=_("This is one line of at most 300 characters."))
