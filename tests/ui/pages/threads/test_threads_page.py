"""The Threads page: what it shows, how it is laid out, and the threads themselves."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from integrate.domain.sessions import LineKind
from integrate.domain.threads import Station, ThreadState
from integrate.journal.insights import add_insight
from integrate.journal.opening import Journal
from integrate.journal.practices import begin_practice
from integrate.journal.sessions import add_line, list_lines
from integrate.journal.threads import begin_thread, deleted_threads, link_item
from integrate.ui.pages.threads.choose_sheet import ChooseSheet
from integrate.ui.pages.threads.new_sheet import NewThreadSheet
from integrate.ui.pages.threads.row import ThreadRow
from integrate.ui.pages.threads.thread_sheet import ThreadSheet
from integrate.ui.widgets.text import Text
from tests.helpers.courses import a_session, planned
from tests.helpers.journals import tamper
from tests.ui.pages.threads.threads_world import ThreadsWorld, buttons, press, words_on
from tests.ui.waiting import run_events, wait_until


def test_without_a_thread_the_page_says_how_one_begins(world: ThreadsWorld) -> None:
    world.open_page()
    assert "Threads begin with an intention." in words_on(world.threads)
    assert not world.threads.chips.isVisible()
    assert not world.threads.letters.isVisible()
    press(world.threads, "Set one")
    assert world.sheet(NewThreadSheet).isVisible()


def test_the_latest_session_comes_first_and_the_chips_say_how_many_there_are(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    assert [row.view.thread.name for row in world.threads.rows.rows()] == ["Softness", "Asking", "Dad", "Tired"]
    chips = world.threads.chips
    assert [chips.chip(state).words() for state in ThreadState] == ["Open, 4", "Resting, 1", "Closed, 2"]
    chips.chip(ThreadState.CLOSED).click()
    world.settle()
    assert {row.view.thread.name for row in world.threads.rows.rows()} == {"Work", "The move"}
    chips.chip(ThreadState.RESTING).click()
    assert [row.view.thread.name for row in world.threads.rows.rows()] == ["Sleep"]


def test_each_station_says_what_hangs_there_when_and_where(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    said = words_on(world.row("Softness"))
    assert "Session 4 · 3 Oct" in said, "the day it was set, which was not that of its session"
    assert "Session 4, 14:52" in said
    assert "Tue 6 Oct" in said
    assert "When it suits you. Since yesterday." in said
    assert said.count("Never share") == 2  # the insight from an entry that is, and the practice from that
    assert "Thursdays. Next one: today." in words_on(world.row("Asking"))
    assert "When it suits you. Resting." in words_on(world.row("Dad"))
    assert "When it suits you. Too soon to say." in words_on(world.row("Tired"))


def test_what_is_open_is_dotted_and_nothing_is_flagged(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    tired, softness = world.row("Tired"), world.row("Softness")
    assert [cell.is_open for cell in tired.cells] == [False, False, True, False]
    assert "Nothing yet. Some threads stay open." in words_on(tired)
    assert buttons(tired, "Add a thought")
    assert _thread_pixels(tired, 2) < _thread_pixels(softness, 2) * 0.7
    assert _thread_pixels(tired, 0) == pytest.approx(_thread_pixels(softness, 0), rel=0.1)


def _thread_pixels(row: ThreadRow, gap: int) -> int:
    """How much of the line's colour is between two nodes."""
    picture, colour = row.grab().toImage(), row._theme.color("thread")
    nodes = row._nodes()
    left, right, y = int(nodes[gap].x()) + 12, int(nodes[gap + 1].x()) - 12, int(nodes[gap].y())
    near = [picture.pixelColor(x, z) for x in range(left, right) for z in range(y - 4, y + 12)]
    return sum(_alike(pixel, colour) for pixel in near)


def _alike(pixel: QColor, colour: QColor) -> bool:
    return abs(pixel.red() - colour.red()) + abs(pixel.blue() - colour.blue()) < 90


