"""The header: its bytes to the letter, its order of checks, its seals, and its refusal to be a bomb (K5, I8)."""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from hypothesis import given
from hypothesis import strategies as st

from integrate.errors import Damaged, HeaderDamaged, HeaderTampered, KnownError, NewerVersion
from integrate.storage import kdf
from integrate.storage.header import Header, Meta, authenticate, parse, seal
from integrate.storage.keys import new_master
from integrate.storage.slots import Slot, SlotKind, wrap
from tests.helpers.headers import (
    ENTROPY,
    KEYRING_AT,
    PASSPHRASE_AT,
    RECOVERY_AT,
    SHA_AT,
    VAULT_ID,
    Case,
    open_with_words,
    with_sha,
)


@pytest.fixture(scope="module")
def case() -> Case:
    return Case()


@pytest.fixture(scope="module")
def header(case: Case) -> Header:
    return case.header(slow=True, generation=0x0102030405060708)


@pytest.fixture(scope="module")
def copy(case: Case, header: Header) -> bytes:
    return case.copy(header)


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    """RFC 5869 by hand: SHA-256, one block."""
    return hmac.digest(hmac.digest(salt, key, "sha256"), info + b"\x01", "sha256")


# --- the bytes, read by hand ------------------------------------------------------------------------------------------


def test_the_fields_stand_where_the_format_puts_them(copy: bytes) -> None:
    assert len(copy) == 4096
    assert copy[:8] == b"INTGVLT1"
    assert struct.unpack("<HHI", copy[8:16]) == (1, 4096, 0)
    assert copy[16:24] == bytes.fromhex("0807060504030201"), "generation, little-endian"
    assert copy[24:40] == VAULT_ID
    assert copy[40:64] == bytes(24), "no time, no name"
    assert copy[1372:4032] == bytes(2660)
    assert copy[4064:] == hashlib.sha256(copy[:4064]).digest()


def test_the_slots_stand_where_the_format_puts_them(copy: bytes, header: Header) -> None:
    raw = [copy[64 + 128 * index : 192 + 128 * index] for index in range(8)]
    assert raw[PASSPHRASE_AT][:16] == struct.pack("<BBBBIII", 1, 1, 1, 4, 3, 65536, 0)
    assert raw[RECOVERY_AT][:16] == struct.pack("<BBBBIII", 3, 0, 1, 0, 0, 0, 0)
    assert raw[KEYRING_AT][:16] == struct.pack("<BBBBIII", 2, 0, 1, 0, 0, 0, 0)
    for index in (PASSPHRASE_AT, RECOVERY_AT, KEYRING_AT):
        slot = header.slots[index]
        assert raw[index][16:48] == slot.salt
        assert raw[index][48:60] == slot.nonce
        assert raw[index][60:108] == slot.wrapped
        assert raw[index][108:] == bytes(20)
    for index in range(3, 8):
        assert raw[index] == bytes(128)


def test_a_reader_written_from_the_format_alone_opens_everything(case: Case, copy: bytes) -> None:
    slot = copy[64 + 128 * RECOVERY_AT : 192 + 128 * RECOVERY_AT]
    kek = hkdf(ENTROPY, slot[16:48], b"integrate/v1/slot" + b"\x03")
    bound = b"INTGVLT1" + copy[24:40] + bytes([RECOVERY_AT]) + slot[:48]
    master = AESGCMSIV(kek).decrypt(slot[48:60], slot[60:108], bound)
    assert master == bytes(case.master.view)

    seal_key = hkdf(master, copy[24:40], b"integrate/v1/hdrmac")
    assert copy[4032:4064] == hmac.digest(seal_key, copy[:4032], "sha256")

    meta_key = hkdf(master, copy[24:40], b"integrate/v1/meta")
    payload = AESGCMSIV(meta_key).decrypt(copy[1088:1100], copy[1100:1372], copy[:8] + copy[24:40] + copy[16:24])
    assert len(payload) == 256
    assert struct.unpack("<III", payload[:12]) == (3, 4, 7)
    assert payload[12:] == bytes(244)


def test_the_passphrase_slot_follows_the_format_too(case: Case, copy: bytes) -> None:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    slot = copy[64:192]
    _, _, _, lanes, passes, memory, _ = struct.unpack("<BBBBIII", slot[:16])
    ikm = Argon2id(salt=slot[16:48], length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        "café au lait am Fluß".encode()
    )
    kek = hkdf(ikm, slot[16:48], b"integrate/v1/slot" + b"\x01")
    bound = b"INTGVLT1" + copy[24:40] + b"\x00" + slot[:48]
    assert AESGCMSIV(kek).decrypt(slot[48:60], slot[60:108], bound) == bytes(case.master.view)


