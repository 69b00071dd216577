"""What a journal remembers about how it was opened."""

from __future__ import annotations

from integrate.journal.opening import Access
from integrate.storage.state import JournalState, read_state, write_state
from tests.conftest import Sample


def test_a_new_journal_remembers_nothing(sample: Sample) -> None:
    with sample.open(Access.READ) as journal:
        assert read_state(journal.vault.database) == JournalState(0, keyring_on_hold=False)


def test_what_is_kept_is_there_after_reopening(sample: Sample) -> None:
    state = JournalState(253_402_300_799_999_999, keyring_on_hold=True)
    with sample.open() as journal:
        before = journal.vault.database.sequence()
        write_state(journal.vault.database, state)
        assert journal.vault.database.sequence() == before + 1
    with sample.open(Access.READ) as journal:
        assert read_state(journal.vault.database) == state
