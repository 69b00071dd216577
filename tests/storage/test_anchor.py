"""The anchor (findings F2 and F3): 41 bytes that tell how far the journal had come."""

from __future__ import annotations

import hashlib
import hmac
import struct
from pathlib import Path

import pytest

from integrate.errors import AnchorDamaged
from integrate.journal.opening import Access, Journal
from integrate.storage.anchor import Anchor, AnchorState
from integrate.system.memory import SecretBuffer
from tests.conftest import Sample
from tests.helpers.cleanroom import hkdf
from tests.helpers.journals import flip, write

VAULT_ID = bytes(range(16))


def _anchor(path: Path, key: bytes = b"k" * 32, vault_id: bytes = VAULT_ID, epoch: int = 1) -> Anchor:
    return Anchor(path, SecretBuffer.holding(key), vault_id, epoch)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "anchor"


def test_what_is_written_is_read(path: Path) -> None:
    anchor = _anchor(path)
    for state in (AnchorState(0, False), AnchorState(7, True), AnchorState(2**64 - 1, False)):
        anchor.write(state)
        assert anchor.read() == state
        assert path.stat().st_size == 41
    anchor.close()


def test_an_independent_reader_understands_its_bytes(sample: Sample, journal: Journal) -> None:
    write(journal)
    sequence = journal.vault.database.sequence()
    master, vault_id = bytes(journal.vault.keys.master.view), journal.id.bytes
    for sealed in (0, 1):
        data = (sample.place / "anchor").read_bytes()
        key = hkdf(master, vault_id, b"integrate/v1/anchor")
        assert len(data) == 41
        assert struct.unpack("<QB", data[:9]) == (sequence, sealed)
        assert data[9:] == hmac.digest(key, vault_id + struct.pack("<I", 1) + data[:9], hashlib.sha256)
        journal.close()


@pytest.mark.parametrize("length", [0, 1, 9, 40, 42, 4096])
def test_another_length_says_nothing(path: Path, length: int) -> None:
    anchor = _anchor(path)
    anchor.write(AnchorState(5, True))
    path.write_bytes((path.read_bytes() * 100)[:length])
    assert anchor.read() is None
    anchor.close()


def test_a_missing_anchor_says_nothing(path: Path) -> None:
    assert _anchor(path).read() is None


def test_every_flipped_bit_is_noticed(path: Path) -> None:
    anchor = _anchor(path)
    anchor.write(AnchorState(5, False))
    good = path.read_bytes()
    for at in range(41 * 8):
        flip(path, at // 8, at % 8)
        assert anchor.read() is None
        path.write_bytes(good)
    anchor.close()


def test_a_torn_write_is_noticed(path: Path) -> None:
    anchor = _anchor(path)
    anchor.write(AnchorState(5, False))
    old = path.read_bytes()
    anchor.write(AnchorState(6, False))
    new = path.read_bytes()
    for cut in range(1, 41):
        path.write_bytes(new[:cut] + old[cut:])
        assert anchor.read() in (None, AnchorState(5, False), AnchorState(6, False))
    path.write_bytes(new[:9] + old[9:])
    assert anchor.read() is None
    anchor.close()


def test_the_anchor_of_another_vault_key_or_epoch_says_nothing(path: Path) -> None:
    _anchor(path).write(AnchorState(5, True))
    assert _anchor(path, vault_id=bytes(16)).read() is None
    assert _anchor(path, epoch=2).read() is None
    assert _anchor(path, key=b"l" * 32).read() is None
    assert _anchor(path).read() == AnchorState(5, True)


def test_closing_wipes_the_key(path: Path) -> None:
    key = SecretBuffer.holding(b"k" * 32)
    anchor = Anchor(path, key, VAULT_ID, 1)
    anchor.write(AnchorState(1, False))
    anchor.close()
    assert key.wiped


def test_an_anchor_that_cannot_be_read_at_all_is_told_like_a_missing_one(sample: Sample) -> None:
    (sample.place / "anchor").unlink()
    (sample.place / "anchor").mkdir()
    with sample.open(Access.READ) as journal:
        assert [type(notice) for notice in journal.notices] == [AnchorDamaged]
    with pytest.raises(AnchorDamaged):
        sample.open(Access.WRITE)
