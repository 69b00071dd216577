"""*Never share*, handed on from what somebody wrote to whatever was made from it.

A new insight or practice takes it over as it is made. What is made already follows here, when the flag is set later.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from integrate.domain.threads import Insight, Letter, Practice
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.storage.course_tables import InsightRow, LetterRow, PracticeRow
from integrate.storage.sealed_rows import SealedWriter, find_row
from integrate.storage.seals import Sealer
from integrate.storage.threads import in_batches, is_id

Made = Insight | Practice | Letter
"""What can carry the flag here."""


def inherit_never_share(
    connection: Connection,
    sealer: Sealer,
    *,
    entry_ids: Iterable[UUID] = (),
    moment_ids: Iterable[UUID] = (),
    insight_ids: Iterable[UUID] = (),
) -> frozenset[UUID]:
    """Mark everything that was made from these as never share; the ids of all that came from them.

    To be called when the flag is set on them, in the same transaction, and not at each later save: what the person
    lifted meanwhile would be marked again. Deleted things are marked too, because they can be taken back. Damaged ones
    cannot be, and are shown nowhere; what was made from them is marked still.
    """
    rows = SealedWriter(connection, sealer)
    made = set[UUID]()
    for ids, column in ((entry_ids, InsightRow.entry_id), (moment_ids, InsightRow.moment_id)):
        for some in in_batches(ids):
            made |= _mark(rows, InsightRow, column.in_(some))
    for some in in_batches((*insight_ids, *made)):
        made |= _mark(rows, PracticeRow, PracticeRow.insight_id.in_(some))
    return frozenset(made)


def put_never_share(connection: Connection, sealer: Sealer, seen: Made, never_share: bool) -> frozenset[UUID]:
    """Set or lift the flag of one thing as the person sees it; the ids of all that it changed.

    Setting it goes on to whatever was made from it. Lifting does not: the words of each are seen by themselves.

    Raises:
        WrongUsage: there is no such thing any more, or its words are others by now.
        RecordDamaged: it is damaged.
    """
    rows = SealedWriter(connection, sealer)
    row: Any = find_row(rows.session, _model(seen), seen.id)
    if not never_share and row.text != seen.text:
        raise WrongUsage(reason=_("These words have changed meanwhile. Please look at them once more."))
    if row.never_share != never_share:
        rows.change(row, never_share=never_share)
    changed = frozenset({seen.id})
    if never_share and isinstance(seen, Insight):
        changed |= inherit_never_share(connection, sealer, insight_ids=changed)
    return changed


def _model(seen: Made) -> type[Any]:
    match seen:
        case Insight():
            return InsightRow
        case Practice():
            return PracticeRow
        case Letter():
            return LetterRow


def _mark(rows: SealedWriter, model: type[Any], which: ColumnElement[bool]) -> set[UUID]:
    made = set[UUID]()
    for row in rows.session.scalars(select(model).where(which)).all():
        if is_id(row.id):
            made.add(UUID(bytes=row.id))
        if row.intact and not row.never_share:
            rows.change(row, never_share=True)
    return made
