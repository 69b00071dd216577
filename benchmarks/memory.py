"""Memory and bytes on disk.

``python -m benchmarks.memory`` is the process that is measured: it gets a journal's place as its argument and the
recovery words on standard input, does the daily work once and prints the most memory it took, in KiB.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.journals import SMALL, MadeJournal, Subjects
from benchmarks.measure import Figure
from integrate.domain.entry import Draft
from integrate.domain.times import ZonedTime
from integrate.journal.finding import list_entries, search_entries
from integrate.journal.opening import Access
from integrate.journal.writing import add_entry

_STATUS = Path("/proc/self/status")
_ROUNDS = 5
_KIB_PER_MIB = 1024
_BODY = "A sentence that is saved to see what it takes. " * 15


def resident(subjects: Subjects) -> Figure | None:
    """The peak of a process with the large journal against one with the small; None where the system does not tell."""
    if not _STATUS.exists():
        return None
    word = subjects.texts.word(20)
    pairs = [(_peak(subjects.large, word), _peak(subjects.small, word)) for _round in range(_ROUNDS)]
    large, small = (statistics.median(side) for side in zip(*pairs, strict=True))
    name = f"memory to open, list, search and save: {subjects.entries:,} entries / {SMALL} entries"
    measured = f"{large / _KIB_PER_MIB:.1f} against {small / _KIB_PER_MIB:.1f} MiB"
    return Figure(name, tuple(left / right for left, right in pairs), 1.1, measured)


def bytes_on_disk(subjects: Subjects) -> Figure:
    """``vault.db`` against the plain file, both made by the same statements and with an empty write-ahead log."""
    with subjects.large.open(Access.WRITE):
        pass  # closing it moves the log into the file
    subjects.plain.checkpoint()
    ours = (subjects.large.place / "vault.db").stat().st_size
    plain = subjects.plain.path.stat().st_size
    name = f"bytes on disk of {subjects.entries:,} entries / plain SQLite"
    return Figure(name, (ours / plain,), 1.15, f"{ours / 1e6:.1f} against {plain / 1e6:.1f} MB")


def _peak(journal: MadeJournal, word: str) -> int:
    command = [sys.executable, "-m", "benchmarks.memory", str(journal.place), word]
    done = subprocess.run(command, input=journal.words, capture_output=True, text=True, check=True)
    return int(done.stdout)


def _daily_work(journal: MadeJournal, word: str) -> None:
    with journal.open(Access.WRITE) as opened:
        listed = list(list_entries(opened, limit=50))
        found = list(search_entries(opened, word, limit=50))
        assert listed
        assert found
        add_entry(opened, Draft(_BODY, ZonedTime(opened.clock.now(), "UTC"), tags=("one", "two")))


if __name__ == "__main__":
    _daily_work(MadeJournal(Path(sys.argv[1]), sys.stdin.read()), sys.argv[2])
    sys.stdout.write(next(line.split()[1] for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:")))
