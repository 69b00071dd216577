"""The tables of schema 5: for whom files are saved, every file that was, and what was brought in from elsewhere.

As in :mod:`integrate.storage.tables`, instants are microseconds (``_us``), days proleptic Gregorian ordinals, ids 16
bytes. ``rev`` counts the saves of a row from 1. None of these rows hangs on another: a line of the ledger keeps the
name of the person it was for, and the ids of what was in the file, also when those are gone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from integrate.storage.bases import Base, Sealed


class RecipientRow(Sealed, Base):
    """Somebody files are saved for. ``phrase`` opens what was saved for them since ``phrase_since_us``."""

    __tablename__ = "recipient"
    SINCE = 5

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    phrase: Mapped[str] = mapped_column(Text)
    phrase_since_us: Mapped[int]
    updated_us: Mapped[int]
    deleted_us: Mapped[int | None]


class SharedFileRow(Sealed, Base):
    """A file that was saved for somebody.

    ``sections``, ``sessions`` ([course, number] each), ``entries``, ``responses``, ``things`` (ids as text) and
    ``measures_left_out`` (names) are JSON arrays.
    """

    __tablename__ = "shared_file"
    SINCE = 5

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    saved_us: Mapped[int]
    zone: Mapped[str]
    recipient_id: Mapped[bytes | None]
    recipient: Mapped[str] = mapped_column(Text)
    kind: Mapped[str]
    file_name: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(index=True)
    protected: Mapped[bool]
    first_day: Mapped[int | None]
    last_day: Mapped[int | None]
    sections: Mapped[str] = mapped_column(Text)
    sessions: Mapped[str] = mapped_column(Text)
    entries: Mapped[str] = mapped_column(Text)
    responses: Mapped[str] = mapped_column(Text)
    things: Mapped[str] = mapped_column(Text)
    measures_left_out: Mapped[str] = mapped_column(Text)
    item_answers: Mapped[bool]


class ImportBatchRow(Sealed, Base):
    """One transaction of bringing something in; all with the same ``batch_id`` are one batch, ``part`` from 0.

    A row for each transaction, so that a long import never writes again what it wrote before, and one that ended in
    the middle still says what it made. ``made`` is a JSON object of what this part made: for each kind of record an
    object of its keys, each with the revision it had. ``is_last`` ends a batch; ``counts`` are there, {} before it.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_part", "batch_id", "part", unique=True),)
    SINCE = 5

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    rev: Mapped[int]
    batch_id: Mapped[bytes]
    part: Mapped[int]
    is_last: Mapped[bool]
    made_us: Mapped[int]
    zone: Mapped[str]
    source: Mapped[str]
    sha256: Mapped[bytes]
    counts: Mapped[str] = mapped_column(Text)
    made: Mapped[str] = mapped_column(Text)


SHARING_TABLES: tuple[type[Any], ...] = (RecipientRow, SharedFileRow, ImportBatchRow)
