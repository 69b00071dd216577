"""Key slots: the byte layout, what opens them, and that nothing else does (K1, K2)."""

from __future__ import annotations

import os
import random
import unicodedata
from dataclasses import replace

import pytest

from integrate.domain.passphrase import encode
from integrate.errors import HeaderDamaged, WrongKeyringKey, WrongPassphrase, WrongSecret, WrongWords
from integrate.storage import kdf
from integrate.storage.header import Header, authenticate, seal
from integrate.storage.kdf import KdfCost
from integrate.storage.slots import Slot, SlotKind, stretch, unwrap, unwrap_stretched, wrap
from integrate.system.memory import SecretBuffer
from tests.helpers.headers import (
    ENTROPY,
    KEYRING_AT,
    KEYRING_SECRET,
    PASSPHRASE,
    PASSPHRASE_AT,
    RECOVERY_AT,
    VAULT_ID,
    Case,
)

WRONG = {
    SlotKind.PASSPHRASE: WrongPassphrase,
    SlotKind.KEYRING: WrongKeyringKey,
    SlotKind.RECOVERY: WrongWords,
}


@pytest.fixture(scope="module")
def case() -> Case:
    return Case()


@pytest.fixture(scope="module")
def header(case: Case) -> Header:
    return case.header(slow=True)


@pytest.mark.parametrize("kind", [SlotKind.KEYRING, SlotKind.RECOVERY])
def test_a_slot_opens_with_its_secret_and_gives_the_master_key(case: Case, kind: SlotKind) -> None:
    slot = wrap(kind, 4, VAULT_ID, b"s" * 32, None, case.master)
    with unwrap(slot, 4, VAULT_ID, bytearray(b"s" * 32)) as master:
        assert master.view == case.master.view


def test_a_passphrase_slot_opens_with_its_passphrase(case: Case, header: Header) -> None:
    with unwrap(header.slots[PASSPHRASE_AT], PASSPHRASE_AT, VAULT_ID, PASSPHRASE) as master:
        assert master.view == case.master.view


def test_two_wraps_of_the_same_secret_share_neither_salt_nor_nonce_nor_ciphertext(case: Case) -> None:
    slots = [wrap(SlotKind.RECOVERY, 1, VAULT_ID, ENTROPY, None, case.master) for _ in range(20)]
    for values in ({s.salt for s in slots}, {s.nonce for s in slots}, {s.wrapped for s in slots}):
        assert len(values) == 20


def test_a_thousand_random_secrets_open_nothing_k1(case: Case, header: Header) -> None:
    """By input key, for all three kinds: the derivation before it only maps secrets to such keys."""
    opened = 0
    for index in (PASSPHRASE_AT, RECOVERY_AT, KEYRING_AT):
        slot = header.slots[index]
        for _ in range(1000):
            try:
                unwrap_stretched(slot, index, VAULT_ID, os.urandom(32))
                opened += 1
            except WRONG[slot.kind]:
                pass
    assert opened == 0


