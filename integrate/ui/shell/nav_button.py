"""A button of the sidebar: icon and word side by side, or in the rail one above the other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from integrate.ui.theme.theme import Theme

_ROW: Final = 38
_SMALL_ROW: Final = 36
_OUTLINED_ROW: Final = 40
_RAIL_TILE: Final = 52
_RAIL_ICON: Final = 19
_RAIL_GAP: Final = 3
_AROUND: Final = 14  # above and below an icon or a word together: large text does not ask for more of it
# Pixels at 100 %: side of the icon, room before it, room between it and the word.
_PARTS: Final = (18, 10, 12)
_SMALL_PARTS: Final = (16, 8, 6)
_END: Final = 5
_RADIUS: Final = 8
_CONTRAST_LINE: Final = 2


class NavButton(QAbstractButton):
    """Goes somewhere. ``checked`` shows that the person is there; ``small`` is for the footer of the sidebar.

    ``outlined`` is how Help now stands out, with its icon in ``icon_token``: never filled, never missed.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str,
        *,
        small: bool = False,
        checkable: bool = True,
        outlined: bool = False,
        icon_token: str | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._small = small
        self._outlined = outlined
        self._own_token = icon_token
        self._rail = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(checkable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    def set_rail(self, rail: bool) -> None:
        """Show icon over word, for the narrow layout."""
        self._rail = rail
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the text asks for."""
        theme = self._theme
        if self._rail:
            inside = theme.px(_RAIL_ICON) + theme.px(_RAIL_GAP) + theme.line("tick")
            return QSize(theme.px(72), max(_RAIL_TILE, inside + _AROUND))
        words = QFontMetrics(self._row_font(strong=True)).horizontalAdvance(self.text())
        row = _OUTLINED_ROW if self._outlined else _SMALL_ROW if self._small else _ROW
        side, left, gap = _SMALL_PARTS if self._small else _PARTS
        end = left if self._outlined else _END
        return QSize(theme.px(left + side + gap + end) + words, max(theme.px(row), theme.line("body") + _AROUND))

    def minimumSizeHint(self) -> QSize:
        """The same: a label is never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover is drawn."""
        self.update()
        super().enterEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self._rail:
            self._paint_tile(painter)
        else:
            self._paint_row(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        if self._outlined:
            painter.setBrush(theme.color("sunken" if self.underMouse() or self.isDown() else "surface"))
            painter.setPen(QPen(theme.color("line"), theme.line_width))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
            return
        if self.isChecked():
            painter.setBrush(theme.color("select"))
        elif self.underMouse() or self.isDown():
            painter.setBrush(theme.color("sunken"))
        else:
            return
        contrast = theme.scheme.contrast and self.isChecked()
        painter.setPen(QPen(theme.color("ink1"), _CONTRAST_LINE) if contrast else QPen(QColor(0, 0, 0, 0)))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1) if contrast else self.rect(), _RADIUS, _RADIUS)

    def _paint_row(self, painter: QPainter) -> None:
        theme, height = self._theme, self.height()
        side, left, gap = _SMALL_PARTS if self._small else _PARTS
        pixels = theme.px(side)
        start = theme.px(left) + pixels + theme.px(gap)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = self.width() - theme.px(left) - pixels if mirrored else theme.px(left)
        painter.drawPixmap(at, (height - pixels) // 2, theme.pixmap(self._icon, self._icon_token(), side))
        words = QRect(0 if mirrored else start, 0, self.width() - start, height)
        strong = self.isChecked() or self._outlined
        painter.setFont(self._row_font(strong=strong))
        painter.setPen(theme.color("ink1" if strong else "ink2"))
        across = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = across | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, flags, self.text())

    def _row_font(self, *, strong: bool) -> QFont:
        return self._theme.sized_font("ui", 14 if self._small else 15, 600 if strong else 400)

    def _paint_tile(self, painter: QPainter) -> None:
        theme = self._theme
        pixels, gap, line = theme.px(_RAIL_ICON), theme.px(_RAIL_GAP), theme.line("tick")
        top = (self.height() - pixels - gap - line) // 2
        painter.drawPixmap((self.width() - pixels) // 2, top, theme.pixmap(self._icon, self._icon_token(), _RAIL_ICON))
        painter.setFont(theme.font("tick", weight=600 if self.isChecked() and theme.scheme.contrast else 500))
        painter.setPen(theme.color("ink1"))
        words = QRect(0, top + pixels + gap, self.width(), line)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())

    def _icon_token(self) -> str:
        if self._own_token is not None:
            return self._own_token
        return "accent" if self.isChecked() else "ink2"
