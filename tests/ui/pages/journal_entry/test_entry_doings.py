"""History, deleting and taking back, copies elsewhere, and entries that cannot be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from integrate.domain.entry import Draft
from integrate.domain.times import ZonedTime
from integrate.errors import EntryMissing
from integrate.journal.backups import back_up_if_due
from integrate.journal.deleting import delete_entry, recently_deleted
from integrate.journal.finding import get_entry
from integrate.journal.history import entry_history
from integrate.journal.opening import Access, open_journal
from integrate.journal.writing import Sitting, save_entry
from integrate.system.clock import FixedClock
from integrate.ui.pages.journal.entry.deleted_sheet import DeletedSheet, PurgeQuestion, days_left
from integrate.ui.pages.journal.entry.doings import write_text
from integrate.ui.pages.journal.entry.history_sheet import HistorySheet
from integrate.ui.pages.journal.entry.places import EntryPlaces
from integrate.ui.platform.dialogs import FileDialog
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.sheet import Question
from tests.helpers.journals import tamper
from tests.ui.pages.journal_entry.journal_world import JournalWorld, press
from tests.ui.waiting import run_events, wait_until


def with_history(world: JournalWorld) -> UUID:
    entry_id = world.prepare(world.written("one", title="Title"))[0]
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        save_entry(journal, entry_id, world.written("one two", title="Title"), Sitting())
        save_entry(journal, entry_id, world.written("one two three", title="New title"), Sitting())
    return entry_id


def test_history_shows_earlier_states_and_brings_one_back(world: JournalWorld) -> None:
    entry_id = with_history(world)
    world.open_page(entry_id=entry_id)
    wait_until(lambda: world.entry.has_entry)
    world.program.perform("history")
    sheet = world.sheet(HistorySheet)
    wait_until(lambda: sheet.rows.count() == 2)
    assert "2 words" in str(sheet.rows.item(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert sheet.preview.text() == "one two"
    press(sheet.rows, Qt.Key.Key_Down)
    assert sheet.preview.text() == "one"
    assert sheet.preview.isReadOnly()
    sheet.back_button.click()
    wait_until(lambda: world.view.surface.text() == "one")
    world.wait_for_toast("The earlier text is back")
    assert world.kept(entry_id).summary.title == "Title"
    world.undo_toast()
    wait_until(lambda: world.view.surface.text() == "one two three")
    assert world.kept(entry_id).summary.title == "New title"
    assert len(world.ask(lambda journal: entry_history(journal, entry_id))) == 4


def test_what_is_being_typed_is_saved_before_history_is_shown(world: JournalWorld) -> None:
    entry_id = world.prepare(world.written("one"))[0]
    world.open_page(entry_id=entry_id)
    wait_until(lambda: world.entry.has_entry)
    world.type_words("more ")
    world.program.perform("history")
    sheet = world.sheet(HistorySheet)
    wait_until(lambda: sheet.rows.count() == 1)
    assert sheet.preview.text() == "one"
    assert world.kept(entry_id).body == "more one"
    sheet.close()
    assert sheet.preview.text() == ""


def test_deleting_the_open_entry_shows_the_next_and_can_be_undone(world: JournalWorld) -> None:
    day = timedelta(days=1)
    drafts = [world.written(name, at=replace_at(world, -number * day)) for number, name in enumerate("abc")]
    first, second, third = world.prepare(*drafts)
    world.open_page(entry_id=second)
    wait_until(lambda: world.entry.has_entry)
    wait_until(lambda: world.journal_page.list.view.current_row() is not None)
    world.type_words("x")
    world.program.perform("delete_entry")
    world.wait_for_toast("Entry moved to Recently deleted")
    wait_until(lambda: world.entry.current_id() == third and world.entry.has_entry)
    assert {entry.id for entry in world.listed()} == {first, third}
    world.undo_toast()
    wait_until(lambda: world.entry.current_id() == second and world.entry.has_entry)
    assert world.view.surface.text() == "xb"
    assert len(world.listed()) == 3


def replace_at(world: JournalWorld, by: timedelta) -> ZonedTime:
    at = world.written("").at
    return replace(at, instant=at.instant + by)


def test_deleting_in_the_list_by_key_leaves_the_open_entry_alone(world: JournalWorld) -> None:
    first, second = world.prepare(world.written("first"), world.written("second"))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.journal_page.list.delete_wanted.emit(second)
    wait_until(lambda: [entry.id for entry in world.listed()] == [first])
    assert world.entry.current_id() == first


def test_deleting_a_new_entry_that_was_not_saved_yet(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words("not sure")
    world.program.perform("delete_entry")
    wait_until(lambda: len(world.ask(recently_deleted)) == 1)
    assert world.listed() == []
    assert not world.entry.places.shows_entry


def test_recently_deleted_takes_back(world: JournalWorld) -> None:
    first = world.prepare(world.written("first", title="A title"))[0]
    world.open_page()
    world.ask(lambda journal: delete_entry(journal, first))
    world.shell.perform("recently_deleted")
    sheet = world.sheet(DeletedSheet)
    wait_until(lambda: sheet.rows.count() == 1)
    words = str(sheet.rows.item(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "A title" in words
    assert "30 days left" in words
    sheet.back_button.click()
    wait_until(lambda: sheet.rows.count() == 0)
    assert [entry.id for entry in world.listed()] == [first]
    assert sheet.hint.words() == "Nothing was deleted lately."


@pytest.mark.parametrize("backups_too", [False, True])
def test_for_good_is_asked_first_and_takes_the_backups_where_wanted(world: JournalWorld, backups_too: bool) -> None:
    first = world.prepare(world.written("first", title="A title"))[0]
    world.open_page()
    world.clock.advance(timedelta(minutes=3))
    before = world.ask(back_up_if_due)
    assert before is not None
    world.ask(lambda journal: delete_entry(journal, first))
    world.shell.go("today")
    world.shell.perform("recently_deleted")
    sheet = world.sheet(DeletedSheet)
    wait_until(lambda: sheet.rows.count() == 1)
    sheet.purge_button.click()
    question = world.sheet(PurgeQuestion)
    assert question.heading.words() == "Delete “A title” for good?"
    assert question.text.words() == (
        "It cannot be brought back. Files you shared keep their own copy. Automatic backups can hold it for up to 12 "
        "months."
    )
    assert question.backups.text() == (
        "Also delete automatic backups made before now (a new verified one is made first)"
    )
    assert question.buttons["keep"].hasFocus()
    press(question.buttons["keep"], Qt.Key.Key_Escape)
    run_events()
    assert len(world.ask(recently_deleted)) == 1

    sheet.purge_button.click()
    question = world.sheet(PurgeQuestion)
    question.backups.setChecked(backups_too)
    question.buttons["purge"].click()
    wait_until(lambda: sheet.rows.count() == 0)
    with pytest.raises(AssertionError, match="EntryMissing"):
        world.ask(lambda journal: get_entry(journal, first))
    world.wait_for_toast("earlier automatic ones are deleted" if backups_too else "Deleted for good")
    assert before.file.exists() is not backups_too


def test_days_that_are_left(clock: FixedClock) -> None:
    now = clock.now()
    assert days_left(now, now) == 30
    assert days_left(now - timedelta(days=29, hours=23), now) == 1
    assert days_left(now - timedelta(days=31), now) == 0


def test_a_copy_of_the_text_goes_where_the_person_wants_after_a_warning(world: JournalWorld, tmp_path: Path) -> None:
    first = world.prepare(world.written("My words.", title="A title"))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.entry._copy_elsewhere()
    question = world.sheet(Question)
    assert question.text.words() == "This file is not protected. Anyone who has it can read it."
    question.buttons["save"].click()
    dialog = next(found for found in world.program.window.findChildren(FileDialog))
    name = Path(dialog.selectedFiles()[0]).name
    assert name == "entry-2026-10-08.md"
    target = tmp_path / name
    dialog.close()
    world.entry.doings._write_copy(world.entry._compose(), target)
    world.wait_for_toast(f"Saved as {name}")
    assert target.read_text("utf-8") == "# A title\n\nMy words."


def test_a_copy_never_replaces_a_file(tmp_path: Path, world: JournalWorld) -> None:
    target = tmp_path / "there.md"
    target.write_text("mine")
    with pytest.raises(Exception, match=r"target-exists|already something"):
        write_text(Draft("new", world.written("").at), target)
    assert target.read_text() == "mine"


def state_of(places: EntryPlaces) -> EmptyState:
    widget = places.currentWidget()
    state = widget.findChild(EmptyState) if widget is not None else None
    assert isinstance(state, EmptyState)
    return state


def test_a_damaged_text_is_said_and_what_is_left_can_be_seen(world: JournalWorld) -> None:
    first, second = world.prepare(world.written("first words", title="A title"), world.written("second"))
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        tamper(journal, "UPDATE entry_text SET body = 'else' WHERE body = 'first words'")
    world.open_page(entry_id=first)
    wait_until(lambda: state_of(world.entry.places).title.words() == "This entry could not be read.")
    state = state_of(world.entry.places)
    assert state.text.words() == "The rest is fine."
    assert state.button is not None
    assert state.button.text() == "Show what is left"
    state.button.click()
    wait_until(lambda: world.entry.places.shows_entry)
    assert world.view.header.title.text() == "A title"
    assert world.view.surface.text() == "first words"
    assert world.view.surface.isReadOnly()
    world.type_words("no")
    world.show(second)
    assert world.view.surface.text() == "second"
    assert not world.view.surface.isReadOnly()


def test_a_damaged_row_has_nothing_left(world: JournalWorld) -> None:
    first = world.prepare(world.written("first words", title="A title"))[0]
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE, clock=world.clock) as journal:
        tamper(journal, "UPDATE entry SET title = 'else'")
    world.open_page(entry_id=first)
    wait_until(lambda: state_of(world.entry.places).title.words() == "This entry could not be read.")
    button = state_of(world.entry.places).button
    assert button is not None
    button.click()
    wait_until(lambda: state_of(world.entry.places).button is None)


def test_an_entry_that_is_gone_shows_nothing(world: JournalWorld) -> None:
    world.open_page(entry_id=UUID(int=7))
    wait_until(lambda: world.entry._coming is None)
    assert not world.entry.places.shows_entry
    assert EntryMissing.code == "entry-missing"
