"""Make a journal, open it, close it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from integrate.domain.times import from_microseconds, to_microseconds
from integrate.domain.trash import purge_limit
from integrate.errors import DiskRefused, KnownError, PassphraseNeeded, WrongSecret
from integrate.i18n import _
from integrate.storage import aside, unlocking
from integrate.storage.failures import known_failures
from integrate.storage.header import Header
from integrate.storage.header_file import read_header
from integrate.storage.kdf import DEFAULT, KdfCost
from integrate.storage.layout import JournalFolder
from integrate.storage.making import JournalMade, make_journal, propose_words
from integrate.storage.opening import SchemaBehindError, open_vault
from integrate.storage.purging import purge_deleted_before
from integrate.storage.slots import SlotKind
from integrate.storage.state import JournalState, read_state, write_state
from integrate.storage.unlocking import Opener, Unlocked
from integrate.storage.vault import Access, Vault
from integrate.system.clock import Clock, SystemClock
from integrate.system.keyring import KeyStore

__all__ = (
    "Access", "ByEither", "ByKeyring", "ByPassphrase", "ByWords", "Journal", "JournalMade", "Secret", "create_journal",
    "default_kdf_cost", "kdf_cost_of", "open_journal", "propose_recovery_words",
)  # fmt: skip

KEYRING_TRUSTED_FOR = timedelta(days=7)
KEYRING_TRIES = 3
_CLOCK_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ByPassphrase:
    """Open with the passphrase."""

    text: str

    def opener(self) -> Opener:
        """How storage opens with it."""
        return unlocking.with_passphrase(self.text)


@dataclass(frozen=True, slots=True)
class ByWords:
    """Open with the twelve recovery words, as a person types them."""

    text: str

    def opener(self) -> Opener:
        """How storage opens with it."""
        return unlocking.with_words(self.text)


@dataclass(frozen=True, slots=True)
class ByEither:
    """Open with what may be the passphrase or the twelve words."""

    text: str

    def opener(self) -> Opener:
        """How storage opens with it."""
        return unlocking.with_passphrase_or_words(self.text)


class ByKeyring:
    """Open with the key in this computer's keyring, where the person switched that on.

    One object is kept for the run of the program: after three failures it asks for the passphrase at once.
    """

    def __init__(self, store: KeyStore) -> None:
        self._store = store
        self._failures = 0

    def opener(self) -> Opener:
        """How storage opens with it."""
        opener = unlocking.with_keyring(self._store)

        def counted(header: Header) -> Unlocked:
            if self._failures >= KEYRING_TRIES:
                raise PassphraseNeeded(reason=_("The keyring has failed several times."))
            try:
                unlocked = opener(header)
            except WrongSecret:
                self._failures += 1
                raise
            self._failures = 0
            return unlocked

        return counted


Secret = ByPassphrase | ByWords | ByEither | ByKeyring


class Journal:
    """An open journal. A context manager: leaving it seals and locks."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self.vault = vault
        self.clock = clock
        self.opened = clock.now()

    @property
    def id(self) -> UUID:
        """The journal's id."""
        return self.vault.id

    @property
    def place(self) -> Path:
        """Its folder."""
        return self.vault.folder.path

    @property
    def access(self) -> Access:
        """Whether it may be written."""
        return self.vault.access

    @property
    def notices(self) -> tuple[KnownError, ...]:
        """What the person must be told about this journal, such as a missing end."""
        return self.vault.notices

    def interrupt(self) -> None:
        """End every read, backup and unfinished write that is running, from any thread; returns at once.

        They raise :class:`Stopped` within a moment. What begins afterwards runs: a last save, and closing. A commit
        that has begun is finished.
        """
        self.vault.database.interrupt()

    def settle(self) -> bool:
        """Use a pause in the writing to tidy the files, without waiting for anybody; whether all could be tidied.

        Raises:
            ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused: nothing that was saved is lost.
        """
        return self.vault.database.settle()

    def set_aside(self, text: bytes) -> bytes:
        """``text`` in a form that can stay in memory while the journal is locked: only this journal reads it again."""
        return aside.set_aside(self.vault.keys, text)

    def take_back(self, sealed: bytes) -> bytes:
        """What :meth:`set_aside` was given.

        Raises:
            RecordDamaged: it was altered, or another journal made it.
        """
        return aside.take_back(self.vault.keys, sealed)

    def close(self) -> None:
        """Seal and lock; the keys are wiped. A second call does nothing."""
        self.vault.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.vault.__exit__(kind, error, trace)


