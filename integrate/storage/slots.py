"""Key slots: the master key, wrapped once for each secret that may open the journal.

One slot is 128 bytes, little-endian::

     0  u8   type       0 empty, 1 passphrase, 2 keyring, 3 recovery words
     1  u8   kdf        0 HKDF, 1 Argon2id version 1.3
     2  u8   aead       1 AES-256-GCM-SIV (0 in an empty slot)
     3  u8   lanes      Argon2id; 0 with HKDF, like the next two
     4  u32  passes
     8  u32  memory in KiB
    12  u32  0
    16  32   salt, random, of the Argon2id and the HKDF step alike
    48  12   nonce, random
    60  48   the wrapped master key: 32 bytes and a 16-byte tag
   108  20   0

The input key is Argon2id(passphrase, salt) for a passphrase, the 32 random bytes kept in the OS keyring, or the 16
bytes behind the recovery words. Key = HKDF-SHA256(input key, salt, "integrate/v1/slot" + type byte). Bound to the
wrapping: magic, vault id, slot index (u8) and the slot's bytes 0 to 47, so a slot can be neither moved nor altered.
AES-GCM-SIV does not commit to its key; the header's seal under a key derived from the master key does that.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from integrate.errors import HeaderDamaged, WrongKeyringKey, WrongPassphrase, WrongSecret, WrongWords
from integrate.storage import kdf
from integrate.storage.kdf import KdfCost
from integrate.storage.keys import MASTER_LENGTH, hkdf_into
from integrate.system.memory import SecretBuffer, SecretBytes

MAGIC: Final = b"INTGVLT1"
SLOT_SIZE: Final = 128
SLOT_COUNT: Final = 8
SALT_LENGTH: Final = 32
NONCE_LENGTH: Final = 12
WRAPPED_LENGTH: Final = MASTER_LENGTH + 16
KEY_LENGTH: Final = 32
_INFO: Final = b"integrate/v1/slot"
_LAYOUT: Final = struct.Struct("<BBBBIII32s12s48s20x")
_BOUND: Final = 48  # how many of the slot's first bytes the wrapping is bound to
_KDF_HKDF: Final = 0
_KDF_ARGON2ID: Final = 1
_AEAD_GCM_SIV: Final = 1
_NO_COST: Final = KdfCost(iterations=0, memory_kib=0, lanes=0)


class SlotKind(IntEnum):
    """Which secret opens a slot."""

    EMPTY = 0
    PASSPHRASE = 1
    KEYRING = 2
    RECOVERY = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One key slot; ``cost`` is set for a passphrase slot and for no other. All of it is public data."""

    kind: SlotKind = SlotKind.EMPTY
    cost: KdfCost | None = None
    salt: bytes = bytes(SALT_LENGTH)
    nonce: bytes = bytes(NONCE_LENGTH)
    wrapped: bytes = bytes(WRAPPED_LENGTH)

    def __post_init__(self) -> None:
        if (self.cost is not None) != (self.kind is SlotKind.PASSPHRASE):
            msg = "a passphrase slot has a cost, and no other slot has one"
            raise ValueError(msg)
        if (len(self.salt), len(self.nonce), len(self.wrapped)) != (SALT_LENGTH, NONCE_LENGTH, WRAPPED_LENGTH):
            msg = "a slot's salt, nonce or wrapped key has the wrong length"
            raise ValueError(msg)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is wrapped here."""
        return self.kind is SlotKind.EMPTY

    def to_bytes(self) -> bytes:
        """The slot's 128 bytes."""
        cost = self.cost or _NO_COST
        return _LAYOUT.pack(
            self.kind,
            _KDF_ARGON2ID if self.cost else _KDF_HKDF,
            0 if self.is_empty else _AEAD_GCM_SIV,
            cost.lanes,
            cost.iterations,
            cost.memory_kib,
            0,
            self.salt,
            self.nonce,
            self.wrapped,
        )

    @classmethod
    def from_bytes(cls, raw: bytes) -> Slot:
        """Read 128 bytes whose checksum has been verified.

        Raises:
            HeaderDamaged: a value this format does not have, or a cost outside the caps (test K5). Nothing has been
                derived by then. A later format that adds a kind of slot says so with a version or a flag.
        """
        kind, kdf_id, aead, lanes, passes, memory, zero, salt, nonce, wrapped = _LAYOUT.unpack(raw)
        if kind not in tuple(SlotKind) or zero != 0:
            raise HeaderDamaged
        known = SlotKind(kind)
        if aead != (0 if known is SlotKind.EMPTY else _AEAD_GCM_SIV):
            raise HeaderDamaged
        cost = KdfCost(passes, memory, lanes)
        if known is SlotKind.PASSPHRASE:
            if kdf_id != _KDF_ARGON2ID or not cost.within_caps:
                raise HeaderDamaged
            return cls(known, cost, salt, nonce, wrapped)
        if kdf_id != _KDF_HKDF or cost != _NO_COST:
            raise HeaderDamaged
        return cls(known, None, salt, nonce, wrapped)


