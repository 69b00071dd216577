"""Touch and stop word: a card that asks for them quietly, and whether they were said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.sessions import Line, LineKind
from integrate.i18n import _
from integrate.journal.sessions import change_line
from integrate.ui.pages.sessions.lines import LineSection
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class TouchSection(LineSection):
    """The lines about touch. While there are none and the session is ahead, a card in their place.

    What was said aloud holds for all lines together: another line has to be said first.
    """

    def __init__(self, context: PageContext, title: str, add: str) -> None:
        super().__init__(context, LineKind.TOUCH, title, add)
        theme = context.theme
        self._ahead = False
        self.card = Card(theme, ground="sunken", edge="")
        self.write_button = Button(theme, _("Write it down"), small=True)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(16, 12, 16, 14)
        inside.setSpacing(8)
        words = _("Touch: what is okay, what is not, my stop word. Said aloud to everyone present.")
        inside.addWidget(Text(theme, words, "body", "ink2"))
        inside.addWidget(self.write_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.said_box = TickBox(theme, _("Said aloud to everyone present"))
        self.said_box.setEnabled(self._desk.may_write)
        self._column.insertWidget(0, self.card)
        self._column.insertWidget(self._column.indexOf(self.editor), self.said_box)
        self.card.hide()
        self.said_box.hide()
        self.write_button.clicked.connect(self.begin_new)
        self.said_box.clicked.connect(self._said)

    def is_filled(self) -> bool:
        """Whether there are lines, or the card asks for some."""
        return super().is_filled() or not self.card.isHidden()

    def set_ahead(self, ahead: bool) -> None:
        """Whether the session is still to come: only then is anything asked for."""
        if ahead != self._ahead:
            self._ahead = ahead
            self._arrange()

    def show_lines(self, session_id: UUID, lines: Sequence[Line | Unreadable], today: date) -> None:
        """Show the lines, and whether all of them were said aloud."""
        super().show_lines(session_id, lines, today)
        own = self.lines()
        self.said_box.setChecked(bool(own) and all(line.done for line in own))

    def _arrange(self) -> None:
        super()._arrange()
        asks = self._desk.may_write and self._ahead and not self._lines and not self.editor.is_open()
        self.card.setVisible(asks)
        self.said_box.setVisible(bool(self.lines()))
        if asks:
            self.add_button.hide()

    def _said(self, said: bool) -> None:
        ids = tuple(line.id for line in self.lines())
        self._desk.write(self, partial(_say, line_ids=ids, said=said), None, self._refused)

    def _refused(self, error: Exception) -> None:
        super()._refused(error)
        own = self.lines()
        self.said_box.setChecked(bool(own) and all(line.done for line in own))


def _say(journal: Journal, line_ids: Sequence[UUID], said: bool) -> Changes:
    saved = [change_line(journal, line_id, done=said) for line_id in line_ids]
    changes = [one.changes for one in saved]
    areas = frozenset(area for one in changes for area in one.areas)
    return Changes(areas, frozenset(changed for one in changes for changed in one.ids))
