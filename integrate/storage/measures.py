"""Measures in the database, with every definition that an answer was ever given to.

A measure that ships is there before it has a row: it gets one when it is first answered or changed, and is from then on
the journal's own. Answers know a measure by its number and version, both of which are sealed and given once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, delete, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from integrate.domain.entry import Unreadable
from integrate.domain.measures import PARTS, Definition, Direction, HowOften, Measure, MeasureKind, clean_words
from integrate.domain.shipped_measures import FIRST_OWN_NUMBER, ShippedMeasure, parse_measures
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.resources import load
from integrate.storage.bases import table_of
from integrate.storage.mood_tables import CheckInRow, MeasureRow, MeasureVersionRow
from integrate.storage.rows import new_id
from integrate.storage.sealed_rows import SealedWriter, damaged, find_row, read_row, unreadable
from integrate.storage.seals import Sealer

_ID_LENGTH: Final = 16
_BEYOND: Final = 2**40
"""No number and no place is ever counted up to here."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the numbers of measures in answers mean.

    ``ids`` are the measures by number, as far as their rows can be read. ``definitions`` are by number and version;
    those that are ``damaged`` are left out and counted. ``versions`` are all there are rows of, by number.
    """

    ids: Mapping[int, UUID]
    definitions: Mapping[tuple[int, int], Definition]
    versions: Mapping[int, frozenset[int]]
    damaged: int

    def id_of(self, number: int) -> UUID:
        """The measure with this number.

        Where neither its row nor any of its definitions can be read, its number stands for it, as an id that no
        measure is ever given: what was answered beside it stays readable, and it is an answer without a definition.

        Raises:
            ValueError: no measure has such a number.
        """
        return self.ids.get(number) or UUID(int=number)

    def number_of(self, measure_id: UUID) -> int | None:
        """The number of a measure, None where there is no such measure."""
        found = next((number for number, found in self.ids.items() if found == measure_id), None)
        stands_for_it = found is None and measure_id.int < _BEYOND and measure_id.int not in self.ids
        return measure_id.int if stands_for_it else found


def shipped_measures() -> tuple[ShippedMeasure, ...]:
    """The measures that ship, in their place.

    Raises:
        ResourceError: the program's data is damaged.
    """
    return load(parse_measures, "measures", "measures.toml")


class MeasureReader:
    """Measures as one session of the database sees them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self) -> tuple[Measure | Unreadable, ...]:
        """Every measure that is not deleted, in its place, whether it is asked or not; a damaged one by its name."""
        rows = self._session.scalars(select(MeasureRow).order_by(MeasureRow.place, MeasureRow.number)).all()
        known = self.known()
        live = [(row.place, self._read(row, known)) for row in rows if row.deleted_us is None]
        live += [(one.place, one) for one in self._without_row(rows, known)]
        return tuple(measure for _place, measure in sorted(live, key=_by_place))

    def deleted(self) -> tuple[Measure | Unreadable, ...]:
        """Measures in Recently deleted, the last one first."""
        rows = self._session.scalars(
            select(MeasureRow)
            .where(MeasureRow.deleted_us.is_not(None))
            .order_by(MeasureRow.deleted_us.desc(), MeasureRow.pk.desc())
        )
        known = self.known()
        return tuple(self._read(row, known) for row in rows)

    def get(self, measure_id: UUID) -> Measure:
        """One measure, deleted or not.

        Raises:
            WrongUsage: there is none.
            RecordDamaged.
        """
        known = self.known()
        if not self.has_row(measure_id):
            shipped = {one.id: one for one in self._without_row((), known)}
            if measure_id in shipped:
                return shipped[measure_id]
        found = self._read(find_row(self._session, MeasureRow, measure_id), known)
        if isinstance(found, Unreadable):
            raise damaged(MeasureRow)
        return found

    def has_row(self, measure_id: UUID) -> bool:
        """Whether there is a row of this measure, or a damaged one that has its number or its key."""
        of_it = MeasureRow.id == measure_id.bytes
        for one in shipped_measures():
            if one.measure.id == measure_id:
                of_it = or_(of_it, MeasureRow.number == one.number, MeasureRow.key == one.measure.key)
        return self._session.scalar(select(MeasureRow.pk).where(of_it).limit(1)) is not None

    def known(self) -> Known:
        """What the numbers in answers mean: all definitions, those of measures that are gone as well."""
        ids = {one.number: one.measure.id for one in shipped_measures()}
        rows = self._session.scalars(select(MeasureRow)).all()
        ids |= {row.number: UUID(bytes=row.id) for row in rows if row.intact}
        definitions: dict[tuple[int, int], Definition] = {}
        versions: dict[int, set[int]] = {}
        bad = 0
        for row in self._session.scalars(select(MeasureVersionRow)).all():
            versions.setdefault(row.number, set()).add(row.version)
            definition = read_row(row, _to_definition)
            if isinstance(definition, Unreadable):
                bad += 1
                continue
            definitions[row.number, row.version] = definition
            ids.setdefault(row.number, UUID(bytes=row.measure_id))
        for shipped in shipped_measures():
            if shipped.number not in versions:
                definitions[shipped.number, shipped.measure.version] = shipped.measure.definition
        return Known(ids, definitions, {number: frozenset(found) for number, found in versions.items()}, bad)

    def _without_row(self, rows: Iterable[MeasureRow], known: Known) -> Sequence[Measure]:
        """The shipped measures that are in none of these rows, each with the version it will have."""
        taken: set[object] = {name for row in rows for name in (row.id, row.number, row.key)}
        return [
            replace(one.measure, version=_version_for(one, known))
            for one in shipped_measures()
            if taken.isdisjoint((one.measure.id.bytes, one.number, one.measure.key))
        ]

    def _read(self, row: MeasureRow, known: Known) -> Measure | Unreadable:
        definition = known.definitions.get((row.number, row.version))
        if definition is None:
            return unreadable(row)
        return read_row(row, lambda intact: _to_measure(intact, definition))


