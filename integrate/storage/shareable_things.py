"""What else may be handed on: of sessions, threads, insights, practices and check-ins.

As in :mod:`integrate.storage.shareable`: whatever is marked never share stays, and so does all that is in Recently
deleted or belongs to a session there. What was made from a kept thing inherited its mark; where the person lifted that,
seeing the words, it goes along, but never the words it came from. They stay where their entry or moment is kept,
deleted, damaged or belongs to such a session.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select, tuple_
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.check_ins import CheckIn
from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.logs import EffectLog, Log
from integrate.domain.moments import Moment
from integrate.domain.practices import Reply, Said
from integrate.domain.sessions import Line, LineKind, Session
from integrate.domain.threads import Insight, Link, Practice, Source, Station, Thread
from integrate.storage.check_ins import to_check_in
from integrate.storage.course_tables import (
    InsightRow,
    MomentRow,
    PracticeReplyRow,
    PracticeRow,
    SessionLineRow,
    SessionRow,
)
from integrate.storage.insights import to_insight
from integrate.storage.interrupts import Task
from integrate.storage.logs import LogKind, to_log
from integrate.storage.measures import MeasureReader
from integrate.storage.moments import to_moment
from integrate.storage.mood_tables import CheckInRow, LogRow
from integrate.storage.practices import to_practice
from integrate.storage.sealed_rows import read_row
from integrate.storage.session_lines import to_line
from integrate.storage.sessions import to_session
from integrate.storage.shareable import Readable, readable
from integrate.storage.tables import EntryRow
from integrate.storage.threads import ThreadReader, in_batches

Value = TypeVar("Value")
Written = TypeVar("Written", Insight, Practice)
OfSession = TypeVar("OfSession", Line, Moment)

_BATCH: Final = 500  # rows between two looks at whether anybody still wants them


def _in_live_session(session_id: Any) -> ColumnElement[bool]:
    return exists().where(SessionRow.id == session_id, SessionRow.deleted_us.is_(None))


_SESSION_MAY: Final = SessionRow.deleted_us.is_(None)
_EFFECTS_MAY: Final = and_(LogRow.deleted_us.is_(None), LogRow.kind == str(LogKind.EFFECTS))
_LINE_MAY: Final = and_(
    SessionLineRow.never_share.is_(False), SessionLineRow.deleted_us.is_(None),
    _in_live_session(SessionLineRow.session_id),
)  # fmt: skip
_MOMENT_MAY: Final = and_(
    MomentRow.never_share.is_(False), MomentRow.deleted_us.is_(None), _in_live_session(MomentRow.session_id)
)


_INSIGHT_MAY: Final = and_(InsightRow.deleted_us.is_(None), InsightRow.never_share.is_(False))
_PRACTICE_MAY: Final = and_(PracticeRow.deleted_us.is_(None), PracticeRow.never_share.is_(False))


@dataclass(frozen=True, slots=True)
class ShareableSession:
    """A session with what may be shared of its page and its moments, and the side effects noted after it.

    Lines count their places from 0 among those that are here.
    """

    session: Session
    lines: tuple[Line, ...] = ()
    moments: tuple[Moment, ...] = ()
    effects: Log | None = None


@dataclass(frozen=True, slots=True)
class ShareablePractice:
    """A practice with all that was said of it, in the order of the days."""

    practice: Practice
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class ShareableThread:
    """A thread with what may be shared of what hangs on it; ``sessions`` are those of its lines and moments."""

    thread: Thread
    intentions: tuple[Line, ...] = ()
    moments: tuple[Moment, ...] = ()
    insights: tuple[Insight, ...] = ()
    practices: tuple[ShareablePractice, ...] = ()
    sessions: tuple[Session, ...] = ()


class ShareableThings:
    """Everything but entries, as one session of the database sees it. ``task`` may end a long look.

    Every method raises Stopped when the task was ended.
    """

    def __init__(self, session: OrmSession, task: Task) -> None:
        self._session = session
        self._task = task

    def sessions(
        self, first_day: date | None, last_day: date | None, refs: Collection[SessionRef] | None
    ) -> Readable[ShareableSession]:
        """Sessions on these local days and with these numbers (None: any), by course and number.

        What of a session is damaged is counted. One without a day is there only where no day is asked for.
        """
        wanted = select(SessionRow).where(SessionRow.deleted_us.is_(None))
        if first_day is not None:
            wanted = wanted.where(SessionRow.day >= first_day.toordinal())
        if last_day is not None:
            wanted = wanted.where(SessionRow.day <= last_day.toordinal())
        if refs is not None:
            numbers = [(ref.course, ref.number) for ref in refs]
            wanted = wanted.where(tuple_(SessionRow.course, SessionRow.number).in_(numbers))
        rows = self._session.scalars(wanted.order_by(SessionRow.course, SessionRow.number))
        sessions = readable([_free(read_row(row, to_session)) for row in rows])
        ids = [one.id for one in sessions.values]
        lines = readable([_free(read_row(row, to_line)) for row in self._parts(SessionLineRow, _LINE_MAY, ids)])
        moments = readable([_free(read_row(row, to_moment)) for row in self._parts(MomentRow, _MOMENT_MAY, ids)])
        logs = readable([_free(read_row(row, to_log)) for row in self._parts(LogRow, _EFFECTS_MAY, ids)])
        lines_of = _by_session(lines.values)
        moments_of = _by_session(sorted(moments.values, key=_by_time))
        effects = {one.content.session_id: one for one in logs.values if isinstance(one.content, EffectLog)}
        found = tuple(
            ShareableSession(one, _in_places(lines_of[one.id]), tuple(moments_of[one.id]), effects.get(one.id))
            for one in sessions.values
        )
        bad = sessions.unreadable + lines.unreadable + moments.unreadable + logs.unreadable
        return Readable(found, bad)

    def insights(self, ids: Iterable[UUID] | None = None) -> Readable[Insight]:
        """Insights, the newest first: all, or those of ``ids``."""
        found = [read_row(row, to_insight) for row in self._rows(InsightRow, _INSIGHT_MAY, ids)]
        sources = _Sources(self._session, found)
        insights = readable([sources.freed(_free(one)) for one in found])
        return Readable(_newest_first(insights.values), insights.unreadable)

    def practices(self, ids: Iterable[UUID] | None = None) -> Readable[ShareablePractice]:
        """Practices with their replies, the newest first: all, or those of ``ids``."""
        rows = self._rows(PracticeRow, _PRACTICE_MAY, ids)
        practices = readable([_free(read_row(row, to_practice)) for row in rows])
        said, damaged_replies = self._said([one.id for one in practices.values])
        found = tuple(ShareablePractice(one, tuple(said[one.id])) for one in _newest_first(practices.values))
        return Readable(found, practices.unreadable + damaged_replies)

    def threads(self) -> Readable[ShareableThread]:
        """Threads that are not deleted, the newest first.

        One on which things hang of which none may be shared is left out: its name may speak of them. Only threads and
        what ties things to them are counted where damaged: the things are, where they are read themselves.
        """
        reader = ThreadReader(self._session)
        threads, links = readable(reader.list()), reader.links()
        hung = {one.id: readable(links.get(one.id, ())) for one in threads.values}
        at: dict[Station, set[UUID]] = {station: set() for station in Station}
        for link in (link for each in hung.values() for link in each.values):
            at[link.station].add(link.item_id)
        lines = readable(
            [_free(read_row(row, to_line)) for row in self._rows(SessionLineRow, _LINE_MAY, at[Station.INTENTION])]
        )
        moments = readable(
            [_free(read_row(row, to_moment)) for row in self._rows(MomentRow, _MOMENT_MAY, at[Station.MET])]
        )
        insights, practices = self.insights(at[Station.INSIGHT]), self.practices(at[Station.PRACTICE])
        owners = {one.session_id for one in lines.values} | {one.session_id for one in moments.values}
        sessions = readable([_free(read_row(row, to_session)) for row in self._rows(SessionRow, _SESSION_MAY, owners)])
        items = _Items(sessions.values, lines.values, moments.values, insights.values, practices.values)
        views = [items.view(one, hung[one.id].values) for one in threads.values]
        bad = threads.unreadable + sum(each.unreadable for each in hung.values())
        return Readable(tuple(one for one in views if one is not None), bad)

    def check_ins(self, first_day: date | None, last_day: date | None) -> Readable[CheckIn]:
        """Check-ins of these local days, the last first. A note that is never share is "", its numbers stay.

        One that holds nothing beside such a note is left out. The note itself has to be read: the seal is over it too.
        """
        wanted = select(CheckInRow).where(CheckInRow.deleted_us.is_(None))
        if first_day is not None:
            wanted = wanted.where(CheckInRow.local_day >= first_day.toordinal())
        if last_day is not None:
            wanted = wanted.where(CheckInRow.local_day <= last_day.toordinal())
        known = MeasureReader(self._session).known()
        rows = self._session.scalars(
            wanted.order_by(CheckInRow.about_us.desc(), CheckInRow.pk.desc()).execution_options(yield_per=_BATCH)
        )
        found: list[CheckIn | Unreadable | None] = []
        for some in rows.partitions():
            self._task.check()
            found += (_without_kept_note(read_row(row, lambda intact: to_check_in(intact, known))) for row in some)
        return readable([one for one in found if one is not None])

    def _said(self, practice_ids: Sequence[UUID]) -> tuple[Mapping[UUID, list[Said]], int]:
        """All replies by practice, in the order of the days, and how many are damaged."""
        said: dict[UUID, list[Said]] = {one: [] for one in practice_ids}
        bad = 0
        order = PracticeReplyRow.day, PracticeReplyRow.said_us, PracticeReplyRow.pk
        for some in in_batches(practice_ids):
            rows = select(PracticeReplyRow).where(PracticeReplyRow.practice_id.in_(some)).order_by(*order)
            for row in self._session.scalars(rows):
                one = read_row(row, _to_said)
                if isinstance(one, Said):
                    said[UUID(bytes=row.practice_id)].append(one)
                else:
                    bad += 1
        return said, bad

    def _parts(self, model: type[Any], may: ColumnElement[bool], session_ids: Iterable[UUID]) -> Iterator[Any]:
        """What belongs to these sessions, in the order it was written down."""
        for some in in_batches(session_ids):
            self._task.check()
            yield from self._session.scalars(select(model).where(model.session_id.in_(some), may).order_by(model.pk))

    def _rows(self, model: type[Any], may: ColumnElement[bool], ids: Iterable[UUID] | None) -> Sequence[Any]:
        self._task.check()
        if ids is None:
            return self._session.scalars(select(model).where(may).order_by(model.pk)).all()
        return [
            row
            for some in in_batches(ids)
            for row in self._session.scalars(select(model).where(model.id.in_(some), may).order_by(model.pk))
        ]


class _Sources:
    """What insights came from, deleted and damaged things too, to be asked whether their words may go along."""

    def __init__(self, session: OrmSession, insights: Iterable[Insight | Unreadable]) -> None:
        sources = [one.source for one in insights if isinstance(one, Insight)]
        self._entries = _by_id(session, EntryRow, (one.entry_id for one in sources))
        self._moments = _by_id(session, MomentRow, (one.moment_id for one in sources))
        owners = (UUID(bytes=row.session_id) for row in self._moments.values() if row.intact)
        self._sessions = _by_id(session, SessionRow, owners)

    def freed(self, insight: Insight | Unreadable) -> Insight | Unreadable:
        """The insight, without the words it came from unless these may be shared themselves."""
        if isinstance(insight, Unreadable):
            return insight
        entry = self._entries.get(insight.source.entry_id)
        moment = self._moments.get(insight.source.moment_id)
        rows = [row for row in (entry, moment) if row is not None]
        if moment is not None and moment.intact:
            rows.append(self._sessions.get(UUID(bytes=moment.session_id)))
        return insight if all(map(_may_be_quoted, rows)) else replace(insight, source=Source())


def _may_be_quoted(row: Any) -> bool:
    """Whether an entry, a moment or its session is whole, not deleted and not never share."""
    return row is not None and row.intact and row.deleted_us is None and not getattr(row, "never_share", False)


class _Items:
    """What may be shared of all that hangs on threads. What belongs to a session that cannot be read is not in it."""

    def __init__(
        self, sessions: Iterable[Session], lines: Iterable[Line], moments: Iterable[Moment],
        insights: Iterable[Insight], practices: Iterable[ShareablePractice],
    ) -> None:  # fmt: skip
        self._sessions = {one.id: one for one in sessions}
        self._lines = {one.id: one for one in lines if one.session_id in self._sessions}
        self._moments = {one.id: one for one in moments if one.session_id in self._sessions}
        self._insights = {one.id: one for one in insights}
        self._practices = {one.practice.id: one for one in practices}

    def view(self, thread: Thread, links: Sequence[Link]) -> ShareableThread | None:
        """The thread with what may be shared; None where things hang on it and none of them may."""
        lines = _at(Station.INTENTION, links, self._lines)
        moments = _at(Station.MET, links, self._moments)
        insights = _at(Station.INSIGHT, links, self._insights)
        practices = _at(Station.PRACTICE, links, self._practices)
        if links and not (lines or moments or insights or practices):
            return None
        owners = {one.session_id for one in lines} | {one.session_id for one in moments}
        sessions = tuple(sorted((self._sessions[one] for one in owners), key=lambda one: one.ref))
        return ShareableThread(thread, lines, moments, insights, practices, sessions)


def _at(station: Station, links: Iterable[Link], things: Mapping[UUID, Value]) -> tuple[Value, ...]:
    """What hangs at one station of a thread, in the order it was put there."""
    return tuple(things[link.item_id] for link in links if link.station is station and link.item_id in things)


def _by_id(session: OrmSession, model: type[Any], ids: Iterable[UUID | None]) -> dict[UUID | None, Any]:
    """Rows by their id, whatever their flags say, and damaged ones too."""
    return {
        UUID(bytes=row.id): row
        for some in in_batches(one for one in ids if one is not None)
        for row in session.scalars(select(model).where(model.id.in_(some)))
    }


def _free(found: Value | Unreadable) -> Value | Unreadable:
    """The same, unless what the seal covers says that it must stay: the statement asked for that already."""
    kept = getattr(found, "never_share", False) or getattr(found, "deleted", None) is not None
    return Unreadable(None) if kept else found


def _without_kept_note(found: CheckIn | Unreadable) -> CheckIn | Unreadable | None:
    if isinstance(found, Unreadable) or not found.draft.never_share:
        return _free(found)
    if not any(answer.is_given for answer in found.draft.answers):
        return None
    return _free(replace(found, draft=replace(found.draft, note="", never_share=False)))


def _in_places(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines by kind and in their order, counted anew: a gap would say that there is one more."""
    places: Counter[LineKind] = Counter()
    found = []
    for line in sorted(lines, key=lambda one: (one.kind, one.place)):
        found.append(replace(line, place=places[line.kind]))
        places[line.kind] += 1
    return tuple(found)


def _by_time(moment: Moment) -> datetime:
    return moment.mark.at.instant


def _by_session(things: Iterable[OfSession]) -> Mapping[UUID, list[OfSession]]:
    found: dict[UUID, list[OfSession]] = defaultdict(list)
    for one in things:
        found[one.session_id].append(one)
    return found


def _newest_first(things: Iterable[Written]) -> tuple[Written, ...]:
    return tuple(sorted(things, key=lambda one: (one.written, one.id.int), reverse=True))


def _to_said(row: PracticeReplyRow) -> Said:
    return Said(date.fromordinal(row.day), Reply(row.reply))
