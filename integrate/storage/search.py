"""Full-text search inside the encrypted file.

The index finds; what is shown comes from the entry's own text, whose seal was checked. A search is asked for with every
key somebody types, so its statements are prepared and its rows are read without making objects of them.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Iterator, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, bindparam, or_, select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import TextClause

from integrate.domain.entry import EntrySummary, Filter, Hit, Unreadable
from integrate.domain.query import Query
from integrate.domain.snippets import make_snippet
from integrate.storage.entries import FITS_DAYS, FITS_FILTER, NEWEST_FIRST, filter_values, unreadable
from integrate.storage.rows import to_summary
from integrate.storage.seals import Sealer
from integrate.storage.statements import Prepared
from integrate.storage.tables import EntryRow, EntryTextRow, is_intact, table_of

_BATCH: Final = 500
_FEW: Final = 500  # hits up to which looking each up is cheaper than walking the newest first
_WINDOW: Final = 400  # newest entries that are tried first
_SCATTER: Final = 20  # how far apart their keys may lie, in windows: an import can put old entries after new ones
_NO_LIMIT: Final = -1  # as SQLite says it

_Record: Any = namedtuple("_Record", list(table_of(EntryRow).c.keys()))  # type: ignore[misc]  # the table names them
_TEXT_NAMES: Final = tuple(table_of(EntryTextRow).c.keys())

# Signs that no tokenizer keeps are looked for as they stand; all of them have to be there.
_HOLDS_SIGNS: Final = text(
    """NOT EXISTS (SELECT 1 FROM json_each(:signs) AS sign WHERE NOT EXISTS (
    SELECT 1 FROM entry_words AS words WHERE words.rowid = entry.pk AND (
    instr(words.title, sign.value) OR instr(words.body, sign.value) OR instr(words.labels, sign.value))))"""
)


class Spread(Enum):
    """How many entries hold the terms of a query. Its value is the condition that narrows entries down to them.

    A few hits are looked up one by one and sorted. For many, the entries are walked newest first and tried against the
    set of hits, so that a list of fifty costs the same for a word that is everywhere; the unary plus tells SQLite so.
    """

    ALL = None
    FEW = "entry.pk IN (SELECT value FROM json_each(:found))"
    MANY = "+entry.pk IN (SELECT rowid FROM entry_fts WHERE entry_fts MATCH :expression)"

    def conditions(self) -> tuple[ColumnElement[bool] | TextClause, ...]:
        """What an entry has to keep, beside a filter; its values are bound by :func:`query_values`."""
        signs = or_(bindparam("signs").is_(None), _HOLDS_SIGNS)
        return (signs,) if self.value is None else (text(self.value), signs)


def _entries(spread: Spread) -> Prepared:
    statement = select(table_of(EntryRow)).where(*spread.conditions(), *FITS_FILTER)
    return Prepared(statement.order_by(*NEWEST_FIRST).limit(bindparam("most")))


_FIRST_HITS: Final = Prepared(text("SELECT rowid FROM entry_fts WHERE entry_fts MATCH :expression LIMIT :most"))
_NEWEST: Final = Prepared(select(EntryRow.pk).where(*FITS_DAYS).order_by(*NEWEST_FIRST).limit(bindparam("most")))
_HITS_BETWEEN: Final = Prepared(
    text("SELECT rowid FROM entry_fts WHERE entry_fts MATCH :expression AND rowid BETWEEN :lowest AND :highest")
)
_ENTRIES: Final = MappingProxyType({spread: _entries(spread) for spread in Spread})
_TEXTS: Final = Prepared(select(table_of(EntryTextRow)).where(text("entry_pk IN (SELECT value FROM json_each(:keys))")))


def search(session: Session, query: Query, which: Filter, limit: int | None = None) -> Iterator[Hit | Unreadable]:
    """Entries that hold every term and literal of ``query``, newest first. An empty query finds nothing."""
    if query.is_empty:
        return
    connection: Connection = session.connection()
    sealer: Sealer = session.info["sealer"]
    for batch in matching_records(connection, query, which, limit):
        yield from hits_of(connection, sealer, batch, query)


def spread_of(connection: Connection, query: Query) -> tuple[Spread, dict[str, Any]]:
    """How the hits of ``query`` lie, and the values of its conditions. An empty query stands for every entry."""
    values = {
        "expression": query.match_expression(),
        "signs": json.dumps(query.literals) if query.literals else None,
        "most": _FEW + 1,
    }
    if not query.terms:
        return Spread.ALL, values
    first = _FIRST_HITS.rows(connection, values)
    values["found"] = json.dumps([pk for (pk,) in first])
    return Spread.FEW if len(first) <= _FEW else Spread.MANY, values


def matching_records(
    connection: Connection, query: Query, which: Filter, limit: int | None = None
) -> Iterator[list[Any]]:
    """The rows of entries that fit, newest first, in batches as they are asked for, their seals not yet checked."""
    spread, values = spread_of(connection, query)
    values |= filter_values(which)
    if spread is Spread.MANY and limit is not None:
        newest = _among_newest(connection, values, limit)
        if len(newest) == limit:
            yield newest
            return
    values["most"] = _NO_LIMIT if limit is None else limit
    for batch in _ENTRIES[spread].batches(connection, values, _BATCH):
        yield list(map(record, batch))


def _among_newest(connection: Connection, values: dict[str, Any], limit: int) -> list[Any]:
    """What fits of the newest entries: for a word that is everywhere that is all of the list somebody sees.

    It spares collecting a hundred thousand hits. Fewer than ``limit`` say nothing, and the whole has to be asked.
    """
    newest = {pk for (pk,) in _NEWEST.rows(connection, values | {"most": _WINDOW})}
    if not newest or max(newest) - min(newest) > _WINDOW * _SCATTER:
        return []
    hits = _HITS_BETWEEN.rows(connection, values | {"lowest": min(newest), "highest": max(newest)})
    found = [pk for (pk,) in hits if pk in newest]
    if len(found) < limit:
        return []
    values = values | {"found": json.dumps(found), "most": limit}
    return list(map(record, _ENTRIES[Spread.FEW].rows(connection, values)))


def record(values: Sequence[Any]) -> Any:
    """Every column of an entry, in the table's order, by their names."""
    return _Record._make(values)


def summary_of(sealer: Sealer, row: Any) -> EntrySummary | Unreadable:
    """What a list shows of a :func:`record`, once its seal was checked."""
    return to_summary(row) if is_intact(sealer, EntryRow, row._asdict()) else unreadable(row)


def hits_of(connection: Connection, sealer: Sealer, rows: Sequence[Any], query: Query) -> Iterator[Hit | Unreadable]:
    """One hit for each of ``rows`` (:func:`record`), its text read and checked."""
    keys = json.dumps([row.pk for row in rows])
    found = (dict(zip(_TEXT_NAMES, values, strict=True)) for values in _TEXTS.rows(connection, {"keys": keys}))
    texts = {values["entry_pk"]: values for values in found}
    for row in rows:
        words = texts.get(row.pk)
        if (
            words is not None
            and is_intact(sealer, EntryRow, row._asdict())
            and is_intact(sealer, EntryTextRow, words)
            and (words["id"], words["rev"]) == (row.id, row.rev)
        ):
            yield Hit(to_summary(row), make_snippet(words["body"], query))
        else:
            yield unreadable(row)
