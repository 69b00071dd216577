"""The bytes of the session room: its header and its records, sealed to a public key. ``docs/room-format.md``.

Little-endian. The header is one block of 512 bytes::

       0    8  magic "INTGROOM"
       8    2  u16 version = 1
      10    2  u16 length of this header = 512
      12    4  u32 flags = 0
      16   16  vault id
      32   16  session id
      48   32  X25519 public key of this room
      80  400  0
     480   32  SHA-256 of bytes 0 to 479

A record is one or more blocks; ``n`` is its length::

       0    8  magic "INTGMARK"
       8    4  u32 length n, a multiple of 512, at most 65536
      12    4  u32 the same with every bit turned over
      16    1  u8 flags: 1 sealed with the room's HMAC key, 2 the room was left here
      17    7  0
      24    8  u64 sequence, from 1
      32   32  SHA-256 of the record before (of the header, for the first)
      64       HPKE: 32 bytes of encapsulated key, ciphertext, 16 bytes of tag
    n-64   32  HMAC-SHA256 of vault id, session id and all bytes before, or 0 without the first flag
    n-32   32  SHA-256 of all bytes before

HPKE (RFC 9180) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, one context for each record,
info = ``integrate/v1/room`` ‖ vault id ‖ session id ‖ sequence ‖ SHA-256 of the record before, no associated data. The
plaintext is u32 length, that many bytes of JSON, then zeros up to the block: a size says how many blocks, no more.

The record before is named in the clear, so that a damaged one does not take those after it along. The checksum at the
end has no key: it tells damage from what was never sealed for this room.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from integrate.domain.moments import By, Mark, MomentKind, Strength
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.errors import NewerVersion, WrongUsage
from integrate.system.memory import SecretBuffer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hpke import Suite

BLOCK: Final = 512
MARKER: Final = b"INTGMARK"
LONGEST: Final = 64 * 1024
"""Bytes of the longest record: a mark of four thousand characters and a side effect of as many fit, however coded."""
MOST: Final = 20_000
"""The highest sequence: one every two seconds for eleven hours."""
KEY_LENGTH: Final = 32
INFO: Final = b"integrate/v1/room"
SEALED: Final = 1
END: Final = 2

_MAGIC: Final = b"INTGROOM"
_VERSION: Final = 1
_HEADER: Final = struct.Struct("<8sHHI16s16s32s")
_CHECKED: Final = BLOCK - 32
_HEAD: Final = struct.Struct("<8sIIB7xQ32s")
_BITS: Final = 0xFFFF_FFFF
_ENCAPSULATED: Final = 32
_TAG: Final = 16
_DIGEST: Final = 32
_COUNT: Final = struct.Struct("<I")
_AROUND: Final = _HEAD.size + _ENCAPSULATED + _TAG + 2 * _DIGEST
_NO_SEAL: Final = bytes(_DIGEST)


@dataclass(frozen=True, slots=True)
class RoomHeader:
    """What the file says before its records. Ids have 16 bytes, the public key 32."""

    vault_id: bytes
    session_id: bytes
    public_key: bytes

    def to_bytes(self) -> bytes:
        """The block; always the same for the same room."""
        start = _HEADER.pack(_MAGIC, _VERSION, BLOCK, 0, self.vault_id, self.session_id, self.public_key)
        checked = start.ljust(_CHECKED, b"\0")
        return checked + hashlib.sha256(checked).digest()

    @property
    def digest(self) -> bytes:
        """What the first record names as the one before it."""
        return hashlib.sha256(self.to_bytes()).digest()

    def info(self, sequence: int, previous: bytes) -> bytes:
        """What HPKE binds a record to."""
        return INFO + self.vault_id + self.session_id + sequence.to_bytes(8, "little") + previous


def parse_header(block: bytes) -> RoomHeader | None:
    """The header, or None for a damaged one.

    Raises:
        NewerVersion: it is intact and of a version, or with flags, that this program does not know.
    """
    if len(block) != BLOCK or block[:8] != _MAGIC or hashlib.sha256(block[:_CHECKED]).digest() != block[_CHECKED:]:
        return None
    _magic, version, length, flags, vault_id, session_id, public_key = _HEADER.unpack_from(block)
    if version > _VERSION or flags:
        raise NewerVersion
    if version != _VERSION or length != BLOCK:
        return None
    return RoomHeader(vault_id, session_id, public_key)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it lies in the file; nothing of it is proved yet."""

    raw: bytes

    @property
    def flags(self) -> int:
        """SEALED and END, or what damage made of them."""
        return self.raw[16]

    @property
    def sequence(self) -> int:
        """Its number, from 1."""
        return int.from_bytes(self.raw[24:32], "little")

    @property
    def previous(self) -> bytes:
        """SHA-256 of the record that it was made after."""
        return self.raw[32:64]

    @property
    def digest(self) -> bytes:
        """What the next one names as the record before it."""
        return hashlib.sha256(self.raw).digest()

    @property
    def message(self) -> bytes:
        """The encapsulated key and the ciphertext."""
        return self.raw[_HEAD.size : -2 * _DIGEST]

    def is_undamaged(self) -> bool:
        """Whether the checksum fits and every field is one that is written."""
        ours = _head(len(self.raw), self.flags, self.sequence, self.previous)
        return (
            self.raw.startswith(ours)
            and self.flags <= SEALED | END
            and 1 <= self.sequence <= MOST
            and (bool(self.flags & SEALED) or self.raw[-2 * _DIGEST : -_DIGEST] == _NO_SEAL)
            and hashlib.sha256(self.raw[:-_DIGEST]).digest() == self.raw[-_DIGEST:]
        )

    def has_seal(self, header: RoomHeader, key: SecretBuffer) -> bool:
        """Whether the room's own key sealed it."""
        seal = _seal(header, self.raw[: -2 * _DIGEST], key)
        return bool(self.flags & SEALED) and hmac.compare_digest(seal, self.raw[-2 * _DIGEST : -_DIGEST])

    def open(self, header: RoomHeader, key: X25519PrivateKey) -> bytes | None:
        """The JSON inside; None when it was not sealed to this room, at this place in it, as it is."""
        from cryptography.exceptions import InvalidTag

        try:
            plain = _suite().decrypt(self.message, key, info=header.info(self.sequence, self.previous))
        except (InvalidTag, ValueError):
            return None
        (length,) = _COUNT.unpack_from(plain)
        text = plain[_COUNT.size : _COUNT.size + length]
        return text if len(text) == length and not any(plain[_COUNT.size + length :]) else None


