"""Find everything again: one entry, the list, full-text search."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from integrate.domain.entry import Entry, EntrySummary, Filter, Hit, Unreadable
from integrate.domain.query import parse_query
from integrate.journal.opening import Journal
from integrate.storage.entries import EntryReader
from integrate.storage.search import search

EVERYTHING = Filter()


def get_entry(journal: Journal, entry_id: UUID) -> Entry:
    """A whole entry, also one in Recently deleted.

    Raises:
        EntryMissing, RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return EntryReader(session).get(entry_id)


def list_entries(
    journal: Journal, which: Filter = EVERYTHING, limit: int | None = None
) -> Iterator[EntrySummary | Unreadable]:
    """Entries, newest first, read as they are asked for; a damaged one is named as such.

    Raises:
        DatabaseDamaged: while iterating, when a page cannot be read.
    """
    with journal.vault.database.read() as session:
        yield from EntryReader(session).list(which, limit)


def search_entries(
    journal: Journal, text: str, which: Filter = EVERYTHING, limit: int | None = None
) -> Iterator[Hit | Unreadable]:
    """Entries that hold what ``text`` asks for, newest first. No text is ever an error.

    Raises:
        DatabaseDamaged: while iterating, when a page cannot be read.
    """
    with journal.vault.database.read() as session:
        yield from search(session, parse_query(text), which, limit)


def count_entries(journal: Journal) -> int:
    """How many entries there are, without those in Recently deleted."""
    with journal.vault.database.read() as session:
        return EntryReader(session).count()
