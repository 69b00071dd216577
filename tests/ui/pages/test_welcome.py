"""Welcome with the real program: three steps, and a real journal at their end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from integrate.errors import DiskFull
from integrate.journal.info import journal_info
from integrate.journal.opening import ByPassphrase, ByWords, open_journal
from integrate.ui.pages.welcome.page import WelcomeScene
from integrate.ui.pages.welcome.printing import paint_words
from integrate.ui.scene import Scene
from tests.ui.pages.door import DoorProgram, button, door_program, press, says, squeezed, type_into, untold
from tests.ui.waiting import wait_until

PHRASE = "slow lantern under the fig"


@pytest.fixture
def program(app: QApplication, tmp_path: Path) -> Iterator[DoorProgram]:
    with door_program(app, tmp_path) as made:
        yield made


def scene_of(program: DoorProgram) -> WelcomeScene:
    scene = program.window.scene()
    assert isinstance(scene, WelcomeScene)
    return scene


def choose_passphrase(scene: WelcomeScene, phrase: str = PHRASE) -> None:
    fields = scene.passphrase.passphrase
    type_into(fields.first.edit, phrase)
    press(fields.first.edit, Qt.Key.Key_Return)
    assert fields.second.edit.hasFocus()
    type_into(fields.second.edit, phrase)
    press(fields.second.edit, Qt.Key.Key_Return)
    wait_until(lambda: bool(scene.words.words()))


def check_words(scene: WelcomeScene) -> None:
    for field, number in zip(scene.words.check.fields, scene.words.check.asked, strict=True):
        type_into(field.edit, scene.words.words()[number - 1])
    scene.words.check.understood.click()


def test_three_steps_by_keyboard_make_a_journal_that_both_secrets_open(program: DoorProgram) -> None:
    scene = scene_of(program)
    assert scene.passphrase.passphrase.first.edit.hasFocus()
    choose_passphrase(scene)
    words = scene.words.words()
    check_words(scene)
    press(scene.words.check.fields[1].edit, Qt.Key.Key_Return)
    assert scene.settings.name.edit.hasFocus()
    type_into(scene.settings.name.edit, "Sarah")
    press(scene.settings.name.edit, Qt.Key.Key_Return)
    assert says(program.window, "Making your journal. This takes a few seconds on purpose.")
    wait_until(lambda: bool(program.opened))
    place = program.paths.default_journal
    assert (program.opened[0].place, program.opened[0].name) == (place, "Sarah")
    open_journal(place, ByPassphrase(PHRASE)).close()
    open_journal(place, ByWords(" ".join(words))).close()


def test_later_makes_a_journal_without_words_and_says_so(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    button(scene, "Do this later").click()
    assert says(scene, "There are no recovery words yet. You can make them in Settings, any day.")
    button(scene, "Create my journal").click()
    wait_until(lambda: bool(program.opened))
    assert [slot.kind for slot in journal_info(program.paths.default_journal).slots] == ["passphrase"]


def test_what_is_missing_stands_beside_the_button(program: DoorProgram) -> None:
    scene = scene_of(program)
    step = scene.passphrase
    assert not step.go_on.isEnabled() and step.reason.words() == "Type a passphrase to go on."
    type_into(step.passphrase.first.edit, "short")
    assert step.reason.words() == "A passphrase needs at least 10 characters."
    type_into(step.passphrase.first.edit, " but longer now")
    assert step.reason.words() == "Type the same passphrase again to go on."
    type_into(step.passphrase.second.edit, "something else")
    assert step.reason.words() == "The two are not the same yet."
    assert not says(scene, "the same passphrase") and not step.passphrase._same.isVisible()
    press(step.passphrase.second.edit, Qt.Key.Key_Return)
    assert step.isVisible(), "Enter does not go on while something is missing"


def test_the_tick_shows_once_both_are_the_same(program: DoorProgram) -> None:
    fields = scene_of(program).passphrase.passphrase
    type_into(fields.first.edit, PHRASE)
    type_into(fields.second.edit, PHRASE)
    assert fields._same.isVisible() and fields.second.edit.accessibleDescription() == "the same"
    assert not fields.first.secret.is_shown(), "dots, until the person asks to see it"


def test_the_meter_tells_the_price_without_slowing_the_typing(program: DoorProgram) -> None:
    fields = scene_of(program).passphrase.passphrase
    type_into(fields.first.edit, PHRASE)
    assert fields.meter.filled() == 0, "nothing is judged while somebody types"
    wait_until(lambda: fields.meter.filled() == 4)
    assert "dollars" in fields.meter.accessibleName()
    fields.first.edit.selectAll()
    press(fields.first.edit, Qt.Key.Key_Delete)
    assert fields.meter.filled() == 0 and fields.meter.accessibleName() == ""


def test_a_suggestion_is_shown_and_typed_again_once(program: DoorProgram) -> None:
    scene = scene_of(program)
    button(scene, "Suggest one for me").click()
    fields = scene.passphrase.passphrase
    wait_until(lambda: len(fields.first.text().split()) == 7)
    assert fields.first.secret.is_shown() and fields.second.edit.hasFocus() and fields.second.text() == ""


def test_the_words_of_the_check_are_asked_for_by_number(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    step, (one, other) = scene.words, scene.words.check.asked
    assert step.reason.words() == f"Type words {one} and {other} and tick the box to go on."
    type_into(step.check.fields[0].edit, step.words()[one - 1].upper())
    assert step.reason.words() == f"Type word {other} and tick the box to go on."
    step.check.understood.click()
    type_into(step.check.fields[1].edit, "wrongword")
    press(step.check.fields[1].edit, Qt.Key.Key_Tab)
    assert step.check.fields[1].error() == f"That is not word {other}. Please look at the paper again."
    assert not step.go_on.isEnabled()


def test_the_words_stay_the_same_over_back_and_can_be_hidden(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    words = scene.words.words()
    assert len(set(words)) > 8 and says(scene, words[3])
    button(scene, "Hide the words").click()
    assert not says(scene, words[3]) or words[3] in "Write these words on paper"
    press(scene.words.check.fields[0].edit, Qt.Key.Key_Escape)
    assert scene.passphrase.isVisible() and scene.passphrase.passphrase.text() == PHRASE
    scene.passphrase.try_onward()
    assert scene.words.words() == words


def test_enter_on_the_tick_box_goes_on_and_on_a_button_presses_it(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    check_words(scene)
    scene.words.check.understood.setFocus()
    press(scene.words.check.understood, Qt.Key.Key_Return)
    assert scene.settings.isVisible()
    back = button(scene, "Back")
    back.setFocus()
    press(back, Qt.Key.Key_Return)
    assert scene.words.isVisible() and not program.opened


def test_printing_is_warned_of_first(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    button(scene, "Print…").click()
    assert says(scene, "Printers and print queues can keep copies.")
    button(scene, "Do not print").click()
    assert not says(scene, "Printers and print queues can keep copies.")


def test_the_printed_page_holds_something_in_every_part(program: DoorProgram) -> None:
    page = QImage(800, 1100, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    paint_words(painter, page.rect().toRectF(), program.theme, ["harbour"] * 12)
    painter.end()
    dark = [row for row in range(1100) if any(page.pixelColor(x, row).lightness() < 120 for x in range(0, 800, 2))]
    assert dark[0] > 40 and 300 < dark[-1] < 1000


def test_settings_take_effect_at_once(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    button(scene, "Do this later").click()
    step = scene.settings
    step.larger.click()
    assert program.settings.text_size == 110 and program.theme.scale == pytest.approx(1.1)
    for _time in range(20):
        step.larger.click()
    assert program.settings.text_size == 200 and not step.larger.isEnabled()
    step.themes[2].click()
    assert program.settings.theme == "dark" and program.theme.scheme.dark


def test_the_country_of_the_computer_is_a_suggestion(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("en_IE"))
    with door_program(app, tmp_path) as program:
        scene = scene_of(program)
        choose_passphrase(scene)
        button(scene, "Do this later").click()
        wait_until(lambda: scene.settings.chosen_country() == "IE")
        assert says(scene, "Suggested by this computer's region setting. Please choose where you are.")
        button(scene, "Create my journal").click()
        wait_until(lambda: bool(program.opened))
        assert program.settings.country == "IE"


def test_a_taken_place_gets_a_neighbour_and_a_synced_one_is_said(program: DoorProgram, tmp_path: Path) -> None:
    step = scene_of(program).passphrase
    folder = tmp_path / "Dropbox"
    (folder / "My journal.integrate").mkdir(parents=True)
    step._folder_chosen(folder)
    wait_until(lambda: step.place == folder / "My journal 2.integrate")
    assert says(step, str(step.place)) and says(step, "Dropbox copies this folder elsewhere.")


def test_a_refusal_is_told_and_nothing_typed_is_lost(program: DoorProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise DiskFull

    scene = scene_of(program)
    choose_passphrase(scene)
    check_words(scene)
    scene.words.try_onward()
    type_into(scene.settings.name.edit, "Sarah")
    monkeypatch.setattr("integrate.journal.opening.create_journal", refuse)
    button(scene, "Create my journal").click()
    wait_until(lambda: says(scene, "This disk is full."))
    assert scene.settings.chosen_name() == "Sarah" and scene.passphrase.passphrase.text() == PHRASE
    monkeypatch.undo()


def test_nothing_secret_stays_when_the_scene_goes(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    word = scene.words.words()[6]
    program.window.show_scene(Scene())
    assert scene.words.words() == () and scene.passphrase.passphrase.text() == ""
    assert all(word not in label.text() for label in scene.words.grid.findChildren(QWidget) if hasattr(label, "text"))


def test_other_journals_and_help_now_are_at_hand(program: DoorProgram) -> None:
    button(program.window, "Open a journal or a backup").click()
    assert says(program.window, "Open another journal")
    program.window.close_sheets()
    button(program.window, "Help now").click()
    assert program.helped == 1


def test_every_control_has_a_name_and_a_role(program: DoorProgram) -> None:
    assert not untold(program)


def test_tab_goes_as_the_eye_does_and_reaches_help_now_last(program: DoorProgram) -> None:
    scene = scene_of(program)
    choose_passphrase(scene)
    check_words(scene)
    scene.words.print.setFocus()
    seen = []
    for _step in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        found = QAccessible.queryAccessibleInterface(focused)
        seen.append(found.text(QAccessible.Text.Name))
        press(focused, Qt.Key.Key_Tab)
    fields = [f"Word {number}" for number in scene.words.check.asked]
    tick = "I understand that nobody can reset my passphrase."
    assert seen == [
        "Print…", "Hide the words", *fields, tick, "Continue", "Back", "Do this later",
    ]  # fmt: skip
    assert button(scene, "Help now").hasFocus()


@pytest.mark.parametrize(
    "size",
    [(720, 560), pytest.param((1280, 832), marks=pytest.mark.hard), pytest.param((960, 640), marks=pytest.mark.hard)],
)
@pytest.mark.parametrize("text_size", [100, 200])
def test_nothing_is_cut_off_in_any_step(
    app: QApplication, tmp_path: Path, size: tuple[int, int], text_size: int
) -> None:
    with door_program(app, tmp_path, size=size, text_size=text_size) as program:
        scene = scene_of(program)
        for step in range(3):
            if step == 0:
                fields = scene.passphrase.passphrase
                type_into(fields.first.edit, PHRASE)
                type_into(fields.second.edit, PHRASE)
                wait_until(lambda fields=fields: fields.meter.filled() == 4)
            elif step == 1:
                scene.passphrase.try_onward()
                wait_until(lambda: bool(scene.words.words()))
                button(scene, "Print…").click()
            else:
                button(scene, "Do this later").click()
            program.settle()
            assert squeezed(scene) == [], step
            content = scene._scroll.widget()
            assert content is not None and content.width() <= scene._scroll.viewport().width(), step
            help_now = button(scene, "Help now")
            corner = help_now.mapTo(program.window, help_now.rect().bottomRight())
            assert program.window.rect().contains(corner), step
