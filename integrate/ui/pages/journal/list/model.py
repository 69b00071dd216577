"""The model of the list: it knows every row's place, and holds what is in the rows that were in sight lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt

from integrate.domain.listing import Row
from integrate.domain.times import ZonedTime
from integrate.system.clock import Clock
from integrate.ui.pages.journal.list.contents import EMPTY, Contents
from integrate.ui.pages.journal.list.wording import month_words, word_row

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The :class:`Row` of an entry; None for a heading, and while the row is not here yet."""
HEADING_ROLE: Final = ROW_ROLE + 1
"""The words of a heading; None for an entry."""

ROWS_KEPT: Final = 1_000

_NO_PARENT: Final = QModelIndex()
_ENTRY_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class EntryListModel(QAbstractListModel):
    """Rows of the list. Contents are given to it; what it lacks of what is in sight it only tells, on being asked."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._kept: OrderedDict[int, Row] = OrderedDict()
        self.contents = Contents(EMPTY, self.today())

    def today(self) -> date:
        """The day it is where this computer is."""
        return ZonedTime(self._clock.now(), self._clock.zone()).local_date()

    # --- what is in it ------------------------------------------------------------------------------------------------

    def replace(self, contents: Contents, rows: Iterable[Row], *, forget: bool) -> None:
        """Show another list. ``forget`` drops the rows that are held, whose snippets belong to another search."""
        self.beginResetModel()
        self.contents = contents
        if forget:
            self._kept.clear()
        self._keep(rows)
        self.endResetModel()

    def extend(self, contents: Contents) -> None:
        """Show the same list with more at its end; it must begin with what is shown."""
        if contents.rows == self.contents.rows:
            self.contents = contents
            return
        self.beginInsertRows(_NO_PARENT, self.contents.rows, contents.rows - 1)
        self.contents = contents
        self.endInsertRows()

    def put(self, rows: Iterable[Row], first_row: int, last_row: int) -> None:
        """Take rows over, of which some stand between ``first_row`` and ``last_row``."""
        self._keep(rows)
        self.dataChanged.emit(self.index(first_row), self.index(last_row))

    def _keep(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._kept[row.key] = row
            self._kept.move_to_end(row.key)
        while len(self._kept) > ROWS_KEPT:
            self._kept.popitem(last=False)

    def forget(self, ids: Iterable[UUID]) -> None:
        """Drop the rows of entries that have changed."""
        gone = frozenset(ids)
        for key in [key for key, row in self._kept.items() if row.entry.id in gone]:
            del self._kept[key]

    def lacking(self, first_row: int, last_row: int) -> list[int]:
        """The keys between two rows that nothing is held of. What is there counts as seen just now."""
        missing = []
        for position in self.contents.positions(first_row, last_row):
            key = self.contents.keys[position]
            if key in self._kept:
                self._kept.move_to_end(key)
            else:
                missing.append(key)
        return missing

    def row_of(self, entry_id: UUID) -> Row | None:
        """The row of an entry, if it is held."""
        return next((row for row in reversed(self._kept.values()) if row.entry.id == entry_id), None)

    def row_at(self, row: int) -> Row | None:
        """What is in ``row``, if it is held."""
        key = self.contents.key_at(row)
        return self._kept.get(key) if key is not None else None

    # --- what Qt asks -------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """All rows, headings with them."""
        return 0 if parent.isValid() else self.contents.rows

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can neither be chosen nor reached."""
        return Qt.ItemFlag.ItemNeverHasChildren if self.contents.month_at(index.row()) else _ENTRY_FLAGS

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The row, the heading, or either in words."""
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role == HEADING_ROLE:
            return self.heading_at(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(index.row())
        return None

    def heading_at(self, row: int) -> str | None:
        """The words of the heading in ``row``; None where an entry stands."""
        month = self.contents.month_at(row)
        return month_words(*month, self.today(), QLocale()) if month is not None else None

    def _words(self, row: int) -> str:
        heading = self.heading_at(row)
        if heading is not None:
            return heading
        held = self.row_at(row)
        return word_row(held, self.today(), QLocale()).spoken() if held is not None else ""
