"""Practices: begun, followed gently, rested, ended. Nothing is counted, and a day without a word is only a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.practices import Cadence, PracticeState, Reply, Said, asks_whether_it_fits, is_due
from integrate.domain.threads import Link, Practice, Station
from integrate.domain.times import ZonedTime
from integrate.journal.opening import Journal
from integrate.storage.practices import Followed, PracticeReader, PracticeWriter
from integrate.storage.purging import Kind, purge
from integrate.storage.threads import ThreadWriter


class Fit(StrEnum):
    """The answer to "Does it still fit?"."""

    KEEP = "keep"
    CHANGE = "change"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class PracticeView:
    """A practice as a page shows it on a day.

    ``said`` is what was said of it on the last day so far on which anything was, beside that it still fits. ``due``: it
    is offered today. ``asks``: today is the day to ask whether it fits. ``unreadable``: some replies are damaged.
    """

    practice: Practice
    said: tuple[Said, ...] = ()
    due: bool = False
    asks: bool = False
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class SavedPractice:
    """A practice as it was saved."""

    practice: Practice
    changes: Changes


def list_practices(
    journal: Journal, states: Collection[PracticeState] = tuple(PracticeState), today: date | None = None
) -> tuple[PracticeView | Unreadable, ...]:
    """Practices, the newest first, without those deleted; a damaged one by its id. ``today`` None asks the clock."""
    day = today or local_today(journal)
    with journal.vault.database.read() as session:
        return tuple(view_of(one, day) for one in PracticeReader(session, day).list(states))


def practices_due(journal: Journal, today: date | None = None) -> tuple[PracticeView, ...]:
    """What is offered today, the earliest begun first. What cannot be read is named by :func:`list_practices`."""
    return tuple(view for view in _open(journal, today) if view.due)


def practice_that_asks(journal: Journal, today: date | None = None) -> PracticeView | None:
    """The one practice of which to ask today whether it still fits, after fourteen quiet days; the oldest goes first.

    A page that shows the question says so with :func:`note_asked`: it is there for the rest of that day, then no more.
    """
    return next((view for view in _open(journal, today) if view.asks), None)


def get_practice(journal: Journal, practice_id: UUID) -> Practice:
    """One practice, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return PracticeReader(session, local_today(journal)).get(practice_id)


def all_said(journal: Journal, practice_id: UUID) -> tuple[Said | Unreadable, ...]:
    """All that was said of a practice, in the order of its days; what is damaged by an id.

    Raises:
        WrongUsage: there is no such practice.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return PracticeReader(session, local_today(journal)).said(practice_id)


def begin_practice(
    journal: Journal, text: str, cadence: Cadence | None = None, *, insight_id: UUID | None = None,
    thread_id: UUID | None = None, since: date | None = None, never_share: bool = False, origin: str = "",
) -> SavedPractice:  # fmt: skip
    """Begin a practice, today unless ``since`` says another day, for when it suits unless it has a cadence.

    What comes from an insight that is never share is never share. Durable when this returns.

    Raises:
        WrongUsage: there is no word in it, or no such insight or thread.
        RecordDamaged: insight or thread is damaged. What any write raises.
    """
    with _writing(journal) as (practices, threads):
        practice = practices.add(
            text, cadence or Cadence(), since or local_today(journal), journal.clock.now(),
            insight_id=insight_id, never_share=never_share,
        )  # fmt: skip
        if thread_id is not None:
            threads.link(Link(thread_id, Station.PRACTICE, practice.id))
    return _saved(practice, origin)


def change_practice(
    journal: Journal, practice_id: UUID, *, text: str | None = None, cadence: Cadence | None = None,
    since: date | None = None, origin: str = "",
) -> SavedPractice:  # fmt: skip
    """Change what is given of a practice and leave the rest.

    Raises:
        WrongUsage: there is none, or there is no word in it.
        RecordDamaged: it is not written over. What any write raises.
    """
    with _writing(journal) as (practices, _threads):
        practice = _change(practices, practice_id, journal, text=text, cadence=cadence, since=since)
    return _saved(practice, origin)


def rest_practice(journal: Journal, practice_id: UUID, *, origin: str = "") -> SavedPractice:
    """Let a practice rest: it is neither offered nor asked about until it is taken up again.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    return _to_state(journal, practice_id, PracticeState.RESTING, origin)


def end_practice(journal: Journal, practice_id: UUID, *, origin: str = "") -> SavedPractice:
    """End a practice; its thread keeps it.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    return _to_state(journal, practice_id, PracticeState.ENDED, origin)


def resume_practice(journal: Journal, practice_id: UUID, *, origin: str = "") -> SavedPractice:
    """Take a practice up again. It begins today: the days it rested ask for nothing.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (practices, _threads):
        was = practices.get(practice_id)
        practice = was
        if was.state is not PracticeState.OPEN:
            taken_up = replace(was, state=PracticeState.OPEN, since=max(was.since, local_today(journal)))
            practice = practices.save(taken_up, journal.clock.now())
    return _saved(practice, origin)


def reply_to_practice(
    journal: Journal, practice_id: UUID, reply: Reply, day: date | None = None, *, origin: str = ""
) -> Changes:
    """Keep what somebody says of a practice, today unless ``day`` is given.

    A day has one answer to whether it was done and one to whether it helped: a later one takes the place of an earlier.

    Raises:
        WrongUsage: there is no such practice. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (practices, _threads):
        practices.say(practice_id, Said(day or local_today(journal), reply), journal.clock.now())
    return _changes(practice_id, origin)


def take_back_reply(
    journal: Journal, practice_id: UUID, said: Said, *, before: Said | None = None, origin: str = ""
) -> Changes:
    """Undo a reply. One that is not there any more is no trouble.

    ``before`` is another reply whose place it took, and which stands again then; without one nothing was said.

    Raises:
        WrongUsage: there is no such practice to say ``before`` of. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (practices, _threads):
        practices.take_back(practice_id, said)
        if before is not None and before != said:
            practices.say(practice_id, before, journal.clock.now())
    return _changes(practice_id, origin)


