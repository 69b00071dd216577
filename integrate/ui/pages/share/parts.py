"""Small parts of Share: a ground beside another, and what stands below the words of a box or a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QWidget

from integrate.ui.widgets.paint import RADIUS_CONTROL, rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_BOX: Final = 20
_GAP: Final = 10


class Ground(QWidget):
    """The right side: a little darker, in high contrast with a line where it begins."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, or the line."""
        theme, painter = self._theme, QPainter(self)
        if not theme.scheme.contrast:
            painter.fillRect(self.rect(), theme.color("sunken"))
            return
        start = 0 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - 2
        painter.fillRect(start, 0, 2, self.height(), theme.color("ink1"))


class ChosenGround(QWidget):
    """What is chosen stands on a tint; in high contrast it has an edge instead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chosen = False
        theme.changed.connect(self.update)

    def show_chosen(self, on: bool) -> None:
        """Show whether it is chosen."""
        self._chosen = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint or the edge."""
        if self._chosen:
            theme = self._theme
            contrast = theme.scheme.contrast
            ground = None if contrast else theme.color("accenttint")
            edge = theme.color("ink1") if contrast else None
            rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, ground, edge, stroke(theme))


class BelowWords(QWidget):
    """``widget`` in line with the words of a tick box or a choice above it, on the side where these begin."""

    def __init__(self, theme: Theme, widget: QWidget, *, grows: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._space = QSpacerItem(0, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addItem(self._space)
        self._row.addWidget(widget, 1 if grows else 0)
        if not grows:
            self._row.addStretch(1)
        self._apply()
        theme.changed.connect(self._apply)

    def _apply(self) -> None:
        self._space.changeSize(
            self._theme.px(_BOX) + _GAP, 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        )  # fmt: skip
        self._row.invalidate()
