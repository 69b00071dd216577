"""What Trends reads of a journal, beside the main thread: first what is seen at once, then all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from integrate.domain.courses import Course
from integrate.domain.entry import Unreadable
from integrate.domain.listing import Stop
from integrate.domain.logs import EffectLog, Log, SlowLog
from integrate.domain.measures import Definition, Measure
from integrate.domain.moments import Moment
from integrate.domain.questionnaires import Questionnaire
from integrate.domain.series import Meaning, Series, SeriesSet
from integrate.domain.sessions import Session, SessionState
from integrate.domain.times import to_microseconds
from integrate.domain.trends import (
    CheckInChange,
    DayValues,
    EffectRow,
    ScoredResponse,
    SessionDay,
    change_in_check_ins,
    daily_values,
    session_days,
    side_effects_by_session,
)
from integrate.domain.trends.change import CHANGE_DAYS
from integrate.domain.trends.daily import WINDOW_DAYS
from integrate.domain.trends_choice import DAYS_AT_FIRST, FormKey
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal import responses as kept_responses
from integrate.journal.baselines import chosen_baselines
from integrate.journal.check_ins import read_series
from integrate.journal.courses import list_courses
from integrate.journal.logs import effect_logs, slow_logs
from integrate.journal.measures import list_measures
from integrate.journal.moments import list_moments
from integrate.journal.opening import Journal
from integrate.journal.questionnaires import library
from integrate.journal.sessions import list_sessions

SeriesKey: TypeAlias = tuple[UUID, Meaning]
"""What tells one series from another: the measure, and what a number of it means."""


@dataclass(frozen=True, slots=True)
class Line:
    """A measure under one range: its answers, and what they make of each day."""

    series: Series
    daily: DayValues

    @property
    def definition(self) -> Definition:
        """What its numbers mean."""
        return self.series.definition

    @property
    def key(self) -> SeriesKey:
        """Stays the same however often it is read."""
        return self.series.key


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire with its responses, the earliest first. ``asked`` is the newest text of this range."""

    asked: Questionnaire
    responses: tuple[ScoredResponse, ...]

    @property
    def key(self) -> FormKey:
        """Stays the same however often it is read."""
        return self.asked.key, self.asked.total_range


@dataclass(frozen=True, slots=True)
class Planned:
    """A session that is planned for a day."""

    course: int
    number: int
    day: int


@dataclass(frozen=True, slots=True)
class Damage:
    """How many records could not be read, by what they are."""

    check_ins: int = 0
    forms: int = 0
    sessions: int = 0
    logs: int = 0

    def __bool__(self) -> bool:
        return bool(self.check_ins or self.forms or self.sessions or self.logs)


