"""Bringing in Integrate's own JSON: a whole copy, or the packet that somebody saved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from integrate.domain.import_batches import ImportReport
from integrate.domain.listing import Stop
from integrate.domain.records import Record
from integrate.errors import FileMissing
from integrate.formats.journal_json import DocumentReader
from integrate.importing.detecting import Source
from integrate.journal.opening import Journal
from integrate.journal.taking import Progress, take_records
from integrate.system.files import disk_errors, is_file

_PIECE: Final = 1024 * 1024  # bytes


def import_integrate(
    journal: Journal,
    file: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> ImportReport:
    """Bring in everything in ``file`` that is not in ``journal`` yet. With ``dry_run`` only tell what would come of it.

    The file is read twice, by the same descriptor: once to look at all of it, once to write.

    Raises:
        FileMissing, NotUnderstood, NewerFile: nothing was changed.
        Stopped: it was asked to stop; what was brought in so far is gone again.
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused: what was brought in so far is in a batch.
    """
    if not is_file(file):
        raise FileMissing(file=file)
    with disk_errors(file), file.open("rb") as stream:
        reading = _Reading(stream, file.name)
        return take_records(
            journal, reading.records, source=Source.INTEGRATE, sha256=reading.digest, dry_run=dry_run,
            progress=progress, stop=stop,
        )  # fmt: skip


class _Reading:
    """One open file, read from its beginning as often as it is asked for."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name

    def records(self) -> Iterator[Record]:
        """Its records, anew."""
        self._stream.seek(0)
        return DocumentReader(self._stream, self._name).records()

    def digest(self) -> bytes:
        """The SHA-256 of all of it."""
        self._stream.seek(0)
        digest = hashlib.sha256()
        while piece := self._stream.read(_PIECE):
            digest.update(piece)
        return digest.digest()
