"""Sessions: planned, held or cancelled, and what each of them is known by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from integrate.domain.entry import SessionRef, is_line, require_text
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from integrate.i18n import N_, _

LONGEST_PRESENT: Final = 3000
"""Characters of who was there: several people, each with a name as long as a line."""


class SessionState(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Setting(StrEnum):
    """Where a session takes place."""

    CLINIC = "clinic"
    OFFICE = "office"
    HOME = "home"
    OTHER = "other"


class Route(StrEnum):
    """How the medicine is given: the list of the source article."""

    INFUSION = "infusion"
    INJECTION = "injection"
    NASAL_SPRAY = "nasal-spray"
    LOZENGE = "lozenge"
    TABLET = "tablet"
    OTHER = "other"


SETTING_WORDS: Final = MappingProxyType(
    {
        Setting.CLINIC: N_("At the clinic"),
        Setting.OFFICE: N_("At the therapist's office"),
        Setting.HOME: N_("At home"),
        Setting.OTHER: N_("Somewhere else"),
    }
)
ROUTE_WORDS: Final = MappingProxyType(
    {
        Route.INFUSION: N_("IV infusion"),
        Route.INJECTION: N_("Intramuscular injection"),
        Route.NASAL_SPRAY: N_("Nasal spray"),
        Route.LOZENGE: N_("Oral lozenge"),
        Route.TABLET: N_("Sublingual tablet"),
        Route.OTHER: N_("Other"),
    }
)


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """What a person says of a session.

    ``day`` is the local day it is planned for, or was held on; with a ``started`` it is that one's own day. ``at`` is
    the planned time of that day, in whole minutes, and ``zone`` the one both are meant in. A planned session that has
    a ``started`` is a held one. ``dose`` is free text, as prescribed. ``present`` names who was there; ``by_video``
    whether anyone was there that way.

    Raises:
        WrongUsage: the end is before the start, a held session has no day, or a text is too long or not one line.
    """

    state: SessionState = SessionState.PLANNED
    day: date | None = None
    at: time | None = None
    zone: str = "UTC"
    started: ZonedTime | None = None
    ended: ZonedTime | None = None
    setting: Setting | None = None
    route: Route | None = None
    dose: str = ""
    present: str = ""
    by_video: bool = False

    def __post_init__(self) -> None:
        require_text(self.zone)
        if not is_line(self.dose):
            raise WrongUsage(reason=_("The dose is one line of at most 300 characters."))
        if not is_line(self.present, LONGEST_PRESENT):
            raise WrongUsage(reason=_("Who was there is one line of at most 3,000 characters."))
        if self.started is not None and self.ended is not None and self.ended.instant < self.started.instant:
            raise WrongUsage(reason=_("The end is before the start. Nothing was changed."))
        if self.ended is not None and self.started is None:
            raise WrongUsage(reason=_("A session that ended has a start as well."))
        if self.started is not None:
            object.__setattr__(self, "day", self.started.local_date())
            if self.state is SessionState.PLANNED:
                object.__setattr__(self, "state", SessionState.HELD)
        if self.at is not None:
            object.__setattr__(self, "at", time(self.at.hour, self.at.minute))
        if self.state is SessionState.HELD and self.day is None:
            raise WrongUsage(reason=_("A session that took place has a day."))


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a course. ``revision`` counts its saves from 1; ``deleted`` is when it went to Recently deleted."""

    id: UUID
    ref: SessionRef
    draft: SessionDraft
    revision: int
    created: datetime
    updated: datetime
    deleted: datetime | None = None

    @property
    def state(self) -> SessionState:
        """Planned, held or cancelled."""
        return self.draft.state

    @property
    def day(self) -> date | None:
        """Its own local day: day 0."""
        return self.draft.day

    @property
    def length(self) -> timedelta | None:
        """From start to end, where both are known."""
        draft = self.draft
        return draft.ended.instant - draft.started.instant if draft.started and draft.ended else None


class LineKind(StrEnum):
    """What a line on the page of a session is."""

    INTENTION = "intention"
    CHECK = "check"  # of the checklist: done or not
    FOR_PRESCRIBER = "for-prescriber"  # a question; its answer, and done once it was asked
    FOR_THERAPIST = "for-therapist"
    HOPE = "hope"
    WORRY = "worry"
    ANCHOR = "anchor"  # for hard moments
    TOUCH = "touch"  # what is okay, what is not, the stop word
    TALK = "talk"  # what I want to talk about
    AGREED = "agreed"  # what we agreed


@dataclass(frozen=True, slots=True)
class Line:
    """A line somebody wrote for a session, in its place among those of its kind (from 0). May be as long as they like.

    Raises:
        WrongUsage: it is empty, or no valid text.
    """

    id: UUID
    session_id: UUID
    kind: LineKind
    place: int
    text: str
    written: datetime
    done: bool = False
    answer: str = ""
    answered: datetime | None = None
    never_share: bool = False

    def __post_init__(self) -> None:
        require_text(self.text)
        require_text(self.answer)
        if not self.text.strip():
            raise WrongUsage(reason=_("A line needs at least one word."))


def is_ahead(draft: SessionDraft, now: datetime) -> bool:
    """Whether it is said to have been held, at a time or on a day that is still to come where it was held.

    ``now`` is an aware instant. Nothing is refused for it: the person is asked whether they mean a plan.
    """
    if draft.state is not SessionState.HELD or draft.day is None:
        return False
    if draft.started is not None:
        return draft.started.instant > now
    return draft.day > ZonedTime(now, draft.zone).local_date()


def is_over_another(draft: SessionDraft, others: tuple[Session, ...]) -> Session | None:
    """The session that was going on at the same time, if any: two at once are a slip of the pen."""
    if draft.state is not SessionState.HELD or draft.started is None:
        return None
    begin, end = _span(draft.started, draft.ended)
    for other in others:
        if other.state is not SessionState.HELD or other.draft.started is None or other.deleted is not None:
            continue
        first, last = _span(other.draft.started, other.draft.ended)
        if begin < last and first < end:
            return other
    return None


def _span(started: ZonedTime, ended: ZonedTime | None) -> tuple[datetime, datetime]:
    least = timedelta(minutes=1)
    return started.instant, max(ended.instant if ended else started.instant, started.instant + least)
