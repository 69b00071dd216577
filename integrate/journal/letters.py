"""Letters to the next session: sealed until its prepare window opens, then there to be opened.

A letter waits for the session after the one it was written after, in whatever course that is. It is not sealed any more
once that session took place, and where none can come, because its course is closed and nothing is planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from integrate.domain.courses import Course
from integrate.domain.entry import Changes, Phase, Unreadable
from integrate.domain.sessions import Session, SessionState
from integrate.domain.threads import Letter
from integrate.domain.times import ZonedTime
from integrate.domain.where import Where, where_am_i, window_opens
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.opening import Access, Journal
from integrate.storage.courses import CourseReader
from integrate.storage.letters import LetterReader, LetterWriter
from integrate.storage.purging import Kind, purge
from integrate.storage.sessions import SessionReader


@dataclass(frozen=True, slots=True)
class ClosedLetter:
    """A letter that was not opened yet, without its words. ``sealed``: its time has not come."""

    id: UUID
    session_id: UUID
    written: datetime
    sealed: bool
    never_share: bool = False
    deleted: datetime | None = None


@dataclass(frozen=True, slots=True)
class SavedLetter:
    """A letter as it was written or opened."""

    letter: Letter
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Times:
    """What decides whether a letter's time has come."""

    sessions: Sequence[Session]
    closed: frozenset[int]
    where: Where
    today: date

    def has_come(self, letter: Letter) -> bool:
        own = next((one for one in self.sessions if one.id == letter.session_id), None)
        held = (one for one in self.sessions if one.state is SessionState.HELD)
        if own is None:  # damaged: the day it was written stands for the session's
            later = any(one.day is not None and one.day > letter.written.date() for one in held)
        else:
            later = any(_order(one) > _order(own) for one in held)
        if later:
            return True
        if self.where.coming is not None:
            last = own if own is not None and own.day is not None else self.where.last
            return self.today >= window_opens(last, self.where.coming)
        return own is not None and own.ref.course in self.closed


def write_letter(
    journal: Journal, session_id: UUID, text: str, *, never_share: bool = False, origin: str = ""
) -> SavedLetter:
    """Write a letter after a session, to be read before the next one. Durable when this returns.

    Raises:
        WrongUsage: there is no word in it, or no such session.
        RecordDamaged: the session is damaged. What any write raises.
    """
    with _writing(journal) as writer:
        letter = writer.add(session_id, text, journal.clock.now(), never_share=never_share)
    return SavedLetter(letter, _changes(letter.id, origin))


def list_letters(
    journal: Journal, now: ZonedTime | None = None, session_id: UUID | None = None
) -> tuple[Letter | ClosedLetter | Unreadable, ...]:
    """Letters, the newest first, with their words only once they were opened: those of one session, or all.

    Without those deleted, alone or with their session. A damaged one is named by its id. ``now`` None asks the clock.
    """
    with journal.vault.database.read() as session:
        letters = LetterReader(session).list(session_id)
        times = _times(SessionReader(session).everywhere(), CourseReader(session).list(), now or _now(journal))
    return tuple(_as_shown(letter, times) for letter in letters)


def letters_to_open(journal: Journal, now: ZonedTime | None = None) -> tuple[ClosedLetter, ...]:
    """The letters of the last session that wait to be opened, the first written first.

    There are none before the prepare window of the coming session is open. ``now`` None asks the clock.
    """
    with journal.vault.database.read() as session:
        times = _times(SessionReader(session).everywhere(), CourseReader(session).list(), now or _now(journal))
        where = times.where
        if where.phase is not Phase.PREPARE or where.last is None:
            return ()
        letters = LetterReader(session).list(where.last.id)
    shown = [_as_shown(letter, times) for letter in reversed(letters)]
    return tuple(one for one in shown if isinstance(one, ClosedLetter) and not one.sealed)


