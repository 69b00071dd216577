"""What may be handed on: the only reads that a file for somebody else is made from.

Nothing here ever gives what is marked *Never share*, what was made from it, or what is in Recently deleted. Whoever
makes such a file reads nothing of the journal's writing in any other way. Every read raises Stopped once its ``stop``
was set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from integrate.domain.check_ins import CheckIn
from integrate.domain.courses import Course
from integrate.domain.entry import Entry, EntrySummary, SessionRef
from integrate.domain.listing import Stop
from integrate.domain.series import SeriesSet
from integrate.domain.threads import Insight
from integrate.errors import EntryMissing, RecordDamaged
from integrate.journal.check_ins import read_series
from integrate.journal.courses import list_courses
from integrate.journal.opening import Journal
from integrate.journal.people import list_people
from integrate.journal.responses import FinishedResponse, read_scored
from integrate.storage.shareable import EntryChoice, Readable, ShareableEntries
from integrate.storage.shareable_things import ShareablePractice, ShareableSession, ShareableThings, ShareableThread

__all__ = (
    "Readable", "ShareablePractice", "ShareableSession", "ShareableThread", "count_shareable_entries",
    "names_of_people", "shareable_attachment", "shareable_check_ins", "shareable_entries", "shareable_entry",
    "shareable_insights", "shareable_practices", "shareable_responses", "shareable_series", "shareable_sessions",
    "shareable_summaries", "shareable_threads",
)  # fmt: skip


def shareable_entries(
    journal: Journal, first_day: date | None = None, last_day: date | None = None,
    sessions: Collection[SessionRef] | None = None, ids: Collection[UUID] | None = None, *,
    bodies: bool, stop: Stop | None = None,
) -> Iterator[Readable[Entry]]:  # fmt: skip
    """Entries with what is attached to them, the newest first, some at a time as they are asked for.

    Days are inclusive and in each entry's own local date; None is no limit, and each limit narrows the others. Without
    ``bodies`` each body is "". An id that names nothing, or what may not be shared, is simply not there.

    Raises:
        Stopped: ``stop`` was set. DatabaseDamaged.
    """
    database = journal.vault.database
    with database.read(stop) as session:
        reader = ShareableEntries(session, database.begin_task(stop))
        yield from reader.whole(EntryChoice(first_day, last_day, sessions, ids), bodies=bodies)


def shareable_entry(journal: Journal, entry_id: UUID) -> Entry:
    """One entry with its text, for choosing words of it.

    Raises:
        EntryMissing: there is none that may be shared.
        RecordDamaged, DatabaseDamaged.
    """
    for some in shareable_entries(journal, ids=(entry_id,), bodies=True):
        if some.unreadable:
            raise RecordDamaged
        return some.values[0]
    raise EntryMissing


def shareable_summaries(
    journal: Journal, first_day: date | None = None, last_day: date | None = None,
    sessions: Collection[SessionRef] | None = None, *, limit: int | None = None, skip: int = 0,
    stop: Stop | None = None,
) -> Readable[EntrySummary]:  # fmt: skip
    """At most ``limit`` entries as a list shows them, the newest first, after the first ``skip``.

    Raises:
        Stopped: ``stop`` was set. DatabaseDamaged.
    """
    database = journal.vault.database
    with database.read(stop) as session:
        reader = ShareableEntries(session, database.begin_task(stop))
        return reader.summaries(EntryChoice(first_day, last_day, sessions), limit, skip)


def count_shareable_entries(
    journal: Journal, first_day: date | None = None, last_day: date | None = None,
    sessions: Collection[SessionRef] | None = None,
) -> int:  # fmt: skip
    """How many entries there are to choose from, damaged ones too. For the list on the screen: no file says it."""
    database = journal.vault.database
    with database.read() as session:
        return ShareableEntries(session, database.begin_task()).count(EntryChoice(first_day, last_day, sessions))


def shareable_attachment(journal: Journal, attachment_id: UUID, stop: Stop | None = None) -> Iterator[bytes]:
    """The bytes of a photo or file of an entry that may be shared, at most 256 KiB at a time.

    The whole is checked before the last of it is given.

    Raises:
        EntryMissing: there is none, or its entry may not be shared.
        RecordDamaged, DatabaseDamaged. Stopped: ``stop`` was set.
    """
    database = journal.vault.database
    with database.read(stop) as session:
        yield from ShareableEntries(session, database.begin_task(stop)).chunks(attachment_id)


def shareable_sessions(
    journal: Journal, first_day: date | None = None, last_day: date | None = None,
    refs: Collection[SessionRef] | None = None, *, stop: Stop | None = None,
) -> Readable[ShareableSession]:  # fmt: skip
    """Sessions with their lines, moments and side effects, by course and number; of every course.

    Days are inclusive local days of the sessions, None is no limit; days and ``refs`` narrow each other. A session
    without a day is there only where no day is asked for. Letters are never here.
    """
    with _reading(journal, stop) as things:
        return things.sessions(first_day, last_day, refs)


def shareable_threads(journal: Journal, *, stop: Stop | None = None) -> Readable[ShareableThread]:
    """Threads with what may be shared of what hangs on them, the newest first.

    One on which things hang of which none may be shared is left out: its name may speak of them. Damaged things that
    hang on one are not counted here, but by the reads of sessions, insights and practices.
    """
    with _reading(journal, stop) as things:
        return things.threads()


def shareable_insights(journal: Journal, *, stop: Stop | None = None) -> Readable[Insight]:
    """Insights, the newest first. The words of an entry or a moment in Recently deleted are not with them."""
    with _reading(journal, stop) as things:
        return things.insights()


def shareable_practices(journal: Journal, *, stop: Stop | None = None) -> Readable[ShareablePractice]:
    """Practices with all that was said of them, the newest first."""
    with _reading(journal, stop) as things:
        return things.practices()


def shareable_check_ins(
    journal: Journal, first_day: date | None = None, last_day: date | None = None, *, stop: Stop | None = None
) -> Readable[CheckIn]:  # fmt: skip
    """Check-ins of these local days, the last time they are about first. A note that is never share is "".

    Its numbers stay: no gap in a series says that something was kept back.
    """
    with _reading(journal, stop) as things:
        return things.check_ins(first_day, last_day)


def shareable_responses(
    journal: Journal, first_day: date | None = None, last_day: date | None = None
) -> Readable[FinishedResponse]:  # fmt: skip
    """Finished questionnaires about these local days, exactly as they were asked, with their scores; earliest first."""
    scored = read_scored(journal)
    found = tuple(
        one
        for one in scored.responses
        if (first_day is None or first_day <= one.response.day) and (last_day is None or one.response.day <= last_day)
    )
    return Readable(found, scored.unreadable)


def shareable_series(
    journal: Journal, first_day: date | None = None, last_day: date | None = None, stop: Stop | None = None
) -> SeriesSet:
    """Every number answered on these local days: a series is whole, and no note is in it.

    Raises:
        Stopped: ``stop`` was set. DatabaseDamaged.
    """
    return read_series(journal, first_day=first_day, last_day=last_day, stop=stop)


def names_of_people(journal: Journal) -> tuple[str, ...]:
    """The names of the care teams of all courses and of the person's own people, each once.

    Raises:
        RecordDamaged: some of them cannot be read, so that not all could be replaced. DatabaseDamaged.
    """
    courses = list_courses(journal)
    if not all(isinstance(one, Course) for one in courses):
        raise RecordDamaged
    teams = (carer.name for one in courses if isinstance(one, Course) for carer in one.care_team)
    people = (person.name for person in list_people(journal))
    return tuple(dict.fromkeys(name.strip() for name in (*teams, *people)))


@contextmanager
def _reading(journal: Journal, stop: Stop | None) -> Iterator[ShareableThings]:
    database = journal.vault.database
    with database.read(stop) as session:
        yield ShareableThings(session, database.begin_task(stop))
