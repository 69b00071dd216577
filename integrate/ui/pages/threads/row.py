"""A thread as a line through its four stations: from side to side, or in a narrow window from top to bottom."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from integrate.domain.threads import Station
from integrate.i18n import _
from integrate.ui.pages.threads.station import StationCell, StationWord
from integrate.ui.pages.threads.words import STATE_WORDS, thread_name
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import lay_row, mirrored, picture, rounded
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from integrate.journal.threads import ThreadView
    from integrate.ui.theme.theme import Theme

SIDE: Final = 20
"""Pixels from the edge of the card to the first station and from one station's words to the next."""

_ABOVE: Final = 18
_BELOW: Final = 21
_NODE: Final = 18  # from the top of the row's content to the middle of the nodes
_WORDS: Final = 34  # from there to the words
_NODE_SIDE: Final = 8  # from the edge of a station to the middle of its node
_SWAY: Final = 7  # how far the line swings to the side
_STROKE: Final = 2.25
_DOWN_INDENT: Final = 32  # narrow: the words stand beside the line
_DOWN_GAP: Final = 18
_NAME_GAP: Final = 4
_CHEVRON: Final = 15


class NameButton(PaintedButton):
    """The name of a thread with a chevron: opens all of it."""

    def __init__(self, theme: Theme, name: str, state: str) -> None:
        super().__init__(theme, "")
        self._name = " ".join(name.split())
        self.setAccessibleName(_("Thread “{name}”").format(name=self._name))
        self.setAccessibleDescription(_("{state}. Opens the whole thread").format(state=state))
        self.setToolTip(self._name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_ring(self, 4)
        self.apply_theme()

    def label_font(self) -> QFont:
        """13 px, semibold."""
        return self.theme.font("label", weight=600)

    def sizeHint(self) -> QSize:
        """The name, the chevron and some room around them."""
        width = QFontMetrics(self.font()).horizontalAdvance(self._name) + _NAME_GAP + self.theme.px(_CHEVRON) + 2
        return QSize(width, max(self.theme.line("label") + 8, 28))

    def minimumSizeHint(self) -> QSize:
        """Some letters: a longer name is shortened."""
        return QSize(self.theme.px(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name and chevron."""
        painter, theme = QPainter(self), self.theme
        chevron = theme.px(_CHEVRON)
        metrics = QFontMetrics(self.font())
        room = self.width() - chevron - _NAME_GAP
        words = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        widths = [min(metrics.horizontalAdvance(words) + 1, room), chevron]
        place, sign = lay_row(self.rect(), widths, _NAME_GAP, self.layoutDirection(), centred=False)
        font = self.font()
        font.setUnderline(self.hovered() or theme.scheme.contrast)
        painter.setFont(font)
        painter.setPen(theme.color("ink1" if self.isDown() else "ink2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
        mirror = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        picture(painter, sign, theme.pixmap("chevron-left" if mirror else "chevron-right", "ink3", _CHEVRON))


class ThreadRow(QWidget):
    """One thread. Stations stand side by side, or with :meth:`set_downwards` one below the other.

    ``opened`` follows a press on its name; what its cells ask for is told by the cells themselves.
    """

    opened = Signal()

    def __init__(
        self, theme: Theme, view: ThreadView, today: date, zone: str, *, may_write: bool, goes_to_sessions: bool
    ) -> None:
        super().__init__()
        self.view = view
        self._theme = theme
        self._downwards = False
        self._heights: dict[int, int] = {}
        name = thread_name(view, today)
        self.setAccessibleName(_("Thread “{name}”").format(name=name))
        self.name = NameButton(theme, name, _(STATE_WORDS[view.thread.state]))
        self.name.setParent(self)
        self.name.clicked.connect(self._open)
        self.cells = tuple(
            StationCell(theme, station, view, today, zone, may_write=may_write, goes_to_sessions=goes_to_sessions)
            for station in Station
        )
        for cell in self.cells:
            cell.setParent(self)
            cell.more_wanted.connect(self.opened)
        self.note: Text | None = None
        if view.unreadable_links:
            words = _("Something else on this thread could not be read. The rest is fine.")
            self.note = Text(theme, words, "caption", "ink2", parent=self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._place_again)

    def _open(self) -> None:
        self.opened.emit()

    def set_downwards(self, downwards: bool) -> None:
        """Run from top to bottom."""
        if downwards != self._downwards:
            self._downwards = downwards
            for cell in self.cells:
                cell.word.setVisible(downwards)
            self._place_again()

    # --- places -------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that all stations need at ``width``; the column of rows asks again with each row it gets."""
        if width not in self._heights:
            self._heights[width] = self._arrange(width, place=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As high as it needs."""
        width = max(self.width(), self._theme.px(320))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any window."""
        return QSize(self._theme.px(200), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other places."""
        super().resizeEvent(event)
        self._arrange(self.width(), place=True)

    def event(self, event: QEvent) -> bool:
        """Follow a part that wants another height."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self._place_again()
        return super().event(event)

    def _place_again(self) -> None:
        self._heights.clear()
        self._arrange(self.width(), place=True)
        self.updateGeometry()
        self.update()

    def _arrange(self, width: int, *, place: bool) -> int:
        height = self._downward(width, place=place) if self._downwards else self._across(width, place=place)
        if self.note is None:
            return height + _BELOW
        inner = width - 2 * SIDE
        needed = self.note.heightForWidth(max(inner, 1))
        if place:
            self._put(self.note, QRect(SIDE, height + 8, inner, needed))
        return height + 8 + needed + _BELOW

    def _across(self, width: int, *, place: bool) -> int:
        column = self.column(width)
        strip = max(self._theme.px(_WORDS), self.name.sizeHint().height() + 4)
        tallest = 0
        for at, cell in enumerate(self.cells):
            inner = max(column - (SIDE if at < 3 else 0), 1)
            height = _height(cell, inner)
            tallest = max(tallest, height)
            if place:
                self._put(cell, QRect(SIDE + at * column, _ABOVE + strip, inner, height))
        if place:
            left = SIDE + 3 * column + 2 * _NODE_SIDE + 8
            hint = self.name.sizeHint()
            room = max(min(hint.width(), width - SIDE - left), 1)
            top = _ABOVE + self._theme.px(_NODE) - hint.height() // 2
            self._put(self.name, QRect(width - SIDE - room, top, room, hint.height()))
        return _ABOVE + strip + tallest

    def _downward(self, width: int, *, place: bool) -> int:
        inner = max(width - 2 * SIDE, 1)
        hint = self.name.sizeHint()
        if place:
            self._put(self.name, QRect(SIDE, _ABOVE - 4, min(hint.width(), inner), hint.height()))
        top = _ABOVE + hint.height() + 6
        indent = self._theme.px(_DOWN_INDENT)
        for cell in self.cells:
            height = _height(cell, max(inner - indent, 1))
            if place:
                self._put(cell, QRect(SIDE + indent, top, max(inner - indent, 1), height))
            top += height + _DOWN_GAP
        return top - _DOWN_GAP

    @staticmethod
    def column(width: int) -> int:
        """How wide one station of a row of ``width`` is, with the space after it."""
        return max((width - 2 * SIDE) // 4, 1)

    def _put(self, part: QWidget, place: QRect) -> None:
        bounds = QRect(0, 0, self.width(), max(self.height(), 1))
        part.setGeometry(mirrored(self.layoutDirection(), bounds, place))

    def _nodes(self) -> list[QPointF]:
        """The middles of the nodes."""
        if not self._downwards:
            column, y = self.column(self.width()), _ABOVE + self._theme.px(_NODE)
            places = [QPointF(SIDE + at * column + self._theme.px(_NODE_SIDE), y) for at in range(4)]
        else:
            half = self._theme.line("label") / 2
            places = [QPointF(SIDE + self._theme.px(_NODE_SIDE), cell.y() + half) for cell in self.cells]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            places = [QPointF(self.width() - place.x(), place.y()) for place in places]
        return places

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and its nodes; what is open is dotted."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        nodes, gaps = self._nodes(), [cell.is_open for cell in self.cells]
        for at, (start, end) in enumerate(pairwise(nodes)):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._pen(_STROKE, dotted=gaps[at] or gaps[at + 1]))
            painter.drawPath(self._swing(start, end))
        for cell, node in zip(self.cells, nodes, strict=True):
            self._paint_node(painter, node, cell.station, dotted=cell.is_open)

    def _pen(self, width: float, *, dotted: bool) -> QPen:
        pen = QPen(self._theme.color("thread"), width * self._theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if dotted:
            pen.setDashPattern([0.4, 2.4])  # in widths of the pen
        return pen

    def _swing(self, start: QPointF, end: QPointF) -> QPainterPath:
        """One cubic after the other, down to one side and back, as a thread lies."""
        sway = self._theme.px(_SWAY)
        along = QPointF(end.x() - start.x(), 0) if not self._downwards else QPointF(0, end.y() - start.y())
        aside = QPointF(0, sway) if not self._downwards else QPointF(sway, 0)
        middle = start + along / 2 + aside
        path = QPainterPath(start)
        path.cubicTo(start + along * 0.21, middle - along * 0.19, middle)
        path.cubicTo(middle + along * 0.19, end - along * 0.21, end)
        return path

    def _paint_node(self, painter: QPainter, node: QPointF, station: Station, *, dotted: bool) -> None:
        theme = self._theme
        colour, ground, scale = theme.color("thread"), theme.color("surface"), theme.scale
        if dotted:
            pen = QPen(colour, 1.75 * scale)
            pen.setDashPattern([1.26, 1.49])
            painter.setPen(pen)
            painter.setBrush(ground)
            painter.drawEllipse(node, 6.5 * scale, 6.5 * scale)
            return
        match station:
            case Station.INTENTION:
                painter.setPen(QPen(colour, _STROKE * scale))
                painter.setBrush(ground)
                painter.drawEllipse(node, 6.5 * scale, 6.5 * scale)
            case Station.MET:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(node, 7 * scale, 7 * scale)
            case Station.INSIGHT:
                painter.setPen(QPen(colour, 1.75 * scale))
                painter.setBrush(ground)
                painter.drawEllipse(node, 7 * scale, 7 * scale)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(node, 3 * scale, 3 * scale)
            case Station.PRACTICE:
                side = 12 * scale
                box = QRectF(0, 0, side, side)
                box.moveCenter(node)
                rounded(painter, box, 3.5 * scale, colour)


class StationHeads(QWidget):
    """The words above the columns of stations."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = tuple(StationWord(theme, station) for station in Station)
        for word in self._words:
            word.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._place)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(320), max(40, self._theme.line("label") + 22))

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(1, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand above the columns."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Stand in the other order where the direction changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def _place(self) -> None:
        column = ThreadRow.column(self.width())
        for at, word in enumerate(self._words):
            place = QRect(SIDE + at * column, 0, column, self.height())
            word.setGeometry(mirrored(self.layoutDirection(), self.rect(), place))


def _height(cell: QWidget, width: int) -> int:
    needed = cell.heightForWidth(width)
    return needed if needed >= 0 else cell.sizeHint().height()
