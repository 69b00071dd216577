"""A filter as a chip: off it opens a menu, on it says what is chosen and can be taken away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.chip import Chip

_TAKING: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_CROSS: Final = 28  # pixels at the end of the chip that belong to the cross


class FilterChip(Chip):
    """A filter called ``title``. ``removed`` follows its cross, or Delete on it, while it is on."""

    def __init__(self, theme: Theme, title: str, menu: QMenu) -> None:
        super().__init__(theme, title, menu=menu)
        self._title = title

    def set_choice(self, choice: str) -> None:
        """Say what is chosen; "" is nothing."""
        words = _("{filter}: {choice}").format(filter=self._title, choice=choice) if choice else self._title
        self.set_on(bool(choice))
        self.set_text(words, words)
        if choice:
            self.setAccessibleDescription(_("on, Delete takes it away"))

    def _trailing(self) -> str:
        return "x" if self.is_on() else super()._trailing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the filter away."""
        if self.is_on() and event.key() in _TAKING:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the cross takes the filter away, elsewhere it opens the menu."""
        x = event.position().x()
        from_end = x if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - x
        if self.is_on() and from_end <= self.theme.px(_CROSS):
            self.removed.emit()
        else:
            super().mousePressEvent(event)
