"""The Journal page as a whole: list and entry together, actions, keys, focus and room."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from integrate.domain.entry import Phase, SessionRef
from integrate.domain.times import ZonedTime
from integrate.ui.editor import autosave
from integrate.ui.editor.autosave import Stage
from tests.conftest import Sample
from tests.ui.pages.journal_entry.journal_world import JournalWorld, focused, press
from tests.ui.waiting import run_events, wait_until

OPENING = 0.05  # seconds of the main thread that opening an entry may take
KEY = 0.008  # seconds for a key, page and all


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[JournalWorld]:
    made = JournalWorld(app, tmp_path, sample)
    yield made
    made.close()


def three(world: JournalWorld) -> list[object]:
    now = world.clock.now()
    drafts = [
        world.written(f"text {number}", title=f"Title {number}", at=ZonedTime(now - timedelta(days=number), "UTC"))
        for number in range(3)
    ]
    return list(world.prepare(*drafts))


def test_nothing_is_open_at_first_and_the_heading_has_the_focus(world: JournalWorld) -> None:
    three(world)
    world.open_page()
    assert not world.entry.places.shows_entry
    assert focused() is world.journal_page.list.title


def test_choosing_in_the_list_shows_the_entry_and_enter_goes_to_its_text(world: JournalWorld) -> None:
    three(world)
    world.open_page()
    page = world.journal_page
    wait_until(lambda: page.list.source.count == 3)
    page.list.focus_list()
    press(page.list.view, Qt.Key.Key_Down)
    press(page.list.view, Qt.Key.Key_Return)
    wait_until(lambda: world.entry.has_entry and bool(world.view.surface.text()))
    assert focused() is world.view.surface


def test_older_and_newer(world: JournalWorld) -> None:
    first, second, _third = three(world)
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry and world.journal_page.list.view.current_row() is not None)
    world.program.perform("older_entry")
    wait_until(lambda: world.entry.current_id() == second and world.entry.has_entry)
    world.program.perform("newer_entry")
    wait_until(lambda: world.entry.current_id() == first and world.entry.has_entry)


def test_a_new_entry_from_elsewhere_brings_its_phase(world: JournalWorld) -> None:
    world.open_page()
    world.shell.go("today")
    world.shell.go("journal", new=True, phase=Phase.EXPERIENCE, session=SessionRef(1, 4))
    assert focused() is world.view.surface
    world.type_words("blue")
    world.settle()
    assert world.kept().summary.phase is Phase.EXPERIENCE
    assert world.kept().summary.session == SessionRef(1, 4)


def test_leaving_the_page_saves(world: JournalWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "PAUSE", 600.0)
    monkeypatch.setattr(autosave, "CEILING", 600.0)
    world.open_page(new=True)
    page = world.journal_page
    world.type_words("gone to today")
    world.shell.go("today")
    wait_until(lambda: page.entry.keepers.state().stage is Stage.SAVED)
    world.shell.go("journal")
    assert world.kept().body == "gone to today"


def test_losing_the_window_saves(world: JournalWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "PAUSE", 600.0)
    monkeypatch.setattr(autosave, "CEILING", 600.0)
    from PySide6.QtWidgets import QWidget

    world.open_page(new=True)
    world.type_words("gone for tea")
    other = QWidget()
    other.show()
    other.activateWindow()
    wait_until(other.isActiveWindow)
    wait_until(lambda: world.entry.keepers.state().stage is Stage.SAVED)
    other.close()
    other.deleteLater()
    assert world.kept().body == "gone for tea"


def test_search_goes_to_the_field(world: JournalWorld) -> None:
    three(world)
    world.open_page()
    world.shell.go("today")
    world.program.perform("search")
    assert focused() is world.journal_page.list.search.edit


def test_esc_closes_one_thing_after_another_and_no_word_is_lost(world: JournalWorld) -> None:
    first, *_others = three(world)
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.type_words("mine ")
    page, view = world.journal_page, world.view
    page.list.search.edit.setText("text")
    world.program.perform("find_in_entry")
    assert view.find_bar.isVisible()
    view.focus_text()
    press(view.surface, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    assert page.list.search.text() == "text"
    press(view.surface, Qt.Key.Key_Escape)
    assert page.list.search.text() == ""
    world.program.perform("writing_only")
    assert not page.list.isVisible()
    press(view.surface, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert view.surface.text() == "mine text 0"


def test_writing_only_leaves_the_words_and_help_now(world: JournalWorld) -> None:
    first, *_others = three(world)
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.program.perform("writing_only")
    view = world.view
    wait_until(lambda: world.shell.writing_only)
    assert not view.bar.isVisible()
    assert not world.journal_page.list.isVisible()
    assert world.shell._floating_help.isVisible()
    words, help_now = view.foot.words, world.shell._floating_help
    wait_until(lambda: words.mapTo(world.shell, words.rect().topLeft()).x() > help_now.geometry().right())
    assert view.foot.leave_button.isVisible()
    view.surface.setFocus()
    for _line in range(40):
        press(view.surface, Qt.Key.Key_Return)
    assert view.surface.cursorRect().bottom() <= view.surface.viewport().height() * 0.62
    view.foot.leave_button.click()
    assert not world.shell.writing_only
    assert view.bar.isVisible()


def test_another_page_ends_writing_only(world: JournalWorld) -> None:
    first, *_others = three(world)
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.program.perform("writing_only")
    world.shell.go("today")
    world.shell.go("journal")
    assert world.journal_page.list.isVisible()
    assert not world.shell.writing_only


def test_undo_goes_to_the_text_and_then_to_the_toast(world: JournalWorld) -> None:
    first, second, _third = three(world)
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.type_words("x")
    press(world.view.surface, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert world.view.surface.text() == "text 0"
    world.journal_page.list.delete_wanted.emit(second)
    world.wait_for_toast("Entry moved to Recently deleted")
    world.view.focus_text()
    press(world.view.surface, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: len(world.listed()) == 3)


def test_regions_go_round_list_and_entry(world: JournalWorld) -> None:
    first, *_others = three(world)
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    page, view = world.journal_page, world.view
    assert tuple(page.regions()) == (page.list.search, page.list.view, view.bar, view.surface)
    page.list.search.edit.setFocus()
    for region in (page.list.view, view.bar, view.surface):
        world.program.perform("next_region")
        now = focused()
        assert now is not None
        assert now is region or region.isAncestorOf(now)


def test_everything_that_takes_the_focus_has_a_name(world: JournalWorld) -> None:
    from PySide6.QtGui import QAccessible

    first, *_others = three(world)
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    from PySide6.QtWidgets import QWidget

    nameless = [
        part
        for part in world.journal_page.findChildren(QWidget)
        if part.isVisible()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_a_narrow_window_shows_one_half(world: JournalWorld) -> None:
    first, *_others = three(world)
    world.open_page()
    world.program.window.resize(720, 700)
    page = world.journal_page
    wait_until(lambda: not page.entry.isVisible())
    assert page.list.isVisible()
    world.show(first)  # type: ignore[arg-type]  # an id
    assert page.entry.isVisible()
    assert not page.list.isVisible()
    world.view.bar.back_button.click()
    assert page.list.isVisible()
    world.program.perform("new_entry")
    assert page.entry.isVisible()
    world.program.perform("search")
    assert page.list.isVisible()


def test_nothing_is_written_in_a_journal_open_to_read_only(world: JournalWorld) -> None:
    three(world)
    world.open_page(read_only=True, new=True)
    assert not world.entry.places.shows_entry


def test_spelling_marks_words_and_learns_them(world: JournalWorld) -> None:
    world.open_page(new=True)
    surface = world.view.surface
    wait_until(lambda: surface._proofreader.speller is not None)
    speller = surface._proofreader.speller
    assert speller is not None
    assert not speller.check("psiloxyz")
    surface.word_added.emit("psiloxyz")
    wait_until(lambda: world.journal_page.desk.preferences.own_words == ("psiloxyz",))
    world.journal_page.desk.change_preferences(world.journal_page, spelling="")
    wait_until(lambda: surface._proofreader.speller is None)


def test_opening_and_typing_are_quick(world: JournalWorld) -> None:
    body = "I keep coming back to the hand on my shoulder. " * 120
    first, second = world.prepare(world.written(body), world.written(body, title="Another", tags=("a", "b")))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.show(second)
    best = 1.0
    for entry_id in (first, second, first, second):
        spent = time.process_time()
        began = time.thread_time()
        world.entry.show_entry(entry_id)
        asked = time.thread_time() - began
        wait_until(lambda: world.entry._coming is None)
        opened = world.entry
        began = time.thread_time()
        opened._show(None)
        best = min(best, asked + time.thread_time() - began)
        assert time.process_time() >= spent
    assert best < OPENING
    surface = world.view.surface
    began = time.thread_time()
    QTest.keyClicks(surface, "a b c d e f g h i j k l m n o p q r s t")
    assert (time.thread_time() - began) / 39 < KEY
    run_events()


def test_tab_goes_in_the_order_one_sees(world: JournalWorld) -> None:
    now = ZonedTime(world.clock.now(), "Europe/Lisbon")
    first = world.prepare(world.written("words", title="Title", tags=("a", "b"), at=now))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    bar, header = world.view.bar, world.view.header
    bar.tags_button.setChecked(True)
    order = [
        bar.phase, bar.session, bar.mood, bar.tags_button, *bar._tag_chips, bar.add_tag, bar.never_share.switch,
        bar.focus_button, bar.more_button, header.moment, header.title, world.view.surface,
    ]  # fmt: skip
    order[0].setFocus()
    met = []
    for _stop in order:
        now_focused = focused()
        assert now_focused is not None
        met.append(now_focused)
        QTest.keyClick(now_focused, Qt.Key.Key_Tab)
    assert met == order


def test_tags_without_room_in_one_line_wait_behind_a_chip(world: JournalWorld) -> None:
    tags = ("a long walk", "sleep", "small step")
    first, second = world.prepare(world.written("words", tags=tags), world.written("others", tags=tags))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    bar = world.view.bar
    assert bar.tags_button.isVisible()
    assert bar.tags_button.accessibleName() == "Tags: a long walk, sleep, small step"
    assert not any(chip.isVisible() for chip in (*bar._tag_chips, bar.add_tag))
    low = bar.height()
    bar.tags_button.click()
    run_events()
    assert all(chip.isVisible() for chip in (*bar._tag_chips, bar.add_tag))
    assert bar.height() > low
    world.show(second)
    assert not bar.tags_button.isChecked()


def test_one_who_adds_a_tag_sees_it(world: JournalWorld) -> None:
    first = world.prepare(world.written("words", tags=("a long walk", "sleep")))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    bar = world.view.bar
    bar.tags_button.click()
    bar.add_tag.click()
    bar.tag_field.added.emit("small step")
    assert [chip.tag for chip in bar._tag_chips if chip.isVisible()] == ["a long walk", "sleep", "small step"]


def test_an_empty_journal_offers_one_way_to_begin(world: JournalWorld) -> None:
    world.open_page()
    page = world.journal_page
    wait_until(lambda: page.list.source.count == 0)
    run_events()
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "So is a single word." in words
    assert "Choose an entry to read it here." not in words
