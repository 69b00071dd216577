"""Taking very many entries out of the search index at once.

FTS5's secure deletion rewrites a leaf of the index for each word of each entry: right for one entry, minutes for
thousands. Here they are marked as gone first, and the index is then merged piece by piece until nothing of them is
left in it (finding F10). Whatever transaction ends, secure deletion is on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection

from integrate.storage.database import Database
from integrate.storage.statements import driver_of

_SECURE: Final = "INSERT INTO entry_fts(entry_fts, rank) VALUES ('secure-delete', ?)"
_MERGE: Final = "INSERT INTO entry_fts(entry_fts, rank) VALUES ('merge', ?)"
_PAGES: Final = 100  # merged in one transaction, some tens of milliseconds
_NOTHING_LEFT: Final = 2  # changed rows: FTS5 writes its own head alone once there is nothing to merge


@contextmanager
def pruning(connection: Connection) -> Iterator[None]:
    """Let entries be taken out of the index quickly inside this write transaction; :func:`prune` has to follow."""
    driver = driver_of(connection)
    driver.execute(_SECURE, (0,))
    yield
    driver.execute(_SECURE, (1,))


def prune(database: Database) -> None:
    """Merge the index until no word of what was taken out is left in it, in short transactions."""
    pages = -_PAGES  # negative: everything there is takes part
    while True:
        with database.write() as connection:
            driver = driver_of(connection)
            before = driver.total_changes
            driver.execute(_MERGE, (pages,))
            if driver.total_changes - before < _NOTHING_LEFT:
                return
        pages = _PAGES
