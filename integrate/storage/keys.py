"""The key tree: everything is derived from one random master key, each purpose with a name of its own.

Every derived key is HKDF-SHA256 of the 32-byte master key with salt = vault id (16 bytes) and info =
``integrate/v1/<name>``; the two database values add the epoch as u32 little-endian, so that rotating the database key
needs no new master key. A name is never reused for something else.

| name     | length | used for                                                    |
| -------- | ------ | ----------------------------------------------------------- |
| db       | 32     | SQLCipher's raw key (with epoch)                            |
| salt     | 16     | SQLCipher's salt, the first 16 bytes of the file (with epoch) |
| row      | 32     | the seal on each record                                     |
| anchor   | 32     | the note of how far the journal had come                    |
| backup   | 32     | the seal on a backup file                                   |
| meta     | 32     | the sealed part of the header                               |
| hdrmac   | 32     | the seal on the whole header                                |
| aside    | 32     | text kept in memory while the journal is locked             |
| roomkeys | 32     | wraps the keys of a session room inside the journal         |
"""

from __future__ import annotations

import struct
from enum import Enum
from types import TracebackType
from typing import Final, Self

from integrate.system.memory import SecretBuffer, SecretBytes

MASTER_LENGTH: Final = 32
VAULT_ID_LENGTH: Final = 16
MAX_EPOCH: Final = 0xFFFF_FFFF
_PREFIX: Final = b"integrate/v1/"
_HEX_DIGITS: Final = b"0123456789abcdef"


class Purpose(Enum):
    """What a derived key is for: (name in the info string, length in bytes)."""

    DATABASE = ("db", 32)
    DATABASE_SALT = ("salt", 16)
    ROW = ("row", 32)
    ANCHOR = ("anchor", 32)
    BACKUP = ("backup", 32)
    META = ("meta", 32)
    HEADER_MAC = ("hdrmac", 32)
    ASIDE = ("aside", 32)

    @property
    def label(self) -> bytes:
        """The info string, without an epoch."""
        return _PREFIX + self.value[0].encode("ascii")

    @property
    def length(self) -> int:
        """Bytes of the key."""
        return self.value[1]


_WITH_EPOCH: Final = frozenset({Purpose.DATABASE, Purpose.DATABASE_SALT})


def hkdf_into(key: SecretBytes, salt: bytes, info: bytes, out: SecretBuffer) -> None:
    """Fill ``out`` with HKDF-SHA256 (RFC 5869) of ``key``."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    HKDF(algorithm=hashes.SHA256(), length=out.length, salt=salt, info=info).derive_into(key, out.view)


def derive_key(master: SecretBuffer, vault_id: bytes, purpose: Purpose, epoch: int | None = None) -> SecretBuffer:
    """The key for ``purpose``; the caller wipes it. ``epoch`` (1 and up) for the database's two, for no other."""
    if (epoch is not None) != (purpose in _WITH_EPOCH):
        msg = "an epoch belongs to the database's key and salt, and to nothing else"
        raise ValueError(msg)
    info = purpose.label
    if epoch is not None:
        if not 1 <= epoch <= MAX_EPOCH:
            msg = "a database epoch counts from 1"
            raise ValueError(msg)
        info += struct.pack("<I", epoch)
    out = SecretBuffer(purpose.length)
    hkdf_into(master.view, vault_id, info, out)
    return out


def new_master() -> SecretBuffer:
    """A fresh master key of 32 random bytes."""
    return SecretBuffer.random(MASTER_LENGTH)


class VaultKeys:
    """The master key of an open journal and the keys derived from it.

    Takes over ``master``: :meth:`wipe` wipes it. Every key handed out is a new buffer that its caller wipes.
    """

    __slots__ = ("_master", "vault_id")

    def __init__(self, master: SecretBuffer, vault_id: bytes) -> None:
        if master.length != MASTER_LENGTH or len(vault_id) != VAULT_ID_LENGTH:
            msg = "a master key has 32 bytes, a vault id 16"
            raise ValueError(msg)
        self._master = master
        self.vault_id: Final = vault_id

    @property
    def master(self) -> SecretBuffer:
        """The master key itself, for wrapping it in a slot and sealing a header. Stays owned by this object."""
        return self._master

    @property
    def wiped(self) -> bool:
        """Whether the master key is gone."""
        return self._master.wiped

    def row_key(self) -> SecretBuffer:
        """The key that seals each record."""
        return derive_key(self._master, self.vault_id, Purpose.ROW)

    def anchor_key(self) -> SecretBuffer:
        """The key that seals the anchor."""
        return derive_key(self._master, self.vault_id, Purpose.ANCHOR)

    def backup_key(self) -> SecretBuffer:
        """The key that seals backup files."""
        return derive_key(self._master, self.vault_id, Purpose.BACKUP)

    def aside_key(self) -> SecretBuffer:
        """The key for text that is kept in memory while the journal is locked."""
        return derive_key(self._master, self.vault_id, Purpose.ASIDE)

    def database_key_spec(self, epoch: int) -> bytearray:
        """SQLCipher's key spec ``x'<64 hex digits of key><32 of salt>'`` for ``epoch``; the caller wipes it.

        Built digit by digit: ``hex()`` would leave copies that nothing can overwrite (finding F6).
        """
        spec = bytearray(2 + 2 * (Purpose.DATABASE.length + Purpose.DATABASE_SALT.length) + 1)
        spec[0:2] = b"x'"
        spec[-1:] = b"'"
        at = 2
        for purpose in (Purpose.DATABASE, Purpose.DATABASE_SALT):
            with derive_key(self._master, self.vault_id, purpose, epoch) as key:
                for byte in key.view:
                    spec[at] = _HEX_DIGITS[byte >> 4]
                    spec[at + 1] = _HEX_DIGITS[byte & 15]
                    at += 2
        return spec

    def wipe(self) -> None:
        """Wipe the master key; a second call does nothing."""
        self._master.wipe()

    def __repr__(self) -> str:
        return f"<VaultKeys{', wiped' if self.wiped else ''}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()
