"""The tables, as typed declarative models.

What no model can express (the full-text index and its triggers) is SQL in the migrations.

Instants are microseconds since 1970 in UTC (``_us``), days are proleptic Gregorian ordinals, ids are the 16 bytes of a
UUID. A model that derives from :class:`Sealed` carries a seal over all its columns but the key SQLite gives it. The
tables of courses, sessions and threads are in :mod:`integrate.storage.course_tables`, those of what is measured in
:mod:`integrate.storage.mood_tables`, those of sharing in :mod:`integrate.storage.sharing_tables`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from integrate.storage.bases import Base, Sealed, is_intact, seal_row, table_of
from integrate.storage.course_tables import COURSE_TABLES
from integrate.storage.mood_tables import MOOD_TABLES
from integrate.storage.sharing_tables import SHARING_TABLES

__all__ = (
    "CHUNK_SIZE", "SEALED_TABLES", "AttachmentChunkRow", "AttachmentRow", "BackupRow", "Base", "EntryRow",
    "EntryTagRow", "EntryTextRow", "LossRow", "RevisionRow", "Sealed", "SettingRow", "StateRow", "ThumbnailRow",
    "is_intact", "seal_row", "table_of",
)  # fmt: skip

CHUNK_SIZE = 256 * 1024


class StateRow(Base):
    """One row: the sequence of commits, and what the keyring rules need to know."""

    __tablename__ = "state"

    pk: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    last_passphrase_us: Mapped[int]
    keyring_on_hold: Mapped[bool]


class EntryRow(Sealed, Base):
    """What a list shows of an entry."""

    __tablename__ = "entry"
    __table_args__ = (
        # The list in its order, with the days for its headings: read whole without touching a row.
        Index("ix_entry_live", "at_us", "pk", "local_day", sqlite_where=text("deleted_us IS NULL")),
        Index("ix_entry_deleted", "deleted_us", sqlite_where=text("deleted_us IS NOT NULL")),
        Index("ix_entry_prompt", "prompt_id", sqlite_where=text("prompt_id IS NOT NULL AND deleted_us IS NULL")),
        # The same for the entries of one session, however far back it lies.
        Index(
            "ix_entry_session", "course", "session", "at_us", "pk", "local_day",
            sqlite_where=text("session IS NOT NULL AND deleted_us IS NULL"),
        ),
    )  # fmt: skip

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    at_us: Mapped[int]
    zone: Mapped[str]
    local_day: Mapped[int]
    phase: Mapped[str]
    course: Mapped[int | None]
    session: Mapped[int | None]
    prompt_id: Mapped[str | None]
    title: Mapped[str] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text)  # a JSON array, in the person's order and spelling
    never_share: Mapped[bool]
    mood_then: Mapped[int | None]
    words: Mapped[int]
    rev: Mapped[int]
    created_us: Mapped[int]
    updated_us: Mapped[int]
    sitting: Mapped[bytes]
    deleted_us: Mapped[int | None]


class EntryTextRow(Sealed, Base):
    """The body of an entry, and the texts the search index is made of. ``rev`` equals the entry's."""

    __tablename__ = "entry_text"

    entry_pk: Mapped[int] = mapped_column(ForeignKey("entry.pk", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes]
    rev: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    index_title: Mapped[str] = mapped_column(Text)
    index_body: Mapped[str | None] = mapped_column(Text)  # only where it differs from the body
    index_labels: Mapped[str] = mapped_column(Text)  # tags and names of attachments


class EntryTagRow(Base):
    """Which entries carry a tag; derived from the entry's own list, for filtering."""

    __tablename__ = "entry_tag"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    entry_pk: Mapped[int] = mapped_column(ForeignKey("entry.pk", ondelete="CASCADE"), primary_key=True, index=True)


class RevisionRow(Sealed, Base):
    """An earlier state of an entry."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_entry", "entry_pk", "rev"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes]  # the entry's
    entry_pk: Mapped[int] = mapped_column(ForeignKey("entry.pk", ondelete="CASCADE"))
    rev: Mapped[int]
    saved_us: Mapped[int]
    at_us: Mapped[int]
    zone: Mapped[str]
    phase: Mapped[str]
    course: Mapped[int | None]
    session: Mapped[int | None]
    prompt_id: Mapped[str | None]
    title: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text)
    never_share: Mapped[bool]
    mood_then: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text)


class AttachmentRow(Sealed, Base):
    """A photo or file; its bytes are in chunks, its thumbnail in a row of its own."""

    __tablename__ = "attachment"

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    entry_pk: Mapped[int] = mapped_column(ForeignKey("entry.pk", ondelete="CASCADE"), index=True)
    entry_id: Mapped[bytes]
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[bytes]
    created_us: Mapped[int]
    has_thumbnail: Mapped[bool]


class AttachmentChunkRow(Sealed, Base):
    """At most 256 KiB of an attachment; ``seq`` counts from 0. ``id`` is the attachment's."""

    __tablename__ = "attachment_chunk"
    __table_args__ = (Index("ix_attachment_chunk", "attachment_pk", "seq", unique=True),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes]
    attachment_pk: Mapped[int] = mapped_column(ForeignKey("attachment.pk", ondelete="CASCADE"))
    seq: Mapped[int]
    data: Mapped[bytes]


class ThumbnailRow(Sealed, Base):
    """A small JPEG of a photo, without metadata. ``id`` is the attachment's."""

    __tablename__ = "thumbnail"

    attachment_pk: Mapped[int] = mapped_column(ForeignKey("attachment.pk", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes]
    data: Mapped[bytes]


class SettingRow(Sealed, Base):
    """Something the person chose, as JSON. ``id`` follows from ``key``; ``rev`` counts its changes from 1."""

    __tablename__ = "setting"
    SINCE = 2

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bytes] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    rev: Mapped[int]
    value: Mapped[str] = mapped_column(Text)
    changed_us: Mapped[int]


class BackupRow(Base):
    """An automatic backup that was made and verified. Its day is kept here because its name has none."""

    __tablename__ = "backup"

    number: Mapped[int] = mapped_column(primary_key=True)
    made_us: Mapped[int]
    local_day: Mapped[int]
    reason: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[bytes]
    entries: Mapped[int]


class LossRow(Base):
    """A missing end that the person was told of and chose to go on without."""

    __tablename__ = "loss"

    pk: Mapped[int] = mapped_column(primary_key=True)
    accepted_us: Mapped[int]
    expected_seq: Mapped[int | None]
    found_seq: Mapped[int]


SEALED_TABLES: tuple[type[Any], ...] = (
    EntryRow, EntryTextRow, RevisionRow, AttachmentRow, AttachmentChunkRow, ThumbnailRow, SettingRow, *COURSE_TABLES,
    *MOOD_TABLES, *SHARING_TABLES,
)  # fmt: skip
