"""Full-text search inside the encrypted file.

The index finds; what is shown comes from the entry's own text, whose seal was checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, Row, column, func, literal_column, or_, select, table, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, Select

from integrate.domain.entry import Filter, Hit, Unreadable
from integrate.domain.query import Query
from integrate.domain.snippets import make_snippet
from integrate.storage.entries import matching, newest_first, unreadable
from integrate.storage.rows import to_summary
from integrate.storage.seals import Sealer
from integrate.storage.statements import Prepared
from integrate.storage.tables import EntryRow, EntryTextRow, is_intact, table_of

_BATCH = 500
_FEW = 500  # hits up to which looking each up is cheaper than walking the newest first
_ENTRY, _TEXT = table_of(EntryRow).c, table_of(EntryTextRow).c
_INDEX = table("entry_fts", column("rowid"))
_TEXT_NAMES = tuple(_TEXT.keys())
_TEXTS = Prepared(select(table_of(EntryTextRow)).where(text("entry_pk IN (SELECT value FROM json_each(:keys))")))
_FOUND = select(_INDEX.c.rowid).where(text("entry_fts MATCH :expression"))
_FIRST_FOUND = Prepared(text("SELECT rowid FROM entry_fts WHERE entry_fts MATCH :expression LIMIT :most"))
_LISTED = text("entry.pk IN (SELECT value FROM json_each(:found))")


def search(session: Session, query: Query, which: Filter, limit: int | None = None) -> Iterator[Hit | Unreadable]:
    """Entries that hold every term and literal of ``query``, newest first. An empty query finds nothing.

    Rows are read without making objects of them: a search as somebody types is asked for with every key.
    """
    if not query.terms and not query.literals:
        return
    connection: Connection = session.connection()
    sealer: Sealer = session.info["sealer"]
    statement = matching(select(table_of(EntryRow)), which)
    if query.terms:
        statement = _matching(connection, statement, query.match_expression())
    for literal in query.literals:
        statement = statement.where(_ENTRY.pk.in_(_holding(literal)))
    ordered = newest_first(statement).limit(limit).execution_options(yield_per=_BATCH)
    for batch in connection.execute(ordered).partitions(_BATCH):
        yield from _hits(connection, sealer, batch, query)


def _matching(connection: Connection, statement: Select[Any], expression: str) -> Select[Any]:
    """Narrow to what the index finds, by the way that suits the number of hits.

    A few hits are looked up one by one and sorted. For many, the entries are walked newest first and tried against the
    set of hits, so that a list of fifty costs the same for a word that is everywhere; the unary plus tells SQLite so.
    """
    first = _FIRST_FOUND.rows(connection, {"expression": expression, "most": _FEW + 1})
    if len(first) <= _FEW:
        return statement.where(_LISTED).params(found=json.dumps([pk for (pk,) in first]))
    walked: ColumnElement[int] = literal_column("+entry.pk", Integer)
    return statement.where(walked.in_(_FOUND.params(expression=expression)))


def _holding(literal: str) -> Select[int]:
    """Entries with ``literal`` as it stands: for signs that no tokenizer keeps."""

    def holds(field: ColumnElement[str]) -> ColumnElement[bool]:
        return func.instr(field, literal) > 0

    body = func.coalesce(_TEXT.index_body, _TEXT.body)
    return select(_TEXT.entry_pk).where(or_(*map(holds, (body, _TEXT.index_title, _TEXT.index_labels))))


def _hits(connection: Connection, sealer: Sealer, rows: Sequence[Row[Any]], query: Query) -> Iterator[Hit | Unreadable]:
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
