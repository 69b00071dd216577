"""Figures: how two things are timed in turns, and how the outcome is told."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Timed = Callable[[], float]
"""Does its work once and returns the seconds of the part that counts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: ``ratios`` holds one ratio for each round; ``target`` None is for information only.

    ``measured`` shows the two sides in their own unit.
    """

    name: str
    ratios: tuple[float, ...]
    target: float | None
    measured: str

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)

    @property
    def verdict(self) -> str:
        """Whether the median keeps to the target, in words."""
        if self.target is None:
            return "for information"
        return "met" if round(self.ratio, 2) <= self.target else "NOT MET"


def seconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes once."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(
    name: str, ours: Timed, baseline: Timed, target: float | None, *, rounds: int = 7, turns: int = 10, warm_up: int = 2
) -> Figure:
    """Take turns, ours and the baseline, so that whatever else the machine does falls on both.

    A round's ratio is that of its two medians: one slow disk flush does not decide it.
    """
    for _turn in range(warm_up):
        ours()
        baseline()
    ratios, all_ours, all_baseline = [], [], []
    for _round in range(rounds):
        gc.collect()
        pairs = [(ours(), baseline()) for _turn in range(turns)]
        left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        ratios.append(statistics.median(left) / statistics.median(right))
        all_ours += left
        all_baseline += right
    measured = f"{_milliseconds(all_ours)} against {_milliseconds(all_baseline)} ms"
    return Figure(name, tuple(ratios), target, measured)


def table(figures: Sequence[Figure]) -> str:
    """All figures as aligned text."""
    head = ("what", "ratio", "rounds from-to", "target", "", "measured (medians)")
    rows = [head, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _cells(figure: Figure) -> tuple[str, ...]:
    target = "-" if figure.target is None else f"<= {figure.target:g}"
    spread = f"{min(figure.ratios):.2f}-{max(figure.ratios):.2f}"
    return figure.name, f"{figure.ratio:.2f}", spread, target, figure.verdict, figure.measured


def _milliseconds(times: Sequence[float]) -> str:
    return f"{statistics.median(times) * 1000:.3g}"
