"""Words without end in fields and beside ticks: they break, and nobody waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.choices import Choice, TickBox
from integrate.ui.widgets.text_area import TextArea
from tests.ui.waiting import run_events

Show = Callable[..., QWidget]
WHOLE: Final = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
ENDLESS: Final = "a" * 100_000
LIMIT: Final = 0.1
"""Seconds of work in one go: twice the 50 ms that are promised, since tests share their machine."""


def mime(text: str) -> QMimeData:
    held = QMimeData()
    held.setText(text)
    return held


def busy(work: Callable[[], object]) -> float:
    begin = time.thread_time()
    work()
    run_events()
    return time.thread_time() - begin


@pytest.fixture
def area(theme: Theme, show: Show) -> TextArea:
    made = TextArea(theme, "In your words")
    show(made, 500, 300)
    made.edit.setPlainText("warm")  # the fonts that are needed are loaded
    run_events()
    made.edit.clear()
    return made


def test_a_word_of_a_hundred_thousand_letters_can_be_pasted(area: TextArea) -> None:
    edit = area.edit
    assert busy(lambda: edit.insertFromMimeData(mime(ENDLESS))) < LIMIT
    assert area.text() == ENDLESS
    assert busy(lambda: edit.insertPlainText("b")) < LIMIT
    assert busy(lambda: area.set_text(ENDLESS)) < LIMIT


def test_pieces_of_it_as_well_wherever_they_are_put(area: TextArea) -> None:
    edit = area.edit
    for _time in range(60):
        edit.insertFromMimeData(mime("a" * 1_500))
    assert edit.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
    assert busy(lambda: edit.insertFromMimeData(mime("b"))) < LIMIT
    assert area.text() == "a" * 90_000 + "b"


def test_ordinary_words_are_never_broken_however_many(area: TextArea) -> None:
    novel = "She walked into the garden.\n" * 1_000
    area.edit.insertFromMimeData(mime(novel))
    assert area.edit.wordWrapMode() is WHOLE
    assert area.text() == novel


def test_once_the_long_word_is_gone_words_are_whole_again(area: TextArea) -> None:
    edit = area.edit
    edit.insertFromMimeData(mime(ENDLESS))
    edit.selectAll()
    assert busy(lambda: edit.insertFromMimeData(mime("Only this."))) < LIMIT
    assert (area.text(), edit.wordWrapMode()) == ("Only this.", WHOLE)
    edit.insertFromMimeData(mime(ENDLESS))
    edit.undo()
    assert (area.text(), edit.wordWrapMode()) == ("Only this.", WHOLE)
    area.set_text(ENDLESS)
    novel = "She walked into the garden.\n" * 1_000
    assert busy(lambda: area.set_text(novel)) < LIMIT
    assert (area.text(), edit.wordWrapMode()) == (novel, WHOLE)


@pytest.mark.parametrize("kind", [TickBox, Choice])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_word_wider_than_the_room_breaks(
    theme: Theme, show: Show, kind: Callable[[Theme, str], QAbstractButton], direction: Qt.LayoutDirection
) -> None:
    page = QWidget()
    page.setLayoutDirection(direction)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    tick, plain = kind(theme, "W" * 300), kind(theme, "One line")
    column.addWidget(tick)
    column.addWidget(plain)
    column.addStretch(1)
    show(page, 400, 600)
    assert tick.width() == 400
    assert tick.height() >= tick.heightForWidth(400) > 5 * plain.height()
    picture = tick.grab().toImage()
    ground = picture.pixelColor(picture.width() // 2, 0)
    last_line = range(picture.height() - theme.line("body"), picture.height())
    inked = [y for y in last_line if any(picture.pixelColor(x, y) != ground for x in range(0, picture.width(), 2))]
    assert inked, "the end of the word is drawn as well"
