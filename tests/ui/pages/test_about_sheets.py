"""What the program says about itself: all keys, its licences, and what it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPlainTextEdit, QWidget

from integrate import __version__
from integrate.resources import ResourceError, resource_path
from integrate.ui.actions import all_actions, keys_of
from integrate.ui.pages.about.keys import key_groups
from integrate.ui.pages.about.licences import PARTS, licence_names, licence_text
from integrate.ui.pages.about.sheets import show_about, show_keys, show_licences
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from tests.ui.waiting import run_events


@pytest.fixture
def window(show: Callable[..., QWidget]) -> QWidget:
    return show(QWidget(), 1000, 700)


def words(root: QWidget) -> list[str]:
    return [text.words() for text in root.findChildren(Text)]


def test_every_action_with_a_key_is_listed_once_under_its_menu() -> None:
    groups = {group.title: dict(group.keys) for group in key_groups()}
    assert list(groups)[:5] == ["Journal", "Edit", "View", "Go", "Help"]
    for spec in all_actions():
        listed = [title for title, keys in groups.items() if spec.title in keys]
        assert listed == ([spec.menu.value.replace("&", "")] if keys_of(spec) else [])
    assert groups["Help"]["Help now"] == "F1 or Ctrl+Shift+H"
    assert groups["While writing"]["Bold"] == "Ctrl+B"


def test_the_keys_are_shown_and_scroll_by_keys(theme: Theme, window: QWidget) -> None:
    sheet = show_keys(theme, window)
    run_events()
    assert {"New entry", "Ctrl+N", "While writing"} <= set(words(sheet))
    assert "Help now: F1 or Ctrl+Shift+H" in [text.accessibleName() for text in sheet.findChildren(Text)]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    bar = sheet._scroll.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    assert show_keys(theme, window) is sheet
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    run_events()
    assert not window.findChildren(Sheet)


def test_about_says_what_it_is_not_and_whose_work_it_is(theme: Theme, window: QWidget, tmp_path: Path) -> None:
    sheet = show_about(theme, window, tmp_path / "Mine.integrate")
    said = words(sheet)
    assert (
        "integrate is a private journal. It does not diagnose, treat or monitor anything, and no one watches it. "
        "For medical questions ask your prescriber; in an emergency call your local emergency number."
    ) in said
    assert f"Version {__version__}" in said
    assert str(tmp_path / "Mine.integrate") in said
    assert {part.name for part in PARTS} <= set(said)
    assert show_about(theme, window) is sheet


def test_without_a_journal_about_names_no_place(theme: Theme, window: QWidget) -> None:
    assert "Your journal lies here:" not in words(show_about(theme, window))


def test_no_text_opens_an_address(theme: Theme, window: QWidget) -> None:
    for sheet in (show_about(theme, window), show_licences(theme, window), show_keys(theme, window)):
        for label in sheet.findChildren(QLabel):
            assert not label.openExternalLinks()
            assert "<a " not in label.text()


def test_every_licence_that_ships_can_be_read(theme: Theme, window: QWidget) -> None:
    files = {file.stem for file in resource_path("LICENSES").glob("*.txt")}
    assert set(licence_names()) == files
    about = show_about(theme, window)
    next(found for found in about.findChildren(QAbstractButton) if found.text() == "Read the licences").click()
    sheet = next(found for found in window.findChildren(Sheet) if found is not about)
    choice, text = sheet.findChild(QComboBox), sheet.findChild(QPlainTextEdit)
    assert text.isReadOnly()
    assert text.toPlainText() == licence_text(licence_names()[0])
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_End)
    assert text.toPlainText() == licence_text(licence_names()[-1])


def test_only_texts_that_ship_can_be_asked_for() -> None:
    with pytest.raises(ResourceError):
        licence_text("../fonts/Inter-OFL")
