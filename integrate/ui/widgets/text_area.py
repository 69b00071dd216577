"""A field for words of any length: a label above, as many lines as there are words, trouble in words below."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.paint import RADIUS_CONTROL, rounded, stroke
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_ACROSS: Final = 10  # with the four pixels that a document keeps free, the 14 of every field
_DOWN: Final = 7
_DOCUMENT_MARGIN: Final = 4
_ERROR_ICON: Final = 15
_LONG: Final = 5_000  # characters from which a field always has its scroll bar
_NO_BREAK: Final = re.compile(r"\S{2000}")
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Edit(QPlainTextEdit):
    """Plain text that Tab leaves. Ctrl Enter finishes it; with ``enter`` Enter does, and Shift Enter breaks a line."""

    finished = Signal()

    def __init__(self, *, enter: bool) -> None:
        super().__init__()
        self._enter = enter
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_ring(self, None)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted or dropped may be of any length."""
        text, put = source.text(), partial(super().insertFromMimeData, source)
        if self.document().characterCount() + len(text) <= _LONG:
            put()
            return
        before, after = self._around_selection()
        self.become(before + text + after, put)

    def become(self, whole: str, put: Callable[[], object]) -> None:
        """Let ``put`` make ``whole`` of what stands here, without setting very long words again and again.

        A scroll bar that comes only after the first setting narrows the field, and all is set a second time. And in a
        run without a space Qt looks for the end of a word from every line on: there it may break anywhere, from before
        the run is there until it is gone.
        """
        is_long = len(whole) > _LONG
        endless = is_long and _NO_BREAK.search(whole) is not None
        if is_long:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        if endless:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        put()
        if not is_long:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if not endless:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def note_change(self) -> None:
        """Wrap whole words again once little is left of a long text."""
        if self.document().characterCount() <= _LONG:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def _around_selection(self) -> tuple[str, str]:
        """What stands before what is selected, and behind it."""
        before, after = QTextCursor(self.document()), QTextCursor(self.document())
        cursor, keep = self.textCursor(), QTextCursor.MoveMode.KeepAnchor
        before.setPosition(cursor.selectionStart(), keep)
        after.setPosition(cursor.selectionEnd())
        after.movePosition(QTextCursor.MoveOperation.End, keep)
        return before.selectedText(), after.selectedText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes, where it is to."""
        if event.key() in _ENTER:
            modifiers = event.modifiers()
            control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            plain = self._enter and not modifiers & Qt.KeyboardModifier.ShiftModifier
            if control or plain:
                event.accept()
                self.finished.emit()
                return
        super().keyPressEvent(event)


class _Box(QWidget):
    """The frame around it, as around every field."""

    def __init__(self, theme: Theme, edit: QPlainTextEdit) -> None:
        super().__init__()
        self._theme = theme
        self._edit = edit
        self._trouble = False
        edit.installEventFilter(self)
        self.setFocusProxy(edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_ACROSS, _DOWN, _ACROSS, _DOWN)
        row.addWidget(edit)

    def set_trouble(self, trouble: bool) -> None:
        self._trouble = trouble
        self.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Redraw the border when the focus comes or goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the text goes to the text."""
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and border."""
        theme, quiet = self._theme, self._edit.isReadOnly()
        if self._trouble:
            edge, width = "danger", 2.0
        elif self._edit.hasFocus():
            edge, width = "focus", 2.0
        else:
            edge, width = "hair" if quiet else "control", stroke(theme)
        ground = theme.color("sunken" if quiet else "surface")
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, ground, theme.color(edge), width)


class TextArea(QWidget):
    """A label, room for words, and one sentence below. It is ``least`` lines high and grows up to ``most``.

    ``own_words``: what is typed is the person's, and stands in the type of their page. ``finished`` follows Ctrl Enter,
    and with ``enter`` also Enter, which then begins no new line; ``changed`` every change.
    """

    finished = Signal()
    changed = Signal()

    def __init__(
        self, theme: Theme, label: str, *, hint: str = "", least: int = 2, most: int = 9, own_words: bool = True,
        enter: bool = False, show_label: bool = True, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.theme = theme
        self._lines = (least, most)
        self._own_words = own_words
        self._hint = hint
        self.edit = _Edit(enter=enter)
        self.edit.document().setDocumentMargin(_DOCUMENT_MARGIN)
        self.edit.setAccessibleName(label)
        self.edit.setAccessibleDescription(hint)
        self.label = Text(theme, label, "label", weight=500)
        self.label.setBuddy(self.edit)
        self.box = _Box(theme, self.edit)
        self._sign = Icon(theme, "circle-alert", "danger", _ERROR_ICON, role="caption")
        self._below = Text(theme, hint, "caption", "ink3")
        self.setFocusProxy(self.edit)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addWidget(self.box)
        column.addLayout(below)
        self._sign.hide()
        self._below.setVisible(bool(hint))
        self.label.setVisible(show_label)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.finished.connect(self.finished)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def text(self) -> str:
        """What was typed."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put words in, with the caret behind them."""
        self.edit.become(text, partial(self.edit.setPlainText, text))
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)

    def error(self) -> str:
        """The sentence of what is wrong, "" if nothing is."""
        return self._below.words() if self._sign.isVisibleTo(self) else ""

    def set_error(self, text: str) -> None:
        """Say what is wrong, also to a screen reader; "" takes it away. What was typed stays."""
        self.box.set_trouble(bool(text))
        self._sign.setVisible(bool(text))
        self._below.set_token("danger" if text else "ink3")
        self._below.set_text(text or self._hint)
        self._below.setVisible(bool(text or self._hint))
        self.edit.setAccessibleDescription(text or self._hint)
        if text:
            announce(self.edit, text, polite=False)

    def set_read_only(self, read_only: bool) -> None:
        """Show the words without letting them be changed."""
        self.edit.setReadOnly(read_only)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take font, colours and height from the theme in force."""
        self.edit.setFont(self.theme.sized_font("page" if self._own_words else "ui", 16 if self._own_words else 15))
        palette = QPalette(self.edit.palette())
        palette.setColor(QPalette.ColorRole.Base, self.theme.color("sunken" if self.edit.isReadOnly() else "surface"))
        palette.setColor(QPalette.ColorRole.Text, self.theme.color("ink1"))
        self.edit.setPalette(palette)
        self.edit.viewport().setPalette(palette)  # it keeps its own from the first time it was shown
        self._grow()
        self.box.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of lines."""
        super().resizeEvent(event)
        self._grow()

    def _text_changed(self) -> None:
        self.edit.note_change()
        self._grow()
        self.changed.emit()

    def _grow(self) -> None:
        """As high as its words, between the least and the most. Its document counts its height in lines."""
        least, most = self._lines
        lines = min(max(round(self.edit.document().size().height()), least), most)
        height = lines * QFontMetrics(self.edit.font()).lineSpacing() + 2 * _DOCUMENT_MARGIN + 2
        if height != self.edit.height() or self.edit.minimumHeight() != height:
            self.edit.setFixedHeight(height)
            self.updateGeometry()
