"""Sessions in the database. Their lines, moments and touch-points are rows of their own and not read with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session as OrmSession

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.sessions import Route, Session, SessionDraft, SessionState, Setting
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.storage.course_tables import CourseRow, SessionRow
from integrate.storage.database import Database
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, read_row, value_of
from integrate.storage.seals import Sealer

NUMBERS: Final = range(1, 10_000)
"""What a session's number can be: what ``--session`` reads."""

_LIVE: Final = SessionRow.deleted_us.is_(None)
_MINUTES: Final = 60


class SessionReader:
    """Sessions as one session of the database sees them."""

    def __init__(self, session: OrmSession) -> None:
        self._session = session

    def list(self, course: int) -> tuple[Session | Unreadable, ...]:
        """The sessions of a course by their number, without those deleted.

        A damaged one whose course cannot be right either is named in every course: it is never just gone.
        """
        known = set(self._session.scalars(select(CourseRow.number)))
        rows = self._session.scalars(select(SessionRow).where(_LIVE).order_by(SessionRow.number, SessionRow.pk))
        return tuple(
            read_row(row, to_session)
            for row in rows
            if row.course == course or not (row.intact or row.course in known)
        )  # fmt: skip

    def everywhere(self) -> tuple[Session, ...]:
        """Every session of every course that can be read and is not deleted."""
        found = (read_row(row, to_session) for row in self._session.scalars(select(SessionRow).where(_LIVE)))
        return tuple(one for one in found if isinstance(one, Session))

    def deleted(self) -> tuple[Session | Unreadable, ...]:
        """Sessions in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(SessionRow).where(~_LIVE).order_by(SessionRow.deleted_us.desc(), SessionRow.pk.desc())
        )
        return tuple(read_row(row, to_session) for row in rows)

    def get(self, session_id: UUID) -> Session:
        """One session, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, SessionRow, session_id), to_session)

    def by_ref(self, ref: SessionRef) -> Session | None:
        """The session with these numbers, deleted or not.

        Raises:
            RecordDamaged.
        """
        wanted = select(SessionRow).where(SessionRow.course == ref.course, SessionRow.number == ref.number)
        row = self._session.scalars(wanted).one_or_none()
        return None if row is None else value_of(row, to_session)

    def next_number(self, course: int) -> int:
        """One more than any session of the course ever kept has: a number in Recently deleted is not given again."""
        found: Sequence[object] = self._session.scalars(
            select(SessionRow.number).where(SessionRow.course == course)
        ).all()
        return max((number for number in found if isinstance(number, int) and number in NUMBERS), default=0) + 1


class SessionWriter:
    """Changes to sessions inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self.rows = SealedWriter(connection, sealer)

    @property
    def reader(self) -> SessionReader:
        """Sessions as they are inside the transaction."""
        return SessionReader(self.rows.session)

    def add(self, ref: SessionRef, draft: SessionDraft, now: datetime) -> tuple[Session, int]:
        """A new session, and its key for lines and moments.

        Raises:
            WrongUsage: the number is taken, or none that a session can have.
        """
        if ref.number not in NUMBERS:
            raise WrongUsage(reason=_("The number of a session is between 1 and 9999."))
        self._require_free(ref)
        session_id, moment = new_id(now), to_microseconds(now)
        columns = _columns(draft) | {
            "id": session_id.bytes, "course": ref.course, "number": ref.number, "created_us": moment,
            "updated_us": moment, "deleted_us": None,
        }  # fmt: skip
        pk = self.rows.add(SessionRow, columns)
        return self.reader.get(session_id), pk

    def save(self, session_id: UUID, draft: SessionDraft, now: datetime) -> Session:
        """Write a session again.

        Raises:
            WrongUsage: there is none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        self.rows.change(self._row(session_id), **_columns(draft), updated_us=to_microseconds(now))
        return self.reader.get(session_id)

    def delete(self, session_id: UUID, now: datetime) -> None:
        """Move to Recently deleted, with its lines and moments."""
        row = self._row(session_id)
        if row.deleted_us is None:
            self.rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, session_id: UUID) -> Session:
        """Take back from Recently deleted."""
        row = self._row(session_id)
        if row.deleted_us is not None:
            self.rows.change(row, deleted_us=None)
        return self.reader.get(session_id)

    def _row(self, session_id: UUID) -> SessionRow:
        return find_row(self.rows.session, SessionRow, session_id)

    def _require_free(self, ref: SessionRef) -> None:
        wanted = select(SessionRow.deleted_us).where(SessionRow.course == ref.course, SessionRow.number == ref.number)
        found = self.rows.session.execute(wanted).one_or_none()
        if found is None:
            return
        if found.deleted_us is None:
            reason = _("There is a session {number} in this course already.")
        else:
            reason = _(
                "Session {number} of this course is in Recently deleted. Take it back, or choose another number."
            )
        raise WrongUsage(reason=reason.format(number=ref.number))


@contextmanager
def writing_sessions(database: Database) -> Iterator[SessionWriter]:
    """One write transaction on sessions; durable when the block has been left."""
    with database.write() as connection:
        yield SessionWriter(connection, database.sealer)


def to_session(row: SessionRow) -> Session:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    draft = SessionDraft(
        state=SessionState(row.state),
        day=None if row.day is None else date.fromordinal(row.day),
        at=None if row.at_minute is None else time(*divmod(row.at_minute, _MINUTES)),
        zone=row.zone,
        started=_zoned(row.started_us, row.started_zone),
        ended=_zoned(row.ended_us, row.ended_zone),
        setting=None if row.setting is None else Setting(row.setting),
        route=None if row.route is None else Route(row.route),
        dose=row.dose,
        present=row.present,
        by_video=row.by_video,
    )
    return Session(
        id=UUID(bytes=row.id),
        ref=SessionRef(row.course, row.number),
        draft=draft,
        revision=row.rev,
        created=from_microseconds(row.created_us),
        updated=from_microseconds(row.updated_us),
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _zoned(instant: int | None, zone: str | None) -> ZonedTime | None:
    return None if instant is None or zone is None else ZonedTime(from_microseconds(instant), zone)


def _columns(draft: SessionDraft) -> dict[str, Any]:
    return {
        "state": str(draft.state),
        "day": draft.day and draft.day.toordinal(),
        "at_minute": None if draft.at is None else draft.at.hour * _MINUTES + draft.at.minute,
        "zone": draft.zone,
        "started_us": draft.started and to_microseconds(draft.started.instant),
        "started_zone": draft.started and draft.started.zone,
        "ended_us": draft.ended and to_microseconds(draft.ended.instant),
        "ended_zone": draft.ended and draft.ended.zone,
        "setting": draft.setting and str(draft.setting),
        "route": draft.route and str(draft.route),
        "dose": draft.dose,
        "present": draft.present,
        "by_video": draft.by_video,
    }
