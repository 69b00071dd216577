"""Passages of the text: what is selected, to the letter, and selecting words that stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextCursor

from integrate.ui.editor.offsets import from_qt, to_qt

if TYPE_CHECKING:
    from integrate.ui.editor.surface import WritingSurface

_PAIR: Final = re.compile("\r\n")
_UNIT: Final = "\u2029"  # between blocks, in what Qt hands out


def selected_words(surface: WritingSurface) -> str:
    """What is selected, to the letter as :meth:`WritingSurface.text` has it; "" where nothing is."""
    cursor = surface.textCursor()
    if not cursor.hasSelection():
        return ""
    raw, text = surface.document().toRawText(), surface.text()
    start, end = from_qt(raw, cursor.selectionStart()), from_qt(raw, cursor.selectionEnd())
    return text[_in_text(text, start) : _in_text(text, end)]


def select_words(surface: WritingSurface, words: str) -> bool:
    """Select ``words`` where they stand first; False, with the caret where it was, where they do not."""
    raw = surface.document().toRawText()
    wanted = _PAIR.sub("\n", words).replace("\r", "\n").replace("\n", _UNIT)
    start = raw.find(wanted) if wanted.strip() else -1
    if start < 0:
        return False
    place = to_qt(raw)
    cursor = surface.textCursor()
    cursor.setPosition(place(start))
    cursor.setPosition(place(start + len(wanted)), QTextCursor.MoveMode.KeepAnchor)
    surface.setTextCursor(cursor)
    surface.show_in_the_middle()
    return True


def _in_text(text: str, index: int) -> int:
    """An index into Qt's text, where every line break is one character, as one into ``text``, where some are two."""
    for pair in _PAIR.finditer(text):
        if pair.start() >= index:
            break
        index += 1
    return index
