"""Full-text search over the large journal against plain FTS5.

Three figures for each query, all against the faster of the two ways in which plain SQLite can find the newest hits,
because the planner's own way is slow for a common word. The first is the one with the target: the search as a person
gets it, against the same hits from plain FTS5, as the same values with FTS5's own snippets; what is left is the cost of
encryption, seals and SQLAlchemy. The second leaves values and snippets out of the baseline: bare rows from the driver.
The third sends the same statements to the encrypted file: the cost of the encryption alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from benchmarks.journals import Subjects
from benchmarks.measure import Figure, compare, seconds
from benchmarks.plain import fetch_hits
from benchmarks.texts import RARE
from integrate.domain.entry import Hit
from integrate.domain.query import parse_query
from integrate.journal.finding import search_entries
from integrate.journal.opening import Journal

_LIMIT = 50
_TARGET = 1.5
_TRIES = 5


def searches(subjects: Subjects) -> Iterator[Figure]:
    """A rare word, a common one, and two words together: the newest fifty entries with snippets."""
    word = subjects.texts.word
    queries = {"rare word": RARE, "common word": word(20), "two words": f"{word(60)} {word(300)}"}
    with subjects.large.open() as journal, closing(journal.vault.database.raw_connection()) as encrypted:
        for name, query in queries.items():
            yield from _search(subjects, journal, encrypted, name, query)


def _search(subjects: Subjects, journal: Journal, encrypted: Any, name: str, query: str) -> Iterator[Figure]:
    expression = parse_query(query).match_expression()
    _require_same_hits(subjects, journal, query, expression)

    def ours() -> float:
        return seconds(lambda: list(search_entries(journal, query, limit=_LIMIT)))

    def plain(walk: bool) -> Callable[[], float]:
        return lambda: seconds(lambda: subjects.plain.search(expression, _LIMIT, walk=walk))

    faster = min((False, True), key=lambda walk: min(plain(walk)() for _try in range(_TRIES)))

    def same_hits() -> float:
        return seconds(lambda: subjects.plain.hits(expression, _LIMIT, walk=faster))

    def same_statements() -> float:
        return seconds(lambda: fetch_hits(encrypted, expression, _LIMIT, walk=faster))

    yield compare(f"search, {name} in {subjects.entries:,} / the same hits from plain FTS5", ours, same_hits, _TARGET)
    yield compare("  the same / bare rows from plain FTS5", ours, plain(faster), None)
    yield compare("  bare rows from the encrypted file / from plain FTS5", same_statements, plain(faster), None)


def _require_same_hits(subjects: Subjects, journal: Journal, query: str, expression: str) -> None:
    hits = [hit for hit in search_entries(journal, query, limit=_LIMIT) if isinstance(hit, Hit)]
    found = [hit.entry.id.bytes for hit in hits]
    for walk in (False, True):
        rows = subjects.plain.search(expression, _LIMIT, walk=walk)
        if found != [row[1] for row in rows]:
            msg = "the journal and the plain database found different entries"
            raise AssertionError(msg)
