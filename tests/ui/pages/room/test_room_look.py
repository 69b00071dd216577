"""The room's own palette: what is read in it can be read at every level, and nothing is too small to press."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from integrate.ui.pages.room.look import EDGE, LEVELS, TEXT, RoomTheme, contrast_under
from integrate.ui.pages.room.target import LEAST, SMALL
from integrate.ui.theme.theme import Theme
from tests.ui.pages.door import squeezed
from tests.ui.pages.room.room_world import RoomWorld, press, shown_words
from tests.ui.waiting import run_events


@pytest.mark.parametrize("level", range(LEVELS + 1))
def test_text_and_edges_keep_their_contrast_at_every_level(theme: Theme, level: int) -> None:
    room = RoomTheme(theme)
    room.set_level(level)
    for ink, ground, needed in (
        ("ink1", "canvas", TEXT), ("ink1", "surface", TEXT), ("ink2", "canvas", TEXT), ("ink2", "surface", TEXT),
        ("ink3", "canvas", TEXT), ("control", "canvas", EDGE), ("control", "surface", EDGE), ("help", "canvas", EDGE),
        ("focus", "canvas", EDGE), ("line", "surface", EDGE),
    ):  # fmt: skip
        assert contrast_under(room.hex(ink), room.hex(ground), room.shade) >= needed, (ink, ground)


def test_every_level_is_dimmer_than_the_one_before_and_the_last_is_the_floor(theme: Theme) -> None:
    room = RoomTheme(theme)
    shades = []
    for level in range(LEVELS + 1):
        room.set_level(level)
        shades.append(room.shade)
    assert shades[0] == 0
    assert all(before < after for before, after in pairwise(shades))
    room.set_level(LEVELS + 5)
    assert room.level == LEVELS
    room.set_level(-1)
    assert room.level == 0


@pytest.mark.parametrize("looks", ["light", "dark", "contrast"])
def test_the_palette_is_one_whatever_was_chosen(make_theme: Callable[..., Theme], looks: str) -> None:
    base = make_theme(theme=looks)
    before = base.hex("canvas")
    room = RoomTheme(base)
    assert (room.hex("canvas"), room.hex("ink1"), room.hex("control")) == ("#0A0A0B", "#C2AD8C", "#6F6557")
    assert base.hex("canvas") == before
    assert room.animation == 0


def test_the_picture_is_dimmer_and_brighter_again(here: RoomWorld) -> None:
    room = here.enter()

    def brightest() -> int:
        image = here.window.grab().toImage()
        place = room.stage.words.mapTo(here.window, room.stage.words.rect().topLeft())
        ratio = image.devicePixelRatio()
        return max(
            QColor(image.pixel(int((place.x() + x) * ratio), int((place.y() + y) * ratio))).lightness()
            for x in range(0, room.stage.words.width(), 2)
            for y in range(0, room.stage.words.height(), 2)
        )

    usual = brightest()
    for _ in range(LEVELS + 1):
        press(room.top.dimmer)
    dim = brightest()
    assert dim < usual * 0.8
    assert room.theme.level == LEVELS
    for _ in range(LEVELS):
        press(room.top.brighter)
    assert brightest() == usual


@pytest.mark.parametrize(("width", "text"), [(1280, 100), (720, 100), (1280, 200), (720, 200)])
def test_every_target_is_large_enough_and_no_word_is_cut_off(here: RoomWorld, width: int, text: int) -> None:
    room = here.enter()
    here.window.showNormal()
    here.program.change_settings(text_size=text)
    here.window.resize(width, 832)
    small = (room.top.dimmer, room.top.brighter, room.top.leave)
    for panel in room.panels:
        room.show_panel(panel)
        for _ in range(4):  # what is scrolled is laid out again once its bar is there
            run_events()
        assert squeezed(room) == []
        seen = [part for part in room.findChildren(QAbstractButton) if part.isVisible()]
        seen += [part.parentWidget() for part in room.findChildren(QLineEdit) if part.isVisible()]  # type: ignore[misc]  # in its box
        for part in seen:
            least = SMALL if part in small else LEAST
            assert part.height() >= least, (type(panel).__name__, part.accessibleName(), part.height())
            assert part.width() >= least, (type(panel).__name__, part.accessibleName(), part.width())
            if isinstance(part, QAbstractButton):
                assert part.height() >= part.heightForWidth(part.width()), part.accessibleName()
                left = part.mapTo(here.window, part.rect().topLeft()).x()
                assert left >= 0
                assert left + part.width() <= here.window.width(), part.accessibleName()


def test_everything_that_takes_the_focus_has_a_name_and_is_reached_by_tab(here: RoomWorld) -> None:
    room = here.enter()
    for panel in room.panels:
        room.show_panel(panel)
        run_events()
        wanted = {
            part
            for part in (*room.findChildren(QAbstractButton), *room.findChildren(QLineEdit))
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        assert all(part.accessibleName() for part in wanted)
        reached = set()
        for _ in range(len(wanted) + 6):
            here.press(Qt.Key.Key_Tab)
            reached.add(here.app.focusWidget())
        assert wanted <= reached, [part.accessibleName() for part in wanted - reached]


def test_tab_goes_through_the_first_panel_as_it_is_seen(here: RoomWorld) -> None:
    room = here.enter()
    stage = room.stage
    card = [stage.card] if stage.card.isVisible() else []
    assert here.app.focusWidget() is stage.mark
    for expected in (stage.words, stage.support, stage.sitter, *card):
        here.press(Qt.Key.Key_Tab)
        assert here.app.focusWidget() is expected


def test_what_does_not_fit_is_reached_without_dragging(here: RoomWorld) -> None:
    room = here.enter()
    here.window.showNormal()
    here.program.change_settings(text_size=200)
    here.window.resize(720, 560)
    room.show_panel(room.support)
    run_events()
    run_events()
    bar = room.support._scroll.verticalScrollBar()
    seen = []
    while bar.value() < bar.maximum():
        press(room.support.further)
        seen.append(bar.value())
    assert len(seen) > 2
    assert room.support.further.accessibleName() == "Back to the top"
    press(room.support.further)
    assert bar.value() == 0


def test_the_words_are_those_of_the_guide(here: RoomWorld) -> None:
    here.enter()
    said = shown_words(here.room)
    for words in (
        "Mark this moment",
        "A few words",
        "I need support",
        "Emergency number, your people, a slow breath",
        "Leave (hold 2 seconds)",
        "Dimmer",
        "Brighter",
        "Sitter",
        "Everything is kept as you go.\nNothing can be deleted in this room.",
    ):
        assert words in said, words


def test_right_to_left_mirrors_it(here: RoomWorld) -> None:
    room = here.enter()
    here.window.showNormal()
    here.window.resize(1280, 832)
    here.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    run_events()
    assert room.stage.mark.x() > room.stage.words.x()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S)
    assert room.current() is room.support
    here.window.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
