"""Sessions of a packet, with no more of them than the chosen sections need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final

from integrate.domain.courses import ROLE_WORDS, Course
from integrate.domain.listing import Stop
from integrate.domain.logs import EffectLog, Log
from integrate.domain.moments import Mark, Moment, MomentKind
from integrate.domain.sessions import Line, LineKind, Session, SessionDraft, SessionState
from integrate.domain.sharing import Section, Selection
from integrate.domain.trends import SessionDay, session_days
from integrate.errors import RecordDamaged
from integrate.i18n import _
from integrate.journal.courses import list_courses
from integrate.journal.opening import Journal
from integrate.journal.people import list_people
from integrate.journal.shareable import ShareableSession, shareable_sessions
from integrate.sharing.packet import PacketSession

_ASKED_AND_TOLD: Final = frozenset({LineKind.FOR_PRESCRIBER, LineKind.FOR_THERAPIST, LineKind.TALK, LineKind.AGREED})
_NEEDED_FOR: Final = frozenset({Section.SESSIONS, Section.MOOD, Section.THREADS, Section.VITALS})


def chosen_sessions(journal: Journal, selection: Selection, stop: Stop) -> tuple[tuple[PacketSession, ...], int]:
    """Sessions that took place or are planned, of the chosen days and numbers; how many things could not be read.

    Without the section of sessions there are only their days, for mood around them, and what other sections chose of
    them. Cancelled sessions are left out.

    Raises:
        Stopped, DatabaseDamaged.
    """
    if not selection.sections & _NEEDED_FOR:
        return (), 0
    days = selection.first_day, selection.last_day
    found = shareable_sessions(journal, *days, selection.sessions, stop=stop)
    roles = {} if selection.present_names else _roles(journal)
    kept = (one for one in found.values if one.session.state is not SessionState.CANCELLED)
    sessions = tuple(_session(one, selection, roles) for one in kept)
    return sessions, found.unreadable


def held_sessions(journal: Journal, selection: Selection, stop: Stop) -> tuple[SessionDay, ...]:
    """When each session took place until the last chosen day, and nothing else of it.

    Where nothing is told of sessions or around them there is none.

    Raises:
        Stopped, DatabaseDamaged.
    """
    if not selection.sections & _NEEDED_FOR:
        return ()
    found = shareable_sessions(journal, None, selection.last_day, stop=stop)
    return session_days(_bare(one.session) for one in found.values)


def _session(one: ShareableSession, selection: Selection, roles: Mapping[str, str]) -> PacketSession:
    sections, session = selection.sections, one.session
    lines = tuple(line for line in one.lines if _is_chosen(line, selection))
    moments = tuple(_moments(one, selection))
    if Section.SESSIONS not in sections:
        return PacketSession(_bare(session), lines, moments)
    if not selection.present_names:
        session = replace(session, draft=replace(session.draft, present=_by_role(session.draft.present, roles)))
    return PacketSession(session, lines, moments, _effects(one.effects, vitals=Section.VITALS in sections))


def _is_chosen(line: Line, selection: Selection) -> bool:
    if line.kind is LineKind.INTENTION:
        return Section.THREADS in selection.sections
    return line.kind in _ASKED_AND_TOLD and Section.SESSIONS in selection.sections


def _moments(one: ShareableSession, selection: Selection) -> Iterator[Moment]:
    """Readings only with the section of vital signs, everything else only with that of sessions."""
    for moment in one.moments:
        if moment.mark.kind is MomentKind.VITALS:
            if Section.VITALS in selection.sections:
                yield moment
        elif Section.SESSIONS in selection.sections:
            yield moment if Section.VITALS in selection.sections else without_readings(moment)


def without_readings(moment: Moment) -> Moment:
    """A moment that is no reading, without the numbers somebody noted beside it."""
    mark = moment.mark
    if mark.pulse is mark.systolic is mark.diastolic is None:
        return moment
    plain = Mark(mark.kind, mark.at, mark.by, mark.words, effect=mark.effect, strength=mark.strength)
    return replace(moment, mark=plain)


def _effects(log: Log | None, *, vitals: bool) -> EffectLog | None:
    if log is None or not isinstance(log.content, EffectLog):
        return None
    if vitals:
        return log.content
    return replace(log.content, lines=tuple(replace(line, reading="") for line in log.content.lines))


def _bare(session: Session) -> Session:
    """When it was, and nothing else of it."""
    was = session.draft
    return replace(session, draft=SessionDraft(was.state, was.day, was.at, was.zone, was.started))


def _roles(journal: Journal) -> Mapping[str, str]:
    """The role of each name, also of the first of several; of two people with one name that of the care team."""
    found: dict[str, str] = {}
    people: list[tuple[str, str]] = []
    with suppress(RecordDamaged):  # somebody of them is then somebody who was there
        people += [(person.name, person.role.strip()) for person in list_people(journal)]
    carers = [
        (carer.name, _(ROLE_WORDS[carer.role]))
        for course in list_courses(journal)
        if isinstance(course, Course)
        for carer in course.care_team
    ]
    for name, role in (*people, *carers):
        if role and name.strip():
            found[_key(name)] = role
            found[_key(name.split()[0])] = role
    return found


def _by_role(present: str, roles: Mapping[str, str]) -> str:
    """Who was there, each by their role and each role once; somebody unknown is somebody who was there."""
    names = [name for name in present.split(",") if name.strip()]
    return ", ".join(dict.fromkeys(roles.get(_key(name), _("Someone with me")) for name in names))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
