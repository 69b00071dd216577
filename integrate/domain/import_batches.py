"""Import batches: what one import brought in, so that it can be taken back whole, and what it tells of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from integrate.domain.times import ZonedTime


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be brought in as it was: ``item`` names it without its words, ``why`` is a sentence."""

    item: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. ``batch`` is what takes it back, None where nothing was brought in.

    ``seen`` things are ``imported``, ``duplicates`` (here already, just so) or ``skipped``, each of the last with a
    problem that says why. ``media_missing`` photos and files are named by the file and not in it; they are skipped too.
    ``kinds`` are the imported ones by kind.
    """

    batch: UUID | None
    seen: int
    imported: int
    skipped: int
    duplicates: int
    media_missing: int
    problems: tuple[Problem, ...]
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import. ``source`` is the format it read, ``sha256`` that of the whole file.

    ``things`` are what it made: for each kind of record the keys of the new ones, each with the revision it had.
    ``counts`` are those of its report. One that is not ``finished`` was cut off, and can be taken back all the same.
    """

    id: UUID
    made: ZonedTime
    source: str
    sha256: bytes
    things: Mapping[str, Mapping[str, int]]
    counts: Mapping[str, int]
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking back an import removed, and how many things stayed because they were changed or used since."""

    removed: int
    kept: int
