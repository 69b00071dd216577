"""Backups: one encrypted file each, opened again and read whole before it is called done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete

from integrate.errors import BackupDamaged, CheckFailed, DatabaseDamaged, FileMissing, KnownError, TargetExists
from integrate.storage.anchor import Anchor, AnchorState
from integrate.storage.connection import Mode
from integrate.storage.database import Database
from integrate.storage.envelope import EnvelopeHead, Progress, extract, read_head, write_envelope
from integrate.storage.failures import known_failures
from integrate.storage.header import authenticate
from integrate.storage.header_file import create_header
from integrate.storage.integrity import Findings, count_entries, examine
from integrate.storage.interrupts import Task
from integrate.storage.keys import VaultKeys
from integrate.storage.layout import JournalFolder
from integrate.storage.migrating import schema_of
from integrate.storage.parts import part_folder, publish_folder
from integrate.storage.seals import Sealer
from integrate.storage.tables import BackupRow
from integrate.storage.unlocking import Opener
from integrate.storage.vault import Vault
from integrate.system.files import create_private, is_file, is_taken, make_private_folder, place_new, sync_folder


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A finished, verified backup. ``sha256`` is of the whole file, ``size`` its bytes."""

    file: Path
    sha256: bytes
    entries: int
    size: int


@dataclass(frozen=True, slots=True)
class BackupContent:
    """What a backup was found to hold when it was opened and read whole."""

    sha256: bytes
    entries: int
    findings: Findings


def write_backup(vault: Vault, file: Path, progress: Progress | None = None) -> BackupMade:
    """Write a backup of an open journal to ``file``, which must not exist.

    Raises:
        TargetExists: something is at ``file``.
        CheckFailed: it did not read back as it should; nothing is left at ``file``.
        DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace.
        Stopped: the journal was interrupted; nothing is left at ``file``.
    """
    if is_taken(file):
        raise TargetExists(target=file)
    task = vault.database.begin_task()
    with known_failures(file.parent), part_folder(file.parent) as part:
        snapshot, draft = part / "snapshot", part / "backup"
        _take_snapshot(vault, snapshot)
        with vault.keys.backup_key() as key, _new_private(draft).open("wb") as out:
            digest = write_envelope(out, vault.on_disk.copy, snapshot, key, task.checking(progress))
            out.flush()
        snapshot.unlink()
        content = read_backup(draft, vault.keys, vault.meta.db_epoch, task=task)
        if content.sha256 != digest or not content.findings.ok:
            raise CheckFailed
        _sync_file(draft)
        place_new(draft, file)
        sync_folder(file.parent)
        return BackupMade(file, digest, content.entries, file.stat().st_size)


def read_backup(
    file: Path, keys: VaultKeys, epoch: int, progress: Progress | None = None, *, task: Task | None = None
) -> BackupContent:
    """Open a backup beside itself and read all of it, as a part of ``task`` where it belongs to one.

    Raises:
        NotUnderstood, BackupDamaged, NewerVersion; DiskFull when there is no room to unfold it.
    """
    with known_failures(file.parent), part_folder(file.parent) as part:
        head = read_head(file)
        digest = _unfold(file, head, keys, part, task.checking(progress) if task else progress)
        database = _open_unfolded(JournalFolder(part), keys, epoch, task)
        try:
            _require_known(database)
            findings = examine(database)
            return BackupContent(digest, count_entries(database) if findings.ok else 0, findings)
        finally:
            _discard(database)


@contextmanager
def snapshot_database(vault: Vault, part: Path) -> Iterator[Database]:
    """A consistent copy of an open journal's database, unfolded in ``part`` and open for whatever a check needs.

    Raises:
        DatabaseDamaged, DiskFull, DiskRefused.
    """
    folder = JournalFolder(part)
    task = vault.database.begin_task()
    with known_failures(vault.folder.path):
        _take_snapshot(vault, folder.database)
    database = _open_unfolded(folder, vault.keys, vault.meta.db_epoch, task)
    try:
        yield database
    finally:
        _discard(database)


def restore(file: Path, place: Path, opener: Opener, progress: Progress | None = None) -> int:
    """Make a journal at ``place`` from a backup; how many entries it holds. Never over anything.

    Raises:
        TargetExists: something is at ``place``.
        WrongSecret: the secret does not open the backup.
        NotUnderstood, BackupDamaged, NewerVersion, DiskFull, DiskRefused, ReadOnlyPlace.
    """
    if is_taken(place):
        raise TargetExists(target=place)
    if not is_file(file):
        raise FileMissing(file=file)
    with known_failures(file):
        head = read_head(file)
    unlocked = opener(head.header)
    with known_failures(place.parent), VaultKeys(unlocked.master, head.header.vault_id) as keys:
        meta = authenticate(head.copy, keys.master)
        make_private_folder(place.parent, exist_ok=True, parents=True)
        with part_folder(place.parent) as part:
            folder = JournalFolder(part / "journal")
            make_private_folder(folder.path)
            _unfold(file, head, keys, folder.path, progress)
            entries = _settle(folder, keys, meta.db_epoch)
            create_header(folder.header, head.copy)
            make_private_folder(folder.backups)
            create_private(folder.lock, b"")
            publish_folder(folder.path, place)
            return entries


def _take_snapshot(vault: Vault, path: Path) -> None:
    create_private(path, b"")  # made here for the owner only: SQLite would follow the umask
    with closing(vault.database.raw_connection(restricted=False)) as connection:
        connection.execute("VACUUM INTO ?", (str(path),))


def _unfold(file: Path, head: EnvelopeHead, keys: VaultKeys, into: Path, progress: Progress | None) -> bytes:
    folder = JournalFolder(into)
    with keys.backup_key() as key, _new_private(folder.database).open("wb") as out:
        digest = extract(file, head, key, out, progress)
        out.flush()
    _sync_file(folder.database)
    return digest


def _settle(folder: JournalFolder, keys: VaultKeys, epoch: int) -> int:
    """Check an unfolded database and close it in order, as a journal of its own without copies yet."""
    database = _open_unfolded(folder, keys, epoch)
    try:
        _require_known(database)
        findings = examine(database)
        if not findings.ok:
            raise BackupDamaged
        with database.write() as connection:
            connection.execute(delete(BackupRow))  # they are beside the old journal
        entries = count_entries(database)
        sequence = database.sequence()
        database.checkpoint()
        database.close()
        database.anchor.write(AnchorState(sequence, sealed=True), durable=True)
        return entries
    finally:
        _discard(database)


def _open_unfolded(folder: JournalFolder, keys: VaultKeys, epoch: int, task: Task | None = None) -> Database:
    anchor = Anchor(folder.anchor, keys.anchor_key(), keys.vault_id, epoch)
    sealer = Sealer(keys.row_key())
    try:
        return Database(folder, lambda: keys.database_key_spec(epoch), sealer, anchor, Mode.WRITE, within=task)
    except KnownError:
        anchor.close()
        sealer.wipe()
        raise


def _require_known(database: Database) -> None:
    """A schema of a newer program is no damage: what this one does not know it cannot examine.

    Raises:
        NewerVersion.
    """
    with suppress(DatabaseDamaged), database.read() as session:  # what is wrong with it is for the examination to say
        schema_of(session.connection())


def _discard(database: Database) -> None:
    database.close()
    database.anchor.close()
    database.sealer.wipe()


def _new_private(path: Path) -> Path:
    create_private(path, b"")
    return path


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
