"""Full-text search inside the encrypted file.

The index finds; what is shown comes from the entry's own text, whose seal was checked. A search is asked for with every
key somebody types, so its statements are prepared and its rows are read without making objects of them.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, or_, select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import TextClause

from integrate.domain.entry import Filter, Hit, Unreadable
from integrate.domain.query import Query
from integrate.domain.snippets import make_snippet
from integrate.storage.entries import FITS_FILTER, NEWEST_FIRST, filter_values, unreadable
from integrate.storage.rows import to_summary
from integrate.storage.seals import Sealer
from integrate.storage.statements import Prepared
from integrate.storage.tables import EntryRow, EntryTextRow, is_intact, table_of

_BATCH: Final = 500
_FEW: Final = 500  # hits up to which looking each up is cheaper than walking the newest first
_NO_LIMIT: Final = -1  # as SQLite says it

_Record: Any = namedtuple("_Record", list(table_of(EntryRow).c.keys()))  # type: ignore[misc]  # the table names them
_TEXT_NAMES: Final = tuple(table_of(EntryTextRow).c.keys())

# Signs that no tokenizer keeps are looked for as they stand; all of them have to be there.
_HOLDS_SIGNS: Final = text(
    """NOT EXISTS (SELECT 1 FROM json_each(:signs) AS sign WHERE NOT EXISTS (
    SELECT 1 FROM entry_words AS words WHERE words.rowid = entry.pk AND (
    instr(words.title, sign.value) OR instr(words.body, sign.value) OR instr(words.labels, sign.value))))"""
)


def _entries(*found: ColumnElement[bool] | TextClause) -> Prepared:
    statement = select(table_of(EntryRow)).where(*found, *FITS_FILTER)
    signs = or_(bindparam("signs").is_(None), _HOLDS_SIGNS)
    return Prepared(statement.where(signs).order_by(*NEWEST_FIRST).limit(bindparam("most")))


# A few hits are looked up one by one and sorted. For many, the entries are walked newest first and tried against the
# set of hits, so that a list of fifty costs the same for a word that is everywhere; the unary plus tells SQLite so.
_FIRST_HITS: Final = Prepared(text("SELECT rowid FROM entry_fts WHERE entry_fts MATCH :expression LIMIT :most"))
_OF_FEW: Final = _entries(text("entry.pk IN (SELECT value FROM json_each(:found))"))
_OF_MANY: Final = _entries(text("+entry.pk IN (SELECT rowid FROM entry_fts WHERE entry_fts MATCH :expression)"))
_OF_ALL: Final = _entries()
_TEXTS: Final = Prepared(select(table_of(EntryTextRow)).where(text("entry_pk IN (SELECT value FROM json_each(:keys))")))


def search(session: Session, query: Query, which: Filter, limit: int | None = None) -> Iterator[Hit | Unreadable]:
    """Entries that hold every term and literal of ``query``, newest first. An empty query finds nothing."""
    if not query.terms and not query.literals:
        return
    connection: Connection = session.connection()
    sealer: Sealer = session.info["sealer"]
    values = filter_values(which) | {
        "expression": query.match_expression(),
        "signs": json.dumps(query.literals) if query.literals else None,
        "most": _NO_LIMIT if limit is None else limit,
    }
    statement = _OF_ALL
    if query.terms:
        first = _FIRST_HITS.rows(connection, values | {"most": _FEW + 1})
        statement = _OF_FEW if len(first) <= _FEW else _OF_MANY
        values["found"] = json.dumps([pk for (pk,) in first])
    for batch in statement.batches(connection, values, _BATCH):
        yield from _hits(connection, sealer, list(map(_Record._make, batch)), query)


def _hits(connection: Connection, sealer: Sealer, rows: Sequence[Any], query: Query) -> Iterator[Hit | Unreadable]:
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
