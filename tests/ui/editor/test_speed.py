"""A key in a very long entry costs less than one frame of the screen; opening it is not felt."""

from __future__ import annotations

import statistics
import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest

from tests.ui.editor.conftest import MakeSurface

WORDS = "the kitchen was quiet and **nobody** needed me _once_ today so I let it "
LONG = "\n\n".join([WORDS * 71] * 50)  # 50 paragraphs of a thousand words


def test_a_key_in_fifty_thousand_words_takes_less_than_a_frame(make_surface: MakeSurface) -> None:
    surface = make_surface(width=1280, height=832)
    started = time.perf_counter()
    surface.set_text(LONG)
    surface.viewport().repaint()
    opened = time.perf_counter() - started
    assert surface.word_count() > 49_000
    cursor = surface.textCursor()
    cursor.setPosition(surface.document().findBlockByNumber(50).position() + 3_000)
    surface.setTextCursor(cursor)
    times = []
    for letter in "words that are typed in the middle of all that" * 2:
        started = time.perf_counter()
        QTest.keyClicks(surface, letter)
        QCoreApplication.sendPostedEvents()
        surface.viewport().repaint()
        times.append(time.perf_counter() - started)
    assert statistics.median(times) < 0.016
    assert opened < 0.5  # the benchmark holds it to a tighter figure on a quiet machine
