"""What the sheet before the room reads and writes: the sessions to choose from, and that one of them begins now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from integrate.domain.courses import Plan
from integrate.domain.entry import Changes
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.domain.times import ZonedTime
from integrate.domain.where import is_running
from integrate.journal.courses import begin_course, current_course
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_session, change_session, get_session, list_sessions

if TYPE_CHECKING:
    from integrate.domain.listing import Stop

_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """Sessions the room can be for, the likeliest first, and how many could not be read.

    ``medicine`` and ``others`` are the medicines as the plan names them; "" where it does not.
    """

    sessions: tuple[Session, ...]
    unreadable: int = 0
    medicine: str = ""
    others: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that goes on now, as it is on the disk."""

    session: Session
    changes: Changes


def read_offer(chosen: UUID | None, journal: Journal, _stop: Stop) -> Offer:
    """The session that goes on, then those planned, the nearest to today first. ``chosen`` comes before all.

    Raises:
        RecordDamaged: the newest course cannot be read. DatabaseDamaged.
    """
    now = ZonedTime(journal.clock.now(), journal.clock.zone())
    today = now.local_date()
    course = current_course(journal)
    found = list_sessions(journal) if course is not None else ()
    sessions = [one for one in found if isinstance(one, Session)]
    running = [one for one in sessions if is_running(one, now)]
    planned = [one for one in sessions if one.state is SessionState.PLANNED]

    def distance(session: Session) -> tuple[int, int]:
        days = abs((session.day - today).days) if session.day is not None else 1_000_000
        return days, session.ref.number

    offered = [*running, *sorted(planned, key=distance)]
    if chosen is not None:
        first = [one for one in sessions if one.id == chosen] or [get_session(journal, chosen)]
        offered = [*first, *(one for one in offered if one.id != chosen)]
    plan = course.plan if course is not None else Plan()
    return Offer(tuple(offered[:_MOST]), len(found) - len(sessions), plan.medicine, plan.other_medicines)


def begin(session_id: UUID | None, sitter: str, journal: Journal) -> Begun:
    """Let a session begin now, or a new one; where there is no course yet, the first begins with it.

    One that goes on already keeps its start. ``sitter`` is noted as who is there, unless it is empty.

    Raises:
        What :func:`integrate.journal.sessions.add_session` and ``change_session`` raise.
    """
    started = ZonedTime(journal.clock.now(), journal.clock.zone())
    if session_id is None:
        if current_course(journal) is None:
            begin_course(journal)
        draft = SessionDraft(SessionState.HELD, zone=started.zone, started=started, present=sitter)
        saved = add_session(journal, draft)
        return Begun(saved.session, Changes(frozenset({"sessions", "courses", "lines"}), frozenset({saved.session.id})))
    was = get_session(journal, session_id)
    draft = was.draft
    if draft.started is None:
        draft = replace(draft, state=SessionState.HELD, started=started, ended=None, zone=started.zone)
    if sitter:
        draft = replace(draft, present=sitter)
    if draft == was.draft:
        return Begun(was, Changes(frozenset(), frozenset()))
    saved = change_session(journal, session_id, draft)
    return Begun(saved.session, saved.changes)