def test_input_keys_one_bit_off_open_nothing_k1(header: Header) -> None:
    slot = header.slots[PASSPHRASE_AT]
    with stretch(slot, PASSPHRASE) as ikm:
        for bit in range(256):
            near = bytearray(ikm.view)
            near[bit // 8] ^= 1 << bit % 8
            with pytest.raises(WrongPassphrase):
                unwrap_stretched(slot, PASSPHRASE_AT, VAULT_ID, near)
        unwrap_stretched(slot, PASSPHRASE_AT, VAULT_ID, ikm.view).wipe()


@pytest.mark.parametrize(
    "near",
    [
        "café au lait am Fluß ",
        " café au lait am Fluß",
        "Café au lait am Fluß",
        "cafe au lait am Fluß",
        "café au lait am Fluss",
        "café au  lait am Fluß",
        "café au lait am Flu",
        "",
    ],
)
def test_near_misses_of_the_passphrase_do_not_open_k1(header: Header, near: str) -> None:
    with pytest.raises(WrongPassphrase):
        unwrap(header.slots[PASSPHRASE_AT], PASSPHRASE_AT, VAULT_ID, encode(near))


def test_the_same_passphrase_decomposed_and_with_other_spaces_opens_k1(header: Header) -> None:
    decomposed = unicodedata.normalize("NFD", "café\u00a0au\u3000lait am Fluß")
    assert decomposed.encode() != PASSPHRASE
    unwrap(header.slots[PASSPHRASE_AT], PASSPHRASE_AT, VAULT_ID, encode(decomposed)).wipe()


@pytest.mark.parametrize(
    ("index", "kind", "cost", "old", "new"),
    [
        (PASSPHRASE_AT, SlotKind.PASSPHRASE, kdf.FLOOR, PASSPHRASE, b"another passphrase"),
        (RECOVERY_AT, SlotKind.RECOVERY, None, ENTROPY, bytes(range(16))),
        (KEYRING_AT, SlotKind.KEYRING, None, KEYRING_SECRET, bytes(32)),
    ],
)
def test_a_changed_secret_retires_the_old_one_and_leaves_the_others_k2(
    case: Case, header: Header, index: int, kind: SlotKind, cost: KdfCost | None, old: bytes, new: bytes
) -> None:
    changed = header.with_slot(index, wrap(kind, index, VAULT_ID, new, cost, case.master)).next_generation()
    copy = seal(changed, case.meta, case.master)
    with pytest.raises(WRONG[kind]):
        unwrap(changed.slots[index], index, VAULT_ID, old)
    for at, secret in ((PASSPHRASE_AT, PASSPHRASE), (RECOVERY_AT, ENTROPY), (KEYRING_AT, KEYRING_SECRET)):
        with unwrap(changed.slots[at], at, VAULT_ID, new if at == index else secret) as master:
            assert authenticate(copy, master) == case.meta


def test_a_removed_keyring_slot_leaves_the_others(case: Case) -> None:
    header = case.header().with_slot(KEYRING_AT, Slot())
    assert header.used(SlotKind.KEYRING) == ()
    assert bytes(128) == header.slots[KEYRING_AT].to_bytes()
    unwrap(header.slots[RECOVERY_AT], RECOVERY_AT, VAULT_ID, ENTROPY).wipe()


def test_a_slot_is_bound_to_its_place_its_vault_and_its_public_bytes(case: Case) -> None:
    slot = wrap(SlotKind.RECOVERY, 1, VAULT_ID, ENTROPY, None, case.master)
    with pytest.raises(WrongWords):
        unwrap(slot, 2, VAULT_ID, ENTROPY)
    with pytest.raises(WrongWords):
        unwrap(slot, 1, bytes(16), ENTROPY)
    with pytest.raises(WrongKeyringKey):
        unwrap(replace(slot, kind=SlotKind.KEYRING), 1, VAULT_ID, ENTROPY)
    for other in ({"salt": bytes(32)}, {"nonce": bytes(12)}, {"wrapped": bytes(48)}):
        with pytest.raises(WrongWords):
            unwrap(replace(slot, **other), 1, VAULT_ID, ENTROPY)  # type: ignore[arg-type]  # bytes each


def test_a_lowered_cost_does_not_open_even_with_the_input_key(header: Header) -> None:
    """A downgrade: the cost is bound to the wrapping."""
    slot = header.slots[PASSPHRASE_AT]
    with stretch(slot, PASSPHRASE) as ikm:
        for cost in (KdfCost(1, 65536, 4), KdfCost(3, 65536, 1), KdfCost(3, 65537, 4)):
            with pytest.raises(WrongPassphrase):
                unwrap_stretched(replace(slot, cost=cost), PASSPHRASE_AT, VAULT_ID, ikm.view)


@pytest.mark.parametrize("secret", [b"", b"x", bytes(15), bytes(17), bytes(4096)])
def test_a_keyring_item_of_any_length_is_wrong_and_never_a_crash(header: Header, secret: bytes) -> None:
    with pytest.raises(WrongKeyringKey):
        unwrap(header.slots[KEYRING_AT], KEYRING_AT, VAULT_ID, secret)


def test_wrong_secrets_show_no_secret_and_all_exit_3(header: Header) -> None:
    for index in (RECOVERY_AT, KEYRING_AT):
        with pytest.raises(WrongSecret) as caught:
            unwrap(header.slots[index], index, VAULT_ID, b"hunter2hunter2")
        assert caught.value.exit_code == 3
        assert "hunter2" not in repr(caught.value) + str(caught.value)
        assert caught.value.__suppress_context__


def test_slots_survive_the_way_to_bytes_and_back(header: Header) -> None:
    for slot in header.slots:
        raw = slot.to_bytes()
        assert len(raw) == 128
        assert Slot.from_bytes(raw) == slot


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, 4),
        (0, 255),
        (0, 2),
        (1, 0),
        (1, 2),
        (2, 0),
        (2, 2),
        (3, 0),
        (3, 17),
        (4, 0),
        (4, 17),
        (7, 1),
        (8, 255),
        (11, 1),
        (12, 1),
    ],
)
def test_values_the_format_does_not_have_are_damage(header: Header, at: int, value: int) -> None:
    raw = bytearray(header.slots[PASSPHRASE_AT].to_bytes())
    if (at, value) == (8, 255):
        raw[8:12] = (65535).to_bytes(4, "little")
    else:
        raw[at] = value
    with pytest.raises(HeaderDamaged):
        Slot.from_bytes(bytes(raw))


