"""The question before a journal is erased for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from integrate.i18n import _, ngettext
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


class EraseSheet(Sheet):
    """Names what goes and what stays, and asks for a word to be typed. ``confirmed`` is the only way on."""

    confirmed = Signal()

    def __init__(self, context: PageContext, copies: int) -> None:
        super().__init__(
            context.theme, context.shell.sheet_host(), _("Erase this journal for good?"), width=540, level=3,
            close_button=False, fills=False,
        )  # fmt: skip
        word = erase_word()
        self.body.addWidget(
            Text(self.theme, _("It cannot be brought back: not by you, and not by anybody else."), "body")
        )
        self.body.addWidget(Text(self.theme, goes_words(copies), "body", "ink2"))
        self.body.addWidget(Text(self.theme, stays_words(), "body", "ink2"))
        edit = QLineEdit()
        self.field = LineField(self.theme, _("Type “{word}” to confirm").format(word=word), edit=edit)
        self.body.addWidget(self.field)
        self.reason = Text(self.theme, _("Type the word to go on."), "caption", "ink3")
        self.keep = Button(self.theme, _("Keep it"))
        self.erase = Button(self.theme, _("Erase for good"), "danger")
        self.erase.setEnabled(False)
        self.initial_focus = self.keep
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.keep)
        self.footer.addWidget(self.erase)
        edit.textChanged.connect(self._typed)
        self.keep.clicked.connect(self.close)
        self.erase.clicked.connect(self._confirm)

    def focus_in(self) -> None:
        """The safe answer has the focus, and shows it."""
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self, text: str) -> None:
        right = text.strip().casefold() == erase_word().casefold()
        if right != self.erase.isEnabled():
            self.erase.setEnabled(right)
            self.reason.setVisible(not right)
            if right:
                announce(self, _("Erase for good can be pressed now."))

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.close()


def erase_word() -> str:
    """The word to type."""
    return _("erase")


def goes_words(copies: int) -> str:
    """What is erased with the journal."""
    if not copies:
        return _("All entries, photos and files in it go.")
    return ngettext(
        "All entries, photos and files in it go, and with them the automatic copy in its folder.",
        "All entries, photos and files in it go, and with them the {count} automatic copies in its folder.",
        copies,
    ).format(count=copies)


def stays_words() -> str:
    """What nobody here can reach."""
    return _(
        "Backups you saved elsewhere and files you exported or gave to somebody stay where they are. So do copies that "
        "a syncing or backup service made of the folder."
    )
