"""Reads the calls that open the window, without what the other commands need: start-up is what people wait for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_WITH_VALUE = ("--journal", "--data-dir")


class WindowCall(NamedTuple):
    """``integrate [--journal JOURNAL] [--data-dir DIR]``."""

    journal: Path | None = None
    data_dir: Path | None = None


def read_window_call(arguments: Sequence[str]) -> WindowCall | None:
    """The call that ``arguments`` make; None where they are anything else, right or wrong: then click reads them."""
    found: dict[str, Path] = {}
    waiting = iter(arguments)
    for word in waiting:
        name, equals, value = word.partition("=")
        if name not in _WITH_VALUE or name in found:
            return None
        if not equals:
            value = next(waiting, "")
        if not value or value.startswith("-"):
            return None
        found[name] = Path(value)
    return WindowCall(found.get("--journal"), found.get("--data-dir"))
