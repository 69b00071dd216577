"""Text that waits in memory while the journal is locked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.errors import RecordDamaged
from integrate.storage.aside import set_aside, take_back
from integrate.storage.keys import VaultKeys
from integrate.system.memory import SecretBuffer
from tests.conftest import Sample


def _keys(master: int = 1, vault_id: int = 1) -> VaultKeys:
    return VaultKeys(SecretBuffer.holding(bytes([master]) * 32), bytes([vault_id]) * 16)


@given(st.binary(max_size=2000))
def test_what_was_set_aside_comes_back(text: bytes) -> None:
    sealed = set_aside(_keys(), text)
    assert take_back(_keys(), sealed) == text
    assert len(text) < 4 or text not in sealed


@given(st.binary(min_size=1, max_size=40), st.data())
def test_nothing_altered_comes_back(text: bytes, data: st.DataObject) -> None:
    sealed = bytearray(set_aside(_keys(), text))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(RecordDamaged):
        take_back(_keys(), bytes(sealed))


@pytest.mark.parametrize("other", [_keys(master=2), _keys(vault_id=2)])
def test_another_journal_cannot_read_it(other: VaultKeys) -> None:
    with pytest.raises(RecordDamaged):
        take_back(other, set_aside(_keys(), b"words"))


@pytest.mark.parametrize("length", [0, 11, 27])
def test_a_piece_of_it_is_no_text(length: int) -> None:
    with pytest.raises(RecordDamaged):
        take_back(_keys(), set_aside(_keys(), b"words")[:length])


def test_it_outlives_a_lock(sample: Sample) -> None:
    with sample.open() as journal:
        sealed = journal.set_aside(b"a line the disk refused")
    with pytest.raises(ValueError, match="wiped"):
        journal.take_back(sealed)
    with sample.open() as journal:
        assert journal.take_back(sealed) == b"a line the disk refused"
