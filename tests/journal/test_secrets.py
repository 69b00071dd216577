"""Passphrase, recovery words and keyring as a person uses them (K2, K4)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from integrate.errors import (
    KeyringUnavailable,
    KnownError,
    NoRecoverySlot,
    PassphraseNeeded,
    ReadOnlyJournal,
    ShortPassphrase,
    WrongKeyringKey,
    WrongPassphrase,
    WrongWords,
)
from integrate.journal.opening import Access, ByKeyring, ByPassphrase, ByWords, Journal, create_journal, open_journal
from integrate.journal.secrets import (
    change_passphrase,
    has_recovery_words,
    keyring_is_on,
    new_recovery_words,
    recover_journal,
    turn_keyring_off,
    turn_keyring_on,
)
from integrate.storage.kdf import FLOOR
from integrate.system.clock import FixedClock
from tests.conftest import PASSPHRASE, Sample
from tests.helpers.journals import MemoryKeys, fingerprints, shown, write

NEW = "another quiet harbour"
OTHER_WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"


@pytest.fixture
def keys() -> MemoryKeys:
    return MemoryKeys()


@pytest.fixture
def trusted(sample: Sample, keys: MemoryKeys, clock: FixedClock) -> Sample:
    """A journal that the keyring may open."""
    with sample.open(clock=clock) as journal:
        turn_keyring_on(journal, keys, current=PASSPHRASE)
    return sample


def _by_keyring(sample: Sample, keys: MemoryKeys, clock: FixedClock, access: Access = Access.READ) -> Journal:
    return open_journal(sample.place, ByKeyring(keys), access, clock=clock)


def test_k2_changing_the_passphrase_leaves_the_database_untouched(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal)
    before = fingerprints(sample.place)
    with sample.open() as journal:
        change_passphrase(journal, NEW, current=PASSPHRASE)
    after = fingerprints(sample.place)
    assert {name for name in before if before[name] != after[name]} == {"vault.hdr"}
    with pytest.raises(WrongPassphrase):
        open_journal(sample.place, sample.by_passphrase)
    with open_journal(sample.place, ByPassphrase(NEW)) as journal:
        assert len(shown(journal)) == 1


def test_a_short_or_unproved_change_is_refused_and_changes_nothing(sample: Sample) -> None:
    with sample.open() as journal:
        header = (sample.place / "vault.hdr").read_bytes()
        with pytest.raises(ShortPassphrase):
            change_passphrase(journal, "ninechars")
        with pytest.raises(WrongPassphrase):
            change_passphrase(journal, NEW, current="wrong passphrase")
        with pytest.raises(WrongPassphrase):
            new_recovery_words(journal, current="wrong passphrase")
        assert (sample.place / "vault.hdr").read_bytes() == header


def test_a_journal_open_to_read_changes_no_slot(sample: Sample, keys: MemoryKeys) -> None:
    with sample.open(Access.READ) as journal:
        for change in (lambda: change_passphrase(journal, NEW), lambda: new_recovery_words(journal),
                       lambda: turn_keyring_on(journal, keys), lambda: turn_keyring_off(journal, keys)):  # fmt: skip
            with pytest.raises(ReadOnlyJournal):
                change()
    assert keys.items == {}


def test_recovering_sets_a_new_passphrase_and_keeps_the_words(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal, "still here")
    recover_journal(sample.place, sample.words, NEW)
    with pytest.raises(WrongPassphrase):
        open_journal(sample.place, sample.by_passphrase)
    with open_journal(sample.place, ByPassphrase(NEW)) as journal:
        assert shown(journal)[0].excerpt == "still here"
    sample.open(Access.READ).close()


def test_recovering_with_other_words_or_a_short_passphrase_changes_nothing(sample: Sample) -> None:
    before = fingerprints(sample.place)
    for words, new, kind in ((OTHER_WORDS, NEW, WrongWords), (sample.words, "short", ShortPassphrase)):
        with pytest.raises(kind):
            recover_journal(sample.place, words, new)
    assert fingerprints(sample.place) == before


def test_a_journal_made_without_words_says_so_and_can_get_them_later(tmp_path: Path) -> None:
    made = create_journal(tmp_path / "New.integrate", PASSPHRASE, recovery=False, cost=FLOOR)
    assert made.recovery_words == ()
    with pytest.raises(NoRecoverySlot):
        open_journal(made.place, ByWords(OTHER_WORDS))
    with open_journal(made.place, ByPassphrase(PASSPHRASE), Access.WRITE) as journal:
        assert not has_recovery_words(journal)
        words = new_recovery_words(journal, current=PASSPHRASE)
        assert has_recovery_words(journal)
    open_journal(made.place, ByWords(" ".join(words))).close()


def test_the_keyring_opens_what_it_was_trusted_with(trusted: Sample, keys: MemoryKeys, clock: FixedClock) -> None:
    for access in Access:
        with _by_keyring(trusted, keys, clock, access) as journal:
            assert keyring_is_on(journal)
    assert list(keys.items) == [journal.id.hex]
    assert all(len(secret) == 32 for secret in keys.items.values())


@pytest.mark.parametrize(
    ("passed", "opens"),
    [
        (timedelta(0), True), (timedelta(days=7), True), (timedelta(days=7, microseconds=1), False),
        (timedelta(days=400), False), (timedelta(hours=-23), True), (timedelta(days=-2), False),
    ],
)  # fmt: skip
def test_the_keyring_is_trusted_for_seven_days_and_not_by_a_clock_set_back(
    trusted: Sample, keys: MemoryKeys, clock: FixedClock, passed: timedelta, opens: bool
) -> None:
    clock.advance(passed)
    if opens:
        _by_keyring(trusted, keys, clock).close()
    else:
        with pytest.raises(PassphraseNeeded):
            _by_keyring(trusted, keys, clock)


def test_typing_the_passphrase_starts_the_seven_days_anew(trusted: Sample, keys: MemoryKeys, clock: FixedClock) -> None:
    clock.advance(timedelta(days=8))
    open_journal(trusted.place, trusted.by_passphrase, Access.WRITE, clock=clock).close()
    clock.advance(timedelta(days=6))
    _by_keyring(trusted, keys, clock, Access.WRITE).close()
    clock.advance(timedelta(days=2))  # opening by the keyring did not count
    with pytest.raises(PassphraseNeeded):
        _by_keyring(trusted, keys, clock)


def test_after_recovering_the_keyring_waits_for_the_new_passphrase(
    trusted: Sample, keys: MemoryKeys, clock: FixedClock
) -> None:
    recover_journal(trusted.place, trusted.words, NEW, clock=clock)
    with pytest.raises(PassphraseNeeded) as caught:
        _by_keyring(trusted, keys, clock)
    assert "recovery words" in caught.value.message()
    open_journal(trusted.place, ByPassphrase(NEW), Access.WRITE, clock=clock).close()
    _by_keyring(trusted, keys, clock).close()


def test_k4_a_deleted_item_costs_nothing_but_the_passphrase(
    trusted: Sample, keys: MemoryKeys, clock: FixedClock
) -> None:
    keys.items.clear()
    with pytest.raises(PassphraseNeeded):
        _by_keyring(trusted, keys, clock)
    open_journal(trusted.place, trusted.by_passphrase, clock=clock).close()


def test_k4_the_item_of_another_journal_does_not_open_this_one(
    trusted: Sample, keys: MemoryKeys, clock: FixedClock
) -> None:
    keys.items = dict.fromkeys(keys.items, b"x" * 32)
    with pytest.raises(WrongKeyringKey) as caught:
        _by_keyring(trusted, keys, clock)
    assert "passphrase still opens" in caught.value.message()
    open_journal(trusted.place, trusted.by_passphrase, clock=clock).close()


def test_k4_a_keyring_that_is_away_never_strands_the_journal(
    trusted: Sample, keys: MemoryKeys, clock: FixedClock
) -> None:
    keys.broken = True
    with pytest.raises(KeyringUnavailable):
        _by_keyring(trusted, keys, clock)
    with open_journal(trusted.place, trusted.by_passphrase, Access.WRITE, clock=clock) as journal:
        assert turn_keyring_off(journal, keys) is False
        assert not keyring_is_on(journal)
    keys.broken = False
    with pytest.raises(PassphraseNeeded):
        _by_keyring(trusted, keys, clock)


def test_k4_a_keyring_that_refuses_at_first_changes_nothing(sample: Sample, keys: MemoryKeys) -> None:
    keys.broken = True
    before = (sample.place / "vault.hdr").read_bytes()
    with sample.open() as journal:
        with pytest.raises(KeyringUnavailable):
            turn_keyring_on(journal, keys, current=PASSPHRASE)
        assert not keyring_is_on(journal)
    assert (sample.place / "vault.hdr").read_bytes() == before


def test_turning_the_keyring_off_takes_slot_and_item(trusted: Sample, keys: MemoryKeys, clock: FixedClock) -> None:
    with trusted.open(clock=clock) as journal:
        assert turn_keyring_off(journal, keys) is True
    assert keys.items == {}
    with pytest.raises(PassphraseNeeded):
        _by_keyring(trusted, keys, clock)


def test_a_journal_the_keyring_opened_asks_for_the_passphrase_before_any_slot_changes(
    trusted: Sample, keys: MemoryKeys, clock: FixedClock
) -> None:
    with _by_keyring(trusted, keys, clock, Access.WRITE) as journal:
        for change in (lambda: change_passphrase(journal, NEW), lambda: new_recovery_words(journal),
                       lambda: turn_keyring_on(journal, keys)):  # fmt: skip
            with pytest.raises(PassphraseNeeded):
                change()
        change_passphrase(journal, NEW, current=PASSPHRASE)


def test_a_refused_keyring_leaves_the_journal_free(trusted: Sample, keys: MemoryKeys, clock: FixedClock) -> None:
    clock.advance(timedelta(days=8))
    with pytest.raises(KnownError):
        _by_keyring(trusted, keys, clock, Access.WRITE)
    trusted.open(clock=clock).close()


def test_whoever_came_in_by_the_words_sets_a_passphrase_and_changes_nothing_else_unproved(
    sample: Sample, keys: MemoryKeys
) -> None:
    with sample.open() as journal:
        for change in (lambda: new_recovery_words(journal), lambda: turn_keyring_on(journal, keys)):
            with pytest.raises(PassphraseNeeded):
                change()
        change_passphrase(journal, NEW)
        assert len(new_recovery_words(journal, current=NEW)) == 12


def test_k4_after_three_failures_the_keyring_is_not_asked_again_in_this_run(
    trusted: Sample, keys: MemoryKeys, clock: FixedClock
) -> None:
    way_in = ByKeyring(keys)
    keys.broken = True
    for _try in range(3):
        with pytest.raises(KeyringUnavailable):
            open_journal(trusted.place, way_in, clock=clock)
    keys.broken = False
    with pytest.raises(PassphraseNeeded):
        open_journal(trusted.place, way_in, clock=clock)
    _by_keyring(trusted, keys, clock).close()
