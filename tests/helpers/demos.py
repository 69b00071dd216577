"""Demos for tests, and all that one holds."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from integrate.journal.demo import PASSPHRASE
from integrate.journal.opening import Access, ByPassphrase, Journal, open_journal

DAY = date(2026, 10, 8)


def opened(place: Path, access: Access = Access.READ) -> Journal:
    """A demo, open."""
    return open_journal(place, ByPassphrase(PASSPHRASE), access)


def everything(place: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a demo, but for what hangs on its keys: seals, and the note of its backup file."""
    with opened(place) as journal, closing(journal.vault.database.raw_connection()) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith(("entry_fts", "sqlite_")) and name != "backup"
        ]
        return {name: _rows(connection, name) for name in names}


def _rows(connection: Any, table: str) -> list[tuple[Any, ...]]:
    rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 - names of our own tables
    columns = [column[0] for column in rows.description]
    return [tuple(value for name, value in zip(columns, row, strict=True) if name != "seal") for row in rows]
