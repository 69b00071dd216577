"""Spelling while somebody writes: the dictionary is loaded beside the main thread when the text is first entered.

Who only reads old entries is not corrected, and does without the megabytes of a dictionary.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from integrate.system.spelling import SpellChecker, available_dictionaries, load_checker

if TYPE_CHECKING:
    from integrate.ui.editor.surface import WritingSurface
    from integrate.ui.page import PageContext


class Spelling(QObject):
    """Gives ``surface`` a checker for the language that was chosen, with the person's own words."""

    def __init__(self, context: PageContext, surface: WritingSurface) -> None:
        super().__init__(surface)
        self._desk = context.desk
        self._background = context.program.background
        self._surface = surface
        self._loaded: tuple[str, frozenset[str]] | None = None
        self._writing = False
        surface.word_added.connect(self._learn)
        surface.installEventFilter(self)
        context.desk.preferences_changed.connect(self.refresh)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The text has the focus: from now on its words are looked at."""
        if event.type() == QEvent.Type.FocusIn and not self._writing:
            self._writing = True
            self.refresh()
        return False

    def refresh(self) -> None:
        """Load what the preferences ask for, unless it is there or nobody has begun to write."""
        if not self._writing:
            return
        chosen = self._desk.preferences
        wanted = (chosen.spelling, frozenset(chosen.own_words))
        if wanted == self._loaded:
            return
        self._loaded = wanted
        if not chosen.spelling:
            self._surface.set_speller(None)
            return
        work = partial(_load, chosen.spelling, chosen.own_words)
        self._background.submit(self, work, partial(self._take, wanted), _nothing)

    def _take(self, wanted: tuple[str, frozenset[str]], checker: SpellChecker | None) -> None:
        if wanted == self._loaded:
            self._surface.set_speller(checker)

    def _learn(self, word: str) -> None:
        """The checker knows the word already; the journal keeps it."""
        own = self._desk.preferences.own_words
        if word in own or not self._desk.may_write:
            return
        if self._loaded is not None:
            self._loaded = (self._loaded[0], self._loaded[1] | {word})
        self._desk.change_preferences(self, own_words=(*own, word))


def _load(code: str, own_words: tuple[str, ...]) -> SpellChecker | None:
    found = next((one for one in available_dictionaries() if one.code == code), None)
    return load_checker(found, own_words) if found is not None else None


def _nothing(_answer: object) -> None:
    """Without a dictionary nothing is marked."""
