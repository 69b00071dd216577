"""Earlier states of an entry: look at them, and bring one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QMimeData, Signal
from PySide6.QtWidgets import QWidget

from integrate.i18n import _
from integrate.ui.editor.status import word_count_words
from integrate.ui.editor.surface import WritingSurface
from integrate.ui.pages.journal.entry.reading import State
from integrate.ui.pages.journal.entry.rows import RowList
from integrate.ui.pages.journal.entry.words import moment_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from integrate.ui.theme.theme import Theme

_WIDTH: Final = 760
_PREVIEW: Final = 300


class HistorySheet(Sheet):
    """A list of states, and the text of the selected one to read. ``back_wanted`` brings the number of one."""

    back_wanted = Signal(int)

    def __init__(
        self, theme: Theme, host: QWidget, zone: str, mime_for: Callable[[str], QMimeData], *, may_write: bool
    ) -> None:
        super().__init__(theme, host, _("History of this entry"), width=_WIDTH)
        self._zone = zone
        self._states: tuple[State, ...] = ()
        self._may_write = may_write
        self.hint = Text(theme, "", "body", "ink2")
        self.rows = RowList(theme, _("Earlier states"), rows_shown=4)
        self.title = Text(theme, "", "quote", weight=500)
        self.preview = WritingSurface(theme, mime_for, name=_("Earlier text, to read"))
        self.preview.setReadOnly(True)
        self.preview.setMinimumHeight(_PREVIEW)
        self.back_button = Button(theme, _("Bring this back"), "primary")
        self.body.addWidget(self.hint)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.title)
        self.body.addWidget(self.preview, 1)
        self.footer.addStretch(1)
        self.footer.addWidget(self.back_button)
        self.rows.currentRowChanged.connect(self._show)
        self.back_button.clicked.connect(self._bring_back)
        for part in (self.rows, self.title, self.preview, self.back_button):
            part.hide()

    def show_states(self, states: tuple[State, ...]) -> None:
        """Show the states, the newest first."""
        self._states = states
        if states:
            self.hint.set_text(_("How it was at the end of earlier times. What is there now goes into this list too."))
        else:
            self.hint.set_text(_("There is nothing earlier yet. A state is kept when you come back and change it."))
        rows = [(moment_words(state.saved, self._zone, QLocale()), word_count_words(state.words)) for state in states]
        for part in (self.rows, self.title, self.preview):
            part.setVisible(bool(states))
        self.back_button.setVisible(bool(states) and self._may_write)
        self.rows.set_rows(rows)
        if states:
            self.initial_focus = self.rows
            self.rows.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget what was shown."""
        self._states = ()
        self.preview.wipe()
        self.title.set_text("")
        super().closeEvent(event)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._states):
            draft = self._states[row].draft
            self.title.set_text(draft.title)
            self.title.setVisible(bool(draft.title))
            self.preview.set_text(draft.body)

    def _bring_back(self) -> None:
        row = self.rows.currentRow()
        if 0 <= row < len(self._states):
            number = self._states[row].number
            self.close()
            self.back_wanted.emit(number)
