"""The head of Today: the day, a greeting, and the way to a new entry."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.today.days import greeting, long_day
from integrate.ui.pages.today.side_by_side import side_by_side
from integrate.ui.pages.today.side_column import INDENT
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class TodayHead(QWidget):
    """Words that follow the hour, and a button beside them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.date = Text(theme, "", "body", "ink2")
        self.greeting = Heading(theme, "")
        self.new_button = Button(theme, _("New entry"), "secondary", "plus")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.date)
        words.addWidget(self.greeting)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(INDENT, 0, INDENT, 0)
        self._row.setSpacing(16)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading)

    def show_hour(self, now: datetime, name: str) -> None:
        """Say the day, and greet ``name`` or nobody by name."""
        self.date.set_text(long_day(now.date(), QLocale()))
        self.greeting.set_text(greeting(now, name))

    def set_room(self, room: int) -> None:
        """Fit into ``room`` pixels."""
        side_by_side(self._row, room, self.greeting.sizeHint().width())
