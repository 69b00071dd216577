"""The whole kit at once: every look draws, nothing is cut off, everything that can be reached has a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Text
from tests.ui.waiting import run_events
from tests.ui.widgets.component_sheet import make_sheet
from tests.ui.widgets.states import name

LOOKS = [
    pytest.param({"theme": "light"}, id="light"),
    pytest.param({"theme": "dark"}, id="dark"),
    pytest.param({"theme": "contrast"}, id="contrast"),
    pytest.param({"theme": "light", "text_size": 90}, id="small"),
    pytest.param({"theme": "light", "text_size": 150}, id="larger"),
    pytest.param({"theme": "light", "text_size": 200}, id="largest"),
]


def laid_out(theme: Theme, width: int = 1280) -> QWidget:
    sheet = make_sheet(theme, 1 if theme.scale > 1.3 else 2)
    sheet.resize(width, sheet.layout().totalHeightForWidth(width))
    sheet.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    sheet.show()
    run_events()
    sheet.resize(width, sheet.layout().totalHeightForWidth(width))
    run_events()
    return sheet


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_no_word_is_cut_off(
    make_theme: Callable[..., Theme], look: dict[str, object], direction: Qt.LayoutDirection
) -> None:
    sheet = laid_out(make_theme(**look))
    sheet.setLayoutDirection(direction)
    run_events()
    for text in sheet.findChildren(Text):
        if text.isVisible() and text.words():
            assert text.height() >= text.heightForWidth(text.width()) or not text.hasHeightForWidth(), text.words()
            assert text.width() >= text.minimumSizeHint().width(), text.words()
    for button in sheet.findChildren(Button):
        assert button.width() >= button.sizeHint().width(), button.text()
        assert button.height() >= button.fontMetrics().height(), button.text()
    sheet.close()
    sheet.deleteLater()


def test_everything_that_takes_the_focus_has_a_name_and_a_large_enough_target(theme: Theme) -> None:
    sheet = laid_out(theme)
    for widget in sheet.findChildren(QWidget):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isVisible():
            continue
        assert name(widget) or (isinstance(widget, QAbstractButton) and widget.property("ring") == 6), widget
        if not isinstance(widget, QLineEdit | QLabel):
            assert min(widget.width(), widget.height()) >= (20 if widget.property("ring") == 6 else 24), widget
    sheet.close()
    sheet.deleteLater()


def test_a_change_of_look_reaches_every_part_at_once(theme: Theme) -> None:
    sheet = laid_out(theme)
    before = sheet.grab().toImage()
    needed = sheet.layout().totalHeightForWidth(1280)
    theme.set_look(Look(theme="dark", reduced_motion=True))
    assert sheet.grab().toImage() != before
    theme.set_look(Look(theme="light", text_size=150, reduced_motion=True))
    sheet.layout().invalidate()
    assert sheet.layout().totalHeightForWidth(1280) > needed
    theme.set_look(Look(theme="light", reduced_motion=True))
    run_events()
    assert sheet.grab().toImage() == before
    sheet.close()
    sheet.deleteLater()


def test_high_contrast_uses_no_tints(make_theme: Callable[..., Theme]) -> None:
    theme = make_theme(theme="contrast")
    sheet = laid_out(theme)
    image = sheet.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    plain = [colour for colour in colours if colour in {theme.hex("canvas"), theme.hex("ink1")}]
    assert len(plain) == 2
    saturated = [colour for colour in colours if max_spread(colour) > 24]
    assert not saturated
    sheet.close()
    sheet.deleteLater()


def max_spread(colour: str) -> int:
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return max(parts) - min(parts)
