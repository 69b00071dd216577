"""What goes in comes out: the surface never changes a text it was only asked to show."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from integrate.domain.words import count_words
from integrate.ui.editor.surface import WritingSurface
from tests.ui.editor.conftest import MakeSurface

LAW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
WEIRD = st.sampled_from(["\r\n", "\r", "\n", "\u2028", "\u2029", "\0", "\ufdd0", "\ufdd1", "\u00a0", "😀", "\ufffc"])
TEXTS = st.lists(st.one_of(st.text(max_size=12), WEIRD), max_size=12).map("".join)
# Characters that Qt reads as the ends of paragraphs, or uses for its own purposes.
PLAIN = TEXTS.map(lambda text: "".join(c for c in text if c not in "\r\u2029\ufdd0\ufdd1"))


@LAW
@given(TEXTS)
def test_a_text_that_was_only_shown_comes_back_to_the_letter(surface: WritingSurface, text: str) -> None:
    surface.set_text(text)
    assert surface.text() == text


@LAW
@given(PLAIN)
def test_an_edited_text_keeps_every_other_character(surface: WritingSurface, text: str) -> None:
    surface.set_text(text)
    surface.moveCursor(QTextCursor.MoveOperation.End)
    surface.insert_text("x")
    assert surface.text() == text + "x"


@LAW
@given(TEXTS)
def test_undoing_the_only_edit_gives_the_very_text_back(surface: WritingSurface, text: str) -> None:
    surface.set_text(text)
    surface.insert_text("x")
    surface.undo()
    assert surface.text() == text


@pytest.mark.parametrize(("ending", "other"), [("\r\n", "\n"), ("\n", "\r\n"), ("\r", "\n")])
def test_an_edited_text_ends_its_lines_as_most_of_them_did(surface: WritingSurface, ending: str, other: str) -> None:
    surface.set_text(f"one{ending}two{ending}three{other}four")
    surface.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert surface.text() == f"one{ending}two{ending}three{ending}four{ending}"


def test_nothing_is_corrected_while_typing(surface: WritingSurface) -> None:
    typed = 'i said "teh" -- and... (c) 1/2 '
    QTest.keyClicks(surface, typed)
    assert surface.text() == typed


@LAW
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 30), st.text(alphabet="ab #*`~\n>-1.é😀", max_size=9))))
def test_words_and_lines_after_any_edits_are_as_if_the_text_were_new(
    make_surface: MakeSurface, edits: list[tuple[int, int, str]]
) -> None:
    surface, fresh = make_surface("# one\n\ntwo **three**\n"), make_surface()
    for at, length, text in edits:
        end = surface.document().characterCount() - 1
        cursor = surface.textCursor()
        cursor.setPosition(min(at, end))
        cursor.setPosition(min(at + length, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
    fresh.set_text(surface.text())
    assert surface.word_count() == fresh.word_count() == count_words(surface.text())
    assert tops(surface) == tops(fresh)


def tops(surface: WritingSurface) -> list[tuple[float, float]]:
    layout, block, found = surface.document().documentLayout(), surface.document().begin(), []
    while block.isValid():
        area = layout.blockBoundingRect(block)
        found.append((area.top(), area.height()))
        block = block.next()
    return found
