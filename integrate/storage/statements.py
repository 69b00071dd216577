"""Statements on the way of a keystroke, turned into SQL once.

SQLAlchemy's own execution of a cached statement takes longer than the encryption of what it writes. Here the SQL still
comes from the models and every value is bound, but it goes straight to the driver, inside SQLAlchemy's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.expression import ClauseElement


def driver_of(connection: Connection) -> Any:
    """The DB-API connection behind ``connection``."""
    return connection.connection.driver_connection


class Prepared:
    """One statement, run with values by name; what gets none is NULL. Values come back as the driver gives them."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled: Any = statement.compile(dialect=SQLiteDialect_pysqlite(paramstyle="qmark"))
        self.sql = str(compiled)
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())
        self._own: dict[str, Any] = dict(compiled.params)  # what SQLAlchemy bound itself, such as OFFSET 0

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """``values`` in the order of the SQL."""
        own = self._own
        return tuple([values[name] if name in values else own[name] for name in self._names])

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it once; all it gives."""
        return list(driver_of(connection).execute(self.sql, self.parameters(values)).fetchall())

    def batches(self, connection: Connection, values: Mapping[str, Any], size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Run it once; what it gives, at most ``size`` rows at a time, read as they are asked for."""
        cursor = driver_of(connection).execute(self.sql, self.parameters(values))
        while rows := cursor.fetchmany(size):
            yield rows

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Run it once; the one value it gives, or None."""
        returned = self.rows(connection, values)
        return returned[0][0] if returned else None

    def run_many(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it once for each of ``rows``."""
        driver_of(connection).executemany(self.sql, list(map(self.parameters, rows)))
