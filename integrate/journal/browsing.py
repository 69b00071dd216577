"""The list as a window shows it: first what is in sight, then the keys and months of all of it, then row by row.

Every read can be given up with a :class:`Stop` from another thread; it then raises :class:`Stopped`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from integrate.domain.entry import EntrySummary, Filter, SessionRef
from integrate.domain.listing import EntryIndex, Row, Stop, Stopped, TagUse
from integrate.domain.query import Query, parse_query
from integrate.journal.finding import EVERYTHING
from integrate.journal.opening import Journal
from integrate.storage.listing import ListReader

__all__ = (
    "EntryIndex", "Row", "Stop", "Stopped", "TagUse", "entries_on_this_day", "entry_index", "first_rows", "neighbour",
    "row_of", "rows_by_key", "sessions_in_use", "tags_in_use",
)  # fmt: skip


def first_rows(journal: Journal, text: str, which: Filter, limit: int, stop: Stop | None = None) -> tuple[Row, ...]:
    """The newest ``limit`` rows: of the whole list when ``text`` is blank, else of what a search for it finds.

    Raises:
        Stopped, DatabaseDamaged.
    """
    query = parse_query(text)
    if _finds_nothing(text, query):
        return ()
    with _reading(journal, stop) as entries:
        return entries.first(query, which, limit)


def entry_index(journal: Journal, text: str, which: Filter, stop: Stop | None = None) -> EntryIndex:
    """Keys and months of everything that :func:`first_rows` gives the beginning of.

    Raises:
        Stopped, DatabaseDamaged.
    """
    query = parse_query(text)
    if _finds_nothing(text, query):
        return EntryIndex.empty()
    with _reading(journal, stop) as entries:
        return entries.index(query, which)


def rows_by_key(journal: Journal, keys: Sequence[int], text: str = "", stop: Stop | None = None) -> tuple[Row, ...]:
    """The rows with these keys, in their order, with snippets for ``text``; what was deleted meanwhile is left out.

    Raises:
        Stopped, DatabaseDamaged.
    """
    with _reading(journal, stop) as entries:
        return entries.by_key(keys, parse_query(text))


def row_of(journal: Journal, entry_id: UUID) -> Row:
    """The row of one entry as the list shows it.

    Raises:
        EntryMissing: there is none, or it is in Recently deleted.
        DatabaseDamaged.
    """
    with _reading(journal) as entries:
        return entries.row_of(entry_id)


def tags_in_use(journal: Journal) -> tuple[TagUse, ...]:
    """Every tag in the list, the most used first, spelled as the entry written last spells it."""
    with _reading(journal) as entries:
        return entries.tags()


def sessions_in_use(journal: Journal) -> tuple[SessionRef, ...]:
    """Every session that an entry in the list is about, the newest first."""
    with _reading(journal) as entries:
        return entries.sessions()


def neighbour(journal: Journal, entry_id: UUID, newer: bool, which: Filter = EVERYTHING) -> UUID | None:
    """The next newer or older entry of the list that fits ``which``, or None at its end.

    Raises:
        EntryMissing, RecordDamaged, DatabaseDamaged.
    """
    with _reading(journal) as entries:
        return entries.neighbour(entry_id, which, newer=newer)


def entries_on_this_day(
    journal: Journal, day: date, limit: int | None = None, without_prompts: Container[str] = ()
) -> tuple[EntrySummary, ...]:
    """At most ``limit`` entries of the same month and day in earlier years, each in its own local date, newest first.

    Those that answer one of ``without_prompts`` (ids) are left out.
    """
    with _reading(journal) as entries:
        return entries.same_day_before(day, limit, without_prompts)


def _finds_nothing(text: str, query: Query) -> bool:
    """Whether something was typed that no entry can hold; nothing typed stands for the whole list."""
    return query.is_empty and bool(text.strip())


@contextmanager
def _reading(journal: Journal, stop: Stop | None = None) -> Iterator[ListReader]:
    database = journal.vault.database
    with database.read(stop) as session:
        yield ListReader(session, database.begin_task(stop))
