"""vault.hdr: two copies, and every way in which a byte, a write or a whole file can go wrong (I2, I5, D2)."""

from __future__ import annotations

import os
import random
import stat
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from integrate.errors import (
    HeaderDamaged,
    HeaderMissing,
    KnownError,
    NewerVersion,
    TargetExists,
    WrongWords,
)
from integrate.storage.header import Header, Meta
from integrate.storage.header_file import create_header, read_header, repair, write_header
from tests.helpers.headers import ENTROPY, SHA_AT, Case, flipped, open_with_words, with_sha

SIZE = 4096
NEW_ENTROPY = bytes(range(16))


@pytest.fixture(scope="module")
def case() -> Case:
    return Case()


@pytest.fixture(scope="module")
def copy(case: Case) -> bytes:
    return case.copy()


@pytest.fixture(scope="module")
def newer(case: Case) -> bytes:
    """The header after a change of the recovery words."""
    return case.copy(case.header(generation=6, entropy=NEW_ENTROPY))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.hdr"


def opens(path: Path, entropy: bytes = ENTROPY) -> Meta:
    on_disk = read_header(path)
    return open_with_words(on_disk.copy, on_disk.header, entropy)


# --- one good day -----------------------------------------------------------------------------------------------------


def test_a_new_file_holds_two_equal_copies_for_its_owner_only_s2(path: Path, copy: bytes) -> None:
    before = os.umask(0)
    try:
        create_header(path, copy)
    finally:
        os.umask(before)
    assert path.read_bytes() == copy * 2
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    on_disk = read_header(path)
    assert (on_disk.good, on_disk.same, on_disk.generations) == ((True, True), (True, True), (5, 5))
    assert not on_disk.needs_repair
    assert not repair(path, on_disk)
    assert os.listdir(path.parent) == ["vault.hdr"]  # noqa: PTH208 - names are what is compared


def test_creating_never_overwrites(path: Path, copy: bytes, newer: bytes) -> None:
    create_header(path, copy)
    with pytest.raises(TargetExists):
        create_header(path, newer)
    assert path.read_bytes() == copy * 2


def test_writing_replaces_both_copies_in_place(path: Path, copy: bytes, newer: bytes) -> None:
    create_header(path, copy)
    inode = path.stat().st_ino
    write_header(path, newer)
    assert path.read_bytes() == newer * 2
    assert path.stat().st_ino == inode, "the old slots are overwritten, not left in a freed file"
    assert opens(path, NEW_ENTROPY).db_epoch == 3
    with pytest.raises(WrongWords):
        opens(path)


def test_copy_b_is_on_disk_before_copy_a_is_touched(
    path: Path, copy: bytes, newer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_header(path, copy)
    seen: list[bytes] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        seen.append(path.read_bytes())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_header(path, newer)
    assert seen == [copy + newer, newer * 2]


def test_nothing_unreadable_is_ever_written(path: Path, copy: bytes) -> None:
    create_header(path, copy)
    for bad in (flipped(copy, 100), copy[:-1], copy * 2, b""):
        with pytest.raises(HeaderDamaged):
            write_header(path, bad)
        with pytest.raises(HeaderDamaged):
            create_header(path.with_name("other.hdr"), bad)
    assert path.read_bytes() == copy * 2
    assert not path.with_name("other.hdr").exists()


def test_writing_and_repairing_make_no_new_file(path: Path, copy: bytes) -> None:
    create_header(path, copy)
    on_disk = replace(read_header(path), same=(True, False))
    path.unlink()
    with pytest.raises(FileNotFoundError):
        write_header(path, copy)
    with pytest.raises(FileNotFoundError):
        repair(path, on_disk)
    assert not path.exists()


# --- missing, short, long, newer --------------------------------------------------------------------------------------


def test_a_missing_file_is_told_as_missing_i5(path: Path) -> None:
    with pytest.raises(HeaderMissing) as caught:
        read_header(path)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 8191, 8193, 12288, 100_000])
def test_a_file_of_another_size_is_damage_i5(path: Path, copy: bytes, size: int) -> None:
    path.write_bytes((copy * 25)[:size])
    with pytest.raises(HeaderDamaged):
        read_header(path)


@pytest.mark.parametrize("place", ["A", "B", "both"])
def test_an_intact_copy_of_a_later_version_counts_wherever_it_stands(path: Path, copy: bytes, place: str) -> None:
    later = with_sha(copy[:8] + b"\x02" + copy[9:])
    path.write_bytes((later if place != "B" else copy) + (later if place != "A" else copy))
    with pytest.raises(NewerVersion):
        read_header(path)


def test_a_damaged_version_field_is_not_told_as_newer(path: Path, copy: bytes) -> None:
    path.write_bytes(flipped(copy, 8, 1) * 2)
    with pytest.raises(HeaderDamaged):
        read_header(path)


# --- I2: every byte ---------------------------------------------------------------------------------------------------


def test_any_one_flipped_byte_opens_from_the_other_copy_and_is_repaired_i2(path: Path, copy: bytes) -> None:
    whole = copy * 2
    create_header(path, copy)
    repaired = 0
    for at in range(2 * SIZE):
        with path.open("r+b", buffering=0) as file:
            file.seek(at)
            file.write(bytes([whole[at] ^ 1 << at % 8]))
        on_disk = read_header(path)
        assert on_disk.good == ((False, True) if at < SIZE else (True, False))
        assert on_disk.needs_repair
        assert open_with_words(on_disk.copy, on_disk.header) == Meta(3, 4, 7)
        assert repair(path, on_disk)
        assert path.read_bytes() == whole
        repaired += 1
    assert repaired == 8192


