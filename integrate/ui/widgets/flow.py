"""A layout that goes on in the next line, as words do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from integrate.ui.widgets.paint import mirrored


class FlowLayout(QLayout):
    """Items at their own size, side by side while there is room, with ``gap`` between them and ``line_gap`` below."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, line_gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.gap = gap
        self._line_gap = line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Put ``widget`` at place ``index``."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It asks for no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at ``width``."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def sizeHint(self) -> QSize:
        """All items in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self.gap * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest item."""
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        lines: list[list[QLayoutItem]] = [[]]
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = min(item.sizeHint().width(), max(rect.width(), 1))
            if x and x + width > rect.width():
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += width + self.gap
        y = rect.top()
        for line in lines:
            height = max((_height(item, rect.width()) for item in line), default=0)
            if place:
                self._place_line(line, rect, y, height)
            y += height + self._line_gap
        return y - self._line_gap - rect.top()

    def _place_line(self, line: list[QLayoutItem], rect: QRect, top: int, height: int) -> None:
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        x = rect.left()
        for item in line:
            hint = item.sizeHint()
            size = QSize(min(hint.width(), max(rect.width(), 1)), _height(item, rect.width()))
            box = QRect(QPoint(x, top + (height - size.height()) // 2), size)
            item.setGeometry(mirrored(direction, rect, box))
            x += size.width() + self.gap


def _height(item: QLayoutItem, room: int) -> int:
    """The height of an item; words that do not fit into ``room`` pixels break into lines."""
    hint = item.sizeHint()
    if hint.width() > room and item.hasHeightForWidth():
        return item.heightForWidth(max(room, 1))
    return hint.height()


def lines_for(widths: Iterable[int], room: int, gap: int) -> int:
    """How many lines of ``room`` pixels items of these widths take, with ``gap`` between them."""
    lines, x = 1, 0
    for width in widths:
        if x and x + width > room:
            lines, x = lines + 1, 0
        x += width + gap
    return lines
