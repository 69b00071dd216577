"""Buttons, chips, switches, tick boxes and choices: keys, names, roles, states and sizes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.buttons import Button, IconButton, LinkText
from integrate.ui.widgets.card import Card, CardButton, Divider
from integrate.ui.widgets.chip import Chip, PhaseChip
from integrate.ui.widgets.choices import Choice, TickBox
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Text
from tests.ui.waiting import wait_until
from tests.ui.widgets.states import Role, description, name, role, told

Show = Callable[..., QWidget]
KINDS = ("primary", "secondary", "quiet", "quiet_neutral", "danger", "help")


@pytest.mark.parametrize("kind", KINDS)
def test_heights_are_as_drawn(theme: Theme, kind: str) -> None:
    assert Button(theme, "Write", kind).sizeHint().height() == 40
    assert Button(theme, "Write", kind, small=True).sizeHint().height() == 32
    assert Button(theme, "Write", kind, large=True).sizeHint().height() == 48


def test_a_button_grows_with_its_text(theme: Theme) -> None:
    button = Button(theme, "Write", "primary", "pen-line")
    before = button.sizeHint()
    theme.set_look(Look(theme="light", text_size=200))
    assert button.sizeHint().height() >= theme.line("body") + 18
    assert button.sizeHint().width() > 1.5 * before.width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
@pytest.mark.parametrize("make", [lambda t: Chip(t, "Tag"), lambda t: Switch(t, "Sound")], ids=["chip", "switch"])
def test_space_and_enter_press(theme: Theme, show: Show, key: Qt.Key, make: Callable[[Theme], QPushButton]) -> None:
    button = make(theme)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    show(button)
    QTest.keyClick(button, key)
    assert len(pressed) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_space_and_enter_press_every_button(theme: Theme, show: Show, kind: str) -> None:
    for button in (Button(theme, "Write", kind), IconButton(theme, "x", "Close"), LinkText(theme, "More")):
        pressed: list[bool] = []
        button.clicked.connect(partial(pressed.append, True))
        show(button)
        QTest.keyClick(button, Qt.Key.Key_Space)
        QTest.keyClick(button, Qt.Key.Key_Return)
        assert len(pressed) == 2


def test_buttons_are_named(theme: Theme) -> None:
    button = Button(theme, "Write", "primary")
    assert (role(button), name(button)) == (Role.Button, "Write")
    button.setEnabled(False)
    assert told(button).state().disabled


def test_an_icon_button_says_what_its_tooltip_says(theme: Theme) -> None:
    button = IconButton(theme, "x", "Close", "Esc")
    assert name(button) == "Close"
    assert button.toolTip() == "Close (Esc)"
    assert button.sizeHint().width() >= 32


def test_a_link_is_never_smaller_than_a_fingertip_needs(theme: Theme) -> None:
    size = LinkText(theme, "i").sizeHint()
    assert (size.width() >= 24, size.height() >= 24) == (True, True)


def test_each_state_of_a_button_looks_different(theme: Theme, make_theme: Callable[..., Theme]) -> None:
    for scheme in (theme, make_theme(theme="dark"), make_theme(theme="contrast")):
        looks = []
        for change in ("rest", "hover", "down", "off"):
            button = Button(scheme, "Write")
            button.resize(button.sizeHint())
            button.setDown(change == "down")
            button.setEnabled(change != "off")
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, change == "hover")
            looks.append(button.grab().toImage())
        rest, hover, down, off = looks
        assert rest != hover
        assert rest != down
        assert rest != off


# --- chips ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_a_chips_menu_opens_by_key_and_closes_by_esc(
    theme: Theme, show: Show, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    menu = Menu(theme)
    chosen: list[str] = []
    menu.add_choice("R&D", lambda: chosen.append("R&D"), on=True)
    chip = Chip(theme, "Session", menu=menu)
    show(chip)
    chip.setFocus()
    QTest.keyClick(chip, key, held)
    wait_until(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    wait_until(lambda: not menu.isVisible())
    assert role(chip) == Role.ButtonMenu
    menu.deleteLater()


def test_a_menus_choices_exclude_each_other_and_show_ampersands(theme: Theme) -> None:
    menu = Menu(theme)
    one = menu.add_choice("R&D", lambda: None, on=True)
    two = menu.add_choice("Sleep", lambda: None)
    two.trigger()
    assert (one.isChecked(), two.isChecked()) == (False, True)
    assert one.text() == "R&&D"
    theme.set_look(Look(theme="dark"))
    assert not one.icon().isNull()


def test_a_chip_that_is_on_says_so_in_shape_and_words(theme: Theme) -> None:
    chip = Chip(theme, "Session", menu=Menu(theme))
    width = chip.sizeHint().width()
    chip.set_on(True)
    assert chip.is_on()
    assert description(chip) == "on"
    assert chip.sizeHint().width() == width  # the tick takes the place of the chevron
    chip.set_on(False)
    assert description(chip) == ""


def test_a_checkable_chip_is_a_check_box(theme: Theme, show: Show) -> None:
    chip = Chip(theme, "With photo", checkable=True)
    show(chip)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert chip.is_on()
    assert role(chip) == Role.CheckBox
    assert told(chip).state().checked


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space])
def test_a_removable_chip_goes_by_key(theme: Theme, show: Show, key: Qt.Key) -> None:
    chip = Chip(theme, "sleep", removable=True, name="Remove tag sleep")
    gone: list[bool] = []
    chip.removed.connect(lambda: gone.append(True))
    show(chip)
    QTest.keyClick(chip, key)
    assert gone == [True]
    assert name(chip) == "Remove tag sleep"


def test_delete_leaves_another_chip_alone(theme: Theme, show: Show) -> None:
    chip = Chip(theme, "sleep")
    gone: list[bool] = []
    chip.removed.connect(lambda: gone.append(True))
    show(chip)
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert gone == []


def test_a_persons_ampersand_is_not_a_mnemonic(theme: Theme) -> None:
    chip = Chip(theme, "R&D")
    assert name(chip) == "R&D"
    assert chip.shortcut().isEmpty()


@pytest.mark.parametrize(
    ("phase", "word"), [("prepare", "Prepare"), ("experience", "Experience"), ("integrate", "Integrate")]
)
def test_a_phase_is_a_shape_and_a_word(theme: Theme, phase: str, word: str) -> None:
    chip = PhaseChip(theme, phase)
    assert chip.words() == name(chip) == word
    assert chip.sizeHint().height() == 28
    assert chip.focusPolicy() == Qt.FocusPolicy.NoFocus
    chip.set_phase("prepare")
    assert name(chip) == "Prepare"


# --- switches, boxes, choices -----------------------------------------------------------------------------------------


def test_a_switch_is_a_named_check_box_whose_knob_moves(theme: Theme) -> None:
    switch = Switch(theme, "Use this computer's keyring")
    off = switch.grab().toImage()
    switch.setChecked(True)
    assert switch.grab().toImage() != off
    assert (role(switch), name(switch)) == (Role.CheckBox, "Use this computer's keyring")
    assert told(switch).state().checked
    assert (switch.width(), switch.height()) == (40, 24)


def test_a_switch_is_mirrored(theme: Theme) -> None:
    switch = Switch(theme, "x")
    switch.setChecked(True)
    plain = switch.grab().toImage()
    switch.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = switch.grab().toImage()
    assert mirrored != plain
    assert mirrored.pixelColor(10, 12) == plain.pixelColor(29, 12)


def test_a_box_can_be_some_and_its_words_can_be_clicked(theme: Theme, show: Show) -> None:
    box = TickBox(theme, "I have written them down")
    show(box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 4, box.height() // 2))
    assert box.isChecked()
    assert name(box) == "I have written them down"
    box.setTristate(True)
    box.setCheckState(Qt.CheckState.PartiallyChecked)
    assert told(box).state().checkStateMixed


def test_long_words_wrap_beside_the_box(theme: Theme) -> None:
    box = TickBox(theme, "Also delete automatic backups made before now, of which a new one is made first")
    assert box.heightForWidth(200) > 2 * box.heightForWidth(2000)
    assert box.minimumSizeHint().width() < 200


@pytest.mark.parametrize("kind", [TickBox, Choice])
def test_a_layout_gives_wrapped_words_the_height_they_need(
    theme: Theme, show: Show, kind: type[TickBox | Choice]
) -> None:
    group = QWidget()
    column = QVBoxLayout(group)
    mark = kind(theme, "Also delete automatic backups made before now, of which a new one is made first")
    column.addWidget(mark)
    column.addStretch(1)
    show(group, 240, 400)
    assert mark.height() == mark.heightForWidth(mark.width()) > 2 * mark.sizeHint().height()
    words = QPoint(mark.width() - 4, mark.height() - 4)  # in the last line, far from the mark
    QTest.mouseClick(mark, Qt.MouseButton.LeftButton, pos=words)
    assert mark.isChecked()


def test_arrows_move_between_choices(theme: Theme, show: Show) -> None:
    group = QWidget()
    column = QVBoxLayout(group)
    one, two, three = (Choice(theme, words) for words in ("A", "B", "C"))
    for choice in (one, two, three):
        column.addWidget(choice)
    one.setChecked(True)
    show(group)
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Down)
    assert two.isChecked()
    assert two.hasFocus()
    assert role(two) == Role.RadioButton
    assert told(two).state().checked


# --- cards ------------------------------------------------------------------------------------------------------------


def test_a_card_that_is_a_button_presses_through_its_words(theme: Theme, show: Show) -> None:
    card = CardButton(theme, "Session 3, 21 September")
    column = QVBoxLayout(card)
    words = Text(theme, "Session 3")
    column.addWidget(words)
    card.add_passive(words)
    pressed: list[bool] = []
    card.clicked.connect(lambda: pressed.append(True))
    show(card, 300, 100)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=words.geometry().center())
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert len(pressed) == 2
    assert (role(card), name(card)) == (Role.Button, "Session 3, 21 September")


def test_high_contrast_shows_a_chosen_card_in_bold(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme(theme="contrast")
    card = CardButton(theme, "Session 3")
    words = Text(theme, "Session 3", parent=card)
    card.set_selected(True)
    assert words.font().weight() == 700
    theme.set_look(Look(theme="light"))
    assert words.font().weight() == 400


def test_a_chosen_card_has_another_edge(theme: Theme) -> None:
    card = Card(theme)
    card.resize(80, 40)
    plain = card.grab().toImage()
    card.set_selected(True)
    assert card.grab().toImage() != plain


def test_lines_are_thicker_in_high_contrast(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme()
    divider = Divider(theme)
    assert divider.height() == 1
    theme.set_look(Look(theme="contrast"))
    assert divider.height() == 2
