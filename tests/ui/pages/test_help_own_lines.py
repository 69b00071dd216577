"""Own words and the care team on Help now: open, locked, damaged, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from integrate.domain.courses import Carer, CareRole
from integrate.domain.hard_night import LONGEST, NightKind, NightLine
from integrate.domain.people import Person
from integrate.errors import DiskFull
from integrate.journal.courses import begin_course, change_course, close_course, current_course
from integrate.journal.hard_night import list_early_signs, list_hard_night
from integrate.journal.opening import Access, Journal
from integrate.journal.shown_locked import keep_care_team, keep_early_signs, keep_hard_night, keep_people
from integrate.system.locked_help import LockedHelp, read_locked_page
from integrate.ui.night_editor import NightEditor
from integrate.ui.pages.help.own_lines import OwnLines
from integrate.ui.pages.help.sheet import HelpSheet
from integrate.ui.pages.help.spoken import phone
from integrate.ui.pages.help.team import TeamSheet
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.helpers.journals import tamper
from tests.ui.pages.stand_ins import button
from tests.ui.pages.test_help_now import Stage, people_of, words
from tests.ui.waiting import run_events, wait_until

TEA = NightLine(UUID(int=1), NightKind.HELPS, "Warm tea", shown_locked=True)
LAMP = NightLine(UUID(int=2), NightKind.HELPS, "The lamp on")
WHO = NightLine(UUID(int=3), NightKind.WHO, "Daniel, text him first")
PASSES = NightLine(UUID(int=4), NightKind.TELL, "It passed every time.", shown_locked=True)
PAGE = (TEA, LAMP, WHO, PASSES)
SIGN = NightLine(UUID(int=5), NightKind.SIGN, "I stop cooking.")
DANIEL = Person(UUID(int=6), "Daniel", "415-555-0163", "Brother", shown_locked=True)
INES = Carer(UUID(int=7), "Ines Moreau", CareRole.THERAPIST, "415-555-0142", in_help=True)
RAO = Carer(UUID(int=8), "Dr Rao", CareRole.PRESCRIBER, "415-555-0117")
JOAN = Carer(UUID(int=9), "Joan", CareRole.COMPANION)


class Room(Stage):
    """The same stage with more in the journal."""

    def fill(self, *work: Callable[[Journal], object]) -> None:
        with self.sample.open() as journal:
            for each in work:
                each(journal)

    def with_page(self, *lines: NightLine) -> None:
        self.fill(lambda journal: keep_hard_night(journal, lines, self.program.paths))

    def with_signs(self, *lines: NightLine) -> None:
        self.fill(lambda journal: keep_early_signs(journal, lines, self.program.paths))

    def with_team(self, *team: Carer) -> None:
        self.fill(begin_course, lambda journal: keep_care_team(journal, 1, team, self.program.paths))

    def editor(self, name: str = "Change my hard-night page") -> NightEditor:
        sheet = self.open()
        button(sheet, name).click()
        run_events()
        return next(found for found in self.window.findChildren(NightEditor) if found.isVisible())

    def press(self, root: QWidget, name: str) -> None:
        button(root, name).click()
        self.settle(root)

    def ask(self, what: Callable[[Journal], object]) -> object:
        answers: list[object] = []
        assert self.desk is not None
        self.desk.read(self.window, lambda journal, _stop: what(journal), answers.append)
        wait_until(lambda: bool(answers))
        return answers[0]

    def readable(self) -> LockedHelp:
        assert self.desk is not None
        return read_locked_page(self.program.paths, self.desk.journal_id.bytes)


@pytest.fixture
def room(theme: Theme, show: Callable[..., QWidget], sample: Sample, tmp_path: Path) -> Iterator[Room]:
    made = Room(theme, show, sample, tmp_path / "settings")
    yield made
    made.end()


def cards(sheet: QWidget) -> dict[str, list[str]]:
    """What the two cards of own words say, by their name; only those in sight."""
    return {card.accessibleName(): words(card)[1:] for card in sheet.findChildren(OwnLines) if card.isVisible()}


def texts(lines: object) -> list[str]:
    return [line.text for line in cast("tuple[NightLine, ...]", lines)]


def tick(root: QWidget, name: str) -> TickBox:
    return cast("TickBox", button(root, name))


# --- on the sheet -----------------------------------------------------------------------------------------------------


def test_the_page_comes_first_after_the_number_then_people_and_signs_last(room: Room) -> None:
    room.window.resize(760, 832)
    room.with_page(*PAGE)
    room.with_signs(SIGN)
    room.unlock(DANIEL)
    sheet = room.open()
    tops = {}
    for text in sheet.findChildren(Text):
        if text.isVisible() and text.words():
            tops.setdefault(text.words(), text.mapTo(sheet, text.rect().topLeft()).y())
    order = ["911", "My hard-night page", "What helps", "Warm tea", "The lamp on", "Who", "What I would tell myself",
             "My people", "Daniel", "Someone to talk to, day or night", "Help with use of substances",
             "Come back to the room", "My early signs", "I stop cooking."]  # fmt: skip
    assert [tops[word] for word in order] == sorted(tops[word] for word in order)


@pytest.mark.parametrize("which", ["locked", "open", "Change my hard-night page", "Change my people"])
def test_tab_goes_as_the_eye_does(room: Room, which: str) -> None:
    room.window.resize(760, 832)
    room.with_page(TEA, WHO)
    room.with_signs(SIGN)
    room.with_team(INES, RAO)
    room.fill(lambda journal: keep_people(journal, (DANIEL,), room.program.paths))
    if which != "locked":
        room.unlock()
    sheet: Sheet = room.open()
    if which.startswith("Change"):
        button(sheet, which).click()
        run_events()
        sheet = [found for found in room.window.findChildren(Sheet) if found.isVisible()][-1]
    content = cast("QWidget", sheet._scroll.widget())
    wanted = [found for found in content.findChildren(QAbstractButton) if found.isVisible()]
    reached: list[QWidget] = []
    for _step in range(60):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if reached and focused is reached[0]:
            break
        reached.append(focused)
    inside = [widget for widget in reached if widget in wanted]
    assert set(inside) == set(wanted)
    tops = [widget.mapTo(content, widget.rect().center()).y() // 12 for widget in inside]
    assert tops == sorted(tops), [
        widget.accessibleName() or cast("QAbstractButton", widget).text() for widget in inside
    ]


def test_open_it_shows_every_line_under_what_it_is(room: Room) -> None:
    room.with_page(*reversed(PAGE))
    room.with_signs(SIGN)
    room.unlock()
    assert cards(room.open()) == {
        "My hard-night page": [
            "2 lines are shown while locked too: your choice", "What helps", "The lamp on", "Warm tea", "Who",
            "Daniel, text him first", "What I would tell myself", "It passed every time.",
        ],
        "My early signs": ["I stop cooking."],
    }  # fmt: skip


def test_locked_it_shows_the_chosen_lines_and_nothing_else(room: Room) -> None:
    room.with_page(*PAGE)
    room.with_signs(SIGN, replace(SIGN, id=uuid4(), text="I sleep at noon.", shown_locked=True))
    room.with_team(replace(INES, shown_locked=True), replace(RAO, in_help=True), JOAN)
    room.fill(lambda journal: keep_people(journal, (DANIEL,), room.program.paths))
    sheet = room.open()
    assert cards(sheet) == {
        "My hard-night page": [
            "2 lines are shown while locked too: your choice", "What helps", "Warm tea", "What I would tell myself",
            "It passed every time.",
        ],
        "My early signs": ["1 line is shown while locked too: your choice", "I sleep at noon."],
    }  # fmt: skip
    assert people_of(sheet) == [["Daniel", phone("415-555-0163")], ["Ines Moreau", phone("415-555-0142")]]
    names = {found.accessibleName() for found in sheet.findChildren(QAbstractButton) if found.isVisible()}
    assert not [name for name in names if "my hard-night" in name or "early signs" in name or "care team" in name]
    on_disk = b"".join(file.read_bytes() for file in room.program.paths.settings_folder.iterdir())
    for hidden in (b"lamp", b"text him", b"cooking", b"Rao", b"Joan", b"herapist", b"Brother"):
        assert hidden not in on_disk


def test_locked_with_nothing_chosen_it_says_where_the_page_is(room: Room) -> None:
    room.with_page(LAMP)
    room.with_signs(SIGN)
    assert cards(room.open()) == {"My hard-night page": ["It is shown once the journal is open."]}


def test_without_any_journal_there_is_no_page(room: Room, tmp_path: Path) -> None:
    room.program.place = tmp_path / "none.integrate"
    assert cards(room.open()) == {}


def test_before_anything_was_written_it_says_how_to_begin(room: Room) -> None:
    room.unlock()
    sheet = room.open()
    assert cards(sheet)["My hard-night page"] == [
        "For a calm day: what helps, who, and what you would tell yourself.",
    ]
    button(sheet, "Write my hard-night page")
    button(sheet, "Write my early signs")


def test_open_to_read_only_nothing_can_be_written(room: Room) -> None:
    room.with_page(TEA)
    room.with_team(INES)
    room.unlock(access=Access.READ)
    sheet = room.open()
    assert list(cards(sheet)) == ["My hard-night page"], "signs that are not there and cannot be written are left out"
    names = {found.accessibleName() for found in sheet.findChildren(QAbstractButton) if found.isVisible()}
    assert not names & {"Change my hard-night page", "Write my early signs", "Choose who of my care team is shown"}


def test_signs_of_a_closed_course_are_shown_and_can_be_made_ones_own(room: Room) -> None:
    room.fill(begin_course, lambda journal: close_course(journal, "I stop cooking.\nI sleep at noon.", ""))
    room.unlock()
    editor = room.editor("Change my early signs")
    room.press(editor, "Remove: I sleep at noon.")
    assert texts(room.ask(list_early_signs)) == ["I stop cooking."]
    assert cards(room.open())["My early signs"] == ["I stop cooking."]


# --- damage -----------------------------------------------------------------------------------------------------------


def test_damaged_records_take_nothing_else_away(room: Room) -> None:
    room.with_page(*PAGE)
    room.with_signs(SIGN)
    room.with_team(INES)
    room.fill(
        lambda journal: keep_people(journal, (DANIEL,), room.program.paths),
        lambda journal: tamper(journal, "UPDATE setting SET value = '[]'"),
        lambda journal: tamper(journal, "UPDATE course SET care_team = '[]'"),
    )
    room.unlock()
    sheet = room.open()
    unread = ["This could not be read. The numbers here are not affected."]
    assert cards(sheet) == {"My hard-night page": unread, "My early signs": unread}
    said = words(sheet)
    assert "Your people could not be read. The numbers here are not affected." in said
    assert "Your care team could not be read. The numbers here are not affected." in said
    assert "988 Suicide and Crisis Lifeline" in said
    names = {found.accessibleName() for found in sheet.findChildren(QAbstractButton) if found.isVisible()}
    assert not [name for name in names if name.startswith(("Change my", "Write my", "Choose who"))]
    assert [words.text for words in room.readable().words] == ["Warm tea", "It passed every time."]


def test_one_damaged_record_leaves_the_others(room: Room) -> None:
    room.with_page(TEA)
    room.with_signs(SIGN)
    room.fill(lambda journal: tamper(journal, "UPDATE setting SET value = '[]' WHERE key = 'hard_night'"))
    room.unlock(DANIEL)
    sheet = room.open()
    assert cards(sheet)["My early signs"] == ["I stop cooking."]
    assert people_of(sheet)[0][0] == "Daniel"


# --- writing ----------------------------------------------------------------------------------------------------------


def test_the_first_lines_are_written_one_or_many_at_a_time(room: Room) -> None:
    room.unlock()
    editor = room.editor("Write my hard-night page")
    button(editor, "Add a line: What helps").click()
    area = editor._form.area
    assert QApplication.focusWidget() is area.edit
    QTest.keyClicks(area.edit, "Warm tea")
    QTest.keyClick(area.edit, Qt.Key.Key_Return)
    room.settle(editor)
    assert QApplication.focusWidget() is button(editor, "Add a line: What helps")
    button(editor, "Add a line: What I would tell myself").click()
    area.set_text("It passes.\n\n  You are not alone. ")
    room.press(editor, "Save")
    assert texts(room.ask(list_hard_night)) == ["Warm tea", "It passes.", "You are not alone."]
    assert room.readable().is_empty
    button(editor, "Done").click()
    run_events()
    shown = cards(next(found for found in room.window.findChildren(HelpSheet) if found.isVisible()))
    assert shown["My hard-night page"] == [
        "What helps", "Warm tea", "What I would tell myself", "It passes.", "You are not alone.",
    ]  # fmt: skip


def test_each_line_has_a_switch_of_its_own_that_says_it_is_stored_readable(room: Room) -> None:
    room.with_page(TEA, LAMP)
    room.unlock()
    editor = room.editor()
    assert any("stored readable on this computer" in said for said in words(editor))
    switch = tick(editor, "Shown while locked too: The lamp on")
    assert "stored readable on this computer" in switch.accessibleDescription()
    assert not switch.isChecked()
    switch.click()
    room.settle(editor)
    assert [words.text for words in room.readable().words] == ["Warm tea", "The lamp on"]
    room.press(editor, "Shown while locked too: Warm tea")
    assert QApplication.focusWidget() is tick(editor, "Shown while locked too: Warm tea")
    assert [words.text for words in room.readable().words] == ["The lamp on"]
    room.press(editor, "Remove: The lamp on")
    assert room.readable().is_empty
    assert not list(room.program.paths.settings_folder.glob("help-*"))


def test_two_quick_ticks_do_not_undo_each_other(room: Room) -> None:
    room.with_page(LAMP, WHO)
    room.unlock()
    editor = room.editor()
    tick(editor, "Shown while locked too: The lamp on").click()
    tick(editor, "Shown while locked too: Daniel, text him first").click()
    room.settle(editor)
    assert [words.text for words in room.readable().words] == ["The lamp on", "Daniel, text him first"]


def test_lines_are_changed_moved_removed_and_taken_back(room: Room) -> None:
    room.with_page(*PAGE)
    room.unlock()
    editor = room.editor()
    room.press(editor, "Move up: The lamp on")
    assert texts(room.ask(list_hard_night))[:2] == ["The lamp on", "Warm tea"]
    assert QApplication.focusWidget() is button(editor, "Move down: The lamp on")
    room.press(editor, "Change: Warm tea")
    assert editor._form.state() == ("Warm tea", True)
    editor._form.area.set_text("Cold tea")
    room.press(editor, "Save")
    kept = cast("tuple[NightLine, ...]", room.ask(list_hard_night))
    assert next(line for line in kept if line.text == "Cold tea") == replace(TEA, text="Cold tea")
    room.press(editor, "Remove: Daniel, text him first")
    assert "The line was removed." in words(editor)
    assert QApplication.focusWidget() is button(editor, "Undo")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.settle(editor)
    assert room.ask(list_hard_night) == kept


def test_what_cannot_be_a_line_is_told_and_stays_in_the_field(room: Room) -> None:
    room.with_page(TEA)
    room.unlock()
    editor = room.editor()
    button(editor, "Add a line: Who").click()
    for typed, said in (("  ", "needs a word"), ("x" * (LONGEST + 1), "at most 500"), ("a\n" * 90, "room for 60")):
        editor._form.area.set_text(typed)
        room.press(editor, "Save")
        assert said in editor._form.area.error()
        assert editor._form.area.text() == typed
    room.press(editor, "Cancel")
    assert texts(room.ask(list_hard_night)) == ["Warm tea"]


def test_a_disk_that_refuses_is_told_and_nothing_typed_is_lost(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.with_page(TEA)
    room.unlock()
    editor = room.editor()

    def full(_journal: Journal, _lines: object) -> None:
        raise DiskFull

    monkeypatch.setattr("integrate.journal.hard_night.save_hard_night", full)
    room.press(editor, "Shown while locked too: Warm tea")
    assert any("disk is full" in said for said in words(editor))
    assert tick(editor, "Shown while locked too: Warm tea").isChecked()
    button(editor, "Add a line: Who").click()
    editor._form.area.set_text("My sister")
    room.press(editor, "Save")
    assert editor._form.isVisible()
    assert editor._form.area.text() == "My sister"
    assert editor.lines() == (TEA,)
    monkeypatch.undo()
    room.press(editor, "Save")
    assert texts(room.ask(list_hard_night)) == ["Warm tea", "My sister"]
    assert not any("disk is full" in said for said in words(editor))


# --- leaving ----------------------------------------------------------------------------------------------------------


def test_escape_and_close_keep_what_was_typed_and_cancel_gives_it_up(room: Room) -> None:
    room.with_page(TEA)
    room.unlock()
    editor = room.editor()
    button(editor, "Add a line: Who").click()
    QTest.keyClicks(editor._form.area.edit, "My sister")
    QTest.keyClick(editor._form.area.edit, Qt.Key.Key_Escape)
    room.settle(editor)
    assert editor.isVisible()
    button(editor, "Add a line: Who").click()
    QTest.keyClicks(editor._form.area.edit, "Nobody")
    room.press(editor, "Cancel")
    button(editor, "Add a line: Who").click()
    QTest.keyClick(editor._form.area.edit, Qt.Key.Key_Escape)
    assert button(editor, "Change: Warm tea").isVisible()
    button(editor, "Change: Warm tea").click()
    editor._form.area.set_text("Cold tea")
    editor.close()
    wait_until(lambda: not shiboken6.isValid(editor))
    assert texts(room.ask(list_hard_night)) == ["Cold tea", "My sister"]


def test_a_lock_keeps_what_is_in_the_form_and_leaves_nothing_on_the_screen(room: Room) -> None:
    room.with_page(TEA)
    room.unlock()
    editor = room.editor()
    button(editor, "Add a line: Who").click()
    editor._form.area.set_text("My sister")
    for each in room.window.findChildren(Sheet):
        each.discard()
    run_events()
    assert not shiboken6.isValid(editor)
    room.end()
    room.desk = None
    with room.sample.open() as journal:
        assert texts(list_hard_night(journal)) == ["Warm tea", "My sister"]
        room.program = type(room.program)(room.program.paths.settings_folder, room.program.clock, room.sample.place)


# --- care team --------------------------------------------------------------------------------------------------------


def test_open_the_care_team_shows_below_the_people_with_roles_where_it_was_allowed(room: Room) -> None:
    room.with_team(INES, RAO)
    room.unlock(DANIEL)
    sheet = room.open()
    assert people_of(sheet) == [
        ["Daniel", "Brother", phone("415-555-0163")],
        ["Ines Moreau", "Therapist", phone("415-555-0142")],
    ]
    assert "My care team" in words(sheet)


def test_without_a_care_team_nothing_is_said_of_one(room: Room) -> None:
    room.fill(begin_course)
    room.unlock()
    assert "My care team" not in words(room.open())


def test_who_of_the_team_shows_is_chosen_one_by_one(room: Room) -> None:
    room.with_team(INES, RAO, JOAN)
    room.unlock()
    help_now = room.open()
    button(help_now, "Choose who of my care team is shown").click()
    run_events()
    sheet = next(found for found in room.window.findChildren(TeamSheet) if found.isVisible())
    assert any("stored readable on this computer" in said for said in words(sheet))
    assert not tick(sheet, "Shown while locked too: Dr Rao").isEnabled()
    assert not tick(sheet, "Shown while locked too: Joan").isEnabled()
    room.press(sheet, "Shown while locked too: Ines Moreau")
    room.press(sheet, "Show on Help now: Dr Rao")
    room.press(sheet, "Show on Help now: Joan")
    assert not tick(sheet, "Shown while locked too: Joan").isEnabled(), "there is no number to show"
    room.press(sheet, "Shown while locked too: Dr Rao")
    assert [line.name for line in room.readable().team] == ["Ines Moreau", "Dr Rao"]
    room.press(sheet, "Show on Help now: Dr Rao")
    assert [line.name for line in room.readable().team] == ["Ines Moreau"]
    team = room.ask(lambda journal: current_course(journal).care_team)  # type: ignore[union-attr]  # there is one
    assert team == (replace(INES, shown_locked=True), RAO, replace(JOAN, in_help=True))
    sheet.close()
    run_events()
    assert [said[0] for said in people_of(help_now)] == ["Ines Moreau", "Joan"]


def test_a_team_that_the_disk_refuses_shows_what_holds(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.with_team(INES)
    room.unlock()
    button(room.open(), "Choose who of my care team is shown").click()
    run_events()
    sheet = next(found for found in room.window.findChildren(TeamSheet) if found.isVisible())

    def full(*_arguments: object, **_named: object) -> None:
        raise DiskFull

    monkeypatch.setattr("integrate.journal.courses.change_course", full)
    room.press(sheet, "Shown while locked too: Ines Moreau")
    assert any("disk is full" in said for said in words(sheet))
    assert not tick(sheet, "Shown while locked too: Ines Moreau").isChecked()
    assert room.readable().is_empty


def test_opening_help_now_forgets_who_was_taken_off_the_team_elsewhere(room: Room) -> None:
    room.with_team(replace(INES, shown_locked=True))
    room.fill(lambda journal: change_course(journal, 1, care_team=()))
    room.unlock()
    assert room.readable().team
    room.open()
    assert room.readable().is_empty


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text_size", "width"),
    [(200, 720), pytest.param(100, 1280, marks=pytest.mark.hard), pytest.param(100, 720, marks=pytest.mark.hard)],
)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("which", ["help", "editor", "form", "team"])
def test_nothing_is_cut_and_every_control_has_a_name(
    make_theme: Callable[..., Theme], room: Room, text_size: int, width: int, direction: Qt.LayoutDirection, which: str
) -> None:
    endless = NightLine(uuid4(), NightKind.WHO, "Wolfeschlegelsteinhausenbergerdorff" * 9)
    long_name = replace(INES, id=uuid4(), name="Hubert Blaine " + "Wolfeschlegelsteinhausen" * 8)
    room.theme = make_theme(text_size=text_size)
    room.window.setLayoutDirection(direction)
    room.window.resize(width, 560)
    room.with_page(*PAGE, endless)
    room.with_signs(SIGN)
    room.with_team(INES, RAO, long_name)
    room.unlock(DANIEL)
    sheet: Sheet = room.open()
    if which == "team":
        button(sheet, "Choose who of my care team is shown").click()
    elif which != "help":
        button(sheet, "Change my hard-night page").click()
        run_events()
        if which == "form":
            button(room.window.findChildren(NightEditor)[-1], "Add a line: Who").click()
    run_events()
    kind = {"help": HelpSheet, "team": TeamSheet}.get(which, NightEditor)
    sheet = next(found for found in room.window.findChildren(kind) if found.isVisible())
    content = cast("QWidget", sheet._scroll.widget())
    assert content.width() <= sheet._scroll.viewport().width()
    for widget in content.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, (QAbstractButton, Text)):
            place = widget.mapTo(content, widget.rect().topLeft()).x()
            assert place >= 0, widget.accessibleName()
            assert place + widget.width() <= content.width(), widget.accessibleName()
            if isinstance(widget, Text):
                assert widget.height() >= widget.heightForWidth(widget.width()), widget.words()
            else:
                assert widget.accessibleName() or widget.text()
