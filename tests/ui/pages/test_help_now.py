"""Help now: what it shows locked and open, in which order, and that nothing of a journal is needed for it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
import shiboken6
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from integrate.domain.helplines import Country, Emergency, HelpLine, LineKind
from integrate.domain.people import Person
from integrate.journal.help import countries, country
from integrate.journal.opening import Access
from integrate.journal.people import list_people, save_people
from integrate.journal.preferences import read_preferences
from integrate.journal.shown_locked import keep_people
from integrate.system.clock import FixedClock
from integrate.ui.desk import Desk
from integrate.ui.page import ProgramPort
from integrate.ui.pages.help.grounding import GroundingCard
from integrate.ui.pages.help.large import LargeNumber
from integrate.ui.pages.help.numbers import NumberGroups
from integrate.ui.pages.help.people import PersonRow
from integrate.ui.pages.help.sheet import HelpSheet
from integrate.ui.pages.help.spoken import country_code, phone
from integrate.ui.tasks import Mailbox
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.ui.pages.stand_ins import SmallProgram, button
from tests.ui.waiting import run_events, wait_until

NOW = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
DANIEL = Person(uuid4(), "Daniel", "415-555-0163", "Brother, companion", shown_locked=True)
INES = Person(uuid4(), "Ines Moreau", "415-555-0142", "Therapist")


class Stage:
    """A window over which Help now can be opened, with or without an open journal."""

    def __init__(self, theme: Theme, show: Callable[..., QWidget], sample: Sample, folder: Path) -> None:
        self.theme = theme
        self.sample = sample
        self.program = SmallProgram(folder, FixedClock(NOW, "Europe/Lisbon"), sample.place)
        self.desk: Desk | None = None
        self.window = QWidget()
        self.opener = QPushButton("Help now", self.window)
        show(self.window, 1280, 832)
        self.opener.setFocus()

    def unlock(self, *people: Person, access: Access = Access.WRITE) -> Desk:
        if people:
            with self.sample.open() as journal:
                keep_people(journal, people, self.program.paths)
        journal = self.sample.open(access)
        self.desk = Desk(journal, read_preferences(journal), Mailbox())
        return self.desk

    def open(self) -> HelpSheet:
        sheet = HelpSheet.open_over(self.theme, self.window, cast("ProgramPort", self.program), self.desk)
        self.settle(sheet)
        return sheet

    def settle(self, sheet: QWidget) -> None:
        """Wait until what was asked for is there."""
        answers: list[object] = []
        if self.desk is not None and self.desk.is_open:
            self.desk.write(sheet, lambda _journal: None, answers.append)
            wait_until(lambda: len(answers) == 1)
            self.desk.read(sheet, lambda _journal, _stop: None, answers.append)
            wait_until(lambda: len(answers) == 2)
        else:
            self.program.background.submit(sheet, lambda: None, answers.append, answers.append)
            wait_until(lambda: bool(answers))
        run_events()

    def end(self) -> None:
        self.program.end()
        if self.desk is not None:
            done: list[object] = []
            self.desk.close(lambda _journal: None, lambda *answer: done.append(answer))
            wait_until(lambda: bool(done))


@pytest.fixture
def stage(theme: Theme, show: Callable[..., QWidget], sample: Sample, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(theme, show, sample, tmp_path / "settings")
    yield made
    made.end()


def words(root: QWidget) -> list[str]:
    return [text.words() for text in root.findChildren(Text) if text.isVisible() and text.words()]


def people_of(sheet: QWidget) -> list[list[str]]:
    """What is said of each person."""
    return [[text.words() for text in row.findChildren(Text)] for row in sheet.findChildren(PersonRow)
            if row.isVisible()]  # fmt: skip


# --- always -----------------------------------------------------------------------------------------------------------


def test_the_emergency_number_comes_first_and_is_large(stage: Stage) -> None:
    sheet = stage.open()
    said = words(sheet)
    assert said[:2] == [
        "Help now",
        "Might you act on thoughts of ending your life? Is someone hard to wake, or struggling to breathe? Call 911.",
    ]
    assert "911" in said
    for sentence in (
        "This computer cannot make the call. Please use a phone, or ask someone near you to.",
        "Someone to talk to, day or night",
        "If someone with you crossed a line, it was not your fault",
        "Help with use of substances",
        "Numbers for: United States. Somewhere else?",
        "Not checked yet. If nobody answers, call 911.",
        "If nobody answers, call 911 or go to the nearest emergency department. You do not have to explain it well.",
        "All of this works offline. Opening this page is not recorded.",
    ):
        assert sentence in said, sentence
    assert sheet.panel.accessibleName() == "Help now"
    assert "Call 911." in sheet.panel.accessibleDescription()


def test_every_line_of_the_country_can_be_shown_large_and_none_copied(stage: Stage) -> None:
    sheet = stage.open()
    names = [found.accessibleName() or found.text() for found in sheet.findChildren(QAbstractButton)]
    for line in country("US").lines:
        assert f"Show large: {line.number}, {line.name}" in names
    assert not [name for name in names if "copy" in name.lower()]
    button(sheet, "Show large: 988, 988 Suicide and Crisis Lifeline").click()
    large = next(found for found in stage.window.findChildren(LargeNumber))
    assert large.accessibleName() == "988"
    assert large._metrics(large.width())[0] > 80
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert stage.window.findChildren(HelpSheet)[0].isVisible()
    assert not large.isVisible()


def test_a_long_address_is_shown_large_without_being_cut(theme: Theme) -> None:
    number = LargeNumber(theme, "findahelpline.com")
    size, height = number._metrics(360)
    assert size < 60
    assert height > 0


def test_asking_again_changes_nothing(stage: Stage) -> None:
    sheet = stage.open()
    assert stage.open() is sheet
    assert len(stage.window.findChildren(HelpSheet)) == 1
    sheet.close()
    run_events()
    assert stage.open() is not sheet


def test_escape_closes_it_and_the_focus_returns(stage: Stage) -> None:
    sheet = stage.open()
    assert QApplication.focusWidget() is sheet.heading
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    run_events()
    assert not shiboken6.isValid(sheet)
    assert stage.opener.hasFocus()


def test_it_scrolls_by_keys_wherever_the_focus_is(stage: Stage) -> None:
    stage.window.resize(900, 600)
    sheet = stage.open()
    bar = sheet._scroll.verticalScrollBar()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    assert bar.value() == 0


def test_it_opens_within_fifty_milliseconds(stage: Stage) -> None:
    taken = []
    for _attempt in range(4):
        begun = time.thread_time()
        sheet = HelpSheet.open_over(stage.theme, stage.window, cast("ProgramPort", stage.program), None)
        taken.append(time.thread_time() - begun)
        stage.settle(sheet)
        sheet.close()
        run_events()
    assert min(taken) < 0.05


def test_a_checked_number_says_when_and_an_old_one_that_it_may_have_changed(theme: Theme, sample: Sample) -> None:
    def line(name: str, day: date | None) -> HelpLine:
        return HelpLine(name, LineKind.CRISIS, name, "116 123", "a list", checked_on=day)

    made = Country("XX", "Nowhere", Emergency("112"), (line("new", date(2026, 9, 14)), line("old", date(2025, 1, 2))))
    groups = NumberGroups(theme, made, NOW.date(), lambda *_line: None)
    said = [text.words() for text in groups.findChildren(Text)]
    assert "Checked on 14 September 2026." in said
    assert "Checked on 2 January 2025. It may have changed." in said
    groups.deleteLater()


# --- country ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "system", "code"),
    [("GB", "en_US", "GB"), ("", "en_IE", "IE"), ("", "de_AT", "elsewhere"), ("elsewhere", "en_US", "elsewhere")],
)
def test_the_country_is_the_chosen_one_else_that_of_the_system(chosen: str, system: str, code: str) -> None:
    assert country_code(chosen, {known for known, _name in countries()}, QLocale(system)) == code


def test_another_country_is_chosen_from_a_menu_and_kept(stage: Stage) -> None:
    sheet = stage.open()
    button(sheet, "Change the country").click()
    menu = sheet._menu
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == [name for _code, name in countries()]
    assert [name for name, action in actions.items() if action.isChecked()] == ["United States"]
    actions["United Kingdom"].trigger()
    menu.close()
    run_events()
    assert stage.program.settings.country == "GB"
    said = words(sheet)
    assert "Numbers for: United Kingdom. Somewhere else?" in said
    assert "Samaritans" in said
    assert "Crisis Text Line" not in said
    assert "Not checked yet. If nobody answers, call 999." in said


def test_without_a_page_for_the_country_the_general_one_is_shown(stage: Stage) -> None:
    stage.program.change_settings(country="elsewhere")
    said = words(stage.open())
    assert "Numbers for any country. Is yours in the list?" in said
    assert phone("findahelpline.com") in said
    assert "If someone with you crossed a line, it was not your fault" in said


def test_a_number_keeps_its_order_where_text_runs_from_right_to_left() -> None:
    assert phone("988") == "988"
    assert phone("116 123") == "\u2066116 123\u2069"


# --- locked -----------------------------------------------------------------------------------------------------------


def test_locked_it_shows_the_chosen_lines_by_name_without_roles(stage: Stage) -> None:
    with stage.sample.open() as journal:
        keep_people(journal, (DANIEL, INES), stage.program.paths)
    sheet = stage.open()
    assert people_of(sheet) == [["Daniel", phone("415-555-0163")]]
    assert "Shown while locked too: your choice" in words(sheet)
    names = {found.accessibleName() or found.text() for found in sheet.findChildren(QAbstractButton)
             if found.isVisible()}  # fmt: skip
    assert not names & {"Add someone", "Change my people"}
    on_disk = b"".join(file.read_bytes() for file in stage.program.paths.settings_folder.iterdir())
    assert b"Daniel" in on_disk
    assert b"Brother" not in on_disk
    assert b"Ines" not in on_disk


def test_locked_without_a_chosen_line_it_says_where_the_people_are(stage: Stage) -> None:
    sheet = stage.open()
    assert people_of(sheet) == []
    assert "They are shown once the journal is open." in words(sheet)
    assert "Shown while locked too: your choice" not in words(sheet)


def test_without_any_journal_there_are_no_people(stage: Stage, tmp_path: Path) -> None:
    stage.program.place = tmp_path / "none.integrate"
    assert "My people" not in words(stage.open())


_LOCKED = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from integrate.system.clock import FixedClock
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from tests.ui.pages.stand_ins import SmallProgram
application = QApplication([])
from integrate.ui.pages.help.sheet import HelpSheet
program = SmallProgram(Path(sys.argv[1]), FixedClock(datetime(2026, 10, 8, tzinfo=UTC)), Path(sys.argv[2]))
window = QWidget(); window.resize(1280, 832); window.show()
sheet = HelpSheet.open_over(Theme(application, Look("light")), window, program, None)
answers = []
program.background.submit(sheet, lambda: None, answers.append, answers.append)
while not answers:
    application.processEvents()
assert sheet.isVisible() and sheet._section.isVisible()
heavy = {"sqlalchemy", "sqlcipher3", "cryptography", "keyring", "zxcvbn", "PIL", "integrate.journal.opening"}
print(sorted(heavy & set(sys.modules)))
"""


