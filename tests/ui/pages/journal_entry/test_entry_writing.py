"""Writing an entry: when something of it is on the disk, and when nothing is."""

from __future__ import annotations

import gc
import threading
from datetime import timedelta
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor

from integrate.domain.entry import Entry, Phase, SessionRef
from integrate.domain.prompts import Prompt
from integrate.errors import DiskFull
from integrate.journal.deleting import purge_entry, recently_deleted
from integrate.journal.finding import get_entry, list_entries
from integrate.journal.opening import Journal
from integrate.journal.prompts import built_in_pack
from integrate.journal.writing import Sitting, save_entry
from integrate.ui import saving
from integrate.ui.editor.autosave import Stage
from integrate.ui.pages.journal.entry.keeper import Keeper
from integrate.ui.pages.journal.entry.pane import EntryPane
from tests.ui.pages.journal_entry.journal_world import JournalWorld, press
from tests.ui.waiting import run_events, wait_until

TENDER: Prompt = next(prompt for prompt in built_in_pack().prompts if prompt.tender)


def test_what_is_written_reaches_the_disk_by_itself_and_the_list_shows_it(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words("The bus did not come.")
    assert world.listed() == []

    wait_until(lambda: world.entry.keepers.state().stage is Stage.SAVED)

    assert world.kept().body == "The bus did not come."
    assert world.journal_page.list.current_id() == world.entry.current_id()
    assert world.view.foot.status.words() == "Saved, encrypted on this computer at 19:24"
    wait_until(lambda: world.view.foot.words.words() == "5 words")
    assert world.journal_page.list.filters.which() is not None


def test_a_new_entry_without_a_word_leaves_nothing(world: JournalWorld) -> None:
    old = world.prepare(world.written("old"))[0]
    world.open_page(new=True, prompt_id=TENDER.id)
    world.view.bar.phase_chosen.emit(Phase.INTEGRATE)
    world.view.bar.mood.chosen.emit(7)
    world.journal_page.flush()
    world.show(old)
    world.settle()
    assert [entry.id for entry in world.listed()] == [old]
    assert world.journal_page.desk.preferences.phase is Phase.INTEGRATE


def test_a_new_entry_that_was_emptied_again_goes_out_of_the_list(world: JournalWorld) -> None:
    old = world.prepare(world.written("old"))[0]
    world.open_page(new=True)
    world.type_words("a")
    world.settle()
    born = world.entry.current_id()
    assert born is not None
    press(world.view.surface, Qt.Key.Key_Backspace)
    world.show(old)
    world.settle()
    wait_until(lambda: [entry.id for entry in world.listed()] == [old])
    assert [entry.id for entry in world.ask(recently_deleted)] == [born]


def test_words_typed_and_taken_back_before_the_first_save_are_no_entry(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words("a")
    press(world.view.surface, Qt.Key.Key_Backspace)
    wait_until(lambda: world.entry.keepers.state().stage is Stage.SAVED)
    assert world.listed() == []
    assert world.view.foot.status.words() == ""


def test_an_existing_entry_that_is_emptied_stays(world: JournalWorld) -> None:
    first, second = world.prepare(world.written("first"), world.written("second"))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.view.surface.selectAll()
    press(world.view.surface, Qt.Key.Key_Delete)
    world.show(second)
    world.settle()
    assert world.kept(first).body == ""
    assert len(world.listed()) == 2


def test_a_title_a_tag_alone_is_an_entry(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words("Bags", world.view.header.title)
    world.settle()
    assert world.kept().summary.title == "Bags"
    world.entry.new_entry()
    world.view.bar.tags_chosen.emit(("sleep",))
    world.settle()
    assert world.kept().summary.tags == ("sleep",)


def test_enter_in_the_title_goes_to_the_text_and_no_line_break_gets_in(world: JournalWorld) -> None:
    world.open_page(new=True)
    title = world.view.header.title
    world.type_words("Bags", title)
    press(title, Qt.Key.Key_Return)
    assert world.view.surface.hasFocus()
    mime = QMimeData()
    mime.setText(" one\ntwo ")
    title.moveCursor(QTextCursor.MoveOperation.End)
    title.insertFromMimeData(mime)
    assert title.text() == "Bagsone two"


def test_a_long_title_wraps_and_the_text_moves_down(world: JournalWorld) -> None:
    world.open_page(new=True)
    title = world.view.header.title
    one_line = title.height()
    world.type_words("a long title that goes on and on " * 3, title)
    wait_until(lambda: title.height() == 3 * one_line)


def test_another_entry_is_shown_only_after_this_one_was_given_to_the_disk(world: JournalWorld) -> None:
    first, second = world.prepare(world.written("first"), world.written("second"))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.view.surface.moveCursor(QTextCursor.MoveOperation.End)
    world.type_words(" and more")
    world.show(second)
    assert world.view.surface.text() == "second"
    assert not world.view.surface.document().isUndoAvailable()
    world.settle()
    assert world.kept(first).body == "first and more"
    assert world.kept(second).body == "second"


def test_coming_back_at_once_shows_what_was_typed_and_not_what_was_on_the_disk(
    world: JournalWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = world.prepare(world.written("first"), world.written("second"))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    with monkeypatch.context() as full:
        full.setattr(saving, "save_entry", _refuse)
        world.view.surface.moveCursor(QTextCursor.MoveOperation.End)
        world.type_words(" and more")
        world.show(second)
        wait_until(lambda: not world.view.trouble.isHidden())
        world.show(first)
        assert world.view.surface.text() == "first and more"
    world.settle()
    assert world.kept(first).body == "first and more"
    wait_until(world.view.trouble.isHidden)


def _refuse(*_arguments: object, **_options: object) -> None:
    raise DiskFull


def test_a_full_disk_is_said_and_the_next_try_saves(world: JournalWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world.open_page(new=True)
    with monkeypatch.context() as full:
        full.setattr(saving, "add_entry", _refuse)
        world.type_words("My last sentence.")
        world.journal_page.flush()
        wait_until(lambda: world.view.trouble.banner is not None)
        banner = world.view.trouble.banner
        assert banner is not None
        assert f"{banner.accessibleName()} {banner.accessibleDescription()}" == (
            "This disk is full. Your last sentence is still on screen and has not been lost. Free some space, or save "
            "to another disk."
        )
        assert [link.text() for link in banner.links] == ["Try again", "Save a copy elsewhere…"]
        world.type_words(" And one more.")
        assert world.view.surface.text() == "My last sentence. And one more."
        assert "Saved" not in world.view.foot.status.words()
    banner.links[0].click()
    world.settle()
    wait_until(world.view.trouble.isHidden)
    assert world.kept().body == "My last sentence. And one more."


def test_locking_while_somebody_types_loses_no_word(world: JournalWorld) -> None:
    first = world.prepare(world.written("first"))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.view.surface.moveCursor(QTextCursor.MoveOperation.End)
    world.type_words(" one")
    world.journal_page.flush()  # its answer is not here yet when more is typed
    world.type_words(" two")
    world.lock()
    with world.journal() as journal:
        assert get_entry(journal, first).body == "first one two"
    world.program.show_welcome()


def test_what_the_disk_refuses_while_locking_comes_back_with_the_journal(
    world: JournalWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.prepare(world.written("first"))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    with monkeypatch.context() as full:
        full.setattr(saving, "save_entry", _refuse)
        world.type_words("mine ")
        wait_until(lambda: world.view.trouble.banner is not None)
        world.type_words("and more ")
        world.lock()
    world.open_page(entry_id=first)
    wait_until(lambda: world.view.surface.text() == "mine and more first")


def test_an_entry_that_is_saved_elsewhere_while_it_is_being_read_is_shown_as_it_is_now(
    world: JournalWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrate.ui.pages.journal.entry import reading

    first, second = world.prepare(world.written("as it was"), world.written("second"))
    world.open_page(entry_id=second)
    wait_until(lambda: world.entry.has_entry)
    has_read, go_on, real = threading.Event(), threading.Event(), reading.get_entry

    def slowly(journal: Journal, entry_id: UUID) -> Entry:
        found = real(journal, entry_id)
        if entry_id == first and not has_read.is_set():
            has_read.set()
            assert go_on.wait(10)
        return found

    monkeypatch.setattr(reading, "get_entry", slowly)
    world.shell.go("journal", entry_id=first)
    wait_until(has_read.is_set)
    desk, draft = world.journal_page.desk, world.written("as it is now")
    told: list[object] = []
    desk.changed.connect(told.append)
    desk.write(desk, lambda journal: save_entry(journal, first, draft, Sitting(), origin="elsewhere"))
    wait_until(lambda: bool(told))
    go_on.set()
    wait_until(lambda: world.view.surface.text() == "as it is now")


def test_an_entry_that_cannot_be_read_again_goes_on_from_what_is_not_saved(
    world: JournalWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrate.errors import RecordDamaged
    from integrate.ui.pages.journal.entry import reading

    first, second = world.prepare(world.written("first"), world.written("second"))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)

    def damaged(*_arguments: object) -> None:
        raise RecordDamaged

    with monkeypatch.context() as bad_day:
        bad_day.setattr(saving, "save_entry", _refuse)
        world.type_words("mine ")
        world.show(second)
        bad_day.setattr(reading, "get_entry", damaged)
        world.show(first)
        assert world.view.surface.text() == "mine first"
    world.settle()
    assert world.kept(first).body == "mine first"


def test_locking_a_new_entry_keeps_it_once(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words("one")
    world.journal_page.flush()
    world.type_words(" two")
    world.lock()
    with world.journal() as journal:
        assert [get_entry(journal, entry.id).body for entry in list_entries(journal)] == ["one two"]  # type: ignore[arg-type]  # all are readable


def test_nothing_of_the_page_stays_after_locking(world: JournalWorld) -> None:
    first = world.prepare(world.written("first"))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.type_words("more ")
    page, surface, keeper = world.journal_page, world.view.surface, world.entry.keepers.current
    document = surface.document()
    world.lock()
    gc.collect()
    for thing in (page, surface, document, keeper):
        assert not shiboken6.isValid(thing)
    del page, surface, document, keeper, thing
    gc.collect()
    assert not [thing for thing in gc.get_objects() if isinstance(thing, (Keeper, EntryPane))]


def test_an_entry_changed_elsewhere_is_read_again(world: JournalWorld) -> None:
    first = world.prepare(world.written("first"))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.ask(lambda journal: save_entry(journal, first, world.written("from elsewhere"), Sitting()))
    wait_until(lambda: world.view.surface.text() == "from elsewhere")


def test_an_entry_purged_elsewhere_is_saved_as_a_new_one_while_somebody_writes(world: JournalWorld) -> None:
    first = world.prepare(world.written("first"))[0]
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.type_words("mine ")
    world.ask(lambda journal: purge_entry(journal, first))
    world.settle()
    wait_until(lambda: world.entry.current_id() not in (None, first))
    assert world.kept().body == "mine first"


def test_a_later_visit_is_a_new_sitting_and_makes_history(world: JournalWorld) -> None:
    first, second = world.prepare(world.written("first"), world.written("second"))
    world.open_page(entry_id=first)
    wait_until(lambda: world.entry.has_entry)
    world.type_words("a ")
    world.settle()
    world.show(second)
    world.show(first)
    world.type_words("b ")
    world.settle()
    from integrate.journal.history import entry_history

    states = world.ask(lambda journal: entry_history(journal, first))
    assert [state.draft.body for state in states] == ["a first", "first"]


def test_losing_the_window_saves(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words("gone for tea")
    world.program.window.setWindowState(Qt.WindowState.WindowMinimized)
    world.program.window.hide()
    world.program.window.show()
    wait_until(lambda: len(world.listed()) == 1)


def test_read_only_lets_nothing_be_changed(world: JournalWorld) -> None:
    first = world.prepare(world.written("first", title="Title", tags=("a",)))[0]
    world.open_page(read_only=True, entry_id=first)
    wait_until(lambda: world.view.surface.text() == "first")
    world.type_words("more")
    assert world.view.surface.text() == "first"
    assert world.view.header.title.isReadOnly()
    assert not world.view.bar.phase.isEnabled()
    assert not world.view.header.moment.isEnabled()
    assert world.view.foot.read_only.words() == "Open to read only"
    world.shell.perform("new_entry")
    world.shell.perform("never_share")
    world.shell.perform("delete_entry")
    run_events()
    assert world.view.surface.text() == "first"


def test_the_prompt_is_kept_with_the_entry_and_can_be_taken_off(world: JournalWorld) -> None:
    world.open_page(new=True, prompt_id=TENDER.id, phase=TENDER.phase)
    prompt = world.view.header.prompt
    wait_until(prompt.isVisible)
    assert prompt.stop_button.isVisible()
    assert TENDER.content_note is not None
    world.type_words("yes")
    assert not prompt.another_button.isVisible()
    world.settle()
    assert world.kept().summary.prompt_id == TENDER.id
    prompt.off_button.click()
    world.settle()
    assert world.kept().summary.prompt_id is None
    assert not prompt.isVisible()


def test_another_prompt_while_nothing_is_written(world: JournalWorld) -> None:
    world.open_page(new=True, phase=Phase.PREPARE)
    prompt = world.view.header.prompt
    world.shell.perform("another_prompt")
    wait_until(prompt.isVisible)
    before = world.entry._draft.prompt_id
    assert before is not None
    prompt.another_button.click()
    wait_until(lambda: world.entry._draft.prompt_id != before)
    now = world.entry._draft.prompt_id
    world.type_words("x")
    world.shell.perform("another_prompt")
    run_events()
    assert world.entry._draft.prompt_id == now
    assert world.shell.current_page() is world.journal_page


def test_stop_for_now_goes_to_today_and_keeps_what_was_written(world: JournalWorld) -> None:
    world.open_page(new=True, prompt_id=TENDER.id)
    wait_until(world.view.header.prompt.isVisible)
    world.type_words("a word")
    page = world.journal_page
    world.view.header.prompt.stop_button.click()
    assert world.shell.where() == "today"
    world.shell.go("journal")
    assert world.journal_page is page
    world.settle()
    assert world.kept().body == "a word"


def test_a_new_entry_is_about_now_and_here(world: JournalWorld) -> None:
    world.open_page()
    world.clock.advance(timedelta(hours=2))
    world.shell.perform("new_entry")
    world.type_words("x")
    world.settle()
    at = world.kept().summary.at
    assert (at.instant, at.zone) == (world.clock.now(), "Europe/Lisbon")


def test_a_session_is_none_until_chosen(world: JournalWorld) -> None:
    world.open_page(new=True)
    world.type_words("x")
    world.settle()
    assert world.kept().summary.session is None
    world.view.bar.session.chosen.emit(SessionRef(1, 4))
    world.settle()
    assert world.kept().summary.session == SessionRef(1, 4)
