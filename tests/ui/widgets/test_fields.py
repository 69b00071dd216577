"""Fields: labels, errors, and a passphrase that leaves by no other way than ``text()``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from integrate.domain.strength import judge
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets import fields
from integrate.ui.widgets.fields import LineField, SearchField
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.step_list import StepList
from integrate.ui.widgets.strength_meter import StrengthMeter
from tests.ui.widgets.states import Role, description, name, role, told

Show = Callable[..., QWidget]
SECRET = "slow lantern under the fig"


@pytest.fixture
def field(theme: Theme, show: Show) -> PassphraseField:
    made = PassphraseField(theme, "Passphrase")
    show(made, 400, 120)
    made.secret.setFocus()
    QTest.keyClicks(made.secret, SECRET)
    QGuiApplication.clipboard().clear()
    return made


def test_a_field_is_as_high_as_drawn_and_grows(theme: Theme) -> None:
    field = LineField(theme, "Name")
    assert field.box.height() == 44
    theme.set_look(Look(theme="light", text_size=200))
    assert field.box.height() >= theme.line("body") + 20


def test_a_field_is_named_by_its_label_and_described_by_its_hint(theme: Theme) -> None:
    field = LineField(theme, "Dose, as prescribed", hint="In your clinic's words")
    assert (role(field.edit), name(field.edit)) == (Role.EditableText, "Dose, as prescribed")
    assert description(field.edit) == "In your clinic's words"
    assert field.label.buddy() is field.edit


def test_an_error_is_seen_heard_and_taken_back(theme: Theme, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(fields, "announce", lambda _widget, text, **_how: said.append(text))
    field = LineField(theme, "Name", hint="A hint")
    show(field, 400, 140)
    plain = field.grab().toImage()
    field.set_error("That did not open the journal.")
    assert field.error() == "That did not open the journal."
    assert description(field.edit) == "That did not open the journal."
    assert said == ["That did not open the journal."]
    assert field.grab().toImage() != plain
    field.set_error("")
    assert field.error() == ""
    assert description(field.edit) == "A hint"


def test_the_border_thickens_with_the_focus(theme: Theme, show: Show) -> None:
    field = LineField(theme, "Name")
    show(field, 300, 100)
    field.edit.clearFocus()
    before = field.box.grab().toImage().pixelColor(100, 1)
    field.edit.setFocus()
    assert field.box.grab().toImage().pixelColor(100, 1) == theme.color("focus") != before


def test_read_only_is_sunken_and_told(theme: Theme, show: Show) -> None:
    field = LineField(theme, "Dose")
    field.edit.setText("1 lozenge")
    field.set_read_only(True)
    show(field, 300, 100)
    field.edit.clearFocus()
    image = field.box.grab().toImage()
    assert image.pixelColor(250, 22) == theme.color("sunken")
    assert told(field.edit).state().readOnly


def test_search_clears_by_esc_and_by_its_button(theme: Theme, show: Show) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    search = SearchField(theme, "Search entries")
    column.addWidget(search)
    show(page, 300, 80)
    heard: list[str] = []
    search.changed.connect(heard.append)
    search.edit.setFocus()
    assert not search.clear_button.isVisible()
    QTest.keyClicks(search.edit, "a")
    assert search.clear_button.isVisible()
    QTest.keyClick(search.edit, Qt.Key.Key_Escape)
    assert search.text() == ""
    QTest.keyClicks(search.edit, "b")
    search.clear_button.click()
    assert heard == ["a", "", "b", ""]
    assert search.edit.hasFocus()
    assert name(search.clear_button) == "Clear search"
    assert search.height() == 36


# --- passphrase -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize(
    "key", [QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Undo]
)
def test_no_key_takes_it_out(field: PassphraseField, shown: bool, key: QKeySequence.StandardKey) -> None:
    field.set_shown(shown)
    for binding in QKeySequence.keyBindings(key):
        field.secret.selectAll()
        combination = binding[0]
        press = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers())
        QApplication.sendEvent(field.secret, press)
        assert QGuiApplication.clipboard().text() == ""
        assert field.text() == SECRET


@pytest.mark.parametrize("shown", [False, True])
def test_no_history_is_kept(field: PassphraseField, shown: bool) -> None:
    field.set_shown(shown)
    QTest.keyClick(field.secret, Qt.Key.Key_Backspace)
    assert field.text() == SECRET[:-1]
    assert not field.secret.isUndoAvailable()
    field.set_shown(True)
    field.secret.undo()
    assert field.text() == SECRET[:-1]


def test_typing_in_the_middle_stays_in_the_middle(field: PassphraseField) -> None:
    field.secret.setCursorPosition(4)
    QTest.keyClicks(field.secret, "er")
    assert field.text() == "slower lantern under the fig"


def test_copying_and_cutting_by_program_do_nothing(field: PassphraseField) -> None:
    field.set_shown(True)
    field.secret.selectAll()
    field.secret.copy()
    field.secret.cut()
    assert QGuiApplication.clipboard().text() == ""
    assert field.text() == SECRET


def test_letting_the_mouse_go_hands_no_selection_to_the_system(
    field: PassphraseField, monkeypatch: pytest.MonkeyPatch
) -> None:
    released: list[object] = []
    monkeypatch.setattr(QLineEdit, "mouseReleaseEvent", lambda _edit, event: released.append(event))
    field.set_shown(True)
    field.secret.selectAll()
    QTest.mouseClick(field.secret, Qt.MouseButton.LeftButton)
    assert released == []  # only Qt's own handler copies to the primary selection


def test_nothing_can_be_dragged_out(field: PassphraseField) -> None:
    assert not field.secret.dragEnabled()
    assert not field.secret.acceptDrops()


def test_the_menu_has_no_copy(field: PassphraseField) -> None:
    menu = field.secret.make_menu()
    assert [action.text() for action in menu.actions()] == ["Paste", "Delete", "Select all"]
    menu.deleteLater()


def test_input_methods_are_told_that_it_is_secret(field: PassphraseField) -> None:
    wanted = (
        Qt.InputMethodHint.ImhHiddenText,
        Qt.InputMethodHint.ImhSensitiveData,
        Qt.InputMethodHint.ImhNoPredictiveText,
    )
    for shown in (True, False):
        field.set_shown(shown)
        assert all(field.secret.inputMethodHints() & hint for hint in wanted)


def test_the_eye_is_a_button_with_a_name_for_what_it_does(field: PassphraseField) -> None:
    assert name(field.eye) == "Show the passphrase"
    assert field.eye.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(field.secret, Qt.Key.Key_Tab)
    assert field.eye.hasFocus()
    QTest.keyClick(field.eye, Qt.Key.Key_Space)
    assert field.secret.is_shown()
    assert name(field.eye) == "Hide the passphrase"


def test_screen_readers_hear_that_it_is_a_passphrase_and_not_what(field: PassphraseField) -> None:
    assert told(field.secret).state().passwordEdit
    assert SECRET not in told(field.secret).text(QAccessible.Text.Value)


def test_wiping_leaves_nothing_and_hides_again(field: PassphraseField) -> None:
    field.set_shown(True)
    field.wipe()
    assert field.text() == ""
    assert not field.secret.is_shown()
    assert not field.secret.isUndoAvailable()
    field.secret.undo()
    assert field.text() == ""


def test_a_wrong_passphrase_is_selected_for_typing_over(field: PassphraseField) -> None:
    field.select_all()
    assert field.secret.selectedText() != ""
    QTest.keyClicks(field.secret, "x")
    assert field.text() == "x"


def test_enter_submits(field: PassphraseField) -> None:
    heard: list[bool] = []
    field.submitted.connect(lambda: heard.append(True))
    QTest.keyClick(field.secret, Qt.Key.Key_Return)
    assert heard == [True]


def test_the_dots_are_bullets(field: PassphraseField) -> None:
    assert set(field.secret.displayText()) == {"•"}


# --- menu field, meter, steps -----------------------------------------------------------------------------------------


def test_a_menu_field_is_a_named_combo_box(theme: Theme, show: Show) -> None:
    field = MenuField(theme, "Numbers for", [("pt", "Portugal"), ("us", "United States")], "us")
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    show(field, 300, 100)
    assert role(field.combo) == Role.ComboBox
    assert field.combo.accessibleName() == "Numbers for"
    labels = [found.text(QAccessible.Text.Name) for found, _kind in told(field.combo).relations()]
    assert labels == ["Numbers for"]
    assert field.value() == "us"
    field.set_value("pt")
    assert chosen == []
    QTest.keyClick(field.combo, Qt.Key.Key_Down)
    assert field.value() == "us"
    assert chosen == ["us"]


def test_the_meter_says_in_words_what_it_shows(theme: Theme) -> None:
    meter = StrengthMeter(theme)
    meter.show_strength(judge(26, 50.0, 256, 3))
    assert meter.filled() == 4
    assert name(meter).startswith("Strong. ")
    assert role(meter) == Role.Indicator
    assert meter.sentence.toolTip() != ""
    meter.clear()
    assert (meter.filled(), name(meter)) == (0, "")


def test_steps_tell_where_one_is(theme: Theme) -> None:
    steps = StepList(theme, [("Choose a passphrase", "a"), ("Keep your recovery words", "b"), ("Settings", "c")])
    steps.set_current(1)
    assert [description(row) for row in steps.rows] == ["done", "this step", "not yet"]
    assert name(steps.rows[1]) == "Step 2 of 3: Keep your recovery words"
