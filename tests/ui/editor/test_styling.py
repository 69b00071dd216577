"""Live styling and spelling: what a line looks like, and which words are marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from integrate.ui.editor.menu import EditMenu
from integrate.ui.editor.proofreader import SLICE
from integrate.ui.editor.surface import WritingSurface
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from tests.ui.editor.conftest import MakeSurface
from tests.ui.waiting import wait_until


def style_at(surface: WritingSurface, position: int) -> QTextCharFormat:
    block = surface.document().findBlock(position)
    for span in block.layout().formats():
        if span.start <= position - block.position() < span.start + span.length:
            return QTextCharFormat(span.format)
    return QTextCharFormat()


def colour_at(surface: WritingSurface, position: int) -> str:
    return style_at(surface, position).foreground().color().name().upper()


# --- styling ----------------------------------------------------------------------------------------------------------


def test_signs_step_back_and_words_take_their_style(make_surface: MakeSurface, theme: Theme) -> None:
    surface = make_surface("😀 **bold** _soft_ ~~gone~~ [here](there)")
    text = surface.text()
    at = {
        word: len(text[: text.index(word)].encode("utf-16-le")) // 2 for word in ("**", "bold", "soft", "gone", "here")
    }
    assert colour_at(surface, at["**"]) == theme.hex("ink3")
    assert style_at(surface, at["bold"]).fontWeight() == 700
    assert style_at(surface, at["soft"]).fontItalic()
    assert style_at(surface, at["gone"]).fontStrikeOut()
    assert colour_at(surface, at["here"]) == theme.hex("accent")
    assert style_at(surface, at["bold"] - 3) == QTextCharFormat()


def test_styles_inside_each_other_add_up(make_surface: MakeSurface, theme: Theme) -> None:
    surface = make_surface("# A *soft* title\n> said **loud**\n- [x] done")
    soft = style_at(surface, 5)
    assert soft.fontItalic() and soft.font().pixelSize() == 26
    assert colour_at(surface, 0) == theme.hex("ink3") and style_at(surface, 0).font().pixelSize() == 26
    loud = style_at(surface, surface.toPlainText().index("loud"))
    assert loud.fontItalic() and loud.fontWeight() == 700
    done = surface.toPlainText().index("done")
    assert style_at(surface, done).fontStrikeOut() and not style_at(surface, done - 1).fontStrikeOut()


def test_a_fence_styles_what_follows_and_its_end_gives_it_back(make_surface: MakeSurface) -> None:
    surface = make_surface("```\n*a*\n\ntext")
    assert style_at(surface, 5).fontFixedPitch()
    surface.moveCursor(QTextCursor.MoveOperation.Start)
    surface.textCursor().deleteChar()
    assert not style_at(surface, 4).fontFixedPitch()


def test_another_theme_colours_anew(make_surface: MakeSurface, theme: Theme) -> None:
    surface = make_surface("# Title")
    theme.set_look(Look(theme="dark", text_size=150))
    assert colour_at(surface, 0) == theme.hex("ink3")
    assert style_at(surface, 0).font().pixelSize() == 39


# --- spelling ---------------------------------------------------------------------------------------------------------


class Words:
    """A speller that refuses what ends in "x"."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.asked: list[str] = []

    def check(self, word: str) -> bool:
        self.asked.append(word)
        return word in self.known or not word.endswith("x")

    def suggest(self, word: str) -> tuple[str, ...]:
        return tuple(f"{word[:-1]}{number}" for number in range(9))

    def add(self, word: str) -> None:
        self.known.add(word)


def marked(surface: WritingSurface) -> list[str]:
    found, block = [], surface.document().begin()
    while block.isValid():
        text = block.text().encode("utf-16-le")
        for start, end in surface._proofreader.marks(block.blockNumber()):
            found.append(text[2 * start : 2 * end].decode("utf-16-le"))
        block = block.next()
    return found


@pytest.fixture
def words() -> Words:
    return Words()


