"""What the Share page reads, each in one go on a lane: what there is to choose from, entries, and the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtGui import QImage

from integrate.domain.entry import Unreadable
from integrate.domain.moments import MomentKind
from integrate.domain.sessions import LineKind, Session, SessionState
from integrate.domain.sharing import MOST_TALK, Paper, Recipient, Selection, SharedFile
from integrate.journal.ledger import list_shared
from integrate.journal.measures import list_measures
from integrate.journal.recipients import recipients_on_offer
from integrate.journal.shareable import (
    Readable,
    count_shareable_entries,
    shareable_responses,
    shareable_sessions,
    shareable_summaries,
    shareable_threads,
)
from integrate.sharing.resolving import missing_passages, packet_contents, resolve_packet

if TYPE_CHECKING:
    from integrate.domain.courses import Carer
    from integrate.domain.entry import EntrySummary, SessionRef
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.journal.shareable import ShareableSession
    from integrate.sharing.packet import Packet
    from integrate.sharing.preview import Pages

ENTRIES_AT_ONCE: Final = 20
_USUAL_DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class OfferedSession:
    """A session that can be chosen. ``readings`` counts its vital signs."""

    session: Session
    readings: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to choose from.

    ``responses`` are (questionnaire, day) of what was filled in, ``measures`` (id, name) of all that is asked, ``talk``
    what was written to talk about before the coming session, ``for_paper`` the sessions a sheet of paper can be
    about, that one first. ``unreadable`` counts what is damaged.
    """

    people: tuple[Recipient | Carer, ...]
    sessions: tuple[OfferedSession, ...]
    responses: tuple[tuple[str, date], ...]
    threads: int
    measures: tuple[tuple[UUID, str], ...]
    talk: tuple[str, ...]
    coming: SessionRef | None
    for_paper: tuple[Session, ...]
    ledger: tuple[SharedFile | Unreadable, ...]
    first_day: date
    unreadable: int

    def last_for(self, person: Recipient | Carer | None) -> SharedFile | None:
        """The last file that was saved for somebody."""
        if person is None:
            return None
        name = folded(person.name)
        for one in self.ledger:
            if isinstance(one, SharedFile) and (one.recipient_id == person.id or folded(one.recipient) == name):
                return one
        return None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some of the entries of the days that are chosen; ``count`` is how many there are in all."""

    found: Readable[EntrySummary]
    count: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """The packet of a selection with its pages. The counts are those of what is really in it."""

    selection: Selection
    packet: Packet = field(repr=False)
    pages: Pages = field(repr=False)
    file_stem: str
    entries: int
    sessions: int
    responses: int
    missing_passages: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Page ``number`` as it looks."""

    number: int
    image: QImage


def folded(name: str) -> str:
    """A name however it is spelled in capitals and blanks."""
    return " ".join(name.split()).casefold()


def read_offer(journal: Journal, stop: Stop, *, today: date) -> Offer:
    """What there is to choose from, up to ``today``."""
    sessions = shareable_sessions(journal, stop=stop)
    responses = shareable_responses(journal)
    stop.check()
    threads = shareable_threads(journal, stop=stop)
    measures = list_measures(journal, all=True)
    held = [one for one in sessions.values if one.session.state is SessionState.HELD]
    asked = tuple((one.questionnaire.title, one.response.day) for one in responses.values)
    days = [one.session.day for one in held if one.session.day is not None] + [day for _title, day in asked]
    coming = _coming(sessions.values, today)
    return Offer(
        people=recipients_on_offer(journal),
        sessions=tuple(OfferedSession(one.session, _readings(one)) for one in held),
        responses=asked,
        threads=len(threads.values),
        measures=tuple((one.id, one.definition.name) for one in measures if not isinstance(one, Unreadable)),
        talk=_talk(coming),
        coming=None if coming is None else coming.session.ref,
        for_paper=(*(() if coming is None else (coming.session,)), *(one.session for one in reversed(held))),
        ledger=list_shared(journal),
        first_day=min((*days, today), default=today) if days else today - timedelta(days=_USUAL_DAYS),
        unreadable=sessions.unreadable + responses.unreadable + threads.unreadable,
    )


def _readings(one: ShareableSession) -> int:
    return sum(moment.mark.kind is MomentKind.VITALS for moment in one.moments)


def _coming(sessions: tuple[ShareableSession, ...], today: date) -> ShareableSession | None:
    """The next session that is planned, from today on; one without a day where none has one."""
    ahead = [
        one
        for one in sessions
        if one.session.state is SessionState.PLANNED and (one.session.day is None or one.session.day >= today)
    ]
    return min(ahead, key=lambda one: (one.session.day or date.max, one.session.ref), default=None)


def _talk(coming: ShareableSession | None) -> tuple[str, ...]:
    if coming is None:
        return ()
    lines = (line.text.strip() for line in coming.lines if line.kind is LineKind.TALK)
    return tuple(" ".join(text.split()) for text in lines if text)[:MOST_TALK]


def read_entries(
    journal: Journal, stop: Stop, *, first_day: date | None, last_day: date | None,
    sessions: frozenset[SessionRef] | None, skip: int,
) -> EntryPage:  # fmt: skip
    """The next entries of these days that may be shared, the newest first."""
    found = shareable_summaries(journal, first_day, last_day, sessions, limit=ENTRIES_AT_ONCE, skip=skip, stop=stop)
    return EntryPage(found, count_shareable_entries(journal, first_day, last_day, sessions))


def prepare(journal: Journal, stop: Stop, *, selection: Selection, paper: Paper) -> Prepared:
    """The very pages of the file that ``selection`` would make, in memory."""
    from integrate.sharing.preview import pages_of
    from integrate.sharing.reporting import make_report

    packet = resolve_packet(journal, selection, stop=stop)
    report = make_report(packet, stop=stop)
    pages = pages_of(report, paper, stop=stop)
    contents = packet_contents(packet)
    return Prepared(
        selection,
        packet,
        pages,
        report.file_stem,
        len(contents.entries),
        len(contents.sessions),
        len(contents.responses),
        missing_passages(selection, packet),
    )


def draw(_journal: Journal, stop: Stop, *, pages: Pages, number: int, width: int) -> Picture:
    """One page as a picture of ``width`` pixels."""
    data = pages.picture(number, width)
    stop.check()
    return Picture(number, QImage.fromData(data))
