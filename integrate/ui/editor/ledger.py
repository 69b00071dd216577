"""What is known of each paragraph: kept beside the document and mended where it changes, never counted anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from integrate.domain.words import count_words


@dataclass(slots=True)
class Paragraph:
    """One block of the document. Positions are Qt's, within the block.

    ``level`` is 1 to 3 for a heading. ``unread`` are stretches that hold no prose (code, addresses). ``wrong`` are
    (start, end) of words the spelling refused; it is complete once ``checked``.
    """

    words: int = 0
    level: int = 0
    unread: tuple[tuple[int, int], ...] = ()
    wrong: tuple[tuple[int, int], ...] = ()
    checked: bool = False


class Change(NamedTuple):
    """Blocks that changed: from number ``first`` on, ``removed`` old ones gave way to ``added`` new ones."""

    first: int
    removed: int
    added: int


def changed_blocks(document: QTextDocument, position: int, added: int, known: int) -> Change:
    """Which blocks a ``contentsChange`` touched, in a document that had ``known`` blocks before."""
    end = document.characterCount() - 1
    first = document.findBlock(min(position, end)).blockNumber()
    last = document.findBlock(min(position + added, end)).blockNumber()
    new = last - first + 1
    old = new - (document.blockCount() - known)
    if first < 0 or old < 1 or first + old > known:
        return Change(0, known, document.blockCount())
    return Change(first, old, new)


class Ledger(QObject):
    """One :class:`Paragraph` for each block of ``document``, in order, and the sum of their words.

    Made before any highlighter of the same document: it has to hear of a change first.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._paragraphs = [Paragraph()]
        self.words = 0
        document.contentsChange.connect(self._change)
        self._change(0, 0, document.characterCount())

    def __len__(self) -> int:
        return len(self._paragraphs)

    def at(self, number: int) -> Paragraph | None:
        """The paragraph of the block with this number; None while the document is in the middle of a change."""
        return self._paragraphs[number] if 0 <= number < len(self._paragraphs) else None

    def level(self, number: int) -> int:
        """The level of the heading in block ``number``, 0 where there is none."""
        found = self.at(number)
        return found.level if found else 0

    def forget_spelling(self) -> None:
        """Have every paragraph checked anew."""
        for paragraph in self._paragraphs:
            paragraph.wrong, paragraph.checked = (), False

    def _change(self, position: int, removed: int, added: int) -> None:
        first, old, new = changed_blocks(self._document, position, added, len(self._paragraphs))
        block, fresh = self._document.findBlockByNumber(first), []
        for _number in range(new):
            fresh.append(Paragraph(count_words(block.text())))
            block = block.next()
        if old == new == 1:  # what was refused stays refused where the edit did not reach
            at = position - self._document.findBlockByNumber(first).position()
            fresh[0].wrong = _moved(self._paragraphs[first].wrong, at, removed, added)
        self.words -= sum(paragraph.words for paragraph in self._paragraphs[first : first + old])
        self.words += sum(paragraph.words for paragraph in fresh)
        self._paragraphs[first : first + old] = fresh


def _moved(spans: tuple[tuple[int, int], ...], at: int, removed: int, added: int) -> tuple[tuple[int, int], ...]:
    kept = [span for span in spans if span[1] < at]
    moved = [(start + added - removed, end + added - removed) for start, end in spans if start > at + removed]
    return (*kept, *moved)
