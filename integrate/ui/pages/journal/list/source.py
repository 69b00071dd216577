"""What fills the model: every question goes to the reading lane, and the one before it is given up."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from integrate.domain.entry import Changes, EntrySummary, Filter
from integrate.domain.listing import EntryIndex, Row, Stop
from integrate.errors import EntryMissing
from integrate.journal.browsing import entry_index, first_rows, row_of, rows_by_key
from integrate.journal.finding import EVERYTHING
from integrate.journal.opening import Journal
from integrate.ui.desk import Desk
from integrate.ui.pages.journal.list.contents import Contents, index_of, position_in
from integrate.ui.pages.journal.list.model import EntryListModel

FIRST_ROWS: Final = 60
"""How many rows are read before anything else is: more than the tallest screen shows."""

_REST: Final = 100
"""Milliseconds from the first rows until the whole list is read: nothing shall compete with painting them, and the next
letter often makes the list another one."""

_PAGE: Final = 64  # rows read at a time
_AROUND: Final = 8  # rows read beyond what is in sight, so that a small step finds them there


@dataclass(frozen=True, slots=True)
class Question:
    """What the list shall show: what a search for ``text`` finds, or everything, as far as it fits ``which``."""

    text: str = ""
    which: Filter = EVERYTHING

    @property
    def is_everything(self) -> bool:
        """Whether nothing is searched for and nothing left out."""
        return not self.text.strip() and self.which == EVERYTHING


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole list, its first rows, and where in it some keys stand (only those that do)."""

    rows: tuple[Row, ...]
    index: EntryIndex
    positions: dict[int, int]


@dataclass(frozen=True, slots=True)
class Located:
    """The row of an entry, and its position in ``contents``; None if it is not in there."""

    row: Row
    position: int | None
    contents: Contents


