"""A switch: what it does happens at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import rounded

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_WIDTH: Final = 40
_HEIGHT: Final = 24
_KNOB: Final = 13


class Switch(QCheckBox):
    """On or off, 40×24. ``name`` is what it switches; its words stand beside it and are a label of their own."""

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take size and colours from the theme in force."""
        self.setFixedSize(self.sizeHint())
        set_ring(self, self.height() / 2)
        self.update()

    def sizeHint(self) -> QSize:
        """40×24 at 100 %."""
        return QSize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be pressed."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter switches as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and knob; the knob of an "on" stands at the end of the line of reading."""
        painter = QPainter(self)
        theme, rect, on = self._theme, QRectF(self.rect()), self.isChecked()
        hovered = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            ground, edge, knob = "sunken", "hair", "disabled"
        elif on:
            ground = "accenthover" if hovered else "accent"
            edge, knob = ground, "onaccent"
        else:
            ground, edge, knob = "sunken" if hovered else "surface", "control", "control"
        width = 2.0 if theme.scheme.contrast and hovered else 1.5
        rounded(painter, rect, rect.height() / 2, theme.color(ground), theme.color(edge), width)
        side = _KNOB * theme.scale
        inset = (rect.height() - side) / 2
        at_right = on == (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
        left = rect.right() - inset - side if at_right else rect.left() + inset
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(knob))
        painter.drawEllipse(QRectF(left, rect.top() + inset, side, side))
