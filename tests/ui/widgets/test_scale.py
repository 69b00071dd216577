"""The scale: one value or none, by pointer and by key, told to screen readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.scale import TWO_DIGITS_WITHIN, ScaleInput, align
from integrate.ui.widgets.scale_hint import ScaleHint
from tests.ui.waiting import wait_until
from tests.ui.widgets.states import Role, description, name, role

Show = Callable[..., QWidget]


@pytest.fixture
def scale(theme: Theme, show: Show) -> ScaleInput:
    made = ScaleInput(theme, "Mood", "low", "good")
    show(made, 620, 60)
    made.clearFocus()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def dot(scale: ScaleInput, number: int) -> QPoint:
    return scale._centre(number, scale._places()).toPoint()


def test_it_begins_not_set_and_says_so(scale: ScaleInput) -> None:
    assert scale.value_or_none() is None
    assert role(scale) == Role.Slider
    assert name(scale) == "Mood, 0 low to 10 good"
    assert description(scale) == "Not set"


@pytest.mark.parametrize("number", range(11))
def test_a_click_on_a_dot_chooses_it(scale: ScaleInput, number: int) -> None:
    answers: list[object] = []
    scale.answered.connect(answers.append)
    QTest.mouseClick(scale, Qt.MouseButton.LeftButton, pos=dot(scale, number))
    assert scale.value_or_none() == number
    assert answers == [number]
    assert description(scale) == f"{number} of 10"


def test_a_click_on_the_words_chooses_nothing(scale: ScaleInput) -> None:
    QTest.mouseClick(scale, Qt.MouseButton.LeftButton, pos=QPoint(4, 18))
    assert scale.value_or_none() is None


def test_dragging_chooses_along_the_way(scale: ScaleInput) -> None:
    answers: list[object] = []
    scale.answered.connect(answers.append)
    QTest.mousePress(scale, Qt.MouseButton.LeftButton, pos=dot(scale, 3))
    QTest.mouseMove(scale, dot(scale, 7))
    QTest.mouseRelease(scale, Qt.MouseButton.LeftButton, pos=dot(scale, 7))
    QTest.mouseMove(scale, dot(scale, 1))
    assert answers == [3, 7]


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_chooses_it(scale: ScaleInput, digit: int) -> None:
    QTest.keyClick(scale, Qt.Key(Qt.Key.Key_0 + digit))
    assert scale.value_or_none() == digit


def test_one_then_nought_is_ten(scale: ScaleInput) -> None:
    QTest.keyClick(scale, Qt.Key.Key_1)
    assert scale.value_or_none() == 1
    QTest.keyClick(scale, Qt.Key.Key_0)
    assert scale.value_or_none() == 10


def test_one_and_much_later_nought_is_nought(scale: ScaleInput) -> None:
    QTest.keyClick(scale, Qt.Key.Key_1)
    wait_until(lambda: not scale._after_one.isActive(), TWO_DIGITS_WITHIN / 1000 + 3)
    QTest.keyClick(scale, Qt.Key.Key_0)
    assert scale.value_or_none() == 0


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ([Qt.Key.Key_End], 10),
        ([Qt.Key.Key_Home], 0),
        ([Qt.Key.Key_Right], 5),
        ([Qt.Key.Key_Left], 5),
        ([Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_Right], 5),
        ([Qt.Key.Key_3, Qt.Key.Key_Left], 2),
        ([Qt.Key.Key_3, Qt.Key.Key_Up], 4),
        ([Qt.Key.Key_3, Qt.Key.Key_Down], 2),
        ([Qt.Key.Key_End, Qt.Key.Key_Right], 10),
        ([Qt.Key.Key_0, Qt.Key.Key_Left], 0),
        ([Qt.Key.Key_7, Qt.Key.Key_Backspace], None),
        ([Qt.Key.Key_Home, Qt.Key.Key_Delete], None),
        ([Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_0], 0),
    ],
)
def test_keys(scale: ScaleInput, keys: list[Qt.Key], value: int | None) -> None:
    for key in keys:
        QTest.keyClick(scale, key)
    assert scale.value_or_none() == value


def test_nought_differs_from_not_set(scale: ScaleInput) -> None:
    answers: list[object] = []
    scale.answered.connect(answers.append)
    QTest.keyClick(scale, Qt.Key.Key_Home)
    QTest.keyClick(scale, Qt.Key.Key_Backspace)
    assert answers == [0, None]


def test_right_to_left_the_left_arrow_goes_up_and_the_dots_turn_round(scale: ScaleInput) -> None:
    scale.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QTest.keyClick(scale, Qt.Key.Key_3)
    QTest.keyClick(scale, Qt.Key.Key_Left)
    assert scale.value_or_none() == 4
    assert dot(scale, 0).x() > dot(scale, 10).x()
    QTest.mouseClick(scale, Qt.MouseButton.LeftButton, pos=dot(scale, 9))
    assert scale.value_or_none() == 9


def test_the_wheel_and_strange_keys_change_nothing(scale: ScaleInput) -> None:
    place = QPointF(dot(scale, 5))
    wheel = QWheelEvent(
        place, place, QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(scale, wheel)
    QTest.keyClick(scale, Qt.Key.Key_A)
    QTest.keyClick(scale, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert scale.value_or_none() is None


def test_a_screen_reader_can_answer(scale: ScaleInput) -> None:
    answers: list[object] = []
    scale.answered.connect(answers.append)
    scale.setValue(6)  # what Qt's interface of a slider calls
    assert scale.value_or_none() == 6
    assert answers == [6]


def test_setting_it_by_program_tells_nobody(scale: ScaleInput) -> None:
    answers: list[object] = []
    scale.answered.connect(answers.append)
    scale.set_value(4)
    scale.set_value(None)
    assert answers == []
    with pytest.raises(ValueError, match="0 to 10"):
        scale.set_value(11)


def test_focus_by_keyboard_alone_gives_no_value_but_rings_the_row(scale: ScaleInput) -> None:
    assert scale.shows_hint()
    ringed = scale.grab().toImage()
    scale.clearFocus()
    plain = scale.grab().toImage()
    assert ringed != plain
    assert scale.value_or_none() is None


def test_focus_by_pointer_shows_no_ring(scale: ScaleInput) -> None:
    scale.clearFocus()
    scale.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not scale.shows_hint()


def test_two_looks_like_nine(scale: ScaleInput) -> None:
    """No fill up to the value, no colour by value: as much ink for 2 as for 9, apart from the digit."""
    scale.clearFocus()
    accent = scale._theme.color("accent").rgb()

    def filled(value: int) -> int:
        scale.set_value(value)
        image = scale.grab().toImage()
        centre = dot(scale, value)
        outside = 0
        for x in range(image.width()):
            for y in range(image.height()):
                if image.pixelColor(x, y).rgb() == accent and abs(x - centre.x()) > 14:
                    outside += 1
        return outside

    assert filled(2) == filled(9) == 0


def test_narrow_it_takes_more_lines_and_keeps_its_targets(scale: ScaleInput) -> None:
    assert scale.heightForWidth(320) > scale.heightForWidth(620)
    scale.window().resize(320, 120)
    assert dot(scale, 10).x() - dot(scale, 9).x() >= 24
    QTest.mouseClick(scale, Qt.MouseButton.LeftButton, pos=dot(scale, 10))
    assert scale.value_or_none() == 10


@pytest.mark.parametrize("size", [90, 100, 150, 200])
def test_the_parts_never_overlap(theme: Theme, size: int) -> None:
    theme.set_look(Look(theme="light", text_size=size))
    scale = ScaleInput(theme, "Sleep last night", "drained", "restful")
    for width in (400, 640, 900, 1200):
        if width < scale.minimumSizeHint().width():
            continue
        scale.resize(width, scale.heightForWidth(width))
        places = scale._places()
        near = scale._overlap()  # numbers and words may stand in the room below the dots
        dots = places.dots.adjusted(0, 0, 0, -near)
        parts = [places.name, places.low, dots, places.high, places.value]
        for number, one in enumerate(parts):
            assert scale.rect().contains(one), (width, one)
            for other in parts[number + 1 :]:
                assert not one.intersects(other), (width, one, other)


def test_a_group_stands_in_columns(theme: Theme) -> None:
    short, long = (
        ScaleInput(theme, "Mood", "low", "good"),
        ScaleInput(theme, "Sleep last night", "very poor", "restful"),
    )
    for scale in (short, long):
        scale.resize(800, 60)
    assert dot(short, 0).x() != dot(long, 0).x()
    align((short, long))
    assert dot(short, 0).x() == dot(long, 0).x()


def test_the_hint_shows_only_while_the_keyboard_is_on_a_scale(theme: Theme, show: Show) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    scale, hint = ScaleInput(theme, "Mood", "low", "good"), ScaleHint(theme)
    column.addWidget(scale)
    column.addWidget(hint)
    hint.follow((scale,))
    show(page, 640, 160)
    height = hint.height()
    scale.clearFocus()
    assert not hint.is_shown()
    scale.setFocus(Qt.FocusReason.TabFocusReason)
    assert hint.is_shown()
    assert hint.height() == height
    scale.clearFocus()
    assert not hint.is_shown()


def test_coming_back_to_the_window_keeps_the_keyboards_ring(scale: ScaleInput) -> None:
    scale.focusInEvent(QFocusEvent(QFocusEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason))
    assert scale.shows_hint()


# --- other ranges -----------------------------------------------------------------------------------------------------


def ranged(theme: Theme, show: Show, lowest: int, highest: int) -> ScaleInput:
    made = ScaleInput(theme, "Steadiness", "shaky", "steady", lowest=lowest, highest=highest)
    show(made, 620, 60)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def test_a_shorter_range_has_a_dot_for_each_of_its_numbers_and_no_other(theme: Theme, show: Show) -> None:
    scale = ranged(theme, show, 1, 5)
    assert name(scale) == "Steadiness, 1 shaky to 5 steady"
    for number in range(1, 6):
        QTest.mouseClick(scale, Qt.MouseButton.LeftButton, pos=dot(scale, number))
        assert scale.value_or_none() == number
        assert description(scale) == f"{number} of 5"
    assert dot(scale, 2).x() - dot(scale, 1).x() > 29, "there is room for larger targets"
    for wrong in (0, 6):
        with pytest.raises(ValueError, match="1 to 5"):
            scale.set_value(wrong)


@pytest.mark.parametrize(
    ("lowest", "highest", "keys", "value"),
    [
        (1, 5, "3", 3),
        (1, 5, "30", 3),  # 0 is none of its numbers
        (1, 5, "9", None),
        (0, 3, "14", 1),
        (10, 20, "1", None),  # it may become 15
        (10, 20, "15", 15),
        (10, 20, "20", 20),
        (10, 20, "152", 15),  # the 2 begins another number
        (-5, 5, "4", 4),
        (0, 10, "10", 10),
        (0, 10, "17", 7),
    ],
)
def test_digits_make_numbers_of_the_range(
    theme: Theme, show: Show, lowest: int, highest: int, keys: str, value: int | None
) -> None:
    scale = ranged(theme, show, lowest, highest)
    QTest.keyClicks(scale, keys)
    assert scale.value_or_none() == value


def test_a_range_around_nought_is_reached_with_arrows_and_said_without_of(theme: Theme, show: Show) -> None:
    scale = ranged(theme, show, -5, 5)
    QTest.keyClick(scale, Qt.Key.Key_Left)
    assert scale.value_or_none() == 0, "the middle favours neither end"
    for _press in range(2):
        QTest.keyClick(scale, Qt.Key.Key_Left)
    assert (scale.value_or_none(), description(scale)) == (-2, "-2")
    QTest.keyClick(scale, Qt.Key.Key_Home)
    assert scale.value_or_none() == -5


@pytest.mark.parametrize(("lowest", "highest"), [(3, 3), (5, 2), (0, 11)])
def test_what_is_no_row_of_dots_is_refused(theme: Theme, lowest: int, highest: int) -> None:
    with pytest.raises(ValueError, match="two to eleven"):
        ScaleInput(theme, "Mood", "low", "good", lowest=lowest, highest=highest)


@pytest.mark.parametrize("size", [100, 200])
def test_long_words_of_ones_own_overlap_nothing(theme: Theme, size: int) -> None:
    theme.set_look(Look(theme="light", text_size=size))
    scale = ScaleInput(theme, "How far away everything feels " * 9, "w" * 60, "not at all " * 5, lowest=-1, highest=1)
    for width in (400, 640, 1200):
        if width < scale.minimumSizeHint().width():
            continue
        scale.resize(width, scale.heightForWidth(width))
        places = scale._places()
        dots = places.dots.adjusted(0, 0, 0, -scale._overlap())
        parts = [places.name, places.low, dots, places.high, places.value]
        for number, one in enumerate(parts):
            assert one.width() > 0, width
            assert not [other for other in parts[number + 1 :] if one.intersects(other)], width
        scale.grab()
    assert scale.toolTip().startswith("How far away")


def test_a_group_stays_in_columns_when_the_text_grows(theme: Theme, show: Show) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    hint = ScaleHint(theme)
    scales = (ScaleInput(theme, "Mood", "low", "good"), ScaleInput(theme, "Sleep last night", "very poor", "restful"))
    for scale in scales:
        column.addWidget(scale)
    column.addWidget(hint)
    hint.follow(scales)
    show(page, 1200, 400)
    for size in (100, 150, 100):
        theme.set_look(Look(theme="light", text_size=size))
        wait_until(lambda: dot(scales[0], 0).x() == dot(scales[1], 0).x())


def test_right_to_left_the_name_stands_at_the_outer_edge(theme: Theme, show: Show, app: QApplication) -> None:
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        scale = ScaleInput(theme, "Mood", "low", "good")
        show(scale, 620, 60)
        image, ink = scale.grab().toImage(), scale._theme.color("ink1").rgb()
        place = scale._places().name
        drawn = [x for x in range(place.left(), place.right()) for y in range(36) if image.pixel(x, y) == ink]
        assert min(drawn) - place.left() > place.right() - max(drawn)
    finally:
        app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