def test_a_header_made_once_by_this_version_opens_for_ever() -> None:
    """Frozen bytes: a change of the format that forgets the version number fails here."""
    frozen = Path(__file__).parent.parent / "fixtures" / "header-v1.bin"
    copy = frozen.read_bytes()
    header = parse(copy)
    assert header.generation == 5
    assert [slot.kind for slot in header.slots[:3]] == [SlotKind.PASSPHRASE, SlotKind.RECOVERY, SlotKind.KEYRING]
    assert open_with_words(copy, header) == Meta(3, 4, 7)


# --- round trip and rules of use --------------------------------------------------------------------------------------


def test_parsing_gives_back_what_was_sealed(case: Case, header: Header, copy: bytes) -> None:
    assert parse(copy) == header
    assert authenticate(copy, case.master) == case.meta
    assert open_with_words(copy, parse(copy)) == case.meta


@given(
    generation=st.integers(0, 2**64 - 1),
    db=st.integers(1, 2**32 - 1),
    pending=st.integers(0, 2**32 - 1),
    schema=st.integers(0, 2**32 - 1),
    vault_id=st.binary(min_size=16, max_size=16),
)
def test_every_header_survives_the_way_to_bytes_and_back(
    generation: int, db: int, pending: int, schema: int, vault_id: bytes
) -> None:
    with new_master() as master:
        header = Header(vault_id, generation)
        copy = seal(header, Meta(db, pending, schema), master)
        assert parse(copy) == header
        assert authenticate(copy, master) == Meta(db, pending, schema)


def test_sealing_twice_never_uses_a_nonce_twice(case: Case, header: Header) -> None:
    assert len({case.copy(header)[1088:1100] for _ in range(20)}) == 20


def test_slots_are_found_added_and_removed(case: Case, header: Header) -> None:
    assert [index for index, _ in header.used(SlotKind.RECOVERY)] == [RECOVERY_AT]
    assert header.free_slot() == 3
    full = header
    for index in range(3, 8):
        full = full.with_slot(index, header.slots[RECOVERY_AT])
    with pytest.raises(LookupError):
        full.free_slot()
    assert full.with_slot(6, Slot()).free_slot() == 6
    assert header.next_generation().generation == header.generation + 1
    assert parse(case.copy(full)) == full


@pytest.mark.parametrize("values", [(0, 0, 0), (2**32, 0, 0), (1, -1, 0), (1, 2**32, 0), (1, 0, -1), (1, 0, 2**32)])
def test_meta_numbers_out_of_range_are_a_bug(values: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="32 bits"):
        Meta(*values)


def test_a_header_of_another_shape_is_a_bug() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Header(b"short")
    with pytest.raises(ValueError, match="eight slots"):
        Header(VAULT_ID, 1, (Slot(),) * 7)


# --- the order of checks ----------------------------------------------------------------------------------------------


def changed(copy: bytes, at: int, new: bytes, *, sha: bool = True) -> bytes:
    data = copy[:at] + new + copy[at + len(new) :]
    return with_sha(data) if sha else data


@pytest.mark.parametrize("length", [0, 1, 4095, 4097, 8192])
def test_another_length_is_damage(copy: bytes, length: int) -> None:
    with pytest.raises(HeaderDamaged):
        parse((copy * 2)[:length])


def test_another_magic_is_damage_even_with_a_fitting_checksum(copy: bytes) -> None:
    with pytest.raises(HeaderDamaged):
        parse(changed(copy, 0, b"INTGVLT2"))


@pytest.mark.parametrize("version", [2, 3, 256, 65535])
def test_a_later_version_is_told_as_newer_only_when_intact(copy: bytes, version: int) -> None:
    number = struct.pack("<H", version)
    with pytest.raises(NewerVersion) as caught:
        parse(changed(copy, 8, number))
    assert caught.value.exit_code == 7
    with pytest.raises(HeaderDamaged):
        parse(changed(copy, 8, number, sha=False))


def test_a_later_version_may_fill_all_but_the_first_16_bytes_differently(copy: bytes) -> None:
    later = copy[:8] + struct.pack("<HHI", 2, 4096, 77) + b"\xee" * (SHA_AT - 16) + bytes(32)
    with pytest.raises(NewerVersion):
        parse(with_sha(later))


@pytest.mark.parametrize("bit", range(32))
def test_an_unknown_flag_is_told_as_newer(copy: bytes, bit: int) -> None:
    with pytest.raises(NewerVersion):
        parse(changed(copy, 12, struct.pack("<I", 1 << bit)))


def test_version_0_and_another_header_length_are_damage(copy: bytes) -> None:
    for at, number in ((8, 0), (10, 4095), (10, 0)):
        with pytest.raises(HeaderDamaged):
            parse(changed(copy, at, struct.pack("<H", number)))


@pytest.mark.parametrize("at", [40, 63, 64 + 127, 1372, 4031])
def test_reserved_bytes_are_not_looked_at_when_parsing_but_sealed(case: Case, copy: bytes, at: int) -> None:
    odd = changed(copy, at, b"\x01")
    parse(odd)
    with pytest.raises(HeaderTampered):
        authenticate(odd, case.master)


