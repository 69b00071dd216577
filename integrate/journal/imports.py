"""The imports of a journal that can still be taken back, in a few words each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from integrate.domain.entry import Unreadable
from integrate.domain.import_batches import ImportBatch
from integrate.domain.listing import Stop
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Journal
from integrate.storage.import_batches import list_batches


@dataclass(frozen=True, slots=True)
class Imported:
    """One import: when, from which format, and how many things of each kind it made.

    One that is not ``finished`` was cut off; it can be taken back all the same.
    """

    id: UUID
    made: ZonedTime
    source: str
    kinds: Mapping[str, int]
    finished: bool


def list_imports(journal: Journal, stop: Stop | None = None) -> tuple[Imported | Unreadable, ...]:
    """Every import that was not taken back, the newest first.

    Raises:
        DatabaseDamaged; Stopped.
    """
    with journal.vault.database.read(stop) as session:
        return tuple(_told(one) for one in list_batches(session))


def _told(batch: ImportBatch | Unreadable) -> Imported | Unreadable:
    if isinstance(batch, Unreadable):
        return batch
    kinds = {kind: len(keys) for kind, keys in batch.things.items()}
    return Imported(batch.id, batch.made, batch.source, kinds, batch.finished)