@dataclass(frozen=True, slots=True)
class Found:
    """What the page shows on ``today``, an ordinal like every day here.

    ``measures`` are those that are not deleted; lines of deleted ones are there too. ``sessions`` took place,
    ``first`` is session 1 of the newest course that has one. ``offered`` are questionnaires to fill in, by key and
    title. Without ``is_whole`` only what is seen first has been read: effects, slow things and what is offered are
    empty, and lines lack what is older.
    """

    today: int
    lines: tuple[Line, ...] = ()
    measures: frozenset[UUID] = frozenset()
    sessions: tuple[SessionDay, ...] = ()
    planned: tuple[Planned, ...] = ()
    first: SessionDay | None = None
    forms: tuple[Form, ...] = ()
    chosen: Mapping[str, UUID] = field(default_factory=lambda: MappingProxyType({}))
    changes: tuple[tuple[Definition, CheckInChange], ...] = ()
    effects: tuple[EffectRow, ...] = ()
    slow: tuple[tuple[int, SlowLog], ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    damage: Damage = Damage()
    is_whole: bool = False

    def line(self, chosen: SeriesKey | UUID | None) -> Line | None:
        """The chosen line; else the newest of its measure unless that was deleted; else the first that is asked now."""
        exact = next((one for one in self.lines if one.key == chosen), None)
        measure = self._living(chosen)
        of_measure = (one for one in self.lines if one.series.measure_id == measure)
        asked = (one for one in self.lines if one.series.is_current)
        return exact or next(of_measure, None) or next(asked, None) or (self.lines[0] if self.lines else None)

    def is_to_come(self, chosen: SeriesKey | UUID | None) -> bool:
        """Whether the chosen line is not there, but may lie in what has not been read yet."""
        if self.is_whole or self._living(chosen) is None:
            return False
        return not any(chosen in (one.key, one.series.measure_id) for one in self.lines)

    def _living(self, chosen: SeriesKey | UUID | None) -> UUID | None:
        measure = measure_of(chosen)
        return measure if measure in self.measures else None

    def form(self, key: FormKey | None) -> Form | None:
        """The questionnaire with this key."""
        return next((one for one in self.forms if one.key == key), None)

    @property
    def check_ins(self) -> int:
        """How many check-ins hold a number, as far as they were read; three are enough to know."""
        instants: set[int] = set()
        for line in self.lines:
            instants.update(line.series.instants[:3])
        return len(instants)

    @property
    def several_courses(self) -> bool:
        """Whether a session needs the number of its course to be known."""
        return len({one.ref.course for one in self.sessions} | {one.course for one in self.planned}) > 1


def measure_of(chosen: SeriesKey | UUID | None) -> UUID | None:
    """The measure of what was chosen."""
    return chosen[0] if isinstance(chosen, tuple) else chosen


def read_first(journal: Journal, stop: Stop, today: int) -> Found:
    """What is seen first: twelve weeks, this year, and the week before session 1.

    Nothing is said to be damaged: a count of some days is no answer to how much is missing, and would change a moment
    later under the eyes of who reads it. :func:`read_rest` counts all of it.

    Raises:
        Stopped, DatabaseDamaged.
    """
    since = min(today - DAYS_AT_FIRST - WINDOW_DAYS, date(date.fromordinal(today).year, 1, 1).toordinal())
    sessions, planned, _lost = _sessions(journal, stop)
    first = first_session(sessions)
    parts = [read_series(journal, first_day=date.fromordinal(since), stop=stop)]
    if first is not None and first.day - CHANGE_DAYS < since:
        begin, end = date.fromordinal(first.day - CHANGE_DAYS), date.fromordinal(min(first.day, since) - 1)
        parts.insert(0, read_series(journal, first_day=begin, last_day=end, stop=stop))
    found = _found(journal, stop, today, (sessions, planned, 0), _joined(parts))
    return replace(found, damage=Damage())


def read_rest(journal: Journal, stop: Stop, today: int, data_folder: Path | None = None) -> Found:
    """Everything; files of questionnaires somebody added lie in ``data_folder``.

    Raises:
        Stopped, DatabaseDamaged.
    """
    sessions, planned, lost = _sessions(journal, stop)
    found = _found(journal, stop, today, (sessions, planned, lost), read_series(journal, stop=stop))
    stop.check()
    noted, after = _noted(journal, sessions, stop), effect_logs(journal)
    slow = slow_logs(journal)
    contents = [one.content for one in after if isinstance(one, Log)]
    effects = side_effects_by_session(sessions, noted, [one for one in contents if isinstance(one, EffectLog)])
    damaged = sum(isinstance(one, Unreadable) for one in (*after, *slow))
    return replace(
        found,
        effects=effects,
        slow=tuple(_slow(slow)),
        offered=tuple((key, asked.title) for key, asked in library(data_folder).questionnaires.items()),
        damage=replace(found.damage, logs=damaged),
        is_whole=True,
    )


def _slow(found: Iterable[Log | Unreadable]) -> Iterator[tuple[int, SlowLog]]:
    """The day of each log of slow things, the newest first, and what was answered."""
    for one in found:
        if isinstance(one, Log) and isinstance(one.content, SlowLog):
            yield one.day.toordinal(), one.content


def first_session(sessions: Sequence[SessionDay]) -> SessionDay | None:
    """Session 1: the first that took place in the newest course that has one."""
    newest = max((one.ref.course for one in sessions), default=0)
    return next((one for one in sessions if one.ref.course == newest), None)


def _found(
    journal: Journal, stop: Stop, today: int, of_course: tuple[tuple[SessionDay, ...], tuple[Planned, ...], int],
    read: SeriesSet,
) -> Found:  # fmt: skip
    sessions, planned, lost = of_course
    first = first_session(sessions)
    lines = []
    for series in read.series:
        stop.check()
        lines.append(Line(series, daily_values(series)))
    scored = kept_responses.read_scored(journal)
    changes = tuple(
        (line.definition, change_in_check_ins(line.series, first.day if first else None, today))
        for line in lines
        if line.series.is_current
    )
    measures = frozenset(one.id for one in list_measures(journal, all=True) if isinstance(one, Measure))
    return Found(
        today, tuple(lines), measures, sessions, planned, first, tuple(_forms(scored.responses)),
        chosen_baselines(journal), changes, damage=Damage(read.unreadable, scored.unreadable, lost),
    )  # fmt: skip


def _joined(parts: Sequence[SeriesSet]) -> SeriesSet:
    """Series of spans that follow one another, as if they had been read at once; what is damaged is not counted."""
    if len(parts) == 1:
        return parts[0]
    earlier, later = parts
    before = {one.key: one for one in earlier.series}
    joined = [_after(before.pop(one.key, None), one) for one in later.series]
    return SeriesSet((*joined, *before.values()))


def _after(before: Series | None, one: Series) -> Series:
    if before is None:
        return one
    return replace(
        one, days=before.days + one.days, instants=before.instants + one.instants, values=before.values + one.values
    )


def _forms(found: Iterable[kept_responses.FinishedResponse]) -> Iterator[Form]:
    """By questionnaire and range, each with its newest text."""
    groups: dict[FormKey, list[kept_responses.FinishedResponse]] = {}
    for one in found:
        groups.setdefault((one.questionnaire.key, one.questionnaire.total_range), []).append(one)
    for group in groups.values():
        yield Form(group[-1].questionnaire, tuple(_scored(one) for one in group))


def _scored(one: kept_responses.FinishedResponse) -> ScoredResponse:
    about, score = one.response.draft.about, one.score
    day = about.local_date().toordinal()
    return ScoredResponse(
        one.response.id, day, to_microseconds(about.instant), score.total, score.answered, score.of
    )  # fmt: skip


def _sessions(journal: Journal, stop: Stop) -> tuple[tuple[SessionDay, ...], tuple[Planned, ...], int]:
    """Those that took place and those that are planned for a day, of all courses, and how many are damaged."""
    sessions: list[Session] = []
    lost = 0
    for course in list_courses(journal):
        stop.check()
        if not isinstance(course, Course):
            lost += 1
            continue
        found = list_sessions(journal, course.number)
        sessions += [one for one in found if isinstance(one, Session)]
        lost += sum(isinstance(one, Unreadable) for one in found)
    planned = tuple(
        Planned(one.ref.course, one.ref.number, one.day.toordinal())
        for one in sessions
        if one.state is SessionState.PLANNED and one.day is not None
    )
    return session_days(sessions), planned, lost


def _noted(journal: Journal, sessions: Iterable[SessionDay], stop: Stop) -> tuple[Moment, ...]:
    """What was noted while sessions went on."""
    found: list[Moment] = []
    for one in sessions:
        stop.check()
        try:
            moments = list_moments(journal, one.session_id)
        except (RecordDamaged, WrongUsage):  # damaged, or deleted for good since sessions were read
            continue
        found += [moment for moment in moments if isinstance(moment, Moment)]
    return tuple(found)
