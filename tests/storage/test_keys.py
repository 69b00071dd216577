"""The key tree: derived exactly as the format says, each key its own, nothing left after a wipe."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from integrate.storage.keys import Purpose, VaultKeys, derive_key, new_master
from integrate.system.memory import SecretBuffer, wipe

MASTER = bytes(range(32))
VAULT_ID = bytes(range(50, 66))


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 by hand, with SHA-256 and at most one block."""
    extracted = hmac.digest(salt, key, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)[:length]


def keys() -> VaultKeys:
    return VaultKeys(SecretBuffer.holding(MASTER), VAULT_ID)


def test_the_hand_written_hkdf_agrees_with_rfc_5869() -> None:
    key = hkdf(bytes([11] * 22), bytes(range(13)), bytes(range(0xF0, 0xFA)), 32)
    assert key.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


@pytest.mark.parametrize(
    ("purpose", "info", "length"),
    [
        (Purpose.ROW, b"integrate/v1/row", 32),
        (Purpose.ANCHOR, b"integrate/v1/anchor", 32),
        (Purpose.BACKUP, b"integrate/v1/backup", 32),
        (Purpose.META, b"integrate/v1/meta", 32),
        (Purpose.HEADER_MAC, b"integrate/v1/hdrmac", 32),
    ],
)
def test_each_key_is_hkdf_of_the_master_with_its_name(purpose: Purpose, info: bytes, length: int) -> None:
    with SecretBuffer.holding(MASTER) as master, derive_key(master, VAULT_ID, purpose) as key:
        assert bytes(key.view) == hkdf(MASTER, VAULT_ID, info, length)


@pytest.mark.parametrize("epoch", [1, 2, 258, 2**32 - 1])
def test_the_database_key_spec_is_key_and_salt_in_hex_with_the_epoch(epoch: int) -> None:
    number = struct.pack("<I", epoch)
    key = hkdf(MASTER, VAULT_ID, b"integrate/v1/db" + number, 32)
    salt = hkdf(MASTER, VAULT_ID, b"integrate/v1/salt" + number, 16)
    spec = keys().database_key_spec(epoch)
    assert isinstance(spec, bytearray)
    assert spec == f"x'{key.hex()}{salt.hex()}'".encode()


def test_all_keys_of_a_vault_differ_and_so_do_those_of_another_vault() -> None:
    with SecretBuffer.holding(MASTER) as master:
        found = set()
        for vault_id in (VAULT_ID, bytes(16)):
            for purpose in Purpose:
                epochs = (1, 2) if purpose in (Purpose.DATABASE, Purpose.DATABASE_SALT) else (None,)
                for epoch in epochs:
                    with derive_key(master, vault_id, purpose, epoch) as key:
                        found.add(bytes(key.view)[:16])
        assert len(found) == 2 * (6 + 2 * 2)


def test_an_epoch_where_none_belongs_or_none_where_one_does_is_a_bug() -> None:
    with SecretBuffer.holding(MASTER) as master:
        for purpose, epoch in [
            (Purpose.ROW, 1),
            (Purpose.DATABASE, None),
            (Purpose.DATABASE, 0),
            (Purpose.DATABASE, 2**32),
        ]:
            with pytest.raises(ValueError, match="epoch"):
                derive_key(master, VAULT_ID, purpose, epoch)


def test_vault_keys_refuse_a_master_or_vault_id_of_another_length() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        VaultKeys(SecretBuffer(16), VAULT_ID)
    with pytest.raises(ValueError, match="32 bytes"):
        VaultKeys(SecretBuffer(32), b"short")


def test_after_a_wipe_the_master_is_zero_and_nothing_can_be_derived_f6() -> None:
    vault_keys = keys()
    seen = vault_keys.master.view[:]
    assert bytes(seen) == MASTER
    vault_keys.wipe()
    vault_keys.wipe()
    assert bytes(seen) == bytes(32)
    assert vault_keys.wiped
    for action in (
        vault_keys.row_key,
        vault_keys.anchor_key,
        vault_keys.backup_key,
        lambda: vault_keys.database_key_spec(1),
    ):
        with pytest.raises(ValueError, match="wiped"):
            action()


def test_vault_keys_show_nothing_in_repr() -> None:
    assert repr(keys()) == "<VaultKeys>"


def test_new_masters_are_random() -> None:
    masters = [new_master() for _ in range(50)]
    assert len({bytes(master.view) for master in masters}) == 50
    assert all(len(master) == 32 for master in masters)


@pytest.mark.skipif(sys.platform != "linux", reason="reads another process's memory through Linux's /proc")
def test_no_key_is_left_in_the_memory_of_a_process_that_wiped_f6_m1() -> None:
    """The child gets the master key masked, uses it in every way, wipes; the parent then reads all of its memory."""
    script = textwrap.dedent("""
        import sys
        from integrate.storage.header import Header, Meta, authenticate, seal
        from integrate.storage.keys import VaultKeys
        from integrate.storage.slots import SlotKind, unwrap, wrap
        from integrate.system.memory import SecretBuffer, wipe
        masked, vault_id = bytes.fromhex(sys.stdin.readline()), bytes(range(50, 66))
        given = SecretBuffer(32)
        for at in range(32):
            given.view[at] = masked[at] ^ 0xA5
        header = Header(vault_id)
        header = header.with_slot(1, wrap(SlotKind.RECOVERY, 1, vault_id, bytes(16), None, given))
        copy = seal(header, Meta(1), given)
        if sys.argv[1] == "wipe":
            given.wipe()
        master = unwrap(header.slots[1], 1, vault_id, bytes(16))
        authenticate(copy, master)
        with VaultKeys(master, vault_id) as keys:
            for key in (keys.row_key(), keys.anchor_key(), keys.backup_key()):
                key.wipe()
            wipe(keys.database_key_spec(1))
        print("ready", flush=True)
        sys.stdin.readline()
    """)
    secret = os.urandom(32)
    row = hkdf(secret, VAULT_ID, b"integrate/v1/row", 32)
    key = hkdf(secret, VAULT_ID, b"integrate/v1/db" + struct.pack("<I", 1), 32)
    header_mac = hkdf(secret, VAULT_ID, b"integrate/v1/hdrmac", 32)
    needles = {"master": secret, "row": row, "database": key, "database, hex": key.hex().encode(), "hdrmac": header_mac}
    for mode, expected in (("wipe", set()), ("keep", {"master"})):
        child = subprocess.Popen(
            [sys.executable, "-c", script, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdin is not None
        assert child.stdout is not None
        with child:
            child.stdin.write(bytes(byte ^ 0xA5 for byte in secret).hex() + "\n")
            child.stdin.flush()
            assert child.stdout.readline() == "ready\n"
            assert _found(child.pid, needles) == expected
            child.stdin.write("\n")
    wipe(bytearray(secret))


def _found(pid: int, needles: dict[str, bytes]) -> set[str]:
    found = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            if "rw" not in rights or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            content = memory.read(end - start)
            found |= {name for name, needle in needles.items() if needle in content}
    return found