def propose_recovery_words() -> tuple[str, ...]:
    """Twelve new recovery words to show before there is a journal; :func:`create_journal` makes them open it."""
    return propose_words()


def create_journal(
    place: Path,
    passphrase: str,
    *,
    recovery: bool = True,
    words: tuple[str, ...] | None = None,
    cost: KdfCost | None = None,
    clock: Clock | None = None,
) -> JournalMade:
    """Make a new journal, with recovery words unless they are to come later. ``cost`` None measures this machine.

    ``words`` are those that the person has been shown already; None makes new ones. Without ``recovery`` none are.

    Raises:
        ShortPassphrase, UnclearWords, TargetExists, DiskFull, DiskRefused, ReadOnlyPlace: nothing is left behind.
    """
    chosen = (words or propose_words()) if recovery else ()
    return make_journal(place, passphrase, words=chosen, cost=cost, clock=clock or SystemClock())


def default_kdf_cost() -> tuple[int, int, int]:
    """What trying one passphrase costs where nothing was measured: MiB of memory, passes over it, lanes."""
    return _plain_cost(DEFAULT)


def kdf_cost_of(place: Path) -> tuple[int, int, int]:
    """What trying one passphrase on the journal at ``place`` costs: MiB of memory, passes over it, lanes.

    Raises:
        NotAJournal, HeaderMissing, HeaderDamaged, NewerVersion, ReadOnlyPlace.
    """
    folder = JournalFolder(place)
    folder.require_journal()
    with known_failures(place):
        header = read_header(folder.header).header
    costs = [slot.cost for _index, slot in header.used(SlotKind.PASSPHRASE) if slot.cost is not None]
    return _plain_cost(costs[0] if costs else DEFAULT)


def _plain_cost(cost: KdfCost) -> tuple[int, int, int]:
    return cost.mebibytes, cost.iterations, cost.lanes


def open_journal(
    place: Path,
    secret: Secret,
    access: Access = Access.READ,
    *,
    clock: Clock | None = None,
    accept_missing: bool = False,
) -> Journal:
    """Unlock the journal at ``place``.

    Opening by the keyring needs the passphrase again after seven days, and after the recovery words were used.

    Raises:
        What :func:`integrate.storage.vault.open_vault` raises; PassphraseNeeded: the keyring may not be used now.
    """
    clock = clock or SystemClock()
    try:
        vault = open_vault(place, secret.opener(), access, accept_missing=accept_missing)
    except SchemaBehindError:
        open_vault(place, secret.opener(), Access.WRITE).close()
        vault = open_vault(place, secret.opener(), access)
    try:
        _apply_keyring_rules(vault, clock)
        if access is Access.WRITE:
            with suppress(DiskRefused):  # housekeeping: a full disk must not keep a person out of their journal
                purge_deleted_before(vault.database, purge_limit(clock.now()))
    except BaseException:
        vault.close()
        raise
    return Journal(vault, clock)


def _apply_keyring_rules(vault: Vault, clock: Clock) -> None:
    if not vault.header.used(SlotKind.KEYRING):
        return
    state = read_state(vault.database)
    if vault.opened_with is SlotKind.KEYRING:
        _require_recent_passphrase(state, clock)
    elif vault.opened_with is SlotKind.PASSPHRASE and vault.access is Access.WRITE:
        with suppress(DiskRefused):  # then the keyring asks for the passphrase a little sooner
            write_state(vault.database, JournalState(to_microseconds(clock.now()), keyring_on_hold=False))


def _require_recent_passphrase(state: JournalState, clock: Clock) -> None:
    since = clock.now() - from_microseconds(state.last_passphrase_us)
    if state.keyring_on_hold:
        raise PassphraseNeeded(reason=_("The recovery words were used last."))
    if not -_CLOCK_TOLERANCE <= since <= KEYRING_TRUSTED_FOR:
        raise PassphraseNeeded(reason=_("It is more than seven days since you last typed it."))
