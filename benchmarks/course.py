"""A long course: from a click to Today or to the page of a session, and how that grows with the journal.

Whole processes with a real window, as in :mod:`benchmarks.window`: what counts ends when everything was read and the
last of it is painted. Each figure is told twice, against the time in which nobody notices a delay and against the same
in a journal of a tenth. The sessions compared hold as many moments in both; the one with the most stands for itself.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from benchmarks.journals import MadeJournal, Subjects, make_journal
from benchmarks.measure import Figure
from benchmarks.texts import Texts
from benchmarks.window import in_child
from integrate.domain.courses import Plan
from integrate.domain.entry import SessionRef
from integrate.domain.moments import By, Mark, MomentKind
from integrate.domain.practices import Cadence, CadenceKind, PracticeState, Reply, Said
from integrate.domain.sessions import LineKind, Route, Session, SessionDraft, SessionState, Setting
from integrate.domain.threads import Link, Source, Station
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Access, Journal
from integrate.storage.courses import CourseWriter
from integrate.storage.insights import InsightWriter
from integrate.storage.letters import LetterWriter
from integrate.storage.moments import MomentWriter, TouchAnswer
from integrate.storage.practices import PracticeWriter
from integrate.storage.session_lines import LineWriter
from integrate.storage.sessions import SessionWriter
from integrate.storage.threads import ThreadWriter

SESSIONS: Final = 60
MOMENTS: Final = 5_000
LIMIT: Final = 0.050
"""Seconds from a click to the page."""
GROWTH: Final = 1.3

_A_TENTH: Final = 10
_ORDINARY: Final = 80  # moments of every session but the fullest
_FULLEST: Final = 2  # its number
_ROUNDS: Final = 4
_APART: Final = 14  # days between two sessions
_SINCE_THE_LAST: Final = 3  # days: a touch-point is due, and the next session is planned
_PRACTISED: Final = 30  # days on which each practice was answered
_OPEN: Final = 5  # practices that go on; those before rest
_KINDS: Final = (
    LineKind.INTENTION, LineKind.INTENTION, LineKind.FOR_PRESCRIBER, LineKind.FOR_THERAPIST, LineKind.HOPE,
    LineKind.WORRY, LineKind.ANCHOR, LineKind.TALK, LineKind.AGREED,
)  # fmt: skip
_CHECKS: Final = 8
"""Lines of the checklist."""


@dataclass(frozen=True, slots=True)
class _Course:
    """A journal with a course, and the sessions that are looked at."""

    journal: MadeJournal
    fullest: UUID
    ordinary: tuple[UUID, ...]


def pages(subjects: Subjects, folder: Path) -> Iterator[Figure]:
    """Today, a session, and the session with the most moments."""
    long = _fill(subjects.large.copied("long-course.integrate"), subjects.texts, SESSIONS, MOMENTS)
    sessions, entries = SESSIONS // _A_TENTH, subjects.entries // _A_TENTH
    texts = Texts(entries, sessions)
    brief = _fill(make_journal(folder / "brief-course.integrate", texts, entries), texts, sessions, MOMENTS // _A_TENTH)
    ours, base = [], []
    for _round in range(_ROUNDS):
        ours.append(_look(long))
        base.append(_look(brief))
    much = f"{SESSIONS} sessions, {MOMENTS:,} moments, {subjects.entries:,} entries"
    fullest = MOMENTS - (SESSIONS - 2) * _ORDINARY
    yield _within(f"click to Today, {much} / {LIMIT * 1000:.0f} ms", ours, "today")
    yield _grown("  the same / in a journal of a tenth", ours, base, "today")
    yield _within(
        f"click to a session of {_ORDINARY} moments, the same journal / {LIMIT * 1000:.0f} ms", ours, "session"
    )
    yield _grown("  the same / in a journal of a tenth", ours, base, "session")
    yield _within(f"click to the session with the most moments, {fullest} / {LIMIT * 1000:.0f} ms", ours, "fullest")
    yield _within(f"the first click on a session after unlocking / {LIMIT * 1000:.0f} ms", ours, "first", target=None)


def _within(name: str, ours: Sequence[dict[str, list[float]]], key: str, *, target: float | None = 1.0) -> Figure:
    medians = [statistics.median(one[key]) for one in ours]
    slowest = max(taken for one in ours for taken in one[key])
    shown = f"{statistics.median(medians) * 1000:.3g} ms, {slowest * 1000:.3g} ms at worst"
    return Figure(name, tuple(median / LIMIT for median in medians), target, shown)


def _grown(
    name: str, ours: Sequence[dict[str, list[float]]], base: Sequence[dict[str, list[float]]], key: str
) -> Figure:
    left = [statistics.median(one[key]) for one in ours]
    right = [statistics.median(one[key]) for one in base]
    shown = f"{statistics.median(left) * 1000:.3g} against {statistics.median(right) * 1000:.3g} ms"
    return Figure(name, tuple(one / two for one, two in zip(left, right, strict=True)), GROWTH, shown)


def _look(course: _Course) -> dict[str, list[float]]:
    """Seconds of each click in a process of its own, by what it leads to."""
    journal = course.journal
    found: dict[str, list[float]] = in_child(
        "pages", str(journal.place), journal.words, str(course.fullest), *map(str, course.ordinary)
    )
    return found


# --- the journals -----------------------------------------------------------------------------------------------------


def _fill(made: MadeJournal, texts: Texts, sessions: int, moments: int) -> _Course:
    """Give a journal its course, in one transaction."""
    with made.open(Access.WRITE) as journal:
        database = journal.vault.database
        with database.write() as connection:
            held = _Filling(journal, connection, texts, sessions, moments).write()
    return _Course(made, held[_FULLEST - 1], tuple(held[-3:]))


class _Filling:
    """Writes sessions with everything that hangs on them. The last one is still to come."""

    def __init__(self, journal: Journal, connection: Connection, texts: Texts, sessions: int, moments: int) -> None:
        self._own = own = (connection, journal.vault.database.sealer)
        self._count, self._moments_in_all = sessions, moments
        self._now, self._zone = journal.clock.now(), journal.clock.zone()
        self._texts = texts
        self._rank = 0
        self._sessions = SessionWriter(*own)
        self._lines = LineWriter(self._sessions.rows)
        self._moments = MomentWriter(*own)
        self._threads = ThreadWriter(*own)
        self._insights = InsightWriter(*own)
        self._practices = PracticeWriter(*own)
        self._letters = LetterWriter(*own)

    def write(self) -> list[UUID]:
        """All of it; the ids of the sessions that took place."""
        begin = self._day_of(1)
        CourseWriter(*self._own).add(Plan(self._count, _APART, begin.date()), (), (), begin)
        ids = [self._held(number) for number in range(1, self._count)]
        self._session(self._count, SessionState.PLANNED)
        return ids

    def _day_of(self, number: int) -> datetime:
        last = self._now - timedelta(days=_SINCE_THE_LAST)
        return last - timedelta(days=_APART * (self._count - 1 - number))

    def _session(self, number: int, state: SessionState) -> tuple[Session, int]:
        at = ZonedTime(self._day_of(number), self._zone)
        held = state is SessionState.HELD
        until = ZonedTime(at.instant + timedelta(hours=2), self._zone) if held else None
        draft = SessionDraft(
            state, at.local_date(), at.local().time().replace(second=0, microsecond=0), self._zone,
            at if held else None, until, Setting.CLINIC, Route.INJECTION, self._words(3), self._words(4),
        )  # fmt: skip
        return self._sessions.add(SessionRef(1, number), draft, at.instant)

    def _held(self, number: int) -> UUID:
        session, pk = self._session(number, SessionState.HELD)
        begun = self._day_of(number)
        self._lines.add_checks(session.id, pk, [self._words(5) for _line in range(_CHECKS)], begun)
        lines = [self._lines.add(session.id, kind, self._words(14), begun) for kind in _KINDS]
        moments = [self._moment(session.id, place, begun) for place in range(self._moments_of(number))]
        for day in (0, 1):
            self._moments.settle(session.id, day, TouchAnswer.DONE, begun)
        insight = self._insights.add(
            self._words(16), begun, session=session.ref, source=Source(moment_id=moments[0])
        )  # fmt: skip
        practice = self._practice(number, insight.id)
        thread = self._threads.add(self._words(2), begun)
        hung = (
            (Station.INTENTION, lines[0].id), (Station.MET, moments[0]), (Station.INSIGHT, insight.id),
            (Station.PRACTICE, practice),
        )  # fmt: skip
        for station, item_id in hung:
            self._threads.link(Link(thread.id, station, item_id))
        letter = self._letters.add(session.id, self._words(120), begun)
        if number < self._count - 1:
            self._letters.open(letter.id, begun)
        return session.id

    def _moments_of(self, number: int) -> int:
        return self._moments_in_all - (self._count - 2) * _ORDINARY if number == _FULLEST else _ORDINARY

    def _moment(self, session_id: UUID, place: int, begun: datetime) -> UUID:
        """Half of them have words, one in ten is a pulse."""
        at = ZonedTime(begun + timedelta(seconds=10 * place), self._zone)
        mark = Mark(MomentKind.MARK, at)
        if place % 2:
            mark = Mark(MomentKind.WORDS, at, words=self._words(9))
        elif place % 10 == 0:
            mark = Mark(MomentKind.VITALS, at, By.SITTER, pulse=64 + place % 9, systolic=118, diastolic=76)
        return self._moments.add(session_id, mark, at.instant, in_room=True).id

    def _practice(self, number: int, insight_id: UUID) -> UUID:
        begun, today = self._day_of(number), ZonedTime(self._now, self._zone).local_date()
        goes_on = number >= self._count - _OPEN
        since = min(begun.date(), today - timedelta(days=_PRACTISED))
        practice = self._practices.add(self._words(8), Cadence(CadenceKind.DAILY), since, begun, insight_id=insight_id)
        last = today if goes_on else since + timedelta(days=_PRACTISED)
        for ago in range(1, _PRACTISED + 1):
            self._practices.say(practice.id, Said(last - timedelta(days=ago), Reply.DONE), begun)
        if not goes_on:
            self._practices.save(replace(practice, state=PracticeState.RESTING), begun)
        return practice.id

    def _words(self, count: int) -> str:
        """Invented words, other ones each time."""
        self._rank += count
        return " ".join(self._texts.word(1 + (self._rank + place) % 4_000) for place in range(count)).capitalize()
