"""The question before quitting would lose words: the disk refuses them, and only this program has them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.sheet import Answer, Question, ask

_NAME: Final = "leaving"


def ask_to_leave(theme: Theme, window: QWidget, leave: Callable[[], None]) -> None:
    """Ask once, however often the window is closed; ``leave`` is called when the person wants it all the same."""
    if any(asked.isVisible() for asked in window.findChildren(Question, _NAME)):
        return
    question = ask(
        theme,
        window,
        _("Quit without your last words?"),
        _(
            "The disk has not taken your last words. They are only in memory, and quitting loses them. Free some space "
            "first; they are saved by themselves while the journal is open."
        ),
        (Answer("stay", _("Stay"), safe=True), Answer("quit", _("Quit all the same"), "danger")),
        partial(_answered, leave),
    )
    question.setObjectName(_NAME)


def _answered(leave: Callable[[], None], answer: str) -> None:
    if answer == "quit":
        leave()
