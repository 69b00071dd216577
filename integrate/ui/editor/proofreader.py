"""Spelling while somebody writes: in small slices when the hands rest, never the word that is being typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock, QTextDocument

from integrate.system.spelling import find_words
from integrate.ui.editor.ledger import Ledger
from integrate.ui.editor.offsets import to_qt

PAUSE: Final = 300
"""Milliseconds without an edit before the spelling is looked at."""
SLICE: Final = 0.004
"""Seconds of checking before the program attends to everything else again."""

_BLOCKS_AT_ONCE: Final = 64


class Speller(Protocol):
    """What is needed of a spelling checker."""

    def check(self, word: str) -> bool:
        """Whether a word is right."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first."""

    def add(self, word: str) -> None:
        """Take a word as right from now on."""


class Proofreader(QObject):
    """Fills in ``wrong`` of the ledger's paragraphs.

    ``visible`` gives the blocks on screen with their numbers; ``found`` is called with a block whose words changed.
    """

    def __init__(
        self,
        document: QTextDocument,
        ledger: Ledger,
        visible: Callable[[], Iterator[tuple[QTextBlock, int]]],
        found: Callable[[QTextBlock], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._ledger = ledger
        self._visible = visible
        self._found = found
        self._work: Iterator[None] | None = None
        self._fresh = -1
        self.speller: Speller | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._go_on)

    def use(self, speller: Speller | None) -> None:
        """Check with another speller from now on, or not at all."""
        self.speller = speller
        self._ledger.forget_spelling()
        self._begin()

    def note_edit(self, position: int) -> None:
        """The person changed the text and stands at ``position``: wait until the hands rest."""
        self._fresh = position
        if self.speller is not None:
            self._stop()
            self._pause.start()

    def note_caret(self, position: int) -> None:
        """The caret moved. Away from where the last edit was, its word is a finished one."""
        if self._fresh not in (-1, position):
            block = self._document.findBlock(self._fresh)
            self._fresh = -1
            if block.isValid():
                self._found(block)

    def marks(self, number: int) -> tuple[tuple[int, int], ...]:
        """Stretches of block ``number`` to mark as wrong: all but the word that is being typed."""
        paragraph = self._ledger.at(number)
        if paragraph is None or not paragraph.wrong or self.speller is None:
            return ()
        if self._fresh < 0:
            return paragraph.wrong
        at = self._fresh - self._document.findBlockByNumber(number).position()
        return tuple(span for span in paragraph.wrong if not span[0] <= at <= span[1])

    def wrong_at(self, position: int) -> tuple[int, int] | None:
        """(start, end) in the document of the refused word at ``position``."""
        block = self._document.findBlock(position)
        paragraph = self._ledger.at(block.blockNumber())
        for start, end in paragraph.wrong if paragraph is not None and self.speller is not None else ():
            if start <= position - block.position() <= end:
                return block.position() + start, block.position() + end
        return None

    def _begin(self) -> None:
        self._stop()
        if self.speller is not None:
            self._work = self._check_all(self.speller)
            self._idle.start()

    def _stop(self) -> None:
        self._pause.stop()
        self._idle.stop()
        self._work = None

    def _go_on(self) -> None:
        end = time.perf_counter() + SLICE
        while self._work is not None and time.perf_counter() < end:
            if next(self._work, self) is self:
                self._stop()

    def _check_all(self, speller: Speller) -> Iterator[None]:
        """Check what was not checked yet; each step is one word, or a handful of paragraphs passed over."""
        for block, number in list(self._visible()):
            yield from self._check(speller, block, number)
        block, number = self._document.begin(), 0
        while block.isValid():
            yield from self._check(speller, block, number)
            block, number = block.next(), number + 1
            if number % _BLOCKS_AT_ONCE == 0:
                yield

    def _check(self, speller: Speller, block: QTextBlock, number: int) -> Iterator[None]:
        paragraph = self._ledger.at(number)
        if paragraph is None or paragraph.checked:
            return
        text = block.text()
        place, wrong = to_qt(text), []
        for start, end in find_words(text):
            if not speller.check(text[start:end]):
                span = place(start), place(end)
                if not any(span[0] < upper and lower < span[1] for lower, upper in paragraph.unread):
                    wrong.append(span)
            yield
        before, paragraph.wrong, paragraph.checked = paragraph.wrong, tuple(wrong), True
        if before != paragraph.wrong:
            self._found(block)
