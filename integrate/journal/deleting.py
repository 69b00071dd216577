"""Recently deleted: thirty days to change one's mind, then gone for good."""

from __future__ import annotations

from uuid import UUID

from integrate.domain.entry import Changes, EntrySummary, Unreadable
from integrate.domain.trash import purge_limit
from integrate.journal.opening import Journal
from integrate.storage.entries import EntryReader, writing_entries
from integrate.storage.purging import Kind, purge, purge_deleted_before


def delete_entry(journal: Journal, entry_id: UUID) -> Changes:
    """Move an entry to Recently deleted.

    Raises:
        EntryMissing, RecordDamaged, and what any write raises.
    """
    with writing_entries(journal.vault.database) as (_connection, writer):
        writer.delete(entry_id, journal.clock.now())
    return _changes(entry_id)


def undelete_entry(journal: Journal, entry_id: UUID) -> Changes:
    """Take an entry back from Recently deleted.

    Raises:
        EntryMissing, RecordDamaged, and what any write raises.
    """
    with writing_entries(journal.vault.database) as (_connection, writer):
        writer.undelete(entry_id)
    return _changes(entry_id)


def purge_entry(journal: Journal, entry_id: UUID) -> Changes:
    """Delete an entry for good, with its history, attachments and words in the index. Backups made before keep theirs.

    What insights had quoted from it goes as well; the insights stay.

    Raises:
        EntryMissing, and what any write raises.
    """
    purge(journal.vault.database, Kind.ENTRY, entry_id)
    return Changes(frozenset({"entries", "insights", "recently deleted"}), frozenset({entry_id}))


def recently_deleted(journal: Journal) -> tuple[EntrySummary | Unreadable, ...]:
    """What can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return tuple(EntryReader(session).deleted())


def purge_expired(journal: Journal) -> Changes:
    """Delete for good what has been in Recently deleted for thirty days: entries, and everything of the course.

    Writes only when there is something. Entries of a session that goes stay.
    """
    gone = purge_deleted_before(journal.vault.database, purge_limit(journal.clock.now()))
    areas = {"recently deleted", "entries", *gone, *(("threads", "insights") if gone else ())}
    return Changes(frozenset(areas), frozenset(one for ids in gone.values() for one in ids))


def _changes(*entry_ids: UUID) -> Changes:
    return Changes(frozenset({"entries", "recently deleted"}), frozenset(entry_ids))
