"""Settings, Data: what is in a backup is told first, then it becomes a journal beside the open one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.domain.entry import Filter
from integrate.journal.backups import back_up
from integrate.journal.browsing import first_rows
from integrate.journal.opening import Access
from integrate.journal.writing import add_entry
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.pages.settings.data import DataSection
from integrate.ui.pages.settings.restore_sheet import RestoreSheet
from tests.conftest import Sample, draft
from tests.helpers.courses import a_session
from tests.helpers.journals import flip
from tests.ui.pages.settings_world import SLOW, World, section, sheets
from tests.ui.waiting import run_events, wait_until


@pytest.fixture
def world(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[World]:
    made = World(app, tmp_path, sample)
    made.unlock()
    made.page.show_section("data")
    yield made
    made.close()


@pytest.fixture
def backup(template: Sample, tmp_path: Path) -> Path:
    """A backup of another journal, on a stick."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with template.copy_to(tmp_path / "other" / "Other.integrate").open(Access.WRITE) as journal:
        add_entry(journal, draft("The sea."))
        add_entry(journal, draft("The wind."))
        a_session(journal)
        back_up(journal, stick / "a.ibk")
    return stick / "a.ibk"


def opened(world: World, file: Path) -> RestoreSheet:
    section(world, DataSection).restore.open_sheet(file)
    (sheet,) = sheets(world)
    assert isinstance(sheet, RestoreSheet)
    return sheet


def looked(world: World, file: Path) -> RestoreSheet:
    sheet = opened(world, file)
    sheet.field.edit.setText(world.sample.words)
    QTest.keyClick(sheet.field.edit, Qt.Key.Key_Return)
    wait_until(lambda: not sheet.task.running, SLOW)
    return sheet


def test_what_is_in_it_is_told_before_anything_is_made(world: World, backup: Path) -> None:
    before = sorted(world.sample.place.parent.iterdir())
    sheet = looked(world, backup)
    told = dict(sheet.facts.told)
    assert (told["Entries"], told["Sessions"], told["Check-ins"], told["Questionnaires"]) == ("2", "1", "0", "0")
    assert "2026" in told["First entry"] and told["First entry"] == told["Last entry"]
    assert told["File written"]
    assert sheet.task.result.words() == "It was read whole, and it is in order."
    assert world.program.window.focusWidget() is sheet.go_on
    assert sorted(world.sample.place.parent.iterdir()) == before
    sheet.close()
    run_events()
    assert sorted(world.sample.place.parent.iterdir()) == before
    assert [file.name for file in backup.parent.iterdir()] == ["a.ibk"]


def test_it_becomes_a_journal_beside_this_one_and_opens(world: World, backup: Path) -> None:
    sheet = looked(world, backup)
    place = world.sample.place.parent / "Restored journal.integrate"
    assert str(place) in sheet.where.words()
    sheet.go_on.click()
    wait_until(lambda: not sheet.task.running, SLOW)
    assert sheet.where.words() == f"It lies in {place}"
    assert sheet.field.text() == ""
    assert "Open another journal" in sheet.ready.words()
    assert world.program.window.focusWidget() is sheet.cancel
    assert sheet.go_on.text() == "Lock this one and open it"
    with world.journal(place=place) as journal:
        assert len(first_rows(journal, "", Filter(), 5)) == 2
    sheet.go_on.click()
    wait_until(lambda: world.program.place == place, SLOW)
    wait_until(lambda: isinstance(world.program.window.scene(), LockScene), SLOW)


def test_nothing_is_replaced_where_the_name_is_taken(world: World, backup: Path, tmp_path: Path) -> None:
    sheet = looked(world, backup)
    folder = tmp_path / "elsewhere"
    (folder / "Restored journal.integrate").mkdir(parents=True)
    sheet.lie_in(folder)
    wait_until(lambda: "Restored journal 2.integrate" in sheet.where.words())
    (folder / "Restored journal 2.integrate").mkdir()  # somebody is faster
    sheet.go_on.click()
    wait_until(lambda: not sheet.task.running, SLOW)
    assert sheet._trouble is not None
    assert "already" in sheet._trouble.accessibleName()
    assert list((folder / "Restored journal 2.integrate").iterdir()) == []
    assert sheet.go_on.isEnabled()


def test_a_wrong_passphrase_is_told_at_the_field_and_stays_there(world: World, backup: Path) -> None:
    sheet = opened(world, backup)
    sheet.go_on.click()
    assert sheet.field.error() == "Type the passphrase of this backup."
    sheet.field.edit.setText("not this one at all")
    sheet.go_on.click()
    wait_until(lambda: not sheet.task.running, SLOW)
    assert sheet.field.error().startswith("That did not open the backup.")
    assert sheet.field.text() == "not this one at all"
    assert not sheet.task.isVisible()
    assert not sheet.facts.isVisible()


@pytest.mark.parametrize("kind", ["foreign", "damaged", "gone"])
def test_what_is_no_whole_backup_is_told(world: World, backup: Path, kind: str) -> None:
    sheet = opened(world, backup)
    if kind == "foreign":
        backup.write_bytes(b"Dear diary")
    elif kind == "damaged":
        flip(backup, backup.stat().st_size // 2)
    else:
        backup.unlink()
    sheet.field.edit.setText(world.sample.words)
    sheet.go_on.click()
    wait_until(lambda: not sheet.task.running, SLOW)
    assert sheet._trouble is not None
    wait_until(sheet._trouble.isVisible)
    assert sheet.field.text() == world.sample.words  # what was typed is not lost
    assert not sheet.facts.isVisible()


def test_a_cancelled_restore_makes_no_journal(world: World, backup: Path) -> None:
    sheet = looked(world, backup)
    before = sorted(world.sample.place.parent.iterdir())
    sheet.go_on.click()
    sheet.task.cancel.click()
    wait_until(lambda: not sheet.task.running, SLOW)
    if "Cancelled" in sheet.task.result.words():
        assert sorted(world.sample.place.parent.iterdir()) == before
        assert sheet.go_on.isEnabled()
    else:
        assert sheet.task.result.words() == "The journal was made and checked."


def test_closing_or_locking_wipes_what_was_typed(world: World, backup: Path) -> None:
    sheet = opened(world, backup)
    sheet.field.edit.setText("a secret")
    sheet.close()
    assert sheet.field.text() == ""
    run_events()
    sheet = opened(world, backup)
    sheet.field.edit.setText(world.sample.words)
    sheet.go_on.click()
    world.lock()
    assert sheets(world) == []
    assert not (world.sample.place.parent / "Restored journal.integrate").exists()
    assert [file.name for file in backup.parent.iterdir()] == ["a.ibk"]
