"""Keep as an insight: from a selected sentence in Journal to a thread, and back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.domain.threads import Insight
from integrate.journal.insights import deleted_insights, find_source, list_insights
from integrate.journal.threads import ThreadView, begin_thread, list_threads
from integrate.journal.writing import save_entry
from integrate.ui.actions import all_actions, keys_of
from integrate.ui.editor.passages import select_words, selected_words
from integrate.ui.pages.journal.entry.insight_sheet import KeepSheet
from tests.conftest import Sample
from tests.ui.pages.journal_entry.journal_world import JournalWorld
from tests.ui.waiting import run_events, wait_until

SENTENCE = "I could ask sooner."


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[JournalWorld]:
    made = JournalWorld(app, tmp_path, sample)
    yield made
    made.close()


def opened(world: JournalWorld, body: str, **fields: Any) -> None:
    """An entry on the screen."""
    entry_id = world.prepare(world.written(body, **fields))[0]
    world.open_page(entry_id=entry_id)
    wait_until(lambda: world.entry.has_entry)


def _offers_three(sheet: KeepSheet) -> bool:
    return sheet.thread_field.combo.count() == 3


def insights(world: JournalWorld) -> list[Insight]:
    return [one for one in world.ask(list_insights) if isinstance(one, Insight)]


def test_a_selected_sentence_becomes_an_insight_as_the_entry_stands_now(world: JournalWorld) -> None:
    opened(world, "A long day. ", never_share=True)
    world.view.surface.moveCursor(world.view.surface.textCursor().MoveOperation.End)
    world.type_words(SENTENCE)  # not saved yet
    assert select_words(world.view.surface, SENTENCE)
    world.program.perform("keep_insight")
    sheet = world.sheet(KeepSheet)
    assert sheet.words.text() == SENTENCE
    sheet.words.set_text("Ask sooner")
    sheet.keep_button.click()
    world.wait_for_toast("Kept as an insight")
    (insight,) = insights(world)
    assert (insight.text, insight.source.quote, insight.never_share) == ("Ask sooner", SENTENCE, True)
    assert insight.source.entry_id == world.entry.current_id()
    place = world.ask(lambda journal: find_source(journal, insight))
    assert place is not None
    assert place.span == (12, 12 + len(SENTENCE))
    world.undo_toast()
    assert insights(world) == []
    assert len(world.ask(deleted_insights)) == 1


def test_a_new_entry_is_saved_first(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words(SENTENCE)
    world.view.surface.selectAll()
    world.program.perform("keep_insight")
    world.sheet(KeepSheet).keep_button.click()
    world.wait_for_toast("Kept as an insight")
    (insight,) = insights(world)
    assert insight.source.entry_id == world.listed()[0].id


def test_line_breaks_of_another_system_are_quoted_to_the_letter(world: JournalWorld) -> None:
    opened(world, "One 😀.\r\nTwo.\r\nThree.\r\n")
    assert select_words(world.view.surface, "Two.\r\nThree.")
    assert selected_words(world.view.surface) == "Two.\r\nThree."
    world.program.perform("keep_insight")
    world.sheet(KeepSheet).keep_button.click()
    world.wait_for_toast("Kept as an insight")
    assert insights(world)[0].source.quote == "Two.\r\nThree."


def test_a_thread_is_chosen_or_begun_for_it(world: JournalWorld) -> None:
    entry_id = world.prepare(world.written(SENTENCE))[0]
    with world.sample.open(clock=world.clock) as journal:
        asking = begin_thread(journal, "Asking").thread.id
    world.open_page(entry_id=entry_id)
    wait_until(lambda: world.entry.has_entry)
    for choice, name in ((asking, ""), ("new", "Sooner")):
        world.view.surface.selectAll()
        world.program.perform("keep_insight")
        sheet = world.sheet(KeepSheet)
        wait_until(partial(_offers_three, sheet))
        sheet.thread_field.set_value(choice)
        sheet.thread_field.chosen.emit(choice)
        assert sheet.name.isVisible() is (choice == "new")
        sheet.name.edit.setText(name)
        sheet.keep_button.click()
        wait_until(lambda: not [one for one in world.program.window.findChildren(KeepSheet) if one.isVisible()])
        world.wait_for_toast("Kept as an insight")
    views = [view for view in world.ask(list_threads) if isinstance(view, ThreadView)]
    assert {view.thread.name: len(view.insights) for view in views} == {"Asking": 1, "Sooner": 1}
    world.undo_toast()
    world.ask(lambda _journal: None)
    views = [view for view in world.ask(list_threads) if isinstance(view, ThreadView)]
    assert {view.thread.name: len(view.insights) for view in views} == {"Asking": 1}


def test_without_a_selection_it_says_how_it_is_done(world: JournalWorld) -> None:
    opened(world, SENTENCE)
    world.program.perform("keep_insight")
    world.wait_for_toast("Select the words first")
    assert not world.program.window.findChildren(KeepSheet)


def test_it_has_its_key_a_place_in_the_menus_and_needs_a_journal_to_write(world: JournalWorld) -> None:
    spec = next(spec for spec in all_actions() if spec.id == "keep_insight")
    assert keys_of(spec) == (QKeySequence("Ctrl+Shift+I"),)
    opened(world, SENTENCE)
    more = world.view.bar.more_button.menu()
    assert "Keep as an insight…" in [action.text() for action in more.actions()]
    world.view.surface.selectAll()
    assert [words for words, _act in world.view.surface._acts] == ["Keep as an insight…"]
    QTest.keyClick(
        world.view.surface, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    run_events()
    assert world.view.surface.text() == SENTENCE
    world.sheet(KeepSheet).close()


def test_a_journal_open_to_read_only_offers_nothing(world: JournalWorld) -> None:
    entry_id = world.prepare(world.written(SENTENCE))[0]
    world.open_page(read_only=True, entry_id=entry_id)
    wait_until(lambda: world.entry.has_entry)
    world.view.surface.selectAll()
    world.program.perform("keep_insight")
    run_events()
    assert not world.program.window.findChildren(KeepSheet)
    assert world.view.surface._acts == ()


def test_words_that_are_not_saved_yet_are_not_lost_by_a_refusal(
    world: JournalWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrate.errors import DiskFull
    from integrate.ui import saving

    opened(world, "Before. ")
    real = save_entry

    def refuse(*_arguments: object, **_options: object) -> None:
        raise DiskFull

    monkeypatch.setattr(saving, "save_entry", refuse)
    world.view.surface.moveCursor(world.view.surface.textCursor().MoveOperation.End)
    world.type_words(SENTENCE)
    select_words(world.view.surface, SENTENCE)
    world.program.perform("keep_insight")
    sheet = world.sheet(KeepSheet)
    sheet.words.set_text("Mine.")
    sheet.keep_button.click()
    wait_until(sheet.said.isVisible)
    assert sheet.words.text() == "Mine."
    assert insights(world) == []
    monkeypatch.setattr(saving, "save_entry", real)
    sheet.keep_button.click()
    world.wait_for_toast("Kept as an insight")
    assert [one.text for one in insights(world)] == ["Mine."]
