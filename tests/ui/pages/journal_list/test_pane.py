"""The list as a person uses it, over a real journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from integrate.domain.entry import Draft, Phase
from integrate.journal.browsing import entry_index, first_rows
from integrate.journal.deleting import delete_entry
from integrate.journal.finding import EVERYTHING
from integrate.journal.opening import Journal
from integrate.journal.writing import Sitting, add_entry, save_entry
from integrate.ui.layout import WidthClass
from integrate.ui.pages.journal.list.contents import Contents, index_of
from tests.ui.pages.journal_list.conftest import Bench, at
from tests.ui.pages.stand_ins import button
from tests.ui.waiting import run_events, wait_until

ALL = [
    "The kitchen was quiet", "Carrying bags", "First words", "Night before", "September", "The radio",
    "I had drawn it wrong.", "December 2025", "A year ago",
]  # fmt: skip


def ids(journal: Journal) -> dict[str, UUID]:
    rows = first_rows(journal, "", EVERYTHING, 400)
    return {row.entry.title: row.entry.id for row in rows}  # type: ignore[union-attr, misc]  # all of them can be read


def type_in(bench: Bench, text: str) -> None:
    QTest.keyClicks(bench.pane.search.edit, text)
    bench.settle()


def press_row(bench: Bench, row: int) -> None:
    view = bench.pane.view
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(row, 0)).center()
    )


def key(bench: Bench, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(bench.pane.view, one)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_every_entry_is_there_with_a_heading_over_each_month_but_this(bench: Bench) -> None:
    assert bench.titles() == ALL
    assert bench.pane.filters._count.words() == "7"


def test_a_screen_reader_finds_a_list_with_a_name_and_rows_in_words(bench: Bench) -> None:
    view = QAccessible.queryAccessibleInterface(bench.pane.view)
    assert view.role() == QAccessible.Role.List
    assert view.text(QAccessible.Text.Name) == "Entries"
    assert view.childCount() == len(ALL)
    row = view.child(2)
    assert row.role() == QAccessible.Role.ListItem
    assert row.text(QAccessible.Text.Name) == "First words, Mon 5 Oct, Session 4, Experience, Never share"


def test_in_a_long_list_only_what_was_in_sight_is_held(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    bench = make_bench(long_list)
    model = bench.pane._model
    assert model.rowCount() == 300 + 11
    assert len(model._kept) < 100
    bar = bench.pane.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    bench.settle()
    first, last = bench.pane.view.rows_in_sight()
    assert last == 310
    assert not model.lacking(first, last)


def test_every_pixel_belongs_to_the_row_that_is_drawn_there(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    view = make_bench(long_list).pane.view
    for value in (0, 37, 9_000, view.verticalScrollBar().maximum()):
        view.verticalScrollBar().setValue(value)
        for y in range(0, view.viewport().height(), 11):
            index = view.indexAt(QPoint(50, y))
            assert view.visualRect(index).contains(QPoint(50, y))


def test_nothing_of_the_list_outlives_it(bench: Bench) -> None:
    pane = bench.pane
    parts = [pane.view, pane.filters, pane.filters._tag_menu, pane._model, pane.source]
    pane.deleteLater()
    run_events()
    assert not [part for part in parts if shiboken6.isValid(part)]


def test_however_far_one_scrolls_a_bounded_number_of_rows_is_held(
    bench: Bench, filled: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrate.ui.pages.journal.list.model.ROWS_KEPT", 3)
    rows = first_rows(filled, "", EVERYTHING, 10)
    bench.pane._model.put(rows, 0, 1)
    assert list(bench.pane._model._kept) == [row.key for row in rows[-3:]]


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_press_opens_an_entry_and_a_heading_cannot_be_pressed(bench: Bench, filled: Journal) -> None:
    press_row(bench, 1)
    assert bench.chosen == [ids(filled)["Carrying bags"]]
    assert bench.pane.current_id() == bench.chosen[0]
    press_row(bench, 4)
    assert len(bench.chosen) == 1
    assert bench.pane.view.current_row() == 1


def test_arrows_pass_headings_by_and_open_what_they_rest_on(bench: Bench, filled: Journal) -> None:
    bench.pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    key(bench, Qt.Key.Key_Home)
    key(bench, *[Qt.Key.Key_Down] * 4)
    assert bench.pane.view.current_row() == 5
    wait_until(lambda: bool(bench.chosen))
    assert bench.chosen == [ids(filled)["The radio"]]
    key(bench, Qt.Key.Key_Up)
    assert bench.pane.view.current_row() == 3
    key(bench, Qt.Key.Key_End)
    assert bench.pane.view.current_row() == 8
    key(bench, Qt.Key.Key_PageUp)
    key(bench, Qt.Key.Key_PageUp)
    assert bench.pane.view.current_row() == 0


def test_in_one_column_arrows_open_nothing_before_enter(bench: Bench) -> None:
    bench.pane.set_width_class(WidthClass.NARROW)
    bench.pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    key(bench, Qt.Key.Key_Home, Qt.Key.Key_Down)
    assert not bench.pane._opening.isActive()
    key(bench, Qt.Key.Key_Return)
    assert len(bench.chosen) == 1


def test_enter_also_wants_the_text_and_delete_asks(bench: Bench, filled: Journal) -> None:
    wanted: list[bool] = []
    bench.pane.text_wanted.connect(lambda: wanted.append(True))
    bench.pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    key(bench, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert wanted == [True]
    key(bench, Qt.Key.Key_Delete)
    assert bench.deleted == [ids(filled)["The kitchen was quiet"]]


def test_enter_opens_the_first_one_where_a_search_was_answered_after_the_arrow(bench: Bench, filled: Journal) -> None:
    QTest.keyClicks(bench.pane.search.edit, "radio")
    QTest.keyClick(bench.pane.search.edit, Qt.Key.Key_Down)
    bench.pane.view.setCurrentIndex(bench.pane.view.model().index(0, 0))
    bench.settle()
    key(bench, Qt.Key.Key_Return)
    assert bench.chosen == [ids(filled)["The radio"]]


def test_newer_and_older_stop_at_the_ends(bench: Bench, filled: Journal) -> None:
    known = ids(filled)
    bench.pane.go(1)
    bench.pane.go(-1)
    assert bench.chosen == [known["The kitchen was quiet"]]
    bench.pane.go(1)
    assert bench.chosen[-1] == known["Carrying bags"]


def test_an_entry_far_away_is_opened_as_soon_as_it_was_read(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    bench = make_bench(long_list)
    bench.pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    key(bench, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert not bench.chosen
    wait_until(lambda: bool(bench.chosen))
    assert bench.chosen == [ids(long_list)["Day 0"]]


def test_select_shows_an_entry_wherever_it_is_and_tells_nobody(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    bench = make_bench(long_list)
    bench.pane.select(ids(long_list)["Day 3"])
    wait_until(lambda: bench.pane.view.current_row() is not None)
    row = bench.pane.view.current_row()
    first, last = bench.pane.view.rows_in_sight()
    assert row is not None
    assert first <= row <= last
    bench.settle()
    assert bench.titles()[row] == "Day 3"
    assert not bench.chosen
    bench.pane.select(None)
    assert bench.pane.view.current_row() is None
    assert bench.pane.current_id() is None


def test_select_before_the_list_is_complete_shows_when_it_is(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    bench = make_bench(long_list)
    bench.pane.filters.changed.emit()  # the list is asked for again
    wait_until(lambda: bench.pane.view.row_count() < 100)
    bench.pane.select(ids(long_list)["Day 3"])
    wait_until(lambda: bench.pane.view.current_row() is not None)
    # Its words are read when it has come into sight.
    wait_until(lambda: bench.titles()[bench.pane.view.current_row() or 0] == "Day 3")


def test_a_row_is_scrolled_to_in_the_moment_in_which_the_list_grew(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    pane = make_bench(long_list).pane
    view, model = pane.view, pane._model
    whole = Contents(entry_index(long_list, "", EVERYTHING), model.today())
    model.replace(Contents(index_of(first_rows(long_list, "", EVERYTHING, 60)), model.today()), (), forget=True)
    run_events()
    model.extend(whole)  # Qt tells the scroll bar of the new rows only in its next turn
    view.make_current(whole.rows - 1, reveal=True)
    first, last = view.rows_in_sight()
    assert first <= whole.rows - 1 <= last


# --- searching --------------------------------------------------------------------------------------------------------


def test_the_list_narrows_with_every_letter_and_esc_brings_it_back(bench: Bench) -> None:
    bench.pane.focus_search()
    type_in(bench, "rain")
    assert bench.titles() == ["First words", "December 2025", "A year ago"]
    assert bench.pane.filters._count.words() == "2"
    type_in(bench, " tent")
    assert bench.titles() == ["First words"]
    QTest.keyClick(bench.pane.search.edit, Qt.Key.Key_Escape)
    bench.settle()
    assert bench.titles() == ALL
    assert bench.pane.search.edit.hasFocus()
    QTest.keyClick(bench.pane.search.edit, Qt.Key.Key_Escape)
    assert bench.pane.view.hasFocus()


def test_only_the_last_of_many_letters_counts(bench: Bench) -> None:
    begun: list[str] = []
    bench.pane.source.begun.connect(lambda: begun.append(bench.pane.source.question.text))
    QTest.keyClicks(bench.pane.search.edit, "station")
    bench.settle()
    assert begun[-1] == "station*"
    assert "September" in bench.titles()
    assert len(bench.titles()) == 2


def test_a_word_is_found_before_it_is_typed_to_its_end(bench: Bench) -> None:
    type_in(bench, "stat")
    assert "September" in bench.titles()
    assert len(bench.titles()) == 2


def test_what_is_open_stays_selected_through_a_search_that_finds_it(bench: Bench, filled: Journal) -> None:
    bench.pane.select(ids(filled)["A year ago"])
    wait_until(lambda: bench.pane.view.current_row() == 8)
    type_in(bench, "rain")
    assert bench.pane.view.current_row() == 2
    type_in(bench, " tent")
    assert bench.pane.view.current_row() is None
    bench.pane.clear_filters()
    bench.settle()
    assert bench.pane.view.current_row() == 8
    assert not bench.chosen


def test_nothing_found_says_so_and_leads_back(bench: Bench) -> None:
    type_in(bench, "zzz")
    assert bench.pane._nothing_found.isVisible()
    assert not bench.pane._nothing_yet.isVisible()
    button(bench.pane, "Clear filters").click()
    bench.settle()
    assert bench.pane.view.isVisible()
    assert bench.titles() == ALL


def test_an_empty_journal_asks_for_the_first_words(make_bench: Callable[[Journal], Bench], empty: Journal) -> None:
    bench = make_bench(empty)
    wanted: list[bool] = []
    bench.pane.new_wanted.connect(lambda: wanted.append(True))
    button(bench.pane, "Write the first one").click()
    button(bench.pane, "New entry").click()
    assert wanted == [True, True]
    bench.do(lambda journal: add_entry(journal, Draft("One word.", at(2026, 10, 8))))
    wait_until(bench.pane.view.isVisible)
    assert bench.titles() == ["One word."]


# --- changes ----------------------------------------------------------------------------------------------------------


def test_a_save_in_place_draws_one_row_and_reads_no_list(bench: Bench, filled: Journal) -> None:
    entry_id = ids(filled)["Carrying bags"]
    resets: list[bool] = []
    bench.pane._model.modelReset.connect(lambda: resets.append(True))
    bench.do(lambda j: save_entry(j, entry_id, Draft("New words.", at(2026, 10, 6), "Lighter bags"), Sitting()))
    wait_until(lambda: bench.titles()[1] == "Lighter bags")
    assert not resets


def test_an_entry_moved_to_another_day_moves_in_the_list(bench: Bench, filled: Journal) -> None:
    entry_id = ids(filled)["Carrying bags"]
    bench.pane.select(entry_id)
    wait_until(lambda: bench.pane.view.current_row() == 1)
    bench.do(lambda j: save_entry(j, entry_id, Draft("Words.", at(2026, 9, 1), "Carrying bags"), Sitting()))
    wait_until(lambda: bench.pane.view.current_row() == 6)
    assert bench.titles()[6] == "Carrying bags"


def test_a_new_entry_is_selected_when_the_page_says_so(bench: Bench) -> None:
    made: list[UUID] = []

    def add(journal: Journal) -> object:
        added = add_entry(journal, Draft("Just now.", at(2026, 10, 8), "New"))
        made.append(added.entry_id)
        return added

    bench.do(add)
    bench.pane.select(made[0])
    wait_until(lambda: bench.titles()[0] == "New" and bench.pane.view.current_row() == 0)
    assert bench.pane.filters._count.words() == "8"


def test_a_deleted_entry_leaves_the_list(bench: Bench, filled: Journal) -> None:
    entry_id = ids(filled)["Night before"]
    bench.pane.select(entry_id)
    wait_until(lambda: bench.pane.view.current_row() == 3)
    bench.do(lambda journal: delete_entry(journal, entry_id))
    wait_until(lambda: "Night before" not in bench.titles())
    bench.settle()
    assert bench.pane.view.current_row() is None


def test_what_is_seen_stays_in_place_while_entries_come_above_it(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    bench = make_bench(long_list)
    view = bench.pane.view
    bench.pane.select(ids(long_list)["Day 3"])
    wait_until(lambda: view.current_row() is not None)
    view.verticalScrollBar().setValue(5_003)
    bench.settle()
    before = {
        bench.titles()[row]: view.visualRect(view.model().index(row, 0)).top() for row in _entries_in_sight(bench)
    }
    bench.do(lambda journal: add_entry(journal, Draft("Above.", at(2026, 10, 8), "Above")))
    wait_until(lambda: view.row_count() == 312)
    bench.settle()
    after = {bench.titles()[row]: view.visualRect(view.model().index(row, 0)).top() for row in _entries_in_sight(bench)}
    assert before == after
    assert view.current_row() == 308


def _entries_in_sight(bench: Bench) -> list[int]:
    first, last = bench.pane.view.rows_in_sight()
    return [row for row in range(first, last + 1) if bench.pane._model.contents.key_at(row) is not None]


def test_while_searching_a_save_is_searched_again(bench: Bench, filled: Journal) -> None:
    type_in(bench, "rain")
    entry_id = ids(filled)["First words"]
    bench.do(lambda j: save_entry(j, entry_id, Draft("Soft.", at(2026, 10, 5), "First words"), Sitting()))
    wait_until(lambda: bench.titles() == ["December 2025", "A year ago"])


def test_a_row_that_cannot_be_found_any_more_is_not_asked_for_again(
    make_bench: Callable[[Journal], Bench], long_list: Journal
) -> None:
    bench = make_bench(long_list)
    view, source = bench.pane.view, bench.pane.source
    reads: list[object] = []
    known = ids(long_list)
    delete_entry(long_list, known["Day 0"])  # behind the back of the list, as between two lanes
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    bench.settle()
    before = source._take_page
    source._take_page = lambda *answer: (reads.append(answer), before(*answer))  # type: ignore[method-assign]  # counted
    for _turn in range(20):
        view.viewport().repaint()
        run_events()
    assert not reads


# --- looks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "pixels"), [(WidthClass.WIDE, 312), (WidthClass.MEDIUM, 264)])
def test_it_is_as_wide_as_drawn(bench: Bench, width: WidthClass, pixels: int) -> None:
    bench.pane.set_width_class(width)
    assert bench.pane.minimumWidth() == bench.pane.maximumWidth() == pixels


def test_in_one_column_it_takes_all_there_is(bench: Bench) -> None:
    bench.pane.set_width_class(WidthClass.NARROW)
    assert bench.pane.maximumWidth() > 10_000


def test_larger_text_keeps_the_first_row_in_sight(make_bench: Callable[[Journal], Bench], long_list: Journal) -> None:
    bench = make_bench(long_list)
    view, look = bench.pane.view, bench.pane._theme.look
    view.set_offset_in(150, 0)
    bench.pane._theme.set_look(replace(look, text_size=200))
    run_events()
    assert view.rows_in_sight()[0] == 150
    assert view.visualRect(view.model().index(150, 0)).height() == 176


def test_rows_are_drawn_in_every_look(bench: Bench) -> None:
    look = bench.pane._theme.look
    pictures = set()
    for choices in ({"theme": "dark"}, {"theme": "contrast"}, {"text_size": 200}, {"theme": "light"}):
        bench.pane._theme.set_look(replace(look, **choices))
        run_events()
        image = bench.pane.view.grab().toImage()
        pictures.add(image.constBits().tobytes())
    assert len(pictures) == 4


def test_hovering_focus_and_selection_can_all_be_seen(bench: Bench) -> None:
    view = bench.pane.view
    plain = view.grab().toImage()
    QTest.mouseMove(view.viewport(), view.visualRect(view.model().index(1, 0)).center())
    run_events()
    hovered = view.grab().toImage()
    press_row(bench, 1)
    selected = view.grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    key(bench, Qt.Key.Key_Shift)
    focused = view.grab().toImage()
    place = view.visualRect(view.model().index(1, 0)).topLeft() + QPoint(150, 1)
    looks = [image.pixelColor(place).name() for image in (plain, hovered, selected, focused)]
    assert len(set(looks)) == 4, looks


def test_the_whole_list_can_be_walked_with_tab(bench: Bench) -> None:
    pane: QWidget = bench.pane
    bench.pane.focus_search()
    seen = [pane.focusWidget()]
    for _step in range(12):
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Tab)
        seen.append(pane.focusWidget())
    for part in (bench.pane.new_button, bench.pane.view, bench.pane.filters._phase, bench.pane.filters._dates):
        assert part in seen


def test_filters_leave_what_fits(bench: Bench) -> None:
    bench.pane.filters._choose_phase(Phase.PREPARE)
    bench.settle()
    assert bench.titles() == ["Night before", "December 2025", "A year ago"]
