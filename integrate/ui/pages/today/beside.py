"""The right column of Today: the intention, the practices, the last entries, with a hairline between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.ui.pages.today.intention import IntentionPart
from integrate.ui.pages.today.practice_part import PracticePart
from integrate.ui.pages.today.side_column import INDENT, SideColumn
from integrate.ui.widgets.card import Divider

if TYPE_CHECKING:
    from integrate.ui.pages.today.reading import Today
    from integrate.ui.theme.theme import Theme


class Beside(QWidget):
    """Below the question where the window is narrow."""

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self.intention = IntentionPart(theme)
        self.practices = PracticePart(theme, may_write=may_write)
        self.entries = SideColumn(theme)
        self._above_practices = _line(theme)
        self._above_entries = _line(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(_indented(self.intention))
        column.addWidget(self._above_practices)
        column.addWidget(_indented(self.practices))
        column.addWidget(self._above_entries)
        column.addWidget(self.entries)
        column.addStretch(1)
        self._arrange()

    def show_today(self, today: Today) -> None:
        """Show what was read."""
        self.intention.show_intention(today.intention, today.now.zone)
        self.practices.show_practices(today.practices, today.day)
        self.entries.show_entries(today.rows, today.earlier, today.day)
        self._arrange()

    def set_room(self, room: int) -> None:
        """Fit into ``room`` pixels."""
        self.practices.set_room(room - 2 * INDENT)

    def _arrange(self) -> None:
        for part in (self.intention, self.practices):
            holder = part.parentWidget()
            if holder is not None:
                holder.setVisible(not part.isHidden())
        self._above_practices.setVisible(not self.intention.isHidden() and not self.practices.isHidden())
        self._above_entries.setVisible(not (self.intention.isHidden() and self.practices.isHidden()))


def _indented(part: QWidget) -> QWidget:
    box = QWidget()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(INDENT, 0, INDENT, 0)
    inside.addWidget(part)
    return box


def _line(theme: Theme) -> QWidget:
    box = QWidget()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(INDENT, 0, INDENT, 0)
    inside.addWidget(Divider(theme))
    return box
