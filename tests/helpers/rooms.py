"""The session room for tests: opening one, what became of it, and a second reader of its records.

The reader is written from RFC 9180 and ``docs/room-format.md``, not from this program's code.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from integrate.domain.moments import Moment
from integrate.journal.moments import list_moments
from integrate.journal.opening import Journal
from integrate.journal.room import Room, RoomReport, merge_room, open_room
from integrate.storage.room_keys import RoomKeys, keys_of, room_row
from integrate.storage.room_log import read_room
from integrate.storage.room_merge import SortedMark, sort_records
from tests.conftest import Sample
from tests.helpers.courses import a_session, mark

BLOCK = 512


def log_of(sample: Sample) -> Path:
    """The room's file."""
    return sample.place / "room.log"


def enter(sample: Sample, session_id: UUID | None = None) -> Room:
    """A room, its journal locked."""
    with sample.open() as journal:
        ticket = open_room(journal, session_id or a_session(journal).id)
    return ticket.enter()


def fill(sample: Sample, *words: str, leave: bool = True) -> UUID:
    """A room in which these were marked; its session. Without ``leave`` it ends as if the process had been killed."""
    room = enter(sample)
    for one in words:
        room.mark(mark(one))
    session_id = room.session_id
    if leave:
        room.close()
    else:
        cut_off(room)
    return session_id


def cut_off(room: Room) -> None:
    """End a room as the end of its process does: descriptor and lock go, nothing is written."""
    room._writer.close()
    room._lock.release()


def merged(sample: Sample, session_id: UUID) -> tuple[RoomReport | None, list[Moment]]:
    """Unlock: what is said, and every moment of the session."""
    with sample.open() as journal:
        report = merge_room(journal)
        return report, moments_of(journal, session_id)


def moments_of(journal: Journal, session_id: UUID) -> list[Moment]:
    """The moments of a session, every one readable."""
    found = list_moments(journal, session_id)
    assert all(isinstance(one, Moment) for one in found)
    return [one for one in found if isinstance(one, Moment)]


def words_of(moments: list[Moment]) -> list[str]:
    """Their words, in the order of their time and making."""
    return [moment.mark.words for moment in moments]


@dataclass
class Reader:
    """Reads the file again and again with the keys of one room, whatever was done to it meanwhile."""

    keys: RoomKeys
    path: Path

    @classmethod
    def of(cls, sample: Sample) -> Reader:
        with sample.open() as journal, journal.vault.database.read() as session:
            row = room_row(session)
            assert row is not None
            return cls(keys_of(journal.vault, row), log_of(sample))

    def read(self) -> tuple[tuple[SortedMark, ...], RoomReport]:
        contents = read_room(self.path)
        assert contents is not None
        return sort_records(contents, self.keys)

    def words(self) -> list[str]:
        return [one.mark.words for one in self.read()[0]]


def open_by_rfc(message: bytes, private: bytes, info: bytes, aad: bytes = b"") -> bytes:
    """HPKE base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, the first message of a context."""
    encapsulated, ciphertext = message[:32], message[32:]
    secret = X25519PrivateKey.from_private_bytes(private)
    shared = secret.exchange(X25519PublicKey.from_public_bytes(encapsulated))
    kem, suite = b"KEM" + bytes([0, 0x20]), b"HPKE" + bytes([0, 0x20, 0, 1, 0, 3])
    context = encapsulated + secret.public_key().public_bytes_raw()
    shared = _expand(kem, _extract(kem, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    schedule = bytes(1) + _extract(suite, b"", b"psk_id_hash", b"") + _extract(suite, b"", b"info_hash", info)
    secret_key = _extract(suite, shared, b"secret", b"")
    key = _expand(suite, secret_key, b"key", schedule, 32)
    nonce = _expand(suite, secret_key, b"base_nonce", schedule, 12)
    return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, aad)


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def _expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, for at most one block of the hash."""
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labelled + b"\x01", hashlib.sha256)[:length]
