"""A disk that really takes nothing more, for this process alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_ROOM = 4096
"""Bytes that a file may still grow to: less than one page of the database with its frame."""


@contextmanager
def full_disk() -> Iterator[None]:
    """A block in which no file grows beyond a few bytes, so that the system refuses every write of the journal."""
    import resource  # no such limit on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