@pytest.mark.parametrize(
    ("width", "text"),
    [
        (1280, 100),
        (720, 200),
        pytest.param(960, 100, marks=pytest.mark.hard),
        pytest.param(720, 100, marks=pytest.mark.hard),
        pytest.param(1280, 200, marks=pytest.mark.hard),
    ],
)
def test_no_word_is_cut_off_and_a_narrow_window_lets_threads_run_downwards(
    world: ThreadsWorld, width: int, text: int
) -> None:
    world.course()
    world.open_page()
    world.program.change_settings(text_size=text)
    world.program.window.resize(width, 832)
    world.settle()
    page = world.threads
    narrow = width / text * 100 < 960
    assert page._heads.isVisible() is not narrow
    for row in page.rows.rows():
        nodes = row._nodes()
        assert (nodes[0].y() < nodes[3].y()) is narrow
        assert (nodes[0].x() < nodes[3].x()) is not narrow
        for part in row.cells:
            assert row.rect().contains(part.geometry())
            assert part.height() >= part.heightForWidth(part.width())
        for one in row.findChildren(Text):
            if one.isVisible() and one.words():
                assert one.height() >= one.heightForWidth(one.width()) or not one.hasHeightForWidth(), one.words()
                assert one.width() >= one.minimumSizeHint().width(), one.words()
    assert page._body.width() <= page.width()


