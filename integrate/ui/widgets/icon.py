"""An icon that only illustrates; the words beside it say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from integrate.ui.widgets.paint import picture

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class Icon(QWidget):
    """The icon ``name`` of ``resources/icons``, ``size`` pixels at 100 %; with ``role`` as high as a line of it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        token: str = "ink2",
        size: int = 18,
        *,
        role: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._token = token
        self._size = size
        self._role = role
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def set_icon(self, name: str, token: str | None = None) -> None:
        """Show another icon, or another colour."""
        self._name = name
        self._token = token or self._token
        self.update()

    def apply_theme(self) -> None:
        """Take size and colour from the theme in force."""
        side = self._theme.px(self._size)
        self.setFixedSize(side, max(side, self._theme.line(self._role)) if self._role else side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        picture(QPainter(self), self.rect(), self._theme.pixmap(self._name, self._token, self._size))
