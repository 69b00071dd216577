"""Small use cases that Settings needs: proving a passphrase, proposed words, a removed question that comes back."""

from __future__ import annotations

import pytest

from integrate.domain.entry import Phase
from integrate.errors import ReadOnlyJournal, UnclearWords, WrongPassphrase, WrongWords
from integrate.journal.opening import Access, ByWords, open_journal, propose_recovery_words
from integrate.journal.prompts import add_own_prompt, all_prompts, remove_own_prompt, restore_own_prompt
from integrate.journal.secrets import new_recovery_words, prove_passphrase
from tests.conftest import PASSPHRASE, Sample


def test_a_passphrase_is_proved_without_changing_anything(sample: Sample) -> None:
    header = (sample.place / "vault.hdr").read_bytes()
    with sample.open() as journal:
        prove_passphrase(journal, PASSPHRASE)
        with pytest.raises(WrongPassphrase):
            prove_passphrase(journal, "not this one at all")
        assert (sample.place / "vault.hdr").read_bytes() == header
    with sample.open(Access.READ) as journal, pytest.raises(ReadOnlyJournal):
        prove_passphrase(journal, PASSPHRASE)


def test_words_that_were_shown_before_take_over(sample: Sample) -> None:
    words = propose_recovery_words()
    with sample.open() as journal:
        assert new_recovery_words(journal, current=PASSPHRASE, words=words) == words
    open_journal(sample.place, ByWords(" ".join(words))).close()
    with pytest.raises(WrongWords):
        open_journal(sample.place, sample.by_words)


def test_words_that_are_none_change_nothing(sample: Sample) -> None:
    with sample.open() as journal, pytest.raises(UnclearWords):
        new_recovery_words(journal, current=PASSPHRASE, words=("zoo",) * 12)
    open_journal(sample.place, sample.by_words).close()


def test_a_removed_question_comes_back_as_it_was(sample: Sample) -> None:
    with sample.open() as journal:
        mine = add_own_prompt(journal, "What was kind today?", Phase.INTEGRATE)
        remove_own_prompt(journal, mine.id)
        assert mine not in all_prompts(journal)
        restore_own_prompt(journal, mine.id)
        assert mine in all_prompts(journal)
