"""Finding words in the entry at hand: F3 opens it and goes on, Shift F3 goes back, Esc closes it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from integrate.i18n import _
from integrate.ui.editor.matches import find_all
from integrate.ui.editor.offsets import to_qt
from integrate.ui.editor.surface import WritingSurface
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.fields import FieldBox
from integrate.ui.widgets.text import Text

_AFTER_EDIT: Final = 300  # milliseconds without an edit before looking again
_FIELD: Final = 36
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class FindBar(QWidget):
    """A field, the count, Previous, Next and Close, for one :class:`WritingSurface`. Hidden until :meth:`open`."""

    closed = Signal()

    def __init__(self, theme: Theme, surface: WritingSurface, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._surface = surface
        self._matches: list[tuple[int, int]] = []
        self._starts: list[int] = []
        self._current = -1
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Find in this entry"))
        self.field.setPlaceholderText(_("Find in this entry"))
        self.count = Text(theme, "", "caption", "ink2", wrap=False, parent=self)
        back = Button(theme, _("Previous"), "quiet_neutral", small=True, parent=self)
        forth = Button(theme, _("Next"), "quiet_neutral", small=True, parent=self)
        close = IconButton(theme, "x", _("Close"), _("Esc"), parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(FieldBox(theme, self.field, _FIELD, parent=self), 1)
        for part in (self.count, back, forth, close):
            row.addWidget(part)
        self._again = QTimer(self, singleShot=True, interval=_AFTER_EDIT)
        self._again.timeout.connect(self._look_again)
        self.field.textEdited.connect(self._look_from_caret)
        back.clicked.connect(self.previous)
        forth.clicked.connect(self.next)
        close.clicked.connect(self.close_bar)
        surface.edited.connect(self._note_edit)
        surface.verticalScrollBar().valueChanged.connect(self._mark_visible)
        surface.verticalScrollBar().rangeChanged.connect(self._mark_visible)
        theme.changed.connect(self._mark_visible)
        self.hide()

    # --- what the page calls ------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the bar, with the selected words if they are on one line, and look for them."""
        selected = self._surface.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.field.setText(selected)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look_from_caret()

    def next(self) -> None:
        """Go to the next place, from the last one to the first. Opens the bar when it is closed."""
        self._step(1)

    def previous(self) -> None:
        """Go to the place before, from the first one to the last. Opens the bar when it is closed."""
        self._step(-1)

    def close_bar(self) -> None:
        """Hide the bar and its marks; the last place found stays selected and the writing goes on there."""
        self.wipe()
        self.hide()
        self._surface.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def wipe(self) -> None:
        """Forget what was looked for and where it is."""
        self._again.stop()
        self.field.clear()
        self._take([])
        self._surface.setExtraSelections([])

    # --- inside -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F3 go on, with Shift back, Esc closes."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.matches(QKeySequence.StandardKey.FindPrevious) or (enter and event.modifiers() & _SHIFT):
            self.previous()
        elif event.matches(QKeySequence.StandardKey.FindNext) or enter:
            self.next()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        if self.isHidden():
            self.open()
        elif self._again.isActive():
            self._look_again()
        elif self._matches:
            self._go_to((self._current + by) % len(self._matches))

    def _look_from_caret(self) -> None:
        self._find()
        if self._matches:
            caret = self._surface.textCursor().selectionStart()
            self._go_to(bisect_left(self._starts, caret) % len(self._matches))
        self._mark_visible()

    def _look_again(self) -> None:
        self._again.stop()
        self._find()
        self._current = min(self._current, len(self._matches) - 1)
        self._say()
        self._mark_visible()

    def _note_edit(self) -> None:
        if not self.isHidden():
            self._surface.setExtraSelections([])  # they would stand beside the words
            self._matches, self._starts = [], []
            self._again.start()

    def _find(self) -> None:
        text = self._surface.document().toRawText()
        place = to_qt(text)
        self._take([(place(start), place(end)) for start, end in find_all(text, self.field.text())])

    def _take(self, matches: list[tuple[int, int]]) -> None:
        self._matches, self._starts = matches, [start for start, _end in matches]
        self._current = -1
        self._say()

    def _say(self) -> None:
        if not self.field.text():
            self.count.set_text("")
        elif not self._matches:
            self.count.set_text(_("Not found"))
        else:
            number = max(self._current, 0) + 1
            self.count.set_text(_("{number} of {count}").format(number=number, count=len(self._matches)))

    def _go_to(self, number: int) -> None:
        self._current = number
        start, end = self._matches[number]
        cursor = self._surface.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._surface.setTextCursor(cursor)
        self._surface.show_in_the_middle()
        self._say()
        self._mark_visible()

    def _mark_visible(self) -> None:
        if self.isHidden():
            return
        first, last = self._surface.visible_range()
        numbers = range(max(bisect_right(self._starts, first) - 1, 0), bisect_right(self._starts, last))
        self._surface.setExtraSelections([self._mark(number) for number in numbers])

    def _mark(self, number: int) -> QTextEdit.ExtraSelection:
        start, end = self._matches[number]
        cursor = QTextCursor(self._surface.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setBackground(self._theme.color("accenttint"))
        style.setFontUnderline(True)  # not by colour alone, and there are no tints in high contrast
        style.setUnderlineColor(self._theme.color("accent"))
        found = QTextEdit.ExtraSelection()
        found.cursor, found.format = cursor, style
        return found
