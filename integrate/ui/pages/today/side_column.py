"""What was written: the last entries, and if the person wants it, this day in earlier years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import EntrySummary
from integrate.domain.listing import Row
from integrate.i18n import _, ngettext
from integrate.ui.pages.today.entry_line import EntryLine
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.text import Text
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

INDENT: Final = 8
"""Pixels by which the ground under a line reaches beyond its words, on both sides."""


class SideColumn(QWidget):
    """Entries to go back to. ``entry_wanted`` brings the id of one."""

    entry_wanted = Signal(object)  # UUID
    all_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(_("Last entries"))
        self._all = LinkText(theme, _("All entries"))
        self._all.clicked.connect(self.all_wanted)
        self._empty = Text(theme, _("One sentence is enough. So is a single word."), "body", "ink2")
        self._shown: list[QWidget] = []
        self._lines = _stack()
        self._earlier_lines = _stack()
        self._earlier = QWidget()
        self._lay_out()
        self._empty.hide()
        self._earlier.hide()

    def _lay_out(self) -> None:
        earlier = QVBoxLayout(self._earlier)
        earlier.setContentsMargins(0, 20, 0, 0)
        earlier.setSpacing(2)
        earlier.addLayout(_indented(self._heading(_("On this day")), None))
        earlier.addLayout(self._earlier_lines)
        empty = _indented(self._empty, None)
        empty.setContentsMargins(INDENT, 4, INDENT, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(_indented(self._heading(_("Last entries")), self._all))
        column.addLayout(empty)
        column.addLayout(self._lines)
        column.addWidget(self._earlier)
        column.addStretch(1)

    def _heading(self, words: str) -> Text:
        return Text(self._theme, words, "label", "ink2", weight=600, wrap=False)

    def show_entries(self, rows: Sequence[Row], earlier: Sequence[EntrySummary], today: date) -> None:
        """Show the newest entries and those of this day in earlier years. What cannot be read says so."""
        held = self._held_entry()
        for old in self._shown:
            old.hide()
            old.deleteLater()
        last = [
            self._line(row.entry, today) if isinstance(row.entry, EntrySummary) else self._unreadable() for row in rows
        ]
        years = [self._line(entry, today) for entry in earlier]
        for stack, widgets in ((self._lines, last), (self._earlier_lines, years)):
            for widget in widgets:
                stack.addWidget(widget)
        self._shown = [*last, *years]
        self._empty.setVisible(not rows)
        self._all.setVisible(bool(rows))
        self._earlier.setVisible(bool(earlier))
        again = next((line for line in self.entry_lines() if line.entry_id == held), None) if held else None
        if again is not None:
            again.setFocus()

    def entry_lines(self) -> tuple[EntryLine, ...]:
        """The lines that can be pressed, in order."""
        return tuple(widget for widget in self._shown if isinstance(widget, EntryLine))

    def _held_entry(self) -> object:
        return next((line.entry_id for line in self.entry_lines() if line.hasFocus()), None)

    def _line(self, entry: EntrySummary, today: date) -> QWidget:
        day = short_day(entry.at.local_date(), today, QLocale())
        words = ngettext("{count} word", "{count} words", entry.words).format(count=QLocale().toString(entry.words))
        line = EntryLine(self._theme, entry, f"{day} · {words}")
        line.clicked.connect(partial(self._wanted, entry.id))
        return line

    def _unreadable(self) -> QWidget:
        text = Text(self._theme, _("This entry could not be read. The rest is fine."), "caption", "ink2")
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(INDENT, 8, INDENT, 8)
        inside.addWidget(text)
        return box

    def _wanted(self, entry_id: object, _checked: bool = False) -> None:
        self.entry_wanted.emit(entry_id)


def _indented(first: QWidget, last: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(INDENT, 0, INDENT, 0)
    row.addWidget(first, 0 if last is not None else 1)
    if last is not None:
        row.addStretch(1)
        row.addWidget(last)
    return row


def _stack() -> QVBoxLayout:
    stack = QVBoxLayout()
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(2)
    return stack
