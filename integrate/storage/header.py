"""The header of a journal: key slots and a sealed note, 4096 bytes, little-endian.

::

       0    8  magic "INTGVLT1"
       8    2  u16 version = 1
      10    2  u16 length of this header = 4096
      12    4  u32 flags = 0
      16    8  u64 generation, one more with each write
      24   16  vault id, random
      40   24  0 (no time, no name)
      64 1024  slots 0 to 7, 128 bytes each
    1088   12  meta: nonce
    1100  272  meta: AES-256-GCM-SIV of the 256-byte payload, then its tag; bound to magic, vault id and generation
    1372 2660  0
    4032   32  HMAC-SHA256 of bytes 0 to 4031 under a key derived from the master key: tells rewriting by others
    4064   32  SHA-256 of bytes 0 to 4063, without a key: tells damage from a wrong passphrase

The meta payload is u32 database epoch, u32 pending epoch (0: none), u32 lowest application schema, then zeros.

What every later version keeps, so that an older program can say "made by a newer version": bytes 0 to 15, and a header
of 4096 bytes that ends in the SHA-256. Bytes that are 0 today are written as 0 and not looked at when reading; a later
version may use them only together with a new version number or a flag, because this program would write zeros there.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass, replace
from typing import Final

from integrate.errors import HeaderDamaged, HeaderTampered, NewerVersion
from integrate.storage.keys import MAX_EPOCH, VAULT_ID_LENGTH, Purpose, derive_key
from integrate.storage.slots import MAGIC, NONCE_LENGTH, SLOT_COUNT, SLOT_SIZE, Slot, SlotKind
from integrate.system.memory import SecretBuffer, wipe

HEADER_SIZE: Final = 4096
VERSION: Final = 1
KNOWN_FLAGS: Final = 0
_START: Final = struct.Struct("<8sHHIQ16s")
_SLOTS_AT: Final = 64
_META_AT: Final = _SLOTS_AT + SLOT_COUNT * SLOT_SIZE
_META_PAYLOAD: Final = 256
_META_SEALED: Final = _META_PAYLOAD + 16
_MAC_AT: Final = 4032
_SHA_AT: Final = 4064
_META: Final = struct.Struct("<III244x")
_NO_SLOTS: Final = (Slot(),) * SLOT_COUNT


@dataclass(frozen=True, slots=True)
class Meta:
    """The sealed note: which key opens the database, which one a rotation is heading for, and who may open it.

    ``pending_epoch`` is 0 when no rotation is under way. A program whose schema is below ``min_app_schema`` is too old.
    """

    db_epoch: int
    pending_epoch: int = 0
    min_app_schema: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.db_epoch <= MAX_EPOCH or not all(
            0 <= value <= MAX_EPOCH for value in (self.pending_epoch, self.min_app_schema)
        ):
            msg = "an epoch counts from 1, and all three numbers have 32 bits"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says in the clear. ``slots`` always holds eight."""

    vault_id: bytes
    generation: int = 1
    slots: tuple[Slot, ...] = _NO_SLOTS

    def __post_init__(self) -> None:
        if len(self.vault_id) != VAULT_ID_LENGTH or len(self.slots) != SLOT_COUNT:
            msg = "a vault id has 16 bytes, a header eight slots"
            raise ValueError(msg)

    def used(self, kind: SlotKind) -> tuple[tuple[int, Slot], ...]:
        """The slots of one kind with their indexes, in order."""
        return tuple((index, slot) for index, slot in enumerate(self.slots) if slot.kind is kind)

    def free_slot(self) -> int:
        """The index of the first empty slot. Raises :class:`LookupError` when all eight are in use."""
        for index, slot in enumerate(self.slots):
            if slot.is_empty:
                return index
        msg = "all eight slots are in use"
        raise LookupError(msg)

    def with_slot(self, index: int, slot: Slot) -> Header:
        """This header with another slot at ``index`` (an empty :class:`Slot` removes it); generation unchanged."""
        return replace(self, slots=(*self.slots[:index], slot, *self.slots[index + 1 :]))

    def next_generation(self) -> Header:
        """This header one generation on: every write is a new one."""
        return replace(self, generation=self.generation + 1)


