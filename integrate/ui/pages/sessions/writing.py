"""Writing in place, and keeping it: what is written goes into the journal, and what is refused stays in its field."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from integrate.ui.pages.sessions.inline import InlineEditor

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

Work = Callable[..., Any]
"""A use case that saves some words. It takes the journal, and answers what is there now."""


class KeepingEditor(InlineEditor):
    """An editor that saves what is written in it, and closes once the disk has it.

    ``closed`` says whether it had the focus: then its owner gives that to what took its place.
    """

    closed = Signal(bool)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._key: Hashable = None
        self._turn = 0  # which opening of the field it is: an answer to an earlier one is not meant for this one
        self._saving = self._may_be_empty = False
        self._work: Callable[[str], Work] | None = None  # None while it is closed
        self._told: Callable[[Any], object] | None = None
        self._unkept: dict[Hashable, str] = {}  # what had to give way before the disk had it
        self.hide()
        self.kept.connect(self.keep)
        self.left.connect(self.close_field)

    def write(
        self,
        name: str,
        text: str,
        work: Callable[[str], Work],
        told: Callable[[Any], object],
        key: Hashable,
        *,
        may_be_empty: bool = False,
    ) -> None:
        """Open with ``text``; ``name`` is what the field is called.

        ``work`` makes the use case that saves some words, ``told`` hears its answer while the field is the same.
        ``key`` is what is being written: words of it that could not be saved are there again.
        """
        self._turn += 1
        self._saving, self._may_be_empty = False, may_be_empty
        self._work, self._told, self._key = work, told, key
        self.begin(name, text)
        if key in self._unkept:
            self.area.set_text(self._unkept.pop(key))

    def is_open(self) -> bool:
        """Whether something is being written."""
        return self._work is not None

    def keep(self) -> None:
        """Keep what is written, and close when the disk has it. Nothing written closes it, too."""
        if self._saving or not self.is_open():
            return
        if self.is_changed() and (self.began_with_words() or self.text().strip()):
            self._save(then_close=True)
        else:
            self.close_field()

    def flush(self) -> None:
        """Keep what is written; the field stays open."""
        has_words = self._may_be_empty or bool(self.text().strip())
        if self.is_open() and not self._saving and self.is_changed() and has_words:
            self._save(then_close=False)

    def put_away(self) -> None:
        """Close it because something else is shown. Words that are not kept are there again when it returns."""
        if self.is_open() and self.is_changed() and self.text().strip():
            self._unkept[self._key] = self.text()
        self.close_field()

    def close_field(self) -> None:
        """Close it, without a word left behind."""
        if not self.is_open():
            return
        focused: QWidget | None = self.window().focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._turn += 1
        self._saving = False
        self._work = self._told = None
        self.end()
        self.closed.emit(had_focus)

    def _save(self, *, then_close: bool) -> None:
        if self._work is None:
            return
        self._saving = True
        text = self.text()
        turn = (self._turn, self._key)
        refused = partial(self._refused, turn, text)
        self._context.desk.write(self, self._work(text), partial(self._saved, turn, text, then_close), refused)

    def _saved(self, turn: tuple[int, Hashable], text: str, then_close: bool, answer: Any) -> None:
        if turn != (self._turn, self._key):
            if self._unkept.get(turn[1]) == text:
                del self._unkept[turn[1]]
            return
        self._saving = False
        self.note_kept(text)
        if self._told is not None:
            self._told(answer)
        if then_close and not self.is_changed():
            self.close_field()

    def _refused(self, turn: tuple[int, Hashable], text: str, error: Exception) -> None:
        if turn == (self._turn, self._key):
            self._saving = False
            self.tell(error)
        else:
            self._unkept.setdefault(turn[1], text)
            self._context.shell.tell_trouble(error)