def test_the_same_byte_flipped_in_both_copies_is_damage_i2(path: Path, copy: bytes) -> None:
    refused = 0
    for at in range(SIZE):
        broken = flipped(copy, at) * 2
        path.write_bytes(broken)
        with pytest.raises(HeaderDamaged):
            read_header(path)
        refused += 1
    assert refused == 4096
    assert path.read_bytes() == broken, "reading writes nothing"


def test_no_flip_with_a_fixed_checksum_in_both_copies_is_accepted_i2(path: Path, copy: bytes) -> None:
    outcomes: Counter[str] = Counter()
    for at in range(SHA_AT):
        path.write_bytes(with_sha(flipped(copy, at)) * 2)
        try:
            opens(path)
            outcomes["accepted"] += 1
        except KnownError as error:
            outcomes[error.code] += 1
    assert outcomes["accepted"] == 0
    assert sum(outcomes.values()) == 4064
    # The slot in use refuses a change of its own bytes and of the vault id (one bit turns its kind into a keyring);
    # the magic and the values of slots are refused as damage; the header's seal catches everything else.
    assert outcomes["wrong-words"] == 16 + 32 + 12 + 48
    assert outcomes["wrong-keyring-key"] == 1
    assert outcomes["newer-version"] == 5, "the upper version byte, and four of flags"
    assert outcomes["header-tampered"] > 3700


def test_a_flip_with_a_fixed_checksum_in_one_copy_is_never_accepted_i2(path: Path, copy: bytes) -> None:
    """The untouched copy may open the journal; the forged one may not."""
    source = random.Random(5)
    for at in source.sample(range(SHA_AT), 300):
        forged = with_sha(flipped(copy, at))
        for pair in (forged + copy, copy + forged):
            path.write_bytes(pair)
            try:
                on_disk = read_header(path)
                open_with_words(on_disk.copy, on_disk.header)
            except KnownError:
                continue
            assert on_disk.copy == copy


# --- choosing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newer_first", [True, False])
def test_the_higher_generation_is_chosen_and_the_older_copy_repaired(
    path: Path, copy: bytes, newer: bytes, newer_first: bool
) -> None:
    path.write_bytes(newer + copy if newer_first else copy + newer)
    on_disk = read_header(path)
    assert on_disk.copy == newer
    assert on_disk.good == (True, True)
    assert sorted(filter(None, on_disk.generations)) == [5, 6]
    assert on_disk.needs_repair
    assert repair(path, on_disk)
    assert path.read_bytes() == newer * 2


@pytest.mark.parametrize("newer_first", [True, False])
def test_withdrawn_words_do_not_open_an_older_copy_left_behind_k2(
    path: Path, copy: bytes, newer: bytes, newer_first: bool
) -> None:
    path.write_bytes(newer + copy if newer_first else copy + newer)
    with pytest.raises(WrongWords):
        opens(path, ENTROPY)
    assert opens(path, NEW_ENTROPY) == Meta(3, 4, 7)


# --- D2: torn updates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rubbish", [False, True])
def test_an_update_torn_anywhere_locks_nobody_out_d2(path: Path, copy: bytes, newer: bytes, rubbish: bool) -> None:
    """The write order is B, then A; after every 64 bytes the power goes, with the next 64 untouched or garbled."""
    source = random.Random(64)
    locked_out = cases = 0
    for done in range(0, 2 * SIZE + 1, 64):
        in_b, in_a = min(done, SIZE), max(done - SIZE, 0)
        a, b = newer[:in_a] + copy[in_a:], newer[:in_b] + copy[in_b:]
        torn = source.randbytes(64)
        if rubbish and done < SIZE:
            b = b[:in_b] + torn + b[in_b + 64 :]
        elif rubbish and done < 2 * SIZE:
            a = a[:in_a] + torn + a[in_a + 64 :]
        path.write_bytes(a + b)
        cases += 1
        try:
            on_disk = read_header(path)
            expected = ENTROPY if on_disk.header.generation == 5 else NEW_ENTROPY
            assert open_with_words(on_disk.copy, on_disk.header, expected) == Meta(3, 4, 7)
            assert on_disk.header.generation == 6 or done <= SIZE, "once B is written, the change holds"
            repair(path, on_disk)
            assert path.read_bytes() == on_disk.copy * 2
        except KnownError:
            locked_out += 1
    assert (cases, locked_out) == (129, 0)


@pytest.mark.parametrize("failing", [0, 1])
def test_a_disk_that_fails_during_an_update_leaves_a_whole_copy_d3(
    path: Path, copy: bytes, newer: bytes, failing: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_header(path, copy)
    calls = 0
    real = os.fsync

    def fsync(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls > failing:
            raise OSError(5, "Input/output error")
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(OSError, match="Input/output"):
            write_header(path, newer)
    on_disk = read_header(path)
    assert isinstance(on_disk.header, Header)
    assert opens(path, NEW_ENTROPY if on_disk.header.generation == 6 else ENTROPY) == Meta(3, 4, 7)
