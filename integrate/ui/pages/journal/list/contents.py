"""What stands in which row of the list: entries with a heading over each month."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate
from typing import Final

from integrate.domain.entry import EntrySummary
from integrate.domain.listing import EntryIndex, MonthRuns, Row

Month = tuple[int, int]
"""A year and a month."""

EMPTY: Final = EntryIndex.empty()


class Contents:
    """The rows of the list by number, counted from 0, without what is in them.

    A heading is a row like any other. The month of ``today`` needs none where the list begins with it. Apart from
    :meth:`position_of`, nothing here takes time in proportion to the list.
    """

    def __init__(self, index: EntryIndex, today: date) -> None:
        self.keys = index.keys
        ends = tuple(accumulate(run.count for run in index.months))
        runs = [(start, (run.year, run.month)) for run, start in zip(index.months, (0, *ends), strict=False)]
        if runs and runs[0][1] == (today.year, today.month):
            del runs[0]
        self._starts = tuple(start for start, _month in runs)  # the position of the first entry under each heading
        self._headings = tuple(start + number for number, start in enumerate(self._starts))
        self._months = tuple(month for _start, month in runs)
        self.rows = len(self.keys) + len(self._headings)

    def month_at(self, row: int) -> Month | None:
        """The month whose heading stands in ``row``; None where an entry stands."""
        number = self.headings_before(row)
        return self._months[number] if number < len(self._headings) and self._headings[number] == row else None

    def key_at(self, row: int) -> int | None:
        """The key of the entry in ``row``; None for a heading and outside of the list."""
        if not 0 <= row < self.rows or self.month_at(row) is not None:
            return None
        return self.keys[row - bisect_right(self._headings, row)]

    def headings_before(self, row: int) -> int:
        """How many headings stand above ``row``, which may be the one behind the last."""
        return bisect_left(self._headings, row)

    def heading_rows(self) -> Sequence[int]:
        """The rows of all headings, in order."""
        return self._headings

    def row_at(self, position: int) -> int:
        """The row of the entry at ``position`` among all entries."""
        return position + bisect_right(self._starts, position)

    def position_of(self, key: int) -> int | None:
        """Where among all entries the one with ``key`` stands; None if it does not. Looks through the whole list."""
        return position_in(self.keys, key)

    def positions(self, first_row: int, last_row: int) -> range:
        """The positions of the entries in these rows, both included."""
        return range(
            max(first_row - self.headings_before(first_row), 0),
            min(last_row + 1 - bisect_right(self._headings, last_row), len(self.keys)),
        )

    def next_entry(self, row: int, step: int) -> int | None:
        """The nearest row with an entry from ``row`` on, going by ``step`` (1 or -1); None if there is none."""
        while 0 <= row < self.rows:
            if self.month_at(row) is None:
                return row
            row += step
        return None

    def begins(self, other: Contents) -> bool:
        """Whether ``other`` has the same rows as this, and then perhaps more."""
        here = len(self._headings)
        return (
            self.rows <= other.rows
            and self.keys == other.keys[: len(self.keys)]
            and self._headings == other._headings[:here]
            and self._months == other._months[:here]
            and (here == len(other._headings) or other._headings[here] >= self.rows)
        )


def position_in(keys: array[int], key: int) -> int | None:
    """Where in ``keys`` the ``key`` stands; for the reading lane where there are many."""
    try:
        return keys.index(key)
    except ValueError:
        return None


def index_of(rows: Sequence[Row]) -> EntryIndex:
    """The index of a list that has only these rows. What cannot be read stays under the month before it."""
    runs = MonthRuns()
    runs.add(_days(rows))
    return EntryIndex(array("q", (row.key for row in rows)), runs.runs())


def _days(rows: Sequence[Row]) -> Iterable[int]:
    known = [row.entry.at.local_date().toordinal() for row in rows if isinstance(row.entry, EntrySummary)]
    day = known[0] if known else date.max.toordinal()
    for row in rows:
        if isinstance(row.entry, EntrySummary):
            day = row.entry.at.local_date().toordinal()
        yield day
