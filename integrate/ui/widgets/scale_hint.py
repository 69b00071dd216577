"""The one line about keys under a group of scales."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from integrate.i18n import _
from integrate.ui.widgets.paint import rounded, stroke
from integrate.ui.widgets.scale import ScaleInput, align

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_PIECE: Final = re.compile(r"\[([^\]]+)\]|([^\[]+)")
_PADDING: Final = 6


class ScaleHint(QWidget):
    """Which keys choose, seen only while the keyboard is on one of its scales. It keeps its room when unseen."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scales: tuple[ScaleInput, ...] = ()
        # Keys stand in brackets, which are drawn as the edges of a key.
        self._pieces = tuple(_PIECE.findall(_("[←] [→] or [0]–[9] to choose, [Tab] for the next line")))
        self._shown = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def follow(self, scales: tuple[ScaleInput, ...]) -> None:
        """Show for these scales, in place of those before, and keep their columns aligned."""
        for scale in scales:
            if scale not in self._scales:
                scale.keyboard_focus.connect(self._show)
        self._scales = scales
        align(scales)
        # After the scales themselves, which forget their columns when the theme changes.
        self._theme.changed.disconnect(self.apply_theme)
        self._theme.changed.connect(self.apply_theme)

    def is_shown(self) -> bool:
        """Whether it can be seen."""
        return self._shown

    def _show(self, shown: bool) -> None:
        self._shown = shown
        self.update()

    def apply_theme(self) -> None:
        """Take fonts, sizes and colours from the theme in force."""
        align(self._scales)
        self.updateGeometry()
        self.update()

    def _font(self, key: str) -> QFont:
        return self._theme.font("tick", weight=500) if key else self._theme.font("caption")

    def _width(self, key: str, words: str) -> int:
        width = QFontMetrics(self._font(key)).horizontalAdvance(key or words)
        return width + 2 * _PADDING if key else width

    def sizeHint(self) -> QSize:
        """All on one line."""
        width = sum(self._width(key, words) for key, words in self._pieces)
        return QSize(width, max(self._theme.line("caption"), self._theme.line("tick") + 4))

    def minimumSizeHint(self) -> QSize:
        """It may be cut: it is a convenience that the manual repeats."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, and the keys with their edges."""
        if not self._shown:
            return
        painter = QPainter(self)
        theme = self._theme
        mirrored = self.isRightToLeft()
        left = 0
        for key, words in self._pieces:
            width = self._width(key, words)
            place = QRectF(self.width() - left - width if mirrored else left, 0, width, self.height())
            painter.setFont(self._font(key))
            if key:
                height = theme.line("tick") + 4
                box = QRectF(place.left(), (self.height() - height) / 2, width, height)
                rounded(painter, box, 4, theme.color("sunken"), theme.color("hair"), stroke(theme))
            painter.setPen(theme.color("ink3"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, key or words)
            left += width
