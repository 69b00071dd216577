"""The writing surface: where lines stand, what keys do, what comes in and what never goes out."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QRegion,
    QTextCursor,
)
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from integrate.ui.editor.surface import WritingSurface
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from tests.ui.editor.conftest import MakeSurface
from tests.ui.editor.test_fidelity import tops
from tests.ui.waiting import run_events, wait_until

PARAGRAPH = (
    "I keep coming back to the hand on my shoulder. Not a person exactly. More like the feeling when somebody takes "
    "the heavier bag without asking, and you only notice how much it weighed because your arm floats up."
)


# --- where lines stand ------------------------------------------------------------------------------------------------


def test_lines_are_thirty_pixels_apart_and_paragraphs_eighteen_more(make_surface: MakeSurface) -> None:
    surface = make_surface(f"{PARAGRAPH}\n\nSecond.\nThird.")
    assert tops(surface) == [(40, 120), (160, 18), (178, 30), (208, 30)]
    layout = surface.document().begin().layout()
    baselines = [layout.lineAt(number).y() + layout.lineAt(number).ascent() for number in range(4)]
    assert baselines == pytest.approx([22, 52, 82, 112], abs=0.01)


def test_the_empty_line_at_the_end_is_as_high_as_the_words_that_will_come(make_surface: MakeSurface) -> None:
    surface = make_surface("One.")
    surface.moveCursor(QTextCursor.MoveOperation.End)
    for _press in range(2):
        QTest.keyClick(surface, Qt.Key.Key_Return)
    assert tops(surface) == [(40, 30), (70, 18), (88, 30)]
    before = surface.cursorRect().bottom()
    QTest.keyClick(surface, "x")
    assert surface.cursorRect().bottom() == before


def test_headings_are_higher_by_level(make_surface: MakeSurface) -> None:
    heights = [height for _top, height in tops(make_surface("# One\n## Two\n### Three\ntext"))]
    assert heights == [34, 30, 30, 30]


def test_a_line_that_becomes_a_heading_grows_and_leaves_one_step_to_undo(make_surface: MakeSurface) -> None:
    surface = make_surface("One\ntwo")
    surface.moveCursor(QTextCursor.MoveOperation.Start)
    surface.insert_text("# ")
    assert tops(surface)[0] == (40, 34)
    assert surface.document().availableUndoSteps() == 1


@pytest.mark.parametrize(
    ("width", "size", "left", "measure"), [(752, 100, 76, 600), (500, 100, 24, 452), (1280, 200, 40, 1200)]
)
def test_the_column_stays_in_the_middle(
    make_surface: MakeSurface, theme: Theme, width: int, size: int, left: int, measure: int
) -> None:
    theme.set_look(Look(theme="light", text_size=size))
    column = make_surface(PARAGRAPH * 40, width=width).column
    assert (column.left(), column.width()) == (left, measure)


def test_another_text_size_moves_every_line(make_surface: MakeSurface, theme: Theme) -> None:
    surface = make_surface("One\n\ntwo")
    theme.set_look(Look(theme="dark", text_size=200))
    assert tops(surface) == [(40, 60), (100, 36), (136, 60)]  # the space above is no text
    assert not surface.document().isModified()


def test_a_click_puts_the_caret_where_the_letter_is(make_surface: MakeSurface) -> None:
    surface = make_surface("# A heading\n\nfirst words\nוְאַהֲבָה then **more** 😀 words\n\nlast")
    for position in range(surface.document().characterCount()):
        cursor = surface.textCursor()
        cursor.setPosition(position)
        if cursor.position() == position:
            centre = surface.cursorRect(cursor).center()
            found = surface.cursorRect(surface.cursorForPosition(centre))
            assert (found.x(), found.y()) == (surface.cursorRect(cursor).x(), surface.cursorRect(cursor).y())


def test_a_widget_above_the_text_scrolls_with_it(make_surface: MakeSurface) -> None:
    surface = make_surface((PARAGRAPH + "\n\n") * 20)
    header = QLabel("Tuesday")
    header.setMinimumHeight(50)
    surface.set_header(header)
    assert tops(surface)[0][0] == 40 + 50 + 16
    assert header.geometry().getRect() == (76, 40, 600, 50)
    surface.verticalScrollBar().setValue(25)
    assert header.y() == 15
    header.setMinimumHeight(80)
    QApplication.sendPostedEvents()
    assert tops(surface)[0][0] == 40 + 80 + 16


def test_another_width_and_another_start_at_once_move_the_text(make_surface: MakeSurface) -> None:
    surface = make_surface("One short line.", 500)
    header = QWidget()
    header.setMinimumHeight(60)
    surface.set_header(header)
    header.setMinimumHeight(20)
    surface.resize(560, 719)
    assert surface.cursorRect().top() - header.geometry().bottom() < surface.fontMetrics().height()


def test_the_caret_has_the_accent_and_an_empty_page_says_its_words(make_surface: MakeSurface, theme: Theme) -> None:
    surface = make_surface()
    blank = surface.grab().toImage()
    surface.set_placeholder("One sentence is enough.")
    assert surface.grab().toImage() != blank
    assert blank.pixelColor(77, 40 + 15) == theme.color("accent")
    surface.insert_text("x")
    with_words = surface.grab().toImage()
    surface.set_placeholder("")
    assert surface.grab().toImage() == with_words


def test_what_an_input_method_composes_is_shown_but_is_not_text_yet(make_surface: MakeSurface) -> None:
    surface = make_surface("ab")
    surface.moveCursor(QTextCursor.MoveOperation.End)
    cursor = [QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.Cursor, 2, 1, None)]
    QApplication.sendEvent(surface, QInputMethodEvent("にほん", cursor))
    assert surface.document().begin().layout().preeditAreaText() == "にほん"
    surface.grab()
    assert surface.text() == "ab"
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(surface, done)
    assert surface.text() == "ab日本"


def test_screen_readers_find_the_name_the_text_and_each_letter(make_surface: MakeSurface) -> None:
    surface = make_surface(f"{PARAGRAPH}\n\nSecond.")
    interface = QAccessible.queryAccessibleInterface(surface)
    assert interface.text(QAccessible.Text.Name) == "Entry"
    assert interface.role() == QAccessible.Role.EditableText
    text = interface.textInterface()
    second = len(PARAGRAPH) + 2
    assert text.text(second, second + 6) == "Second"
    corner = surface.viewport().mapToGlobal(QPoint(76, 40 + 120 + 18))
    area = text.characterRect(second)
    assert (area.x(), area.center().y()) == (corner.x(), pytest.approx(corner.y() + 15, abs=2))
    assert text.offsetAtPoint(area.center()) == second


def test_the_keyboard_walks_through_every_line(make_surface: MakeSurface) -> None:
    surface = make_surface(f"# Title\n\n{PARAGRAPH}\n\n{PARAGRAPH}")
    seen = [surface.cursorRect().top()]
    for _press in range(11):
        QTest.keyClick(surface, Qt.Key.Key_Down)
        seen.append(surface.cursorRect().top())
    assert seen == sorted(seen) and len(set(seen)) == 11  # two headings' lines, four, one, four; then the end
    for _press in range(11):
        QTest.keyClick(surface, Qt.Key.Key_Up)
    assert surface.textCursor().position() == 0


def test_another_text_is_shown_from_its_beginning(make_surface: MakeSurface) -> None:
    surface = make_surface((PARAGRAPH + "\n\n") * 30)
    surface.moveCursor(QTextCursor.MoveOperation.End)
    assert surface.verticalScrollBar().value() > 0
    surface.set_text((PARAGRAPH + "\n\n") * 20)
    assert surface.verticalScrollBar().value() == 0
    assert surface.textCursor().position() == 0


def test_nothing_holds_a_surface_that_was_let_go(make_surface: MakeSurface, theme: Theme) -> None:
    surface = WritingSurface(theme, lambda _text: QMimeData())
    surface.set_text("secret")
    surface.show()
    gone, held = QSignalSpy(surface.destroyed), weakref.ref(surface)
    surface.wipe()
    surface.deleteLater()
    del surface
    wait_until(lambda: gone.count() == 1)
    gc.collect()
    assert held() is None
    theme.set_look(Look(theme="dark"))


# --- changes ----------------------------------------------------------------------------------------------------------


def test_only_a_persons_edits_are_told(make_surface: MakeSurface, theme: Theme) -> None:
    surface = make_surface()
    spy = QSignalSpy(surface.edited)
    surface.set_text("# Words\n\nand more")
    theme.set_look(Look(theme="dark", text_size=120))
    surface.moveCursor(QTextCursor.MoveOperation.End)
    surface.wipe()
    assert spy.count() == 0
    QTest.keyClick(surface, "x")
    assert spy.count() == 1
    surface.undo()
    assert spy.count() == 2


def test_wiping_leaves_neither_text_nor_anything_to_undo(make_surface: MakeSurface) -> None:
    surface = make_surface("secret")
    QTest.keyClicks(surface, "more")
    surface.selectAll()
    surface.wipe()
    assert (surface.text(), surface.toPlainText(), surface.word_count()) == ("", "", 0)
    assert surface.document().availableUndoSteps() == surface.document().availableRedoSteps() == 0
    surface.undo()
    assert surface.toPlainText() == ""
    assert not surface.extraSelections()


def test_a_key_costs_only_its_own_paragraph(make_surface: MakeSurface, monkeypatch: pytest.MonkeyPatch) -> None:
    surface = make_surface("\n\n".join([PARAGRAPH] * 300))
    styled, laid_out = [], []
    highlighter, layout = surface._highlighter, surface._page_layout
    highlight, lay_out = highlighter.highlightBlock, layout._lay_out
    monkeypatch.setattr(highlighter, "highlightBlock", lambda text: (styled.append(text), highlight(text))[1])
    monkeypatch.setattr(layout, "_lay_out", lambda *block: (laid_out.append(block), lay_out(*block))[1])
    cursor = surface.textCursor()
    cursor.setPosition(surface.document().findBlockByNumber(300).position() + 20)
    surface.setTextCursor(cursor)
    QTest.keyClick(surface, "x")
    assert len(laid_out) == 1
    assert len(styled) <= 1  # 0 where the binding does not look the method up anew


def test_tab_goes_on_to_the_next_control(make_surface: MakeSurface, theme: Theme) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    surface, after = make_surface("words"), QLineEdit()
    column.addWidget(surface)
    column.addWidget(after)
    page.show()
    page.activateWindow()
    surface.setFocus()
    assert QTest.qWaitForWindowActive(page)
    QTest.keyClick(surface, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert surface.text() == "words"
    surface.setParent(None)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("- one", "- one\n- "),
        ("1. one", "1. one\n2. "),
        ("> said", "> said\n> "),
        ("- [x] done", "- [x] done\n- [ ] "),
        ("- one\n- ", "- one\n"),
        ("plain", "plain\n"),
        ("```\n- code", "```\n- code\n"),
    ],
)
def test_enter_goes_on_with_a_list_and_an_empty_item_ends_it(make_surface: MakeSurface, text: str, result: str) -> None:
    surface = make_surface(text)
    surface.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(surface, Qt.Key.Key_Return)
    assert surface.text() == result
    surface.undo()
    assert surface.text() == text


def test_shift_enter_is_a_line_break_like_any_other(make_surface: MakeSurface) -> None:
    surface = make_surface("- one")
    surface.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(surface, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert surface.text() == "- one\n"


def test_bold_and_italic_are_put_on_and_taken_off(make_surface: MakeSurface) -> None:
    surface = make_surface("😀 some words")
    cursor = surface.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(7, QTextCursor.MoveMode.KeepAnchor)
    surface.setTextCursor(cursor)
    QTest.keyClick(surface, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert surface.text() == "😀 **some** words"
    assert surface.textCursor().selectedText() == "some"
    QTest.keyClick(surface, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert surface.text() == "😀 **_some_** words"
    QTest.keyClick(surface, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(surface, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert surface.text() == "😀 some words"


def test_bold_over_several_lines_takes_the_first_one(make_surface: MakeSurface) -> None:
    surface = make_surface("one 😀\ntwo")
    surface.selectAll()
    QTest.keyClick(surface, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert surface.text() == "**one 😀**\ntwo"


def test_bold_is_claimed_before_a_menu_can_take_it(surface: WritingSurface) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(surface, event)
    assert event.isAccepted()


def test_a_page_to_read_only_takes_nothing(make_surface: MakeSurface) -> None:
    surface = make_surface("- one")
    surface.setReadOnly(True)
    QTest.keyClicks(surface, "x")
    QTest.keyClick(surface, Qt.Key.Key_Return)
    QTest.keyClick(surface, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    surface.insertFromMimeData(_text("x"))
    assert surface.toPlainText() == "- one"


# --- in and out -------------------------------------------------------------------------------------------------------


def _text(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    mime.setHtml(f"<b>{text}</b>")
    return mime


def test_formatting_is_left_outside(surface: WritingSurface) -> None:
    surface.insertFromMimeData(_text("bold\u00a0words"))
    assert surface.text() == "bold\u00a0words"
    assert "700" not in surface.document().begin().charFormat().font().toString().split(",")[4:5]


def test_what_is_copied_goes_through_the_guard(make_surface: MakeSurface) -> None:
    surface = make_surface("one\ntwo")
    surface.selectAll()
    QTest.keyClick(surface, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "one\ntwo"
    assert not clipboard.mimeData().hasHtml()
    clipboard.clear()


def test_files_and_pictures_are_handed_to_the_page(surface: WritingSurface, tmp_path: Path) -> None:
    files, pictures = QSignalSpy(surface.files_dropped), QSignalSpy(surface.image_pasted)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.jpg")), QUrl("https://x.example/p.png")])
    surface.insertFromMimeData(mime)
    assert files.at(0) == [[tmp_path / "a b.jpg"]]

    raw = QMimeData()
    raw.setData("image/jpeg", QByteArray(b"\xff\xd8as it came"))
    raw.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert surface.canInsertFromMimeData(raw)
    surface.insertFromMimeData(raw)
    assert pictures.at(0) == [b"\xff\xd8as it came", "Pasted photo.jpg"]

    drawn = QMimeData()
    drawn.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    surface.insertFromMimeData(drawn)
    data, name = pictures.at(1)
    assert data.startswith(b"\x89PNG") and name == "Pasted photo.png"
    assert surface.text() == ""


def test_pulling_at_a_selection_starts_no_drag(make_surface: MakeSurface, monkeypatch: pytest.MonkeyPatch) -> None:
    surface = make_surface(PARAGRAPH)
    asked: list[str] = []
    monkeypatch.setattr(surface, "_mime_for", lambda text: (asked.append(text), QMimeData())[1])
    surface.selectAll()
    view = surface.viewport()
    start = QPoint(300, 60)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 8):
        at = QPointF(start + QPoint(20 * step, 10 * step))
        move = QMouseEvent(
            QEvent.Type.MouseMove, at, view.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(140, 70))
    assert asked == []
    assert 0 < len(surface.textCursor().selectedText()) < len(PARAGRAPH)  # it selects anew instead


def test_input_methods_are_asked_to_be_discreet(surface: WritingSurface) -> None:
    hints = Qt.InputMethodHint
    assert surface.inputMethodHints() == hints.ImhMultiLine
    surface.set_privacy_of_input(sensitive=True)
    assert surface.inputMethodHints() == hints.ImhMultiLine | hints.ImhSensitiveData | hints.ImhNoPredictiveText


def test_where_the_text_stood_before_the_header_grew_nothing_is_left(make_surface: MakeSurface) -> None:
    surface = make_surface("First\n\nSecond\n\nThird")
    header = QWidget()
    header.setMinimumHeight(20)
    surface.set_header(header)
    painted = QRegion()
    run_events()

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - the name Qt gives it
            nonlocal painted
            if isinstance(event, QPaintEvent):
                painted += event.region()
            return False

    watch = Watch()
    surface.viewport().installEventFilter(watch)
    header.setMinimumHeight(120)
    surface.viewportEvent(QEvent(QEvent.Type.LayoutRequest))
    run_events()
    below = QRect(0, int(surface.column.top()) - 8, surface.viewport().width(), 4)
    assert painted.contains(below)
