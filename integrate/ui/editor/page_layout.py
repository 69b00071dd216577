"""How the text stands on the page: one column with exact line heights, laid out paragraph by paragraph.

A layout of our own instead of Qt's rich text layout, because line heights then depend on what a paragraph is and not on
formats in the document. The document stays plain text; its undo steps are the person's edits and nothing else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from integrate.ui.editor.ledger import changed_blocks

Ranges = tuple[tuple[int, int], ...]
Context = QAbstractTextDocumentLayout.PaintContext

_CARET_PART = 0.86  # of a line's own height: the caret is a little lower than a selection
_FAR = 1e7  # beyond every page


@dataclass(frozen=True, slots=True)
class LineStyle:
    """Lines of one kind: their distance, and the baseline below a line's upper edge, in pixels."""

    height: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Page:
    """The page in pixels. ``lines`` are for text and for headings of level 1 to 3; ``blank`` is the height of none."""

    left: float
    measure: float
    top: float
    bottom: float
    blank: float
    lines: tuple[LineStyle, LineStyle, LineStyle, LineStyle]
    caret: QColor
    caret_width: int


class PageLayout(QAbstractTextDocumentLayout):
    """Lays ``document`` out on a :class:`Page`. Work per change: the paragraphs that changed, and a sum over all.

    ``level`` tells the heading level of a block by its number; ``marks`` which stretches of it get a wavy line.
    """

    def __init__(
        self, document: QTextDocument, page: Page, level: Callable[[int], int], marks: Callable[[int], Ranges]
    ) -> None:
        super().__init__(document)
        self._document = document  # asking document() for it would never let this object go: a fault of the binding
        self._page = page
        self._level = level
        self._marks = marks
        self._wavy = QTextCharFormat()
        self._heights = [0.0]
        self._tops: list[float] = [page.top]
        self._bottom = page.top
        self._characters = -1
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    @property
    def page(self) -> Page:
        """The page in use."""
        return self._page

    def set_page(self, page: Page) -> None:
        """Use another page. Only another measure or other lines cost a new layout of everything."""
        before, self._page = self._page, page
        if (before.measure, before.blank, before.lines) != (page.measure, page.blank, page.lines):
            self.lay_out_again()
        elif before != page:
            self._stack()
            self._tell(0, moved=True)

    def set_wavy_line(self, colour: QColor) -> None:
        """The colour under words the spelling refused."""
        self._wavy = QTextCharFormat()
        self._wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._wavy.setUnderlineColor(colour)
        self.repaint_all()

    def lay_out_again(self) -> None:
        """Lay out every paragraph, as after a change of font."""
        self._replace(0, len(self._heights), self._document.blockCount())
        self._stack()  # the page may begin elsewhere, though nothing on it has another height
        self._tell(0, moved=True)

    def repaint_all(self) -> None:
        """Ask the view to paint again what it shows."""
        self._ask_to_paint(0, _FAR)

    def blocks_between(self, upper: float, lower: float) -> Iterator[tuple[QTextBlock, int]]:
        """Blocks that stand at least partly between two heights, each with its number."""
        number = max(bisect_right(self._tops, upper) - 1, 0)
        block = self._document.findBlockByNumber(number)
        while block.isValid() and number < len(self._tops) and self._tops[number] <= lower:
            yield block, number
            block, number = block.next(), number + 1

    # --- what Qt asks -------------------------------------------------------------------------------------------------

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        """Lay out the paragraphs that changed."""
        characters = self._document.characterCount()
        if removed == 0 and added and characters == self._characters:
            self.documentSizeChanged.emit(self.documentSize())  # only the view's size changed: set_page() saw to it
            return
        self._characters = characters
        before = self._bottom
        first, old, new = changed_blocks(self._document, position, added, len(self._heights))
        self._replace(first, old, new)
        self._tell(first, moved=before != self._bottom or old != new, last=first + new - 1)

    def documentSize(self) -> QSizeF:
        """The page with its margins."""
        return QSizeF(2 * self._page.left + self._page.measure, self._bottom + self._page.bottom)

    def pageCount(self) -> int:
        """One page without end."""
        return 1

    def frameBoundingRect(self, _frame: QTextFrame) -> QRectF:
        """The whole page: there are no other frames."""
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Where a paragraph stands; empty while the document is in the middle of a change."""
        number = block.blockNumber()
        if not 0 <= number < len(self._tops):
            return QRectF()
        origin = QPointF(self._page.left, self._tops[number])
        block.layout().setPosition(origin)  # screen readers find letters by it
        return QRectF(origin, QSizeF(self._page.measure, self._heights[number]))

    def hitTest(self, point: QPointF, accuracy: Qt.HitTestAccuracy) -> int:  # type: ignore[override]  # Qt gives no other
        """The position in the text at a point of the page, -1 where an exact hit was asked and there is no letter."""
        number = max(bisect_right(self._tops, point.y()) - 1, 0)
        block = self._document.findBlockByNumber(number)
        layout = block.layout()
        if not block.isValid() or not layout.lineCount():
            return -1
        local = point - QPointF(self._page.left, self._tops[number])
        height = self._heights[number] / layout.lineCount()
        line = layout.lineAt(min(max(int(local.y() // height), 0), layout.lineCount() - 1))
        if accuracy == Qt.HitTestAccuracy.ExactHit and not line.naturalTextRect().contains(local):
            return -1
        return block.position() + _without_preedit(layout, _x_to_cursor(line, local.x()))

    def draw(self, painter: QPainter, context: Context) -> None:
        """Paint the paragraphs inside the context's clip, their selections and marks, and the caret."""
        clip = context.clip
        palette = context.palette
        # Formats are copied: the binding lends a reference into a selection that is gone after this line.
        selections = [
            (selection.cursor.selectionStart(), selection.cursor.selectionEnd(), QTextCharFormat(selection.format))
            for selection in context.selections
        ]
        painter.setPen(palette.text().color())
        for block, number in self.blocks_between(clip.top(), clip.bottom()):
            origin = self.blockBoundingRect(block).topLeft()
            ranges = [_format_range(start, end, self._wavy) for start, end in self._marks(number)]
            base, length = block.position(), block.length()
            for start, end, style in selections:
                if start < base + length and end > base:
                    ranges.append(_format_range(max(start - base, 0), min(end - base, length), style))
            layout = block.layout()
            layout.setPosition(QPointF(0, 0))
            layout.draw(painter, origin, ranges, clip)
            layout.setPosition(origin)
            self._draw_caret(painter, block, origin, context.cursorPosition)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _draw_caret(self, painter: QPainter, block: QTextBlock, origin: QPointF, at: int) -> None:
        layout = block.layout()
        if at < -1:  # Qt's way to say: inside the text an input method is composing
            within = layout.preeditAreaPosition() - (at + 2) if layout.preeditAreaText() else -1
        else:
            within = at - block.position()
        if not 0 <= within < block.length() + len(layout.preeditAreaText()):
            return
        line = layout.lineForTextPosition(within)
        if line.isValid():
            height = line.height() * _CARET_PART
            upper = origin.y() + line.y() + (line.height() - height) / 2
            x = origin.x() + _cursor_to_x(line, within)
            caret = QRectF(round(x), round(upper), self._page.caret_width, round(height))
            painter.fillRect(caret, self._page.caret)

    def _replace(self, first: int, old: int, new: int) -> None:
        block, heights = self._document.findBlockByNumber(first), []
        for number in range(first, first + new):
            heights.append(self._lay_out(block, number))
            block = block.next()
        if heights != self._heights[first : first + old]:
            self._heights[first : first + old] = heights
            self._stack()

    def _lay_out(self, block: QTextBlock, number: int) -> float:
        style = self._page.lines[self._level(number)]
        layout = block.layout()
        # An empty line is a gap between paragraphs; at the end it is where the next words will stand.
        empty = block.length() == 1 and not layout.preeditAreaText() and block.next().isValid()
        height = self._page.blank if empty else style.height
        baseline = style.baseline - (style.height - height) / 2
        layout.setTextOption(self._option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._page.measure)
            line.setPosition(QPointF(0, y + baseline - line.ascent()))
            y += height
        layout.endLayout()
        return y

    def _stack(self) -> None:
        tops = list(accumulate(self._heights, initial=self._page.top))
        self._bottom = tops.pop()
        self._tops = tops

    def _tell(self, first: int, *, moved: bool, last: int | None = None) -> None:
        if moved:
            self.documentSizeChanged.emit(self.documentSize())
        upper = self._tops[first - 1] if first else 0.0  # all of it: the page may have begun higher before
        lower = _FAR if moved or last is None or last + 1 >= len(self._tops) else self._tops[last + 1]
        self._ask_to_paint(upper, lower)

    def _ask_to_paint(self, upper: float, lower: float) -> None:
        area = QRectF(0, upper, _FAR, lower - upper)
        self.update[QRectF].emit(area)  # type: ignore[index]  # the stubs know no signals with two forms


def _format_range(start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, end - start, style
    return found


def _without_preedit(layout: QTextLayout, offset: int) -> int:
    preedit, start = len(layout.preeditAreaText()), layout.preeditAreaPosition()
    return offset - min(preedit, offset - start) if preedit and offset > start else offset


def _cursor_to_x(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # the x, and the position it stands for
    return float(found[0])


def _x_to_cursor(line: QTextLine, x: float) -> int:
    return line.xToCursor(x, QTextLine.CursorPosition.CursorBetweenCharacters)