def note_asked(journal: Journal, practice_id: UUID, day: date | None = None, *, origin: str = "") -> SavedPractice:
    """Note that the question whether a practice still fits was shown, today unless ``day`` is given.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (practices, _threads):
        asked = day or local_today(journal)
        practice = practices.get(practice_id)
        if practice.asked != asked:
            practice = practices.save(replace(practice, asked=asked), journal.clock.now())
    return _saved(practice, origin)


def answer_fit(
    journal: Journal, practice_id: UUID, fit: Fit, *, text: str | None = None, cadence: Cadence | None = None,
    day: date | None = None, origin: str = "",
) -> SavedPractice:  # fmt: skip
    """Answer whether a practice still fits: keep it, change it to ``text`` and ``cadence``, or let it rest.

    Kept or changed, that is a word about it, and it is not asked about again in the next fourteen days.

    Raises:
        WrongUsage: there is none, or there is no word in it.
        RecordDamaged: it is not written over. What any write raises.
    """
    asked, now = day or local_today(journal), journal.clock.now()
    with _writing(journal) as (practices, _threads):
        practice = replace(practices.get(practice_id), asked=asked)
        if fit is Fit.REST:
            practice = practices.save(replace(practice, state=PracticeState.RESTING), now)
        else:
            practices.save(practice, now)
            practices.say(practice_id, Said(asked, Reply.STILL_FITS), now)
            given = (text, cadence) if fit is Fit.CHANGE else (None, None)
            practice = _change(practices, practice_id, journal, text=given[0], cadence=given[1])
    return _saved(practice, origin)


def delete_practice(journal: Journal, practice_id: UUID, *, origin: str = "") -> Changes:
    """Move a practice to Recently deleted, with what was said of it.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (practices, _threads):
        practices.delete(practice_id, journal.clock.now())
    return _changes(practice_id, origin, deleted=True)


def restore_practice(journal: Journal, practice_id: UUID, *, origin: str = "") -> SavedPractice:
    """Take a practice back from Recently deleted, as it was.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as (practices, _threads):
        practice = practices.undelete(practice_id)
    return SavedPractice(practice, _changes(practice_id, origin, deleted=True))


def deleted_practices(journal: Journal) -> tuple[Practice | Unreadable, ...]:
    """Practices that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return PracticeReader(session, local_today(journal)).deleted()


def purge_practice(journal: Journal, practice_id: UUID, *, origin: str = "") -> Changes:
    """Delete a practice for good, with what was said of it; a damaged one too.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.PRACTICE, practice_id)
    return _changes(practice_id, origin, deleted=True)


def view_of(followed: Followed | Unreadable, today: date) -> PracticeView | Unreadable:
    """A practice as a page shows it on the local day ``today``."""
    if isinstance(followed, Unreadable):
        return followed
    practice, said = followed.practice, followed.said
    is_open = practice.state is PracticeState.OPEN
    # Asked earlier today means that the question is on the page now: it stays there until the day is over.
    asked = None if practice.asked == today else practice.asked
    spoken = [one for one in said if one.reply is not Reply.STILL_FITS and one.day <= today]
    last = max((one.day for one in spoken), default=None)
    return PracticeView(
        practice,
        tuple(one for one in spoken if one.day == last),
        due=is_open and is_due(practice.cadence, practice.since, said, today),
        asks=is_open and asks_whether_it_fits(practice.since, said, asked, today),
        unreadable=followed.unreadable,
    )


def local_today(journal: Journal) -> date:
    """The calendar day where the person is."""
    return ZonedTime(journal.clock.now(), journal.clock.zone()).local_date()


def _open(journal: Journal, today: date | None) -> tuple[PracticeView, ...]:
    views = list_practices(journal, (PracticeState.OPEN,), today)
    found = [view for view in views if isinstance(view, PracticeView)]
    return tuple(sorted(found, key=lambda view: (view.practice.since, view.practice.written)))


def _to_state(journal: Journal, practice_id: UUID, state: PracticeState, origin: str) -> SavedPractice:
    with _writing(journal) as (practices, _threads):
        practice = practices.get(practice_id)
        if practice.state is not state:
            practice = practices.save(replace(practice, state=state), journal.clock.now())
    return _saved(practice, origin)


def _change(
    practices: PracticeWriter, practice_id: UUID, journal: Journal, *, text: str | None = None,
    cadence: Cadence | None = None, since: date | None = None,
) -> Practice:  # fmt: skip
    was = practices.get(practice_id)
    changed = replace(
        was,
        text=was.text if text is None else text,
        cadence=was.cadence if cadence is None else cadence,
        since=was.since if since is None else since,
    )
    return was if changed == was else practices.save(changed, journal.clock.now())


@contextmanager
def _writing(journal: Journal) -> Iterator[tuple[PracticeWriter, ThreadWriter]]:
    database = journal.vault.database
    with database.write() as connection:
        yield PracticeWriter(connection, database.sealer), ThreadWriter(connection, database.sealer)


def _saved(practice: Practice, origin: str) -> SavedPractice:
    return SavedPractice(practice, _changes(practice.id, origin))


def _changes(practice_id: UUID, origin: str, *, deleted: bool = False) -> Changes:
    areas = {"practices", "threads", "recently deleted"} if deleted else {"practices", "threads"}
    return Changes(frozenset(areas), frozenset({practice_id}), origin)
