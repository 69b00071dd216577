"""``python -m benchmarks``: measure everything and print one table. The exit code says only that it ran."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

import benchmarks
import integrate
from benchmarks import (
    course,
    listing,
    memory,
    opening,
    room,
    saving,
    searching,
    sharing,
    starting,
    trends,
    trends_page,
    typing,
    window,
)
from benchmarks.journals import make_subjects
from benchmarks.measure import Figure, table

ENTRIES = 100_000


def main() -> int:
    """Make the journals in a temporary folder, measure, print, and remove them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES, help="size of the large journal (default: 100000)")
    entries = parser.parse_args().entries
    _compile()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="integrate-bench-") as folder:
        figures = list(_measure(Path(folder), entries))
    minutes = (time.monotonic() - started) / 60
    print(f"\n{table(figures)}\n")
    machine = f"{os.cpu_count()} processors ({platform.system()} {platform.machine()})"
    versions = f"SQLite {sqlcipher.sqlite_version} in SQLCipher, {sqlite3.sqlite_version} in the standard library"
    print(f"A target is for the median of the rounds. One run of {minutes:.1f} minutes on {machine},")
    print(f"Python {platform.python_version()}, {versions}.")
    print("The plain baseline leaves out FTS5's secure-delete, which makes saving again much cheaper there,")
    print("and trusted_schema=OFF. Only the lines that say so have secure-delete on both sides.")
    return 0


def _compile() -> None:
    """An installed program has its bytecode beside it; so has this one, even where the shell forbids writing any."""
    for package in (integrate, benchmarks):
        compileall.compile_dir(package.__path__[0], quiet=1)


def _measure(folder: Path, entries: int) -> Iterator[Figure]:
    # The program's start first: what follows keeps the disk busy for a while.
    _say("starting the program …")
    yield from starting.starts()
    _say("deriving keys …")
    yield starting.derivation()
    _say(f"writing {entries:,} entries twice …")
    subjects = make_subjects(folder, entries)
    _say("measuring …")
    yield memory.bytes_on_disk(subjects)
    yield opening.first_list(subjects)
    yield from searching.searches(subjects)
    yield from saving.saves(subjects)
    yield from room.marks(subjects)
    _say("opening the window …")
    yield window.on_screen(subjects, folder)
    yield from window.opened(subjects)
    yield from listing.listing(subjects)
    _say("writing a long course and a brief one …")
    yield from course.pages(subjects, folder)
    yield from typing.typing()
    yield from trends.charts()
    _say("writing ten years of check-ins and one …")
    yield from trends_page.page(folder)
    _say("sharing …")
    shared = folder / "shared"
    shared.mkdir()
    yield from sharing.files(shared)
    resident = memory.resident(subjects)
    if resident is None:
        _say("This system does not tell how much memory a process took at most; that line is left out.")
    else:
        yield resident
    subjects.plain.close()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