class MeasureWriter:
    """Changes to measures inside one write transaction."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._rows = SealedWriter(connection, sealer)

    @property
    def reader(self) -> MeasureReader:
        """Measures as they are inside the transaction."""
        return MeasureReader(self._rows.session)

    def add(self, definition: Definition, how_often: HowOften, words: tuple[str, ...], now: datetime) -> Measure:
        """A new measure of one's own, asked from now on, in the last place.

        Raises:
            WrongUsage: a list of words has none.
        """
        highest = self._highest(MeasureRow.number, MeasureVersionRow.number, least=FIRST_OWN_NUMBER - 1)
        last = self._highest(MeasureRow.place, least=len(shipped_measures()) - 1)
        measure = Measure(
            new_id(now), "", definition, 1, last + 1, True, how_often, clean_words(definition.kind, words)
        )  # fmt: skip
        self._insert(measure, highest + 1, now, with_version=True)
        return self.reader.get(measure.id)

    def save(self, measure: Measure, now: datetime) -> Measure:
        """Write a measure again as ``measure`` has it; a definition unlike the one before makes a new version.

        Raises:
            WrongUsage: there is none, or a list of words has none.
            RecordDamaged: what is there is damaged; it is not written over.
        """
        row = self._row(measure.id, now)
        was, known = self.reader.get(measure.id), self.reader.known()
        changed = replace(measure, words=clean_words(measure.definition.kind, measure.words))
        version = was.version
        if changed.definition != was.definition:
            version = max(known.versions[row.number]) + 1
            self._add_version(measure.id, row.number, version, changed.definition, now)
        self._rows.change(row, **_columns(replace(changed, version=version)), updated_us=to_microseconds(now))
        return self.reader.get(measure.id)

    def order(self, measure_ids: Iterable[UUID], now: datetime) -> frozenset[UUID]:
        """Put these in the first places, in their order, and all others after them as they were; the ids of all moved.

        One that is damaged and not among them stays where it is, and so does one in Recently deleted.

        Raises:
            WrongUsage: one of them is not there.
            RecordDamaged: one of them is damaged.
        """
        first = tuple(dict.fromkeys(measure_ids))
        for measure_id in first:
            self._row(measure_id, now)
        places = {one.id: one.place for one in self.reader.list() if isinstance(one, Measure)}
        ordered = (*(one for one in first if one in places), *(one for one in places if one not in first))
        moved = {one: place for place, one in enumerate(ordered) if places[one] != place}
        for measure_id, place in moved.items():
            self._rows.change(self._row(measure_id, now), place=place, updated_us=to_microseconds(now))
        return frozenset(moved)

    def keep(self, measure_ids: Iterable[UUID], now: datetime) -> None:
        """Give those that ship a row, so that what answers them keeps its meaning whatever the program says later."""
        known, wanted = self.reader.known(), frozenset(measure_ids)
        for one in shipped_measures():
            if one.measure.id in wanted and not self.reader.has_row(one.measure.id):
                version = _version_for(one, known)
                fresh = version not in known.versions.get(one.number, frozenset())
                self._insert(replace(one.measure, version=version), one.number, now, with_version=fresh)

    def delete(self, measure_id: UUID, now: datetime) -> None:
        """Move to Recently deleted. What was answered stays.

        Raises:
            WrongUsage: there is none, or it is one that ships.
            RecordDamaged.
        """
        row = self._row(measure_id, now)
        if row.key is not None:
            raise WrongUsage(reason=_("This measure comes with Integrate. It can be put away, and is not asked then."))
        if row.deleted_us is None:
            self._rows.change(row, deleted_us=to_microseconds(now))

    def undelete(self, measure_id: UUID) -> Measure:
        """Take back from Recently deleted.

        Raises:
            WrongUsage: there is none. RecordDamaged.
        """
        row = find_row(self._rows.session, MeasureRow, measure_id)
        if row.deleted_us is not None:
            self._rows.change(row, deleted_us=None)
        return self.reader.get(measure_id)

    def _highest(self, *columns: InstrumentedAttribute[int], least: int) -> int:
        """The highest number in these columns, at least ``least``; what damage made of one does not count."""
        found: list[object] = [value for column in columns for value in self._rows.session.scalars(select(column))]
        return max([least, *(value for value in found if isinstance(value, int) and value < _BEYOND)])

    def _row(self, measure_id: UUID, now: datetime) -> MeasureRow:
        self.keep((measure_id,), now)
        return find_row(self._rows.session, MeasureRow, measure_id)

    def _insert(self, measure: Measure, number: int, now: datetime, *, with_version: bool) -> None:
        columns = _columns(measure) | {
            "id": measure.id.bytes, "number": number, "key": measure.key or None,
            "updated_us": to_microseconds(now), "deleted_us": None,
        }  # fmt: skip
        self._rows.add(MeasureRow, columns)
        if with_version:
            self._add_version(measure.id, number, measure.version, measure.definition, now)

    def _add_version(self, measure_id: UUID, number: int, version: int, definition: Definition, now: datetime) -> None:
        name = b"%d.%d of " % (number, version) + measure_id.bytes
        self._rows.add(MeasureVersionRow, {
            "id": hashlib.sha256(name).digest()[:_ID_LENGTH], "measure_id": measure_id.bytes, "number": number,
            "version": version, "kind": str(definition.kind), "name": definition.name, "low": definition.low,
            "high": definition.high, "lowest": definition.lowest, "highest": definition.highest,
            "step": int(definition.step * PARTS), "direction": str(definition.direction), "unit": definition.unit,
            "written_us": to_microseconds(now),
        })  # fmt: skip


def drop_unused_definitions(connection: Connection) -> None:
    """Remove what is left of measures that are gone for good, as far as no check-in, deleted or not, answers it."""
    versions, check_ins = table_of(MeasureVersionRow), table_of(CheckInRow)
    orphans = select(versions.c.pk, versions.c.number, versions.c.version).where(
        versions.c.number.not_in(select(table_of(MeasureRow).c.number))
    )
    for pk, number, version in connection.execute(orphans).all():
        # A quotation mark inside a word is written with a backslash, so this is found as the name of an answer alone.
        named = func.instr(check_ins.c.answers, f'"{answer_key(number, version)}":') > 0
        if connection.execute(select(check_ins.c.pk).where(named).limit(1)).first() is None:
            connection.execute(delete(versions).where(versions.c.pk == pk))


def answer_key(number: int, version: int) -> str:
    """The name of an answer in a check-in's row."""
    return f"{number}.{version}"


