"""Fields for days and times: framed like other fields in every theme, stepped by their arrows, never by scrolling."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.day_time import DayEdit, TimeEdit
from tests.ui.waiting import run_events

Show = Callable[..., QWidget]


def beside(show: Show, *fields: QWidget) -> None:
    page = QWidget()
    row = QHBoxLayout(page)
    for field in fields:
        row.addWidget(field)
    show(page, 600, 120)


@pytest.mark.parametrize("size", [100, 150, 200])
def test_a_field_is_as_high_as_drawn_and_grows_with_its_text(theme: Theme, show: Show, size: int) -> None:
    day = DayEdit(theme)
    beside(show, day)
    theme.set_look(Look(theme="light", text_size=size))
    run_events()
    assert day.height() == max(40, theme.line("body") + 18)
    assert day.font().pixelSize() == day.lineEdit().font().pixelSize() == theme.px(15)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_its_frame_is_in_the_colours_of_the_theme_and_tells_the_focus(theme: Theme, show: Show, name: str) -> None:
    theme.set_look(Look(theme=name))
    day, other = DayEdit(theme), TimeEdit(theme)
    beside(show, day, other)
    day.setFocus()
    run_events()
    middle = day.width() // 2
    focused, plain = day.grab().toImage(), other.grab().toImage()
    assert [focused.pixelColor(middle, y).name() for y in (0, 1)] == [theme.color("focus").name()] * 2
    assert plain.pixelColor(middle, 0).name() == theme.color("control").name()
    assert plain.pixelColor(middle, 1).name() == theme.color("surface").name()
    assert plain.pixelColor(0, 0).name() != theme.color("control").name(), "its corners are round"


def test_its_arrows_are_drawn_and_step(theme: Theme, show: Show) -> None:
    day = DayEdit(theme)
    day.setDate(QDate(2026, 10, 8))
    beside(show, day)
    day.setCurrentSection(DayEdit.Section.DaySection)
    up, down = QPoint(day.width() - 16, 10), QPoint(day.width() - 16, day.height() - 10)
    picture = day.grab().toImage()
    for half in (range(2, day.height() // 2), range(day.height() // 2, day.height() - 2)):
        assert any(
            picture.pixelColor(x, y) != theme.color("surface") for y in half for x in range(up.x() - 5, up.x() + 5)
        )
    QTest.mouseClick(day, Qt.MouseButton.LeftButton, pos=up)
    assert day.date() == QDate(2026, 10, 9)
    QTest.mouseClick(day, Qt.MouseButton.LeftButton, pos=down)
    assert day.date() == QDate(2026, 10, 8)


def test_scrolling_over_it_changes_nothing(theme: Theme, show: Show) -> None:
    at = TimeEdit(theme)
    at.setTime(QTime(14, 30))
    beside(show, at)
    at.setFocus()
    turn = QWheelEvent(
        QPointF(20, 20), QPointF(at.mapToGlobal(QPoint(20, 20))), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(at, turn)
    assert at.time() == QTime(14, 30)
    assert not turn.isAccepted(), "the page scrolls instead"
