"""Finding in the entry at hand, by keyboard alone."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from integrate.ui.editor.find_bar import FindBar
from integrate.ui.editor.surface import WritingSurface
from integrate.ui.theme.theme import Theme
from tests.ui.editor.conftest import MakeSurface
from tests.ui.waiting import wait_until

TEXT = "Café, cafe, 😀 CAFÉ.\n\nThe end has a café too."


@pytest.fixture
def both(make_surface: MakeSurface, theme: Theme) -> tuple[WritingSurface, FindBar]:
    surface = make_surface(TEXT)
    bar = FindBar(theme, surface, surface)
    return surface, bar


def look_for(bar: FindBar, words: str) -> None:
    bar.open()
    bar.field.clear()
    QTest.keyClicks(bar.field, words)


def test_the_first_place_is_selected_and_counted(both: tuple[WritingSurface, FindBar]) -> None:
    surface, bar = both
    look_for(bar, "cafe")
    assert surface.textCursor().selectedText() == "Café"
    assert bar.count.words() == "1 of 4"


def test_going_on_and_back_wraps_around(both: tuple[WritingSurface, FindBar]) -> None:
    surface, bar = both
    look_for(bar, "cafe")
    seen = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F3, Qt.Key.Key_Return, Qt.Key.Key_Return):
        QTest.keyClick(bar.field, key)
        seen.append(surface.textCursor().selectedText())
    assert seen == ["cafe", "CAFÉ", "café", "Café"]
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (surface.textCursor().selectedText(), bar.count.words()) == ("café", "4 of 4")
    QTest.keyClick(bar.field, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.words() == "3 of 4"


def test_nothing_found_is_said_and_moves_nothing(both: tuple[WritingSurface, FindBar]) -> None:
    surface, bar = both
    look_for(bar, "zebra")
    assert bar.count.words() == "Not found"
    bar.next()
    assert not surface.textCursor().hasSelection() or surface.textCursor().selectedText() == ""


def test_escape_closes_and_the_writing_goes_on_at_the_place_found(both: tuple[WritingSurface, FindBar]) -> None:
    surface, bar = both
    closed = QSignalSpy(bar.closed)
    look_for(bar, "end")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden() and closed.count() == 1
    assert surface.hasFocus()
    assert surface.textCursor().selectedText() == "end"
    assert surface.extraSelections() == [] and bar.field.text() == ""


def test_the_selected_words_are_looked_for(both: tuple[WritingSurface, FindBar]) -> None:
    surface, bar = both
    surface.find("end")
    bar.next()
    assert (bar.field.text(), bar.count.words()) == ("end", "1 of 1")


def test_an_edit_is_followed(both: tuple[WritingSurface, FindBar]) -> None:
    surface, bar = both
    look_for(bar, "cafe")
    cursor = surface.textCursor()
    cursor.setPosition(0)
    surface.setTextCursor(cursor)
    surface.insert_text("cafe ")
    assert surface.extraSelections() == []
    wait_until(lambda: bar.count.words().endswith("of 5"))
    assert len(surface.extraSelections()) == 5


def test_only_what_is_on_screen_is_marked(make_surface: MakeSurface, theme: Theme) -> None:
    surface = make_surface("\n\n".join(["one word and another word"] * 500))
    bar = FindBar(theme, surface, surface)
    look_for(bar, "word")
    assert bar.count.words() == "1 of 1000"
    assert 20 < len(surface.extraSelections()) < 80
    bar.previous()
    assert bar.count.words() == "1000 of 1000"
    assert surface.cursorRect().bottom() <= surface.viewport().height()
    surface.verticalScrollBar().setValue(0)
    bar.next()
    bar.previous()
    first = min(selection.cursor.selectionStart() for selection in surface.extraSelections())
    assert first > len(surface.text()) * 0.9


def test_fifty_thousand_words_take_less_than_fifty_milliseconds_a_letter(
    make_surface: MakeSurface, theme: Theme
) -> None:
    surface = make_surface("\n\n".join(["the kitchen was quiet and didn’t ask " * 142] * 50))
    bar = FindBar(theme, surface, surface)
    bar.open()
    times = []
    for letter in "quiet":
        started = time.perf_counter()
        QTest.keyClick(bar.field, letter)
        times.append(time.perf_counter() - started)
    assert bar.count.words() == "1 of 7100"
    assert sorted(times)[2] < 0.05