# --- seals ------------------------------------------------------------------------------------------------------------


def test_a_rewritten_generation_meta_or_slot_is_tampering(case: Case, copy: bytes) -> None:
    other = case.copy(case.header())
    for at, length in ((16, 8), (1088, 284), (64 + 128 * KEYRING_AT, 128), (4032, 32)):
        with pytest.raises(HeaderTampered) as caught:
            authenticate(changed(copy, at, other[at : at + length]), case.master)
        assert caught.value.exit_code == 4
        assert isinstance(caught.value, Damaged)


def test_another_master_key_does_not_authenticate(copy: bytes) -> None:
    with new_master() as other, pytest.raises(HeaderTampered):
        authenticate(copy, other)


def test_a_meta_swapped_between_generations_does_not_open_even_resealed(case: Case, header: Header) -> None:
    """The meta's own binding, tested apart from the outer seal: that seal is made to fit here."""
    old, new = case.copy(header), bytearray(case.copy(header.next_generation()))
    new[1088:1372] = old[1088:1372]
    key = hkdf(bytes(case.master.view), VAULT_ID, b"integrate/v1/hdrmac")
    new[4032:4064] = hmac.digest(key, bytes(new[:4032]), "sha256")
    with pytest.raises(HeaderTampered):
        authenticate(with_sha(bytes(new)), case.master)


# --- bombs and rubbish ------------------------------------------------------------------------------------------------

BOMBS = {
    "4 TiB": (4, 3, 2**32 - 1),
    "2 GiB and 1 KiB": (4, 3, 2**21 + 1),
    "passes without end": (4, 2**32 - 1, 65536),
    "17 passes": (4, 17, 65536),
    "no passes": (4, 0, 65536),
    "no lanes": (0, 3, 65536),
    "255 lanes": (255, 3, 65536),
    "no memory": (4, 3, 0),
    "under the floor": (4, 3, 65535),
}


def bomb(copy: bytes, lanes: int, passes: int, memory: int, *, at: int = PASSPHRASE_AT) -> bytes:
    return changed(copy, 64 + 128 * at, struct.pack("<BBBBII", 1, 1, 1, lanes, passes, memory))


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("at", [0, 7])
def test_a_header_that_asks_for_too_much_is_refused_before_any_derivation_k5(
    copy: bytes, name: str, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kdf, "derive", None)
    with pytest.raises(HeaderDamaged):
        parse(bomb(copy, *BOMBS[name], at=at))


@pytest.mark.skipif(sys.platform == "win32", reason="measures with the resource module")
def test_bombs_are_refused_in_50_ms_and_50_mb_k5(copy: bytes, tmp_path: Path) -> None:
    for number, name in enumerate(BOMBS):
        (tmp_path / f"{number}.hdr").write_bytes(bomb(copy, *BOMBS[name]) * 2)
    script = textwrap.dedent("""
        import json, resource, sys, time
        from pathlib import Path
        from integrate.errors import HeaderDamaged
        from integrate.storage.header_file import read_header
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        slowest = 0.0
        for path in sorted(Path(sys.argv[1]).glob("*.hdr")):
            started = time.monotonic()
            try:
                read_header(path)
            except HeaderDamaged:
                slowest = max(slowest, time.monotonic() - started)
            else:
                sys.exit("accepted")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        print(json.dumps([slowest, grown * (1 if sys.platform == "darwin" else 1024)]))
    """)
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False, timeout=30
    )
    assert answer.returncode == 0, answer.stderr
    seconds, grown = json.loads(answer.stdout)
    assert seconds < 0.05
    assert grown < 50e6


@given(st.binary(max_size=5000))
def test_rubbish_is_a_known_error_i8(data: bytes) -> None:
    with pytest.raises(KnownError):
        parse(data)


@given(st.data())
def test_a_header_with_anything_written_over_it_is_a_known_error_or_sealed_off_i8(
    copy: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(8, SHA_AT - 1))
    new = data.draw(st.binary(min_size=1, max_size=min(200, SHA_AT - at)))
    odd = changed(copy, at, new)
    try:
        header = parse(odd)
        meta = open_with_words(odd, header)
    except (KnownError, ValueError) as error:
        assert isinstance(error, KnownError) or header.slots[RECOVERY_AT].is_empty
        return
    assert odd == copy, "a changed header was accepted"
    assert meta == Meta(3, 4, 7)


def test_a_keyring_slot_in_another_place_still_needs_its_secret(case: Case) -> None:
    slot = wrap(SlotKind.KEYRING, 7, VAULT_ID, bytes(32), None, case.master)
    assert parse(case.copy(Header(VAULT_ID).with_slot(7, slot))).used(SlotKind.KEYRING) == ((7, slot),)
