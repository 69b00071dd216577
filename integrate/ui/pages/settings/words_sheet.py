"""New recovery words: prove who asks, write the words on paper, check the paper. Only then do they take over."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.settings.secret_sheet import SecretSheet
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.word_grid import WordCheck, WordGrid

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext
    from integrate.ui.widgets.fields import LineField

_COUNT: Final = 12
_ASKED: Final = 2
_WIDTH: Final = 608  # the 560 px of the words and the sheet's padding


class WordsSheet(SecretSheet):
    """Two steps. Until the second is done, earlier words stay in force. ``made`` follows when the new ones open."""

    made = Signal()

    def __init__(self, context: PageContext, *, replaces: bool) -> None:
        intro = _("Twelve words on paper open your journal if you forget the passphrase.")
        if replaces:
            earlier = _("The words you have now will open only backups made before.")
            intro = f"{intro} {earlier}"
        super().__init__(context, _("New recovery words"), intro, _("Show the words"), width=_WIDTH)
        self._words: tuple[str, ...] = ()
        self.grid = WordGrid(self.theme)
        asked = sorted(secrets.SystemRandom().sample(range(1, _COUNT + 1), _ASKED))
        self.word_check = WordCheck(self.theme, asked=asked)
        self.hide_words = Button(self.theme, _("Hide the words"), "quiet_neutral", "eye-off", small=True)
        self.second = QWidget()
        self._lay_out()
        self.second.hide()
        self.body.addWidget(self.second)
        self.body.addStretch(1)
        self.hide_words.clicked.connect(self._hide_or_show)
        self.current.submitted.connect(self.submit)
        self.word_check.changed.connect(self.check)
        for number, field in zip(asked, self.word_check.fields, strict=True):
            field.edit.editingFinished.connect(partial(self._left, number, field))
            field.edit.textEdited.connect(partial(self._typed, field))
        self.check()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.second)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.grid)
        row = QHBoxLayout()
        row.addWidget(self.hide_words)
        once = Text(self.theme, _("Shown once. You can make new words later."), "caption", "ink3")
        row.addWidget(once, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 0, 6)
        line.addWidget(Divider(self.theme))
        column.addLayout(line)
        column.addWidget(self.word_check)

    def showing_words(self) -> bool:
        """Whether the second step is reached."""
        return bool(self._words)

    def problem(self) -> str:
        """The passphrase first, then what the paper still lacks."""
        if self._words:
            return self.word_check.problem()
        return super().problem()

    def wipe(self) -> None:
        """Forget the passphrase and the words."""
        super().wipe()
        self._words = ()
        self.grid.wipe()
        self.word_check.wipe()

    def go(self) -> None:
        """Prove the passphrase; the second time, let the words take over."""
        current = self.current.text()
        if not self._words:
            self.begin(_("Checking the passphrase. This takes a second or two on purpose."))
            self.context.desk.write(self, partial(_propose, current=current), self._show_words, self.fail)
            return
        self.begin(_("Making the words open your journal. This takes a second or two on purpose."))
        work = partial(_take, current=current, words=self._words)
        self.context.desk.write(self, work, self._done, self.fail)

    def _show_words(self, words: tuple[str, ...]) -> None:
        self._words = words
        self.heading.set_text(_("Write these words on paper"))
        self.panel.setAccessibleName(self.heading.words())
        self.intro.set_text(
            _(
                "In this order. They open your journal if you forget the passphrase. Anyone who finds this paper can "
                "open your journal. Keep it where only you would look, or with someone you trust."
            )
        )
        self.current.hide()
        self.grid.set_words(words)
        self.word_check.set_words(words)
        self.second.show()
        self.go_on.setText(_("Use these words"))
        self.end()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self, number: int, field: LineField) -> None:
        """A wrong word is said when the field is left, not while it is being typed."""
        if self._words and field.text().strip() and number in self.word_check.wrong() and not field.error():
            field.set_error(_("That is not word {number}. Please look at the paper again.").format(number=number))

    def _typed(self, field: LineField, _text: str) -> None:
        if field.error():
            field.set_error("")

    def _hide_or_show(self) -> None:
        hidden = not self.grid.is_hidden()
        self.grid.set_hidden(hidden)
        self.hide_words.setText(_("Show the words") if hidden else _("Hide the words"))
        self.hide_words.set_icon("eye" if hidden else "eye-off")

    def fail(self, error: Exception) -> None:
        """Also in the second step, the passphrase's line says what went wrong."""
        self.current.show()
        super().fail(error)

    def _done(self, _nothing: object) -> None:
        self.made.emit()
        self.close()


def _propose(journal: Journal, current: str) -> tuple[str, ...]:
    from integrate.journal.opening import propose_recovery_words
    from integrate.journal.secrets import prove_passphrase

    prove_passphrase(journal, current)
    return propose_recovery_words()


def _take(journal: Journal, current: str, words: tuple[str, ...]) -> None:
    from integrate.journal.secrets import new_recovery_words

    new_recovery_words(journal, current=current, words=words)
