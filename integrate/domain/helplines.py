"""Numbers to call, by country, and two short exercises: values, and what their data files must hold.

A number counts as unchecked until a person has called or looked it up and written the day into ``checked_on``. Until
then, and again twelve months later, the line says so, with the emergency number beside it. Numbers are text: nothing
dials them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from integrate.i18n import _

SCHEMA: Final = 1
"""The version of the format of the data files."""

ELSEWHERE: Final = "elsewhere"
"""The code of the page for countries that have none of their own."""

STALE_AFTER_MONTHS: Final = 12
"""So long after it was checked a number is no longer taken for sure."""

_LONGEST: Final = 300
_COUNTRY_CODE: Final = re.compile(rf"[A-Z]{{2}}|{ELSEWHERE}")
_LINE_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")


class HelplineError(ValueError):
    """A data file that cannot be taken: ``field`` is the place in it (``lines[us-988].number``), ``why`` the reason."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class LineKind(StrEnum):
    """What a line is for; Help now groups by it, in this order."""

    CRISIS = "crisis"
    OUTSIDE_TEAM = "outside_team"
    """Someone outside the care team, when a person with you crossed a line."""
    SUBSTANCE = "substance"
    POISON = "poison"
    PSYCHEDELIC_SUPPORT = "psychedelic_support"
    """Talk during or after an experience; never for emergencies."""


class Age(StrEnum):
    """How far a number can be trusted."""

    UNCHECKED = "unchecked"
    CHECKED = "checked"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Emergency:
    """The emergency number of a country, and one sentence about it ("" for none)."""

    number: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line to call or write to.

    ``number`` is shown large and is whatever has to be typed, a web address included. ``how`` says how to reach it,
    ``hours_note`` when. ``source`` tells where the number comes from; ``checked_on`` is None until a person checked it.
    """

    id: str
    kind: LineKind
    name: str
    number: str
    source: str
    how: str = ""
    hours_note: str = ""
    checked_on: date | None = None

    def age(self, today: date) -> Age:
        """How far the number can be trusted on ``today``."""
        if self.checked_on is None:
            return Age.UNCHECKED
        return Age.STALE if today > _months_later(self.checked_on, STALE_AFTER_MONTHS) else Age.CHECKED


@dataclass(frozen=True, slots=True)
class Country:
    """The page of one country. ``code`` is ISO 3166-1 (``IE``) or :data:`ELSEWHERE`; lines keep the file's order."""

    code: str
    name: str
    emergency: Emergency
    lines: tuple[HelpLine, ...]

    def of_kind(self, kind: LineKind) -> tuple[HelpLine, ...]:
        """The lines of one kind, in order; often none."""
        return tuple(line for line in self.lines if line.kind is kind)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an exercise; ``count`` is how many things to find, None for a step that counts nothing."""

    text: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A short exercise in words alone, nothing moves and nothing is timed. ``switch`` is what the button to it says."""

    id: str
    title: str
    intro: str
    switch: str
    steps: tuple[Step, ...]


def line_note(
    line: HelpLine, emergency: Emergency, today: date, write_date: Callable[[date], str] = date.isoformat
) -> str:
    """The sentence under a line: whether its number was checked, and what to do if nobody answers.

    ``write_date`` writes a date the way the person reads dates.
    """
    if line.checked_on is None:
        return _("Not checked yet. If nobody answers, call {emergency}.").format(emergency=emergency.number)
    written = write_date(line.checked_on)
    if line.age(today) is Age.STALE:
        return _("Checked on {date}. It may have changed.").format(date=written)
    return _("Checked on {date}.").format(date=written)


def parse_country(data: Mapping[str, object]) -> Country:
    """Read one country from what its TOML file holds, and check all of it.

    Raises:
        HelplineError: the first thing found wrong, with its place.
    """
    top = _Table(data, "", ("schema", *_names(Country)))
    top.expect_schema()
    code = top.matching("code", _COUNTRY_CODE, f"two capital letters, or {ELSEWHERE}")
    emergency = _Table(top.table("emergency"), "emergency.", _names(Emergency))
    return Country(
        code=code,
        name=top.text("name"),
        emergency=Emergency(emergency.text("number"), emergency.text("note", needed=False)),
        lines=tuple(_parse_line(table) for table in top.labelled_tables("lines", _names(HelpLine))),
    )