def test_the_keyboard_reaches_every_part_of_a_thread_and_each_has_a_name_of_its_own(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    parts = [part for part in world.threads.findChildren(QAbstractButton) if part.isVisible() and part.isEnabled()]
    names = [(part.accessibleName() or part.text(), part.accessibleDescription()) for part in parts]
    assert all(name for name, _does in names)
    assert len(set(names)) == len(names)
    reached: set[object] = set()
    world.threads.title.setFocus()
    for _stop in range(80):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    chips = [world.threads.chips.chip(state) for state in ThreadState]
    assert {part for part in parts if part not in chips} <= reached
    assert any(chip in reached for chip in chips)


def test_a_thread_is_renamed_rested_closed_and_opened_again(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page(thread_id=course.softness)
    sheet = world.sheet(ThreadSheet)
    sheet.name.edit.setText("Gentle")
    QTest.keyClick(sheet.name.edit, Qt.Key.Key_Return)
    sheet.states[ThreadState.RESTING].click()
    world.settle()
    assert world.kept("Gentle").thread.state is ThreadState.RESTING
    assert sheet.heading.words() == "Gentle"
    sheet.states[ThreadState.CLOSED].click()
    world.settle()
    assert world.kept("Gentle").thread.state is ThreadState.CLOSED
    sheet.states[ThreadState.OPEN].click()
    sheet.name.edit.setText("  Gentler   still ")
    sheet.close()
    world.settle()
    assert world.kept("Gentler still").thread.state is ThreadState.OPEN
    assert world.row("Gentler still").isVisible()


def test_a_thread_that_is_deleted_comes_back_with_undo(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page(thread_id=course.softness)
    world.sheet(ThreadSheet).delete_button.click()
    world.wait_for_toast("Thread moved to Recently deleted")
    world.settle()
    assert world.no_sheet()
    assert [row.view.thread.name for row in world.threads.rows.rows()] == ["Asking", "Dad", "Tired"]
    assert len(world.ask(deleted_threads)) == 1
    world.undo_toast()
    assert len(world.kept("Softness").insights) == 1
    assert world.row("Softness").isVisible()


def test_things_are_hung_on_a_thread_and_taken_off_by_ticking_them(world: ThreadsWorld) -> None:
    course = world.course()
    world.open_page(thread_id=course.softness)
    sheet = world.sheet(ThreadSheet)
    press(sheet, "Intention: Choose")
    choose = world.sheet(ChooseSheet)
    wait_until(lambda: len(choose.boxes) == 4)
    first = next(iter(choose.boxes))
    assert first == course.line
    assert choose.boxes[first].isChecked()
    assert [box.isChecked() for box in choose.boxes.values()] == [True, False, False, False]
    choose.boxes[first].click()
    list(choose.boxes.values())[1].click()
    world.settle()
    choose.close()
    world.settle()
    hopes = [line.text for line in world.kept("Softness").intentions]  # type: ignore[union-attr]  # readable
    assert hopes == ["To let someone see me before I am fine."]
    press(sheet, "Take “To let someone see me")
    world.settle()
    assert not world.kept("Softness").intentions
    assert len(world.ask(lambda journal: list_lines(journal, course.sessions[3], LineKind.INTENTION))) == 1


def test_moments_are_chosen_session_by_session(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    world.threads.doings.choose(world.row("Softness").view, Station.MET)
    choose = world.sheet(ChooseSheet)
    wait_until(lambda: len(choose.boxes) == 1)
    assert choose.session.combo.currentText() == "Session 4 · 4 Oct"
    choose.session.combo.setCurrentIndex(2)
    choose.session.combo.activated.emit(2)
    wait_until(lambda: any("radio" in box.text() for box in choose.boxes.values()))
    next(iter(choose.boxes.values())).click()
    world.settle()
    choose.close()
    world.settle()
    assert len(world.kept("Softness").moments) == 2
    assert "Session 2, 14:52" in words_on(world.row("Softness"))


def test_a_new_thread_begins_with_an_intention_that_is_there(world: ThreadsWorld) -> None:
    course = world.course()
    line = world.prepare(
        lambda journal: add_line(journal, course.sessions[3], LineKind.INTENTION, "To sleep without listening.").line.id
    )
    world.open_page(new=True)
    sheet = world.sheet(NewThreadSheet)
    wait_until(sheet.start.isVisible)
    sheet.start.combo.setCurrentIndex(1)  # the one that hangs on no thread yet stands first
    sheet.start.combo.activated.emit(1)
    assert sheet.start.value() == line
    assert sheet.words is not None
    assert not sheet.words.isVisible()
    sheet.name.edit.setText("Night")
    sheet.begin_button.click()
    world.settle()
    assert world.no_sheet()
    view = world.kept("Night")
    assert [one.id for one in view.intentions] == [line]
    assert world.row("Night").isVisible()


def test_words_of_its_own_become_an_intention_of_the_coming_session(world: ThreadsWorld) -> None:
    world.course()
    coming = world.prepare(lambda journal: a_session(journal, planned(date(2026, 10, 18))).id)
    world.open_page(new=True)
    sheet = world.sheet(NewThreadSheet)
    assert sheet.words is not None
    sheet.begin_button.click()
    assert sheet.words.error() == "One word is enough."
    assert sheet.session.combo.currentText() == "Session 5 · planned for 18 Oct"
    sheet.words.set_text("To ask for help\nearlier")
    sheet.begin_button.click()
    world.settle()
    lines = world.ask(lambda journal: list_lines(journal, coming, LineKind.INTENTION))
    assert [line.text for line in lines] == ["To ask for help\nearlier"]  # type: ignore[union-attr]  # readable
    assert world.threads.rows.rows()[0].view.intentions == lines


def test_words_of_its_own_without_a_session_are_the_name(world: ThreadsWorld) -> None:
    world.open_page(new=True)
    sheet = world.sheet(NewThreadSheet)
    assert sheet.words is not None
    assert not sheet.session.isVisible()
    sheet.words.set_text("Being outside,\nmore often")
    sheet.begin_button.click()
    world.settle()
    assert world.row("Being outside, more often").view.intentions == ()


def test_what_was_written_and_not_saved_is_there_again(world: ThreadsWorld) -> None:
    world.open_page(new=True)
    sheet = world.sheet(NewThreadSheet)
    assert sheet.words is not None
    sheet.words.set_text("Half a thought")
    QTest.keyClick(sheet.words.edit, Qt.Key.Key_Escape)
    world.wait_for_toast("Closed without saving.")
    world.undo_toast()
    again = world.sheet(NewThreadSheet)
    assert again.words is not None
    assert again.words.text() == "Half a thought"
    again.begin_button.click()
    world.settle()
    world.threads.doings.new_thread()
    third = world.sheet(NewThreadSheet)
    assert third.words is not None
    assert third.words.text() == ""


def test_what_is_damaged_is_named_in_its_place(world: ThreadsWorld) -> None:
    course = world.course()
    with world.sample.open(clock=world.clock) as journal:
        tamper(journal, "UPDATE insight SET text = 'else' WHERE id = ?", course.insight.bytes)
        tamper(journal, "UPDATE thread SET name = 'else' WHERE name = 'Dad'")
    world.open_page()
    said = words_on(world.threads)
    assert "This insight could not be read. The rest is fine." in said
    assert "This thread could not be read. The rest is fine." in said
    assert not any("I talk to myself" in words for words in said)
    world.threads.chips.chip(ThreadState.RESTING).click()
    world.settle()
    assert "This thread could not be read. The rest is fine." in words_on(world.threads)


def test_what_hangs_on_no_thread_is_shown_below(world: ThreadsWorld) -> None:
    world.course()
    world.prepare(lambda journal: add_insight(journal, "A thought of its own."))
    world.prepare(lambda journal: begin_practice(journal, "Tea, slowly."))
    world.open_page()
    assert [one.accessibleName() for one in buttons(world.threads.loose, "")][:2] == [
        "Insight: A thought of its own.",
        "Practice: Tea, slowly.",
    ]


def test_many_things_at_a_station_and_a_pasted_novel_keep_the_row_small(world: ThreadsWorld) -> None:
    course = world.course()

    def fill(journal: Journal) -> None:
        for number in range(6):
            words = "So much to say. " * 4000 if number == 0 else f"Thought {number}"
            insight = add_insight(journal, words).insight.id
            link_item(journal, course.softness, Station.INSIGHT, insight)

    world.prepare(fill)
    world.open_page()
    row = world.row("Softness")
    assert row.height() < 700
    press(row, "4 more, Insight of “Softness”")
    assert len(buttons(world.sheet(ThreadSheet), "Insight: Thought")) == 5


def test_a_change_elsewhere_leaves_the_focus_where_it_is(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    row = world.row("Asking")
    row.name.setFocus()
    kept = world.row("Softness")
    world.ask(lambda journal: link_item(journal, row.view.thread.id, Station.INSIGHT, _an_insight(journal)))
    world.settle()
    assert world.row("Softness") is kept
    assert world.row("Asking") is not row
    assert QApplication.focusWidget() is world.row("Asking").name


def _an_insight(journal: Journal) -> UUID:
    return add_insight(journal, "New here.").insight.id


def test_a_journal_open_to_read_only_offers_no_change(world: ThreadsWorld) -> None:
    world.course()
    world.open_page(read_only=True)
    page = world.threads
    assert not page.new_button.isVisible()
    for words in ("It helped", "Add a thought", "Write a letter", "Delete"):
        assert not buttons(page, words), words
    page.doings.open_thread(world.row("Softness").view)
    sheet = world.sheet(ThreadSheet)
    assert not buttons(sheet, "Take “")
    assert not sheet.delete_button.isVisible()
    assert not sheet.states[ThreadState.CLOSED].isEnabled()
    sheet.close()


def test_after_a_lock_nothing_of_it_is_left(world: ThreadsWorld) -> None:
    world.course()
    world.open_page()
    page = world.threads
    page.doings.add_thought(None)
    run_events()
    doings = page.doings
    world.lock()
    assert doings.shown is None
    assert not doings._kept


def test_thousands_of_threads_are_shown_a_few_at_a_time(world: ThreadsWorld) -> None:
    world.prepare(lambda journal: [begin_thread(journal, f"Thread {number}") for number in range(40)])
    world.open_page()
    page = world.threads
    shown = page.doings.shown
    assert shown is not None
    page.rows.show_threads((), shown.today)
    page.rows.show_threads(shown.views(), shown.today)
    assert len(page.rows.rows()) == 4
    assert page.rows.count() == 40
    wait_until(lambda: len(page.rows.rows()) == 40)
