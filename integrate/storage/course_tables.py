"""The tables of schema 3: courses and their sessions, what is marked and written in them, and threads.

As in :mod:`integrate.storage.tables`, instants are microseconds (``_us``), days proleptic Gregorian ordinals, ids 16
bytes. ``rev`` counts the saves of a row from 1. Rows of a session, thread or practice go with it when it is purged;
they name it by its key, which is quick, and by its id, which the seal binds to what cannot be used again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from integrate.storage.bases import Base, Sealed

_IS_DELETED = text("deleted_us IS NOT NULL")


class CourseRow(Sealed, Base):
    """A course with its plan. ``plan``, ``care_team`` and ``checklist`` are JSON."""

    __tablename__ = "course"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    number: Mapped[int] = mapped_column(unique=True)
    plan: Mapped[str] = mapped_column(Text)
    care_team: Mapped[str] = mapped_column(Text)
    checklist: Mapped[str] = mapped_column(Text)
    closed_us: Mapped[int | None]
    early_signs: Mapped[str] = mapped_column(Text)
    agreed: Mapped[str] = mapped_column(Text)
    looks_back: Mapped[bool]
    created_us: Mapped[int]
    updated_us: Mapped[int]


class SessionRow(Sealed, Base):
    """A session of a course. A number is never given twice, not even to follow one in Recently deleted."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_course", "course", "number", unique=True),)
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    course: Mapped[int]
    number: Mapped[int]
    state: Mapped[str]
    day: Mapped[int | None]
    at_minute: Mapped[int | None]  # after midnight, on the clock of its zone
    zone: Mapped[str]
    started_us: Mapped[int | None]
    started_zone: Mapped[str | None]
    ended_us: Mapped[int | None]
    ended_zone: Mapped[str | None]
    setting: Mapped[str | None]
    route: Mapped[str | None]
    dose: Mapped[str] = mapped_column(Text)
    present: Mapped[str] = mapped_column(Text)
    by_video: Mapped[bool]
    created_us: Mapped[int]
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class SessionLineRow(Sealed, Base):
    """A line of a session's page, in its ``place`` among those of its kind."""

    __tablename__ = "session_line"
    __table_args__ = (Index("ix_session_line_deleted", "deleted_us", sqlite_where=_IS_DELETED),)
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    session_pk: Mapped[int] = mapped_column(ForeignKey("session.pk", ondelete="CASCADE"), index=True)
    session_id: Mapped[bytes]
    kind: Mapped[str]
    place: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_us: Mapped[int]
    done: Mapped[bool]
    answer: Mapped[str] = mapped_column(Text)
    answered_us: Mapped[int | None]
    never_share: Mapped[bool]
    deleted_us: Mapped[int | None]


class MomentRow(Sealed, Base):
    """A moment of a session. ``marked_by`` is who marked it."""

    __tablename__ = "moment"
    __table_args__ = (
        Index("ix_moment_session", "session_pk", "at_us"),
        Index("ix_moment_deleted", "deleted_us", sqlite_where=_IS_DELETED),
    )
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    session_pk: Mapped[int] = mapped_column(ForeignKey("session.pk", ondelete="CASCADE"))
    session_id: Mapped[bytes]
    kind: Mapped[str]
    at_us: Mapped[int]
    zone: Mapped[str]
    marked_by: Mapped[str]
    words: Mapped[str] = mapped_column(Text)
    pulse: Mapped[int | None]
    systolic: Mapped[int | None]
    diastolic: Mapped[int | None]
    effect: Mapped[str] = mapped_column(Text)
    strength: Mapped[str | None]
    in_room: Mapped[bool]
    after_restart: Mapped[bool]
    never_share: Mapped[bool]
    created_us: Mapped[int]
    deleted_us: Mapped[int | None]


class ThreadRow(Sealed, Base):
    """A thread by its name."""

    __tablename__ = "thread"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    state: Mapped[str]
    created_us: Mapped[int]
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class ThreadLinkRow(Sealed, Base):
    """One thing at a station of a thread. ``id`` follows from thread, station and thing."""

    __tablename__ = "thread_link"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    thread_pk: Mapped[int] = mapped_column(ForeignKey("thread.pk", ondelete="CASCADE"), index=True)
    thread_id: Mapped[bytes]
    station: Mapped[str]
    item_id: Mapped[bytes] = mapped_column(index=True)


class InsightRow(Sealed, Base):
    """What somebody came to see, with the words it came from. It refers to an entry or a moment by its id alone."""

    __tablename__ = "insight"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    course: Mapped[int | None]
    session: Mapped[int | None]
    quote: Mapped[str] = mapped_column(Text)
    entry_id: Mapped[bytes | None] = mapped_column(index=True)
    entry_rev: Mapped[int | None]
    moment_id: Mapped[bytes | None]
    written_us: Mapped[int]
    never_share: Mapped[bool]
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class PracticeRow(Sealed, Base):
    """A practice. ``cadence`` is JSON; ``asked`` is the day of the one question whether it still fits."""

    __tablename__ = "practice"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    cadence: Mapped[str] = mapped_column(Text)
    since: Mapped[int]
    state: Mapped[str]
    insight_id: Mapped[bytes | None]
    written_us: Mapped[int]
    asked: Mapped[int | None]
    never_share: Mapped[bool]
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class PracticeReplyRow(Sealed, Base):
    """What was said of a practice on a day."""

    __tablename__ = "practice_reply"
    __table_args__ = (Index("ix_practice_reply", "practice_pk", "day"),)
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    practice_pk: Mapped[int] = mapped_column(ForeignKey("practice.pk", ondelete="CASCADE"))
    practice_id: Mapped[bytes]
    day: Mapped[int]
    reply: Mapped[str]
    said_us: Mapped[int]


class LetterRow(Sealed, Base):
    """A letter to the next session, kept with the one it was written after."""

    __tablename__ = "letter"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    session_pk: Mapped[int] = mapped_column(ForeignKey("session.pk", ondelete="CASCADE"), index=True)
    session_id: Mapped[bytes]
    text: Mapped[str] = mapped_column(Text)
    written_us: Mapped[int]
    opened_us: Mapped[int | None]
    never_share: Mapped[bool]
    deleted_us: Mapped[int | None]


class TouchPointRow(Sealed, Base):
    """A touch-point that was answered or declined; ``day`` counts from the session's own."""

    __tablename__ = "touch_point"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    session_pk: Mapped[int] = mapped_column(ForeignKey("session.pk", ondelete="CASCADE"), index=True)
    session_id: Mapped[bytes]
    day: Mapped[int]
    answer: Mapped[str]
    answered_us: Mapped[int]


class RoomRow(Sealed, Base):
    """The keys that read what is marked in the session room; at most one row, while a room is open or not merged."""

    __tablename__ = "room"
    SINCE = 3

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    session_id: Mapped[bytes]
    private_key: Mapped[bytes]
    mac_key: Mapped[bytes]
    opened_us: Mapped[int]


COURSE_TABLES: tuple[type[Any], ...] = (
    CourseRow, SessionRow, SessionLineRow, MomentRow, ThreadRow, ThreadLinkRow, InsightRow, PracticeRow,
    PracticeReplyRow, LetterRow, TouchPointRow, RoomRow,
)  # fmt: skip
