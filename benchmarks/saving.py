"""Durable saves in the large journal against the same statements in plain SQLite.

Two figures for each kind of save. The one with the target is against the standard library's SQLite. The other is
against plain SQLite in the journal's own version with FTS5's ``secure-delete``, so that both do the same work: what is
left is the cost of encryption, seals and Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

from benchmarks.journals import Subjects
from benchmarks.measure import Figure, Timed, compare, seconds
from benchmarks.plain import PlainDatabase, Statement, statements_seen
from integrate.domain.entry import Draft
from integrate.journal.opening import Access, Journal
from integrate.journal.writing import Sitting, add_entry, save_entry

_TARGET = 2.5
_GROWS_FOR = 10  # saves after which the entry is back at its beginning: no entry grows for ever


def saves(subjects: Subjects) -> Iterator[Figure]:
    """A new entry, and the same entry again while a person writes on."""
    path = subjects.plain.path.with_name("plain-secure-delete.db")
    with (
        closing(subjects.plain.copy_with_secure_delete(path)) as equal,
        subjects.large.open(Access.WRITE) as journal,
    ):
        twins = _Twins(subjects.plain, equal)
        for name, work in (("a new entry", _adder(subjects, journal)), ("again", _saver(subjects, journal, twins))):
            title = f"save {name}, 150 words, among {subjects.entries:,} / plain SQLite"
            yield twins.compare(title, work, subjects.plain, _TARGET)
            yield twins.compare("  the same / plain SQLite with secure-delete", work, equal, None)


class _Twins:
    """Lets plain databases do what the journal did, each save in all of them, so that their rows stay the same."""

    def __init__(self, *plain: PlainDatabase) -> None:
        self._plain = plain
        self._sent: list[Statement] = []

    def compare(
        self, name: str, work: Callable[[], Callable[[], object]], timed: PlainDatabase, target: float | None
    ) -> Figure:
        """Compare one kind of save with ``timed``; ``work`` prepares a save and gives what is to be timed."""
        return compare(name, lambda: self.journal(work()), self._replaying(timed), target, turns=20, warm_up=5)

    def journal(self, save: Callable[[], object]) -> float:
        """Save in the journal and note what it sends."""
        with statements_seen() as statements:
            taken = seconds(save)
        self._sent = statements
        return taken

    def follow(self) -> None:
        """Replay the last save everywhere."""
        for database in self._plain:
            database.replay(self._sent)

    def _replaying(self, timed: PlainDatabase) -> Timed:
        def replay() -> float:
            taken = seconds(lambda: timed.replay(self._sent))
            for database in self._plain:
                if database is not timed:
                    database.replay(self._sent)
            return taken

        return replay


def _adder(subjects: Subjects, journal: Journal) -> Callable[[], Callable[[], object]]:
    return lambda: partial(add_entry, journal, subjects.texts.long_draft())


def _saver(subjects: Subjects, journal: Journal, twins: _Twins) -> Callable[[], Callable[[], object]]:
    sitting = Sitting()
    saved: list[Draft] = []
    entry_ids = []

    def begin() -> None:
        saved.append(subjects.texts.long_draft())
        twins.journal(lambda: entry_ids.append(add_entry(journal, saved[0], sitting=sitting).entry_id))
        twins.follow()

    def prepare() -> Callable[[], object]:
        if not saved:
            begin()
        saved.append(saved[0] if len(saved) % _GROWS_FOR == 0 else subjects.texts.more(saved[-1]))
        return partial(save_entry, journal, entry_ids[0], saved[-1], sitting)

    return prepare
