"""A list of few things in a sheet: one line each, arrows move, the selected one is what the buttons are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from integrate.ui.widgets.paint import RADIUS_CONTROL, leading, rounded

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_PADDING: Final = 12
_SECOND = Qt.ItemDataRole.UserRole + 1


class RowList(QListWidget):
    """Rows of a first and a second line. ``currentRow`` is the selected one.

    ``own_words`` says that the first line is the person's, and set as such.
    """

    def __init__(self, theme: Theme, name: str, *, rows_shown: int = 5, own_words: bool = False) -> None:
        super().__init__()
        self.own_words = own_words
        self._theme = theme
        self._rows_shown = rows_shown
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListWidget { background: transparent; }")
        theme.changed.connect(self.apply_theme)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take heights from the theme in force."""
        self.setMinimumHeight(row_height(self._theme) * 2)
        self.doItemsLayout()
        self.updateGeometry()

    def set_rows(self, rows: Sequence[tuple[str, str]], selected: int = 0) -> None:
        """Show these rows, one of them selected."""
        self.clear()
        for first, second in rows:
            item = QListWidgetItem(first)
            item.setData(_SECOND, second)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (first, second) if part))
            self.addItem(item)
        if rows:
            self.setCurrentRow(selected)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Some rows high."""
        rows = min(max(self.count(), 2), self._rows_shown)
        return QSize(self._theme.px(240), rows * row_height(self._theme))


def row_height(theme: Theme) -> int:
    """The height of a row."""
    return theme.line("body") + theme.line("caption") + 16


class _RowDelegate(QStyledItemDelegate):
    """Draws a row: words, what is known about them, and the ground of what is selected."""

    def __init__(self, theme: Theme, view: RowList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines."""
        return QSize(self._theme.px(120), row_height(self._theme))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        theme, view = self._theme, self._view
        rect = option.rect
        selected = view.currentRow() == index.row()
        painter.save()
        if selected:
            focused = view.hasFocus()
            edge = theme.color("focus") if focused else theme.color("ink1") if theme.scheme.contrast else None
            rounded(painter, QRectF(rect).adjusted(2, 1, -2, -1), RADIUS_CONTROL, theme.color("select"), edge, 2.0)
        inner = rect.adjusted(_PADDING, 8, -_PADDING, -8)
        flags = leading(view.layoutDirection())
        lines = (
            (index.data(), "body", "ink1", inner.top()),
            (index.data(_SECOND), "caption", "ink2", inner.top() + theme.line("body")),
        )
        for words, role, token, top in lines:
            bold = selected and theme.scheme.contrast and role == "body"
            font = theme.font(role, weight=700 if bold else None)
            if view.own_words and role == "body":
                font = theme.sized_font("page", 16, 700 if bold else 500)
            painter.setFont(font)
            painter.setPen(theme.color(token))
            place = inner.adjusted(0, top - inner.top(), 0, 0)
            place.setHeight(theme.line(role))
            text = QFontMetrics(font).elidedText(str(words or ""), Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, flags | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