def parse(copy: bytes) -> Header:
    """Read one header copy without any secret and without deriving anything (test K5).

    In this order: length, magic, version, checksum, then flags, slots and the caps on their cost. A version above ours
    is believed only when the checksum fits: otherwise it is damage.

    Raises:
        HeaderDamaged: this is no intact header.
        NewerVersion: an intact header of a later version, or with flags this program does not know.
    """
    if len(copy) != HEADER_SIZE or copy[:8] != MAGIC:
        raise HeaderDamaged
    _magic, version, length, flags, generation, vault_id = _START.unpack_from(copy)
    if not hmac.compare_digest(hashlib.sha256(copy[:_SHA_AT]).digest(), copy[_SHA_AT:]):
        raise HeaderDamaged
    if version > VERSION:
        raise NewerVersion
    if version != VERSION or length != HEADER_SIZE:
        raise HeaderDamaged
    if flags & ~KNOWN_FLAGS:
        raise NewerVersion
    slots = tuple(Slot.from_bytes(copy[start : start + SLOT_SIZE]) for start in range(_SLOTS_AT, _META_AT, SLOT_SIZE))
    return Header(vault_id, generation, slots)


def seal(header: Header, meta: Meta, master: SecretBuffer) -> bytes:
    """The 4096 bytes of ``header`` with ``meta`` inside, sealed under keys derived from ``master``."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    copy = bytearray(HEADER_SIZE)
    _START.pack_into(copy, 0, MAGIC, VERSION, HEADER_SIZE, 0, header.generation, header.vault_id)
    copy[_SLOTS_AT:_META_AT] = b"".join(slot.to_bytes() for slot in header.slots)
    nonce = os.urandom(NONCE_LENGTH)
    payload = _META.pack(meta.db_epoch, meta.pending_epoch, meta.min_app_schema)
    with derive_key(master, header.vault_id, Purpose.META) as key:
        sealed = AESGCMSIV(key.view).encrypt(nonce, payload, _meta_bound_data(header))
    copy[_META_AT : _META_AT + NONCE_LENGTH + _META_SEALED] = nonce + sealed
    copy[_MAC_AT:_SHA_AT] = _mac(bytes(copy[:_MAC_AT]), header.vault_id, master)
    copy[_SHA_AT:] = hashlib.sha256(copy[:_SHA_AT]).digest()
    return bytes(copy)


def authenticate(copy: bytes, master: SecretBuffer) -> Meta:
    """Check the seal of a header copy with the master key that one of its slots gave, and open its meta.

    Raises:
        HeaderTampered: the seal does not fit, so somebody without the master key rewrote parts of the header.
        HeaderDamaged, NewerVersion: as :func:`parse`.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    header = parse(copy)
    if not hmac.compare_digest(_mac(copy[:_MAC_AT], header.vault_id, master), copy[_MAC_AT:_SHA_AT]):
        raise HeaderTampered
    nonce = copy[_META_AT : _META_AT + NONCE_LENGTH]
    sealed = copy[_META_AT + NONCE_LENGTH : _META_AT + NONCE_LENGTH + _META_SEALED]
    payload = bytearray(_META_PAYLOAD)
    with derive_key(master, header.vault_id, Purpose.META) as key:
        try:
            AESGCMSIV(key.view).decrypt_into(nonce, sealed, _meta_bound_data(header), payload)
        except InvalidTag:
            raise HeaderTampered from None
    meta = Meta(*_META.unpack(payload))
    wipe(payload)
    return meta


def _mac(data: bytes, vault_id: bytes, master: SecretBuffer) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.hmac import HMAC

    with derive_key(master, vault_id, Purpose.HEADER_MAC) as key:
        mac = HMAC(key.view, hashes.SHA256())
        mac.update(data)
        return mac.finalize()


def _meta_bound_data(header: Header) -> bytes:
    return MAGIC + header.vault_id + struct.pack("<Q", header.generation)
