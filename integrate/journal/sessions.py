"""Sessions: planned, logged, changed, taken back; and the lines on their pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from integrate.domain.entry import Changes, SessionRef, Unreadable
from integrate.domain.sessions import Line, LineKind, Session, SessionDraft, SessionState, is_ahead, is_over_another
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Journal
from integrate.storage.courses import CourseReader
from integrate.storage.purging import Kind, purge
from integrate.storage.session_lines import LineReader, LineWriter
from integrate.storage.sessions import SessionReader, SessionWriter, writing_sessions

_SLACK: Final = timedelta(minutes=5)  # a clock that is put right by a little makes no time lie in the future


@dataclass(frozen=True, slots=True)
class SavedSession:
    """A session as it was saved."""

    session: Session
    changes: Changes


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A line as it was saved."""

    line: Line
    changes: Changes


def list_sessions(journal: Journal, course: int | None = None) -> tuple[Session | Unreadable, ...]:
    """The sessions of a course (the newest unless given) by their number, without those deleted; a damaged one by id.

    Raises:
        RecordDamaged: no course was given, and the newest cannot be read.
        DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        if course is None:
            newest = CourseReader(session).newest()
            return SessionReader(session).list(newest.number) if newest else ()
        return SessionReader(session).list(course)


def get_session(journal: Journal, session_id: UUID) -> Session:
    """One session, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return SessionReader(session).get(session_id)


def session_by_ref(journal: Journal, ref: SessionRef) -> Session | None:
    """The session with these numbers, deleted or not; None where it was never planned or logged.

    Raises:
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return SessionReader(session).by_ref(ref)


def add_session(
    journal: Journal, draft: SessionDraft, course: int | None = None, number: int | None = None, *, origin: str = ""
) -> SavedSession:
    """Plan or log a session, in the newest course and with its next number unless others are given.

    It gets the lines of the course's checklist. Any day is taken, one before the course began as well. Durable when
    this returns.

    Raises:
        WrongUsage: there is no such course, the number is taken, the session is logged as held and lies in the future,
            or another one was going on at the same time. Nothing was changed.
        RecordDamaged: the course cannot be read.
        ReadOnlyJournal, DatabaseDamaged, DiskFull, DiskRefused, ReadOnlyPlace: nothing of it was saved.
    """
    now = journal.clock.now()
    with writing_sessions(journal.vault.database) as writer:
        courses = CourseReader(writer.rows.session)
        of = courses.newest() if course is None else courses.get(course)
        if of is None:
            raise WrongUsage(reason=_("There is no course yet. Once one is begun, its sessions have a place."))
        ref = SessionRef(of.number, writer.reader.next_number(of.number) if number is None else number)
        _require_possible(journal, draft, ref, writer)
        session, pk = writer.add(ref, draft, now)
        LineWriter(writer.rows).add_checks(session.id, pk, of.checklist, now)
    return SavedSession(session, _changes(session.id, origin=origin))


def change_session(journal: Journal, session_id: UUID, draft: SessionDraft, *, origin: str = "") -> SavedSession:
    """Save a session again: edited, moved, held or cancelled. Durable when this returns.

    When it takes place is looked at only where that was changed, so that a clock that was set back stops no edit.

    Raises:
        WrongUsage: there is none, or what :func:`add_session` refuses of a draft. Nothing was changed.
        RecordDamaged: it is not written over. What :func:`add_session` raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        was = writer.reader.get(session_id)
        if _when(draft) != _when(was.draft):
            _require_possible(journal, draft, was.ref, writer, was)
        session = writer.save(session_id, draft, journal.clock.now())
    return SavedSession(session, _changes(session_id, origin=origin))


def delete_session(journal: Journal, session_id: UUID, *, origin: str = "") -> Changes:
    """Move a session to Recently deleted, with its lines and moments. Its entries stay where they are.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        writer.delete(session_id, journal.clock.now())
    return _changes(session_id, origin=origin, deleted=True)


def restore_session(journal: Journal, session_id: UUID, *, origin: str = "") -> SavedSession:
    """Take a session back from Recently deleted, with everything it had.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        session = writer.undelete(session_id)
    return SavedSession(session, _changes(session_id, origin=origin, deleted=True))


def purge_session(journal: Journal, session_id: UUID, *, origin: str = "") -> Changes:
    """Delete a session for good, with its lines, moments and letters; a damaged one too. Its entries stay.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.SESSION, session_id)
    areas = {"sessions", "lines", "moments", "letters", "threads", "insights", "recently deleted"}
    return Changes(frozenset(areas), frozenset({session_id}), origin)


def deleted_sessions(journal: Journal) -> tuple[Session | Unreadable, ...]:
    """Sessions that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return SessionReader(session).deleted()


