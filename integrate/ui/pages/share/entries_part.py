"""Entries, one by one: whole, or a passage of one. What is marked *Never share* is not even read."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sharing import Passage
from integrate.i18n import _, ngettext
from integrate.ui.pages.share.words import entry_day
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.tab_order import tab_through
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.entry import EntrySummary
    from integrate.ui.pages.share.reading import EntryPage
    from integrate.ui.theme.theme import Theme


class EntriesPart(QWidget):
    """``changed`` follows every choice, ``passage_wanted`` (EntrySummary) a press on it, ``more_wanted`` *Show more*.

    Choices stay when other days are shown, and are told of only where their entry is in the days.
    """

    changed = Signal()
    passage_wanted = Signal(object)
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._today = date.min
        self._chosen: set[UUID] = set()
        self._passages: dict[UUID, tuple[str, ...]] = {}
        self._count = 0
        self._unreadable = 0
        self.rows: dict[UUID, EntryRow] = {}
        self.chosen_words = Text(theme, "", "caption", "ink3", wrap=False)
        self.all_box = TickBox(theme, _("All entries of these days"))
        self.none = Text(theme, _("There is no entry in these days."), "caption", "ink3")
        self.damaged = Text(theme, "", "caption", "ink2")
        self.more = Button(theme, _("Show more"), "quiet", small=True)
        head = QHBoxLayout()
        head.addWidget(Text(theme, _("Entries"), "label", "ink2", weight=500, wrap=False), 1)
        head.addWidget(self.chosen_words)
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.all_box)
        column.addWidget(self._rows)
        for part in (self.none, self.damaged):
            column.addWidget(part)
            part.hide()
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.more.hide()
        self.all_box.hide()
        self.all_box.toggled.connect(self._show_all)
        self.all_box.clicked.connect(self._told)
        self.more.clicked.connect(self.more_wanted)

    def begin(self, page: EntryPage, today: date) -> None:
        """Show the entries of other days."""
        self._today = today
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        self._unreadable = 0
        self.add(page)

    def add(self, page: EntryPage) -> None:
        """Show further entries below."""
        self._count = page.count
        self._unreadable += page.found.unreadable
        for summary in page.found.values:
            row = EntryRow(self._theme, summary, self._today)
            row.box.setChecked(summary.id in self._chosen or summary.id in self._passages)
            row.show_passages(len(self._passages.get(summary.id, ())))
            row.box.clicked.connect(partial(self._ticked, summary.id, row.box))
            row.passage.clicked.connect(partial(self._passage_wanted, summary))
            self._list.addWidget(row)
            self.rows[summary.id] = row
        shown = len(self.rows) + self._unreadable
        self.more.setVisible(shown < self._count)
        self.none.setVisible(not self._count)
        self.all_box.setVisible(self._count > 1)
        words = ngettext(
            "{count} entry could not be read. The rest is fine.",
            "{count} entries could not be read. The rest is fine.",
            self._unreadable,
        )
        self.damaged.set_text(words.format(count=QLocale().toString(self._unreadable)))
        self.damaged.setVisible(bool(self._unreadable))
        self._show_all()
        tab_through((self,))

    def shown(self) -> int:
        """How many entries are in the list, damaged ones too."""
        return len(self.rows) + self._unreadable

    def entries(self) -> frozenset[UUID]:
        """Entries that go along whole."""
        return frozenset(self._chosen - self._passages.keys())

    def passages(self) -> tuple[Passage, ...]:
        """Passages that go along in place of their entries."""
        return tuple(Passage(entry, quote) for entry, quotes in self._passages.items() for quote in quotes)

    def passages_of(self, entry_id: UUID) -> tuple[str, ...]:
        """The passages of one entry."""
        return self._passages.get(entry_id, ())

    def takes_all(self) -> bool:
        """Whether all entries of the days go along."""
        return self.all_box.isChecked() and self._count > 1

    def set_passages(self, entry_id: UUID, quotes: tuple[str, ...]) -> None:
        """Let only these words of an entry go along; with none, the whole entry as it is ticked."""
        if quotes:
            self._passages[entry_id] = quotes
        else:
            self._passages.pop(entry_id, None)
            self._chosen.add(entry_id)
        if row := self.rows.get(entry_id):
            row.box.setChecked(True)
            row.show_passages(len(quotes))
        self._told()

    def forget_missing(self, gone: frozenset[UUID]) -> None:
        """Take what may not be shared any more out of the choice."""
        self._chosen -= gone
        for entry_id in gone:
            self._passages.pop(entry_id, None)
        self._show_count()

    def clear(self) -> None:
        """Hold no words any more."""
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows, self._passages = {}, {}

    def _ticked(self, entry_id: UUID, box: TickBox, _checked: bool = False) -> None:
        if box.isChecked():
            self._chosen.add(entry_id)
        else:
            self._chosen.discard(entry_id)
            self._passages.pop(entry_id, None)
            self.rows[entry_id].show_passages(0)
        self._told()

    def _passage_wanted(self, summary: EntrySummary, _checked: bool = False) -> None:
        self.passage_wanted.emit(summary)

    def _show_all(self) -> None:
        takes_all = self.takes_all()
        for entry_id, row in self.rows.items():
            row.box.setEnabled(not takes_all)
            row.box.setChecked(takes_all or entry_id in self._chosen or entry_id in self._passages)
        self._show_count()

    def _told(self) -> None:
        self._show_count()
        self.changed.emit()

    def _show_count(self) -> None:
        chosen = self._count if self.takes_all() else len(self._chosen | self._passages.keys())
        locale = QLocale()
        words = _("{chosen} of {count} chosen").format(
            chosen=locale.toString(chosen), count=locale.toString(max(self._count, chosen))
        )
        self.chosen_words.set_text(words if self._count or chosen else "")


class EntryRow(QWidget):
    """One entry: a box to tick, its title, its day and how much of it goes along."""

    def __init__(self, theme: Theme, summary: EntrySummary, today: date) -> None:
        super().__init__()
        self._day = entry_day(summary.at.local_date(), today)
        title = summary.title.strip() or " ".join(summary.excerpt.split()) or _("Entry without words")
        self.title = Text(theme, _shortened(title), "quote", "ink1")
        self.caption = Text(theme, self._day, "caption", "ink3")
        self.box = TickBox(theme, "")
        self._name = title
        self.passage = FlushButton(theme, _("Only a passage…"))
        self.passage.setAccessibleName(_("Only a passage of “{title}”").format(title=_shortened(title)))
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.caption, 1)
        below.addWidget(self.passage)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.box.toggled.connect(self._show_state)
        self.show_passages(0)

    def show_passages(self, count: int) -> None:
        """Say how much of it goes along."""
        self._passages = count
        self._show_state()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words is one on the box."""
        if self.box.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.box.click()

    def _show_state(self) -> None:
        on = self.box.isChecked()
        words = self._day
        if on:
            passages = ngettext("{count} passage only", "{count} passages only", self._passages)
            part = passages.format(count=QLocale().toString(self._passages)) if self._passages else _("whole entry")
            words = _("{day} · {part}").format(day=self._day, part=part)
        self.caption.set_text(words)
        self.box.setAccessibleName(_("{title}, {words}").format(title=_shortened(self._name), words=words))
        self.passage.setVisible(on)


def _shortened(text: str, most: int = 90) -> str:
    return f"{text[:most].rstrip()}…" if len(text) > most else text
