"""Signs of life: when something was written, marked or answered for the last time. Only times are read, no words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from integrate.domain.times import from_microseconds
from integrate.storage.course_tables import (
    CourseRow,
    InsightRow,
    LetterRow,
    MomentRow,
    PracticeReplyRow,
    PracticeRow,
    SessionLineRow,
    SessionRow,
    ThreadRow,
    TouchPointRow,
)
from integrate.storage.database import Database
from integrate.storage.mood_tables import CheckInRow, LogRow, ResponseRow
from integrate.storage.sharing_tables import ImportBatchRow, RecipientRow, SharedFileRow
from integrate.storage.tables import EntryRow, RevisionRow

_FEW: Final[tuple[InstrumentedAttribute[Any], ...]] = (
    CourseRow.updated_us, SessionRow.updated_us, SessionLineRow.written_us, SessionLineRow.answered_us,
    ThreadRow.updated_us, InsightRow.updated_us, PracticeRow.updated_us, PracticeReplyRow.said_us,
    LetterRow.written_us, LetterRow.opened_us, TouchPointRow.answered_us,
    ResponseRow.updated_us, LogRow.updated_us, RecipientRow.updated_us, SharedFileRow.saved_us, ImportBatchRow.made_us,
)  # fmt: skip
"""Columns of tables that are never long: all of each is looked at."""


def last_sign(database: Database) -> datetime | None:
    """The last instant at which anything was kept in the journal, None in an empty one.

    Seals are not checked: what a damaged row could change is only how quietly somebody is welcomed.
    """
    each = [
        *(select(func.max(column)) for column in _FEW),
        _of_newest(MomentRow.created_us, MomentRow.pk),
        _of_newest(EntryRow.created_us, EntryRow.pk),
        _of_newest(CheckInRow.written_us, CheckInRow.pk),
        _of_entry_changed_last(),
    ]
    with database.read() as session:  # in one statement: Today asks each time it is shown
        found = session.execute(select(*(one.scalar_subquery() for one in each))).one()
    times = [one for one in found if isinstance(one, int)]
    try:
        return from_microseconds(max(times)) if times else None
    except OverflowError:
        return None


def _of_newest(column: InstrumentedAttribute[int], key: InstrumentedAttribute[int]) -> Select[int]:
    return select(column).order_by(key.desc()).limit(1)


def _of_entry_changed_last() -> Select[int]:
    """By the newest earlier state: no index is kept of when entries were changed, and there can be very many."""
    newest = select(RevisionRow.entry_pk).order_by(RevisionRow.pk.desc()).limit(1).scalar_subquery()
    return select(EntryRow.updated_us).where(EntryRow.pk == newest)
