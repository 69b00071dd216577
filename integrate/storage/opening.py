"""Opening a vault.

In this order: structure, writer's lock, header, secret, header's seal, anchor, database, sequence. Only after a secret
has opened a slot is anything said about the database, and nothing is written before all of it has passed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from integrate.errors import (
    AnchorDamaged,
    Damaged,
    DatabaseForeign,
    DiskRefused,
    EndMissing,
    KnownError,
    NewerVersion,
    ReadOnlyPlace,
    UncleanReadOnly,
)
from integrate.storage.anchor import Anchor, AnchorState
from integrate.storage.connection import Mode
from integrate.storage.database import Database
from integrate.storage.failures import known_failures
from integrate.storage.header import Meta, authenticate
from integrate.storage.header_file import read_header, repair
from integrate.storage.keys import VaultKeys
from integrate.storage.layout import JournalFolder
from integrate.storage.losses import accept_loss
from integrate.storage.migrating import SCHEMA, schema_of
from integrate.storage.parts import remove_abandoned
from integrate.storage.seals import Sealer
from integrate.storage.unlocking import Opener
from integrate.storage.upgrading import upgrade_journal
from integrate.storage.vault import Access, Vault
from integrate.system.writer_lock import WriterLock

_ANCHOR_LOOKS = 5
_ANCHOR_PAUSE = 0.02  # seconds; a writer beside us commits and notes it within this


class SchemaBehindError(Exception):
    """A journal of an older schema cannot be read before somebody who may write has brought it up to date."""


def open_vault(
    place: Path, opener: Opener, access: Access, *, accept_missing: bool = False, as_it_is: bool = False
) -> Vault:
    """Unlock the journal at ``place``.

    A journal whose end is missing opens for reading with a notice; for writing only with ``accept_missing``, when the
    person has seen what is missing and chose to go on. With ``as_it_is`` a journal of an older schema is read without
    being brought up to date, for a look at what both schemas have.

    Raises:
        NotAJournal, HeaderMissing, HeaderDamaged, HeaderTampered, DatabaseMissing, DatabaseTruncated, DatabaseForeign,
        DatabaseDamaged, EndMissing, AnchorDamaged: see :mod:`integrate.errors`.
        WrongSecret: the opener's secret does not fit.
        SchemaBehindError: ``access`` is READ, the schema is older and not taken ``as_it_is``: open it to write once.
        OpenElsewhere: ``access`` is WRITE and another process writes.
        NewerVersion, OutOfMemory, DiskRefused, ReadOnlyPlace, UncleanReadOnly.
    """
    folder = JournalFolder(place)
    folder.require_journal()
    lock = WriterLock(folder.lock) if access is Access.WRITE else None
    if lock is not None:
        lock.acquire()
    try:
        return _unlock(folder, opener, access, lock, accept_missing=accept_missing, as_it_is=as_it_is)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _unlock(
    folder: JournalFolder,
    opener: Opener,
    access: Access,
    lock: WriterLock | None,
    *,
    accept_missing: bool,
    as_it_is: bool,
) -> Vault:
    with known_failures(folder.path):
        on_disk = read_header(folder.header)
        folder.require_database()
    unlocked = opener(on_disk.header)
    keys = VaultKeys(unlocked.master, on_disk.header.vault_id)
    try:
        meta = authenticate(on_disk.copy, keys.master)
        if meta.min_app_schema > SCHEMA:
            raise NewerVersion
        if access is Access.WRITE and not accept_missing:
            _prove_readable(folder, keys, meta)
        database, meta, notices = _open_database(folder, keys, meta, access)
        vault = Vault(folder, access, on_disk, meta, keys, unlocked.by, database, lock, notices)
    except BaseException:
        keys.wipe()
        raise
    try:
        with database.read() as session:
            schema = schema_of(session.connection())
        if access is Access.WRITE:
            _begin_writing(vault, schema, accept_missing)
        elif schema < SCHEMA and not as_it_is:
            raise SchemaBehindError
    except BaseException:
        _close_unwritten(vault)
        raise
    return vault


def _prove_readable(folder: JournalFolder, keys: VaultKeys, meta: Meta) -> None:
    """A connection that may write empties a damaged log when it is closed: so look through one that may not, first."""
    database, _meta, notices = _open_database(folder, keys, meta, Access.READ)
    _close_database(database)
    for notice in notices:
        raise notice


def _open_database(
    folder: JournalFolder, keys: VaultKeys, meta: Meta, access: Access
) -> tuple[Database, Meta, tuple[KnownError, ...]]:
    # A rotation of the database key that was cut off leaves one of two keys in force: exactly one of them opens.
    epochs = [meta.db_epoch, *([meta.pending_epoch] if meta.pending_epoch else [])]
    failure: KnownError = DatabaseForeign()
    for epoch in epochs:
        anchor = Anchor(folder.anchor, keys.anchor_key(), keys.vault_id, epoch)
        noted = anchor.read()  # before the database: read after it, a commit beside us would look like a loss
        anchor.close()
        for mode in _modes(folder, access, noted):
            anchor = Anchor(folder.anchor, keys.anchor_key(), keys.vault_id, epoch)
            database = Database(folder, _key_spec(keys, epoch), Sealer(keys.row_key()), anchor, mode)
            try:
                in_force = meta if epoch == meta.db_epoch else replace(meta, db_epoch=epoch, pending_epoch=0)
                return database, in_force, _compare(database, noted)
            except (DatabaseForeign, DiskRefused) as error:
                _close_database(database)
                failure = error
            except BaseException:
                _close_database(database)
                raise
    raise failure


def _key_spec(keys: VaultKeys, epoch: int) -> Callable[[], bytearray]:
    return lambda: keys.database_key_spec(epoch)


def _modes(folder: JournalFolder, access: Access, noted: AnchorState | None) -> tuple[Mode, ...]:
    """How to open the file, the next way only if the disk refuses the one before."""
    if access is Access.WRITE:
        return (Mode.WRITE,)
    # On read-only media and on a full disk there is no place for SQLite's shared memory. Then the file can only be
    # opened as immutable, which ignores a write-ahead log: right for a journal that was closed in order, and no other.
    closed_in_order = noted is not None and noted.sealed and not folder.has_wal()
    if os.access(folder.path, os.W_OK):
        return (Mode.READ, Mode.IMMUTABLE) if closed_in_order else (Mode.READ,)
    if not closed_in_order:
        raise UncleanReadOnly
    return (Mode.IMMUTABLE,)


def _compare(database: Database, noted: AnchorState | None) -> tuple[KnownError, ...]:
    """What the anchor says about the database; a second look tells a writer beside us from a fault."""
    for look in range(_ANCHOR_LOOKS):
        if look:
            time.sleep(_ANCHOR_PAUSE)
            noted = database.anchor.read()
        sequence = database.sequence()
        if noted is not None and (sequence == noted.sequence or (sequence > noted.sequence and not noted.sealed)):
            return ()
    if noted is not None and sequence < noted.sequence:
        return (EndMissing(changes=noted.sequence - sequence),)
    return (AnchorDamaged(),)


def _begin_writing(vault: Vault, schema: int, accept_missing: bool) -> None:
    """The first writes of an unlocked journal, after everything was proved."""
    lost = [notice for notice in vault.notices if isinstance(notice, Damaged)]
    if lost and not accept_missing:
        raise lost[0]
    if not os.access(vault.folder.path, os.W_OK):
        raise ReadOnlyPlace(vault.folder.path)
    remove_abandoned(vault.folder.path)
    remove_abandoned(vault.folder.backups)
    with known_failures(vault.folder.path):
        if vault.on_disk.needs_repair:
            repair(vault.folder.header, vault.on_disk)
            vault.on_disk = read_header(vault.folder.header)
        if not lost:
            # Durable before the first commit: otherwise a power cut could leave a sealed note beside newer data.
            vault.database.anchor.write(AnchorState(vault.database.sequence(), sealed=False), durable=True)
    if schema < SCHEMA:
        upgrade_journal(vault)
    elif vault.meta.min_app_schema < SCHEMA:
        vault.rewrite_header(vault.header, replace(vault.meta, min_app_schema=SCHEMA))  # an upgrade was cut off here
    if lost:
        accept_loss(vault)


def _close_unwritten(vault: Vault) -> None:
    vault.access = Access.READ
    vault.close()


def _close_database(database: Database) -> None:
    database.close()
    database.anchor.close()
    database.sealer.wipe()
