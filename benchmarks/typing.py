"""Typing in a long entry: a key pressed until its letter is painted, against Qt's own editor with the same text."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from benchmarks.measure import Figure, seconds
from benchmarks.texts import Texts
from integrate.ui.editor.surface import WritingSurface
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme

WORDS = 50_000
PARAGRAPHS = 50
FRAME = 0.016
"""Seconds a key may take at most, but for one in a hundred."""

_WINDOW = (1280, 832)
_ROUNDS, _KEYS = 7, 100
_OPENINGS = 7
_KEPT = "the quick brown fox jumps over a lazy dog "
_BOLD_EVERY, _SOFT_EVERY = 60, 45


def typing() -> tuple[Figure, Figure]:
    """A key in the middle of 50,000 words with live styling, and opening that entry.

    The first figure is our median key over Qt's; ``measured`` has the 99th percentiles. In the second Qt's editor is
    made to lay out the whole text, too, before it paints the first screen.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([])
    theme = Theme(application, Look(theme="light"))
    text = _entry()
    ours, bare = WritingSurface(theme, _mime), QTextEdit()
    bare.setFont(theme.font("writing"))
    for editor in (ours, bare):
        editor.resize(*_WINDOW)
        editor.show()
    opening = _opening(ours, bare, text)
    figure = _keys(ours, bare)
    for editor in (ours, bare):
        editor.close()
        editor.deleteLater()
    return figure, opening


def _keys(ours: QTextEdit, bare: QTextEdit) -> Figure:
    for editor in (ours, bare):
        cursor = editor.textCursor()
        middle = editor.document().findBlock(editor.document().characterCount() // 2)
        cursor.setPosition(middle.position() + middle.length() // 2)
        editor.setTextCursor(cursor)
        _press(editor, "x")
    ratios, all_ours, all_bare = [], [], []
    for _round in range(_ROUNDS):
        pairs = [(_press(ours, letter), _press(bare, letter)) for letter in (_KEPT * 3)[:_KEYS]]
        left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        ratios.append(statistics.median(left) / statistics.median(right))
        all_ours += left
        all_bare += right
    kept = "within" if _late(all_ours) <= FRAME else "OVER"
    measured = f"{_told(all_ours)} against {_told(all_bare)}; p99 {kept} {FRAME * 1000:.0f} ms"
    return Figure(f"a key in {WORDS:,} words, styled", tuple(ratios), None, measured)


def _opening(ours: WritingSurface, bare: QTextEdit, text: str) -> Figure:
    def open_ours() -> None:
        ours.set_text(text)
        ours.viewport().repaint()

    def open_bare() -> None:
        bare.setPlainText(text)
        bare.document().documentLayout().documentSize()
        bare.viewport().repaint()

    pairs = [(seconds(open_ours), seconds(open_bare)) for _turn in range(_OPENINGS)]
    ratios = tuple(one / other for one, other in pairs)
    left, right = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    return Figure(f"opening {WORDS:,} words, styled", ratios, None, f"{left:.3g} against {right:.3g} ms")


def _press(editor: QTextEdit, letter: str) -> float:
    started = time.perf_counter()
    QTest.keyClicks(editor, letter)
    QCoreApplication.sendPostedEvents()
    editor.viewport().repaint()
    return time.perf_counter() - started


def _late(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _told(times: Sequence[float]) -> str:
    return f"p50 {statistics.median(times) * 1000:.2f} p99 {_late(times) * 1000:.2f} ms"


def _entry() -> str:
    """Paragraphs of 1,000 invented words, some of them bold or in italics."""
    texts = Texts(1)
    words: list[str] = []
    while len(words) < WORDS:
        words += texts.next_draft().body.split()
    for number in range(0, WORDS, _BOLD_EVERY):
        words[number] = f"**{words[number]}**"
    for number in range(7, WORDS, _SOFT_EVERY):
        words[number] = f"_{words[number]}_"
    size = WORDS // PARAGRAPHS
    return "\n\n".join(" ".join(words[at : at + size]) for at in range(0, WORDS, size))


def _mime(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime
