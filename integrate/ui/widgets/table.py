"""A table of facts: the twin of a chart, or what has no chart. Rows can be chosen and copied, nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from integrate.domain.trends.tables import Table
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import RADIUS_CONTROL, rounded

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_MOST_ROWS: Final = 12
"""So many rows are in sight; the others are scrolled to."""

_PADDING: Final = 8
_LONGEST: Final = 320  # pixels at 100 %: longer words of a column are cut, and are in the tooltip
_MEASURED_ROWS: Final = 40

_Index = QModelIndex | QPersistentModelIndex
_NONE: Final = Table((), ())


class TableModel(QAbstractTableModel):
    """Cells of a :class:`Table`; ``number`` writes those that are numbers."""

    def __init__(self, number: Callable[[float], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.table = _NONE

    def show_table(self, table: Table) -> None:
        """Hold another table."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.table.headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        cell = self.table.rows[index.row()][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return cell if isinstance(cell, str) else self._number(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings; rows have none."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.table.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None


class _Cells(QStyledItemDelegate):
    """Draws a cell: its words level with the heading, a hairline below, and what is chosen or has the focus."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw it."""
        look: Any = option  # whose fields the type information leaves out
        theme, rect = self._theme, look.rect
        chosen = bool(look.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.color("select"))
        thick = 2 if theme.scheme.contrast else 1
        painter.fillRect(rect.left(), rect.bottom() - thick + 1, rect.width(), thick, theme.color("hair"))
        if look.state & QStyle.StateFlag.State_HasFocus:
            rounded(painter, QRectF(rect), 4, None, theme.color("focus"), 2.0)
        words = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        painter.setFont(theme.font("caption", weight=700 if chosen and theme.scheme.contrast else None))
        painter.setPen(theme.color("ink1"))
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(words, QStyle.visualAlignment(look.direction, side), text)


class TableView(QTableView):
    """Shows a table. ``copy_wanted`` brings the rows that are chosen, or all of them, as a table."""

    copy_wanted = Signal(object)

    def __init__(self, theme: Theme, number: Callable[[float], str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._needed = 0  # pixels that all columns take at their own width
        self._model = TableModel(number, self)
        self.setModel(self._model)
        self.setItemDelegate(_Cells(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a screen reader has the headings from the table itself
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        set_ring(self, RADIUS_CONTROL)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def table(self) -> Table:
        """What is shown."""
        return self._model.table

    def show_table(self, table: Table, name: str) -> None:
        """Show another table; ``name`` is what a screen reader calls it."""
        self._model.show_table(table)
        self.setAccessibleName(name)
        self._fit()

    def clear(self) -> None:
        """Hold nothing any more."""
        self._model.show_table(_NONE)

    def apply_theme(self) -> None:
        """Take font, heights and widths from the theme in force."""
        self.setFont(self._theme.font("caption"))
        self.horizontalHeader().setFont(self._theme.font("label"))
        self.verticalHeader().setDefaultSectionSize(max(self._theme.line("caption") + 12, 28))
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as their words, as far as they are in sight at first."""
        table, metrics = self._model.table, QFontMetrics(self._theme.font("caption"))
        heads = QFontMetrics(self._theme.font("label"))
        longest = self._theme.px(_LONGEST)
        for column, heading in enumerate(table.headings):
            cells = (
                metrics.horizontalAdvance(str(self._model.data(self._model.index(row, column))))
                for row in range(min(len(table.rows), _MEASURED_ROWS))
            )
            width = max(heads.horizontalAdvance(heading), min(max(cells, default=0), longest))
            self.setColumnWidth(column, width + 2 * _PADDING + 2)
        self._needed = sum(self.columnWidth(column) for column in range(len(table.headings)))
        self._fit_height()

    def _fit_height(self) -> None:
        height = self.sizeHint().height()
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, it needs room for a bar."""
        super().resizeEvent(event)
        self._fit_height()

    def sizeHint(self) -> QSize:
        """As high as its rows, up to twelve of them."""
        row = self.verticalHeader().defaultSectionSize()
        rows = min(max(self._model.rowCount(), 1), _MOST_ROWS)
        head = self.horizontalHeader().sizeHint().height()
        wide = self._needed > self.width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        return QSize(self._theme.px(260), head + rows * row + bar)

    def minimumSizeHint(self) -> QSize:
        """Some of a column; what is wider is scrolled to."""
        return QSize(120, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copying, and Qt's own keys for moving about."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit(self.chosen())
            event.accept()
            return
        super().keyPressEvent(event)

    def chosen(self) -> Table:
        """The rows that are chosen; all of them, where no more than one is."""
        table = self._model.table
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if len(rows) <= 1:
            return table
        return Table(table.headings, tuple(table.rows[row] for row in rows))
