"""Cards that ask one thing, quietly: a sentence or two, and a few answers. None of them is ever required."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.ui.pages.today.side_by_side import side_by_side
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its key, its words, the kind of its button, and what a screen reader says if the words are few."""

    key: str
    words: str
    kind: str = "secondary"
    name: str = ""


class AnswerRow(QWidget):
    """Buttons side by side, or one below the other where there is no room. ``answered`` brings the key of one."""

    answered = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[Choice], *, small: bool = True) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.buttons: dict[str, Button] = {}
        for choice in choices:
            button = Button(theme, choice.words, choice.kind, small=small)
            if choice.name:
                button.setAccessibleName(choice.name)
            button.clicked.connect(partial(self._answered, choice.key))
            self._row.addWidget(button)
            self.buttons[choice.key] = button
        self._row.addStretch(1)

    def set_room(self, room: int) -> None:
        """Fit into ``room`` pixels."""
        side_by_side(self._row, room)

    def set_enabled(self, enabled: bool) -> None:
        """While an answer is being kept, a second one has no meaning."""
        for button in self.buttons.values():
            button.setEnabled(enabled)

    def _answered(self, key: str, _checked: bool = False) -> None:
        self.answered.emit(key)


class QuietCard(Card):
    """A ``title``, a sentence that may be "", parts of the caller's own in ``body``, and answers below."""

    answered = Signal(str)

    def __init__(
        self, theme: Theme, title: str, text: str, choices: Sequence[Choice], *, role: str = "bodyStrong",
        small: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(theme)
        self.title = Text(theme, title, role)
        self.text = Text(theme, text, "body", "ink2")
        self.trouble = Text(theme, "", "caption", "danger")
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.answers = AnswerRow(theme, choices, small=small)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addWidget(self.title)
        self._column.addWidget(self.text)
        self._column.addLayout(self.body)
        self._column.addWidget(self.trouble)
        self._column.addSpacing(8)
        self._column.addWidget(self.answers)
        self.text.setVisible(bool(text))
        self.trouble.hide()
        self.setAccessibleName(title)
        self.answers.answered.connect(self.answered)

    def end_with_answers(self) -> None:
        """Have the answers read and reached last, after what was put into the body, as they stand."""
        self.answers.raise_()

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Fit into ``room`` pixels."""
        side = 20 if narrow else 24
        self._column.setContentsMargins(side, 16, side, 16)
        self.answers.set_room(room - 2 * side)

    def tell_trouble(self, words: str) -> None:
        """Say below why an answer could not be kept; everything stays as it was typed."""
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        self.answers.set_enabled(True)