def _by_place(placed: tuple[Any, Measure | Unreadable]) -> tuple[bool, int]:
    place = placed[0]
    return (False, place) if isinstance(place, int) else (True, 0)  # damage can change a column's type


def _version_for(shipped: ShippedMeasure, known: Known) -> int:
    """The version a shipped measure has or will have: not 1 where answers to an earlier, damaged row were left."""
    measure, versions = shipped.measure, known.versions.get(shipped.number, frozenset())
    same = [one for one in versions if known.definitions.get((shipped.number, one)) == measure.definition]
    return max(same) if same else max(versions, default=0) + 1


def _to_measure(row: MeasureRow, definition: Definition) -> Measure:
    return Measure(
        id=UUID(bytes=row.id),
        key=row.key or "",
        definition=definition,
        version=row.version,
        place=row.place,
        in_use=row.in_use,
        how_often=HowOften(row.how_often),
        words=tuple(json.loads(row.words)),
        revision=row.rev,
        deleted=None if row.deleted_us is None else from_microseconds(row.deleted_us),
    )


def _to_definition(row: MeasureVersionRow) -> Definition:
    return Definition(
        name=row.name,
        low=row.low,
        high=row.high,
        lowest=row.lowest,
        highest=row.highest,
        step=1 if row.step == PARTS else row.step / PARTS,
        direction=Direction(row.direction),
        kind=MeasureKind(row.kind),
        unit=row.unit,
    )


def _columns(measure: Measure) -> dict[str, Any]:
    return {
        "version": measure.version,
        "place": measure.place,
        "in_use": measure.in_use,
        "how_often": str(measure.how_often),
        "words": json.dumps(measure.words, ensure_ascii=False, separators=(",", ":")),
    }
