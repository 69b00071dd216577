"""Words that are right in this journal, and the way to take one back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.settings.rows import only_to_read
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_MOST_SHOWN: Final = 500  # a widget for each of 20,000 words would keep the window busy


class OwnWordsSheet(Sheet):
    """One line for each word, in alphabetical order. Removing takes effect at once, and can be undone here."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("My words"), width=480)
        self._desk = context.desk
        # Kept here and not read from the desk again: two quick changes must not undo each other.
        self._words = list(context.desk.preferences.own_words)
        self.lines: dict[str, WordLine] = {}
        self.body.addWidget(Text(self.theme, self._about(), "body", "ink2"))
        for word in sorted(self._words, key=str.casefold)[:_MOST_SHOWN]:
            line = WordLine(self.theme, word)
            line.action.setEnabled(context.desk.may_write)
            line.action.clicked.connect(partial(self._toggle, word))
            self.lines[word] = line
            self.body.addWidget(line)
        self.body.addStretch(1)
        self.add_done()

    def _toggle(self, word: str, _checked: bool = False) -> None:
        removed = word in self._words
        if removed:
            self._words.remove(word)
        else:
            self._words.append(word)
        self.lines[word].set_removed(removed)
        self._desk.change_preferences(self, own_words=tuple(self._words))

    def _about(self) -> str:
        if not self._words:
            return _("None yet. Words you add while writing come here.")
        words = _("The spelling check takes these as right, in this journal only.")
        return words if self._desk.may_write else f"{words} {only_to_read()}"


class WordLine(QWidget):
    """A word, and *Remove* or *Put back* beside it."""

    def __init__(self, theme: Theme, word: str) -> None:
        super().__init__()
        self._word = word
        self._text = Text(theme, word, "quote")
        self.action = LinkText(theme, "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(self._text, 1)
        row.addWidget(self.action)
        self.set_removed(False)

    def set_removed(self, removed: bool) -> None:
        """Show whether the word is off the list."""
        self._text.set_token("ink3" if removed else "ink1")
        self.action.setText(_("Put back") if removed else _("Remove"))
        name = _("Put “{word}” back") if removed else _("Remove “{word}”")
        self.action.setAccessibleName(name.format(word=self._word))
        self.action.updateGeometry()
