"""Words keep their line height, their place and their meaning for screen readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.text import Heading, Text
from tests.ui.widgets.states import Role, name, role

SENTENCE = "A time for resting, noticing and small steps. There is no hurry."


def inked(image: QImage, ground: QColor) -> list[tuple[int, int]]:
    """The pixels that are not ground."""
    return [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).rgb() != ground.rgb()
    ]


def drawn(text: Text, width: int) -> QImage:
    text.resize(width, text.heightForWidth(width) if text.hasHeightForWidth() else text.sizeHint().height())
    return text.grab().toImage()


@pytest.mark.parametrize(("role_name", "line"), [("body", 22), ("caption", 18), ("prompt", 32), ("writing", 30)])
def test_wrapped_lines_have_the_height_of_the_role(theme: Theme, role_name: str, line: int) -> None:
    text = Text(theme, "one two", role_name)
    words = max(text.minimumSizeHint().width(), 1)
    assert text.heightForWidth(10_000) == line
    assert text.heightForWidth(words + 1) == 2 * line


def test_text_size_changes_at_once(theme: Theme) -> None:
    text = Text(theme, SENTENCE)
    before = text.heightForWidth(300)
    theme.set_look(Look(theme="light", text_size=200))
    assert text.heightForWidth(300) > 2 * before
    assert text.heightForWidth(10_000) == 44


def test_an_empty_text_keeps_one_line(theme: Theme) -> None:
    assert Text(theme, "").heightForWidth(200) == 22


def test_a_line_break_is_kept(theme: Theme) -> None:
    assert Text(theme, "one\ntwo").heightForWidth(10_000) == 44


def test_strong_words_are_drawn_stronger(theme: Theme) -> None:
    plain, strong = Text(theme), Text(theme)
    plain.set_parts([("about 4 million dollars", False, None)])
    strong.set_parts([("about 4 million dollars", True, None)])
    assert strong.sizeHint().width() > plain.sizeHint().width() or (
        len(inked(drawn(strong, 300), theme.color("canvas"))) > len(inked(drawn(plain, 300), theme.color("canvas")))
    )
    assert strong.words() == "about 4 million dollars"


def test_parts_after_an_emoji_keep_their_style(theme: Theme) -> None:
    text = Text(theme)
    text.set_parts([("\U0001f33f ", False, None), ("danger", False, "danger")])
    image = drawn(text, 200)
    red = theme.color("danger")
    assert any(image.pixelColor(x, y).red() - image.pixelColor(x, y).green() > 60 for x, y in inked(image, red))


def test_a_parts_colour_follows_the_scheme(theme: Theme) -> None:
    text = Text(theme)
    text.set_parts([("words", False, "accent")])
    before = drawn(text, 80)
    theme.set_look(Look(theme="dark"))
    assert drawn(text, 80) != before


def test_right_to_left_stands_at_the_right_and_keeps_its_full_stop(theme: Theme) -> None:
    text = Text(theme, "Short.")
    ground = theme.color("canvas")
    text.setAutoFillBackground(True)
    left = inked(drawn(text, 300), ground)
    text.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = inked(drawn(text, 300), ground)
    assert max(x for x, _ in left) < 150 < min(x for x, _ in right)


def test_nothing_is_cut_off(theme: Theme) -> None:
    text = Text(theme, "gjpqy", "quote", wrap=False)
    text.setAutoFillBackground(True)
    image = drawn(text, text.sizeHint().width())
    rows = {y for _, y in inked(image, theme.color("canvas"))}
    assert min(rows) > 0
    assert max(rows) < image.height() - 1


def test_it_is_static_text_with_its_words_as_name(theme: Theme) -> None:
    text = Text(theme, SENTENCE)
    assert role(text) == Role.StaticText
    assert name(text) == SENTENCE
    text.set_text("Other words")
    assert name(text) == "Other words"


def test_selectable_words_are_named_without_markup(theme: Theme) -> None:
    text = Text(theme, "Words < & more", selectable=True)
    assert name(text) == "Words < & more"
    assert text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


def test_a_heading_takes_the_focus_by_program_only(theme: Theme, show: Callable[..., QWidget]) -> None:
    heading = Heading(theme, "Today")
    show(heading)
    heading.setFocus()
    assert heading.hasFocus()
    assert heading.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert role(heading) == Role.Heading
    assert name(heading) == "Today"
    heading.set_text("Good evening")
    assert name(heading) == "Good evening"


def test_a_text_dies_with_its_parent(theme: Theme) -> None:
    from shiboken6 import delete, isValid

    parent = QWidget()
    text = Text(theme, "words", parent=parent)
    delete(parent)
    assert not isValid(text)
    theme.set_look(Look(theme="dark"))  # must not reach the dead one
