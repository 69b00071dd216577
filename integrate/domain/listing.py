"""The list of entries as a window shows it: keys and months of all of it, whole rows of what is in sight."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from integrate.domain.entry import EntrySummary, Snippet, Unreadable

_FIRST_DAY = date.min.toordinal()
_LAST_DAY = date.max.toordinal()


class Stopped(Exception):
    """A read was given up because its :class:`Stop` was set. Nothing was changed."""


class Stop:
    """A flag that one thread sets and another looks at; once set, it stays set."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask whoever works with this flag to stop."""
        self._event.set()

    @property
    def is_set(self) -> bool:
        """Whether the work is no longer wanted."""
        return self._event.is_set()

    def check(self) -> None:
        """Stop here if the flag is set.

        Raises:
            Stopped: it is.
        """
        if self._event.is_set():
            raise Stopped


@dataclass(frozen=True, slots=True)
class MonthRun:
    """``count`` entries of the list, one after the other, under the heading of one month."""

    year: int
    month: int
    count: int


@dataclass(frozen=True, slots=True)
class EntryIndex:
    """The whole list without its content: the ``keys`` of all its rows (64-bit, only to be read), newest first.

    ``months`` are the headings over them; their counts add up to the number of keys.
    """

    keys: array[int]
    months: tuple[MonthRun, ...]

    @classmethod
    def empty(cls) -> EntryIndex:
        """The index of a list without entries."""
        return cls(array("q"), ())


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list. ``snippet`` is there after a search; ``attachments`` counts its photos and files."""

    key: int
    entry: EntrySummary | Unreadable
    snippet: Snippet | None = None
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag in the spelling of the entry that was written last of all that carry it, and how many those are."""

    tag: str
    count: int


class MonthRuns:
    """Counts months while the days of a list go by, newest first.

    The list is in the order of instants, the days are local ones: travel westwards can put a later day under an earlier
    one. A heading never goes up again, so such an entry stays under the month that has begun.
    """

    def __init__(self) -> None:
        self._runs: list[MonthRun] = []
        self._first = _LAST_DAY + 1  # the first day of the month that is being counted
        self._count = 0
        self._month = date.max

    def add(self, days: Iterable[int]) -> None:
        """Go on with these days, as proleptic Gregorian ordinals."""
        for day in days:
            if day < self._first:
                self._begin(day)
            self._count += 1

    def runs(self) -> tuple[MonthRun, ...]:
        """The headings up to here."""
        return (*self._runs, *self._current())

    def _begin(self, day: int) -> None:
        self._runs.extend(self._current())
        self._month = date.fromordinal(max(day, _FIRST_DAY)).replace(day=1)
        self._first = self._month.toordinal()
        self._count = 0

    def _current(self) -> tuple[MonthRun, ...]:
        return (MonthRun(self._month.year, self._month.month, self._count),) if self._count else ()
