"""Headers for tests: one master key, a passphrase, words and a keyring secret that open it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from integrate.storage import kdf
from integrate.storage.header import Header, Meta, authenticate, seal
from integrate.storage.keys import new_master
from integrate.storage.slots import SlotKind, unwrap, wrap
from integrate.system.memory import SecretBuffer

VAULT_ID = bytes(range(16))
PASSPHRASE = "café au lait am Fluß".encode()
ENTROPY = bytes.fromhex("7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f")
KEYRING_SECRET = bytes(range(100, 132))
PASSPHRASE_AT, RECOVERY_AT, KEYRING_AT = 0, 1, 2
SHA_AT = 4064


@dataclass
class Case:
    """A master key and the header made with it."""

    master: SecretBuffer = field(default_factory=new_master)
    meta: Meta = field(default_factory=lambda: Meta(db_epoch=3, pending_epoch=4, min_app_schema=7))

    def header(self, *, slow: bool = False, generation: int = 5, entropy: bytes = ENTROPY) -> Header:
        """A header with a recovery and a keyring slot, and with ``slow`` a passphrase slot too."""
        header = Header(VAULT_ID, generation)
        secrets = [
            (RECOVERY_AT, SlotKind.RECOVERY, entropy, None),
            (KEYRING_AT, SlotKind.KEYRING, KEYRING_SECRET, None),
        ]
        if slow:
            secrets.append((PASSPHRASE_AT, SlotKind.PASSPHRASE, PASSPHRASE, kdf.FLOOR))
        for index, kind, secret, cost in secrets:
            header = header.with_slot(index, wrap(kind, index, VAULT_ID, secret, cost, self.master))
        return header

    def copy(self, header: Header | None = None) -> bytes:
        """The sealed 4096 bytes."""
        return seal(header or self.header(), self.meta, self.master)


def open_with_words(copy: bytes, header: Header, entropy: bytes = ENTROPY) -> Meta:
    """The whole way from the recovery words' bytes to an authenticated header."""
    with unwrap(header.slots[RECOVERY_AT], RECOVERY_AT, header.vault_id, entropy) as master:
        return authenticate(copy, master)


def with_sha(copy: bytes) -> bytes:
    """``copy`` with its checksum made to fit, as an attacker would."""
    return copy[:SHA_AT] + hashlib.sha256(copy[:SHA_AT]).digest()


def flipped(data: bytes, at: int, bit: int | None = None) -> bytes:
    """``data`` with one bit of one byte changed."""
    changed = bytearray(data)
    changed[at] ^= 1 << (at % 8 if bit is None else bit)
    return bytes(changed)
