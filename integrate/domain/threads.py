"""Threads: from an intention through what was met to an insight and a practice, with where each of them came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from integrate.domain.entry import SessionRef, require_text
from integrate.domain.practices import Cadence, PracticeState
from integrate.errors import WrongUsage
from integrate.i18n import _


class ThreadState(StrEnum):
    """Whether a thread goes on."""

    OPEN = "open"
    RESTING = "resting"
    CLOSED = "closed"


class Station(StrEnum):
    """The four places of a thread, in their order."""

    INTENTION = "intention"  # a line of a session's preparation
    MET = "met"  # a moment
    INSIGHT = "insight"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread by its name, which may be empty and of any length.

    Raises:
        WrongUsage: the name is not one line, or no valid text.
    """

    id: UUID
    name: str
    state: ThreadState
    created: datetime
    revision: int = 1
    deleted: datetime | None = None

    def __post_init__(self) -> None:
        require_text(self.name)
        if self.name.splitlines() not in ([], [self.name]):
            raise WrongUsage(reason=_("The name of a thread is one line."))


@dataclass(frozen=True, slots=True)
class Link:
    """One thing at a station of a thread, by its id."""

    thread_id: UUID
    station: Station
    item_id: UUID


@dataclass(frozen=True, slots=True)
class Source:
    """Where an insight came from: the words ``quote`` of an entry as it was at ``revision``, or a moment.

    The quote is kept even if the entry changes, and goes when the entry is purged.

    Raises:
        WrongUsage: the quote is no valid text.
    """

    quote: str = ""
    entry_id: UUID | None = None
    revision: int | None = None
    moment_id: UUID | None = None

    def __post_init__(self) -> None:
        require_text(self.quote)


@dataclass(frozen=True, slots=True)
class Insight:
    """What somebody came to see. ``never_share`` is inherited from the source; only the person lifts it.

    Raises:
        WrongUsage: it is empty, or no valid text.
    """

    id: UUID
    text: str
    session: SessionRef | None
    source: Source
    written: datetime
    never_share: bool = False
    revision: int = 1
    deleted: datetime | None = None

    def __post_init__(self) -> None:
        _require_words(self.text)


@dataclass(frozen=True, slots=True)
class Practice:
    """A small change in daily life, since the local day ``since``; ``insight_id`` is what it came from.

    ``asked`` is the day on which the app asked whether it still fits.

    Raises:
        WrongUsage: it is empty, or no valid text.
    """

    id: UUID
    text: str
    cadence: Cadence
    since: date
    state: PracticeState
    insight_id: UUID | None
    written: datetime
    asked: date | None = None
    never_share: bool = False
    revision: int = 1
    deleted: datetime | None = None

    def __post_init__(self) -> None:
        _require_words(self.text)


@dataclass(frozen=True, slots=True)
class Letter:
    """Words to oneself, written after a session: sealed until the prepare window of the next one opens.

    Raises:
        WrongUsage: it is empty, or no valid text.
    """

    id: UUID
    session_id: UUID
    text: str
    written: datetime
    opened: datetime | None = None
    never_share: bool = False
    revision: int = 1
    deleted: datetime | None = None

    def __post_init__(self) -> None:
        _require_words(self.text)


def _require_words(text: str) -> None:
    require_text(text)
    if not text.strip():
        raise WrongUsage(reason=_("This needs at least one word."))
