"""What has no chart: side effects by session, and what changes slowly. Words in a table, no number is made of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.logs import SLOW_QUESTIONS, YES_NO_WORDS, SlowLog
from integrate.domain.trends.tables import Cell, Table, effects_table
from integrate.domain.trends.words import FormatDay
from integrate.i18n import _
from integrate.ui.pages.trends.card import PartHead, TableStack
from integrate.ui.pages.trends.files import Files, csv_bytes
from integrate.ui.pages.trends.formats import day_words
from integrate.ui.pages.trends.reading import Found
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

Made = Callable[[Found, FormatDay], Table]


class FactsCard(Card):
    """A table with its title, a sentence, and the ways to take it along. Without a row it is not there."""

    def __init__(self, theme: Theme, files: Files, title: str, note: str, file: str, made: Made) -> None:
        super().__init__(theme)
        self._files = files
        self._file = file
        self._made = made
        self._found: Found | None = None
        self.head = PartHead(theme, title)
        self.tables = TableStack(theme, files)
        menu = Menu(theme, parent=self)
        menu.add_entry(_("Copy the table as text"), self.copy)
        menu.add_entry(_("Save the table as CSV…"), self.save)
        self.head.more.setMenu(menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for part in (self.head, Text(theme, note, "caption", "ink2"), self.tables):
            column.addWidget(part)
        self.hide()

    def show_found(self, found: Found) -> None:
        """Show what was read."""
        self._found = found
        table = self._made(found, day_words)
        self.setVisible(bool(table.rows))
        if table.rows:
            self.tables.show_tables(((self.head.title.words(), table),))
        else:
            self.tables.clear()

    def forget(self) -> None:
        """Hold nothing of the journal any more."""
        self._found = None
        self.tables.clear()

    def copy(self) -> None:
        """Put the table on the clipboard."""
        if self._found is not None:
            self._files.copy(self._made(self._found, day_words))

    def save(self) -> None:
        """Save the table as a file."""
        if self._found is not None:
            self._files.save(f"{self._file}.csv", partial(csv_bytes, self._made(self._found, date.isoformat)))


def effects_card(theme: Theme, files: Files) -> FactsCard:
    """Side effects by session."""
    note = _("The strongest word that was noted for each session. An empty place was not noted.")
    return FactsCard(theme, files, _("Side effects by session"), note, "side-effects", effects_of)


def slow_card(theme: Theme, files: Files) -> FactsCard:
    """What changes slowly."""
    note = _("As you answered it each time. Nothing is counted, and an empty place was not answered.")
    return FactsCard(theme, files, _("What changes slowly"), note, "slow-changes", slow_of)


def effects_of(found: Found, _format_day: FormatDay) -> Table:
    """A row for each side effect, a column for each session."""
    return effects_table(found.sessions, found.effects)


def slow_of(found: Found, format_day: FormatDay) -> Table:
    """A row for each question, a column for each time it was answered."""
    logs = [log for _day, log in reversed(found.slow)]
    days = (format_day(date.fromordinal(day)) for day, _log in reversed(found.slow))
    rows: list[tuple[Cell, ...]] = [
        (_(question), *(_said(log, key) for log in logs)) for key, question in SLOW_QUESTIONS.items()
    ]
    rows.append((_("Pull toward unplanned doses"), *("" if log.pull is None else log.pull for log in logs)))
    notes = tuple(" ".join(log.note.split()) for log in logs)
    if any(notes):
        rows.append((_("Note"), *notes))
    return Table((_("What was asked"), *days), tuple(rows) if logs else ())


def _said(log: SlowLog, key: str) -> str:
    answer = dict(log.answers).get(key)
    return "" if answer is None else _(YES_NO_WORDS[answer])
