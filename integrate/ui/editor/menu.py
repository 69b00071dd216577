"""The menu of the writing surface: suggestions first where a word was refused, then what can be done with the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from integrate.i18n import _
from integrate.ui.editor.proofreader import Proofreader
from integrate.ui.widgets.acting import without_argument

MOST_SUGGESTIONS: Final = 6

Act = tuple[str, Callable[[], object]]
"""Something the page around offers for what is selected: its words and what it does."""


class EditMenu(QMenu):
    """Made for one showing at document position ``at``; it goes away with it. ``learn`` is told a word to keep.

    ``acts`` are what else can be done with what is selected.
    """

    def __init__(
        self, surface: QTextEdit, proofreader: Proofreader, at: int, learn: Callable[[str], None],
        acts: Sequence[Act] = (),
    ) -> None:  # fmt: skip
        super().__init__(surface)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._surface = surface
        self._proofreader = proofreader
        self._tell = learn
        if not surface.isReadOnly():
            self._offer_words(at)
        self._offer_edits()
        if acts:
            self.addSeparator()
        for words, act in acts:
            self._add(words, without_argument(act) if surface.textCursor().hasSelection() else None)

    def _offer_words(self, at: int) -> None:
        place, speller = self._proofreader.wrong_at(at), self._proofreader.speller
        if place is None or speller is None:
            return
        word = self._cursor(*place).selectedText()
        suggestions = speller.suggest(word)[:MOST_SUGGESTIONS]
        for suggestion in suggestions:
            self._add(suggestion.replace("&", "&&"), partial(self._replace, *place, suggestion))
        if not suggestions:
            self._add(_("No suggestions"), None)
        self.addSeparator()
        self._add(_("Add to my words"), partial(self._learn, word))
        self.addSeparator()

    def _offer_edits(self) -> None:
        surface, document = self._surface, self._surface.document()
        writable, selected = not surface.isReadOnly(), surface.textCursor().hasSelection()
        if writable:
            self._add(_("Undo"), surface.undo if document.isUndoAvailable() else None)
            self._add(_("Redo"), surface.redo if document.isRedoAvailable() else None)
            self.addSeparator()
            self._add(_("Cut"), surface.cut if selected else None)
        self._add(_("Copy"), surface.copy if selected else None)
        if writable:
            self._add(_("Paste"), surface.paste if surface.canPaste() else None)
        self.addSeparator()
        self._add(_("Select all"), None if document.isEmpty() else surface.selectAll)

    def _add(self, text: str, act: object) -> QAction:
        action = self.addAction(text)
        action.setEnabled(act is not None)
        if act is not None:
            action.triggered.connect(act)
        return action

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = self._surface.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _replace(self, start: int, end: int, word: str, _checked: bool = False) -> None:
        cursor = self._cursor(start, end)
        cursor.insertText(word)
        self._surface.setTextCursor(cursor)

    def _learn(self, word: str, _checked: bool = False) -> None:
        speller = self._proofreader.speller
        if speller is not None:
            speller.add(word)
            self._proofreader.use(speller)
        self._tell(word)
