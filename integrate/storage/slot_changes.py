"""Changes to the key slots of an open vault. Each is one rewrite of the header, crash-safe by its two copies."""

from __future__ import annotations

from integrate.domain import passphrase as passphrases
from integrate.storage.kdf import DEFAULT, KdfCost
from integrate.storage.recovery_words import ENTROPY_LENGTH, entropy_from_words, words_from_entropy
from integrate.storage.slots import Slot, SlotKind, wrap
from integrate.storage.unlocking import with_passphrase
from integrate.storage.vault import Vault
from integrate.system.keyring import KeyStore
from integrate.system.memory import SecretBuffer, SecretBytes, wipe

KEYRING_SECRET_LENGTH = 32


def prove_passphrase(vault: Vault, passphrase: str) -> None:
    """Check that ``passphrase`` opens this vault.

    Raises:
        WrongPassphrase.
    """
    with_passphrase(passphrase)(vault.header).master.wipe()


def set_passphrase(vault: Vault, passphrase: str) -> None:
    """Put a new passphrase in place of the old one, at the cost the old one was given on this machine."""
    costs = [slot.cost for _index, slot in vault.header.used(SlotKind.PASSPHRASE) if slot.cost is not None]
    _set(vault, SlotKind.PASSPHRASE, passphrases.encode(passphrase), costs[0] if costs else DEFAULT)


def set_recovery_words(vault: Vault, words: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Put twelve new words in place of the old ones: ``words`` that the person has seen already, or None for others.

    Raises:
        UnclearWords: ``words`` are no recovery words; nothing was changed.
    """
    if words is not None:
        known = entropy_from_words(words)
        try:
            _set(vault, SlotKind.RECOVERY, known, None)
        finally:
            wipe(known)
        return words
    with SecretBuffer.random(ENTROPY_LENGTH) as entropy:
        _set(vault, SlotKind.RECOVERY, entropy.view, None)
        return words_from_entropy(entropy.view)


def set_keyring(vault: Vault, store: KeyStore) -> None:
    """Give the keyring a key of its own and make the slot for it.

    Raises:
        KeyringUnavailable: before anything was changed here.
    """
    with SecretBuffer.random(KEYRING_SECRET_LENGTH) as secret:
        store.store(vault.keys.vault_id.hex(), bytes(secret.view))
        _set(vault, SlotKind.KEYRING, secret.view, None)


def remove_slots(vault: Vault, kind: SlotKind) -> None:
    """Empty every slot of ``kind``; writes only when there is one."""
    header = vault.header
    for index, _slot in vault.header.used(kind):
        header = header.with_slot(index, Slot())
    if header != vault.header:
        vault.rewrite_header(header)


def _set(vault: Vault, kind: SlotKind, secret: SecretBytes, cost: KdfCost | None) -> None:
    """One slot of ``kind``: the first of its kind is replaced, further ones are emptied."""
    header = vault.header
    used = [index for index, _slot in header.used(kind)]
    index = used[0] if used else header.free_slot()
    header = header.with_slot(index, wrap(kind, index, header.vault_id, secret, cost, vault.keys.master))
    for extra in used[1:]:
        header = header.with_slot(extra, Slot())
    vault.rewrite_header(header)
