"""Keyring: whether this computer may open the journal without asking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from integrate.errors import KnownError, PassphraseNeeded
from integrate.i18n import N_, _
from integrate.ui.pages.settings.rows import SwitchRow
from integrate.ui.pages.settings.secret_sheet import SecretSheet
from integrate.ui.pages.settings.section import Section

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.system.keyring import KeyStore
    from integrate.ui.page import PageContext


class KeyringSection(Section):
    """One switch. A keyring may take its time, or never answer: the switch waits, and nothing else does."""

    id = "keyring"
    title = N_("Keyring")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._on = False
        self._waiting = False
        self.row = SwitchRow(
            self.theme, _("Open without asking"),
            _("On. The passphrase is asked every seven days all the same."),
            _("Off. Your passphrase is asked every time."),
            _("Anyone using this computer account could then read your journal."),
        )  # fmt: skip
        self.add(self.row)
        self.row.switched.connect(self._switched)

    def refresh(self) -> None:
        """Ask the journal whether its keyring is on."""
        if not self._waiting:
            self.desk.read(self, _is_on, self._show, self.failed)

    def failed(self, error: Exception) -> None:
        """Tell it; the switch stays as it was."""
        self.context.shell.tell_trouble(error)

    def _show(self, on: bool) -> None:
        self._on = on
        self.row.set_on(on)

    def _switched(self, on: bool) -> None:
        if self._waiting:
            self.row.set_on(self._on)
            return
        self.row.set_error("")
        self._begin(_("Asking this computer's keyring…"))
        work = _turn_on if on else _turn_off
        self.desk.write(self, partial(work, store=self.context.program.keyring), self._done, self._not_done)

    def _begin(self, text: str) -> None:
        self._waiting = True
        self.row.set_busy(text)

    def _end(self, on: bool) -> None:
        self._waiting = False
        self.row.set_busy("")
        self._on = on
        self.row.set_on(on)

    def _done(self, on: bool) -> None:
        self._end(on)

    def _not_done(self, error: Exception) -> None:
        self._end(self._on)
        if isinstance(error, PassphraseNeeded):
            self._ask()
        elif isinstance(error, KnownError):
            self.row.set_error(" ".join(error.sentences()))
        else:
            self.context.shell.tell_trouble(error)

    def _ask(self) -> None:
        sheet = _ProofSheet(self.context)
        sheet.accepted.connect(self._done)
        sheet.open()


class _ProofSheet(SecretSheet):
    """The keyring has opened this journal itself, so the passphrase has to prove who asks."""

    accepted = Signal(bool)

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context, _("Type your passphrase"),
            _("Before this computer may open the journal without asking, it has to be you who says so."),
            _("Open without asking"), width=480,
        )  # fmt: skip
        self.body.addStretch(1)
        self.current.submitted.connect(self.submit)
        self.check()

    def go(self) -> None:
        """Turn it on with the passphrase as proof."""
        self.begin(_("Asking this computer's keyring…"))
        work = partial(_turn_on, store=self.context.program.keyring, current=self.current.text())
        self.context.desk.write(self, work, self._done, self.fail)

    def _done(self, on: bool) -> None:
        self.accepted.emit(on)
        self.close()


def _is_on(journal: Journal, _stop: Stop) -> bool:
    from integrate.journal.secrets import keyring_is_on

    return keyring_is_on(journal)


def _turn_on(journal: Journal, store: KeyStore, current: str | None = None) -> bool:
    from integrate.journal.secrets import turn_keyring_on

    turn_keyring_on(journal, store, current=current)
    return True


def _turn_off(journal: Journal, store: KeyStore) -> bool:
    from integrate.journal.secrets import turn_keyring_off

    turn_keyring_off(journal, store)
    return False
