"""Passphrase, recovery words, keyring: the ways in, and how they change. Nothing but the header is rewritten."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from integrate.domain.passphrase import require_strong_enough
from integrate.domain.times import to_microseconds
from integrate.errors import KeyringUnavailable, PassphraseNeeded, ReadOnlyJournal
from integrate.i18n import _
from integrate.journal.opening import Access, ByWords, Journal, open_journal
from integrate.storage import slot_changes
from integrate.storage.recovery_words import word_list
from integrate.storage.slots import SlotKind
from integrate.storage.state import JournalState, write_state
from integrate.system.clock import Clock
from integrate.system.keyring import KeyStore

_SUGGESTED_WORDS = 7


def change_passphrase(journal: Journal, new: str, *, current: str | None = None) -> None:
    """Change the passphrase: re-wraps the key only, whatever the journal's size. Older backups keep their old one.

    ``current`` proves the person when the journal has been open for a while, or was opened by the keyring. Whoever came
    in by the recovery words has no passphrase to prove.

    Raises:
        ShortPassphrase, WrongPassphrase, PassphraseNeeded, ReadOnlyJournal, DiskFull, DiskRefused.
    """
    require_strong_enough(new)
    _require_writer(journal)
    if current is not None or journal.vault.opened_with is not SlotKind.RECOVERY:
        _require_proof(journal, current)
    slot_changes.set_passphrase(journal.vault, new)


def recover_journal(place: Path, words: str, new_passphrase: str, *, clock: Clock | None = None) -> None:
    """Open with the recovery words and set a new passphrase. The keyring has to wait for that passphrase.

    Raises:
        UnclearWords, WrongWords, NoRecoverySlot, ShortPassphrase, and what opening and writing raise.
    """
    require_strong_enough(new_passphrase)
    with open_journal(place, ByWords(words), Access.WRITE, clock=clock) as journal:
        write_state(journal.vault.database, JournalState(0, keyring_on_hold=True))
        slot_changes.set_passphrase(journal.vault, new_passphrase)


def prove_passphrase(journal: Journal, current: str) -> None:
    """Check that ``current`` is the passphrase of a journal that may be written. Nothing is changed.

    Raises:
        WrongPassphrase, ReadOnlyJournal.
    """
    _require_proof(journal, current)


def new_recovery_words(
    journal: Journal, *, current: str | None = None, words: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """Twelve new words; older ones open this journal no more, only backups made before.

    ``words`` are proposed ones that the person has written down already; until then the older ones were in force.

    Raises:
        WrongPassphrase, PassphraseNeeded, UnclearWords, ReadOnlyJournal, DiskFull, DiskRefused.
    """
    _require_proof(journal, current)
    return slot_changes.set_recovery_words(journal.vault, words)


def recovery_word_list() -> tuple[str, ...]:
    """The 2048 words that recovery words are made of, for completing what somebody types."""
    return word_list()


def suggest_passphrase() -> str:
    """A new passphrase of seven words.

    Each is drawn with the system's random source from the 2048 words of the BIP-39 list, so all seven together carry
    77 bits: as much as six words of the longer EFF list, which does not ship.
    """
    words = word_list()
    source = secrets.SystemRandom()
    return " ".join(source.choice(words) for _word in range(_SUGGESTED_WORDS))


def has_recovery_words(journal: Journal) -> bool:
    """Whether the journal can be opened with twelve words."""
    return bool(journal.vault.header.used(SlotKind.RECOVERY))


def turn_keyring_on(journal: Journal, store: KeyStore, *, current: str | None = None) -> None:
    """Let this computer's keyring open the journal. The keyring proves itself first; then the header follows.

    Raises:
        KeyringUnavailable: nothing was changed.
        WrongPassphrase, PassphraseNeeded, ReadOnlyJournal, DiskFull, DiskRefused.
    """
    _require_proof(journal, current)
    slot_changes.set_keyring(journal.vault, store)
    write_state(journal.vault.database, JournalState(to_microseconds(journal.clock.now()), keyring_on_hold=False))


def turn_keyring_off(journal: Journal, store: KeyStore) -> bool:
    """Take the keyring's right away. The header is changed first, so an unwilling keyring changes nothing about that.

    Returns whether the keyring's own item could be removed too; a left-over item opens nothing.

    Raises:
        ReadOnlyJournal, DiskFull, DiskRefused.
    """
    _require_writer(journal)
    slot_changes.remove_slots(journal.vault, SlotKind.KEYRING)
    with suppress(KeyringUnavailable):
        store.remove(journal.vault.keys.vault_id.hex())
        return True
    return False


def keyring_is_on(journal: Journal) -> bool:
    """Whether this journal may be opened by the OS keyring."""
    return bool(journal.vault.header.used(SlotKind.KEYRING))


def _require_writer(journal: Journal) -> None:
    if journal.access is not Access.WRITE:
        raise ReadOnlyJournal


def _require_proof(journal: Journal, current: str | None) -> None:
    _require_writer(journal)
    if current is not None:
        slot_changes.prove_passphrase(journal.vault, current)
    elif journal.vault.opened_with is not SlotKind.PASSPHRASE:
        raise PassphraseNeeded(reason=_("The journal was not opened by its passphrase this time."))
