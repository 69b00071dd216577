"""Moments of a session, and its touch-points."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.moments import Mark, Moment
from integrate.domain.touch_points import clean_days
from integrate.journal.opening import Journal
from integrate.storage.moments import MomentReader, MomentWriter, TouchAnswer
from integrate.storage.never_share import inherit_never_share
from integrate.storage.purging import Kind, purge

__all__ = (
    "SavedMoment", "TouchAnswer", "add_moment", "answer_touch_point", "change_moment", "count_moments",
    "delete_moment", "deleted_moments", "get_moment", "list_moments", "purge_moment", "restore_moment",
    "settled_touch_points",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SavedMoment:
    """A moment as it was saved."""

    moment: Moment
    changes: Changes


def list_moments(journal: Journal, session_id: UUID, limit: int | None = None) -> tuple[Moment | Unreadable, ...]:
    """The first ``limit`` moments of a session in the order of their time, without those deleted; None is all.

    A damaged one stands in its place by its id.

    Raises:
        WrongUsage: there is no such session.
        RecordDamaged: the session is damaged. DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return MomentReader(session).list(session_id, limit)


def count_moments(journal: Journal, session_id: UUID) -> int:
    """How many moments a session has, damaged ones too, without those deleted. Their words are not read for it.

    Raises:
        WrongUsage: there is no such session.
        RecordDamaged: the session is damaged. DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return MomentReader(session).count(session_id)


def get_moment(journal: Journal, moment_id: UUID) -> Moment:
    """One moment, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return MomentReader(session).get(moment_id)


def add_moment(
    journal: Journal, session_id: UUID, mark: Mark, *, never_share: bool = False, origin: str = ""
) -> SavedMoment:
    """Add a moment to a session afterwards, at whatever time it was. Durable when this returns.

    Raises:
        WrongUsage: there is no such session.
        RecordDamaged: the session is damaged. What any write raises.
    """
    with _writing(journal) as writer:
        moment = writer.add(session_id, mark, journal.clock.now(), never_share=never_share)
    return _saved(moment, origin)


def change_moment(
    journal: Journal, moment_id: UUID, mark: Mark | None = None, *, never_share: bool | None = None, origin: str = ""
) -> SavedMoment:
    """Change what is given of a moment and leave the rest; where and when it was marked first stays known.

    One that becomes never share hands that on to the insights and practices that were made from it.

    Raises:
        WrongUsage: there is none.
        RecordDamaged: it is not written over. What any write raises.
    """
    database, handed_on = journal.vault.database, frozenset[UUID]()
    with database.write() as connection:
        writer = MomentWriter(connection, database.sealer)
        was = writer.reader.get(moment_id)
        moment = writer.save(
            moment_id,
            was.mark if mark is None else mark,
            never_share=was.never_share if never_share is None else never_share,
        )
        if moment.never_share and not was.never_share:  # only as it is set: later the person may have lifted it
            handed_on = inherit_never_share(connection, database.sealer, moment_ids=(moment_id,))
    areas = {"moments", *(("insights", "practices", "threads") if handed_on else ())}
    return SavedMoment(moment, Changes(frozenset(areas), handed_on | {moment_id, moment.session_id}, origin))


def delete_moment(journal: Journal, moment_id: UUID, *, origin: str = "") -> Changes:
    """Move a moment to Recently deleted.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        writer.delete(moment_id, journal.clock.now())
        session_id = writer.reader.get(moment_id).session_id
    return _changes(moment_id, session_id, origin=origin, deleted=True)


def restore_moment(journal: Journal, moment_id: UUID, *, origin: str = "") -> SavedMoment:
    """Take a moment back from Recently deleted.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as writer:
        moment = writer.undelete(moment_id)
    return SavedMoment(moment, _changes(moment_id, moment.session_id, origin=origin, deleted=True))


def purge_moment(journal: Journal, moment_id: UUID, *, origin: str = "") -> Changes:
    """Delete a moment for good, a damaged one too. Insights that came from it stay.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.MOMENT, moment_id)
    areas = {"moments", "threads", "insights", "recently deleted"}
    return Changes(frozenset(areas), frozenset({moment_id}), origin)


def deleted_moments(journal: Journal) -> tuple[Moment | Unreadable, ...]:
    """Moments that can still be taken back, the last one first. Those of a deleted session come back with it."""
    with journal.vault.database.read() as session:
        return MomentReader(session).deleted()


def answer_touch_point(
    journal: Journal, session_id: UUID, day: int, answer: TouchAnswer | str, *, origin: str = ""
) -> Changes:
    """Settle the touch-point ``day`` days after a session: "done" or "not-now". The first answer stays.

    Raises:
        ValueError: no such answer, or a day below 0 or beyond a year.
        WrongUsage: there is no such session.
        RecordDamaged: the session is damaged. What any write raises.
    """
    (day,), given = clean_days((day,)), TouchAnswer(answer)
    with _writing(journal) as writer:
        writer.settle(session_id, day, given, journal.clock.now())
    return Changes(frozenset({"touch points"}), frozenset({session_id}), origin)


def settled_touch_points(journal: Journal, session_id: UUID) -> frozenset[int]:
    """The days of a session's touch-points that were answered or declined: they are not offered again.

    Raises:
        WrongUsage: there is no such session.
        RecordDamaged: the session is damaged. DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return MomentReader(session).settled(session_id)


@contextmanager
def _writing(journal: Journal) -> Iterator[MomentWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield MomentWriter(connection, database.sealer)


def _saved(moment: Moment, origin: str) -> SavedMoment:
    return SavedMoment(moment, _changes(moment.id, moment.session_id, origin=origin))


def _changes(moment_id: UUID, session_id: UUID, *, origin: str = "", deleted: bool = False) -> Changes:
    areas = {"moments", "recently deleted"} if deleted else {"moments"}
    return Changes(frozenset(areas), frozenset({moment_id, session_id}), origin)
