"""Key slots change by rewriting the header alone (K2)."""

from __future__ import annotations

import pytest

from integrate.errors import WrongPassphrase, WrongWords
from integrate.journal.opening import Access, ByKeyring, ByPassphrase, ByWords, open_journal
from integrate.storage import slot_changes
from integrate.storage.slots import SlotKind
from tests.conftest import PASSPHRASE, Sample
from tests.helpers.journals import MemoryKeys, fingerprints, write

NEW = "another quiet harbour"


def _kinds(sample: Sample) -> list[SlotKind]:
    with sample.open(Access.READ) as journal:
        return [slot.kind for slot in journal.vault.header.slots if not slot.is_empty]


def test_k2_a_new_passphrase_replaces_the_old_one_and_leaves_the_others(sample: Sample) -> None:
    keys = MemoryKeys()
    with sample.open() as journal:
        slot_changes.set_keyring(journal.vault, keys)
        slot_changes.set_passphrase(journal.vault, NEW)
    with pytest.raises(WrongPassphrase):
        open_journal(sample.place, sample.by_passphrase)
    open_journal(sample.place, ByPassphrase(NEW)).close()
    sample.open(Access.READ).close()
    with open_journal(sample.place, ByPassphrase(NEW), Access.WRITE):
        pass
    open_journal(sample.place, ByKeyring(keys)).close()
    assert _kinds(sample) == [SlotKind.PASSPHRASE, SlotKind.RECOVERY, SlotKind.KEYRING]


def test_k2_only_the_header_is_written(sample: Sample) -> None:
    with sample.open() as journal:
        write(journal, "words " * 20_000)
    before = fingerprints(sample.place)
    with sample.open() as journal:
        slot_changes.set_passphrase(journal.vault, NEW)
        slot_changes.set_recovery_words(journal.vault)
    after = fingerprints(sample.place)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {"vault.hdr"}
    assert (sample.place / "vault.hdr").stat().st_size == 8192


def test_k2_new_words_replace_the_old_ones(sample: Sample) -> None:
    with sample.open() as journal:
        words = slot_changes.set_recovery_words(journal.vault)
    assert len(words) == 12
    with pytest.raises(WrongWords):
        sample.open(Access.READ)
    open_journal(sample.place, ByWords(" ".join(words))).close()


def test_the_old_slot_is_nowhere_in_the_new_header(sample: Sample) -> None:
    with sample.open() as journal:
        old = journal.vault.header.slots[0].to_bytes()
        generation = journal.vault.header.generation
        slot_changes.set_passphrase(journal.vault, NEW)
        assert journal.vault.header.generation == generation + 1
    header = (sample.place / "vault.hdr").read_bytes()
    assert header[:4096] == header[4096:]
    assert old[16:] not in header


def test_a_passphrase_is_proved_against_the_header(sample: Sample) -> None:
    with sample.open() as journal:
        slot_changes.prove_passphrase(journal.vault, PASSPHRASE)
        with pytest.raises(WrongPassphrase):
            slot_changes.prove_passphrase(journal.vault, "wrong " + PASSPHRASE)


def test_the_cost_of_the_old_passphrase_is_kept(sample: Sample) -> None:
    with sample.open() as journal:
        before = journal.vault.header.slots[0].cost
        slot_changes.set_passphrase(journal.vault, NEW)
        assert journal.vault.header.slots[0].cost == before


def test_removing_what_is_not_there_writes_nothing(sample: Sample) -> None:
    with sample.open() as journal:
        before = (sample.place / "vault.hdr").read_bytes()
        slot_changes.remove_slots(journal.vault, SlotKind.KEYRING)
        assert (sample.place / "vault.hdr").read_bytes() == before


def test_turning_the_keyring_on_twice_uses_one_slot(sample: Sample) -> None:
    keys = MemoryKeys()
    with sample.open() as journal:
        slot_changes.set_keyring(journal.vault, keys)
        first = dict(keys.items)
        slot_changes.set_keyring(journal.vault, keys)
        assert keys.items != first
    assert _kinds(sample).count(SlotKind.KEYRING) == 1
