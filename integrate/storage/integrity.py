"""Looking at everything: pages, records, attachments, the search index against the entries.

SQLCipher's own checks are not enough: they miss what an overflow page can lose (finding F1), so each sealed row is read
and its seal checked. Problems are sentences without content.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from integrate.domain.entry import tag_key
from integrate.domain.listing import Stopped
from integrate.errors import KnownError
from integrate.i18n import _, ngettext
from integrate.storage.connection import Mode
from integrate.storage.course_tables import (
    CourseRow,
    LetterRow,
    MomentRow,
    PracticeReplyRow,
    PracticeRow,
    SessionLineRow,
    SessionRow,
    ThreadLinkRow,
    ThreadRow,
    TouchPointRow,
)
from integrate.storage.database import Database
from integrate.storage.failures import was_interrupted
from integrate.storage.measures import MeasureReader, answer_key
from integrate.storage.migrating import SCHEMA, schema_of
from integrate.storage.mood_tables import CheckInRow, FormTextRow, ResponseRow
from integrate.storage.tables import (
    SEALED_TABLES,
    AttachmentChunkRow,
    AttachmentRow,
    EntryRow,
    EntryTagRow,
    EntryTextRow,
    ThumbnailRow,
)

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all)."""

_BATCH = 500  # rows in memory at once
_CHUNK_BATCH = 8  # of a quarter mebibyte each

_COURSE_SCHEMA = CourseRow.SINCE
_BELONGS: tuple[tuple[Any, Any, Any], ...] = (
    (SessionLineRow.session_pk, SessionLineRow.session_id, SessionRow),
    (MomentRow.session_pk, MomentRow.session_id, SessionRow),
    (LetterRow.session_pk, LetterRow.session_id, SessionRow),
    (TouchPointRow.session_pk, TouchPointRow.session_id, SessionRow),
    (ThreadLinkRow.thread_pk, ThreadLinkRow.thread_id, ThreadRow),
    (PracticeReplyRow.practice_pk, PracticeReplyRow.practice_id, PracticeRow),
)


@dataclass(slots=True)
class Findings:
    """What was looked at, by kind, and what was wrong."""

    checked: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problems

    def add(self, other: Findings) -> None:
        """Take over what another look found."""
        self.checked.update(other.checked)
        self.problems.extend(other.problems)


def examine(database: Database, progress: Progress | None = None) -> Findings:
    """Read all of ``database`` and compare.

    The file must have no write-ahead log, which SQLCipher's check of the pages would ignore (finding F4). The index is
    compared on a connection that may write, inside a transaction that is rolled back; not on read-only media.
    """
    findings = Findings()
    looks: tuple[Callable[[Database, Findings], None], ...] = (
        examine_raw_pages,
        _structure,
        *(partial(_seals, model=model) for model in _sealed_tables(database)),
        _links,
        _course_links,
        _measure_links,
        _form_links,
        _attachments,
        _index,
    )
    for number, look in enumerate(looks):
        try:
            look(database, findings)
        except KnownError as error:
            findings.problems.append(error.sentences()[0])
        except sqlcipher.Error as error:
            if was_interrupted(error):
                raise Stopped from error
            findings.problems.append(_("Part of the database could not be read."))
        if progress is not None:
            progress(number + 1, len(looks))
    findings.problems[:] = list(dict.fromkeys(findings.problems))
    return findings


def _sealed_tables(database: Database) -> tuple[type[Any], ...]:
    """Those the file can have: a backup keeps the schema of the day it was made."""
    schema = SCHEMA
    with suppress(KnownError), database.read() as session:  # what cannot be read now is found by the looks themselves
        schema = schema_of(session.connection())
    return tuple(model for model in SEALED_TABLES if schema >= model.SINCE)


def count_entries(database: Database) -> int:
    """Entries that are not deleted."""
    with database.read() as session:
        return session.execute(
            select(func.count()).select_from(EntryRow).where(EntryRow.deleted_us.is_(None))
        ).scalar_one()


def examine_raw_pages(database: Database, findings: Findings) -> None:
    """Let SQLCipher check each page of the file, free ones too. The file must be still, and without a log (F4)."""
    # A connection of its own, thrown away after: one damaged page spoils whatever a connection reads later.
    with closing(database.raw_connection()) as connection:
        lines = [str(line) for (line,) in connection.execute("PRAGMA cipher_integrity_check")]
    if lines:
        many = ngettext(
            "{count} page of the database is damaged.", "{count} pages of the database are damaged.", len(lines)
        )
        findings.problems.append(many.format(count=len(lines)))


def _structure(database: Database, findings: Findings) -> None:
    with closing(database.raw_connection()) as connection:
        findings.checked["pages"] += connection.execute("PRAGMA page_count").fetchone()[0]
        rows = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if rows != [("ok",)]:
            findings.problems.append(_("The structure of the database is damaged."))
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            findings.problems.append(_("Records refer to others that are not there."))


def _seals(database: Database, findings: Findings, *, model: type[Any]) -> None:
    """Each row by itself: after a damaged one the rest is still looked at, on a fresh connection."""
    key = model.__table__.primary_key.columns[0]
    with database.read() as session:
        keys = session.scalars(select(key)).all()
    bad, step = 0, _CHUNK_BATCH if model is AttachmentChunkRow else _BATCH
    for start in range(0, len(keys), step):
        bad += _damaged_rows(database, model, keys[start : start + step])
    findings.checked["records"] += len(keys)
    if bad:
        many = ngettext("{count} record is damaged.", "{count} records are damaged.", bad)
        findings.problems.append(many.format(count=bad))


