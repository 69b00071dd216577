"""Unlock without the key derivation, to the first list: it must not grow with the journal."""

from __future__ import annotations

import time
from functools import partial

from benchmarks.journals import SMALL, MadeJournal, Subjects
from benchmarks.measure import Figure, compare
from integrate.journal.finding import list_entries

_LIST = 50


def first_list(subjects: Subjects) -> Figure:
    """From the recovery words to fifty entries on the screen, the large journal against the small one."""
    name = f"unlock to the first list: {subjects.entries:,} entries / {SMALL} entries"
    return compare(name, partial(_unlock, subjects.large), partial(_unlock, subjects.small), 1.3)


def _unlock(journal: MadeJournal) -> float:
    started = time.perf_counter()
    with journal.open() as opened:
        listed = list(list_entries(opened, limit=_LIST))
        taken = time.perf_counter() - started
    assert len(listed) == _LIST
    return taken
