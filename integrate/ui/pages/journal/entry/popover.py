"""Popovers: a small surface that belongs to a chip. A click elsewhere or Esc closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from integrate.ui.widgets.paint import RADIUS_CARD, rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_PADDING: Final = 16
_GAP: Final = 6


class Popover(QFrame):
    """A popup under its opener. Put parts into ``body`` and call :meth:`open`; ``closed`` brings whether to apply.

    It is hidden, not destroyed, when it closes: the chip it belongs to opens it again.
    """

    closed = Signal(bool)

    def __init__(self, theme: Theme, opener: QWidget, name: str, *, enter_closes: bool = True) -> None:
        super().__init__(opener, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.theme = theme
        self._opener = opener
        self._enter_closes = enter_closes
        self._given_up = False
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self.body.setSpacing(12)
        theme.changed.connect(self.fit)

    def open(self, focus: QWidget) -> None:
        """Show it below its opener, within the screen, with the focus in ``focus``."""
        self._given_up = False
        self.fit()
        self.show()
        focus.setFocus(Qt.FocusReason.TabFocusReason)

    def done(self) -> None:
        """Close and apply."""
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up, Enter is done."""
        if event.key() == Qt.Key.Key_Escape:
            self._given_up = True
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._enter_closes:
                self.done()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the focus back and say so."""
        super().closeEvent(event)
        if self.isVisible():
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit(not self._given_up)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and edge."""
        theme = self.theme
        fill, edge = theme.color("surface"), theme.color("line")
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CARD, fill, edge, stroke(theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without a compositor nothing is translucent: cut the corners off, which would be black."""
        super().resizeEvent(event)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS_CARD, RADIUS_CARD)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def fit(self) -> None:
        """Take the size of its parts, below its opener and within the screen."""
        room = self._opener.window().width() - 2 * _PADDING
        width = min(self.sizeHint().width(), max(room, self.minimumSizeHint().width()))
        height = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else self.sizeHint().height()
        self.resize(width, height)
        at = self._opener.mapToGlobal(QPoint(0, self._opener.height() + _GAP))
        if self._opener.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + self._opener.width() - width)
        edge = self._opener.screen().availableGeometry()
        window = self._opener.window()
        inside = edge.intersected(QRect(window.mapToGlobal(QPoint(0, 0)), window.size()))
        if inside.width() >= width and inside.height() >= height:
            edge = inside
        x = max(min(at.x(), edge.right() - width), edge.left())
        if at.y() + height > edge.bottom():
            at.setY(max(self._opener.mapToGlobal(QPoint(0, 0)).y() - height - _GAP, edge.top()))
        self.move(x, at.y())
