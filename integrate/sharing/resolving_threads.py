"""Insights, practices and threads of a packet: those about its sessions, or of its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from integrate.domain.entry import SessionRef
from integrate.domain.listing import Stop
from integrate.domain.moments import Moment, MomentKind
from integrate.domain.sharing import Section, Selection
from integrate.domain.threads import Insight, Source
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Journal
from integrate.journal.shareable import (
    ShareablePractice,
    ShareableThread,
    shareable_insights,
    shareable_practices,
    shareable_threads,
)
from integrate.sharing.packet import PacketEntry, PacketPractice, PacketSession, PacketThread
from integrate.sharing.resolving_sessions import without_readings


@dataclass(frozen=True, slots=True)
class ChosenThreads:
    """What was found, insights and practices the earliest first."""

    threads: tuple[PacketThread, ...] = ()
    insights: tuple[Insight, ...] = ()
    practices: tuple[PacketPractice, ...] = ()
    unreadable: int = 0


def chosen_threads(
    journal: Journal, selection: Selection, zone: str, sessions: Iterable[PacketSession],
    entries: Iterable[PacketEntry], stop: Stop,
) -> ChosenThreads:  # fmt: skip
    """Insights about a chosen session or of the chosen days, practices that came of them or began then, and threads.

    Where sessions were chosen, only what is about them. The words an insight came from are with it only where they
    are in the packet anyway, and what was said of a practice only where it is of the chosen days. ``zone`` is the one
    in which what has no zone of its own was written.

    Raises:
        Stopped, DatabaseDamaged.
    """
    if Section.THREADS not in selection.sections:
        return ChosenThreads()
    refs = {one.session.id: one.session.ref for one in sessions}
    choice = _Choice(selection, zone, MappingProxyType(refs), _texts(entries))
    found, done = shareable_insights(journal, stop=stop), shareable_practices(journal, stop=stop)
    hung = shareable_threads(journal, stop=stop)
    insights = {one.id: choice.bare(one) for one in found.values if choice.takes_insight(one)}
    practices = {
        one.practice.id: PacketPractice(one.practice, tuple(said for said in one.said if selection.holds_day(said.day)))
        for one in done.values
        if choice.takes_practice(one, insights)
    }
    threads = (choice.thread(one, insights, practices) for one in hung.values)
    return ChosenThreads(
        tuple(one for one in threads if one is not None),
        tuple(sorted(insights.values(), key=lambda one: (one.written, one.id.bytes))),
        tuple(sorted(practices.values(), key=lambda one: (one.practice.written, one.practice.id.bytes))),
        found.unreadable + done.unreadable + hung.unreadable,
    )


def _texts(entries: Iterable[PacketEntry]) -> Mapping[UUID, str]:
    """The words of each entry that are in the packet."""
    return MappingProxyType({one.summary.id: one.body or "\n".join(one.passages) for one in entries})


@dataclass(frozen=True, slots=True)
class _Choice:
    """The rule. ``refs`` are the sessions of the packet by id, ``texts`` the words of its entries."""

    selection: Selection
    zone: str
    refs: Mapping[UUID, SessionRef]
    texts: Mapping[UUID, str]

    def _is_then(self, written: datetime) -> bool:
        """Whether it lies in the chosen days, where these alone were chosen."""
        day = ZonedTime(written, self.zone).local_date()
        return self.selection.sessions is None and self.selection.holds_day(day)

    def takes_insight(self, insight: Insight) -> bool:
        return insight.session in self.refs.values() or self._is_then(insight.written)

    def takes_practice(self, one: ShareablePractice, insights: Mapping[UUID, Insight]) -> bool:
        practice = one.practice
        if practice.insight_id in insights:
            return True
        return self.selection.sessions is None and self.selection.holds_day(practice.since)

    def bare(self, insight: Insight) -> Insight:
        """The insight without words of an entry, or a moment, that was not chosen."""
        source = insight.source
        if source.entry_id is not None and source.quote and source.quote in self.texts.get(source.entry_id, ""):
            return insight
        return replace(insight, source=Source())

    def thread(
        self, one: ShareableThread, insights: Mapping[UUID, Insight], practices: Mapping[UUID, PacketPractice]
    ) -> PacketThread | None:
        """A thread with what is chosen of it; None where nothing is, or where it is empty and of another time."""
        lines = tuple(line for line in one.intentions if line.session_id in self.refs)
        moments = tuple(self._moments(one.moments))
        found = tuple(insights[insight.id] for insight in one.insights if insight.id in insights)
        done = tuple(practices[each.practice.id] for each in one.practices if each.practice.id in practices)
        hangs = bool(one.intentions or one.moments or one.insights or one.practices)
        if not (lines or moments or found or done) and (hangs or not self._is_then(one.thread.created)):
            return None
        about = {line.session_id for line in lines} | {moment.session_id for moment in moments}
        refs = MappingProxyType({key: ref for key, ref in self.refs.items() if key in about})
        return PacketThread(one.thread, lines, moments, found, done, refs)

    def _moments(self, moments: Iterable[Moment]) -> Iterable[Moment]:
        """Moments belong to their session: without the section of sessions no page would show them."""
        if Section.SESSIONS not in self.selection.sections:
            return
        vitals = Section.VITALS in self.selection.sections
        for moment in moments:
            if moment.session_id in self.refs and (vitals or moment.mark.kind is not MomentKind.VITALS):
                yield moment if vitals else without_readings(moment)
