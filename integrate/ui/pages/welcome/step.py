"""What the three steps have in common: a title, a sentence, the parts, and the buttons with the reason beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Heading, Text

WIDTH: Final = 560
_REASON: Final = 100  # what the reason needs beside the buttons, at 100 %


class Step(QWidget):
    """One step. ``onward`` follows its main button or Enter, once nothing is missing; ``back`` the way back."""

    onward = Signal()
    back = Signal()

    def __init__(self, theme: Theme, title: str, sentence: str, onward: str) -> None:
        super().__init__()
        self.theme = theme
        self.title = Heading(theme, title)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.go_on = Button(theme, onward, "primary")
        self.go_on.clicked.connect(self.try_onward)
        self.reason = Text(theme, "", "caption", "ink3")
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.row.setSpacing(8)
        self.row.addWidget(self.go_on)
        self._buttons: tuple[Button, ...] = (self.go_on,)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(12)
        self._foot.addLayout(self.row)
        self._foot.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        self._foot.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addSpacing(8)
        column.addWidget(Text(theme, sentence, token="ink2"))
        column.addSpacing(28)
        column.addLayout(self.body)
        column.addSpacing(28)
        column.addLayout(self._foot)
        theme.changed.connect(self._fit)
        self._fit()

    def add_button(self, words: str) -> Button:
        """One more quiet button beside the main one."""
        button = Button(self.theme, words, "quiet_neutral")
        self.row.addWidget(button)
        self._buttons = (*self._buttons, button)
        return button

    def tab_order(self) -> tuple[QWidget, ...]:
        """Where Tab stops from the last part of the body on, as it is seen."""
        return self._buttons

    def problem(self) -> str:
        """What is still missing, as a sentence; "" when one can go on."""
        return ""

    def first(self) -> QWidget:
        """What has the focus when the step is shown."""
        return self.go_on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, from wherever it means nothing else: a field has said already what it means there."""
        in_field = isinstance(QApplication.focusWidget(), QLineEdit)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not in_field:
            self.try_onward()
        else:
            super().keyPressEvent(event)

    def wipe(self) -> None:
        """Forget what was typed or shown here."""

    def fit_into(self, width: int) -> None:
        """Lay out for so many pixels: buttons and reason stand one below the other where they do not fit beside."""
        room = min(width, self.theme.px(WIDTH))
        buttons = sum(button.sizeHint().width() + self.row.spacing() for button in self._buttons)
        self.row.setDirection(_direction(buttons <= room))
        self._foot.setDirection(_direction(buttons + self.theme.px(_REASON) <= room))

    def refresh(self) -> None:
        """Say what is missing, beside the button that waits for it."""
        problem = self.problem()
        self.go_on.setEnabled(not problem)
        self.go_on.setAccessibleDescription(problem)
        self.reason.set_text(problem)
        self.reason.setVisible(bool(problem))

    def try_onward(self) -> None:
        """Go on, or say what is missing."""
        problem = self.problem()
        if problem:
            announce(self.reason, problem, polite=False)
        else:
            self.onward.emit()

    def _fit(self) -> None:
        self.setMaximumWidth(self.theme.px(WIDTH))


def tab_through(stops: Sequence[QWidget]) -> None:
    """Let Tab go from each of these to the next."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _direction(beside: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
