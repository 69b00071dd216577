"""What records call by a number of their own file, as this journal numbers it.

Courses, sessions and measures have numbers that another journal may have given to something else. Whatever has the same
id keeps the number it has here, and what is new gets a free one; everything that refers to it follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from integrate.domain.records import Record
from integrate.domain.shipped_measures import FIRST_OWN_NUMBER
from integrate.storage.bases import table_of
from integrate.storage.course_tables import CourseRow, SessionRow
from integrate.storage.measures import MeasureReader
from integrate.storage.mood_tables import MeasureRow, MeasureVersionRow
from integrate.storage.records import RecordReader

_COURSE, _SESSION = table_of(CourseRow), table_of(SessionRow)
_SAME_MEANING: Final = frozenset({"kind", "name", "low", "high", "lowest", "highest", "step", "direction", "unit"})


@dataclass(slots=True)
class Numbers:
    """Numbers of a file -> numbers here, as far as the records were looked at. ``versions`` are those of measures."""

    courses: dict[int, int] = field(default_factory=dict)
    sessions: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    measures: dict[str, int] = field(default_factory=dict)
    versions: dict[tuple[str, int], int] = field(default_factory=dict)
    written: set[tuple[str, int]] = field(default_factory=set)  # versions that are here or will be

    def about(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """``fields`` of something about a session, or about none, with the numbers of here."""
        course, number = fields["course"], fields["session"]
        if course is None or number is None:
            return dict(fields)
        there, here = self._pair(course, number)
        return {**fields, "course": there, "session": here}

    def pairs(self, sessions: Any) -> list[list[int]]:
        """Sessions by course and number, with those of here.

        Raises:
            ValueError, TypeError: they are no such pairs.
        """
        return [list(self._pair(course, number)) for course, number in sessions]

    def _pair(self, course: int, number: int) -> tuple[int, int]:
        return self.sessions.get((course, number), (self.courses.get(course, course), number))


class Numbering:
    """Finds the numbers of here, inside one read or one write transaction."""

    def __init__(self, connection: Connection, session: Session, reader: RecordReader, numbers: Numbers) -> None:
        self._connection = connection
        self._session = session
        self._reader = reader
        self.numbers = numbers
        self._own = {str(found): number for number, found in MeasureReader(session).known().ids.items()}

    def course(self, fields: Mapping[str, Any], found: Mapping[str, Any] | None) -> dict[str, Any]:
        """``fields`` of a course with its number here; ``found`` is the one with its id, where there is one."""
        wanted = fields["number"]
        if found is not None:
            number = found["number"]
        else:
            taken = {*self._connection.scalars(select(_COURSE.c.number)), *self.numbers.courses.values()}
            number = _free(wanted, taken)
        self.numbers.courses[wanted] = number
        return {**fields, "number": number}

    def session(self, fields: Mapping[str, Any], found: Mapping[str, Any] | None) -> dict[str, Any]:
        """``fields`` of a session with its numbers here."""
        named = (fields["course"], fields["number"])
        if found is not None:
            course, number = found["course"], found["number"]
        else:
            course = self.numbers.courses.get(named[0], named[0])
            of_course = select(_SESSION.c.number).where(_SESSION.c.course == course)
            planned = (one for there, one in self.numbers.sessions.values() if there == course)
            number = _free(named[1], {*self._connection.scalars(of_course), *planned})
        self.numbers.sessions[named] = (course, number)
        return {**fields, "course": course, "number": number}

    def measure(self, measure_id: str) -> int:
        """The number of a measure here, given now where it is new."""
        known = self.numbers.measures
        if measure_id not in known:
            number = self._own.get(measure_id)
            if number is None:
                found = (
                    *self._session.execute(select(func.max(MeasureRow.number))).scalars(),
                    *self._session.execute(select(func.max(MeasureVersionRow.number))).scalars(),
                )
                number = max(FIRST_OWN_NUMBER - 1, *(one or 0 for one in found), *known.values()) + 1
            known[measure_id] = number
        return known[measure_id]

    def has_version(self, measure_id: str, version: int) -> bool:
        """Whether there is a definition of this version of here, or will be."""
        if (measure_id, version) in self.numbers.written:
            return True
        key = {"measure_id": UUID(measure_id).bytes, "version": version}
        if isinstance(self._reader.find("measure_version", key), Record):
            self.numbers.written.add((measure_id, version))
            return True
        return False

    def version(self, fields: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """``fields`` of a definition with its version here, and whether it is here already.

        A version that means something else here gets another number: no answer changes its meaning.
        """
        measure, wanted = fields["measure_id"], fields["version"]
        here = self._versions(measure)
        version, is_here = wanted, wanted in here
        if is_here and not _mean_the_same(fields, here[wanted]):
            same = [number for number, one in here.items() if _mean_the_same(fields, one)]
            is_here = bool(same)
            planned = [number for found, number in self.numbers.written if found == measure]
            version = max(same) if same else max([*here, *planned]) + 1
        self.numbers.versions[measure, wanted] = version
        self.numbers.written.add((measure, version))
        return {**fields, "version": version}, is_here

    def version_of(self, measure_id: str, version: int) -> int:
        """The version of here that a file's version is."""
        return self.numbers.versions.get((measure_id, version), version)

    def _versions(self, measure_id: str) -> dict[int, Mapping[str, Any]]:
        rows = select(MeasureVersionRow.version).where(MeasureVersionRow.measure_id == UUID(measure_id).bytes)
        found = {}
        for version in self._session.scalars(rows).all():
            key = {"measure_id": UUID(measure_id).bytes, "version": version}
            record = self._reader.find("measure_version", key)
            found[version] = record.fields if isinstance(record, Record) else {}
        return found


def _free(wanted: int, taken: set[Any]) -> int:
    return wanted if wanted not in taken else max(one for one in taken if isinstance(one, int)) + 1


def _mean_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one[name] == other.get(name) for name in _SAME_MEANING)
