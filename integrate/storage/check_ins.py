"""Check-ins in the database. Each is one sealed row with all its answers; "No answer" is null there and never a number.

Values are kept in quarters, so that a quarter of an hour is a whole number and none is rounded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from integrate.domain.check_ins import Answer, CheckIn, CheckInDraft, require_fit
from integrate.domain.entry import Unreadable
from integrate.domain.measures import PARTS
from integrate.domain.times import DATES_APART, ZonedTime, from_microseconds, to_microseconds
from integrate.storage.measures import Known, MeasureReader, MeasureWriter, answer_key
from integrate.storage.mood_tables import CheckInRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, not_there, read_row, value_of
from integrate.storage.seals import Sealer

LATELY: Final = timedelta(days=7)
"""How far back :meth:`CheckInReader.last_answers` looks."""

_LIVE: Final = CheckInRow.deleted_us.is_(None)
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class CheckInReader:
    """Check-ins as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self, first_day: date | None = None, last_day: date | None = None, limit: int | None = None
    ) -> tuple[CheckIn | Unreadable, ...]:
        """Check-ins that are not deleted, the last time they are about first; days are inclusive."""
        chosen = select(CheckInRow).where(_LIVE)
        if first_day is not None:
            chosen = chosen.where(CheckInRow.local_day >= first_day.toordinal())
        if last_day is not None:
            chosen = chosen.where(CheckInRow.local_day <= last_day.toordinal())
        rows = self._session.scalars(chosen.order_by(CheckInRow.about_us.desc(), CheckInRow.pk.desc()).limit(limit))
        known = self._known()
        return tuple(read_row(row, lambda intact: to_check_in(intact, known)) for row in rows)

    def deleted(self) -> tuple[CheckIn | Unreadable, ...]:
        """Check-ins in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(CheckInRow).where(~_LIVE).order_by(CheckInRow.deleted_us.desc(), CheckInRow.pk.desc())
        )
        known = self._known()
        return tuple(read_row(row, lambda intact: to_check_in(intact, known)) for row in rows)

    def get(self, check_in_id: UUID) -> CheckIn:
        """One check-in, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        known = self._known()
        row = find_row(self._session, CheckInRow, check_in_id)
        return value_of(row, lambda intact: to_check_in(intact, known))

    def last_answers(self, today: date) -> dict[UUID, date]:
        """The last local day of the last week on which each measure was asked and answered.

        "No answer" counts. A measure that is not there was not answered for a week. A day ahead counts, where it can
        have begun in another place; farther ahead than calendars differ it is a slip of the pen.
        """
        found: dict[UUID, date] = {}
        for one in self.list(today - LATELY, today + timedelta(days=DATES_APART)):
            if isinstance(one, CheckIn):
                for answer in one.draft.answers:
                    found[answer.measure_id] = max(one.day, found.get(answer.measure_id, date.min))
        return found

    def _known(self) -> Known:
        return MeasureReader(self._session).known()


