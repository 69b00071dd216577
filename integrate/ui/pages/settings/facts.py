"""Lines of a sheet that tell facts: what it is at one side, how much of it at the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class Facts(QWidget):
    """Lines below each other with a hairline between two of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(8)
        self.told: list[tuple[str, str]] = []

    def add(self, label: str, value: str, note: str = "") -> None:
        """Add a line; ``note`` stands below it in small letters."""
        theme = self._theme
        if self.told:
            self._column.addWidget(Divider(theme))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Text(theme, label, "body", "ink2"), 1)
        row.addWidget(Text(theme, value, "body", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        if note:
            self._column.addWidget(Text(theme, note, "caption", "ink2"))
        self.told.append((label, value))
