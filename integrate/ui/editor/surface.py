"""The page a person writes on: plain Markdown, styled while it is typed and never converted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from integrate.ui.editor import incoming
from integrate.ui.editor.highlighter import HEADING_SIZES, MarkdownHighlighter
from integrate.ui.editor.ledger import Ledger
from integrate.ui.editor.menu import Act, EditMenu
from integrate.ui.editor.offsets import from_qt, to_qt
from integrate.ui.editor.page_layout import LineStyle, Page, PageLayout
from integrate.ui.editor.proofreader import Proofreader, Speller
from integrate.ui.editor.typing_rules import BOLD, ITALIC, next_item, toggle_marks
from integrate.ui.theme.theme import Theme

MEASURE: Final = 600
TOP: Final = 40
BOTTOM: Final = 40
SIDE: Final = 24
"""Pixels: the column and the space below it at 100 % text; the space above it and the least beside it at any."""

_BLANK: Final = 18
_HEADING_LINE: Final = 1.3  # of the heading's size
_HEADER_GAP: Final = 16
_CARET: Final = 2
_UNITS: Final = "\u2029"  # between blocks, in what Qt hands out
_BREAKS: Final = ("\n", "\r\n", "\r")


class WritingSurface(QTextEdit):
    """A column of plain text with live styling. :meth:`text` gives what :meth:`set_text` took, to the letter.

    ``mime_for`` turns copied text into what goes to the clipboard. On X11 a selection is offered to other programs
    only while ``offers_selection``.
    """

    edited = Signal()
    """The person changed the text."""
    files_dropped = Signal(list)
    """Files (``list[Path]``) were dropped or pasted."""
    image_pasted = Signal(bytes, str)
    """A picture was pasted or dropped: its bytes and a name for it."""
    word_added = Signal(str)
    """The person wants this word to count as right from now on."""

    def __init__(
        self,
        theme: Theme,
        mime_for: Callable[[str], QMimeData],
        *,
        name: str = "",
        offers_selection: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mime_for = mime_for
        self.offers_selection = offers_selection
        self._original, self._ending = "", "\n"
        self._loading = self._asked_for = False
        self._placeholder = ""
        self._acts: tuple[Act, ...] = ()
        self._header: QWidget | None = None
        self._room_below = 0
        self._revision = -1
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursorWidth(_CARET)
        self.set_privacy_of_input(sensitive=False)
        document = self.document()
        document.setDocumentMargin(0)
        self._ledger = Ledger(document)
        self._proofreader = Proofreader(document, self._ledger, self._visible_blocks, self._repaint_block, self)
        self._highlighter = MarkdownHighlighter(document, theme, self._ledger)
        self.setFont(theme.font("writing"))
        self._page_layout = PageLayout(document, self._page(), self._ledger.level, self._proofreader.marks)
        document.setDocumentLayout(self._page_layout)
        document.contentsChange.connect(self._note_change)
        self.cursorPositionChanged.connect(self._note_caret)
        theme.changed.connect(self._restyle)
        self._restyle()

    # --- the text -----------------------------------------------------------------------------------------------------

    def set_text(self, text: str) -> None:
        """Show another text. It becomes the unchanged one, with nothing to undo."""
        self._original = text
        self._ending = max(_BREAKS, key=lambda ending: _count_breaks(text, ending))
        self.setExtraSelections([])
        self._loading = True
        try:
            self.setPlainText(text)
        finally:
            self._loading = False
        self.document().setModified(False)
        self.verticalScrollBar().setValue(0)
        self._revision = self.document().revision()

    def text(self) -> str:
        """The text. Unchanged it is what was set, to the letter; changed, its lines end as most of them did before."""
        if not self.document().isModified():
            return self._original
        return self.document().toRawText().replace(_UNITS, self._ending)

    def word_count(self) -> int:
        """How many words the text has; known at any time without counting."""
        return self._ledger.words

    def wipe(self) -> None:
        """Forget the text, what could be undone, selections and marks."""
        self._original, self._ending = "", "\n"
        self.setExtraSelections([])
        self._loading = True
        try:
            self.document().clear()
        finally:
            self._loading = False
        self.document().setModified(False)

    def insert_text(self, text: str) -> None:
        """Put plain text where the caret is, as if it had been typed."""
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def show_in_the_middle(self) -> None:
        """Scroll to the caret; from outside of what is seen it comes to the middle, with what stands around it."""
        caret, view, bar = self.cursorRect(), self.viewport().rect(), self.verticalScrollBar()
        if not view.contains(caret):
            bar.setValue(bar.value() + caret.center().y() - view.center().y())

    # --- settings -----------------------------------------------------------------------------------------------------

    def set_selection_acts(self, acts: Sequence[Act]) -> None:
        """What the page around offers for what is selected; it stands at the end of the menu."""
        self._acts = tuple(acts)

    def set_placeholder(self, text: str) -> None:
        """What an empty page says."""
        self._placeholder = text
        self.viewport().update()

    def set_privacy_of_input(self, *, sensitive: bool) -> None:
        """Whether input methods are asked not to learn from what is written, nor to predict."""
        hints = Qt.InputMethodHint.ImhMultiLine
        if sensitive:
            hints |= Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(hints)

    def set_speller(self, speller: Speller | None) -> None:
        """Mark what ``speller`` refuses; None marks nothing."""
        self._proofreader.use(speller)
        self.viewport().update()

    def set_header(self, header: QWidget | None) -> None:
        """Show a widget above the text, in its column, which scrolls along. The surface takes it over."""
        if self._header is not None:
            self._header.deleteLater()
        self._header = header
        if header is not None:
            header.setParent(self.viewport())
            header.show()
        self._place()

    def set_room_below(self, pixels: int) -> None:
        """Leave at least this much free below the text, so that the last line need not stand at the bottom."""
        self._room_below = pixels
        self._place()

    # --- looks --------------------------------------------------------------------------------------------------------

    @property
    def column(self) -> QRectF:
        """Where the column stands in the viewport: its left edge and width; above and below are its margins."""
        page = self._page_layout.page
        return QRectF(page.left, page.top, page.measure, 0)

    def _page(self) -> Page:
        theme = self._theme
        measure = max(min(theme.px(MEASURE), self.width() - 2 * SIDE), 1)
        above = TOP
        if self._header is not None:
            above += self._header_height(measure) + theme.px(_HEADER_GAP)
        lines = [_line_style(QFontMetricsF(self.font()), theme.line("writing"))]
        for size in HEADING_SIZES.values():
            metrics = QFontMetricsF(theme.sized_font("page", size, 500))
            lines.append(_line_style(metrics, max(theme.line("writing"), theme.px(size * _HEADING_LINE))))
        return Page(
            left=(self.width() - measure) // 2,
            measure=measure,
            top=above,
            bottom=max(theme.px(BOTTOM), self._room_below),
            blank=theme.px(_BLANK),
            lines=(lines[0], lines[1], lines[2], lines[3]),
            caret=theme.color("accent"),
            caret_width=_CARET,
        )

    def _restyle(self) -> None:
        self.setFont(self._theme.font("writing"))
        self._page_layout.set_wavy_line(self._theme.color("danger"))
        self._loading = True
        try:
            self._highlighter.restyle()
        finally:
            self._loading = False
        self._page_layout.set_page(self._page())
        self._page_layout.lay_out_again()
        self._place()

    def _header_height(self, measure: int) -> int:
        header = self._header
        if header is None:
            return 0
        return max(header.heightForWidth(measure), header.minimumSizeHint().height(), header.minimumHeight())

    def _place(self) -> None:
        self._page_layout.set_page(self._page())
        if self._header is not None:
            page = self._page_layout.page
            top = TOP - self.verticalScrollBar().value()
            self._header.setGeometry(int(page.left), top, int(page.measure), self._header_height(int(page.measure)))

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the header when it wants another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        self._place()
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Let the header scroll along."""
        super().scrollContentsBy(dx, dy)
        if self._header is not None:
            self._header.move(self._header.x(), TOP - self.verticalScrollBar().value())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl the text size is the program's, not this page's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, or what an empty page says."""
        super().paintEvent(event)
        if self._placeholder and self.document().isEmpty() and not self._is_composing():
            painter = QPainter(self.viewport())
            page = self._page_layout.page
            painter.setFont(self.font())
            painter.setPen(self._theme.color("ink3"))
            metrics = QFontMetricsF(self.font())
            upper = page.top + page.lines[0].baseline - metrics.ascent() - self.verticalScrollBar().value()
            area = QRectF(page.left, upper, page.measure, self.viewport().height())
            painter.drawText(area, Qt.TextFlag.TextWordWrap, self._placeholder)
            painter.end()

    def _is_composing(self) -> bool:
        return bool(self.textCursor().block().layout().preeditAreaText())

    def _visible_blocks(self) -> Iterator[tuple[QTextBlock, int]]:
        upper = self.verticalScrollBar().value()
        return self._page_layout.blocks_between(upper, upper + self.viewport().height())

    def visible_range(self) -> tuple[int, int]:
        """The first and the last position of the paragraphs that are on screen."""
        blocks = [block for block, _number in self._visible_blocks()]
        return (blocks[0].position(), blocks[-1].position() + blocks[-1].length()) if blocks else (0, 0)

    def _repaint_block(self, block: QTextBlock) -> None:
        area = self._page_layout.blockBoundingRect(block)
        self.viewport().update(area.translated(0, -self.verticalScrollBar().value()).toAlignedRect())

    # --- changes ------------------------------------------------------------------------------------------------------

    def _note_change(self, position: int, _removed: int, added: int) -> None:
        if self._loading or self.document().revision() == self._revision:
            return
        self._revision = self.document().revision()
        self._proofreader.note_edit(position + added)
        self.edited.emit()

    def _note_caret(self) -> None:
        self._proofreader.note_caret(self.textCursor().position())

    def event(self, event: QEvent) -> bool:
        """Claim bold and italic before a menu bar does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _mark_for(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with a list on Enter, toggle bold and italic, copy and cut; everything else is Qt's."""
        mark = _mark_for(event)
        if mark and not self.isReadOnly():
            self._toggle(mark)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut) and not self.isReadOnly():
            self.cut()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly():
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain or event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
                self._new_line(goes_on=plain)
            else:
                event.ignore()  # Ctrl Enter and the like belong to the page around
        else:
            super().keyPressEvent(event)

    def _new_line(self, *, goes_on: bool) -> None:
        cursor = self.textCursor()
        block = cursor.block()
        at = cursor.positionInBlock()
        whole = not cursor.hasSelection() and block.userState() <= 0 and goes_on
        lead = next_item(block.text(), at) if whole else None
        cursor.beginEditBlock()
        if lead == "":
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        else:
            cursor.insertText(f"\n{lead or ''}")
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _toggle(self, mark: str) -> None:
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        line = block.text()
        start = from_qt(line, cursor.selectionStart() - block.position())
        end = from_qt(line, min(cursor.selectionEnd() - block.position(), block.length() - 1))
        wrapped = toggle_marks(line, start, end, mark)
        place = to_qt(line)
        cursor.setPosition(block.position() + place(wrapped.start))
        cursor.setPosition(block.position() + place(wrapped.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(wrapped.text)
        place = to_qt(block.text())
        cursor.setPosition(block.position() + place(wrapped.selected))
        cursor.setPosition(block.position() + place(wrapped.selected_end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    # --- in and out ---------------------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:
        """What copying hands over. Qt asks here for X11's primary selection too, whenever something is selected."""
        if not self._asked_for and not self.offers_selection:
            return QMimeData()
        return self._mime_for(self.textCursor().selectedText().replace(_UNITS, "\n"))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, pictures and files can come in."""
        return source.hasText() or incoming.has_picture(source) or bool(incoming.files_of(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take in what was pasted or dropped; files and pictures are for the page around."""
        if self.isReadOnly():
            return
        files = incoming.files_of(source)
        picture = None if files or source.text() else incoming.picture_of(source)
        if files:
            self.files_dropped.emit(files)
        elif picture is not None:
            self.image_pasted.emit(*picture)
        else:
            self.insert_text(source.text())

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        with self._handing_over():
            super().copy()

    def cut(self) -> None:
        """Move the selected text to the clipboard."""
        with self._handing_over():
            super().cut()

    @contextmanager
    def _handing_over(self) -> Iterator[None]:
        self._asked_for = True
        try:
            yield
        finally:
            self._asked_for = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press inside the selection gives it up, so that no text is ever dragged out of the window."""
        cursor = self.textCursor()
        if event.button() == Qt.MouseButton.LeftButton and cursor.hasSelection():
            at = self.cursorForPosition(event.position().toPoint()).position()
            if cursor.selectionStart() <= at <= cursor.selectionEnd() and not event.modifiers():
                cursor.setPosition(at)
                self.setTextCursor(cursor)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Suggestions for a refused word, and what can be done with the text."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            where, at = event.globalPos(), self.cursorForPosition(event.pos()).position()
        else:
            corner = self.cursorRect().bottomLeft()
            where, at = self.viewport().mapToGlobal(corner + QPoint(0, 2)), self.textCursor().position()
        menu = EditMenu(self, self._proofreader, at, self.word_added.emit, self._acts)
        menu.popup(where)


def _line_style(metrics: QFontMetricsF, height: int) -> LineStyle:
    ascent, descent = round(metrics.ascent()), round(metrics.descent())
    return LineStyle(height, (height - ascent - descent) // 2 + ascent)  # as in CSS: half of what is left goes above


def _mark_for(event: QKeyEvent) -> str:
    if event.matches(QKeySequence.StandardKey.Bold):
        return BOLD
    return ITALIC if event.matches(QKeySequence.StandardKey.Italic) else ""


def _count_breaks(text: str, ending: str) -> int:
    pairs = text.count("\r\n")
    return pairs if ending == "\r\n" else text.count(ending) - pairs
