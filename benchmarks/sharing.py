"""Sharing: from a choice to a file, from a change to the first page, 500 pages, stopping, and a journal as JSON.

Each figure stands against the time or memory that is meant for it, against Typst alone on the same pages, or against
the same in a journal of a tenth. What opens a journal is not in it.

``python -m benchmarks.sharing`` is the process whose memory is measured: it makes the pages of the journal at the place
it gets three times, as somebody does who looks, changes a thing and saves. It prints the most memory it took by the
end of the first time and of the last, in KiB.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final
from unittest import mock
from uuid import uuid4

import typst

from benchmarks.measure import Figure, Timed, seconds
from integrate.domain.listing import Stop, Stopped
from integrate.domain.sharing import FileKind, Paper, Selection
from integrate.importing.integrate_json import import_integrate
from integrate.journal.demo import PASSPHRASE, make_demo
from integrate.journal.opening import Access, ByPassphrase, Journal, create_journal, open_journal
from integrate.journal.shareable import shareable_summaries
from integrate.sharing.pdf import drawn_pages
from integrate.sharing.preview import pages_of
from integrate.sharing.report import Report
from integrate.sharing.reporting import make_report
from integrate.sharing.resolving import resolve_packet
from integrate.sharing.saving import save_full_copy, save_packet
from integrate.storage import kdf

CHOSEN: Final = 40
"""Entries of a usual file; with them go all sessions, eight of which took place."""
ENTRIES: Final = 5_000
"""Entries of the demo that make 500 pages."""
TO_A_FILE: Final = 0.500
FIRST_PAGE: Final = 0.150
TO_STOP: Final = 0.200
MEMORY: Final = 400.0  # MiB
TEXT: Final = 20.0  # MB in a second
GROWTH: Final = 1.3

_A_TENTH: Final = 10
_PHRASE: Final = "walnut river candle orbit plain seven"
_WHOLE: Final = Selection(all_entries=True, item_answers=True)
_WIDTH: Final = 330  # pixels of a page beside the choices
_ROUNDS: Final = 5
_TURNS: Final = 2
_MOMENTS: Final = 3
_TIMES: Final = 3
_STATUS: Final = Path("/proc/self/status")
_KIB_PER_MIB: Final = 1024
_TODAY: Final = date(2026, 10, 8)


def files(folder: Path) -> Iterator[Figure]:
    """Everything of this module; ``folder`` is empty, and what is made stays there."""
    long, brief = (_demo(folder, entries) for entries in (ENTRIES, ENTRIES // _A_TENTH))
    with _open(long) as large, _open(brief) as small:
        yield from _usual(large, small, folder)
        yield from _pages_500(large, folder)
    yield from _json(long, brief, folder)
    yield from _memory(long)


def _demo(folder: Path, entries: int) -> Path:
    place = folder / f"demo-{entries}.integrate"
    make_demo(place, _TODAY, entries=entries)
    return place


def _open(place: Path, access: Access = Access.READ) -> Journal:
    return open_journal(place, ByPassphrase(PASSPHRASE), access)


# --- a usual file -----------------------------------------------------------------------------------------------------


def _usual(large: Journal, small: Journal, folder: Path) -> Iterator[Figure]:
    """The same 40 entries and 8 sessions out of a large journal and out of a small one."""
    chosen = [_chosen(journal) for journal in (large, small)]
    bare = _typst_alone(make_report(resolve_packet(large, chosen[0])))
    for name, limit, work in (
        (
            f"protected PDF, {CHOSEN} entries, 8 sessions, from choice to file",
            TO_A_FILE,
            partial(_save, folder, FileKind.PDF),
        ),
        ("first page as a picture after a change", FIRST_PAGE, _look),
    ):
        ours = partial(seconds, partial(work, large, chosen[0]))
        base = partial(seconds, partial(work, small, chosen[1]))
        yield from _told(f"{name} / {limit * 1000:.0f} ms", limit, ours, base, bare)
    for kind in FileKind:
        if kind is not FileKind.PDF:
            taken = [seconds(partial(_save, folder, kind, large, chosen[0])) for _turn in range(1 + _TURNS)][1:]
            ratio = statistics.median(taken) / TO_A_FILE
            yield Figure(f"  {kind.value} / {TO_A_FILE * 1000:.0f} ms", (ratio,), None, _milliseconds(taken))


def _chosen(journal: Journal) -> Selection:
    newest = shareable_summaries(journal, limit=CHOSEN).values
    return Selection(item_answers=True, entries=frozenset(one.id for one in newest))


def _typst_alone(report: Report) -> Timed:
    """The one call that sets the pages, again and again: templates, words and charts are ready for it."""
    with mock.patch.object(typst, "compile", wraps=typst.compile) as called:
        drawn_pages(report, Paper.A4)
    call = called.call_args_list[0]
    return partial(seconds, partial(typst.compile, *call.args, **call.kwargs))


def _save(folder: Path, kind: FileKind, journal: Journal, selection: Selection, stop: Stop | None = None) -> int:
    """Save a new file; how often it told how far it was."""
    told: list[int] = []
    packet = resolve_packet(journal, selection, stop=stop)
    target = folder / f"{kind.value}-{uuid4().hex}"
    phrase = _PHRASE if kind in (FileKind.PDF, FileKind.WEB) else None
    save_packet(
        journal, packet, kind, target, protection=phrase, progress=lambda done, _all: told.append(done), stop=stop
    )
    return len(told)


def _look(journal: Journal, selection: Selection) -> None:
    report = make_report(resolve_packet(journal, selection))
    pages_of(report, Paper.A4).picture(1, _WIDTH)


def _told(name: str, limit: float, *works: Timed) -> Iterator[Figure]:
    """Ours against the limit, the same in a small journal, and Typst alone, all three in turns."""
    for work in works:
        work()
    rounds = []
    for _round in range(_ROUNDS):
        gc.collect()
        turns = [[work() for work in works] for _turn in range(_TURNS)]
        rounds.append([statistics.median(one) for one in zip(*turns, strict=True)])
    ours, base, bare = zip(*rounds, strict=True)
    yield Figure(name, tuple(one / limit for one in ours), 1.0, _milliseconds(ours))
    for what, other, target in (("in a journal of a tenth", base, GROWTH), ("its pages by Typst alone", bare, None)):
        ratios = tuple(one / two for one, two in zip(ours, other, strict=True))
        shown = f"{statistics.median(ours) * 1000:.3g} against {_milliseconds(other)}"
        yield Figure(f"  the same / {what}", ratios, target, shown)


def _milliseconds(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * 1000:.3g} ms"


# --- 500 pages --------------------------------------------------------------------------------------------------------


def _pages_500(journal: Journal, folder: Path) -> Iterator[Figure]:
    report = make_report(resolve_packet(journal, _WHOLE))
    count = pages_of(report, Paper.A4).count
    bare = _typst_alone(report)()
    del report
    for kind in FileKind:
        save = partial(_save, folder, kind, journal, _WHOLE)
        began = time.perf_counter()
        told = save()
        whole = time.perf_counter() - began
        if kind is FileKind.PDF:
            name = f"{count} pages of {ENTRIES:,} entries, from choice to file / by Typst alone"
            yield Figure(name, (whole / bare,), None, f"{whole:.3g} against {bare:.3g} s, told {told} times how far")
        yield _stopping(f"  stopping {kind.value} of {whole:.2g} s / {TO_STOP * 1000:.0f} ms", save, whole)


def _stopping(name: str, save: Callable[..., object], whole: float) -> Figure:
    """How long it takes to stop, asked for at several moments of saving; the longest of them counts."""
    taken = []
    for moment in range(_MOMENTS):
        found = _until_stopped(save, whole * (moment + 0.5) / _MOMENTS)
        if found is not None:
            taken.append(found)
    if not taken:
        return Figure(name, (0.0,), 1.0, "it was done each time before it could stop")
    shown = f"{max(taken) * 1000:.3g} ms at worst of {len(taken)} moments"
    return Figure(name, (max(taken) / TO_STOP,), 1.0, shown)


def _until_stopped(save: Callable[..., object], after: float) -> float | None:
    """Seconds from asking to the end; None where it was done before. Waits for what is given up, to measure alone."""
    stop, asked = Stop(), list[float]()

    def ask() -> None:
        asked.append(time.perf_counter())
        stop.set()

    timer = threading.Timer(after, ask)
    timer.start()
    try:
        save(stop=stop)
    except Stopped:
        taken: float | None = time.perf_counter() - asked[0]
    else:
        taken = None
    timer.cancel()
    timer.join()
    for thread in threading.enumerate():
        if thread.name == "pages":
            thread.join()
    return taken


def _memory(place: Path) -> Iterator[Figure]:
    """Nothing where the system does not tell how much memory a process took."""
    if not _STATUS.exists():
        return
    command = [sys.executable, "-m", "benchmarks.sharing", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    first, last = (int(word) / _KIB_PER_MIB for word in done.stdout.split())
    yield Figure(f"memory to make these pages / {MEMORY:.0f} MiB", (first / MEMORY,), 1.0, f"{first:.0f} MiB at most")
    shown = f"{last:.0f} against {first:.0f} MiB"
    yield Figure(f"  {_TIMES} times one after another / once", (last / first,), 1.5, shown)


# --- JSON -------------------------------------------------------------------------------------------------------------


def _json(long: Path, brief: Path, folder: Path) -> Iterator[Figure]:
    """A whole journal as JSON there and back."""
    ways = [(_copied(place, folder), _brought_in(place, folder)) for place in (long, brief)]
    for number, name in enumerate(("writing a journal as JSON", "bringing it in")):
        (large, much), (small, little) = (way[number] for way in ways)
        rate = much / large / 1e6
        shown = f"{rate:.3g} MB/s, {large:.3g} s for {much / 1e6:.3g} MB"
        yield Figure(f"{name}, {ENTRIES:,} entries / {TEXT:.0f} MB in a second", (TEXT / rate,), 1.0, shown)
        growth = (large / much) / (small / little)
        shown = f"{large / much * 1e9:.3g} against {small / little * 1e9:.3g} ns"
        yield Figure("  time for a byte / in a journal of a tenth", (growth,), GROWTH, shown)


def _copied(place: Path, folder: Path) -> tuple[float, int]:
    """Seconds and bytes."""
    file = folder / f"{place.stem}.json"
    with _open(place) as journal:
        taken = min(seconds(lambda: save_full_copy(journal, file, force=True)) for _turn in range(_TURNS))
    return taken, file.stat().st_size


def _brought_in(place: Path, folder: Path) -> tuple[float, int]:
    """Seconds and bytes."""
    file, new = folder / f"{place.stem}.json", folder / f"in-{place.stem}.integrate"
    create_journal(new, _PHRASE, cost=kdf.FLOOR)
    with open_journal(new, ByPassphrase(_PHRASE), Access.WRITE) as journal:
        taken = seconds(lambda: import_integrate(journal, file))
    return taken, file.stat().st_size


def _main(place: Path) -> None:
    peaks = []
    with _open(place) as journal:
        for _time in range(_TIMES):
            drawn_pages(make_report(resolve_packet(journal, _WHOLE)), Paper.A4)
            lines = _STATUS.read_text(encoding="ascii").splitlines()
            peaks.append(next(line.split()[1] for line in lines if line.startswith("VmHWM:")))
    sys.stdout.write(f"{peaks[0]} {peaks[-1]}")


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