def test_refused_words_are_marked_and_painted(make_surface: MakeSurface, words: Words, theme: Theme) -> None:
    surface = make_surface("good 😀 badx fine\n\nworsex")
    before = surface.grab().toImage()
    surface.set_speller(words)
    wait_until(lambda: marked(surface) == ["badx", "worsex"])
    after = surface.grab().toImage()
    assert before != after
    surface.set_speller(None)
    assert marked(surface) == []


def test_code_and_addresses_are_not_read(make_surface: MakeSurface, words: Words) -> None:
    surface = make_surface("`codex` https://x.example/fox [linkx](placex)\n```\nblockx\n```\nlastx")
    surface.set_speller(words)
    wait_until(lambda: marked(surface) == ["linkx", "lastx"])


def test_the_word_being_typed_is_left_alone_until_it_is_left(make_surface: MakeSurface, words: Words) -> None:
    surface = make_surface("onex ")
    surface.set_speller(words)
    surface.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(surface, "twox")
    wait_until(lambda: words.asked[-1:] == ["twox"])
    assert marked(surface) == ["onex"]
    QTest.keyClick(surface, " ")
    wait_until(lambda: marked(surface) == ["onex", "twox"])


def test_marks_stay_with_their_words_while_the_text_moves(make_surface: MakeSurface, words: Words) -> None:
    surface = make_surface("onex two threex")
    surface.set_speller(words)
    wait_until(lambda: len(marked(surface)) == 2)
    cursor = surface.textCursor()
    cursor.setPosition(6)
    surface.setTextCursor(cursor)
    QTest.keyClicks(surface, "ab")
    assert surface.text() == "onex tabwo threex"
    assert marked(surface) == ["onex", "threex"]


def test_all_of_a_long_text_is_checked_what_is_seen_first(make_surface: MakeSurface, words: Words) -> None:
    paragraphs = [f"w{'a' * (number % 7)} " * 200 for number in range(100)]
    surface = make_surface("\n\n".join([*paragraphs, "lastx"]))
    surface.moveCursor(QTextCursor.MoveOperation.End)
    surface.set_speller(words)
    wait_until(lambda: len(words.asked) == 20_001)
    assert words.asked.index("lastx") < 1_000
    assert SLICE <= 0.004


def _menu(surface: WritingSurface, position: int) -> EditMenu:
    cursor = surface.textCursor()
    cursor.setPosition(position)
    surface.setTextCursor(cursor)
    centre = surface.cursorRect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, centre, surface.viewport().mapToGlobal(centre))
    QApplication.sendEvent(surface.viewport(), event)
    (menu,) = surface.findChildren(EditMenu)
    return menu


def _action(menu: EditMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def test_a_suggestion_replaces_the_word(make_surface: MakeSurface, words: Words) -> None:
    surface = make_surface("some badx words")
    surface.set_speller(words)
    wait_until(lambda: marked(surface) == ["badx"])
    menu = _menu(surface, 7)
    labels = [action.text() for action in menu.actions() if action.text()]
    assert labels[:8] == ["bad0", "bad1", "bad2", "bad3", "bad4", "bad5", "Add to my words", "Undo"]
    _action(menu, "bad2").trigger()
    assert surface.text() == "some bad2 words"
    menu.close()
    wait_until(lambda: not surface.findChildren(EditMenu))


def test_a_word_can_be_learnt(make_surface: MakeSurface, words: Words) -> None:
    surface = make_surface("badx and badx")
    added = QSignalSpy(surface.word_added)
    surface.set_speller(words)
    wait_until(lambda: len(marked(surface)) == 2)
    _action(_menu(surface, 1), "Add to my words").trigger()
    assert added.at(0) == ["badx"]
    wait_until(lambda: marked(surface) == [])


def test_the_menu_offers_what_is_possible(make_surface: MakeSurface) -> None:
    surface = make_surface("words")
    QApplication.clipboard().clear()
    menu = _menu(surface, 0)
    able = {action.text() for action in menu.actions() if action.text() and action.isEnabled()}
    assert able == {"Select all"}
    _action(menu, "Select all").trigger()
    menu.close()
    wait_until(lambda: not surface.findChildren(EditMenu))
    QTest.keyClick(surface, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert surface.text() == "" and QApplication.clipboard().text() == "words"
    QApplication.clipboard().clear()
