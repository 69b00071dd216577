"""Passages: what is selected comes out to the letter, and words that stand in a text are selected again."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from integrate.ui.editor.offsets import to_qt
from integrate.ui.editor.passages import select_words, selected_words
from integrate.ui.editor.surface import WritingSurface

LAW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
PIECES = st.lists(
    st.one_of(st.text(st.characters(exclude_characters="\ufdd0\ufdd1", codec="utf-8"), max_size=8),
              st.sampled_from(["\r\n", "\n", "\r", "😀", "é", " "])),
    min_size=3, max_size=12,
)  # fmt: skip


def select(surface: WritingSurface, start: int, end: int) -> None:
    """Select from one place of Qt's text to another, in characters."""
    place = to_qt(surface.document().toRawText())
    cursor = surface.textCursor()
    cursor.setPosition(place(start))
    cursor.setPosition(place(end), QTextCursor.MoveMode.KeepAnchor)
    surface.setTextCursor(cursor)


@LAW
@given(PIECES, st.data())
def test_what_is_selected_comes_out_to_the_letter(
    surface: WritingSurface, pieces: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first + 1, len(pieces)))
    before, words = "".join(pieces[:first]), "".join(pieces[first:last])
    text = "".join(pieces)
    if before.endswith("\r") or words.endswith("\r"):
        return  # a piece that ends inside a line break
    surface.set_text(text)
    seen = [len(part.replace("\r\n", "\n")) for part in (before, before + words)]
    select(surface, *seen)
    assert selected_words(surface) == words


@LAW
@given(PIECES, st.data())
def test_words_that_stand_in_a_text_are_selected_again(
    surface: WritingSurface, pieces: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(pieces) - 1))
    words, text = "".join(pieces[first : first + 2]), "".join(pieces)
    if words.endswith("\r") or "".join(pieces[:first]).endswith("\r"):
        return
    surface.set_text(text)
    if select_words(surface, words):
        assert selected_words(surface) == words or "\r" in text  # two kinds of line breaks look the same on the page
    else:
        assert not words.strip()


def test_words_that_are_not_there_leave_the_caret_where_it_is(surface: WritingSurface) -> None:
    surface.set_text("one two")
    cursor = surface.textCursor()
    cursor.setPosition(3)
    surface.setTextCursor(cursor)
    assert not select_words(surface, "three")
    assert not select_words(surface, "")
    assert surface.textCursor().position() == 3
    assert selected_words(surface) == ""


def test_the_first_of_several_places_is_the_one(surface: WritingSurface) -> None:
    surface.set_text("so it is, and so it is")
    assert select_words(surface, "so it is")
    assert surface.textCursor().selectionStart() == 0


def test_the_menu_offers_what_the_page_around_wants_for_a_selection(surface: WritingSurface) -> None:
    from integrate.ui.editor.menu import EditMenu

    done: list[bool] = []
    learned: list[str] = []
    surface.set_text("one two")
    surface.set_selection_acts([("Keep", lambda: done.append(True))])
    for selected in (False, True):
        if selected:
            surface.selectAll()
        menu = EditMenu(surface, surface._proofreader, 0, learned.append, surface._acts)
        action = next(action for action in menu.actions() if action.text() == "Keep")
        assert action.isEnabled() is selected
        action.trigger()
        menu.close()
        menu.deleteLater()
    assert done == [True]