def _damaged_rows(database: Database, model: type[Any], keys: Any) -> int:
    key = model.__table__.primary_key.columns[0]
    try:
        with database.read() as session:
            rows = session.scalars(select(model).where(key.in_(keys))).all()
            return len(keys) - [row.intact for row in rows].count(True)
    except (KnownError, ValueError, TypeError):
        if len(keys) == 1:
            return 1
        return sum(_damaged_rows(database, model, [one]) for one in keys)


def _links(database: Database, findings: Findings) -> None:
    """What belongs together is there together."""
    with database.read() as session:
        pairs = select(EntryRow.pk).join(EntryTextRow, EntryTextRow.entry_pk == EntryRow.pk)
        whole = pairs.where(EntryTextRow.rev == EntryRow.rev, EntryTextRow.id == EntryRow.id)
        entries = session.execute(select(func.count()).select_from(EntryRow)).scalar_one()
        matched = session.execute(select(func.count()).select_from(whole.subquery())).scalar_one()
        findings.checked["entries"] += entries
        if entries != matched:
            findings.problems.append(_("Entries and their texts do not belong together."))
        expected = sorted(_expected_tags(session))
        found = sorted(
            (row.key, row.entry_pk) for row in session.execute(select(EntryTagRow.key, EntryTagRow.entry_pk))
        )
        findings.checked["tags"] += len(found)
        if expected != found:
            findings.problems.append(_("The list of tags does not fit the entries."))


def _course_links(database: Database, findings: Findings) -> None:
    """Each line, moment, reply and link lies with what its sealed id names: keys alone could be exchanged."""
    with database.read() as session:
        if schema_of(session.connection()) < _COURSE_SCHEMA:
            return
        findings.checked["sessions"] += session.execute(select(func.count()).select_from(SessionRow)).scalar_one()
        for key, named, owner in _BELONGS:
            wrong = select(key).join(owner, owner.pk == key).where(owner.id != named).limit(1)
            if session.execute(wrong).first() is not None:
                findings.problems.append(_("Records of a session or thread do not belong to it."))


def _measure_links(database: Database, findings: Findings) -> None:
    """Each answer of a check-in has the definition it was given to."""
    with database.read() as session:
        if schema_of(session.connection()) < CheckInRow.SINCE:
            return
        versions = MeasureReader(session).known().versions
        known = {answer_key(number, version) for number, found in versions.items() for version in found}
        every = session.scalars(select(CheckInRow.answers)).all()
        findings.checked["check_ins"] += len(every)
        if not set().union(*map(_names_of, every)) <= known:
            findings.problems.append(_("Answers of check-ins belong to measures that are not there."))


def _form_links(database: Database, findings: Findings) -> None:
    """The questions of each response are there: without them nobody can say what was answered."""
    with database.read() as session:
        if schema_of(session.connection()) < ResponseRow.SINCE:
            return
        without = select(ResponseRow.pk).where(ResponseRow.digest.not_in(select(FormTextRow.digest))).limit(1)
        if session.execute(without).first() is not None:
            findings.problems.append(_("The questions of a filled-in questionnaire are not there."))


def _names_of(answers: str) -> frozenset[str]:
    try:
        return frozenset(json.loads(answers))
    except (ValueError, TypeError):
        return frozenset()  # its seal has been reported already


def _expected_tags(session: Session) -> Iterator[tuple[str, int]]:
    tagged = session.execute(select(EntryRow.pk, EntryRow.tags).where(EntryRow.tags != "[]"))
    for pk, tags in tagged:
        try:
            yield from {(tag_key(tag), pk) for tag in json.loads(tags)}
        except ValueError:
            continue  # its seal has been reported already


def _attachments(database: Database, findings: Findings) -> None:
    with database.read() as session:
        keys = session.scalars(select(AttachmentRow.pk)).all()
    bad = sum(not _attachment_is_whole(database, key) for key in keys)
    findings.checked["attachments"] += len(keys)
    if bad:
        many = ngettext("{count} attachment is damaged.", "{count} attachments are damaged.", bad)
        findings.problems.append(many.format(count=bad))


def _attachment_is_whole(database: Database, key: int) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with database.read() as session:
            row = session.get_one(AttachmentRow, key)
            chunks = select(AttachmentChunkRow).where(AttachmentChunkRow.attachment_pk == key)
            numbers = []
            for chunk in session.scalars(chunks.order_by(AttachmentChunkRow.seq).execution_options(yield_per=4)):
                digest.update(chunk.data)
                size += len(chunk.data)
                numbers.append(chunk.seq)
            thumbnail = session.get(ThumbnailRow, key)
            return (
                (size, digest.digest()) == (row.size, row.sha256)
                and numbers == list(range(len(numbers)))
                and row.has_thumbnail == (thumbnail is not None)
            )
    except (KnownError, TypeError):
        return False


def _index(database: Database, findings: Findings) -> None:
    """FTS5's own comparison of the index with the texts it was made of; it asks for a transaction that may write."""
    if database.mode is Mode.IMMUTABLE:
        return
    with closing(database.raw_connection(writable=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("INSERT INTO entry_fts(entry_fts, rank) VALUES ('integrity-check', 1)")
        except sqlcipher.DatabaseError as error:
            if was_interrupted(error):
                raise
            findings.problems.append(_("The search index does not fit the entries."))
        finally:
            connection.execute("ROLLBACK")
        findings.checked["indexed"] += connection.execute("SELECT count(*) FROM entry_text").fetchone()[0]
