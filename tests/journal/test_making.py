"""A new journal as the window makes one: words first, then the passphrase, then the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrate.errors import NotAJournal, UnclearWords
from integrate.journal.opening import (
    Access,
    ByPassphrase,
    ByWords,
    create_journal,
    default_kdf_cost,
    kdf_cost_of,
    open_journal,
    propose_recovery_words,
)
from integrate.journal.secrets import change_passphrase, has_recovery_words, recovery_word_list, suggest_passphrase
from integrate.storage.kdf import FLOOR
from tests.conftest import PASSPHRASE, Sample


def test_the_words_that_were_shown_open_the_journal(tmp_path: Path) -> None:
    words = propose_recovery_words()
    assert len(words) == 12 and list(tmp_path.iterdir()) == []
    place = tmp_path / "New.integrate"
    assert create_journal(place, PASSPHRASE, words=words, cost=FLOOR).recovery_words == words
    open_journal(place, ByWords(" ".join(words))).close()
    open_journal(place, ByPassphrase(PASSPHRASE)).close()


def test_words_are_new_each_time_and_wrong_ones_make_nothing(tmp_path: Path) -> None:
    words = propose_recovery_words()
    assert words != propose_recovery_words()
    with pytest.raises(UnclearWords):
        create_journal(tmp_path / "New.integrate", PASSPHRASE, words=(*words[:-1], "integrate"), cost=FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_words_for_later_are_no_words_now(tmp_path: Path) -> None:
    place = tmp_path / "New.integrate"
    assert create_journal(place, PASSPHRASE, recovery=False, cost=FLOOR).recovery_words == ()
    with open_journal(place, ByPassphrase(PASSPHRASE)) as journal:
        assert not has_recovery_words(journal)


def test_the_cost_of_a_try_is_told_without_a_passphrase(sample: Sample, tmp_path: Path) -> None:
    assert kdf_cost_of(sample.place) == (64, 3, 4)
    assert default_kdf_cost() == (256, 3, 4)
    with pytest.raises(NotAJournal):
        kdf_cost_of(tmp_path)


def test_a_suggested_passphrase_has_seven_words_of_the_list_and_can_be_used(sample: Sample) -> None:
    words = recovery_word_list()
    assert len(set(words)) == 2048 and list(words) == sorted(words)
    suggestions = {suggest_passphrase() for _try in range(20)}
    assert len(suggestions) == 20
    assert all(len(text.split(" ")) == 7 and set(text.split(" ")) <= set(words) for text in suggestions)
    with open_journal(sample.place, sample.by_passphrase, Access.WRITE) as journal:
        change_passphrase(journal, suggestions.pop())