def test_locked_it_loads_nothing_that_could_open_a_journal(sample: Sample, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOCKED, str(tmp_path / "settings"), str(sample.place)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stderr


# --- open -------------------------------------------------------------------------------------------------------------


def test_open_it_shows_all_people_with_roles_in_their_order(stage: Stage) -> None:
    stage.unlock(INES, DANIEL)
    sheet = stage.open()
    assert people_of(sheet) == [
        ["Ines Moreau", "Therapist", phone("415-555-0142")],
        ["Daniel", "Brother, companion", phone("415-555-0163")],
    ]
    assert "Shown while locked too: your choice" in words(sheet)
    button(sheet, "Show large: 415-555-0142, Ines Moreau").click()
    assert stage.window.findChild(LargeNumber) is not None


def test_people_that_cannot_be_read_leave_the_numbers(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.unlock()

    def broken(_journal: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("integrate.journal.people.list_people", broken)
    said = words(stage.open())
    assert "Your people could not be read. The numbers here are not affected." in said
    assert "988 Suicide and Crisis Lifeline" in said


def test_open_to_read_only_nobody_can_be_added(stage: Stage) -> None:
    stage.unlock(access=Access.READ)
    sheet = stage.open()
    assert not [found for found in sheet.findChildren(QAbstractButton)
                if found.isVisible() and found.text() == "Add someone"]  # fmt: skip


def test_locking_takes_it_away_with_everything_on_it(stage: Stage) -> None:
    stage.unlock(INES)
    sheet = stage.open()
    rows = sheet.findChildren(PersonRow)
    for each in stage.window.findChildren(Sheet):
        each.discard()
    run_events()
    assert not any(map(shiboken6.isValid, (sheet, *rows)))


# --- exercises --------------------------------------------------------------------------------------------------------


def grounding(stage: Stage) -> GroundingCard:
    return cast("GroundingCard", stage.open().findChild(GroundingCard))


def test_the_exercise_can_be_done_one_step_at_a_time_with_keys(stage: Stage) -> None:
    card = grounding(stage)
    assert "Come back to the room" in words(card)
    steps = [step.text for step in card.exercise().steps]
    assert set(steps) <= set(words(card))
    button(card, "One at a time").click()
    assert [text for text in words(card) if text in steps] == steps[:1]
    assert "Step 1 of 5" in words(card)
    focused = QApplication.focusWidget()
    assert focused is button(card, "Next")
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert card.step() == 1
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert card.step() == 3
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert [text for text in words(card) if text in steps] == steps[2:3]
    for _more in range(9):
        card.next_step()
    assert card.step() == len(steps) - 1
    button(card, "All at once").click()
    assert set(steps) <= set(words(card))


def test_a_slow_breath_takes_its_place_and_leads_back(stage: Stage) -> None:
    card = grounding(stage)
    button(card, "A slow breath instead").click()
    assert "A slow breath" in words(card)
    assert card.accessibleName() == "A slow breath"
    button(card, "Come back to the room instead").click()
    assert "things you can see" in words(card)


def test_a_screen_reader_hears_how_many_things_to_find(stage: Stage) -> None:
    names = [text.accessibleName() for text in grounding(stage).findChildren(Text)]
    assert "5 things you can see" in names


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text_size", "width"), [(100, 1280), (100, 960), (100, 720), (130, 720), (200, 720)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_nothing_is_cut_at_any_width_and_text_size(
    make_theme: Callable[..., Theme], stage: Stage, text_size: int, width: int, direction: Qt.LayoutDirection
) -> None:
    endless = Person(uuid4(), "Wolfeschlegelsteinhausenbergerdorff" * 3, "+44 20 7946 0958", "Neighbour")
    stage.theme = make_theme(text_size=text_size)
    stage.window.setLayoutDirection(direction)
    stage.window.resize(width, 560)
    stage.unlock(endless, DANIEL)
    sheet = stage.open()
    content = cast("QWidget", sheet._scroll.widget())
    assert content.width() <= sheet._scroll.viewport().width()
    for widget in content.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, (QAbstractButton, Text)):
            place = widget.mapTo(content, widget.rect().topLeft()).x()
            assert place >= 0, widget.accessibleName()
            assert place + widget.width() <= content.width(), widget.accessibleName()
            if isinstance(widget, Text):
                assert widget.height() >= widget.heightForWidth(widget.width()), widget.words()


def test_every_control_has_a_name_and_tab_stays_inside(stage: Stage) -> None:
    stage.unlock(DANIEL)
    sheet = stage.open()
    reached: list[Any] = []
    for _step in range(60):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if reached and focused is reached[0]:
            break
        reached.append(focused)
    wanted = {found for found in sheet.findChildren(QAbstractButton) if found.isVisible()}
    assert wanted == set(reached)
    assert all(found.accessibleName() or found.text() for found in reached)


def test_the_list_kept_in_the_journal_is_the_one_shown(stage: Stage) -> None:
    with stage.sample.open() as journal:
        save_people(journal, (INES,))
        assert list_people(journal) == (INES,)
    stage.unlock()
    assert people_of(stage.open()) == [["Ines Moreau", "Therapist", phone("415-555-0142")]]