def wrap(
    kind: SlotKind, index: int, vault_id: bytes, secret: SecretBytes, cost: KdfCost | None, master: SecretBuffer
) -> Slot:
    """A slot at ``index`` (0 to 7) that opens with ``secret``, with a fresh salt and nonce.

    ``secret`` is the passphrase's bytes (:func:`integrate.domain.passphrase.encode`), the keyring's 32 bytes or the
    recovery words' 16 bytes. ``cost`` is given for a passphrase, which then takes about a second.

    Raises:
        OutOfMemory: the passphrase's derivation found too little memory.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    if kind is SlotKind.EMPTY or master.length != MASTER_LENGTH:
        msg = "an empty slot wraps nothing, and a master key has 32 bytes"
        raise ValueError(msg)
    blank = Slot(kind, cost, os.urandom(SALT_LENGTH), os.urandom(NONCE_LENGTH))
    bound = _bound_data(blank, index, vault_id)
    with stretch(blank, secret) as ikm, _wrapping_key(blank, ikm.view) as key:
        wrapped = AESGCMSIV(key.view).encrypt(blank.nonce, master.view, bound)
    return Slot(kind, cost, blank.salt, blank.nonce, wrapped)


def stretch(slot: Slot, secret: SecretBytes) -> SecretBuffer:
    """The slot's input key: ``secret`` through Argon2id for a passphrase slot, a copy of it for the others.

    This is the slow step. Raises :class:`OutOfMemory`.
    """
    if slot.cost is None:
        return SecretBuffer.holding(secret)
    out = SecretBuffer(KEY_LENGTH)
    kdf.derive(secret, slot.salt, slot.cost, out)
    return out


def unwrap(slot: Slot, index: int, vault_id: bytes, secret: SecretBytes) -> SecretBuffer:
    """The master key from the slot at ``index``; ``secret`` as for :func:`wrap`. The caller wipes what it gets.

    Raises:
        WrongPassphrase, WrongKeyringKey, WrongWords: ``secret`` does not open this slot.
        OutOfMemory: the passphrase's derivation found too little memory.
    """
    if slot.is_empty:
        msg = "an empty slot opens with nothing"
        raise ValueError(msg)
    if not slot.cost and len(secret) == 0:
        raise wrong_secret(slot.kind)
    with stretch(slot, secret) as ikm:
        return unwrap_stretched(slot, index, vault_id, ikm.view)


def unwrap_stretched(slot: Slot, index: int, vault_id: bytes, ikm: SecretBytes) -> SecretBuffer:
    """As :func:`unwrap`, from the input key that :func:`stretch` made."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    master = SecretBuffer(MASTER_LENGTH)
    with _wrapping_key(slot, ikm) as key:
        try:
            AESGCMSIV(key.view).decrypt_into(slot.nonce, slot.wrapped, _bound_data(slot, index, vault_id), master.view)
        except InvalidTag:
            master.wipe()
            raise wrong_secret(slot.kind) from None
    return master


def wrong_secret(kind: SlotKind) -> WrongSecret:
    """What to say when a secret does not open a slot of this kind."""
    if kind is SlotKind.RECOVERY:
        return WrongWords()
    return WrongKeyringKey() if kind is SlotKind.KEYRING else WrongPassphrase()


def _wrapping_key(slot: Slot, ikm: SecretBytes) -> SecretBuffer:
    key = SecretBuffer(KEY_LENGTH)
    hkdf_into(ikm, slot.salt, _INFO + bytes([slot.kind]), key)
    return key


def _bound_data(slot: Slot, index: int, vault_id: bytes) -> bytes:
    if not 0 <= index < SLOT_COUNT:
        msg = "a header has eight slots, 0 to 7"
        raise ValueError(msg)
    return MAGIC + vault_id + bytes([index]) + slot.to_bytes()[:_BOUND]
