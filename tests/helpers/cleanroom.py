"""A second reader of vault.db, written from SQLCipher's description of its format and not from this program's code.

SQLCipher 4 with a raw key: pages of 4096 bytes whose last 80 are 16 of IV and 64 of HMAC-SHA512; AES-256-CBC; the key
of the HMAC is PBKDF2-HMAC-SHA512(key, salt with each byte XOR 0x3a, 2 rounds) and covers ciphertext, IV and the page's
number as u32 little-endian. The first 16 bytes of the file are the salt and stand where SQLite's own magic would.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PAGE, RESERVE, IV, SALT = 4096, 80, 16, 16
USABLE = PAGE - RESERVE


class BadPage(Exception):
    """A page whose HMAC does not fit; the argument is its number, counted from 1."""


@dataclass(frozen=True)
class RawKey:
    """What opens the file without any passphrase."""

    key: bytes
    salt: bytes

    @classmethod
    def from_master(cls, master: bytes, vault_id: bytes, epoch: int = 1) -> RawKey:
        """The database's key and salt, derived as the vault format says."""
        counted = struct.pack("<I", epoch)
        return cls(
            hkdf(master, vault_id, b"integrate/v1/db" + counted, 32),
            hkdf(master, vault_id, b"integrate/v1/salt" + counted, 16),
        )


def hkdf(master: bytes, vault_id: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-SHA256 as the key tree uses it."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=vault_id, info=info).derive(master)


def decrypt_pages(path: Path, raw: RawKey) -> list[bytes]:
    """Every page in clear, without its reserve: page n is at index n-1. Page 1 begins with SQLite's magic."""
    data = path.read_bytes()
    mac_key = hashlib.pbkdf2_hmac("sha512", raw.key, bytes(b ^ 0x3A for b in raw.salt), 2, 32)
    return [_page(data[at : at + PAGE], at // PAGE + 1, raw.key, mac_key) for at in range(0, len(data), PAGE)]


def _page(page: bytes, number: int, key: bytes, mac_key: bytes) -> bytes:
    start = SALT if number == 1 else 0
    sealed, mac = page[start : USABLE + IV], page[USABLE + IV :]
    if not hmac.compare_digest(mac, hmac.digest(mac_key, sealed + struct.pack("<I", number), "sha512")):
        raise BadPage(number)
    decryptor = Cipher(algorithms.AES(key), modes.CBC(sealed[-IV:])).decryptor()
    plain = decryptor.update(sealed[:-IV]) + decryptor.finalize()
    return (b"SQLite format 3\x00" if number == 1 else b"") + plain
