"""The second step: twelve words on paper, and a quick check that the paper is right."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.page import ProgramPort
from integrate.ui.pages.welcome.step import Step, tab_through
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.word_grid import WordCheck, WordGrid

COUNT: Final = 12
_ASKED: Final = 2


class WordsStep(Step):
    """Shows the words once. ``later`` follows "Do this later", which makes no words at all."""

    later = Signal()

    def __init__(self, theme: Theme, program: ProgramPort) -> None:
        super().__init__(
            theme,
            _("Write these words on paper"),
            _(
                "In this order. They open your journal if you forget the passphrase. Anyone who finds this paper can "
                "open your journal. Keep it where only you would look, or with someone you trust."
            ),
            _("Continue"),
        )
        self._program = program
        self._words: tuple[str, ...] = ()
        self._banner: Banner | None = None
        self.grid = WordGrid(theme, ("",) * COUNT)
        self.print = Button(theme, _("Print…"), "quiet", "printer", small=True)
        self.hide_words = Button(theme, _("Hide the words"), "quiet_neutral", "eye-off", small=True)
        self._once = Text(theme, _("Shown once. You can make new words later."), "caption", "ink3")
        asked = sorted(secrets.SystemRandom().sample(range(1, COUNT + 1), _ASKED))
        self.check = WordCheck(theme, asked=asked)
        self.go_back = self.add_button(_("Back"))
        self.do_later = self.add_button(_("Do this later"))
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.body.addWidget(self.grid)
        self.body.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.print)
        row.addWidget(self.hide_words)
        row.addWidget(self._once, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self._notices = QVBoxLayout()
        self.body.addLayout(self._notices)
        self.body.addSpacing(22)
        self.body.addWidget(Divider(self.theme))
        self.body.addSpacing(22)
        self.body.addWidget(self.check)

    def _connect(self) -> None:
        self.print.clicked.connect(self._warn_of_printers)
        self.hide_words.clicked.connect(self._hide_or_show)
        for position, field in enumerate(self.check.fields):
            field.edit.textChanged.connect(partial(self._typed, position))
            field.edit.editingFinished.connect(partial(self._left, position))
            field.edit.returnPressed.connect(partial(self._entered, position))
        self.check.changed.connect(self.refresh)
        self.go_back.clicked.connect(self.back)
        self.do_later.clicked.connect(self.later)

    # --- the words ----------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """Have the words ready before the step is shown; the same ones each time it is."""
        if not self._words:
            self._program.background.submit(self, _propose, self._take, _no_words)

    def _take(self, words: tuple[str, ...]) -> None:
        if not self._words:
            self._words = words
            self.grid.set_words(words)
            self.check.set_words(words)
            self.refresh()

    def words(self) -> tuple[str, ...]:
        """The words that were shown."""
        return self._words

    def wipe(self) -> None:
        """Forget the words, wherever they stand."""
        self._words = ()
        self.grid.wipe()
        self.check.wipe()

    def problem(self) -> str:
        """Which of the words is missing, and the tick."""
        return self.check.problem() if self._words else _("The words are on their way.")

    def _is_right(self, position: int) -> bool:
        return bool(self._words) and self.check.asked[position] not in self.check.wrong()

    def _typed(self, position: int, _text: str) -> None:
        if self.check.fields[position].error():
            self.check.fields[position].set_error("")

    def _left(self, position: int) -> None:
        """A wrong word is said when the field is left, not while it is being typed."""
        field = self.check.fields[position]
        if self._words and field.text().strip() and not field.error() and not self._is_right(position):
            number = self.check.asked[position]
            field.set_error(_("That is not word {number}. Please look at the paper again.").format(number=number))

    def _entered(self, position: int) -> None:
        if not self._is_right(position):
            return
        if position + 1 < _ASKED:
            self.check.fields[position + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.check.understood.isChecked():
            self.try_onward()
        else:
            self.check.understood.setFocus(Qt.FocusReason.TabFocusReason)

    # --- how they are shown -------------------------------------------------------------------------------------------

    def tab_order(self) -> tuple[QWidget, ...]:
        """The buttons after the tick box."""
        return (self.check.understood, *super().tab_order())

    def first(self) -> QWidget:
        """The title: the words are to be read first."""
        return self.title

    def _hide_or_show(self) -> None:
        hidden = not self.grid.is_hidden()
        self.grid.set_hidden(hidden)
        self.hide_words.setText(_("Show the words") if hidden else _("Hide the words"))
        self.hide_words.set_icon("eye" if hidden else "eye-off")

    # --- printing -----------------------------------------------------------------------------------------------------

    def _warn_of_printers(self) -> None:
        self._close_banner()
        self._banner = Banner(
            self.theme,
            "neutral",
            _("Printers and print queues can keep copies."),
            _("Writing by hand leaves none. Use a printer only if it is your own and you trust it."),
            [(_("Print all the same"), self._print), (_("Do not print"), self._close_banner)],
        )
        self._notices.setContentsMargins(0, 12, 0, 0)
        self._notices.addWidget(self._banner)
        self._banner.show()
        tab_through((self.hide_words, *self._banner.links))
        self._banner.links[1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _print(self) -> None:
        from integrate.ui.pages.welcome.printing import print_words

        self._close_banner()
        print_words(self.window(), self.theme, self._words)

    def _close_banner(self) -> None:
        banner, self._banner = self._banner, None
        if banner is not None:
            self._notices.setContentsMargins(0, 0, 0, 0)
            banner.hide()
            banner.deleteLater()
            self.print.setFocus(Qt.FocusReason.OtherFocusReason)


def _propose() -> tuple[str, ...]:
    from integrate.journal.opening import propose_recovery_words

    return propose_recovery_words()


def _no_words(_error: Exception) -> None:
    """Without words the step offers "Do this later", which is always possible."""
