"""The outside of a backup, without a key."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.errors import BackupDamaged, KnownError, NotUnderstood
from integrate.storage.envelope import extract, read_head, write_envelope
from integrate.system.memory import SecretBuffer
from tests.conftest import Sample

KEY = b"k" * 32


def _written(folder: Path, header: bytes, snapshot: bytes) -> tuple[Path, bytes]:
    (folder / "snapshot").write_bytes(snapshot)
    out = io.BytesIO()
    with SecretBuffer.holding(KEY) as key:
        digest = write_envelope(out, header, folder / "snapshot", key, None)
    (folder / "copy.ibk").write_bytes(out.getvalue())
    return folder / "copy.ibk", digest


@pytest.fixture
def header(sample: Sample) -> bytes:
    return (sample.place / "vault.hdr").read_bytes()[:4096]


@pytest.mark.parametrize("pages", [1, 255, 256, 257, 600])
def test_what_goes_in_comes_out(tmp_path: Path, header: bytes, pages: int) -> None:
    snapshot = os.urandom(4096 * pages)
    file, digest = _written(tmp_path, header, snapshot)
    head = read_head(file)
    out = io.BytesIO()
    with SecretBuffer.holding(KEY) as key:
        assert extract(file, head, key, out, None) == digest
    assert (head.copy, head.length, out.getvalue()) == (header, len(snapshot), snapshot)


def test_another_key_does_not_open_it(tmp_path: Path, header: bytes) -> None:
    file, _digest = _written(tmp_path, header, bytes(4096))
    with SecretBuffer.holding(b"l" * 32) as key, pytest.raises(BackupDamaged):
        extract(file, read_head(file), key, io.BytesIO(), None)


@pytest.mark.parametrize("length", [0, 1, 4095, 4097])
def test_a_snapshot_that_is_no_whole_number_of_pages_is_damage(tmp_path: Path, header: bytes, length: int) -> None:
    file, _digest = _written(tmp_path, header, bytes(length))
    with pytest.raises(BackupDamaged):
        read_head(file)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=9000), st.booleans())
def test_any_bytes_are_refused_in_a_known_way(tmp_path: Path, data: bytes, with_magic: bool) -> None:
    file = tmp_path / "any.ibk"
    file.write_bytes((b"INTGVLT1" if with_magic else b"") + data)
    with pytest.raises((NotUnderstood, BackupDamaged)) as caught:
        read_head(file)
    assert isinstance(caught.value, KnownError)
