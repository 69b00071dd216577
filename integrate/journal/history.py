"""Earlier states of an entry."""

from __future__ import annotations

from uuid import UUID

from integrate.domain.entry import Revision
from integrate.errors import EntryMissing
from integrate.journal.opening import Journal
from integrate.journal.writing import Saved, Sitting, save_entry
from integrate.storage.entries import EntryReader


def entry_history(journal: Journal, entry_id: UUID) -> tuple[Revision, ...]:
    """The earlier states of an entry, the newest first.

    Raises:
        EntryMissing, RecordDamaged.
    """
    with journal.vault.database.read() as session:
        return EntryReader(session).revisions(entry_id)


def bring_back(journal: Journal, entry_id: UUID, number: int) -> Saved:
    """Make an earlier state the current one again; what was current goes into the history, so nothing is lost.

    Raises:
        EntryMissing: no such entry or revision.
        RecordDamaged, and what any write raises.
    """
    for revision in entry_history(journal, entry_id):
        if revision.number == number:
            return save_entry(journal, entry_id, revision.draft, Sitting())
    raise EntryMissing
