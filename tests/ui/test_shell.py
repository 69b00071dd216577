"""The shell: where one can go, with pointer, keys and arrows; banners, toasts and writing only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from integrate.errors import DiskFull
from integrate.ui.actions import all_actions, keys_of
from integrate.ui.layout import MINIMUM_HEIGHT, MINIMUM_WIDTH
from integrate.ui.registry import PAGES, Place
from integrate.ui.shell.sidebar import Sidebar
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.glyphs import BrandMark
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.conftest import Sample
from tests.ui.program_world import World, world
from tests.ui.waiting import run_events


@pytest.fixture
def here(app: QApplication, tmp_path: Path, sample: Sample) -> Iterator[World]:
    """An unlocked journal."""
    with world(app, tmp_path, sample) as made:
        made.unlock()
        yield made


def button(here: World, name: str) -> QAbstractButton:
    """A visible button of the sidebar."""
    sidebar = here.window.findChild(Sidebar)
    assert sidebar is not None
    return next(one for one in sidebar.findChildren(QAbstractButton) if one.objectName() == name)


def banners(here: World) -> list[Banner]:
    return [banner for banner in here.window.findChildren(Banner) if banner.isVisible()]


def test_every_page_can_be_reached_by_pointer(here: World) -> None:
    for spec in (*PAGES, PAGES[0]):
        QTest.mouseClick(button(here, f"go_{spec.id}"), Qt.MouseButton.LeftButton)
        run_events()
        assert here.shell.where() == spec.id
        assert button(here, f"go_{spec.id}").isChecked()
        page = here.shell.current_page()
        assert page is not None
        assert page.isVisible()


def test_every_page_of_the_sidebar_can_be_reached_by_its_digit(here: World) -> None:
    for spec in reversed(PAGES):
        if spec.digit is not None:
            here.ctrl(Qt.Key(Qt.Key.Key_0 + spec.digit))
            assert here.shell.where() == spec.id


def test_arrows_move_in_the_sidebar_and_enter_opens(here: World) -> None:
    first = button(here, f"go_{PAGES[0].id}")
    first.setFocus(Qt.FocusReason.TabFocusReason)
    met = [QApplication.focusWidget()]
    for _ in PAGES[1:]:
        here.press(Qt.Key.Key_Down)
        met.append(QApplication.focusWidget())
    assert met == [button(here, f"go_{spec.id}") for spec in PAGES]
    assert here.shell.where() == PAGES[0].id, "an arrow opens nothing"
    here.press(Qt.Key.Key_Home)
    here.press(Qt.Key.Key_Down)
    here.press(Qt.Key.Key_Return)
    assert here.shell.where() == PAGES[1].id


def test_the_pages_of_the_sidebar_are_one_stop_of_tab(here: World) -> None:
    stops = [
        spec.id
        for spec in PAGES
        if spec.place is Place.SIDEBAR
        and button(here, f"go_{spec.id}").focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip
    assert stops == [here.shell.where()]


def test_opening_a_page_gives_its_heading_the_focus(here: World) -> None:
    for spec in (*PAGES[1:], PAGES[0]):
        here.shell.go(spec.id)
        run_events()
        page = here.shell.current_page()
        assert page is not None
        assert QApplication.focusWidget() is page.heading()


def test_a_page_is_made_once_and_kept(here: World) -> None:
    first = here.shell.current_page()
    here.shell.go("settings")
    here.shell.go("today")
    assert here.shell.current_page() is first


@pytest.mark.parametrize(("width", "sidebar"), [(1280, 216), (1000, 184), (MINIMUM_WIDTH, 88)])
def test_the_sidebar_has_three_widths(here: World, width: int, sidebar: int) -> None:
    here.window.resize(width, MINIMUM_HEIGHT)
    run_events()
    found = here.window.findChild(Sidebar)
    assert found is not None
    assert found.width() == sidebar
    for name in ("help_now", "lock", "go_settings"):
        part = button(here, name)
        assert part.visibleRegion().boundingRect() == part.rect(), f"{name} never scrolls away"


def test_200_percent_text_at_1280_gives_the_rail(here: World) -> None:
    here.program.change_settings(text_size=200)
    here.window.resize(1280, 832)
    run_events()
    found = here.window.findChild(Sidebar)
    assert found is not None
    assert found.width() == 176


def test_banners_never_stack_and_are_closed_by_their_button(here: World) -> None:
    here.shell.tell_trouble(DiskFull())
    here.shell.tell_trouble(RuntimeError("a bug"))
    run_events()
    assert len(banners(here)) == 1
    banners(here)[0].links[0].click()
    run_events()
    assert banners(here) == []


def test_a_bug_says_nothing_of_its_own(here: World) -> None:
    here.shell.tell_trouble(RuntimeError("secret words of an entry"))
    run_events()
    said = [text.words() for text in banners(here)[0].findChildren(Text)]
    assert any("bug" in words for words in said)
    assert not any("secret" in words for words in said)


def test_undo_of_a_toast_is_reached_by_ctrl_z(here: World) -> None:
    undone: list[bool] = []
    here.shell.toast("Something happened", lambda: undone.append(True))
    assert here.shell.perform("undo")
    assert undone == [True]


def test_help_now_stays_while_only_writing_is_shown(here: World) -> None:
    here.write("some words")
    here.program.perform("writing_only")
    run_events()
    assert not button(here, "help_now").isVisible()
    assert here.shell._floating_help.isVisible()
    for size in (200, 100):
        here.program.change_settings(text_size=size)
        run_events()
        assert here.shell._floating_help.size() == here.shell._floating_help.sizeHint()
        bottom = here.shell._floating_help.geometry().bottom()
        assert bottom < here.shell.height()
    here.press(Qt.Key.Key_Escape)
    assert button(here, "help_now").isVisible()


def test_a_sheet_gets_the_focus_back_though_its_opener_is_gone(here: World) -> None:
    lower = Sheet(here.program.theme, here.window, "Lower")
    opener = Button(here.program.theme, "More")
    lower.body.addWidget(opener)
    lower.open()
    opener.setFocus()
    upper = Sheet(here.program.theme, here.window, "Upper")
    upper.open()
    opener.hide()
    here.press(Qt.Key.Key_Escape)
    assert lower.isAncestorOf(QApplication.focusWidget())
    here.press(Qt.Key.Key_Escape)
    assert not [sheet for sheet in here.window.findChildren(Sheet) if sheet.isVisible()]


def test_no_two_actions_share_a_key() -> None:
    taken: dict[str, str] = {}
    for spec in all_actions():
        for key in keys_of(spec):
            other = taken.setdefault(key.toString(), spec.id)
            assert other == spec.id, f"{key.toString()}: {other} and {spec.id}"


@pytest.mark.parametrize(("width", "height"), [(1280, 832), (960, 640), (MINIMUM_WIDTH, MINIMUM_HEIGHT)])
def test_at_200_percent_no_page_of_the_sidebar_lies_under_its_foot(here: World, width: int, height: int) -> None:
    here.program.change_settings(text_size=200)
    here.window.resize(width, height)
    run_events()
    sidebar = here.window.findChild(Sidebar)
    assert sidebar is not None
    foot = button(here, "help_now").mapTo(sidebar, QPoint(0, 0)).y()
    for spec in PAGES:
        here.shell.go(spec.id)
        run_events()
        if spec.place is not Place.SIDEBAR:
            continue
        part = button(here, f"go_{spec.id}")
        assert part.visibleRegion().boundingRect() == part.rect(), "where one is can be seen whole"
        assert part.mapTo(sidebar, part.rect().bottomLeft()).y() < foot
    scrolled = sidebar.findChild(PageScroll)
    assert scrolled is not None
    assert scrolled.verticalScrollBar().maximum() > 0, "six pages at twice the size are higher than any of these"
    for name in ("help_now", "lock", "go_settings"):
        part = button(here, name)
        assert part.visibleRegion().boundingRect() == part.rect()


def test_where_one_is_stays_in_sight_when_the_text_grows(here: World) -> None:
    here.window.resize(MINIMUM_WIDTH, MINIMUM_HEIGHT)
    last = [spec for spec in PAGES if spec.place is Place.SIDEBAR][-1]
    here.shell.go(last.id)
    here.program.change_settings(text_size=200)
    run_events()
    part = button(here, f"go_{last.id}")
    assert part.visibleRegion().boundingRect() == part.rect()


def test_the_sign_of_the_program_goes_where_it_takes_the_room_of_a_page_and_comes_back(here: World) -> None:
    sign = here.window.findChild(BrandMark)
    assert sign is not None
    here.program.change_settings(text_size=200)
    for height, seen in ((960, True), (MINIMUM_HEIGHT, False), (960, True)):
        here.window.resize(MINIMUM_WIDTH, height)
        run_events()
        assert sign.isVisible() is seen
