"""The title of an entry: plain words that wrap, and never a line break."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextLayout,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from integrate.i18n import _
from integrate.ui.widgets.focus_ring import set_ring

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_SIZE: Final = 28
_LINE: Final = 36
_WEIGHT: Final = 500


class TitleField(QTextEdit):
    """As high as its words. ``edited`` follows every change by the person; ``left`` Enter or Down at the end."""

    edited = Signal()
    left = Signal()

    def __init__(self, theme: Theme, mime_for: Callable[[str], QMimeData], *, offers_selection: bool) -> None:
        super().__init__()
        self._theme = theme
        self._mime_for = mime_for
        self._offers_selection = offers_selection
        self._asked_for = False
        self._loading = False
        self._height = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Title"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setAcceptDrops(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_ring(self, None)
        self.textChanged.connect(self._changed)
        theme.changed.connect(self.apply_theme)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take font and line height from the theme in force."""
        self.setFont(self._theme.sized_font("page", _SIZE, _WEIGHT))
        self.set_text(self.text())

    def text(self) -> str:
        """The title."""
        return " ".join(self.toPlainText().split("\n"))

    def set_text(self, text: str) -> None:
        """Show another title, with nothing to undo."""
        self._loading = True
        try:
            self.setPlainText(text)
            form = QTextBlockFormat()
            form.setLineHeight(self._theme.px(_LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            cursor = QTextCursor(self.document())
            cursor.mergeBlockFormat(form)
            self.document().setUndoRedoEnabled(False)  # empties what could be undone
            self.document().setUndoRedoEnabled(True)
        finally:
            self._loading = False
        self._fit()

    def wipe(self) -> None:
        """Forget it."""
        self.set_text("")

    # --- size ---------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """A long title wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its lines at ``width``."""
        return self._lines(width) * self._theme.px(_LINE)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(self._theme.px(200), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(self._theme.px(80), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._fit()

    def _lines(self, width: int) -> int:
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
        layout.endLayout()
        return max(layout.lineCount(), 1)

    def _fit(self) -> None:
        height = self.heightForWidth(self.width())
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def _changed(self) -> None:
        if not self._loading:
            self._fit()
            self.edited.emit()

    # --- keys, in and out ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the text; copying hands over marked words."""
        down = event.key() == Qt.Key.Key_Down and not event.modifiers()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (down and self._in_last_line()):
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            self._asked_for = True
            super().keyPressEvent(event)
            self._asked_for = False
        else:
            super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What copying hands over; Qt asks here for X11's primary selection too."""
        if not self._asked_for and not self._offers_selection:
            return QMimeData()
        return self._mime_for(self.textCursor().selectedText())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A title is one line."""
        if source.hasText() and not self.isReadOnly():
            self.insertPlainText(" ".join(source.text().split()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press inside the selection gives it up, so that nothing is dragged out of the window."""
        cursor = self.textCursor()
        if event.button() == Qt.MouseButton.LeftButton and cursor.hasSelection() and not event.modifiers():
            cursor.setPosition(self.cursorForPosition(event.position().toPoint()).position())
            self.setTextCursor(cursor)
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It never scrolls by itself."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the title, or the word for it."""
        super().paintEvent(event)
        if self.document().isEmpty():
            painter = QPainter(self.viewport())
            painter.setFont(self.font())
            painter.setPen(self._theme.color("ink3"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignVCenter, _("Title"))

    def _in_last_line(self) -> bool:
        cursor = self.textCursor()
        layout = cursor.block().layout()
        return layout.lineForTextPosition(cursor.positionInBlock()).lineNumber() == layout.lineCount() - 1
