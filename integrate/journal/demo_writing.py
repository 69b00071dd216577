"""The demo's content into an open journal, in one transaction; each thing bears the time it is said to be made at.

This goes past the use cases, which are for one change at a time and wait for the disk after each.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from integrate.domain.courses import Carer, CareRole, Plan
from integrate.domain.moments import By, Mark, Moment, MomentKind, Strength
from integrate.domain.practices import Cadence, CadenceKind, PracticeState, Reply, Said
from integrate.domain.sessions import Line, LineKind, Route, Session, SessionDraft, SessionState, Setting
from integrate.domain.threads import Link, Source, Station, ThreadState
from integrate.domain.times import ZonedTime, to_microseconds
from integrate.domain.touch_points import USUAL_DAYS
from integrate.journal.demo_mood import MoodWriters, write_mood
from integrate.journal.demo_script import Scene, Script, Telling
from integrate.journal.opening import Journal
from integrate.storage.check_ins import CheckInWriter
from integrate.storage.courses import CourseWriter
from integrate.storage.entries import EntryWriter
from integrate.storage.insights import InsightWriter
from integrate.storage.letters import LetterWriter
from integrate.storage.logs import LogWriter
from integrate.storage.measures import MeasureWriter
from integrate.storage.moments import MomentWriter, TouchAnswer
from integrate.storage.practices import PracticeWriter
from integrate.storage.responses import ResponseWriter
from integrate.storage.rows import ids_from
from integrate.storage.sealed_rows import SealedWriter
from integrate.storage.session_lines import LineWriter
from integrate.storage.sessions import SessionWriter
from integrate.storage.threads import ThreadWriter

Progress = Callable[[int, int], None]
"""Called with (done, in all) entries."""

_EVENING: Final = "20:10"  # when things are prepared, the evening before
_AFTER: Final = "21:30"
_SUNDAY: Final = 6
_TOLD_EVERY: Final = 200  # entries between two words of progress
_AFTERWARDS: Final = frozenset({LineKind.TALK, LineKind.AGREED})


@dataclass(frozen=True, slots=True)
class _Writers:
    """Everything that writes inside the one transaction."""

    courses: CourseWriter
    sessions: SessionWriter
    lines: LineWriter
    moments: MomentWriter
    entries: EntryWriter
    threads: ThreadWriter
    insights: InsightWriter
    practices: PracticeWriter
    letters: LetterWriter


class SeededIds:
    """Ids in the form of UUIDv7 whose random part follows from a seed, so that two demos have the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(f"ids {seed}")

    def __call__(self, now: datetime) -> UUID:
        """The next id of something made at ``now``."""
        milliseconds = to_microseconds(now) // 1000 % 2**48  # negative before 1970
        top = milliseconds << 16 | 7 << 12 | self._random.getrandbits(12)
        return UUID(int=top << 64 | 2 << 62 | self._random.getrandbits(62))

    def token(self) -> bytes:
        """What stands for a sitting: 16 bytes."""
        return self._random.randbytes(16)


def write_demo(
    journal: Journal, script: Script, tellings: Sequence[Telling], progress: Progress = lambda _done, _all: None
) -> None:
    """Fill a new, empty journal; all of it is durable when this returns, or nothing is there.

    Raises:
        ReadOnlyJournal, DiskFull, DiskRefused, ReadOnlyPlace.
    """
    database, ids = journal.vault.database, SeededIds(script.seed)
    with ids_from(ids), database.write() as connection:
        own = (connection, database.sealer)
        sessions = SessionWriter(*own)
        writers = _Writers(
            CourseWriter(*own), sessions, LineWriter(sessions.rows), MomentWriter(*own), EntryWriter(*own),
            ThreadWriter(*own), InsightWriter(*own), PracticeWriter(*own), LetterWriter(*own),
        )  # fmt: skip
        _begin_course(writers.courses, script, ids)
        entries = _write_entries(writers.entries, tellings, ids, progress)
        ids_of = {scene.number: _Sitting(writers, script, scene, entries).write() for scene in script.scenes}
        mood = MoodWriters(
            MeasureWriter(*own), CheckInWriter(*own), ResponseWriter(*own), LogWriter(SealedWriter(*own))
        )  # fmt: skip
        write_mood(mood, script, ids_of)


def _begin_course(courses: CourseWriter, script: Script, ids: SeededIds) -> None:
    told, now = script.course, script.begins.instant
    plan = Plan(
        len(script.scenes), told["spacing"], script.scenes[0].day, told["instructions"].strip("\n"),
        told["medicine_place"], told["medicine_keeper"],
    )  # fmt: skip
    team = tuple(
        Carer(ids(now), one["name"], CareRole(one["role"]), one["number"], one["in_help"]) for one in told["people"]
    )
    course = courses.add(plan, team, tuple(told["checklist"]), now)
    courses.save(replace(course, early_signs=told["early_signs"]), now)


