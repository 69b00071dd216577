"""Courses in the database: one sealed row each, its plan, care team and checklist as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.courses import Carer, CareRole, Course, Plan
from integrate.domain.entry import Unreadable
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.storage.course_tables import CourseRow
from integrate.storage.database import Database
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, read_row, value_of
from integrate.storage.seals import Sealer

_NUMBERS: Final = range(1, 10_000)  # what a person can write as a session's course


class CourseReader:
    """Courses as one session of the database sees them."""

    def __init__(self, session: OrmSession) -> None:
        self._session = session

    def list(self) -> tuple[Course | Unreadable, ...]:
        """Every course, the newest first."""
        rows = self._session.scalars(select(CourseRow).order_by(CourseRow.number.desc()))
        return tuple(read_row(row, to_course) for row in rows)

    def newest(self) -> Course | None:
        """The newest course, or None where there is none.

        Raises:
            RecordDamaged: it cannot be read. An older one is not shown in its place.
        """
        row = self._session.scalars(select(CourseRow).order_by(CourseRow.number.desc()).limit(1)).one_or_none()
        return None if row is None else value_of(row, to_course)

    def get(self, number: int) -> Course:
        """The course with this number.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(self.row(number), to_course)

    def row(self, number: int) -> CourseRow:
        """The row with this number, damaged or not.

        Raises:
            WrongUsage: there is none.
        """
        row = self._session.scalars(select(CourseRow).where(CourseRow.number == number)).one_or_none()
        if row is None:
            raise WrongUsage(reason=_("There is no course {number} in this journal.").format(number=number))
        return row

    def numbers(self) -> frozenset[int]:
        """The numbers that are given, those of damaged rows among them as far as they can be right."""
        found: Sequence[object] = self._session.scalars(select(CourseRow.number)).all()
        return frozenset(number for number in found if isinstance(number, int) and number in _NUMBERS)


class CourseWriter:
    """Changes to courses inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)

    @property
    def reader(self) -> CourseReader:
        """Courses as they are inside the transaction."""
        return CourseReader(self._rows.session)

    def add(self, plan: Plan, care_team: tuple[Carer, ...], checklist: tuple[str, ...], now: datetime) -> Course:
        """A new course, with the next number.

        Raises:
            WrongUsage: there are 9,999 courses.
        """
        number = max(self.reader.numbers(), default=0) + 1
        if number not in _NUMBERS:
            raise WrongUsage(reason=_("There is no number left for another course."))
        moment = to_microseconds(now)
        course = Course(new_id(now), number, plan, care_team, checklist)
        columns = _columns(course) | {"id": course.id.bytes, "number": number}
        self._rows.add(CourseRow, columns | {"created_us": moment, "updated_us": moment})
        return course

    def save(self, course: Course, now: datetime) -> Course:
        """Write a changed course; its number and id stay what they are.

        Raises:
            WrongUsage: there is no such course.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        self.reader.get(course.number)
        row = self.reader.row(course.number)
        self._rows.change(row, **_columns(course), updated_us=to_microseconds(now))
        return self.reader.get(course.number)


@contextmanager
def writing_courses(database: Database) -> Iterator[CourseWriter]:
    """One write transaction on courses; durable when the block has been left."""
    with database.write() as connection:
        yield CourseWriter(connection, database.sealer)


def newest_course_number(database: Database) -> int | None:
    """The number of the newest course, or None where there is none; also where its row is damaged otherwise."""
    with database.read() as session:
        return max(CourseReader(session).numbers(), default=None)


def to_course(row: CourseRow) -> Course:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, KeyError, WrongUsage: it holds what this program does not know.
    """
    return Course(
        id=UUID(bytes=row.id),
        number=row.number,
        plan=_plan(json.loads(row.plan)),
        care_team=tuple(map(_carer, json.loads(row.care_team))),
        checklist=tuple(map(_text, json.loads(row.checklist))),
        closed=None if row.closed_us is None else from_microseconds(row.closed_us),
        early_signs=row.early_signs,
        agreed=row.agreed,
        looks_back=bool(row.looks_back),
        revision=row.rev,
    )


def _columns(course: Course) -> dict[str, Any]:
    plan = course.plan
    team = [
        {
            "id": str(carer.id), "name": carer.name, "role": str(carer.role), "number": carer.number,
            "in_help": carer.in_help, "shown_locked": carer.shown_locked,
        }
        for carer in course.care_team
    ]  # fmt: skip
    planned = {
        "sessions": plan.sessions, "spacing": plan.spacing, "starts": plan.starts and plan.starts.isoformat(),
        "instructions": plan.instructions, "medicine_place": plan.medicine_place,
        "medicine_keeper": plan.medicine_keeper, "medicine": plan.medicine, "other_medicines": plan.other_medicines,
        "next_appointment": plan.next_appointment and plan.next_appointment.isoformat(),
        "touch_days": list(plan.touch_days),
    }  # fmt: skip
    return {
        "plan": _json(planned),
        "care_team": _json(team),
        "checklist": _json(course.checklist),
        "closed_us": None if course.closed is None else to_microseconds(course.closed),
        "early_signs": course.early_signs,
        "agreed": course.agreed,
        "looks_back": course.looks_back,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _plan(data: Mapping[str, Any]) -> Plan:
    return Plan(
        sessions=data["sessions"],
        spacing=data["spacing"],
        starts=_day(data["starts"]),
        instructions=_text(data["instructions"]),
        medicine_place=_text(data["medicine_place"]),
        medicine_keeper=_text(data["medicine_keeper"]),
        medicine=_text(data["medicine"]),
        other_medicines=_text(data["other_medicines"]),
        next_appointment=_day(data["next_appointment"]),
        touch_days=tuple(map(int, data["touch_days"])),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _carer(data: Mapping[str, Any]) -> Carer:
    return Carer(
        UUID(data["id"]), _text(data["name"]), CareRole(data["role"]), _text(data["number"]), bool(data["in_help"]),
        data.get("shown_locked", False) is True,  # what is readable without a passphrase was chosen in so many words
    )  # fmt: skip


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
