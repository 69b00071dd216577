"""A curtain over the open journal while another window has the focus, where the person chose that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.glyphs import BrandMark


class Curtain(QWidget):
    """Covers all of ``window`` while it is not the active one and ``wanted`` says so. The mark is all that is seen."""

    def __init__(self, theme: Theme, window: QWidget, wanted: Callable[[], bool]) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._wanted = wanted
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(BrandMark(theme, 44), 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        self.hide()
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Close on losing the focus, open on getting it back, and keep covering the whole window."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate and self._wanted():
            self.setGeometry(self._window.rect())
            self.raise_()
            self.show()
        elif kind == QEvent.Type.WindowActivate:
            self.hide()
        elif kind == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing of what is behind."""
        QPainter(self).fillRect(self.rect(), self._theme.color("canvas"))
