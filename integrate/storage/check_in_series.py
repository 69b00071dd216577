"""Every answer ever given, as columns by measure and meaning: what all of Trends is made from.

Ten years of check-ins are read at once, so the rows go past SQLAlchemy's objects, straight from the driver, and each
seal is checked by a function made once. A row whose seal does not fit is counted and left out; nothing stands for it.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, compress, groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import LargeBinary, bindparam, cast, select
from sqlalchemy.orm import Session

from integrate.domain.measures import PARTS, Definition, Measure, MeasureKind
from integrate.domain.series import Meaning, Series, SeriesSet, meanings
from integrate.storage.bases import table_of
from integrate.storage.measures import Known, MeasureReader, answer_key
from integrate.storage.mood_tables import CheckInRow
from integrate.storage.statements import Prepared

_TABLE: Final = table_of(CheckInRow)
_COLUMNS: Final = tuple(column.key for column in _TABLE.columns if column.key != "pk")
_TEXTS: Final = frozenset({"zone", "written_zone", "answers", "note"})
_DAY, _INSTANT, _ANSWERS = map(_COLUMNS.index, ("local_day", "about_us", "answers"))
# The bytes of a text are what its seal is made of: making text of them would be undone at once.
_PLAIN: Final = (cast(_TABLE.c[name], LargeBinary) if name in _TEXTS else _TABLE.c[name] for name in _COLUMNS)
_LIVE: Final = select(*_PLAIN).where(_TABLE.c.deleted_us.is_(None))
_ALL: Final = Prepared(_LIVE)
_BETWEEN: Final = Prepared(_LIVE.where(_TABLE.c.local_day.between(bindparam("first"), bindparam("last"))))

_Columns = tuple[Sequence[int], Sequence[int], Sequence[int]]
"""Instants, quarters and days of the same answers, in the order of their instants."""


@dataclass(slots=True)
class _Group:
    """The versions of one measure that share a meaning; ``names`` are those of their answers."""

    measure_id: UUID
    definition: Definition  # the newest
    turned: bool
    is_current: bool = False
    names: list[str] = field(default_factory=list)


def read_series(session: Session, first_day: date | None = None, last_day: date | None = None) -> SeriesSet:
    """Every number answered from ``first_day`` to ``last_day``, inclusive local days, without deleted check-ins.

    A measure without an answer has no series, and neither has one that is answered with words.
    """
    reader = MeasureReader(session)
    known, measures = reader.known(), [one for one in reader.list() if isinstance(one, Measure)]
    rows, bad = _intact_rows(session, first_day, last_day)
    rows.sort(key=itemgetter(_INSTANT))
    gathered = _Gathered(rows)
    places = {one.id: place for place, one in enumerate(measures)}
    groups = _groups(known, {one.id: one.version for one in measures})
    found = [
        _series(group, gathered.columns(group.names))
        for group in sorted(groups, key=lambda one: places.get(one.measure_id, len(places)))
    ]
    return SeriesSet(tuple(one for one in found if one.values), bad + known.damaged)


class _Gathered:
    """The answers of intact rows, which are in the order of their instants."""

    def __init__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        # Read as one text, the answers cost half of what they cost one by one.
        self._answers: list[dict[str, Any]] = json.loads(b"[" + b",".join([row[_ANSWERS] for row in rows]) + b"]")
        self._days = [row[_DAY] for row in rows]
        self._instants = [row[_INSTANT] for row in rows]
        self._names = frozenset(chain.from_iterable(self._answers))
        several = len(set(self._instants)) < len(rows)
        self._shared = [at for at, count in Counter(self._instants).items() if count > 1] if several else []

    def columns(self, names: Collection[str]) -> _Columns:
        """The answers with these names, by instant, then by value."""
        found = [self._of_name(name) for name in names if name in self._names]
        if not found:
            return (), (), ()
        if len(found) == 1:
            return _settled(found[0], self._shared)
        merged = sorted(chain.from_iterable(zip(*each, strict=True) for each in found))
        return _transposed(merged)

    def _of_name(self, name: str) -> _Columns:
        quarters: list[Any] = [one.get(name) for one in self._answers]
        if None not in quarters:
            return self._instants, quarters, self._days
        given = [each is not None for each in quarters]  # neither "No answer" nor what was not asked is a number
        instants, days = list(compress(self._instants, given)), list(compress(self._days, given))
        return instants, list(compress(quarters, given)), days


def _settled(columns: _Columns, shared: Collection[int]) -> _Columns:
    """The same with the answers of each instant that several check-ins share in the order of their values."""
    if not shared:
        return columns
    instants, quarters, days = columns[0], list(columns[1]), list(columns[2])
    for instant in shared:
        some = slice(bisect_left(instants, instant), bisect_right(instants, instant))
        ordered = sorted(zip(instants[some], quarters[some], days[some], strict=True))
        _same, quarters[some], days[some] = _transposed(ordered)
    return instants, quarters, days


def _transposed(rows: Sequence[tuple[int, ...]]) -> _Columns:
    return (
        tuple(row[0] for row in rows),
        tuple(row[1] for row in rows),
        tuple(row[2] for row in rows),
    )


def _intact_rows(session: Session, first: date | None, last: date | None) -> tuple[list[tuple[Any, ...]], int]:
    """The rows of those days whose seal fits, and how many there are whose seal does not."""
    connection = session.connection()
    if first is None and last is None:
        found = _ALL.rows(connection, {})
    else:
        days = {"first": (first or date.min).toordinal(), "last": (last or date.max).toordinal()}
        found = _BETWEEN.rows(connection, days)
    intact = list(filter(session.info["sealer"].checker(CheckInRow.__tablename__, _COLUMNS, _TEXTS), found))
    return intact, len(found) - len(intact)


def _groups(known: Known, current: dict[UUID, int]) -> list[_Group]:
    """The versions of all measures by what they share, of each measure the newest first."""
    groups: dict[tuple[int, Meaning], _Group] = {}
    for number, found in groupby(sorted(known.definitions), key=itemgetter(0)):
        names = list(found)  # the oldest version first
        meant = meanings([known.definitions[name] for name in names])
        for name, meaning in zip(reversed(names), reversed(meant), strict=True):
            definition, version = known.definitions[name], name[1]
            if definition.kind is MeasureKind.WORDS:
                continue
            measure_id, turned = known.ids[number], meaning[-1]
            group = groups.setdefault((number, meaning), _Group(measure_id, definition, turned))
            group.is_current |= current.get(measure_id) == version
            group.names.append(answer_key(number, version))
    return list(groups.values())


def _series(group: _Group, columns: _Columns) -> Series:
    instants, quarters, days = columns
    values = tuple([each / PARTS for each in quarters])
    return Series(
        group.measure_id, group.definition, group.is_current, tuple(days), tuple(instants), values, group.turned
    )  # fmt: skip
