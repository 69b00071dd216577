"""Twelve fields for the recovery words, in the order of the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QListView, QWidget

from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.passphrase_field import SecretEdit

COUNT: Final = 12
_COLUMNS: Final = 3
_SHOWN: Final = 6  # completions at once
_PAUSE: Final = 150
"""Milliseconds without a key before completions are offered. Who types on needs none; and on X11 a list that is opened
and closed again within the same moment can take the focus back to the field it was opened for."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")


class _WordEdit(SecretEdit):
    """One word. A space ends it and is no part of it."""

    ended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A space after something says that the word is finished."""
        if event.key() == Qt.Key.Key_Space and self.text() and not self.isReadOnly():
            event.accept()
            self.ended.emit()
        else:
            super().keyPressEvent(event)


class WordFields(QWidget):
    """The fields. A list that is pasted into one of them is spread over all; a space goes on to the next.

    ``changed`` follows every key, ``submitted`` Enter in the last field.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = QStringListModel(self)
        self._completer = QCompleter(self._list, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setModelSorting(QCompleter.ModelSorting.CaseInsensitivelySortedModel)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._completer.activated.connect(self._chosen)
        self._popup = QListView()  # the completer's from now on
        self._completer.setPopup(self._popup)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._offer)
        self.fields = tuple(self._field(number) for number in range(COUNT))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(12)
        self.set_columns(_COLUMNS)
        self.setFocusProxy(self.fields[0])

    def _field(self, index: int) -> LineField:
        edit = _WordEdit()
        edit.ended.connect(partial(self._go_on, index))
        edit.set_shown(True)
        edit.setMaxLength(400)  # twelve words and their numbers fit, a page of something else does not
        field = LineField(self._theme, _("Word {number}").format(number=index + 1), edit=edit)
        edit.textEdited.connect(partial(self._edited, index))
        edit.textChanged.connect(self._tell)
        edit.returnPressed.connect(partial(self._entered, index))
        return field

    def set_columns(self, columns: int) -> None:
        """Lay the fields out in rows of so many."""
        for index, field in enumerate(self.fields):
            self._grid.removeWidget(field)
            self._grid.addWidget(field, index // columns, index % columns)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def set_word_list(self, words: Sequence[str]) -> None:
        """Complete from these words, which are in alphabetical order."""
        self._list.setStringList(list(words))

    def text(self) -> str:
        """What was typed, word after word."""
        return " ".join(field.text().strip() for field in self.fields)

    def missing(self) -> int:
        """How many fields are empty."""
        return sum(not field.text().strip() for field in self.fields)

    def set_read_only(self, read_only: bool) -> None:
        """Show the words without letting them be changed."""
        for field in self.fields:
            field.set_read_only(read_only)

    def wipe(self) -> None:
        """Forget what was typed."""
        for field in self.fields:
            field.edit.clear()
            field.edit.setText("")  # clear() keeps an undo step; this empties the history
        self._close_completions()
        self._completer.setCompletionPrefix("")

    def _edited(self, index: int, text: str) -> None:
        found = _LETTERS.findall(text)
        if len(found) > 1:
            self._spread(0 if len(found) >= COUNT else index, found)
        elif found and text[-1].isspace():
            self.fields[index].edit.setText(found[0])
            self._go_on(index)
        elif self._popup.isVisible():
            self._offer()
        else:
            self._pause.start()

    def _offer(self) -> None:
        edit = next((field.edit for field in self.fields if field.edit.hasFocus()), None)
        if edit is None or edit.isReadOnly():
            return
        self._completer.setWidget(edit)
        self._completer.setCompletionPrefix(edit.text())
        if edit.text() and self._completer.completionCount():
            self._completer.complete()
        else:
            self._popup.hide()

    def _chosen(self, word: str) -> None:
        index = next(index for index, field in enumerate(self.fields) if field.edit is self._completer.widget())
        self.fields[index].edit.setText(word)
        self._go_on(index)

    def _spread(self, start: int, words: Sequence[str]) -> None:
        places = self.fields[start:]
        for field, word in zip(places, words, strict=False):
            field.edit.setText(word.casefold())
        last = min(start + len(words), COUNT) - 1
        self._close_completions()
        self.fields[last].setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self, index: int) -> None:
        if index == COUNT - 1:
            self.submitted.emit()
        else:
            self._go_on(index)

    def _go_on(self, index: int) -> None:
        self._close_completions()
        if index + 1 < COUNT:
            self.fields[index + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _close_completions(self) -> None:
        self._pause.stop()
        self._popup.hide()  # left open, they would take the next field's letters

    def _tell(self) -> None:
        self.changed.emit()
