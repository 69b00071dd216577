"""Making a new journal: all of it in a folder without a name, then the name at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from integrate.domain import passphrase as passphrases
from integrate.errors import TargetExists
from integrate.storage import kdf
from integrate.storage.anchor import Anchor, AnchorState
from integrate.storage.automatic import Reason, back_up_automatically
from integrate.storage.connection import Mode
from integrate.storage.database import Database
from integrate.storage.failures import known_failures
from integrate.storage.header import Header, Meta, seal
from integrate.storage.header_file import create_header, read_header
from integrate.storage.kdf import KdfCost
from integrate.storage.keys import VAULT_ID_LENGTH, VaultKeys, new_master
from integrate.storage.layout import JournalFolder
from integrate.storage.migrating import SCHEMA, upgrade
from integrate.storage.parts import part_folder, publish_folder
from integrate.storage.recovery_words import ENTROPY_LENGTH, entropy_from_words, words_from_entropy
from integrate.storage.seals import Sealer
from integrate.storage.slots import SlotKind, wrap
from integrate.storage.vault import Access, Vault
from integrate.system.clock import Clock
from integrate.system.files import create_private, is_taken, make_private_folder
from integrate.system.memory import SecretBuffer, wipe

PASSPHRASE_SLOT, RECOVERY_SLOT = 0, 1
_FIRST_EPOCH = 1


@dataclass(frozen=True, slots=True)
class JournalMade:
    """A new journal; ``recovery_words`` are shown once and kept nowhere (empty when there is no recovery slot)."""

    id: UUID
    place: Path
    recovery_words: tuple[str, ...]


def make_journal(
    place: Path,
    passphrase: str,
    *,
    words: tuple[str, ...],
    cost: KdfCost | None,
    clock: Clock,
) -> JournalMade:
    """Create a journal at ``place``, with its first backup. ``cost`` None measures this machine first.

    ``words`` are the recovery words that will open it; without any it has no slot for them.

    Raises:
        UnclearWords, ShortPassphrase, TargetExists, DiskFull, DiskRefused, ReadOnlyPlace: nothing is left behind.
    """
    passphrases.require_strong_enough(passphrase)
    if is_taken(place):
        raise TargetExists(target=place)
    with known_failures(place.parent):
        make_private_folder(place.parent, exist_ok=True, parents=True)
        with part_folder(place.parent) as part:
            folder = JournalFolder(part / "journal")
            make_private_folder(folder.path)
            vault_id = _fill(folder, passphrase, words, cost, clock)
            publish_folder(folder.path, place)
    return JournalMade(UUID(bytes=vault_id), place, words)


def propose_words() -> tuple[str, ...]:
    """Twelve new recovery words that open nothing yet."""
    with SecretBuffer.random(ENTROPY_LENGTH) as entropy:
        return words_from_entropy(entropy.view)


def _fill(folder: JournalFolder, passphrase: str, words: tuple[str, ...], cost: KdfCost | None, clock: Clock) -> bytes:
    with SecretBuffer.random(VAULT_ID_LENGTH) as random_id:
        vault_id = bytes(random_id.view)
    keys = VaultKeys(new_master(), vault_id)
    meta = Meta(db_epoch=_FIRST_EPOCH, min_app_schema=SCHEMA)
    header = _slots(Header(vault_id), passphrase, words, cost or kdf.calibrate(), keys)
    create_header(folder.header, seal(header, meta, keys.master))
    create_private(folder.lock, b"")
    make_private_folder(folder.backups)
    database = _new_database(folder, keys)
    vault = Vault(
        folder, Access.WRITE, read_header(folder.header), meta, keys, SlotKind.PASSPHRASE, database, lock=None
    )
    with vault:
        back_up_automatically(vault, Reason.FIRST, clock)
    return vault_id


def _slots(header: Header, passphrase: str, words: tuple[str, ...], cost: KdfCost, keys: VaultKeys) -> Header:
    secret = passphrases.encode(passphrase)
    slot = wrap(SlotKind.PASSPHRASE, PASSPHRASE_SLOT, header.vault_id, secret, cost, keys.master)
    header = header.with_slot(PASSPHRASE_SLOT, slot)
    if not words:
        return header
    entropy = entropy_from_words(words)
    try:
        slot = wrap(SlotKind.RECOVERY, RECOVERY_SLOT, header.vault_id, entropy, None, keys.master)
    finally:
        wipe(entropy)
    return header.with_slot(RECOVERY_SLOT, slot)


def _new_database(folder: JournalFolder, keys: VaultKeys) -> Database:
    # The file is made here, for the owner only: SQLite would follow the umask, and its log takes over these rights.
    create_private(folder.database, b"")
    anchor = Anchor(folder.anchor, keys.anchor_key(), keys.vault_id, _FIRST_EPOCH)
    sealer = Sealer(keys.row_key())
    database = Database(folder, lambda: keys.database_key_spec(_FIRST_EPOCH), sealer, anchor, Mode.WRITE, creating=True)
    with database.migrate() as connection:
        upgrade(connection)
    anchor.write(AnchorState(0, sealed=False), durable=True)
    return database
