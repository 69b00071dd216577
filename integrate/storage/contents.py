"""What a database holds, in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from integrate.storage.bases import table_of
from integrate.storage.course_tables import SessionRow
from integrate.storage.database import Database
from integrate.storage.mood_tables import CheckInRow, ResponseRow
from integrate.storage.tables import EntryRow


@dataclass(frozen=True, slots=True)
class Contents:
    """How much is in a journal, without what is in Recently deleted.

    ``first_day`` and ``last_day`` are the local days of the earliest and the latest entry, None where there is none.
    """

    entries: int
    sessions: int
    check_ins: int
    responses: int
    first_day: date | None
    last_day: date | None


def count_contents(database: Database) -> Contents:
    """Count it.

    Raises:
        DatabaseDamaged.
    """
    with database.read() as session:

        def count(model: type[Any]) -> int:
            table = table_of(model)
            counted = select(func.count()).select_from(table).where(table.c.deleted_us.is_(None))
            return session.execute(counted).scalar_one()

        days = select(func.min(EntryRow.local_day), func.max(EntryRow.local_day)).where(EntryRow.deleted_us.is_(None))
        found: list[Any] = list(session.execute(days).one())
        day = [None if one is None else date.fromordinal(one) for one in found]
        return Contents(count(EntryRow), count(SessionRow), count(CheckInRow), count(ResponseRow), day[0], day[1])
