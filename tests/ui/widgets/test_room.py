"""Where there is little room: nothing is cut, and no scroll bar shows without need."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.scroll import PageScroll, ScrolledEdge
from integrate.ui.widgets.text import Text
from tests.ui.waiting import run_events

Show = Callable[..., QWidget]


def test_actions_of_a_banner_stack_where_they_have_no_room(theme: Theme, show: Show) -> None:
    actions = [("Try again", print), ("Save a copy elsewhere…", print)]
    banner = Banner(theme, "trouble", "This disk is full.", "Free some space.", actions)
    host = show(banner, 700, 200)
    first, second = banner.links
    assert first.y() == second.y()
    host.resize(240, 300)
    run_events()
    assert banner.width() == 240
    assert first.y() < second.y()
    assert all(link.width() >= link.sizeHint().width() for link in banner.links)


def test_what_fits_without_a_bar_gets_none(theme: Theme, show: Show) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    words = Text(theme, "one two three four five six seven eight nine ten eleven twelve " * 6)
    column.addWidget(words)
    scroll = PageScroll(theme)
    scroll.set_content(content)
    width = 500
    height = words.heightForWidth(width)
    narrowest = next(less for less in range(width, 0, -1) if words.heightForWidth(less) > height)
    host = show(scroll, narrowest + 1, height - 30)
    assert scroll.verticalScrollBar().isVisible()
    host.resize(narrowest + 1, height)  # beside a bar the words would need one more line
    run_events()
    assert not scroll.verticalScrollBar().isVisible()
    assert content.height() == height


def test_a_line_shows_where_something_is_scrolled(theme: Theme, show: Show) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    column.addWidget(Text(theme, "line\n" * 10))
    scroll = PageScroll(theme)
    scroll.set_content(content)
    whole = QWidget()
    both = QVBoxLayout(whole)
    both.setContentsMargins(0, 0, 0, 0)
    both.setSpacing(0)
    edge = ScrolledEdge(theme, scroll)
    both.addWidget(scroll, 1)
    both.addWidget(edge)
    host = show(whole, 300, 800)
    line = theme.hex("hair").lower()
    assert edge.grab().toImage().pixelColor(5, 0).name() != line
    host.resize(300, 100)
    run_events()
    assert edge.grab().toImage().pixelColor(5, 0).name() == line


@pytest.mark.parametrize("text_size", [100, 200])
def test_an_empty_state_breaks_its_words_rather_than_lose_them(theme: Theme, show: Show, text_size: int) -> None:
    theme.set_look(Look(theme="light", text_size=text_size))
    state = EmptyState(theme, "Nothing here yet", "One sentence is enough. So is a single word, on any day you like.")
    show(state, 300, 600)
    assert state.text.width() <= 300
    assert state.text.height() >= state.text.heightForWidth(state.text.width())
    assert state.text.height() >= 2 * theme.line("body")


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_phase_in_a_menu_has_its_glyph_and_its_tick(theme: Theme, direction: Qt.LayoutDirection) -> None:
    menu = Menu(theme)
    menu.setLayoutDirection(direction)
    everything = menu.add_choice("All phases", print, on=True)
    prepare = menu.add_phase("prepare", print)
    experience = menu.add_phase("experience", print, on=True)
    assert [action.text() for action in menu.actions()] == ["All phases", "Prepare", "Experience"]
    assert not everything.isChecked()
    assert experience.isChecked()
    sizes = {action.icon().actualSize(menu.size()).width() for action in menu.actions()}
    assert len(sizes) == 1, "words of one menu begin at one place"
    off = prepare.icon().pixmap(64, 64, QIcon.Mode.Normal, QIcon.State.Off).toImage()
    on = prepare.icon().pixmap(64, 64, QIcon.Mode.Normal, QIcon.State.On).toImage()
    inks = [sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(image.height()))
            for image in (off, on)]  # fmt: skip
    assert 0 < inks[0] < inks[1]