class CheckInWriter:
    """Changes to check-ins inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)
        self._measures = MeasureWriter(connection, sealer)

    @property
    def reader(self) -> CheckInReader:
        """Check-ins as they are inside the transaction."""
        return CheckInReader(self._rows.session)

    def add(self, draft: CheckInDraft, written: ZonedTime) -> CheckIn:
        """A new check-in, also where there is one about the same instant: both are kept.

        Raises:
            WrongUsage: an answer does not fit its measure, or there is no such measure.
        """
        self._measures.keep([answer.measure_id for answer in draft.answers], written.instant)
        check_in, columns = _new(draft, written, self._measures.reader.known())
        self._rows.add(CheckInRow, columns)
        return check_in

    def add_all(self, drafts: Sequence[tuple[CheckInDraft, ZonedTime]]) -> None:
        """Many new check-ins, each with when it was written, as :meth:`add` makes one.

        Raises:
            WrongUsage: an answer does not fit its measure, or there is no such measure.
        """
        if drafts:
            answered = {answer.measure_id for draft, _written in drafts for answer in draft.answers}
            self._measures.keep(answered, min(written.instant for _draft, written in drafts))
            known = self._measures.reader.known()
            self._rows.add_all(CheckInRow, [_new(draft, written, known)[1] for draft, written in drafts])

    def save(self, check_in_id: UUID, draft: CheckInDraft, now: datetime) -> CheckIn:
        """Write a check-in again. When it was first written stays, and so does an answer that nobody changed.

        Raises:
            WrongUsage: there is none, an answer does not fit its measure, or there is no such measure.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        row = find_row(self._rows.session, CheckInRow, check_in_id)
        self._measures.keep([answer.measure_id for answer in draft.answers], now)
        columns = _columns(draft, self._measures.reader.known(), json.loads(row.answers))
        self._rows.change(row, **columns, updated_us=to_microseconds(now))
        return self.reader.get(check_in_id)

    def delete(self, check_in_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = find_row(self._rows.session, CheckInRow, check_in_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, check_in_id: UUID) -> CheckIn:
        """Take back from Recently deleted."""
        row = find_row(self._rows.session, CheckInRow, check_in_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.reader.get(check_in_id)


def to_check_in(row: CheckInRow, known: Known) -> CheckIn:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, KeyError, WrongUsage: it holds what this program does not know.
    """
    kept: Mapping[str, Any] = json.loads(row.answers)
    draft = CheckInDraft(
        about=ZonedTime(from_microseconds(row.about_us), row.zone),
        answers=tuple(_answer(name, value, known) for name, value in kept.items()),
        note=row.note,
        never_share=row.never_share,
    )
    return CheckIn(
        id=UUID(bytes=row.id),
        draft=draft,
        written=ZonedTime(from_microseconds(row.written_us), row.written_zone),
        updated=from_microseconds(row.updated_us),
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _new(draft: CheckInDraft, written: ZonedTime, known: Known) -> tuple[CheckIn, dict[str, Any]]:
    """A new check-in, and the columns of its row."""
    now = written.instant
    check_in = CheckIn(new_id(now), draft, written, now)
    return check_in, _columns(draft, known) | {
        "id": check_in.id.bytes, "written_us": to_microseconds(now), "written_zone": written.zone,
        "updated_us": to_microseconds(now), "deleted_us": None,
    }  # fmt: skip


def _columns(draft: CheckInDraft, known: Known, before: Mapping[str, Any] = _NOTHING) -> dict[str, Any]:
    return {
        "about_us": to_microseconds(draft.about.instant),
        "zone": draft.about.zone,
        "local_day": draft.about.local_date().toordinal(),
        "answers": _answers_text(draft, known, before),
        "note": draft.note,
        "never_share": draft.never_share,
    }


def _answer(name: str, value: Any, known: Known) -> Answer:
    number, version = map(int, name.split("."))
    words = tuple(value) if isinstance(value, list) else ()
    quarters = value if isinstance(value, int) else None
    return Answer(known.id_of(number), version, None if quarters is None else quarters / PARTS, words)


def _answers_text(draft: CheckInDraft, known: Known, before: Mapping[str, Any]) -> str:
    """The column of the answers. One that was there ``before`` stays, also where its definition is damaged by now."""
    kept: dict[str, int | list[str] | None] = {}
    for answer in draft.answers:
        number = known.number_of(answer.measure_id)
        if number is None:
            raise not_there()
        name = answer_key(number, answer.version)
        if name in before and _answer(name, before[name], known) == answer:
            kept[name] = before[name]
            continue
        definition = known.definitions.get((number, answer.version))
        if definition is None:
            raise not_there()
        require_fit(answer, definition)
        kept[name] = list(answer.words) if answer.words else None if answer.value is None else int(answer.value * PARTS)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