def open_letter(
    journal: Journal, letter_id: UUID, now: ZonedTime | None = None, *, origin: str = ""
) -> SavedLetter:  # fmt: skip
    """Open a letter whose time has come; its words. In a journal open to read only, that it was opened is not noted.

    Raises:
        WrongUsage: there is none, it is in Recently deleted, or it is sealed still.
        RecordDamaged, and what any write raises.
    """
    database = journal.vault.database
    with database.read() as session:
        reader = LetterReader(session)
        letter = reader.get(letter_id)
        is_there = letter in reader.list(letter.session_id)
        times = _times(SessionReader(session).everywhere(), CourseReader(session).list(), now or _now(journal))
    if not is_there:
        raise WrongUsage(reason=_("This letter is in Recently deleted. It can be opened once it is taken back."))
    if letter.opened is None and not times.has_come(letter):
        raise WrongUsage(reason=_("This letter waits for your next session. It opens when preparing for it begins."))
    if letter.opened is not None or journal.access is Access.READ:
        return SavedLetter(letter, Changes(origin=origin))
    with _writing(journal) as writer:
        letter = writer.open(letter_id, journal.clock.now())
    return SavedLetter(letter, _changes(letter_id, origin))


def delete_letter(journal: Journal, letter_id: UUID, *, origin: str = "") -> Changes:
    """Move a letter to Recently deleted, a sealed one unread.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        writer.delete(letter_id, journal.clock.now())
    return _changes(letter_id, origin, deleted=True)


def restore_letter(journal: Journal, letter_id: UUID, *, origin: str = "") -> Changes:
    """Take a letter back from Recently deleted; one that was sealed is sealed still.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        writer.undelete(letter_id)
    return _changes(letter_id, origin, deleted=True)


def deleted_letters(journal: Journal, now: ZonedTime | None = None) -> tuple[Letter | ClosedLetter | Unreadable, ...]:
    """Letters that can still be taken back, the last one first; without words as in :func:`list_letters`."""
    with journal.vault.database.read() as session:
        letters = LetterReader(session).deleted()
        times = _times(SessionReader(session).everywhere(), CourseReader(session).list(), now or _now(journal))
    return tuple(_as_shown(letter, times) for letter in letters)


def purge_letter(journal: Journal, letter_id: UUID, *, origin: str = "") -> Changes:
    """Delete a letter for good, a damaged one too.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.LETTER, letter_id)
    return _changes(letter_id, origin, deleted=True)


def _as_shown(letter: Letter | Unreadable, times: _Times) -> Letter | ClosedLetter | Unreadable:
    if isinstance(letter, Unreadable) or letter.opened is not None:
        return letter
    sealed = not times.has_come(letter)
    return ClosedLetter(letter.id, letter.session_id, letter.written, sealed, letter.never_share, letter.deleted)


def _times(sessions: Sequence[Session], courses: Sequence[Course | Unreadable], now: ZonedTime) -> _Times:
    """The sessions of all courses are one row of them here; what a closed course had planned does not come."""
    closed = frozenset(one.number for one in courses if isinstance(one, Course) and one.is_closed)
    known = [one for one in sessions if one.state is not SessionState.PLANNED or one.ref.course not in closed]
    return _Times(known, closed, where_am_i(known, now), now.local_date())


def _order(session: Session) -> tuple[date, datetime, int, int]:
    started = session.draft.started
    began = started.instant if started is not None else session.created
    return session.day or date.min, began, session.ref.course, session.ref.number


def _now(journal: Journal) -> ZonedTime:
    return ZonedTime(journal.clock.now(), journal.clock.zone())


@contextmanager
def _writing(journal: Journal) -> Iterator[LetterWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield LetterWriter(connection, database.sealer)


def _changes(letter_id: UUID, origin: str, *, deleted: bool = False) -> Changes:
    areas = {"letters", "recently deleted"} if deleted else {"letters"}
    return Changes(frozenset(areas), frozenset({letter_id}), origin)
