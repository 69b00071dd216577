"""The list on the screen. All entries are equally high, and all headings, so every place in it can be computed.

QListView would ask the model for each of its rows whenever the list changes; this one knows where they are.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from integrate.i18n import _
from integrate.ui.pages.journal.list.delegate import EntryDelegate
from integrate.ui.pages.journal.list.model import EntryListModel, Index
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.focus_ring import is_by_keyboard, set_ring

_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_STATES: Final = QStyle.StateFlag
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DELETE: Final = frozenset({Qt.Key.Key_Delete})
_STEPS_A_ROW: Final = 2  # an arrow of the scroll bar, or a notch of the wheel's three lines, in parts of a row


class EntryView(QListView):
    """Entries to choose from. The selected one is that which is open; arrows move it, headings are passed by."""

    moved = Signal(int)  # the row that the keyboard has reached
    entered = Signal(int)  # the row that was pressed with Enter
    pressed_row = Signal(int)  # the row that was pressed with the pointer
    delete_pressed = Signal(int)  # the row that shall be deleted
    seen = Signal(int, int)  # the first and last row that were painted

    def __init__(self, theme: Theme, model: EntryListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._by_keyboard = False
        self._hovered = -1
        self._delegate = EntryDelegate(theme, model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Entries"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)  # a selection that is put back must not move what is seen
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        set_ring(self, None)  # the row shows the focus itself
        self.clicked.connect(self._clicked)
        theme.changed.connect(self.apply_theme)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take sizes and colours from the theme in force, and keep the first row in sight where it is."""
        first = self.rows_in_sight()[0]
        self._delegate.apply_theme()
        self.doItemsLayout()
        self.set_offset_in(first, 0)

    # --- what the pane asks -------------------------------------------------------------------------------------------

    def row_count(self) -> int:
        """How many rows there are, headings with them."""
        return self._model.contents.rows

    def current_row(self) -> int | None:
        """The row that is selected."""
        chosen = self.selectionModel().selectedIndexes()
        return chosen[0].row() if chosen else None

    def make_current(self, row: int | None, *, reveal: bool) -> None:
        """Select a row, or none, without telling anybody; ``reveal`` scrolls to it if it is not in sight."""
        if row is None:
            self.selectionModel().clear()
            return
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if reveal:
            self.scrollTo(index)

    def offset_in(self, row: int) -> int:
        """How many pixels of a row lie above the edge; below 0 where it begins under it."""
        return self.verticalScrollBar().value() - self._top(row)

    def set_offset_in(self, row: int, pixels: int) -> None:
        """Scroll so that :meth:`offset_in` answers this, as far as the list is long enough."""
        self._measure_now()
        self.verticalScrollBar().setValue(self._top(row) + pixels)

    def rows_in_sight(self) -> tuple[int, int]:
        """The first and last row of which something is in sight; in an empty list the last is below the first."""
        top = self.verticalScrollBar().value()
        last = self._row_at(top + max(self.viewport().height(), 1) - 1)
        return self._row_at(top), min(last, self.row_count() - 1)

    # --- geometry -----------------------------------------------------------------------------------------------------

    def _top(self, row: int) -> int:
        """Where a row begins, in pixels from the top of the list."""
        rows = self._delegate
        headings = self._model.contents.headings_before(row)
        return row * rows.row_height - headings * (rows.row_height - rows.heading_height)

    def _row_at(self, pixel: int) -> int:
        """The row at this many pixels from the top of the list; beyond its end, as if entries went on."""
        rows, headings = self._delegate, self._model.contents.heading_rows()
        above = bisect_right(headings, pixel, key=self._top)
        if not above:
            return pixel // rows.row_height
        into = pixel - self._top(headings[above - 1]) - rows.heading_height
        return headings[above - 1] + (1 + into // rows.row_height if into >= 0 else 0)

    def _measure_now(self) -> None:
        """Let the scroll bar know of rows that just came: Qt tells it later, and until then it stops short of them."""
        self.executeDelayedItemsLayout()

    def doItemsLayout(self) -> None:
        """Nothing has to be laid out: the scroll bar learns the new length."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Tell the scroll bar how long the list is."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(self._delegate.row_height // _STEPS_A_ROW)
        bar.setPageStep(max(height, 1))
        bar.setRange(0, max(self._top(self.row_count()) - height, 0))
        QAbstractItemView.updateGeometries(self)

    def visualRect(self, index: Index) -> QRect:
        """Where a row is, by the viewport's upper left corner."""
        if not index.isValid():
            return QRect()
        top, bottom = self._top(index.row()), self._top(index.row() + 1)
        return QRect(0, top - self.verticalScrollBar().value(), self.viewport().width(), bottom - top)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row under a point of the viewport."""
        row = self._row_at(point.y() + self.verticalScrollBar().value())
        return self._model.index(row) if 0 <= row < self.row_count() else QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible) -> None:
        """Scroll as little as shows all of a row, with the heading above it; or to the middle."""
        if not index.isValid():
            return
        self._measure_now()
        bar, height, row = self.verticalScrollBar(), self.viewport().height(), index.row()
        top, bottom = self._top(row), self._top(row + 1)
        if hint == _Hint.PositionAtCenter:
            bar.setValue((top + bottom - height) // 2)
        elif top < bar.value():
            bar.setValue(self._top(row - 1) if row and self._model.contents.month_at(row - 1) else top)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height)

    def horizontalOffset(self) -> int:
        """Rows are as wide as the list."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw what is in sight now. What is under the pointer shows when it moves again."""
        self._hovered = -1
        self.viewport().update()

    def isIndexHidden(self, _index: Index) -> bool:
        """No row is hidden."""
        return False

    def setSelection(self, _rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Only the current row can be selected."""
        self.selectionModel().select(self.currentIndex(), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Where the selected row is."""
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    # --- keys and pointer ---------------------------------------------------------------------------------------------

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where an arrow, Page Up and Down, Home or End leads from the current row."""
        current, last = self.currentIndex().row(), self.row_count() - 1
        page = max(self.viewport().height() // self._delegate.row_height - 1, 1)
        match action:
            case _Action.MoveHome:
                target, step = 0, 1
            case _Action.MoveEnd:
                target, step = last, -1
            case _ if current < 0:
                target, step = self.rows_in_sight()[0], 1
            case _Action.MoveUp | _Action.MovePrevious:
                target, step = current - 1, -1
            case _Action.MoveDown | _Action.MoveNext:
                target, step = current + 1, 1
            case _Action.MovePageUp:
                target, step = max(current - page, 0), -1
            case _Action.MovePageDown:
                target, step = min(current + page, last), 1
            case _:
                target, step = current, 1
        contents = self._model.contents
        found = contents.next_entry(target, step)
        if found is None and action in (_Action.MovePageUp, _Action.MovePageDown):
            found = contents.next_entry(target, -step)
        return self._model.index(found) if found is not None else self.currentIndex()

    def keyboardSearch(self, _text: str) -> None:
        """Letters do not search here: the search field does, and the model does not hold all titles."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, open or delete."""
        self._by_keyboard = True
        row, key = self.currentIndex().row(), event.key()
        if row < 0 and key in _ENTER:  # the list is another one since the arrow was pressed: a search was answered
            row = self.moveCursor(_Action.MoveNext, event.modifiers()).row()
        if row >= 0 and key in _ENTER:
            self.make_current(row, reveal=True)
            self.entered.emit(row)
        elif row >= 0 and _deletes(event):
            self.delete_pressed.emit(row)
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() not in (-1, row):
                self.scrollTo(self.currentIndex())
                self.moved.emit(self.currentIndex().row())
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer shows no focus."""
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer; holding it down and moving chooses nothing more."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Learn whether the focus has to be shown."""
        if is_by_keyboard(event.reason()):
            self._by_keyboard = True
        super().focusInEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _clicked(self, index: QModelIndex) -> None:
        if self._model.contents.key_at(index.row()) is not None:
            self.pressed_row.emit(index.row())

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight."""
        painter = QPainter(self.viewport())
        first, last = self.rows_in_sight()
        self._delegate.taken = self.width() - self.viewport().width()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        usual = option.state & ~(_STATES.State_Selected | _STATES.State_HasFocus | _STATES.State_MouseOver)
        selected, current = self.current_row(), self.currentIndex().row()
        shows_focus = self.hasFocus() and self._by_keyboard
        for row in range(first, last + 1):
            index = self._model.index(row)
            option.rect = self.visualRect(index)
            state = usual
            if row == selected:
                state |= _STATES.State_Selected
            if row == current and shows_focus:
                state |= _STATES.State_HasFocus
            if row == self._hovered:
                state |= _STATES.State_MouseOver
            option.state = state
            self._delegate.paint(painter, option, index)
        painter.end()
        if last >= first:
            self.seen.emit(first, last)


def _deletes(event: QKeyEvent) -> bool:
    """Delete, and on macOS the command key with Backspace."""
    with_command = event.key() == Qt.Key.Key_Backspace and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return event.key() in _DELETE or with_command
