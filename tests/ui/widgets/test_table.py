"""The table of facts and the row of choices: what they hold, how they are used by keys, how they fit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from integrate.domain.trends.csv_text import tab_text
from integrate.domain.trends.tables import Table
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.segmented import Segmented
from integrate.ui.widgets.table import TableView

TABLE = Table(("Day", "Mood"), tuple((f"day {row}", row / 4) for row in range(30)))


@pytest.fixture
def table(theme: Theme, show: Callable[..., QWidget]) -> TableView:
    view = TableView(theme, lambda value: f"<{value:g}>")
    view.show_table(TABLE, "Mood by day")
    show(view, 500, 400)
    return view


def test_cells_are_words_and_written_numbers(table: TableView) -> None:
    model = table.model()
    assert (model.rowCount(), model.columnCount()) == (30, 2)
    assert [model.index(5, column).data() for column in (0, 1)] == ["day 5", "<1.25>"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Mood"
    assert table.accessibleName() == "Mood by day"


def test_it_is_as_high_as_twelve_rows_and_as_few_as_there_are(table: TableView) -> None:
    tall = table.height()
    table.show_table(Table(TABLE.headings, TABLE.rows[:3]), "Three")
    assert table.minimumHeight() < tall / 2


def test_the_rows_that_are_chosen_are_copied_else_all(table: TableView) -> None:
    copied: list[Table] = []
    table.copy_wanted.connect(copied.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied == [TABLE]
    table.selectRow(2)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied[1].rows == TABLE.rows[2:4]


def test_after_clearing_nothing_is_held(table: TableView) -> None:
    table.clear()
    assert table.model().rowCount() == 0
    assert table.table().rows == ()


def test_text_for_the_clipboard_has_one_line_for_a_row_whatever_a_cell_holds() -> None:
    text = tab_text(Table(("A", "B"), (("one\ttwo\nthree", 0.1), ("=1+1", ""))))
    assert text == "A\tB\none two three\t0.1\n'=1+1\t\n"


def test_one_choice_is_on_and_arrows_move_it(theme: Theme, show: Callable[..., QWidget]) -> None:
    row = Segmented(theme, "How much", ((28, "4 weeks"), (84, "12 weeks"), (None, "All")), 84)
    chosen: list[object] = []
    row.chosen.connect(chosen.append)
    show(row, 400, 60)
    assert row.value() == 84
    row.segments()[1].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row.segments()[1], Qt.Key.Key_Right)
    assert (row.value(), chosen) == (None, [None])
    row.set_value(28)
    assert (row.value(), chosen) == (28, [None])
    row.segments()[1].click()
    assert chosen == [None, 84]
    assert [one.isChecked() for one in row.segments()] == [False, True, False]
