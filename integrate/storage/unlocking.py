"""The ways to get the master key out of a header: passphrase, recovery words, OS keyring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from integrate.domain import passphrase as passphrases
from integrate.errors import NoRecoverySlot, PassphraseNeeded, WrongPassphrase, WrongSecret
from integrate.i18n import _
from integrate.storage.header import Header
from integrate.storage.recovery_words import entropy_from_words, looks_like_words
from integrate.storage.slots import SlotKind, unwrap
from integrate.system.keyring import KeyStore
from integrate.system.memory import SecretBuffer, SecretBytes, wipe


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The master key, owned by whoever gets it, and what opened it."""

    master: SecretBuffer
    by: SlotKind


Opener = Callable[[Header], Unlocked]
"""Opens a parsed header; raises a :class:`WrongSecret` when it cannot."""


def with_passphrase(passphrase: str) -> Opener:
    """Open with the passphrase (about a second, on purpose)."""

    def opener(header: Header) -> Unlocked:
        return _try_slots(header, SlotKind.PASSPHRASE, passphrases.encode(passphrase), WrongPassphrase())

    return opener


def with_words(words: str) -> Opener:
    """Open with the twelve recovery words, as a person types them."""

    def opener(header: Header) -> Unlocked:
        if not header.used(SlotKind.RECOVERY):
            raise NoRecoverySlot
        entropy = entropy_from_words(words)
        try:
            return _try_slots(header, SlotKind.RECOVERY, entropy, NoRecoverySlot())
        finally:
            wipe(entropy)

    return opener


def with_passphrase_or_words(secret: str) -> Opener:
    """Open with whichever of the two ``secret`` is: where somebody may only have the paper left."""

    def opener(header: Header) -> Unlocked:
        if looks_like_words(secret) and header.used(SlotKind.RECOVERY):
            try:
                return with_words(secret)(header)
            except WrongSecret:
                return with_passphrase(secret)(header)
        return with_passphrase(secret)(header)

    return opener


def with_keyring(store: KeyStore) -> Opener:
    """Open with the key in the OS keyring.

    The opener raises :class:`PassphraseNeeded` when the keyring is off or holds nothing for this journal, and
    :class:`KeyringUnavailable` when no trusted keyring answers.
    """

    def opener(header: Header) -> Unlocked:
        if not header.used(SlotKind.KEYRING):
            raise PassphraseNeeded(reason=_("Opening with this computer's keyring is switched off."))
        secret = store.fetch(header.vault_id.hex())
        if secret is None:
            raise PassphraseNeeded(reason=_("This computer's keyring holds no key for this journal."))
        return _try_slots(header, SlotKind.KEYRING, secret, PassphraseNeeded(reason=""))

    return opener


def journal_id(header: Header) -> UUID:
    """The journal's id as people and scripts see it."""
    return UUID(bytes=header.vault_id)


def _try_slots(header: Header, kind: SlotKind, secret: SecretBytes, none_there: WrongSecret) -> Unlocked:
    wrong: WrongSecret = none_there
    for index, slot in header.used(kind):
        try:
            return Unlocked(unwrap(slot, index, header.vault_id, secret), kind)
        except WrongSecret as error:
            wrong = error
    raise wrong
