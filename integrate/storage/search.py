"""Full-text search inside the encrypted file.

The index finds; what is shown comes from the entry's own text, whose seal was checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Integer, column, func, literal_column, or_, select, table, text
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, Select

from integrate.domain.entry import Filter, Hit, Unreadable
from integrate.domain.query import Query
from integrate.domain.snippets import make_snippet
from integrate.storage.entries import matching, newest_first, unreadable
from integrate.storage.rows import to_summary
from integrate.storage.tables import EntryRow, EntryTextRow

_BATCH = 500
_FEW = 500  # hits up to which looking each up is cheaper than walking the newest first
_INDEX = table("entry_fts", column("rowid"))


def search(session: Session, query: Query, which: Filter, limit: int | None = None) -> Iterator[Hit | Unreadable]:
    """Entries that hold every term and literal of ``query``, newest first. An empty query finds nothing."""
    if not query.terms and not query.literals:
        return
    statement = matching(select(EntryRow), which)
    if query.terms:
        statement = _matching(session, statement, query.match_expression())
    for literal in query.literals:
        statement = statement.where(EntryRow.pk.in_(_holding(literal)))
    ordered = newest_first(statement).limit(limit).execution_options(yield_per=_BATCH)
    rows = iter(session.scalars(ordered))
    while batch := list(islice(rows, _BATCH)):
        yield from _hits(session, batch, query)


def _matching(session: Session, statement: Select[EntryRow], expression: str) -> Select[EntryRow]:
    """Narrow to what the index finds, by the way that suits the number of hits.

    A few hits are looked up one by one and sorted. For many, the entries are walked newest first and tried against the
    set of hits, so that a list of fifty costs the same for a word that is everywhere; the unary plus tells SQLite so.
    """
    found = select(_INDEX.c.rowid).where(text("entry_fts MATCH :expression")).params(expression=expression)
    few = session.execute(select(func.count()).select_from(found.limit(_FEW + 1).subquery())).scalar_one() <= _FEW
    key: ColumnElement[int] = EntryRow.pk.expression if few else literal_column("+entry.pk", Integer)
    return statement.where(key.in_(found))


def _holding(literal: str) -> Select[int]:
    """Entries with ``literal`` as it stands: for signs that no tokenizer keeps."""

    def holds(field: ColumnElement[str]) -> ColumnElement[bool]:
        return func.instr(field, literal) > 0

    body = func.coalesce(EntryTextRow.index_body, EntryTextRow.body)
    fields = (body, EntryTextRow.index_title.expression, EntryTextRow.index_labels.expression)
    return select(EntryTextRow.entry_pk).where(or_(*map(holds, fields)))


def _hits(session: Session, rows: list[EntryRow], query: Query) -> Iterator[Hit | Unreadable]:
    keys = [row.pk for row in rows]
    texts = {
        text_row.entry_pk: text_row
        for text_row in session.scalars(select(EntryTextRow).where(EntryTextRow.entry_pk.in_(keys)))
    }
    for row in rows:
        text_row = texts.get(row.pk)
        if not row.intact or text_row is None or not text_row.intact or text_row.rev != row.rev:
            yield unreadable(row)
        else:
            yield Hit(to_summary(row), make_snippet(text_row.body, query))
