"""Between rows and domain values. Rows go no further than this room."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import uuid_utils
from sqlalchemy import Row

from integrate.domain.entry import AttachmentInfo, Draft, EntrySummary, Phase, Revision, SessionRef
from integrate.domain.scripts import index_form
from integrate.domain.times import ZonedTime, from_microseconds, to_microseconds
from integrate.domain.words import count_words, excerpt
from integrate.storage.tables import AttachmentRow, EntryRow, RevisionRow

IdMaker = Callable[[datetime], UUID]
"""Makes an id for something that is written at a moment."""

_given_ids: Final[ContextVar[IdMaker | None]] = ContextVar("given_ids", default=None)


@contextmanager
def ids_from(make: IdMaker) -> Iterator[None]:
    """Let :func:`new_id` take its ids from ``make`` inside this block, in this thread alone.

    For a journal of invented content, which is to be the same each time it is made. Whoever uses it sees to it that no
    id comes twice.
    """
    before = _given_ids.set(make)
    try:
        yield
    finally:
        _given_ids.reset(before)


def new_id(now: datetime) -> UUID:
    """A fresh UUIDv7 whose time part is ``now``."""
    make = _given_ids.get()
    if make is not None:
        return make(now)
    return UUID(bytes=uuid_utils.uuid7(nanoseconds=to_microseconds(now) * 1000).bytes)


def tags_to_text(tags: tuple[str, ...]) -> str:
    """Tags as a JSON array."""
    return json.dumps(tags, ensure_ascii=False, separators=(",", ":"))


def draft_columns(draft: Draft) -> dict[str, Any]:
    """What an entry and a revision have in common, without the body."""
    return {
        "at_us": to_microseconds(draft.at.instant),
        "zone": draft.at.zone,
        "phase": str(draft.phase),
        "course": draft.session.course if draft.session else None,
        "session": draft.session.number if draft.session else None,
        "prompt_id": draft.prompt_id,
        "title": draft.title,
        "tags": tags_to_text(draft.tags),
        "never_share": draft.never_share,
        "mood_then": draft.mood_then,
    }


def entry_columns(draft: Draft) -> dict[str, Any]:
    """The columns of an entry that follow from what was written."""
    return {
        **draft_columns(draft),
        "local_day": draft.at.local_date().toordinal(),
        "excerpt": excerpt(draft.body),
        "words": count_words(draft.body),
    }


def text_columns(draft: Draft, attachment_names: Iterable[str]) -> dict[str, Any]:
    """The body and the texts of the index."""
    index_body = index_form(draft.body)
    return {
        "body": draft.body,
        "index_title": index_form(draft.title),
        "index_body": None if index_body == draft.body else index_body,
        "index_labels": index_form("\n".join((*draft.tags, *attachment_names))),
    }


def to_summary(row: EntryRow | Row[Any]) -> EntrySummary:
    """The domain value of an intact row."""
    return EntrySummary(
        id=UUID(bytes=row.id),
        at=ZonedTime(from_microseconds(row.at_us), row.zone),
        phase=Phase(row.phase),
        session=_session_ref(row),
        prompt_id=row.prompt_id,
        title=row.title,
        excerpt=row.excerpt,
        tags=tuple(json.loads(row.tags)),
        never_share=bool(row.never_share),
        mood_then=row.mood_then,
        words=row.words,
        revision=row.rev,
        created=from_microseconds(row.created_us),
        updated=from_microseconds(row.updated_us),
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def to_revision(row: RevisionRow) -> Revision:
    """The domain value of an intact row."""
    draft = Draft(
        body=row.body,
        at=ZonedTime(from_microseconds(row.at_us), row.zone),
        title=row.title,
        phase=Phase(row.phase),
        session=_session_ref(row),
        prompt_id=row.prompt_id,
        tags=tuple(json.loads(row.tags)),
        never_share=row.never_share,
        mood_then=row.mood_then,
    )
    return Revision(UUID(bytes=row.id), row.rev, from_microseconds(row.saved_us), draft)


def to_attachment(row: AttachmentRow) -> AttachmentInfo:
    """The domain value of an intact row."""
    return AttachmentInfo(
        id=UUID(bytes=row.id),
        entry_id=UUID(bytes=row.entry_id),
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        created=from_microseconds(row.created_us),
        has_thumbnail=row.has_thumbnail,
    )


def _session_ref(row: EntryRow | RevisionRow | Row[Any]) -> SessionRef | None:
    if row.course is None or row.session is None:
        return None
    return SessionRef(row.course, row.session)
