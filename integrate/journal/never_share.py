"""*Never share* of what was made from something else: inherited as it is made, lifted by the person alone."""

from __future__ import annotations

from integrate.domain.entry import Changes
from integrate.domain.threads import Insight, Letter, Practice
from integrate.journal.opening import Journal
from integrate.storage.never_share import Made, put_never_share

__all__ = ("Made", "lift_never_share", "mark_never_share")


def mark_never_share(journal: Journal, seen: Made, *, origin: str = "") -> Changes:
    """Mark an insight, a practice or a letter as never share, and whatever was made from it.

    Raises:
        WrongUsage: there is no such thing any more. RecordDamaged, and what any write raises.
    """
    return _put(journal, seen, True, origin)


def lift_never_share(journal: Journal, seen: Made, *, origin: str = "") -> Changes:
    """Lift it from one thing, as the person sees its words now. What was made from that keeps its own.

    Raises:
        WrongUsage: there is no such thing any more, or its words are not those of ``seen``: nobody lifts it unseen.
        RecordDamaged, and what any write raises.
    """
    return _put(journal, seen, False, origin)


def _put(journal: Journal, seen: Made, never_share: bool, origin: str) -> Changes:
    database = journal.vault.database
    with database.write() as connection:
        changed = put_never_share(connection, database.sealer, seen, never_share)
    match seen:
        case Insight():
            areas = {"insights", "practices", "threads"}
        case Practice():
            areas = {"practices", "threads"}
        case Letter():
            areas = {"letters"}
    return Changes(frozenset(areas), changed, origin)