def list_lines(journal: Journal, session_id: UUID, kind: LineKind | None = None) -> tuple[Line | Unreadable, ...]:
    """The lines of a session, all or those of a kind; each kind in its own order. A damaged one by its id.

    Raises:
        WrongUsage: there is no such session.
        RecordDamaged: the session is damaged. DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return LineReader(session).list(session_id, kind)


def add_line(
    journal: Journal, session_id: UUID, kind: LineKind, text: str, *, never_share: bool = False, origin: str = ""
) -> SavedLine:
    """Write a line, after those of its kind. It may be as long as a person likes. Durable when this returns.

    Raises:
        WrongUsage: there is no such session, there is no word in it, or it is no text.
        RecordDamaged: the session is damaged. What any write raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        line = LineWriter(writer.rows).add(session_id, kind, text, journal.clock.now(), never_share=never_share)
    return _saved(line, origin)


def change_line(
    journal: Journal,
    line_id: UUID,
    *,
    text: str | None = None,
    done: bool | None = None,
    answer: str | None = None,
    never_share: bool | None = None,
    origin: str = "",
) -> SavedLine:
    """Change what is given of a line and leave the rest. When an answer changes, its time is noted.

    Raises:
        WrongUsage: there is none, there is no word in it, or a text is no text.
        RecordDamaged: it is not written over. What any write raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        lines = LineWriter(writer.rows)
        was = lines.reader.get(line_id)
        answered = was.answered
        if answer is not None and answer != was.answer:
            answered = journal.clock.now() if answer.strip() else None
        changed = replace(
            was,
            text=was.text if text is None else text,
            done=was.done if done is None else done,
            answer=was.answer if answer is None else answer,
            answered=answered,
            never_share=was.never_share if never_share is None else never_share,
        )
        line = lines.save(changed)
    return _saved(line, origin)


def move_line(journal: Journal, line_id: UUID, place: int, *, origin: str = "") -> SavedLine:
    """Bring a line to ``place`` (from 0) among those of its kind; beyond the end means the end.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        line = LineWriter(writer.rows).move(line_id, place)
    return _saved(line, origin)


def remove_line(journal: Journal, line_id: UUID, *, origin: str = "") -> SavedLine:
    """Take a line off its page; :func:`restore_line` undoes it for thirty days.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        line = LineWriter(writer.rows).remove(line_id, journal.clock.now())
    return _saved(line, origin)


def restore_line(journal: Journal, line_id: UUID, *, origin: str = "") -> SavedLine:
    """Put a line that was removed back in its place.

    Raises:
        WrongUsage: there is none, or it is gone for good. RecordDamaged, and what any write raises.
    """
    with writing_sessions(journal.vault.database) as writer:
        line = LineWriter(writer.rows).restore(line_id)
    return _saved(line, origin)


def _require_possible(
    journal: Journal, draft: SessionDraft, ref: SessionRef, writer: SessionWriter, was: Session | None = None
) -> None:
    if draft.state is SessionState.HELD and _lies_ahead(journal, draft):
        raise WrongUsage(
            reason=_(
                "This lies in the future. It can be planned now, and logged once it took place. Nothing was changed."
            )
        )
    others = tuple(one for one in writer.reader.everywhere() if was is None or one.id != was.id)
    over = is_over_another(draft, others)
    if over is None:
        return
    if over.ref.course == ref.course:
        reason = _("Session {number} was going on at that time. Its start or end may need a look. Nothing was changed.")
    else:
        reason = _(
            "Session {number} of course {course} was going on at that time. Its start or end may need a look. "
            "Nothing was changed."
        )
    raise WrongUsage(reason=reason.format(number=over.ref.number, course=over.ref.course))


def _lies_ahead(journal: Journal, draft: SessionDraft) -> bool:
    now = journal.clock.now() + _SLACK
    return is_ahead(draft, now) or (draft.ended is not None and draft.ended.instant > now)


def _when(draft: SessionDraft) -> tuple[object, ...]:
    return draft.state, draft.day, draft.started, draft.ended


def _changes(session_id: UUID, *, origin: str = "", deleted: bool = False) -> Changes:
    areas = {"sessions", "lines", "moments", "recently deleted"} if deleted else {"sessions"}
    return Changes(frozenset(areas), frozenset({session_id}), origin)


def _saved(line: Line, origin: str) -> SavedLine:
    return SavedLine(line, Changes(frozenset({"lines", "sessions"}), frozenset({line.id, line.session_id}), origin))