_Known = Mapping[tuple[int, str], tuple[UUID, bool]]
"""Entries that others refer to, by session and title: the id, and whether it is never shared."""


def _write_entries(entries: EntryWriter, tellings: Sequence[Telling], ids: SeededIds, progress: Progress) -> _Known:
    known = {}
    for number, telling in enumerate(tellings):
        if number % _TOLD_EVERY == 0:
            progress(number, len(tellings))
        entry_id, _pk = entries.add(telling.draft, telling.draft.at.instant, ids.token())
        if telling.title:
            known[telling.scene, telling.title] = entry_id, telling.draft.never_share
    progress(len(tellings), len(tellings))
    return known


class _Sitting:
    """One session with everything that hangs on it."""

    def __init__(self, writers: _Writers, script: Script, scene: Scene, entries: _Known) -> None:
        self._to = writers
        self._script = script
        self._scene = scene
        self._story = scene.story
        self._entries = entries
        self._told = scene.held and scene.told

    def write(self) -> UUID:
        """Write all of it, as far as it can have happened by today; the session's id."""
        session, pk = self._to.sessions.add(self._scene.ref, self._draft(), self._script.begins.instant)
        self._prepare(session, pk)
        if not self._scene.held:
            return session.id
        lines = self._lines(session) if self._told else ()
        moments = {clock: self._moment(session, clock, kept) for clock, kept in self._marks()}
        self._settle(session)
        if self._told:
            for kept in self._story["threads"]:
                self._thread(kept, lines, moments)
            self._letter(session)
        return session.id

    def _draft(self) -> SessionDraft:
        story, course = self._story, self._script.course
        started, ended = (self._script.on(self._scene, 0, story[name]) for name in ("start", "end"))
        held = self._scene.held
        return SessionDraft(
            SessionState.HELD if held else SessionState.PLANNED, self._scene.day, started.local().time(),
            self._script.zone, started if held else None, ended if held else None, Setting(story["setting"]),
            Route(course["route"]), course["dose"], story["present"], story.get("by_video", False),
        )  # fmt: skip

    # --- before -------------------------------------------------------------------------------------------------------

    def _prepare(self, session: Session, pk: int) -> None:
        lines = self._to.lines
        lines.add_checks(session.id, pk, self._script.course["checklist"], self._script.begins.instant)
        if self._scene.held:
            for line in lines.reader.list(session.id, LineKind.CHECK):
                assert isinstance(line, Line)
                lines.save(replace(line, done=True))

    def _lines(self, session: Session) -> tuple[Line, ...]:
        before = self._script.on(self._scene, -1, _EVENING)
        intention = self._to.lines.add(
            session.id, LineKind.INTENTION, self._story["intention"], before.instant
        )  # fmt: skip
        return (intention, *(self._line(session, kept) for kept in self._story["lines"]))

    def _line(self, session: Session, kept: Mapping[str, Any]) -> Line:
        kind, answer = LineKind(kept["kind"]), kept.get("answer", "")
        day, clock = (1, _AFTER) if kind in _AFTERWARDS else (-1, _EVENING)
        at = self._script.on(self._scene, day, clock).instant
        line = self._to.lines.add(session.id, kind, kept["text"], at, never_share=kept.get("never_share", False))
        if not answer:
            return line
        answered = self._script.on(self._scene, -1, _AFTER).instant
        return self._to.lines.save(replace(line, done=True, answer=answer, answered=answered))

    # --- within -------------------------------------------------------------------------------------------------------

    def _marks(self) -> list[tuple[str, Mapping[str, Any]]]:
        return [(kept["at"], kept) for kept in self._story["moments"]]

    def _moment(self, session: Session, clock: str, kept: Mapping[str, Any]) -> Moment:
        at = self._script.on(self._scene, 0, clock)
        return self._to.moments.add(
            session.id, _mark(at, kept), at.instant, in_room=True, never_share=kept.get("never_share", False)
        )

    def _settle(self, session: Session) -> None:
        """Touch-points that were looked at: all before today's."""
        for day in USUAL_DAYS[:4]:
            at = self._script.on(self._scene, day, _AFTER)
            if self._script.has_been(at):
                self._to.moments.settle(session.id, day, TouchAnswer.DONE, at.instant)

    # --- after --------------------------------------------------------------------------------------------------------

    def _thread(self, kept: Mapping[str, Any], lines: Sequence[Line], moments: Mapping[str, Moment]) -> None:
        begun = self._script.on(self._scene, -1, _EVENING)
        thread = self._to.threads.add(kept["name"], begun.instant)
        hung: list[tuple[Station, UUID]] = []
        if kept.get("intention"):
            hung.append((Station.INTENTION, lines[0].id))
        hung += [(Station.MET, moments[clock].id) for clock in kept.get("met", ())]
        insight_id = self._insight(kept["insight"]) if "insight" in kept else None
        if insight_id is not None:
            hung.append((Station.INSIGHT, insight_id))
        practice_id = self._practice(kept["practice"], insight_id) if "practice" in kept else None
        if practice_id is not None:
            hung.append((Station.PRACTICE, practice_id))
        for station, item_id in hung:
            self._to.threads.link(Link(thread.id, station, item_id))
        state = ThreadState(kept.get("state", "open"))
        if state is not thread.state:
            self._to.threads.save(replace(thread, state=state), begun.instant)

    def _insight(self, kept: Mapping[str, Any]) -> UUID | None:
        at = self._script.on(self._scene, kept["day"], kept["at"])
        if not self._script.has_been(at):
            return None
        quote = kept["quote"]
        entry = self._entries.get((self._scene.number, kept["entry"]))
        source = Source() if entry is None else Source(quote, entry[0], 1)  # where fewer entries were asked for
        insight = self._to.insights.add(
            kept.get("text", quote), at.instant, session=self._scene.ref, source=source,
            never_share=entry is not None and entry[1],
        )  # fmt: skip
        return insight.id

    def _practice(self, kept: Mapping[str, Any], insight_id: UUID | None) -> UUID | None:
        at = self._script.on(self._scene, kept["day"], kept["at"])
        if not self._script.has_been(at):
            return None
        cadence = self._cadence(kept["cadence"])
        practice = self._to.practices.add(kept["text"], cadence, at.local_date(), at.instant, insight_id=insight_id)
        for name, reply in (("done", Reply.DONE), ("helped", Reply.HELPED)):
            for day in kept.get(name, ()):
                self._reply(practice.id, self._fitting(cadence, self._scene.day + timedelta(days=day)), reply)
        if "today" in kept:
            said = Said(self._script.today, Reply(kept["today"]))
            self._to.practices.say(practice.id, said, self._script.when(said.day, "08:10").instant)
        state = PracticeState(kept.get("state", "open"))
        if state is not practice.state:
            self._to.practices.save(replace(practice, state=state), at.instant)
        return practice.id

    def _reply(self, practice_id: UUID, day: date, reply: Reply) -> None:
        at = self._script.when(day, _AFTER)
        if self._script.has_been(at):
            self._to.practices.say(practice_id, Said(day, reply), at.instant)

    def _cadence(self, word: str) -> Cadence:
        match word:
            case "daily" | "when-it-suits":
                return Cadence(CadenceKind(word))
            case "sundays":
                return Cadence(CadenceKind.WEEKDAYS, frozenset({_SUNDAY}))
            case "weekly":  # on the day of the week that is today, so that it is there to be seen
                return Cadence(CadenceKind.WEEKDAYS, frozenset({self._script.today.weekday()}))
            case _:
                raise ValueError(f"no cadence: {word}")

    def _fitting(self, cadence: Cadence, day: date) -> date:
        """``day``, or the next that the cadence names."""
        while cadence.weekdays and day.weekday() not in cadence.weekdays:
            day += timedelta(days=1)
        return day

    def _letter(self, session: Session) -> None:
        kept = self._story.get("letter")
        if kept is None:
            return
        at = self._script.on(self._scene, kept["day"], kept["at"])
        if not self._script.has_been(at):
            return
        letter = self._to.letters.add(session.id, kept["text"].strip("\n"), at.instant)
        following = self._script.scenes[self._scene.number :]
        opened = self._script.on(following[0], -2, _EVENING) if following else None
        if opened is not None and self._script.has_been(opened):
            self._to.letters.open(letter.id, opened.instant)


def _mark(at: ZonedTime, kept: Mapping[str, Any]) -> Mark:
    if "pulse" in kept:
        kind = MomentKind.VITALS
    elif "effect" in kept:
        kind = MomentKind.EFFECT
    else:
        kind = MomentKind.WORDS if "words" in kept else MomentKind.MARK
    strength = kept.get("strength")
    return Mark(
        kind, at, By(kept.get("by", "me")), kept.get("words", ""), kept.get("pulse"), kept.get("systolic"),
        kept.get("diastolic"), kept.get("effect", ""), None if strength is None else Strength(strength),
    )  # fmt: skip