def parse_exercises(data: Mapping[str, object]) -> tuple[Exercise, ...]:
    """Read the exercises from what their TOML file holds, and check all of it.

    Raises:
        HelplineError: the first thing found wrong, with its place.
    """
    top = _Table(data, "", ("schema", "exercises"))
    top.expect_schema()
    return tuple(
        Exercise(
            id=table.matching("id", _LINE_ID, "a small letter, then small letters, digits or hyphens"),
            title=table.text("title"),
            intro=table.text("intro"),
            switch=table.text("switch"),
            steps=tuple(
                Step(step.text("text"), step.count("count")) for step in table.labelled_tables("steps", _names(Step))
            ),
        )
        for table in top.labelled_tables("exercises", _names(Exercise))
    )


def _parse_line(table: _Table) -> HelpLine:
    kind = table.text("kind")
    if kind not in tuple(LineKind):
        raise table.error("kind", f"it is not one of {', '.join(LineKind)}")
    return HelpLine(
        id=table.matching("id", _LINE_ID, "a small letter, then small letters, digits or hyphens"),
        kind=LineKind(kind),
        name=table.text("name"),
        number=table.text("number"),
        source=table.text("source"),
        how=table.text("how", needed=False),
        hours_note=table.text("hours_note", needed=False),
        checked_on=table.day("checked_on"),
    )


def _names(kind: type[Country | Emergency | HelpLine | Exercise | Step]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(day.year + years, month + 1, day.day - shorter)
        except ValueError:
            continue
    return date.max


class _Table:
    """One table of a data file, read field by field; every complaint names the place."""

    def __init__(self, data: Mapping[str, object], where: str, known: Collection[str]) -> None:
        self._data = data
        self._where = where
        for name in data:
            if name not in known:
                raise self.error(str(name), "there is no field of this name")

    def error(self, name: str, why: str) -> HelplineError:
        """The complaint about the field ``name`` of this table."""
        return HelplineError(self._where + name, why)

    def expect_schema(self) -> None:
        """Refuse a file of another version of the format."""
        found = self._data.get("schema")
        if found != SCHEMA or isinstance(found, bool):
            raise self.error("schema", f"it is not {SCHEMA}")

    def text(self, name: str, *, needed: bool = True) -> str:
        """A line of text without spaces around it; "" where an optional one is absent."""
        found = self._data.get(name)
        if found is None:
            if needed:
                raise self.error(name, "it is missing")
            return ""
        if not isinstance(found, str) or not found.strip():
            raise self.error(name, "it is not a line of text")
        if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in found):
            raise self.error(name, "it holds a line break or another character that cannot be shown")
        if len(found) > _LONGEST:
            raise self.error(name, f"it is longer than {_LONGEST} characters")
        return found.strip()

    def matching(self, name: str, pattern: re.Pattern[str], wanted: str) -> str:
        """A line of text of one form."""
        found = self.text(name)
        if not pattern.fullmatch(found):
            raise self.error(name, f"it is not {wanted}")
        return found

    def day(self, name: str) -> date | None:
        """A date without a time, or None where it is absent."""
        found = self._data.get(name)
        if found is None:
            return None
        if isinstance(found, datetime) or not isinstance(found, date):
            raise self.error(name, "it is not a date such as 2026-11-24")
        return found

    def count(self, name: str) -> int | None:
        """A whole number from 1 to 99, or None where it is absent."""
        found = self._data.get(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= 99:
            raise self.error(name, "it is not a whole number from 1 to 99")
        return found

    def table(self, name: str) -> Mapping[str, object]:
        """A table inside this one."""
        found = self._data.get(name)
        if not isinstance(found, Mapping):
            raise self.error(name, "it is missing or has no named fields")
        return found

    def labelled_tables(self, name: str, known: Collection[str]) -> tuple[_Table, ...]:
        """A list of at least one table; a complaint names each by its id, or by its place. An id comes once only."""
        found = self._data.get(name)
        if isinstance(found, (str, bytes)) or not isinstance(found, Collection) or not found:
            raise self.error(name, "at least one is needed")
        tables, seen = [], set()
        for place, item in enumerate(found, start=1):
            if not isinstance(item, Mapping):
                raise self.error(f"{name}[{place}]", "it has no named fields")
            label = item.get("id")
            label = label if isinstance(label, str) else place
            if label in seen:
                raise self.error(f"{name}[{label}].id", "it is taken already")
            seen.add(label)
            tables.append(_Table(item, f"{self._where}{name}[{label}].", known))
        return tuple(tables)