def stated_length(piece: bytes) -> int | None:
    """The length that the beginning of a record gives, None when its two fields do not agree."""
    if len(piece) < _HEAD.size:
        return None
    _magic, length, turned, *_rest = _HEAD.unpack_from(piece)
    fits = length ^ turned == _BITS and length % BLOCK == 0 and BLOCK <= length <= LONGEST
    return int(length) if fits else None


def seal_record(
    header: RoomHeader,
    public_key: X25519PublicKey,
    text: bytes,
    sequence: int,
    previous: bytes,
    *,
    key: SecretBuffer | None,
    end: bool = False,
) -> bytes:
    """A whole record around ``text``; without ``key`` it has no HMAC.

    Raises:
        ValueError: ``text`` is longer than a record holds, or the public key is none.
    """
    length = -(-(_AROUND + _COUNT.size + len(text)) // BLOCK) * BLOCK
    if length > LONGEST:
        msg = "longer than a record of the room holds"
        raise ValueError(msg)
    plain = (_COUNT.pack(len(text)) + text).ljust(length - _AROUND, b"\0")
    flags = (0 if key is None else SEALED) | (END if end else 0)
    message = _suite().encrypt(plain, public_key, info=header.info(sequence, previous))
    bound = _head(length, flags, sequence, previous) + message
    sealed = bound + (_NO_SEAL if key is None else _seal(header, bound, key))
    return sealed + hashlib.sha256(sealed).digest()


def moment_id(header: RoomHeader, record: Record) -> bytes:
    """The 16 bytes that name the moment of a record: the same however often it is read."""
    bound = INFO + b"/moment" + header.vault_id + header.session_id + record.raw[24:32] + record.message
    return hashlib.sha256(bound).digest()[:16]


def mark_to_text(mark: Mark) -> bytes:
    """A mark as JSON, without what it does not say.

    Raises:
        ValueError: it could not be read again; so no mark is acknowledged that nobody can ever read.
    """
    values = {
        "kind": str(mark.kind), "at": to_microseconds(mark.at.instant), "zone": mark.at.zone, "by": str(mark.by),
        "words": mark.words, "pulse": mark.pulse, "systolic": mark.systolic, "diastolic": mark.diastolic,
        "effect": mark.effect, "strength": mark.strength and str(mark.strength),
    }  # fmt: skip
    said = {name: value for name, value in values.items() if value not in ("", None)}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    if text_to_mark(text) != mark:
        msg = "a mark that cannot be read again"
        raise ValueError(msg)
    return text


def text_to_mark(text: bytes) -> Mark | None:
    """The mark, or None for what is no mark that this program knows."""
    try:
        values = json.loads(text)
        texts = {name: _typed(values.get(name, ""), str) for name in ("words", "effect", "zone")}
        numbers = {
            name: _typed(values[name], int) for name in ("at", "pulse", "systolic", "diastolic") if name in values
        }
        at = ZonedTime(from_microseconds(numbers.pop("at")), texts.pop("zone"))
        at.local()  # a day that no calendar has is found out here
        strength = Strength(values["strength"]) if "strength" in values else None
        return Mark(MomentKind(values["kind"]), at, By(values["by"]), strength=strength, **texts, **numbers)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, WrongUsage):
        return None


def end_text() -> bytes:
    """What the record says that is written when the room is left."""
    return b'{"kind":"end"}'


def public_key_of(header: RoomHeader) -> X25519PublicKey:
    """The key that marks are sealed to.

    Raises:
        ValueError: nothing can be sealed to it.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    key = X25519PublicKey.from_public_bytes(header.public_key)
    _suite().encrypt(b"", key)  # a key of low order is found out here, and not at the first mark
    return key


def _typed(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError
    return value


def _head(length: int, flags: int, sequence: int, previous: bytes) -> bytes:
    return _HEAD.pack(MARKER, length, length ^ _BITS, flags, sequence, previous)


def _seal(header: RoomHeader, bound: bytes, key: SecretBuffer) -> bytes:
    # hashlib's HMAC of a key of 32 bytes makes no copy of it that outlives the call.
    return hmac.digest(key.view, header.vault_id + header.session_id + bound, "sha256")


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
