"""The measures that ship, from what their data file holds. A journal has them before anything is written in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from integrate.domain.measures import Definition, Direction, HowOften, Measure, MeasureKind
from integrate.errors import WrongUsage

SCHEMA: Final = 1
FIRST_OWN_NUMBER: Final = 1000
"""Measures of one's own are numbered from here, so that later ones of the program never meet them."""

_KEY: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_FIELDS: Final = frozenset(
    {
        "number", "key", "name", "low", "high", "lowest", "highest", "step", "direction", "kind", "unit", "how_often",
        "in_use", "words",
    }
)  # fmt: skip
_T = TypeVar("_T")


class MeasuresError(ValueError):
    """A file of measures that cannot be taken: ``field`` is the place in it, ``why`` the reason."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


@dataclass(frozen=True, slots=True)
class ShippedMeasure:
    """A measure that ships: as a new journal has it, and the ``number`` its answers are kept under."""

    number: int
    measure: Measure


def shipped_id(key: str) -> UUID:
    """The id of the shipped measure with this key, the same in every journal."""
    return UUID(bytes=hashlib.sha256(b"integrate measure " + key.encode("ascii")).digest()[:16])


def parse_measures(data: Mapping[str, object]) -> tuple[ShippedMeasure, ...]:
    """Read the measures from what their TOML file holds, and check all of it.

    Raises:
        MeasuresError: the first thing found wrong, with its place.
    """
    if data.get("schema") != SCHEMA:
        raise MeasuresError("schema", f"it is not {SCHEMA}")
    tables = data.get("measures")
    if not isinstance(tables, tuple) or not tables:
        raise MeasuresError("measures", "there is none")
    found = tuple(_measure(table, place) for place, table in enumerate(tables))
    for what in ("number", "key"):
        values = [one.number if what == "number" else one.measure.key for one in found]
        if len(set(values)) < len(values):
            raise MeasuresError("measures", f"a {what} is there twice")
    return found


def _measure(table: object, place: int) -> ShippedMeasure:
    if not isinstance(table, Mapping):
        raise MeasuresError(f"measures[{place + 1}]", "it is no table")
    key = table.get("key")
    where = f"measures[{key if isinstance(key, str) else place + 1}]"
    for name in table:
        if name not in _FIELDS:
            raise MeasuresError(f"{where}.{name}", "there is no such field")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise MeasuresError(f"{where}.key", "a small letter, then small letters, digits or hyphens")
    field = _Fields(table, where)
    number = field.take("number", int, None)
    if not 1 <= number < FIRST_OWN_NUMBER:
        raise MeasuresError(f"{where}.number", f"it is not from 1 to {FIRST_OWN_NUMBER - 1}")
    words = field.take("words", tuple, ())
    if not all(isinstance(word, str) and word.strip() for word in words):
        raise MeasuresError(f"{where}.words", "each is a word")
    how_often = field.one_of("how_often", HowOften, None)
    measure = Measure(
        shipped_id(key), key, _definition(field), 1, place, field.take("in_use", bool, False), how_often, words
    )
    if bool(words) != (measure.definition.kind is MeasureKind.WORDS):
        raise MeasuresError(f"{where}.words", "a list is there for a measure of words, and for no other")
    return ShippedMeasure(number, measure)


def _definition(field: _Fields) -> Definition:
    step = field.table.get("step", 1)
    if step not in (1, 0.25):
        raise MeasuresError(f"{field.where}.step", "it is not 1 or 0.25")
    try:
        return Definition(
            name=field.take("name", str, None),
            low=field.take("low", str, ""),
            high=field.take("high", str, ""),
            lowest=field.take("lowest", int, 0),
            highest=field.take("highest", int, 10),
            step=0.25 if step == 0.25 else 1,
            direction=field.one_of("direction", Direction, Direction.NEITHER),
            kind=field.one_of("kind", MeasureKind, MeasureKind.SCALE),
            unit=field.take("unit", str, ""),
        )
    except WrongUsage as problem:
        raise MeasuresError(field.where, problem.sentences()[-1]) from None


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of one measure's table, each checked as it is taken."""

    table: Mapping[str, object]
    where: str

    def take(self, name: str, kind: type[_T], default: _T | None) -> _T:
        value = self.table.get(name, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise MeasuresError(f"{self.where}.{name}", "it is missing, or of another kind")
        return value

    def one_of(self, name: str, choose: Callable[[str], _T], default: _T | None) -> _T:
        value = self.table.get(name)
        if value is None and default is not None:
            return default
        try:
            return choose(str(value))
        except ValueError:
            raise MeasuresError(f"{self.where}.{name}", "it is none of those that README.md names") from None
