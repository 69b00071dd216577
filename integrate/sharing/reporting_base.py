"""What every part of a report needs: the packet, how it is written, its sessions, and short ways to make blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from integrate.charts.sessions import SessionMark
from integrate.domain.check_ins import ADDED_LATER
from integrate.domain.entry import SessionRef
from integrate.domain.listing import Stop
from integrate.domain.sessions import Session, SessionState
from integrate.domain.sharing import Section
from integrate.domain.times import ZonedTime
from integrate.domain.trends import SessionDay, session_days
from integrate.domain.trends.tables import Cell, Table
from integrate.domain.trends.words import session_words
from integrate.i18n import _
from integrate.sharing.packet import Packet, PacketSession
from integrate.sharing.report import Grid, Words
from integrate.sharing.writing_style import WritingStyle, ordinal_words, value_words

NOTHING: Final = "–"
"""Stands where there could be nothing, such as a day that is still to come. It is never "no answer"."""


@dataclass(frozen=True)
class Telling:
    """A packet as it is told in one report."""

    packet: Packet
    style: WritingStyle
    stop: Stop

    @cached_property
    def held(self) -> tuple[SessionDay, ...]:
        """The sessions that took place, in order of time."""
        return session_days(one.session for one in self.packet.sessions)

    @cached_property
    def by_time(self) -> tuple[PacketSession, ...]:
        """Those sessions with what belongs to them, in order of time."""
        found = {one.session.id: one for one in self.packet.sessions}
        return tuple(found[one.session_id] for one in self.held)

    @property
    def all_held(self) -> tuple[SessionDay, ...]:
        """When sessions took place, also of those that were not chosen: to compare numbers, never to be told."""
        return self.packet.held or self.held

    @cached_property
    def first(self) -> SessionDay | None:
        """Session 1: the first that took place in the newest course that has one."""
        newest = max((one.ref.course for one in self.all_held), default=0)
        return next((one for one in self.all_held if one.ref.course == newest), None)

    @cached_property
    def coming(self) -> Session | None:
        """The next session that is planned for a day, where sessions are told of at all."""
        if not self.tells_sessions:
            return None
        today = self.packet.made.local_date()
        ahead = [
            (one.session.day, one.session.ref, one.session)
            for one in self.packet.sessions
            if one.session.state is SessionState.PLANNED and one.session.day is not None and one.session.day >= today
        ]
        return min(ahead, key=lambda one: one[:2])[2] if ahead else None

    @property
    def tells_sessions(self) -> bool:
        """Whether more is told of sessions than when they were."""
        return Section.SESSIONS in self.packet.selection.sections

    @cached_property
    def several(self) -> bool:
        """Whether a session needs the number of its course to be known."""
        return len({one.session.ref.course for one in self.packet.sessions}) > 1

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and the last day of every chart, as ordinals: from the first thing that one of them can show."""
        packet = self.packet
        last = min(packet.last_day or self.today, self.today).toordinal()
        days = [one.response.day.toordinal() for form in packet.forms for one in form.responses]
        days += [series.days[0] for one in packet.measures for series in one.series if series.days]
        days += [one.day for one in self.held[:1]]
        return min([*days, last]), last

    @cached_property
    def today(self) -> date:
        """The local day it was made on."""
        return self.packet.made.local_date()

    @cached_property
    def earlier(self) -> date | None:
        """The day of the last file for the same person."""
        return self.packet.selection.since or self.packet.last_file

    @cached_property
    def marks(self) -> tuple[SessionMark, ...]:
        """The sessions as charts show them."""
        return tuple(SessionMark(one.day, self.number(one.ref), True) for one in self.held)

    def number(self, ref: SessionRef) -> str:
        """A session by its number alone: "4", or "2.4" where there are several courses."""
        return f"{ref.course}.{ref.number}" if self.several else str(ref.number)


def said(text: str) -> Words:
    """Words of the program."""
    return Words(text)


def theirs(text: str) -> Words:
    """Words of the person."""
    return Words(text, theirs=True)


def grid(caption: str, headings: Iterable[str], rows: Iterable[Iterable[Words]], widths: Sequence[float]) -> Grid:
    """A table whose widths are parts of the whole, whatever they add up to here."""
    total = sum(widths)
    return Grid(
        caption, tuple(headings), tuple(tuple(row) for row in rows), tuple(width / total for width in widths)
    )  # fmt: skip


def twin(caption: str, table: Table) -> Grid:
    """The table twin of a chart."""
    rows = ((said(_in_words(cell)) for cell in row) for row in table.rows)
    return grid(caption, table.headings, rows, (1.6, *(1.0,) * (len(table.headings) - 1)))


def _in_words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else value_words(cell)


def when_words(moment: ZonedTime) -> str:
    """A day with the time of day it was lived at."""
    return _("{day}, {time}").format(
        day=ordinal_words(moment.local_date().toordinal()), time=moment.local().strftime("%H:%M")
    )


def after_words(day: date, ref: SessionRef | None, sessions: Iterable[SessionDay]) -> str:
    """The day after a session: "day 1 after session 4"; "" where neither is known."""
    if ref is None:
        return ""
    known = next((one for one in sessions if one.ref == ref), None)
    if known is None:
        return session_words(ref)
    days = day.toordinal() - known.day
    if days == 0:
        return _("the day of session {number}").format(number=ref.number)
    if days < 0:
        return _("before session {number}").format(number=ref.number)
    return _("day {day} after session {number}").format(day=days, number=ref.number)


def later_words(about: datetime, written: datetime, allowed: timedelta = ADDED_LATER) -> str:
    """Says "added later" where something was written more than a day after what it is about, else ""."""
    return _("added later") if written - about > allowed else ""


def joined(parts: Iterable[str]) -> str:
    """Some facts in one line, those that are empty left out."""
    return _(", ").join(part for part in parts if part)
