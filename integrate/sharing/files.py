"""What an exporter of several files gives: each file by its place in a folder, its bytes only when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file to be written. ``path`` is the names of its folders and its own; ``chunks`` are read once."""

    path: tuple[str, ...]
    chunks: Iterable[bytes]

    @property
    def name(self) -> str:
        """Its path with strokes between, the same on every system."""
        return "/".join(self.path)
