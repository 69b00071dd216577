"""Passphrase and recovery words: the two ways in that a person carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrate.i18n import N_, _
from integrate.ui.pages.settings.passphrase_sheet import PassphraseSheet
from integrate.ui.pages.settings.rows import ButtonRow
from integrate.ui.pages.settings.section import Section
from integrate.ui.pages.settings.words_sheet import WordsSheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class PassphraseSection(Section):
    """Each is changed in a sheet of its own."""

    id = "passphrase"
    title = N_("Passphrase and recovery words")
    in_list = N_("Passphrase")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._has_words = False
        self.change = ButtonRow(
            self.theme, _("Passphrase"), _("Older backups still open with the passphrase of their time."),
            _("Change…"), name=_("Change the passphrase"),
        )  # fmt: skip
        self.words = ButtonRow(
            self.theme, _("Recovery words"), "", _("Make new words…"), name=_("Make new recovery words")
        )
        self.add(self.change)
        self.add(self.words)
        self.change.pressed.connect(self.open_passphrase)
        self.words.pressed.connect(self.open_words)

    def place_of(self, name: str) -> QWidget | None:
        """``recovery`` is the button that makes words."""
        return self.words.button if name == "recovery" else None

    def refresh(self) -> None:
        """Ask whether there are words."""
        self.desk.read(self, _has_words, self._show, self.failed)

    def failed(self, error: Exception) -> None:
        """Tell it; there is nothing to show instead."""
        self.context.shell.tell_trouble(error)

    def open_passphrase(self) -> PassphraseSheet:
        """Open the sheet that changes the passphrase."""
        sheet = PassphraseSheet(self.context)
        sheet.changed_.connect(self._passphrase_changed)
        sheet.open()
        return sheet

    def open_words(self) -> WordsSheet:
        """Open the sheet that makes recovery words."""
        sheet = WordsSheet(self.context, replaces=self._has_words)
        sheet.made.connect(self._words_made)
        sheet.open()
        return sheet

    def _show(self, has_words: bool) -> None:
        self._has_words = has_words
        state = _("This journal has recovery words.") if has_words else _("This journal has no recovery words yet.")
        self.words.set_note(state)
        self.words.button.setText(_("Make new words…") if has_words else _("Make them…"))
        self.words.button.setAccessibleName(_("Make new recovery words") if has_words else _("Make recovery words"))

    def _passphrase_changed(self) -> None:
        self.context.shell.toast(
            _("The passphrase is changed. Older backups still open with the passphrase of their time.")
        )

    def _words_made(self) -> None:
        self._show(True)
        self.context.shell.toast(_("The new recovery words open this journal now."))


def _has_words(journal: Journal, _stop: Stop) -> bool:
    from integrate.journal.secrets import has_recovery_words

    return has_recovery_words(journal)
