"""How a row of the list looks: title, one line of text, and when it was, in which phase, about which session."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from typing import Final

from PySide6.QtCore import QLocale, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from integrate.domain.listing import Row
from integrate.ui.pages.journal.list.model import EntryListModel
from integrate.ui.pages.journal.list.setting import HEADING_HEIGHT, ICON, ROW_HEIGHT, SetRow, Setter, Styles
from integrate.ui.pages.journal.list.wording import word_row
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.glyphs import paint_glyph
from integrate.ui.widgets.paint import RADIUS_CONTROL, rounded

_State = QStyle.StateFlag
_OUTSIDE: Final = 8  # between the edge of the list and the ground of a row
_BEFORE: Final = 18  # between the ground's edge and the text
_AFTER: Final = 20
_LEAST_OUTSIDE: Final = 2  # beside the scroll bar, which takes its room from the two above
_LEAST_AFTER: Final = 8
_HEADING_BELOW: Final = 5
_OUTLINE: Final = 2.0
_KEPT: Final = 200
_WAITING: Final = ((13, 18, 0.6), (38, 14, 0.9), (62, 12, 0.4))  # top, height and part of the width


class EntryDelegate(QStyledItemDelegate):
    """Paints rows. What is set in type is kept for the rows that were in sight lately."""

    def __init__(self, theme: Theme, model: EntryListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._set: OrderedDict[tuple[int, bool], tuple[Row, Setter, date, SetRow]] = OrderedDict()
        self._styles = Styles.of(theme)
        self.row_height = theme.px(ROW_HEIGHT)
        """The height of every entry."""
        self.heading_height = theme.px(HEADING_HEIGHT)
        """The height of every heading."""
        self.taken = 0
        """How many pixels of the list's width the scroll bar takes."""

    def apply_theme(self) -> None:
        """Take fonts, sizes and colours from the theme in force."""
        self._styles = Styles.of(self._theme)
        self.row_height = self._theme.px(ROW_HEIGHT)
        self.heading_height = self._theme.px(HEADING_HEIGHT)
        self._set.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as the list, as high as all rows of its kind are."""
        heading = self._model.heading_at(index.row()) is not None
        return QSize(option.rect.width(), self.heading_height if heading else self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry or the heading, or bars while the entry is still being read."""
        heading = self._model.heading_at(index.row())
        if heading is not None:
            self._paint_heading(painter, option, heading)
            return
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        outside = max(_OUTSIDE - self.taken, _LEAST_OUTSIDE)
        after = max(_OUTSIDE + _AFTER - self.taken - outside, _LEAST_AFTER)
        ground = _inset(option.rect, _OUTSIDE, outside, mirrored)
        self._paint_ground(painter, QRectF(ground), option.state)
        text = _inset(ground, _BEFORE, after, mirrored)
        row = self._model.row_at(index.row())
        if row is None:
            self._paint_waiting(painter, text, mirrored)
        else:
            setter = Setter(self._styles, text.width(), mirrored)
            selected = bool(option.state & _State.State_Selected)
            strong = selected and self._theme.scheme.contrast
            self._paint_row(painter, text, self._set_row(row, setter, strong), selected)

    def _set_row(self, row: Row, setter: Setter, strong: bool) -> SetRow:
        today, key = self._model.today(), (row.key, strong)
        kept = self._set.get(key)
        if kept is not None and kept[0] is row and kept[1] == setter and kept[2] == today:
            self._set.move_to_end(key)
            return kept[3]
        made = setter.row(word_row(row, today, QLocale()), strong=strong)
        self._set[key] = (row, setter, today, made)
        if len(self._set) > _KEPT:
            self._set.popitem(last=False)
        return made

    # --- painting -----------------------------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, place: QRectF, state: QStyle.StateFlag) -> None:
        theme = self._theme
        selected, hovered = bool(state & _State.State_Selected), bool(state & _State.State_MouseOver)
        edge = theme.color("ink1") if theme.scheme.contrast and (selected or hovered) else None
        if selected or hovered:
            ground = theme.color("select" if selected else "sunken")
            rounded(painter, place, RADIUS_CONTROL, ground, edge, _OUTLINE if selected else theme.line_width)
        if state & _State.State_HasFocus:
            rounded(painter, place, RADIUS_CONTROL, None, theme.color("focus"), _OUTLINE)

    def _paint_row(self, painter: QPainter, text: QRect, row: SetRow, selected: bool) -> None:
        theme, corner = self._theme, QPointF(text.topLeft())
        painter.setPen(theme.color("ink1"))
        row.title.layout.draw(painter, corner + row.title.place)
        painter.setPen(theme.color("ink2"))
        row.line.layout.draw(painter, corner + row.line.place)
        token = "ink2" if selected else "ink3"
        painter.setPen(theme.color(token))
        for part in row.about:
            part.layout.draw(painter, corner + part.place)
        phase = row.words.phase
        if row.glyph is not None and phase is not None:
            # On the selected ground Prepare's mark would be too pale.
            mark = "prepare" if selected and phase == "prepare" else f"{phase}mark"
            paint_glyph(painter, row.glyph.translated(corner), phase, theme.color(mark))
        for icon, box in (("eye-off", row.eye), ("paperclip", row.clip)):
            if box is not None:
                painter.drawPixmap((box.topLeft() + corner).toPoint(), theme.pixmap(icon, token, ICON))

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, heading: str) -> None:
        inset = _OUTSIDE + _BEFORE
        place = option.rect.adjusted(inset, 0, -inset, -self._theme.px(_HEADING_BELOW))
        place.setTop(place.bottom() + 1 - self._theme.line("label"))
        painter.setFont(self._styles.heading)
        painter.setPen(self._theme.color("ink2"))
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, heading)

    def _paint_waiting(self, painter: QPainter, text: QRect, mirrored: bool) -> None:
        """Three still bars where the words will be."""
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("hair"))
        for top, height, part in _WAITING:
            bar = QRectF(text.left(), text.top() + theme.px(top), text.width() * part, theme.px(height))
            if mirrored:
                bar.moveRight(text.right())
            painter.drawRoundedRect(bar, height / 4, height / 4)


def _inset(place: QRect, before: int, after: int, mirrored: bool) -> QRect:
    left, right = (after, before) if mirrored else (before, after)
    return place.adjusted(left, 0, -right, 0)
