"""Filled-in questionnaires in the database, and the exact text of each questionnaire that was ever asked, kept once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy.orm import Session

from integrate.domain.entry import Unreadable, require_text
from integrate.domain.responses import Response, ResponseDraft, ResponseStatus
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.errors import RecordDamaged
from integrate.storage.mood_tables import FormTextRow, ResponseRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, find_row, not_there, read_row, value_of
from integrate.storage.seals import Sealer

_LIVE: Final = ResponseRow.deleted_us.is_(None)
_ID_LENGTH: Final = 16


class ResponseReader:
    """Responses as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self, key: str | None = None) -> tuple[Response | Unreadable, ...]:
        """Responses that are not deleted, the newest first by what they are about; of one questionnaire, or of all.

        A damaged one is named whichever is asked for.
        """
        newest = ResponseRow.about_us.desc(), ResponseRow.pk.desc()
        rows = self._session.scalars(select(ResponseRow).where(_LIVE).order_by(*newest)).all()
        found = [read_row(row, to_response) for row in rows]
        return tuple(
            one for one in found if key is None or isinstance(one, Unreadable) or one.draft.questionnaire == key
        )

    def deleted(self) -> tuple[Response | Unreadable, ...]:
        """Responses in Recently deleted, the last one first."""
        newest = ResponseRow.deleted_us.desc(), ResponseRow.pk.desc()
        rows = self._session.scalars(select(ResponseRow).where(~_LIVE).order_by(*newest))
        return tuple(read_row(row, to_response) for row in rows)

    def get(self, response_id: UUID) -> Response:
        """One response, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        return value_of(find_row(self._session, ResponseRow, response_id), to_response)

    def begun(self, key: str) -> tuple[Response, ...]:
        """The forms of one questionnaire that were neither finished nor stopped, the last begun first."""
        found = select(ResponseRow).where(
            _LIVE, ResponseRow.questionnaire == key, ResponseRow.status == str(ResponseStatus.IN_PROGRESS)
        )
        rows = self._session.scalars(found.order_by(ResponseRow.begun_us.desc(), ResponseRow.pk.desc()))
        return tuple(one for row in rows if isinstance(one := read_row(row, to_response), Response))

    def text(self, digest: bytes) -> str:
        """The exact text of the questionnaire with this SHA-256.

        Raises:
            WrongUsage: none is kept.
            RecordDamaged: it is damaged.
        """
        row = self._session.scalars(select(FormTextRow).where(FormTextRow.id == digest[:_ID_LENGTH])).one_or_none()
        if row is None:
            raise not_there()
        if not row.intact or row.digest != digest:
            raise RecordDamaged
        return row.text

    def texts(self) -> Mapping[bytes, str]:
        """Every questionnaire text that can be read, by its SHA-256."""
        rows = self._session.scalars(select(FormTextRow)).all()
        return {row.digest: row.text for row in rows if row.intact}


class ResponseWriter:
    """Changes to responses inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)

    @property
    def reader(self) -> ResponseReader:
        """Responses as they are inside the transaction."""
        return ResponseReader(self._rows.session)

    def begin(self, draft: ResponseDraft, text: str, now: ZonedTime) -> Response:
        """A new form to fill in. ``text`` is what exactly is asked; it is kept unless it is there already.

        Raises:
            ValueError: ``draft`` has the digest of another text.
        """
        self._keep_text(draft.digest, text)
        response = Response(new_id(now.instant), draft, ResponseStatus.IN_PROGRESS, now, None, now.instant)
        columns = _columns(response) | {
            "id": response.id.bytes,
            "questionnaire": draft.questionnaire,
            "version": draft.version,
            "digest": draft.digest,
            "begun_us": to_microseconds(now.instant),
            "begun_zone": now.zone,
            "deleted_us": None,
        }
        self._rows.add(ResponseRow, columns)
        return response

    def save(self, response: Response, now: datetime) -> Response:
        """Write the answers, the status and the time it is about again; what was asked and when it was begun stay.

        Raises:
            WrongUsage: there is none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        row = find_row(self._rows.session, ResponseRow, response.id)
        self._rows.change(row, **_columns(replace(response, updated=now)))
        return self.reader.get(response.id)

    def delete(self, response_id: UUID, now: datetime) -> None:
        """Move to Recently deleted."""
        row = find_row(self._rows.session, ResponseRow, response_id)
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, response_id: UUID) -> Response:
        """Take back from Recently deleted."""
        row = find_row(self._rows.session, ResponseRow, response_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.reader.get(response_id)

    def _keep_text(self, digest: bytes, text: str) -> None:
        """Keep a text under its digest, also in the place of one that is damaged: it can only be the same."""
        require_text(text)
        if hashlib.sha256(text.encode("utf-8")).digest() != digest:
            raise ValueError("the digest is that of another text")
        # Either column can be damaged, and both are there once.
        in_its_place = or_(FormTextRow.id == digest[:_ID_LENGTH], FormTextRow.digest == digest)
        rows = self._rows.session.scalars(select(FormTextRow).where(in_its_place)).all()
        if any(row.intact and row.digest == digest for row in rows):
            return
        for row in rows:
            self._rows.connection.execute(delete(FormTextRow).where(FormTextRow.pk == row.pk))
        self._rows.add(FormTextRow, {"id": digest[:_ID_LENGTH], "digest": digest, "text": text})


def drop_unused_texts(connection: Connection) -> None:
    """Forget the texts that no response was asked in any more."""
    connection.execute(delete(FormTextRow).where(FormTextRow.digest.not_in(select(ResponseRow.digest))))


def to_response(row: ResponseRow) -> Response:
    """The domain value of an intact row.

    Raises:
        ValueError, TypeError, WrongUsage: it holds what this program does not know.
    """
    answers = json.loads(row.answers)
    if not isinstance(answers, dict):
        raise TypeError("no answers")
    return Response(
        id=UUID(bytes=row.id),
        draft=ResponseDraft(
            questionnaire=row.questionnaire,
            version=row.version,
            digest=row.digest,
            about=ZonedTime(from_microseconds(row.about_us), row.zone),
            answers=answers,
        ),
        kept_status=ResponseStatus(row.status),
        begun=ZonedTime(from_microseconds(row.begun_us), row.begun_zone),
        finished=None if row.finished_us is None else from_microseconds(row.finished_us),
        updated=from_microseconds(row.updated_us),
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _columns(response: Response) -> dict[str, Any]:
    draft = response.draft
    return {
        "status": str(response.kept_status),
        "about_us": to_microseconds(draft.about.instant),
        "zone": draft.about.zone,
        "finished_us": None if response.finished is None else to_microseconds(response.finished),
        "answers": json.dumps(dict(draft.answers), ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "updated_us": to_microseconds(response.updated),
    }
