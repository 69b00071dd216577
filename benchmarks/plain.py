"""The baseline: the same schema, triggers, index and statements in the standard library's SQLite, not encrypted.

It gets the very statements, with their parameters, that the journal was seen to send. Two things are left out because
older versions of SQLite do not know or allow them: FTS5's ``secure-delete`` option (since 3.42) and
``trusted_schema=OFF`` (they call FTS5 in a trigger unsafe). The first makes the baseline much faster at saving again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from integrate.domain.entry import Hit, Snippet
from integrate.storage.migrating import upgrade
from integrate.storage.rows import to_summary
from integrate.storage.statements import Prepared

_RECIPE = (
    "PRAGMA temp_store=MEMORY", "PRAGMA cell_size_check=ON", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON",
)  # fmt: skip
_SEARCH = """SELECT * FROM entry
    WHERE deleted_us IS NULL AND pk IN (SELECT rowid FROM entry_fts WHERE entry_fts MATCH ?)
    ORDER BY at_us DESC, pk DESC LIMIT ?"""
_WALK = """SELECT * FROM entry INDEXED BY ix_entry_live
    WHERE deleted_us IS NULL AND pk IN (SELECT rowid FROM entry_fts WHERE entry_fts MATCH ?)
    ORDER BY at_us DESC, pk DESC LIMIT ?"""
_BODY = "SELECT body FROM entry_text WHERE entry_pk = ?"
_SNIPPET = "SELECT snippet(entry_fts, 1, '[', ']', '…', 24) FROM entry_fts WHERE entry_fts MATCH ? AND rowid = ?"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it went to the driver; ``many`` when ``parameters`` is a list of rows."""

    sql: str
    parameters: Any
    many: bool


class PlainDatabase:
    """A plain SQLite file with the journal's schema."""

    def __init__(self, path: Path, connection: Any) -> None:
        self.path = path
        self._connection = connection
        for pragma in _RECIPE:
            connection.execute(pragma)

    @classmethod
    def make(cls, path: Path) -> PlainDatabase:
        """A new, empty one in the standard library's SQLite."""
        connection = sqlite3.connect(path, isolation_level=None)
        made = cls(path, connection)
        _migrate(connection)
        return made

    def copy_with_secure_delete(self, path: Path) -> PlainDatabase:
        """The same data, as plain, in the very version of SQLite that the journal uses, with ``secure-delete``."""
        self.checkpoint()
        shutil.copyfile(self.path, path)
        copy = PlainDatabase(path, sqlcipher.connect(path, isolation_level=None))  # without a key it is plain SQLite
        copy._connection.execute("INSERT INTO entry_fts(entry_fts, rank) VALUES ('secure-delete', 1)")
        return copy

    def replay(self, statements: Iterable[Statement]) -> None:
        """Run what the journal ran as one durable transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            run = self._connection.executemany if statement.many else self._connection.execute
            run(statement.sql, statement.parameters).fetchall()
        self._connection.execute("COMMIT")

    def search(self, expression: str, limit: int, *, walk: bool = False) -> list[tuple[Any, ...]]:
        """The newest entries that match, and their bodies, from which snippets would be made.

        With ``walk`` the entries are tried newest first, which suits many hits; else the hits are sorted, as SQLite
        chooses by itself.
        """
        return fetch_hits(self._connection, expression, limit, walk=walk)

    def hits(self, expression: str, limit: int, *, walk: bool) -> list[Hit]:
        """The same hits as the journal gives: domain values, with FTS5's own snippets."""
        cursor = self._connection.execute(_WALK if walk else _SEARCH, (expression, limit))
        record = namedtuple("Record", [column[0] for column in cursor.description])  # type: ignore[misc]  # as the table is
        found = []
        rows: Iterable[Any] = map(record._make, cursor.fetchall())
        for row in rows:
            (snippet,) = self._connection.execute(_SNIPPET, (expression, row.pk)).fetchone()
            found.append(Hit(to_summary(row), Snippet(snippet)))
        return found

    def count(self) -> int:
        """How many entries it holds."""
        return int(self._connection.execute("SELECT count(*) FROM entry").fetchone()[0])

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def fetch_hits(connection: Any, expression: str, limit: int, *, walk: bool) -> list[tuple[Any, ...]]:
    """The two statements of a search on any connection of the DB-API, plain or encrypted."""
    rows = connection.execute(_WALK if walk else _SEARCH, (expression, limit)).fetchall()
    return [row + connection.execute(_BODY, row[:1]).fetchone() for row in rows]


@contextmanager
def statements_seen() -> Iterator[list[Statement]]:
    """Collect every statement that a save sends meanwhile, by SQLAlchemy or prepared, but for the BEGIN."""
    seen: list[Statement] = []
    run, run_many = Prepared.run, Prepared.run_many

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, executemany: bool) -> None:
        seen.append(Statement(sql, parameters, executemany))

    def noted_run(self: Prepared, connection: Connection, values: Mapping[str, Any]) -> Any:
        seen.append(Statement(self.sql, self.parameters(values), many=False))
        return run(self, connection, values)

    def noted_run_many(self: Prepared, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        rows = list(rows)
        seen.append(Statement(self.sql, [self.parameters(row) for row in rows], many=True))
        run_many(self, connection, rows)

    event.listen(Engine, "before_cursor_execute", note)
    Prepared.run, Prepared.run_many = noted_run, noted_run_many  # type: ignore[method-assign]  # put back below
    try:
        yield seen
    finally:
        Prepared.run, Prepared.run_many = run, run_many  # type: ignore[method-assign]  # as they were
        event.remove(Engine, "before_cursor_execute", note)


def _migrate(connection: sqlite3.Connection) -> None:
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def leave_out(
        _connection: Any, _cursor: Any, sql: str, parameters: Sequence[Any], _context: Any, _many: bool
    ) -> tuple[str, Sequence[Any]]:
        return ("SELECT 1" if "'secure-delete'" in sql else sql), parameters

    with engine.connect() as migrating:
        migrating.exec_driver_sql("BEGIN")
        upgrade(migrating)
        migrating.commit()
