"""The keys of the session room in the database: one row, from the room's opening until its marks have been read.

What reads the marks must not lie in the memory of a locked program, and SQLite keeps pages of the database in memory
that nothing wipes. So the two keys are in the row as AES-256-GCM-SIV gives them (nonce, ciphertext, tag), under a key
of their own derived from the master key, bound to the journal, the session and which of the two it is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.times import to_microseconds
from integrate.errors import RecordDamaged, WrongUsage
from integrate.i18n import _
from integrate.storage.bases import table_of
from integrate.storage.course_tables import RoomRow, SessionRow
from integrate.storage.keys import VaultKeys, hkdf_into
from integrate.storage.room_log import create_room_file, destroy
from integrate.storage.room_records import KEY_LENGTH, RoomHeader
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row
from integrate.storage.vault import Vault
from integrate.system.memory import SecretBuffer

_LABEL: Final = b"integrate/v1/roomkeys"
_PRIVATE: Final = b"private"
_SEAL: Final = b"seal"
_NONCE: Final = 12
_WRAPPED: Final = _NONCE + KEY_LENGTH + 16
_FORGOTTEN: Final = b""


@dataclass(slots=True)
class RoomKeys:
    """The keys of a room as an unlocked journal reads them. ``private`` opens records, ``seal`` is the HMAC key."""

    header: RoomHeader
    private: SecretBuffer
    seal: SecretBuffer

    def wipe(self) -> None:
        """Overwrite both keys."""
        self.private.wipe()
        self.seal.wipe()


def make_room(vault: Vault, session_id: UUID, now: datetime) -> SecretBuffer:
    """Make the keys of a new room, its file, and the row that reads it, in this order; the HMAC key, for the caller.

    The file comes first: a row without a file always means that a file is missing.

    Raises:
        WrongUsage: there is no such session, it was deleted, or a room is open already.
        RecordDamaged: the session is damaged.
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: nothing of it is left.
    """
    path = vault.folder.room
    with vault.database.read() as session:
        if find_row(session, SessionRow, session_id).deleted_us is not None:
            raise WrongUsage(reason=_("This session is in Recently deleted. Take it back first."))
    if os.path.lexists(path):
        raise WrongUsage(
            reason=_("A session room is open already. Lock your journal and open it again, and its moments are added.")
        )
    keys = _new_keys(vault, session_id)
    try:
        create_room_file(path, keys.header)
        try:
            with vault.database.write() as connection:
                forget_keys(connection)  # of a room whose file never came back
                _add(SealedWriter(connection, vault.database.sealer), vault, session_id, keys, now)
        except BaseException:
            with suppress(OSError):  # a file without records and without keys is removed at the next unlock
                destroy(path)
            raise
        return SecretBuffer.holding(keys.seal.view)
    finally:
        keys.wipe()


def has_open_room(vault: Vault) -> bool:
    """Whether there is a file whose keys are in the journal: somebody is in the room, or it waits to be read."""
    with vault.database.read() as session:
        row = room_row(session)
    return row is not None and not are_forgotten(row) and os.path.lexists(vault.folder.room)


def room_row(session: OrmSession) -> RoomRow | None:
    """The row, if there is one."""
    return session.scalars(select(RoomRow).order_by(RoomRow.pk.desc())).first()


def are_forgotten(row: RoomRow) -> bool:
    """Whether the marks of this room have been read already, and its keys are gone."""
    return row.private_key == _FORGOTTEN


def keys_of(vault: Vault, row: RoomRow) -> RoomKeys:
    """The keys in the row; the caller wipes them.

    Raises:
        RecordDamaged: they cannot be read, or are another journal's.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    columns: tuple[object, ...] = (row.session_id, row.private_key, row.mac_key)
    if not all(isinstance(value, bytes) for value in columns):  # damage can change a column's type
        raise RecordDamaged
    private = _unwrap(vault.keys, row.session_id, _PRIVATE, row.private_key)
    try:
        seal = _unwrap(vault.keys, row.session_id, _SEAL, row.mac_key)
        public = X25519PrivateKey.from_private_bytes(private.view).public_key().public_bytes_raw()
    except BaseException:
        private.wipe()
        raise
    return RoomKeys(RoomHeader(vault.keys.vault_id, row.session_id, public), private, seal)


def empty_row(writer: SealedWriter, row: RoomRow) -> None:
    """Delete the keys, and leave a note that the file was read and can go."""
    if row.intact:
        writer.change(row, private_key=_FORGOTTEN, mac_key=_FORGOTTEN)
    else:
        forget_keys(writer.connection)


def note_missing_file(writer: SealedWriter, row: RoomRow) -> None:
    """Note that the person was told: one revision on. The keys stay, for the case that the file comes back."""
    if row.intact:
        writer.change(row)
    else:
        forget_keys(writer.connection)


def was_told(row: RoomRow) -> bool:
    """Whether the person was told that the file is missing."""
    return row.rev > 1


def forget_keys(connection: Connection) -> None:
    """Remove the row, keys and all."""
    connection.execute(delete(table_of(RoomRow)))


def _new_keys(vault: Vault, session_id: UUID) -> RoomKeys:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    # Made here and not by the library, which would hand the private key out as bytes that nothing can overwrite.
    private = SecretBuffer.random(KEY_LENGTH)
    public = X25519PrivateKey.from_private_bytes(private.view).public_key().public_bytes_raw()
    header = RoomHeader(vault.keys.vault_id, session_id.bytes, public)
    return RoomKeys(header, private, SecretBuffer.random(KEY_LENGTH))


def _add(writer: SealedWriter, vault: Vault, session_id: UUID, keys: RoomKeys, now: datetime) -> None:
    writer.add(RoomRow, {
        "id": new_id(now).bytes, "session_id": session_id.bytes,
        "private_key": _wrap(vault.keys, session_id.bytes, _PRIVATE, keys.private),
        "mac_key": _wrap(vault.keys, session_id.bytes, _SEAL, keys.seal),
        "opened_us": to_microseconds(now),
    })  # fmt: skip


def _wrap(keys: VaultKeys, session_id: bytes, which: bytes, secret: SecretBuffer) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    nonce = os.urandom(_NONCE)
    with _wrapping_key(keys) as key:
        return nonce + AESGCMSIV(key.view).encrypt(nonce, secret.view, _bound(keys, session_id, which))


def _unwrap(keys: VaultKeys, session_id: bytes, which: bytes, wrapped: bytes) -> SecretBuffer:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

    if len(wrapped) != _WRAPPED:
        raise RecordDamaged
    out = SecretBuffer(KEY_LENGTH)
    with _wrapping_key(keys) as key:
        try:
            AESGCMSIV(key.view).decrypt_into(
                wrapped[:_NONCE], wrapped[_NONCE:], _bound(keys, session_id, which), out.view
            )
        except InvalidTag:
            out.wipe()
            raise RecordDamaged from None
    return out


def _wrapping_key(keys: VaultKeys) -> SecretBuffer:
    key = SecretBuffer(KEY_LENGTH)
    hkdf_into(keys.master.view, keys.vault_id, _LABEL, key)
    return key


def _bound(keys: VaultKeys, session_id: bytes, which: bytes) -> bytes:
    return _LABEL + keys.vault_id + session_id + which
