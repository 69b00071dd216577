"""Photos and files inside the encryption: in chunks, each with its seal, atomic with the entry."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.orm import Session

from integrate.domain.entry import AttachmentInfo
from integrate.domain.times import to_microseconds
from integrate.errors import AttachmentTooLarge, EntryMissing
from integrate.storage.pictures import describe_picture, without_metadata
from integrate.storage.rows import new_id, to_attachment
from integrate.storage.sealed_rows import damaged
from integrate.storage.seals import Sealer
from integrate.storage.tables import CHUNK_SIZE, AttachmentChunkRow, AttachmentRow, ThumbnailRow, seal_row

MAX_SIZE: Final = 64 * 1024 * 1024
_UNKNOWN_TYPE: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class PreparedAttachment:
    """A file ready to go in: its bytes, what kind it is, and a JPEG thumbnail if it is a photo."""

    name: str
    data: bytes
    media_type: str
    thumbnail: bytes | None


def prepare_attachment(name: str, data: bytes, *, strip_metadata: bool = False) -> PreparedAttachment:
    """Look at a file before it is stored, outside any transaction: decoding takes time.

    With ``strip_metadata`` hidden data (place, camera, comments) is taken out of a photo first.

    Raises:
        AttachmentTooLarge: over 64 MiB.
        CannotStripMetadata: asked for something that is no JPEG, PNG or WebP.
    """
    if len(data) > MAX_SIZE:
        raise AttachmentTooLarge(file=name, limit=MAX_SIZE // 1024**2)
    if strip_metadata:
        data = without_metadata(data)
    picture = describe_picture(data)
    if picture is not None:
        return PreparedAttachment(name, data, *picture)
    return PreparedAttachment(name, data, mimetypes.guess_type(name)[0] or _UNKNOWN_TYPE, None)


class AttachmentReader:
    """Attachments as one session sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def info(self, attachment_id: UUID) -> AttachmentInfo:
        """What is known of an attachment.

        Raises:
            EntryMissing, RecordDamaged.
        """
        return to_attachment(self._row(attachment_id))

    def chunks(self, attachment_id: UUID) -> Iterator[bytes]:
        """Its bytes, at most 256 KiB at a time; the whole is checked against its SHA-256 before the last one is given.

        Raises:
            EntryMissing, RecordDamaged.
        """
        row = self._row(attachment_id)
        digest, size = hashlib.sha256(), 0
        keys = self._session.scalars(
            select(AttachmentChunkRow.pk)
            .where(AttachmentChunkRow.attachment_pk == row.pk)
            .order_by(AttachmentChunkRow.seq)
        ).all()
        for expected, key in enumerate(keys):
            chunk = self._session.get_one(AttachmentChunkRow, key)
            if not chunk.intact or chunk.seq != expected or chunk.id != row.id:
                raise damaged(AttachmentRow)
            data = chunk.data
            self._session.expunge(chunk)
            digest.update(data)
            size += len(data)
            if expected == len(keys) - 1 and (size, digest.digest()) != (row.size, row.sha256):
                raise damaged(AttachmentRow)
            yield data
        if size != row.size:
            raise damaged(AttachmentRow)

    def read(self, attachment_id: UUID) -> bytes:
        """All of its bytes.

        Raises:
            EntryMissing, RecordDamaged.
        """
        return b"".join(self.chunks(attachment_id))

    def thumbnail(self, attachment_id: UUID) -> bytes | None:
        """A small JPEG, or None for what is no photo.

        Raises:
            EntryMissing, RecordDamaged.
        """
        row = self._row(attachment_id)
        thumbnail = self._session.get(ThumbnailRow, row.pk)
        if (thumbnail is not None) != row.has_thumbnail or (thumbnail and not thumbnail.intact):
            raise damaged(AttachmentRow)
        return thumbnail.data if thumbnail else None

    def total_size(self) -> int:
        """Bytes of all attachments together."""
        return self._session.execute(select(func.coalesce(func.sum(AttachmentRow.size), 0))).scalar_one()

    def _row(self, attachment_id: UUID) -> AttachmentRow:
        row = self._session.scalars(select(AttachmentRow).where(AttachmentRow.id == attachment_id.bytes)).one_or_none()
        if row is None:
            raise EntryMissing
        if not row.intact:
            raise damaged(AttachmentRow)
        return row


class AttachmentWriter:
    """Attachments inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def add(self, entry_id: UUID, entry_pk: int, prepared: PreparedAttachment, now: datetime) -> UUID:
        """Store one file with an entry; its id."""
        attachment_id = new_id(now)
        columns = {
            "id": attachment_id.bytes, "entry_pk": entry_pk, "entry_id": entry_id.bytes, "name": prepared.name,
            "media_type": prepared.media_type, "size": len(prepared.data),
            "sha256": hashlib.sha256(prepared.data).digest(), "created_us": to_microseconds(now),
            "has_thumbnail": prepared.thumbnail is not None,
        }  # fmt: skip
        sealed = seal_row(self._sealer, AttachmentRow, columns)
        pk: int = self._connection.execute(insert(AttachmentRow).returning(AttachmentRow.pk), sealed).scalar_one()
        for seq, start in enumerate(range(0, len(prepared.data), CHUNK_SIZE)):
            chunk = {
                "id": attachment_id.bytes, "attachment_pk": pk, "seq": seq,
                "data": prepared.data[start : start + CHUNK_SIZE],
            }  # fmt: skip
            self._connection.execute(insert(AttachmentChunkRow), seal_row(self._sealer, AttachmentChunkRow, chunk))
        if prepared.thumbnail is not None:
            thumbnail = {"id": attachment_id.bytes, "attachment_pk": pk, "data": prepared.thumbnail}
            self._connection.execute(insert(ThumbnailRow), seal_row(self._sealer, ThumbnailRow, thumbnail))
        return attachment_id

    def remove(self, attachment_id: UUID) -> None:
        """Take one file out for good."""
        self._connection.execute(delete(AttachmentRow).where(AttachmentRow.id == attachment_id.bytes))
