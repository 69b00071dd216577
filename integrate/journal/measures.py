"""Measures: what a check-in asks. Some ship, people add their own, and an answer keeps what was asked when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.measures import Definition, HowOften, Measure
from integrate.journal.opening import Journal
from integrate.storage.measures import MeasureReader, MeasureWriter
from integrate.storage.purging import Kind, purge


@dataclass(frozen=True, slots=True)
class SavedMeasure:
    """A measure as it was saved."""

    measure: Measure
    changes: Changes


def list_measures(journal: Journal, *, all: bool = False) -> tuple[Measure | Unreadable, ...]:
    """The measures that are in use, in their place; a damaged one by its id. ``all``: also those put away.

    A journal in which nothing was changed yet has those that ship.
    """
    with journal.vault.database.read() as session:
        found = MeasureReader(session).list()
    return tuple(one for one in found if all or isinstance(one, Unreadable) or one.in_use)


def get_measure(journal: Journal, measure_id: UUID) -> Measure:
    """One measure, deleted or not.

    Raises:
        WrongUsage: there is none.
        RecordDamaged, DatabaseDamaged.
    """
    with journal.vault.database.read() as session:
        return MeasureReader(session).get(measure_id)


def definitions(journal: Journal) -> Mapping[tuple[UUID, int], Definition]:
    """What each version of each measure means, by measure and version, also where the measure is gone for good.

    A damaged definition is not there.
    """
    with journal.vault.database.read() as session:
        known = MeasureReader(session).known()
    return {(known.ids[number], version): found for (number, version), found in known.definitions.items()}


def add_measure(
    journal: Journal, definition: Definition, how_often: HowOften, *, words: tuple[str, ...] = (), origin: str = ""
) -> SavedMeasure:
    """Add a measure of one's own in the last place; it is in use. Durable when this returns.

    Raises:
        WrongUsage: a list of words has none. What any write raises.
    """
    with _writing(journal) as measures:
        measure = measures.add(definition, how_often, words, journal.clock.now())
    return _saved(measure, origin)


def change_measure(
    journal: Journal, measure_id: UUID, *, definition: Definition | None = None, how_often: HowOften | None = None,
    in_use: bool | None = None, words: tuple[str, ...] | None = None, origin: str = "",
) -> SavedMeasure:  # fmt: skip
    """Change what is given of a measure and leave the rest.

    Another definition is a new version: answers given before keep the one they were given to.

    Raises:
        WrongUsage: there is none, or a list of words has none.
        RecordDamaged: it is not written over. What any write raises.
    """
    with _writing(journal) as measures:
        was = measures.reader.get(measure_id)
        changed = replace(
            was,
            definition=was.definition if definition is None else definition,
            how_often=was.how_often if how_often is None else how_often,
            in_use=was.in_use if in_use is None else in_use,
            words=was.words if words is None else words,
        )
        measure = was if changed == was else measures.save(changed, journal.clock.now())
    return _saved(measure, origin)


def order_measures(journal: Journal, measure_ids: Iterable[UUID], *, origin: str = "") -> Changes:
    """Put these measures in the first places, in their order; the others follow as they were.

    Raises:
        WrongUsage: one of them is not there.
        RecordDamaged: one of them is damaged. What any write raises.
    """
    with _writing(journal) as measures:
        moved = measures.order(measure_ids, journal.clock.now())
    return Changes(frozenset({"measures"}), moved, origin)


def delete_measure(journal: Journal, measure_id: UUID, *, origin: str = "") -> Changes:
    """Move a measure of one's own to Recently deleted. Its answers stay, and keep what they were given to.

    Raises:
        WrongUsage: there is none, or it is one that ships.
        RecordDamaged, and what any write raises.
    """
    with _writing(journal) as measures:
        measures.delete(measure_id, journal.clock.now())
    return _changes(measure_id, origin, deleted=True)


def restore_measure(journal: Journal, measure_id: UUID, *, origin: str = "") -> SavedMeasure:
    """Take a measure back from Recently deleted, as it was.

    Raises:
        WrongUsage: there is none. RecordDamaged, and what any write raises.
    """
    with _writing(journal) as measures:
        measure = measures.undelete(measure_id)
    return SavedMeasure(measure, _changes(measure_id, origin, deleted=True))


def deleted_measures(journal: Journal) -> tuple[Measure | Unreadable, ...]:
    """Measures that can still be taken back, the last one first."""
    with journal.vault.database.read() as session:
        return MeasureReader(session).deleted()


def purge_measure(journal: Journal, measure_id: UUID, *, origin: str = "") -> Changes:
    """Delete a measure for good, a damaged one too, with every definition that no check-in answers.

    What was answered is a person's own and stays, with the name and the range it was answered under, until those
    check-ins are gone for good themselves.

    Raises:
        WrongUsage: there is none. What any write raises.
    """
    purge(journal.vault.database, Kind.MEASURE, measure_id)
    return _changes(measure_id, origin, deleted=True)


@contextmanager
def _writing(journal: Journal) -> Iterator[MeasureWriter]:
    database = journal.vault.database
    with database.write() as connection:
        yield MeasureWriter(connection, database.sealer)


def _saved(measure: Measure, origin: str) -> SavedMeasure:
    return SavedMeasure(measure, _changes(measure.id, origin))


def _changes(measure_id: UUID, origin: str, *, deleted: bool = False) -> Changes:
    areas = {"measures", "recently deleted"} if deleted else {"measures"}
    return Changes(frozenset(areas), frozenset({measure_id}), origin)
