"""The prompt of the entry at hand: shown, exchanged while nothing is written, taken off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from integrate.domain.entry import Phase
from integrate.domain.listing import Stop
from integrate.domain.prompts import Prompt
from integrate.i18n import _
from integrate.ui.pages.journal.entry.reading import next_prompt, read_prompt
from integrate.ui.registry import FIRST_PAGE

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.pages.journal.entry.view import EntryView


class Prompting(QObject):
    """Keeps the view's prompt. ``chosen`` brings the id of another prompt the person took, None where it is taken off.

    Nothing happens while ``editable`` is false.
    """

    chosen = Signal(object)

    def __init__(self, context: PageContext, view: EntryView, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._view = view
        self._prompt: Prompt | None = None
        self._asking: Stop | None = None
        self._editable = False
        view.header.prompt.stop_wanted.connect(self._stop_for_now)
        view.header.prompt.off_wanted.connect(self.take_off)
        view.bar.prompt_off_wanted.connect(self.take_off)

    def show(self, prompt: Prompt | None, *, editable: bool) -> None:
        """Show a prompt, or none."""
        self._prompt = prompt
        self._editable = editable
        self._view.show_prompt(prompt, editable=editable)
        self.show_acts()

    def ask_for(self, prompt_id: str) -> None:
        """Show the prompt of this id as soon as it is read."""
        self._asking = self._context.desk.read(self, partial(read_prompt, prompt_id), self._take)

    def another(self, phase: Phase, after: str | None) -> None:
        """Take the next prompt, as long as nothing is written."""
        if not self._editable:
            return
        if not self._view.is_blank():
            self._context.shell.toast(_("The prompt can be another one while nothing is written yet."))
            return
        self._asking = self._context.desk.read(self, partial(next_prompt, phase, after), self._take_other)

    def take_off(self) -> None:
        """The entry answers no prompt."""
        if self._editable:
            self.chosen.emit(None)
            self._take(None)
            self._view.focus_text()

    def forget(self) -> None:
        """Another entry comes."""
        if self._asking is not None:
            self._asking.set()
            self._asking = None
        self._prompt = None
        self._editable = False

    def show_acts(self) -> None:
        """Offer what can be done about the prompt now."""
        another = self._editable and self._view.is_blank()
        has_prompt = self._prompt is not None
        self._view.bar.set_prompt_acts(off=has_prompt and self._editable, another=another)
        self._view.header.prompt.set_offers_another(another and has_prompt)

    def _take(self, prompt: Prompt | None) -> None:
        self._asking = None
        self.show(prompt, editable=self._editable)

    def _take_other(self, prompt: Prompt | None) -> None:
        if prompt is not None and self._view.is_blank():
            self.chosen.emit(prompt.id)
            self._take(prompt)

    def _stop_for_now(self) -> None:
        """What is written stays; of nothing, nothing is kept."""
        self._context.shell.go(FIRST_PAGE)
