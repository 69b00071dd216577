"""The chips above the list and their menus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from integrate.domain.entry import Filter, Phase, SessionRef
from integrate.domain.listing import TagUse
from integrate.ui.pages.journal.list.date_menu import DatePanel
from integrate.ui.pages.journal.list.filters import FilterBar
from integrate.ui.pages.journal.list.tag_menu import TagMenu
from integrate.ui.theme.theme import Theme
from tests.ui.waiting import wait_until

TODAY = date(2026, 10, 8)
MANY = tuple(TagUse(f"tag {number}", 40 - number) for number in range(20))


@pytest.fixture
def bar(theme: Theme, show: Callable[..., QWidget]) -> FilterBar:
    made = FilterBar(theme, lambda: TODAY)
    made.set_tags((TagUse("sleep", 3), TagUse("bus & train", 1)))
    made.set_sessions((SessionRef(2, 1), SessionRef(1, 4)))
    show(made, 280, 120)
    return made


def choose(menu: QMenu, words: str) -> None:
    menu.aboutToShow.emit()
    (action,) = [action for action in menu.actions() if action.text().replace("&&", "&") == words]
    action.trigger()


def words_of(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and action.text()]


def test_every_menu_chooses_and_the_chip_says_what(bar: FilterBar) -> None:
    told: list[Filter] = []
    bar.changed.connect(lambda: told.append(bar.which()))
    choose(bar._phase_menu, "Experience")
    choose(bar._session_menu, "Session 4")
    choose(bar._tag_menu, "bus & train")
    choose(bar._date_menu, "Last 7 days")
    bar._photos.click()
    assert told[-1] == Filter(date(2026, 10, 2), TODAY, Phase.EXPERIENCE, SessionRef(1, 4), "bus & train", True)
    assert len(told) == 5
    assert bar._phase.words() == "Phase: Experience"
    assert bar._session.words() == "Session: Session 4"
    assert bar._tag.words() == "Tag: bus & train"
    assert bar._dates.words().startswith("Dates: ")
    assert all(chip.is_on() for chip in (bar._phase, bar._session, bar._tag, bar._dates, bar._photos))
    assert "on" in bar._tag.accessibleDescription()


@pytest.mark.parametrize(
    ("menu", "words"), [("_phase_menu", "Prepare"), ("_tag_menu", "sleep"), ("_date_menu", "This year")]
)
def test_a_chosen_filter_goes_by_its_menu_its_cross_and_delete(bar: FilterBar, menu: str, words: str) -> None:
    chip = {"_phase_menu": bar._phase, "_tag_menu": bar._tag, "_date_menu": bar._dates}[menu]
    of = getattr(bar, menu)
    for take_away in (
        lambda: choose(of, words_of(of)[0]),
        lambda: QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2)),
        lambda: QTest.keyClick(chip, Qt.Key.Key_Delete),
    ):
        choose(of, words)
        assert bar.which() != Filter()
        take_away()
        assert bar.which() == Filter()
        assert not chip.is_on()


def test_the_session_chip_is_hidden_while_there_are_none(bar: FilterBar) -> None:
    bar.set_sessions(())
    assert not bar._session.isVisible()
    bar.set_sessions((SessionRef(1, 1),))
    assert bar._session.isVisible()


def test_a_chip_that_is_on_stays_even_if_nothing_has_its_value_any_more(bar: FilterBar) -> None:
    choose(bar._session_menu, "Session 4")
    bar.set_sessions(())
    assert bar._session.isVisible()


def test_few_tags_need_no_line_to_search_them(bar: FilterBar) -> None:
    bar._tag_menu.aboutToShow.emit()
    assert bar._tag_menu._line is None


def many_tags(bar: FilterBar) -> tuple[TagMenu, QLineEdit]:
    """The menu of tags, open, with the line to search them that only many have."""
    bar.set_tags(MANY)
    menu = bar._tag_menu
    menu.popup(bar.mapToGlobal(QPoint(0, 30)))
    assert menu._line is not None
    return menu, menu._line


def test_many_tags_are_found_by_their_letters(bar: FilterBar) -> None:
    menu, line = many_tags(bar)
    wait_until(line.hasFocus)
    QTest.keyClicks(line, "TAG 1")
    assert words_of(menu)[1:] == ["tag 1", *(f"tag {number}" for number in range(10, 20))]
    QTest.keyClicks(line, "7")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert bar.which().tag == "tag 17"
    assert not menu.isVisible()


def test_down_leads_from_the_line_to_the_tags(bar: FilterBar) -> None:
    menu, line = many_tags(bar)
    QTest.keyClicks(line, "tag 12")
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert menu.activeAction().text() == "tag 12"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert bar.which().tag == "tag 12"


def test_any_span_of_days_can_be_asked_for_with_the_keyboard(bar: FilterBar) -> None:
    menu = bar._date_menu
    menu.popup(bar.mapToGlobal(QPoint(0, 30)))
    panel = menu.findChild(DatePanel)
    assert panel is not None
    QTest.keyClick(menu, Qt.Key.Key_Up)
    assert panel._first.hasFocus()
    _tab_to(panel._first, panel._last)
    panel._last.setDate(panel._last.date().addDays(-10))
    _tab_to(panel._last, panel.show_button)
    QTest.keyClick(panel.show_button, Qt.Key.Key_Space)
    assert not menu.isVisible()
    assert (bar.which().first_day, bar.which().last_day) == (date(2026, 9, 28), date(2026, 10, 2))


def _tab_to(start: QWidget, end: QWidget) -> None:
    """Tab goes over day, month and year first."""
    for _part in range(3):
        if not end.hasFocus():
            QTest.keyClick(start, Qt.Key.Key_Tab)
    assert end.hasFocus()


@pytest.mark.parametrize("width", [120, 200, 280, 600, 1200])
def test_chips_wrap_and_never_overlap_or_stand_out(bar: FilterBar, width: int) -> None:
    bar.set_count(100_000)
    bar.window().resize(width, 400)
    places = [part.geometry() for part in bar._shown()]
    for number, place in enumerate(places):
        assert bar.rect().contains(place)
        assert not any(place.intersects(other) for other in places[:number])


def test_an_unknown_count_moves_no_chip(bar: FilterBar) -> None:
    bar.set_count(100_000)
    before = [part.geometry() for part in bar._shown()]
    bar.set_count(None)
    assert [part.geometry() for part in bar._shown()] == before


def test_the_count_is_said_in_words(bar: FilterBar) -> None:
    bar.set_count(1)
    assert bar._count.accessibleName() == "1 entry"
    bar.set_count(2)
    assert bar._count.accessibleName() == "2 entries"
