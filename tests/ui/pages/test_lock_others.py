"""Other journals: beside this one, in a folder, from a backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from integrate.journal.backups import back_up
from integrate.ui.pages.lock.others import OtherJournals, choose_other_journal
from integrate.ui.pages.lock.restore import RestoreBackup
from integrate.ui.pages.welcome.page import WelcomeScene
from integrate.ui.widgets.sheet import Sheet
from tests.conftest import PASSPHRASE, Sample
from tests.ui.pages.door import DoorProgram, button, door_program, press, says, type_into
from tests.ui.waiting import wait_until


@pytest.fixture
def program(app: QApplication, sample: Sample, tmp_path: Path) -> Iterator[DoorProgram]:
    usual = tmp_path / "data"
    usual.mkdir()
    sample.copy_to(usual / "Evening & more.integrate")
    (usual / "No journal.integrate").mkdir()
    (usual / "settings.json").write_text("{}")
    with door_program(app, tmp_path, sample.place) as made:
        yield made


def others(program: DoorProgram) -> OtherJournals:
    sheet = choose_other_journal(program.window, program)
    program.settle()
    return sheet


def test_the_journals_of_the_usual_folder_are_listed_by_name(program: DoorProgram, tmp_path: Path) -> None:
    sheet = others(program)
    assert [b.accessibleName() for b in sheet.findChildren(type(sheet.folder)) if b.accessibleName()] == [
        "Evening & more"
    ]
    button(sheet, "Evening && more").click()
    wait_until(lambda: program.place == tmp_path / "data" / "Evening & more.integrate")
    assert not program.window.findChildren(Sheet) or all(not s.isVisible() for s in program.window.findChildren(Sheet))


def test_a_folder_that_is_no_journal_is_said_in_the_sheet(program: DoorProgram, tmp_path: Path) -> None:
    sheet = others(program)
    before = program.place
    sheet._folder_chosen(tmp_path)
    wait_until(lambda: says(sheet, f"There is no journal at {tmp_path}."))
    assert program.place == before and not says(sheet, "integrate create")


def test_a_chosen_journal_is_asked_for_its_passphrase(program: DoorProgram, sample: Sample, tmp_path: Path) -> None:
    place = sample.copy_to(tmp_path / "Elsewhere.integrate").place
    others(program)._folder_chosen(place)
    wait_until(lambda: program.place == place)
    wait_until(lambda: says(program.window, "Elsewhere"))


def test_a_new_journal_can_be_started(program: DoorProgram) -> None:
    button(others(program), "Start a new journal").click()
    wait_until(lambda: isinstance(program.window.scene(), WelcomeScene))


def test_escape_closes_the_sheet_and_gives_the_focus_back(program: DoorProgram) -> None:
    scene = program.window.scene()
    assert scene is not None
    others(program)
    press(QApplication.focusWidget() or program.window, Qt.Key.Key_Escape)
    assert scene.heading().hasFocus()  # type: ignore[union-attr]  # the lock screen always has one


def test_a_backup_becomes_a_journal_of_its_own(program: DoorProgram, sample: Sample, tmp_path: Path) -> None:
    file = tmp_path / "saved.ibk"
    with sample.open() as journal:
        back_up(journal, file)
    others(program)._backup_chosen(file)
    sheet = next(s for s in program.window.findChildren(RestoreBackup))
    program.settle()
    assert says(sheet, "saved.ibk") and says(sheet, str(tmp_path / "data" / "Restored journal.integrate"))
    sheet.restore.click()
    assert sheet.field.error() == "Type the passphrase of this backup."
    type_into(sheet.field.edit, "not the passphrase")
    press(sheet.field.edit, Qt.Key.Key_Return)
    wait_until(lambda: sheet.field.error().startswith("That did not open the backup."))
    type_into(sheet.field.edit, PASSPHRASE)
    press(sheet.field.edit, Qt.Key.Key_Return)
    wait_until(lambda: program.place == tmp_path / "data" / "Restored journal.integrate")
    assert (program.place / "vault.db").is_file()


def test_a_file_that_is_no_backup_is_said(program: DoorProgram, tmp_path: Path) -> None:
    file = tmp_path / "letter.ibk"
    file.write_text("no backup")
    sheet = RestoreBackup(program.window, program, file)
    sheet.open()
    program.settle()
    type_into(sheet.field.edit, PASSPHRASE)
    sheet.restore.click()
    wait_until(lambda: says(sheet, "Nothing was"))
    assert sheet.restore.isEnabled() and sheet.field.text() == PASSPHRASE
