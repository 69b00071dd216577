"""Settings, Data: backing up, checking, moving and erasing a real journal with the real program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from integrate.domain.entry import Filter
from integrate.domain.hard_night import NightKind, NightLine
from integrate.errors import DiskRefused
from integrate.journal import writing
from integrate.journal.backups import restore_backup
from integrate.journal.browsing import first_rows
from integrate.journal.checking import check_open_journal
from integrate.journal.opening import Access, Journal, open_journal
from integrate.journal.secrets import turn_keyring_on
from integrate.journal.shown_locked import keep_hard_night
from integrate.journal.writing import add_entry
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.pages.settings.away import AwaySheet
from integrate.ui.pages.settings.copies_sheet import CopiesSheet
from integrate.ui.pages.settings.data import DataSection
from integrate.ui.pages.welcome.page import WelcomeScene
from integrate.ui.widgets.sheet import Question
from integrate.ui.widgets.text import Text
from tests.conftest import PASSPHRASE, Sample, draft
from tests.ui.pages.settings_world import SLOW, World
from tests.ui.waiting import wait_until

FEW = 3


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[World]:
    with sample.open(Access.WRITE) as journal:
        for number in range(FEW):
            add_entry(journal, draft(f"Entry {number}"))
    made = World(app, tmp_path, sample)
    made.unlock()
    yield made
    made.close()


def data(world: World) -> DataSection:
    found = world.page.sections["data"]
    assert isinstance(found, DataSection)
    world.page.show_section("data")
    return found


def away(world: World) -> AwaySheet | None:
    return next((sheet for sheet in world.program.window.findChildren(AwaySheet) if sheet.told), None)


def answer(world: World, key: str) -> None:
    world.program.window.findChildren(Question)[-1].buttons[key].click()


def count(journal: Journal) -> int:
    return len(first_rows(journal, "", Filter(), 50))


def test_place_size_and_last_copy_are_told(world: World) -> None:
    part = data(world)
    wait_until(lambda: bool(part.where.note()))
    assert part.path.words() == str(world.sample.place)
    assert part.where.note().startswith("3 entries, ")
    assert part.copies.note().startswith("Last automatic copy: ")
    assert part.copies.note().endswith(". It was opened and read.")
    part.copies.button.click()
    assert len(world.program.window.findChildren(CopiesSheet)) == 1


def test_a_very_large_journal_is_said_to_be_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    part = data(world)
    wait_until(lambda: bool(part.where.note()))
    assert not part.very_large.isVisible()
    monkeypatch.setattr(writing, "VAULT_SIZE_WARNING", 0)
    part.refresh()
    wait_until(part.very_large.isVisible)


def test_a_backup_is_written_told_and_restores(world: World, tmp_path: Path) -> None:
    part = data(world)
    file = tmp_path / "elsewhere.ibk"
    part.back_up_to(file)
    assert part.backing_up.running and part.backing_up.cancel.isVisible()
    wait_until(lambda: not part.backing_up.running, SLOW)
    told = part.backing_up.result.words()
    assert told.startswith("Saved as elsewhere.ibk: ")
    assert "3 entries. It was opened and read before this was said. SHA-256 " in told
    restored = restore_backup(file, tmp_path / "Again.integrate", world.sample.by_words)
    assert restored.entries == FEW


def test_a_cancelled_backup_leaves_no_file(world: World, tmp_path: Path) -> None:
    part = data(world)
    file = tmp_path / "elsewhere.ibk"
    part.back_up_to(file)
    part.backing_up.cancel.click()
    assert part.backing_up.result.words() == "Cancelled. Nothing was changed."
    done: list[object] = []
    world.page.desk.copy(world.page, lambda journal, _stop: count(journal), done.append)  # after it on the same lane
    wait_until(lambda: done == [FEW], SLOW)
    assert not file.exists()
    assert part.backing_up.result.words() == "Cancelled. Nothing was changed."


def test_a_file_that_is_there_is_not_replaced(world: World, tmp_path: Path) -> None:
    part = data(world)
    file = tmp_path / "elsewhere.ibk"
    file.write_bytes(b"mine")
    part.back_up_to(file)
    wait_until(lambda: not part.backing_up.running, SLOW)
    assert part.backing_up.result.words().startswith("There is already something at")
    assert file.read_bytes() == b"mine"


def test_the_open_journal_is_checked(world: World) -> None:
    part = data(world)
    part.check.button.click()
    wait_until(lambda: not part.checking.running, SLOW)
    assert part.checking.result.words() == "Everything is in order: 3 entries and all that belongs to them were read."


def test_a_damaged_copy_in_the_folder_is_found_while_the_journal_is_open(sample: Sample) -> None:
    with sample.open(Access.WRITE) as journal:
        assert check_open_journal(journal).ok
        backup = next((sample.place / "backups").iterdir())
        backup.write_bytes(b"no backup")
        report = check_open_journal(journal)
        assert report.problems == ("1 automatic backup is damaged.",)


def test_moving_locks_moves_and_asks_for_the_passphrase_there(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "other disk"
    folder.mkdir()
    data(world).move_into(folder)
    answer(world, "move")
    wait_until(lambda: away(world) is not None, SLOW)
    new_place = folder / world.sample.place.name
    assert not world.sample.place.exists()
    assert world.program.place == new_place
    assert isinstance(world.program.window.scene(), LockScene)
    assert str(new_place) in away(world).words.words()
    away(world).close()
    world.sample = Sample(new_place, PASSPHRASE, world.sample.words)
    world.unlock()
    wait_until(lambda: bool(data(world).where.note()))
    assert data(world).where.note().startswith("3 entries, ")


def test_moving_can_be_thought_over(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "other disk"
    folder.mkdir()
    data(world).move_into(folder)
    answer(world, "keep")
    assert world.page.isVisible()
    assert world.sample.place.exists()


def test_places_that_cannot_be_are_refused_before_locking(world: World, tmp_path: Path) -> None:
    part = data(world)
    part.move_into(world.sample.place.parent)
    assert part.move_row.error() == "It lies in that folder already."
    part.move_into(world.sample.place / "backups")
    assert part.move_row.error().startswith("A journal cannot be moved into itself.")
    (tmp_path / "taken" / world.sample.place.name).mkdir(parents=True)
    part.move_into(tmp_path / "taken")
    assert part.move_row.error().startswith("There is already something of that name")
    assert world.program.window.findChildren(Question) == []


def test_a_move_that_fails_is_told_and_the_journal_is_where_it_was(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> bool:
        raise DiskRefused

    monkeypatch.setattr("integrate.journal.moving.move_journal", refuse)
    folder = tmp_path / "other disk"
    folder.mkdir()
    data(world).move_into(folder)
    answer(world, "move")
    wait_until(lambda: away(world) is not None, SLOW)
    assert away(world).heading.words() == "Your journal was not moved"
    assert world.program.place == world.sample.place
    away(world).close()
    world.unlock()


def test_erasing_asks_for_a_word_and_leaves_nothing(world: World) -> None:
    place = world.sample.place
    sheet = data(world).open_erase()
    assert sheet.keep.hasFocus() or sheet.initial_focus is sheet.keep
    assert not sheet.erase.isEnabled()
    sheet.erase.click()
    sheet.field.edit.setText("Erase")
    assert sheet.erase.isEnabled()
    sheet.erase.click()
    wait_until(lambda: away(world) is not None, SLOW)
    assert not place.exists()
    assert away(world).heading.words() == "Your journal is erased"
    assert isinstance(world.program.window.scene(), WelcomeScene)
    assert world.program.settings.journal == ""


def test_keeping_it_erases_nothing(world: World) -> None:
    sheet = data(world).open_erase()
    sheet.field.edit.setText("erase")
    sheet.keep.click()
    world.lock()
    with world.journal() as journal:
        assert count(journal) == FEW


def test_the_key_in_the_keyring_goes_with_an_erased_journal(world: World) -> None:
    world.lock()
    with open_journal(world.sample.place, world.sample.by_passphrase, Access.WRITE) as journal:
        turn_keyring_on(journal, world.store)
    assert world.store.kept
    world.unlock()
    part = data(world)
    wait_until(lambda: part._facts is not None and part._facts.keyring)
    sheet = part.open_erase()
    sheet.field.edit.setText("erase")
    sheet.erase.click()
    wait_until(lambda: away(world) is not None, SLOW)
    assert world.store.kept == {}


def keep_readable(world: World) -> None:
    """Let a line of the hard-night page show while locked."""
    world.lock()
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE) as journal:
        line = NightLine(journal.id, NightKind.HELPS, "Warm tea", shown_locked=True)
        keep_hard_night(journal, (line,), world.program.paths)
    world.unlock()
    assert readable(world)


def readable(world: World) -> str:
    """All that lies readable of Help now."""
    return "".join(file.read_text("utf-8") for file in world.program.paths.settings_folder.glob("help-*"))


def test_what_showed_while_locked_goes_with_an_erased_journal(world: World) -> None:
    keep_readable(world)
    sheet = data(world).open_erase()
    sheet.field.edit.setText("erase")
    sheet.erase.click()
    wait_until(lambda: away(world) is not None, SLOW)
    assert away(world).heading.words() == "Your journal is erased"
    assert readable(world) == ""


def test_what_showed_while_locked_is_there_again_if_the_journal_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_place: Path) -> None:
        raise DiskRefused

    keep_readable(world)
    before = readable(world)
    monkeypatch.setattr("integrate.journal.moving.erase_journal", refuse)
    sheet = data(world).open_erase()
    sheet.field.edit.setText("erase")
    sheet.erase.click()
    wait_until(lambda: away(world) is not None, SLOW)
    assert away(world).heading.words() == "Your journal was not erased"
    assert readable(world) == before


def test_what_shows_while_locked_still_does_after_a_move(world: World, tmp_path: Path) -> None:
    keep_readable(world)
    before = readable(world)
    folder = tmp_path / "other disk"
    folder.mkdir()
    data(world).move_into(folder)
    answer(world, "move")
    wait_until(lambda: away(world) is not None, SLOW)
    away(world).close()
    assert readable(world) == before
    world.program.help_now()
    wait_until(lambda: "Warm tea" in [text.words() for text in world.program.window.findChildren(Text)])


def test_files_that_are_none_of_the_journals_are_named_and_stay(world: World) -> None:
    foreign = world.sample.place / "letter.txt"
    foreign.write_text("dear", encoding="utf-8")
    sheet = data(world).open_erase()
    sheet.field.edit.setText("erase")
    sheet.erase.click()
    wait_until(lambda: away(world) is not None, SLOW)
    assert foreign.exists()
    assert str(world.sample.place) in away(world).words.words()
