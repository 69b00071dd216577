"""The tables of schema 4: measures and check-ins, filled-in questionnaires with their texts, and logs of facts.

As in :mod:`integrate.storage.tables`, instants are microseconds (``_us``), days proleptic Gregorian ordinals, ids 16
bytes. ``rev`` counts the saves of a row from 1. None of these rows hangs on another by a key: a check-in names a
measure by its number, a response its questionnaire by the digest of its text, a log its session by its id, and each
stays readable when the other is gone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from integrate.storage.bases import Base, Sealed

_IS_LIVE = text("deleted_us IS NULL")
_IS_DELETED = text("deleted_us IS NOT NULL")


class MeasureRow(Sealed, Base):
    """A measure as it is asked now. ``number`` is given again only once nothing refers to it; ``words`` is JSON.

    ``key`` is the name of one that ships, NULL of one's own: a shipped one is there once.
    """

    __tablename__ = "measure"
    SINCE = 4

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    number: Mapped[int] = mapped_column(unique=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    version: Mapped[int]
    place: Mapped[int]
    in_use: Mapped[bool]
    how_often: Mapped[str]
    words: Mapped[str] = mapped_column(Text)
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class MeasureVersionRow(Sealed, Base):
    """What a number of a measure meant under one version. ``step`` is in quarters.

    It outlives its measure for as long as a check-in answers it.
    """

    __tablename__ = "measure_version"
    __table_args__ = (Index("ix_measure_version", "number", "version", unique=True),)
    SINCE = 4

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    measure_id: Mapped[bytes]
    number: Mapped[int]
    version: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(Text)
    low: Mapped[str] = mapped_column(Text)
    high: Mapped[str] = mapped_column(Text)
    lowest: Mapped[int]
    highest: Mapped[int]
    step: Mapped[int]
    direction: Mapped[str]
    unit: Mapped[str] = mapped_column(Text)
    written_us: Mapped[int]


class CheckInRow(Sealed, Base):
    """A check-in with all its answers.

    ``answers`` is JSON without blanks: a measure's number and version ("3.1") -> quarters, null for "No answer", or a
    list of words.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        Index("ix_check_in_live", "about_us", "pk", sqlite_where=_IS_LIVE),
        Index("ix_check_in_day", "local_day", sqlite_where=_IS_LIVE),
        Index("ix_check_in_deleted", "deleted_us", sqlite_where=_IS_DELETED),
    )
    SINCE = 4

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    about_us: Mapped[int]
    zone: Mapped[str]
    local_day: Mapped[int]
    written_us: Mapped[int]
    written_zone: Mapped[str]
    answers: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    never_share: Mapped[bool]
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class ResponseRow(Sealed, Base):
    """A filled-in questionnaire. ``answers`` is JSON: the link id of an item -> the code of what was chosen."""

    __tablename__ = "response"
    SINCE = 4

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    questionnaire: Mapped[str]
    version: Mapped[str]
    digest: Mapped[bytes]
    status: Mapped[str]
    about_us: Mapped[int]
    zone: Mapped[str]
    begun_us: Mapped[int]
    begun_zone: Mapped[str]
    finished_us: Mapped[int | None]
    answers: Mapped[str] = mapped_column(Text)
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class FormTextRow(Sealed, Base):
    """The exact text of a questionnaire that was asked, once. ``id`` is the beginning of its ``digest``, a SHA-256."""

    __tablename__ = "form_text"
    SINCE = 4

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    digest: Mapped[bytes] = mapped_column(unique=True)
    text: Mapped[str] = mapped_column(Text)


class LogRow(Sealed, Base):
    """Facts: the side effects after a session ("effects") or what changes slowly ("slow"). ``content`` is JSON."""

    __tablename__ = "log"
    SINCE = 4

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    kind: Mapped[str]
    session_id: Mapped[bytes | None] = mapped_column(index=True)
    about_us: Mapped[int]
    zone: Mapped[str]
    written_us: Mapped[int]
    written_zone: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


MOOD_TABLES: tuple[type[Any], ...] = (
    MeasureRow, MeasureVersionRow, CheckInRow, ResponseRow, FormTextRow, LogRow,
)  # fmt: skip
