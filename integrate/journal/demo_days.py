"""The days of the demo in numbers: what its check-ins answer. Nothing is stored here.

Each measure wanders around a level, and each session moves that level for a while, up or down, as `mood.toml` says. The
same seed gives the same answers; no sum of it is meant to show that anything works.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

from integrate.domain.times import ZonedTime
from integrate.journal.demo_script import Script
from integrate.resources import load_toml

SCALES: Final = ("mood", "anxiety", "energy", "sleep")
"""Asked in every check-in."""

SLEEP_HOURS: Final = "sleep-hours"
FEELINGS: Final = "feelings"
"""Answered now and then."""

_QUIET: Final = 0.14  # of all days, beside those that are named
_TWICE: Final = 0.55
_IN_THE_MORNING: Final = 0.45
_WITHOUT_ANSWER: Final = 0.04
_WITH_HOURS: Final = 0.6
_WITH_FEELINGS: Final = 0.5
_STAYS: Final = 0.6  # of how far a measure has wandered, to the next day
_WANDERS: Final = 1.0
_WITHIN_A_DAY: Final = 0.7


@dataclass(frozen=True, slots=True)
class Told:
    """A check-in as it is told: its ``answers`` by the key of a measure; None is "No answer"."""

    about: ZonedTime
    written: ZonedTime
    answers: Mapping[str, float | tuple[str, ...] | None]
    note: str = ""
    never_share: bool = False


def mood_data() -> Mapping[str, Any]:
    """What ``mood.toml`` says."""
    return cast("Mapping[str, Any]", load_toml("demo", "mood.toml"))


def tell_days(script: Script) -> tuple[Told, ...]:
    """Every check-in from five weeks before the first session to yesterday, in the order of its time."""
    return tuple(_Days(script).tell())


class _Days:
    """Goes through the days one by one; what a measure was yesterday is kept between them."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._data = mood_data()
        self._random = random.Random(f"days {script.seed}")  # by its text: the same on every platform
        self._held = [scene.day for scene in script.scenes if scene.held]
        self._wandered = dict.fromkeys(SCALES, 0.0)
        self._notes = {
            self._script.scenes[note["session"] - 1].day + timedelta(days=note["day"]): note
            for note in self._data["notes"]
            if note["session"] <= len(self._held)
        }

    def tell(self) -> Iterator[Told]:
        first = self._held[0]
        quiet = {first + timedelta(days=day) for begin, end in self._data["quiet"] for day in range(begin, end + 1)}
        day = first - timedelta(days=self._data["days_before"])
        while day < self._script.today:
            self._wander()
            is_quiet = self._random.random() < _QUIET or day in quiet
            if day in self._notes:
                yield self._noted(day, self._notes[day])
            elif day in self._held:
                yield self._check_in(day, self._clock(8, 9), day_part=0)
                yield self._check_in(day, self._clock(19, 21), day_part=1)
            elif not is_quiet:
                yield from self._usual(day)
            day += timedelta(days=1)

    def _wander(self) -> None:
        for key, at in self._wandered.items():
            self._wandered[key] = _STAYS * at + self._random.uniform(-_WANDERS, _WANDERS)

    def _usual(self, day: date) -> Iterator[Told]:
        if self._random.random() < _TWICE:
            yield self._check_in(day, self._clock(7, 10), day_part=0)
            yield self._check_in(day, self._clock(18, 22), day_part=1)
        elif self._random.random() < _IN_THE_MORNING:
            yield self._check_in(day, self._clock(7, 11), day_part=0)
        else:
            yield self._check_in(day, self._clock(17, 22), day_part=0)

    def _noted(self, day: date, note: Mapping[str, Any]) -> Told:
        told = self._check_in(day, note["at"], day_part=0)
        written = self._script.when(day + timedelta(days=note.get("written", 0)), note["at"])
        return Told(told.about, written, told.answers, note["text"], note.get("never_share", False))

    def _check_in(self, day: date, clock: str, *, day_part: int) -> Told:
        """``day_part`` 1 is a second one of its day, in which the night before is not answered again."""
        roll, about = self._random, self._script.when(day, clock)
        answers: dict[str, float | tuple[str, ...] | None] = {}
        for key in SCALES:
            value = self._value(key, day)
            left_out = roll.random() < _WITHOUT_ANSWER or (key == "sleep" and day_part == 1)
            answers[key] = None if left_out else value
        mood, sleep = answers["mood"], answers["sleep"]
        if isinstance(sleep, float) and roll.random() < _WITH_HOURS:
            answers[SLEEP_HOURS] = round((4.5 + 0.4 * sleep + roll.uniform(-0.9, 0.9)) * 4) / 4
        if isinstance(mood, float) and roll.random() < _WITH_FEELINGS:
            answers[FEELINGS] = self._words(mood)
        return Told(about, about, answers)

    def _value(self, key: str, day: date) -> float:
        within = self._random.uniform(-_WITHIN_A_DAY, _WITHIN_A_DAY)
        level = self._data["before"][key] + self._after(key, day) + self._wandered[key] + within
        return float(min(max(round(level), 0), 10))

    def _after(self, key: str, day: date) -> float:
        behind = bisect_right(self._held, day)
        if not behind:
            return 0.0
        after: Sequence[float] = self._data["after"][(behind - 1) % len(self._data["after"])][key]
        return after[min((day - self._held[behind - 1]).days, len(after) - 1)]

    def _words(self, mood: float) -> tuple[str, ...]:
        kind = "heavy" if mood <= 3 else "even" if mood <= 5 else "light"
        return tuple(self._random.sample(self._data[kind], self._random.choice((1, 1, 2, 2, 3))))

    def _clock(self, first: int, last: int) -> str:
        return f"{self._random.randint(first, last):02}:{self._random.randrange(60):02}"
