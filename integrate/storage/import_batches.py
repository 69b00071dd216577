"""Import batches in the database: one sealed row for each transaction of an import, written in that transaction.

So what a batch says it made is what was made, whenever the program ended in between.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from integrate.domain.entry import Unreadable
from integrate.domain.import_batches import ImportBatch
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.storage.bases import table_of
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, damaged, not_there, read_row
from integrate.storage.seals import Sealer
from integrate.storage.sharing_tables import ImportBatchRow
from integrate.storage.threads import is_id

_TABLE = table_of(ImportBatchRow)


def add_part(
    connection: Connection, sealer: Sealer, batch: ImportBatch, made: Mapping[str, Mapping[str, int]], *, last: bool
) -> None:
    """Add what one transaction made; with ``last`` the batch is finished and has its counts."""
    number = connection.execute(select(func.count()).where(_TABLE.c.batch_id == batch.id.bytes)).scalar_one()
    SealedWriter(connection, sealer).add(ImportBatchRow, {
        "id": new_id(batch.made.instant).bytes, "batch_id": batch.id.bytes, "part": number, "is_last": last,
        "made_us": to_microseconds(batch.made.instant), "zone": batch.made.zone, "source": batch.source,
        "sha256": batch.sha256, "counts": _json(batch.counts if last else {}), "made": _json(made),
    })  # fmt: skip


def find_batch(session: Session, batch_id: UUID) -> ImportBatch:
    """One batch with all it made.

    Raises:
        WrongUsage: there is none.
        RecordDamaged: a part of it is damaged or missing.
    """
    of_it = select(ImportBatchRow).where(ImportBatchRow.batch_id == batch_id.bytes).order_by(ImportBatchRow.part)
    rows = session.scalars(of_it).all()
    if not rows:
        raise not_there()
    batch = _whole(rows)
    if isinstance(batch, Unreadable):
        raise damaged(ImportBatchRow)
    return batch


def list_batches(session: Session) -> tuple[ImportBatch | Unreadable, ...]:
    """Every batch, the last one first; one with a part that is damaged or missing by its name."""
    rows = session.scalars(select(ImportBatchRow).order_by(ImportBatchRow.batch_id, ImportBatchRow.part)).all()
    by_batch: dict[bytes, list[ImportBatchRow]] = {}
    for row in rows:
        by_batch.setdefault(row.batch_id, []).append(row)
    newest_first = sorted(by_batch.values(), key=lambda parts: parts[0].pk, reverse=True)
    return tuple(map(_whole, newest_first))


def unfinished_batch(session: Session, sha256: bytes) -> ImportBatch | None:
    """The batch of an import of the same file that was cut off."""
    found = (one for one in list_batches(session) if isinstance(one, ImportBatch))
    return next((one for one in found if one.sha256 == sha256 and not one.finished), None)


def drop_batch(connection: Connection, batch_id: UUID) -> None:
    """Forget a batch; nothing of it can be taken back any more."""
    connection.execute(delete(_TABLE).where(_TABLE.c.batch_id == batch_id.bytes))


def _whole(rows: Sequence[ImportBatchRow]) -> ImportBatch | Unreadable:
    """What the parts of one batch come to."""
    if [row.part for row in rows] != list(range(len(rows))):
        return Unreadable(UUID(bytes=rows[0].batch_id) if is_id(rows[0].batch_id) else None)
    made: dict[str, dict[str, int]] = {}
    for row in rows:
        part = read_row(row, _made)
        if not isinstance(part, dict):
            return Unreadable(UUID(bytes=row.batch_id) if is_id(row.batch_id) else None)
        for kind, keys in part.items():
            made.setdefault(kind, {}).update(keys)
    first, last = rows[0], rows[-1]
    return ImportBatch(
        id=UUID(bytes=first.batch_id),
        made=ZonedTime(from_microseconds(first.made_us), first.zone),
        source=first.source,
        sha256=first.sha256,
        things=made,
        counts=json.loads(last.counts),
        finished=bool(last.is_last),
    )


def _made(row: ImportBatchRow) -> dict[str, dict[str, int]]:
    return {kind: dict(keys) for kind, keys in json.loads(row.made).items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=dict)
