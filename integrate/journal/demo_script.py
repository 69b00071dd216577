"""What the demo tells, laid out around a day: its sessions and what is written about them. Nothing is stored here.

The content is data (`resources/demo`), all of it invented. The course moves with the day: the person is always on the
third day after the last session that took place, and half of the sessions are still to come.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, cast

from integrate.domain.courses import MOST_SESSIONS
from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.times import ZonedTime, find_zone
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.resources import load_toml

SESSIONS: Final = 8
"""Sessions of the course where nothing else is asked for: as many as there are stories."""

ZONE: Final = "Europe/Lisbon"
"""Where it takes place, so that the same call gives the same journal on every computer."""

MOST_ENTRIES: Final = 1_000_000

_COURSE: Final = 1
_DAYS_AFTER: Final = 3  # today, counted from the last session that took place
_WINDOW: Final = 3  # days before a session from which on one prepares for it
_A_DAY: Final = 3  # composed entries on each day of the time before the course, roughly
_EXTRA_DAYS: Final = (-1, 1, 3)  # what is composed for sessions beyond the stories
_FIRST, _LAST = date(2, 1, 1), date(9998, 12, 31)
_FOLDER: Final = "demo"


@dataclass(frozen=True, slots=True)
class Scene:
    """One session of the demo on its local ``day``. ``told``: entries, threads and a letter of its story belong to it.

    ``story`` is what ``sessions.toml`` says; the stories begin anew where there are more sessions than stories.
    """

    number: int
    day: date
    held: bool
    told: bool
    story: Mapping[str, Any]

    @property
    def ref(self) -> SessionRef:
        """Its numbers."""
        return SessionRef(_COURSE, self.number)


@dataclass(frozen=True, slots=True)
class Script:
    """The whole demo around ``today``; ``course`` is what ``course.toml`` says."""

    today: date
    zone: str
    seed: int
    course: Mapping[str, Any]
    scenes: tuple[Scene, ...]

    @property
    def noon(self) -> ZonedTime:
        """The moment at which it is made, as far as the journal knows."""
        return self.when(self.today, "12:00")

    @property
    def begins(self) -> ZonedTime:
        """When the course was planned."""
        return self.when(self.scenes[0].day - timedelta(days=12), "19:00")

    def when(self, day: date, clock: str) -> ZonedTime:
        """A local day and a time of it, such as "14:05"."""
        local = datetime.combine(day, time.fromisoformat(clock), find_zone(self.zone))
        return ZonedTime(local.astimezone(UTC), self.zone)

    def on(self, scene: Scene, day: int, clock: str) -> ZonedTime:
        """So many days after a session."""
        return self.when(scene.day + timedelta(days=day), clock)

    def has_been(self, when: ZonedTime) -> bool:
        """Whether it lies before today."""
        return when.local_date() < self.today


@dataclass(frozen=True, slots=True)
class Telling:
    """An entry of the demo, and the place in the stories that others refer to it by."""

    draft: Draft
    scene: int = 0
    title: str = ""


def lay_out(today: date, sessions: int = SESSIONS, seed: int = 0, zone: str = ZONE) -> Script:
    """The course around ``today`` (a local day) with so many ``sessions``, half of them still to come.

    Raises:
        WrongUsage: not between 1 and 999 sessions, or a course that would reach beyond the years 2 to 9998.
    """
    if not 1 <= sessions <= MOST_SESSIONS:
        raise WrongUsage(reason=_("A demo has between 1 and 999 sessions."))
    course = cast("Mapping[str, Any]", load_toml(_FOLDER, "course.toml"))
    stories = cast("tuple[Mapping[str, Any], ...]", load_toml(_FOLDER, "sessions.toml")["sessions"])
    held, spacing = (sessions + 1) // 2, timedelta(days=course["spacing"])
    try:
        last = today - timedelta(days=_DAYS_AFTER)
        days = [last + spacing * (number - held) for number in range(1, sessions + 1)]
        inside = days[0] - timedelta(days=60) >= _FIRST and days[-1] <= _LAST
    except OverflowError:
        inside = False
    if not inside:
        raise WrongUsage(reason=_("With this day the demo would reach beyond the calendar. Another day works."))
    scenes = tuple(
        Scene(number, day, number <= held, number <= len(stories), stories[(number - 1) % len(stories)])
        for number, day in enumerate(days, start=1)
    )
    return Script(today, zone, seed, course, scenes)


def tellings(script: Script, count: int | None = None) -> tuple[Telling, ...]:
    """The entries in the order of their time: all that are written, the newest ``count`` of them, or more, composed.

    Raises:
        WrongUsage: not between 0 and a million.
    """
    if count is not None and not 0 <= count <= MOST_ENTRIES:
        raise WrongUsage(reason=_("A demo has between 0 and 1,000,000 entries."))
    composer = _Composer(script)
    found = [*_written(script), *composer.beyond_the_stories()]
    if count is not None and count > len(found):
        found += composer.spread(count - len(found))
    found.sort(key=lambda telling: telling.draft.at.instant)  # stable: what is written keeps its order
    return tuple(found if count is None else found[len(found) - count :])


def _written(script: Script) -> Iterator[Telling]:
    for scene in script.scenes:
        for kept in scene.story["entries"] if scene.held and scene.told else ():
            at = script.on(scene, kept["day"], kept["at"])
            if not script.has_been(at):
                continue
            draft = Draft(
                kept["body"].strip("\n"), at, kept["title"], Phase(kept["phase"]), scene.ref, kept["prompt"],
                tuple(kept["tags"]), kept.get("never_share", False), kept.get("mood"),
            )  # fmt: skip
            yield Telling(draft, scene.number, kept["title"])


class _Composer:
    """Puts entries together from sentences, the same for the same seed."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._random = random.Random(f"words {script.seed}")  # by its text: the same on every platform
        self._data = cast("Mapping[str, Any]", load_toml(_FOLDER, "composed.toml"))
        self._days = [scene.day for scene in script.scenes]

    def beyond_the_stories(self) -> Iterator[Telling]:
        """A few for each session that has no story of its own."""
        for scene in self._script.scenes:
            for day in _EXTRA_DAYS if scene.held and not scene.told else ():
                telling = self._on(scene.day + timedelta(days=day))
                if self._script.has_been(telling.draft.at):
                    yield telling

    def spread(self, count: int) -> Iterator[Telling]:
        """So many, over the course up to yesterday and as far back as that many take."""
        script = self._script
        yesterday = script.today - timedelta(days=1)
        days = max((yesterday - self._days[0]).days + 14, count // _A_DAY + 1)
        days = min(days, (yesterday - _FIRST).days)
        for _number in range(count):
            yield self._on(yesterday - timedelta(days=self._random.randrange(days)))

    def _on(self, day: date) -> Telling:
        roll = self._random
        phase, ref = self._place(day)
        part = self._data[str(phase)]
        sentences = roll.sample(part["sentences"], roll.randint(2, 6))
        at = self._script.when(day, f"{roll.randint(7, 22):02}:{roll.randrange(60):02}")
        draft = Draft(
            self._body(sentences), at, roll.choice(part["titles"]) if roll.random() < 0.85 else "", phase, ref, None,
            tuple(roll.sample(self._data["tags"], roll.choice((0, 0, 1, 1, 2)))), roll.random() < 0.03,
            roll.choice((None, None, 3, 4, 4, 5, 5, 6, 6, 7)),
        )  # fmt: skip
        return Telling(draft)

    def _body(self, sentences: list[str]) -> str:
        if len(sentences) < 4:
            return " ".join(sentences)
        half = self._random.randint(2, len(sentences) - 1)
        return " ".join(sentences[:half]) + "\n\n" + " ".join(sentences[half:])

    def _place(self, day: date) -> tuple[Phase, SessionRef | None]:
        """Where that day lies in the course: before a session, after one, or before there was a course."""
        behind = bisect_right(self._days, day)
        if behind < len(self._days) and (self._days[behind] - day).days <= _WINDOW:
            return Phase.PREPARE, SessionRef(_COURSE, behind + 1)
        return (Phase.INTEGRATE, SessionRef(_COURSE, behind)) if behind else (Phase.PREPARE, None)