def test_hkdf_and_empty_slots_with_a_cost_are_damage(header: Header) -> None:
    for slot in (header.slots[RECOVERY_AT], Slot()):
        for at in (1, 2, 3, 4, 8, 12):
            raw = bytearray(slot.to_bytes())
            raw[at] ^= 1 if slot.is_empty or at != 2 else 3
            with pytest.raises(HeaderDamaged):
                Slot.from_bytes(bytes(raw))


def test_random_slot_bytes_are_read_or_damage_never_a_crash() -> None:
    source = random.Random(11)
    read = 0
    for _ in range(5000):
        raw = bytearray(source.randbytes(128))
        raw[0:4] = bytes((source.randrange(5), source.randrange(3), source.randrange(3), source.randrange(20)))
        if source.random() < 0.8:
            raw[4:16] = (
                source.randrange(20).to_bytes(4, "little") + source.randrange(2**22).to_bytes(4, "little") + bytes(4)
            )
        try:
            slot = Slot.from_bytes(bytes(raw))
        except HeaderDamaged:
            continue
        read += 1
        assert slot.cost is None or slot.cost.within_caps
    assert read > 20


def test_misuse_is_a_bug_and_said_so(case: Case) -> None:
    with pytest.raises(ValueError, match="cost"):
        wrap(SlotKind.RECOVERY, 1, VAULT_ID, ENTROPY, kdf.FLOOR, case.master)
    with pytest.raises(ValueError, match="cost"):
        wrap(SlotKind.PASSPHRASE, 1, VAULT_ID, PASSPHRASE, None, case.master)
    with pytest.raises(ValueError, match="eight slots"):
        wrap(SlotKind.RECOVERY, 8, VAULT_ID, ENTROPY, None, case.master)
    with pytest.raises(ValueError, match="empty slot"):
        wrap(SlotKind.EMPTY, 1, VAULT_ID, ENTROPY, None, case.master)
    with pytest.raises(ValueError, match="empty slot"):
        unwrap(Slot(), 1, VAULT_ID, ENTROPY)
    with pytest.raises(ValueError, match="32 bytes"):
        wrap(SlotKind.RECOVERY, 1, VAULT_ID, ENTROPY, None, SecretBuffer(16))
