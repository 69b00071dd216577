"""The packet: exactly what a person chose, as one frozen value. Every kind of file renders it and nothing else.

Whatever is marked *Never share* cannot be in it: the queries that feed it leave such things out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from integrate.domain.check_ins import CheckIn
from integrate.domain.courses import Course
from integrate.domain.entry import AttachmentInfo, EntrySummary, SessionRef
from integrate.domain.logs import EffectLog
from integrate.domain.measures import Definition, Measure
from integrate.domain.moments import Moment
from integrate.domain.practices import Said
from integrate.domain.questionnaires import Questionnaire
from integrate.domain.responses import Response
from integrate.domain.scoring import Score
from integrate.domain.series import Series
from integrate.domain.sessions import Line, Session
from integrate.domain.sharing import Selection
from integrate.domain.threads import Insight, Practice, Thread
from integrate.domain.times import ZonedTime
from integrate.domain.trends import SessionDay


@dataclass(frozen=True, slots=True)
class PacketEntry:
    """An entry that was chosen: its whole ``body``, or only ``passages`` of it.

    With passages ``body`` is "" and there is no title, excerpt, prompt, mood, tags or attachments.
    """

    summary: EntrySummary
    body: str
    passages: tuple[str, ...] = ()
    attachments: tuple[AttachmentInfo, ...] = ()
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class PacketSession:
    """A session with what was written on its page and marked in it.

    ``moments`` hold vital signs only where these were chosen. ``effects`` is the log of side effects after it.
    """

    session: Session
    lines: tuple[Line, ...] = ()
    moments: tuple[Moment, ...] = ()
    effects: EffectLog | None = None


@dataclass(frozen=True, slots=True)
class PacketResponse:
    """One filled-in questionnaire with its score.

    Unless the answers to single items were chosen, they are not in the packet at all: ``response`` holds none, and
    of the score there are the total and how many items were answered, without which of them were declined.
    """

    response: Response
    score: Score


@dataclass(frozen=True, slots=True)
class PacketForm:
    """All responses to one questionnaire as it was asked, the oldest first.

    ``baseline`` is the response that was chosen to compare the others with; with ``baseline_elsewhere`` one was chosen
    that is not of these days, and nothing stands in for it. ``wordings`` are the texts that responses
    were asked with, where these are others than the newest, which is ``questionnaire``.
    """

    questionnaire: Questionnaire
    responses: tuple[PacketResponse, ...]
    baseline: UUID | None = None
    wordings: tuple[Questionnaire, ...] = ()
    baseline_elsewhere: bool = False

    def asked_in(self, one: PacketResponse) -> Questionnaire:
        """The questionnaire in the wording that this response was asked in."""
        known = (self.questionnaire, *self.wordings)
        return next((asked for asked in known if asked.digest == one.response.draft.digest), self.questionnaire)


@dataclass(frozen=True, slots=True)
class PacketMeasure:
    """A measure with every number of the chosen days: a series is whole or absent. One series for each range."""

    measure: Measure
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class PacketPractice:
    """A practice and what was said of it."""

    practice: Practice
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class PacketThread:
    """A thread: intention, what was met, insight, practice; ``session_refs`` names sessions by id."""

    thread: Thread
    intentions: tuple[Line, ...] = ()
    moments: tuple[Moment, ...] = ()
    insights: tuple[Insight, ...] = ()
    practices: tuple[PacketPractice, ...] = ()
    session_refs: Mapping[UUID, SessionRef] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything a file may hold, and what it says of itself.

    ``author`` is the name printed ("" for none): the pseudonym where there is one. ``first_day`` and ``last_day``
    are the days it really covers. ``definitions`` has what each answered number means. ``check_ins`` have their notes
    only where these may be shared. ``measures_left_out`` are names. ``unreadable`` counts damaged things that could
    not be taken along. ``courses`` stay empty: plans and care teams are nobody's choice. ``last_file`` is the day of
    the last file that was saved for the same person before today, None for none. ``held`` has when each session took
    place, also of those that were not chosen, until the last of the days: numbers lie around sessions, and a baseline
    before session 1, whichever of them were chosen. No file tells of these days.
    """

    id: UUID
    made: ZonedTime
    program: str
    selection: Selection
    author: str
    first_day: date | None
    last_day: date | None
    courses: tuple[Course, ...] = ()
    sessions: tuple[PacketSession, ...] = ()
    forms: tuple[PacketForm, ...] = ()
    measures: tuple[PacketMeasure, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    definitions: Mapping[tuple[UUID, int], Definition] = field(default_factory=lambda: MappingProxyType({}))
    threads: tuple[PacketThread, ...] = ()
    insights: tuple[Insight, ...] = ()
    practices: tuple[PacketPractice, ...] = ()
    entries: tuple[PacketEntry, ...] = ()
    measures_left_out: tuple[str, ...] = ()
    unreadable: int = 0
    last_file: date | None = None
    held: tuple[SessionDay, ...] = ()