class ListSource(QObject):
    """Fills one model. ``kept`` are keys whose places are looked up whenever the whole list was read.

    Signals: ``begun`` follows the first rows of a question, ``placed`` (positions by key) the whole list; ``reread``
    (positions by key) the same list read again after a change.
    """

    begun = Signal()
    placed = Signal(object)
    reread = Signal(object)

    def __init__(self, desk: Desk, model: EntryListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._question = Question()
        self._kept: tuple[int, ...] = ()
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._ask_rest)
        self._asking: Stop | None = None
        self._rereading: Stop | None = None
        self._fetching: Stop | None = None
        self._begun = False
        self._absent: set[int] = set()  # keys that were asked for in vain: their entries were just deleted
        self._changed: set[UUID] = set()  # what has changed since the list was read last
        self._anything_changed = False  # nobody said what
        self._sight = (0, -1)
        self.count: int | None = None
        """How many entries the list has; None until that is known."""

    @property
    def question(self) -> Question:
        """What the list shows."""
        return self._question

    def is_settled(self) -> bool:
        """Whether nothing is being read for the list now."""
        reads = (self._asking, self._rereading, self._fetching)
        return not self._rest.isActive() and all(read is None for read in reads)

    # --- a question ---------------------------------------------------------------------------------------------------

    def ask(self, question: Question, kept: Sequence[int] = ()) -> None:
        """Show something else. The first rows come at once, the rest of the list when it was read."""
        self._question, self._kept = question, tuple(kept)
        self._rest.stop()
        for stop in (self._asking, self._rereading, self._fetching):
            if stop is not None:
                stop.set()
        self._rereading = self._fetching = None
        self._changed.clear()
        self._anything_changed = False
        self._begun = False
        self.count = None
        read = partial(_first, question)
        self._asking = self._desk.read(self, read, self._take_first)

    def _take_first(self, rows: tuple[Row, ...]) -> None:
        self._asking = None
        contents = self._contents(index_of(rows))
        if len(rows) < FIRST_ROWS:
            self.count = len(rows)
        self._begun = True
        self._absent.clear()
        self._model.replace(contents, rows, forget=True)
        self.begun.emit()
        if self.count is None:
            self._rest.start()
        else:
            self.placed.emit(_positions(contents.keys, self._kept))

    def _ask_rest(self) -> None:
        self._asking = self._desk.read(self, partial(_whole, self._question, self._kept, 0), self._take_rest)

    def _take_rest(self, whole: Whole) -> None:
        self._asking = None
        contents = self._contents(whole.index)
        self.count = len(contents.keys)
        if self._model.contents.begins(contents):
            self._model.extend(contents)
            self.placed.emit(whole.positions)
        else:  # something was written between the two reads
            self._model.replace(contents, (), forget=False)
            self.reread.emit(whole.positions)

    # --- changes ------------------------------------------------------------------------------------------------------

    def refresh(self, changes: Changes, kept: Sequence[int]) -> None:
        """Show what ``changes`` changed. A row that stays where it is is only drawn again."""
        entry_id = next(iter(changes.ids)) if len(changes.ids) == 1 else None
        known = self._model.row_of(entry_id) if entry_id is not None else None
        busy = self.count is None or self._rereading is not None
        if entry_id is None or known is None or busy or not self._question.is_everything:
            self.reread_all(changes, kept)
            return
        again = partial(self.reread_all, changes, kept)
        self._desk.read(
            self, partial(_one, entry_id), partial(self._take_one, known, again), partial(self._not_there, again)
        )

    def reread_all(self, changes: Changes, kept: Sequence[int]) -> None:
        """Read the whole list again, and keep what is held of rows that did not change."""
        if self.count is None:  # the list is only just being read
            self.ask(self._question, kept)
            return
        if self._rereading is not None:
            self._rereading.set()
        self._changed.update(changes.ids)
        self._anything_changed = self._anything_changed or not changes.ids
        read = partial(_whole, self._question, tuple(kept), FIRST_ROWS)
        self._rereading = self._desk.read(self, read, self._take_again)

    def _take_again(self, whole: Whole) -> None:
        self._rereading = None
        contents = self._contents(whole.index)
        self.count = len(contents.keys)
        self._model.forget(self._changed)
        self._model.replace(contents, whole.rows, forget=self._anything_changed)
        self._changed.clear()
        self._anything_changed = False
        self._absent.clear()
        self.reread.emit(whole.positions)

    def _take_one(self, known: Row, again: Callable[[], None], row: Row) -> None:
        before, now = known.entry, row.entry
        if isinstance(before, EntrySummary) and isinstance(now, EntrySummary) and before.at == now.at:
            self._model.put((row,), *self._sight)
        else:
            again()

    # --- rows ---------------------------------------------------------------------------------------------------------

    def want(self, first_row: int, last_row: int) -> None:
        """These rows are in sight: read what is lacking of them, one page at a time."""
        self._sight = (first_row, last_row)
        if self._fetching is not None or not self._begun or not self._lacking(first_row, last_row):
            return
        missing = self._lacking(max(first_row - _AROUND, 0), last_row + _AROUND)[:_PAGE]
        read = partial(_page, self._question.text, missing)
        self._fetching = self._desk.read(self, read, partial(self._take_page, missing), self._not_page)

    def _lacking(self, first_row: int, last_row: int) -> list[int]:
        return [key for key in self._model.lacking(first_row, last_row) if key not in self._absent]

    def _take_page(self, asked: list[int], rows: tuple[Row, ...]) -> None:
        self._fetching = None
        self._absent.update(frozenset(asked) - {row.key for row in rows})
        self._model.put(rows, *self._sight)

    def _not_page(self, error: Exception) -> None:
        self._fetching = None
        self._desk.trouble.emit(error)

    def locate(self, entry_id: UUID, done: Callable[[Located], None], gone: Callable[[], None]) -> None:
        """Look up where an entry stands; ``done`` is called with a :class:`Located`, ``gone`` if it is in no list."""
        contents = self._model.contents
        self._desk.read(self, partial(_locate, entry_id, contents), done, partial(self._not_there, gone))

    def _not_there(self, gone: Callable[[], None], error: Exception) -> None:
        if isinstance(error, EntryMissing):
            gone()
        else:
            self._desk.trouble.emit(error)

    def _contents(self, index: EntryIndex) -> Contents:
        return Contents(index, self._model.today())


# --- in the reading lane ----------------------------------------------------------------------------------------------


def _first(question: Question, journal: Journal, stop: Stop) -> tuple[Row, ...]:
    return first_rows(journal, question.text, question.which, FIRST_ROWS, stop)


def _whole(question: Question, kept: tuple[int, ...], first: int, journal: Journal, stop: Stop) -> Whole:
    index = entry_index(journal, question.text, question.which, stop)
    positions = _positions(index.keys, kept)
    if not first:
        return Whole((), index, positions)
    # The kept rows come along: one of them is the entry that is being written, whose row must not blink.
    keys = dict.fromkeys((*index.keys[:first], *positions))
    return Whole(rows_by_key(journal, tuple(keys), question.text, stop), index, positions)


def _page(text: str, keys: list[int], journal: Journal, stop: Stop) -> tuple[Row, ...]:
    return rows_by_key(journal, keys, text, stop)


def _one(entry_id: UUID, journal: Journal, _stop: Stop) -> Row:
    return row_of(journal, entry_id)


def _locate(entry_id: UUID, contents: Contents, journal: Journal, _stop: Stop) -> Located:
    row = row_of(journal, entry_id)
    return Located(row, contents.position_of(row.key), contents)


def _positions(keys: array[int], kept: Sequence[int]) -> dict[int, int]:
    found = {key: position_in(keys, key) for key in kept}
    return {key: position for key, position in found.items() if position is not None}
