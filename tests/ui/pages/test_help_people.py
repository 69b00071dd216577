"""Changing the people of Help now: inside the journal, and beside it only what the person lets show while locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from integrate.domain.people import Person
from integrate.errors import DiskFull
from integrate.journal.opening import Journal
from integrate.journal.people import list_people
from integrate.journal.preferences import read_preferences
from integrate.journal.shown_locked import keep_people
from integrate.system.locked_help import LockedLine, read_locked_help
from integrate.system.paths import Paths
from integrate.ui.desk import Desk
from integrate.ui.pages.help.editor import PeopleEditor
from integrate.ui.tasks import Mailbox
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.ui.pages.stand_ins import button
from tests.ui.waiting import run_events, wait_until

DANIEL = Person(uuid4(), "Daniel", "415-555-0163", "Brother", shown_locked=True)
INES = Person(uuid4(), "Ines", "415-555-0142", "Therapist", note="May not answer at night.")
ANAND = Person(uuid4(), "Anand", "415-555-0117")


class Stage:
    """An open journal with the editor over a window."""

    def __init__(self, theme: Theme, window: QWidget, sample: Sample, paths: Paths, people: tuple[Person, ...]) -> None:
        self.paths = paths
        self.journal = sample.open()
        keep_people(self.journal, people, paths)
        self.desk = Desk(self.journal, read_preferences(self.journal), Mailbox())
        self.told: list[tuple[Person, ...]] = []
        self.window = window
        self.editor = PeopleEditor(theme, window, self.desk, paths, people, adding=not people)
        self.editor.kept.connect(self.told.append)
        self.editor.open()
        run_events()

    def press(self, name: str) -> None:
        button(self.editor, name).click()
        self.settle()

    def settle(self) -> None:
        answers: list[object] = []
        self.desk.write(self.editor, lambda _journal: None, answers.append)
        wait_until(lambda: bool(answers))

    def fill(self, name: str, number: str, role: str = "", *, shown: bool = False) -> None:
        form = self.editor._form
        form.name.edit.setText(name)
        form.number.edit.setText(number)
        form.role.edit.setText(role)
        form.shown.setChecked(shown)

    def kept(self) -> tuple[Person, ...]:
        answers: list[tuple[Person, ...]] = []
        self.desk.read(self.window, lambda journal, _stop: list_people(journal), answers.append)
        wait_until(lambda: bool(answers))
        return answers[0]

    def readable(self) -> tuple[LockedLine, ...]:
        return read_locked_help(self.paths, self.desk.journal_id.bytes)

    def words(self) -> list[str]:
        return [text.words() for text in self.editor.findChildren(Text) if text.isVisible() and text.words()]

    def end(self) -> None:
        done: list[object] = []
        self.desk.close(lambda _journal: None, lambda *answer: done.append(answer))
        wait_until(lambda: bool(done))


@pytest.fixture
def stage(theme: Theme, show: Callable[..., QWidget], sample: Sample, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    made: list[Stage] = []

    def make(*people: Person) -> Stage:
        window = show(QWidget(), 1000, 760)
        made.append(Stage(theme, window, sample, Paths(tmp_path / "settings"), people))
        return made[-1]

    yield make
    for each in made:
        each.end()


def test_the_first_person_is_added_in_a_form_that_is_open_already(stage: Callable[..., Stage]) -> None:
    shown = stage()
    assert QApplication.focusWidget() is shown.editor._form.name.edit
    shown.fill("  Daniel ", " 415-555-0163", "Brother")
    QTest.keyClick(shown.editor._form.role.edit, Qt.Key.Key_Return)
    shown.settle()
    [daniel] = shown.kept()
    assert (daniel.name, daniel.number, daniel.role) == ("Daniel", "415-555-0163", "Brother")
    assert not daniel.shown_locked
    assert shown.readable() == ()
    assert shown.told == [(daniel,)]
    assert button(shown.editor, "Change Daniel").isVisible()


def test_a_line_is_readable_while_locked_only_after_saying_so_and_until_it_is_taken_back(
    stage: Callable[..., Stage],
) -> None:
    shown = stage(INES)
    shown.press("Change Ines")
    sentence = next(words for words in shown.words() if "stored readable on this computer" in words)
    assert "without the passphrase" in sentence
    shown.fill("Ines", "415-555-0142", "Therapist", shown=True)
    shown.press("Save")
    assert shown.readable() == (LockedLine("Ines", "415-555-0142"),)
    assert "Shown while locked" in " ".join(shown.words())
    shown.press("Change Ines")
    shown.fill("Ines", "415-555-0142", "Therapist", shown=False)
    shown.press("Save")
    assert shown.readable() == ()
    assert not list(shown.paths.settings_folder.glob("help-*.json"))
    assert shown.kept()[0].note == INES.note, "what the form does not ask about stays"


def test_who_is_removed_can_be_taken_back(stage: Callable[..., Stage]) -> None:
    shown = stage(DANIEL, INES)
    shown.press("Remove Daniel")
    assert shown.kept() == (INES,)
    assert shown.readable() == ()
    assert "Daniel was removed." in shown.words()
    assert QApplication.focusWidget() is button(shown.editor, "Undo")
    shown.press("Undo")
    assert shown.kept() == (DANIEL, INES)
    assert shown.readable() == (LockedLine("Daniel", "415-555-0163"),)
    shown.press("Remove Ines")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    assert shown.kept() == (DANIEL, INES)
    assert "Ines was removed." not in shown.words()


def test_people_are_put_in_order_with_buttons_that_keep_the_focus(stage: Callable[..., Stage]) -> None:
    shown = stage(DANIEL, INES, ANAND)
    shown.press("Move Anand up")
    assert shown.kept() == (DANIEL, ANAND, INES)
    assert QApplication.focusWidget() is button(shown.editor, "Move Anand up")
    shown.press("Move Anand up")
    assert shown.kept() == (ANAND, DANIEL, INES)
    assert QApplication.focusWidget() is button(shown.editor, "Move Anand down")
    names = [found.accessibleName() for found in shown.editor.findChildren(QAbstractButton) if found.isVisible()]
    assert "Move Anand up" not in names
    assert "Move Ines down" not in names


def test_a_name_is_needed_and_a_number_for_a_line_that_shows_while_locked(stage: Callable[..., Stage]) -> None:
    shown = stage()
    shown.fill("", "1")
    shown.press("Save")
    assert "needs a name" in shown.editor._form.name.error()
    shown.fill("Daniel", "", shown=True)
    shown.press("Save")
    assert shown.editor._form.name.error() == ""
    assert "needs a number" in shown.editor._form.number.error()
    assert shown.kept() == ()
    shown.fill("Daniel", "")
    shown.press("Save")
    assert [person.name for person in shown.kept()] == ["Daniel"], "a person without a number is no mistake"


def test_a_disk_that_refuses_is_told_and_changes_nothing(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = stage(DANIEL, INES)

    def full(_journal: Journal, _people: object) -> None:
        raise DiskFull

    monkeypatch.setattr("integrate.journal.people.save_people", full)
    shown.press("Remove Ines")
    assert any("disk is full" in words for words in shown.words())
    assert shown.editor.people() == (DANIEL, INES)
    assert shown.told == []
    monkeypatch.undo()
    shown.press("Remove Ines")
    assert not any("disk is full" in words for words in shown.words())


def test_escape_leaves_the_form_before_the_sheet(stage: Callable[..., Stage]) -> None:
    shown = stage(DANIEL)
    shown.press("Add someone")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    run_events()
    assert button(shown.editor, "Change Daniel").isVisible()
    shown.press("Add someone")
    shown.press("Cancel")
    assert button(shown.editor, "Change Daniel").isVisible()
    assert shown.told == []


def test_if_the_disk_refuses_on_the_way_less_is_readable_never_more(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = Paths(tmp_path / "settings")
    keep_people(journal, (DANIEL, ANAND), paths)

    def full(_journal: Journal, _people: object) -> None:
        raise DiskFull

    monkeypatch.setattr("integrate.journal.people.save_people", full)
    hidden = Person(DANIEL.id, DANIEL.name, DANIEL.number, DANIEL.role)
    shown = Person(ANAND.id, ANAND.name, ANAND.number, shown_locked=True)
    with pytest.raises(DiskFull):
        keep_people(journal, (hidden, shown), paths)
    assert read_locked_help(paths, journal.id.bytes) == ()
    assert list_people(journal) == (DANIEL, ANAND)
