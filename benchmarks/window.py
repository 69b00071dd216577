"""The window: how soon it is seen, how soon a journal can be used, what it takes of memory, how fast it locks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.journals import MadeJournal, Subjects
from benchmarks.measure import Figure, compare, seconds

_ROUNDS: Final = 5
_LOCK_LIMIT: Final = 0.5  # seconds


def on_screen(subjects: Subjects, folder: Path) -> Figure:
    """The lock screen of a real start, against a window with nothing in it: whole processes, imports included."""
    bare = partial(_child, "bare")
    data = folder / "lock-data"
    lock = partial(_child, "lock", "--data-dir", str(data), "--journal", str(subjects.small.place))
    with _screen():
        return compare(
            "window with lock screen painted / a bare PySide6 window",
            lambda: seconds(lock), lambda: seconds(bare), 1.6, rounds=5, turns=5,
        )  # fmt: skip


def opened(subjects: Subjects) -> Iterator[Figure]:
    """An unlocked journal of both sizes in processes of their own, in turns."""
    large, small, bare = [], [], []
    for _round in range(_ROUNDS):
        large.append(_use(subjects.large))
        small.append(_use(subjects.small))
        bare.append(in_child("bare", "memory")["memory"])
    many = f"{subjects.entries:,}"
    for key, what, target in (
        ("unlock", "unlock (without derivation) to Today", 1.3),
        ("journal", "Today to the first page of the list", 1.3),
    ):
        yield _ratio(f"{what}, {many} / 100 entries", large, small, key, target)
    yield _ratio(f"memory of the open window, {many} / 100 entries", large, small, "memory", 1.1, mebibytes=True)
    against_bare = tuple(one["memory"] / other for one, other in zip(large, bare, strict=True))
    shown = f"{large[0]['memory'] / 2**20:.0f} against {bare[0] / 2**20:.0f} MiB"
    yield Figure(f"memory of the open window, {many} entries / a bare window", against_bare, 3.0, shown)
    for key in ("lock", "lock while searching", "lock while saving", "lock while copying"):
        taken = tuple(one[key] / _LOCK_LIMIT for one in large)
        shown = f"{1000 * max(one[key] for one in large):.0f} ms at most"
        yield Figure(f"{key} at {many} / half a second", taken, 1.0, shown)


def _ratio(
    name: str, ours: list[dict[str, float]], other: list[dict[str, float]], key: str, target: float,
    *, mebibytes: bool = False,
) -> Figure:  # fmt: skip
    ratios = tuple(one[key] / two[key] for one, two in zip(ours, other, strict=True))
    if mebibytes:
        return Figure(name, ratios, target, f"{ours[0][key] / 2**20:.0f} against {other[0][key] / 2**20:.0f} MiB")
    return Figure(name, ratios, target, f"{1000 * ours[0][key]:.0f} against {1000 * other[0][key]:.0f} ms")


def in_child(*arguments: str) -> Any:
    """What :mod:`benchmarks.window_child` tells, which does as ``arguments`` say in a process of its own."""
    return json.loads(_child(*arguments))


def _use(journal: MadeJournal) -> dict[str, float]:
    found: dict[str, float] = in_child("open", str(journal.place), journal.words)
    return found


@contextmanager
def _screen() -> Iterator[None]:
    """A screen for real windows where the machine has none but can make one; Qt's own offscreen one otherwise."""
    server = shutil.which("Xvfb")
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM") or server is None:
        yield
        return
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        os.environ["DISPLAY"] = f":{told.readline().strip()}"
    try:
        yield
    finally:
        del os.environ["DISPLAY"]
        process.terminate()
        process.wait()


def _child(*arguments: str) -> str:
    environment = dict(os.environ)
    if "DISPLAY" not in environment:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-m", "benchmarks.window_child", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout
