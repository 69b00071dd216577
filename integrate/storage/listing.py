"""The list of entries for a window: all of it as keys and headings, some of it as rows.

It is read with every key somebody types into the search field, so its statements are prepared, and the whole list comes
out of SQLite as one value: a row at a time would take the interpreter's lock a hundred thousand times.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Container, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, text
from sqlalchemy.orm import Session

from integrate.domain.entry import EntrySummary, Filter, Hit, SessionRef, Unreadable, tag_key
from integrate.domain.listing import EntryIndex, MonthRuns, Row, TagUse
from integrate.domain.query import Query
from integrate.domain.times import from_microseconds, to_microseconds
from integrate.errors import EntryMissing
from integrate.storage.entries import FITS_DAYS, FITS_FILTER, NEWEST_FIRST, EntryReader, filter_values
from integrate.storage.interrupts import Task
from integrate.storage.search import Spread, hits_of, matching_records, record, spread_of, summary_of
from integrate.storage.statements import Prepared
from integrate.storage.tables import AttachmentRow, EntryRow, EntryTagRow, table_of

_ENTRY, _TAG, _FILE = table_of(EntryRow).c, table_of(EntryTagRow).c, table_of(AttachmentRow).c
_NO_LIMIT: Final = -1  # as SQLite says it; a subquery with a limit keeps its order
_DAYS_AT_ONCE: Final = 5_000  # counted between two looks at whether anybody still wants to know
_LIVE: Final = _ENTRY.deleted_us.is_(None)


def _one_value(rows: Select[Any]) -> Prepared:
    """Keys and days of all ``rows`` as two JSON arrays."""
    inner = rows.order_by(*NEWEST_FIRST).limit(bindparam("most")).subquery()
    return Prepared(select(func.json_group_array(inner.c.pk), func.json_group_array(inner.c.local_day)))


def _index(spread: Spread, fits: Sequence[ColumnElement[bool]]) -> Prepared:
    return _one_value(select(_ENTRY.pk, _ENTRY.local_day).where(*spread.conditions(), *fits))


# Where nothing but days is asked for, the index of the list answers alone.
_BY_DAYS: Final = MappingProxyType({spread: _index(spread, FITS_DAYS) for spread in Spread})
_BY_ALL: Final = MappingProxyType({spread: _index(spread, FITS_FILTER) for spread in Spread})

# The list of one session has an index of its own. It is found only by a condition that no value switches off.
_OF_SESSION: Final = (_ENTRY.course == bindparam("course"), _ENTRY.session == bindparam("session"))
_SESSION_BY_DAYS: Final = _index(Spread.ALL, (*_OF_SESSION, *FITS_DAYS))
_SESSION_RECORDS: Final = Prepared(
    select(table_of(EntryRow)).where(*_OF_SESSION, *FITS_FILTER).order_by(*NEWEST_FIRST).limit(bindparam("most"))
)

_KEYS: Final = text("entry.pk IN (SELECT value FROM json_each(:keys))")
_RECORDS: Final = Prepared(select(table_of(EntryRow)).where(_KEYS, _LIVE))
_COUNTS: Final = Prepared(
    select(_FILE.entry_pk, func.count())
    .where(text("attachment.entry_pk IN (SELECT value FROM json_each(:keys))"))
    .group_by(_FILE.entry_pk)
)
# Counted in the small table of tags, without a look at each entry; the highest key is the entry written last.
_TAG_USES: Final = Prepared(
    select(_TAG.key, func.count(), func.max(_TAG.entry_pk))
    .where(_TAG.entry_pk.not_in(select(_ENTRY.pk).where(_ENTRY.deleted_us.is_not(None))))
    .group_by(_TAG.key)
)
_TAGS: Final = Prepared(select(_ENTRY.pk, _ENTRY.tags).where(_KEYS))
_FIRST: Final = Prepared(select(_ENTRY.at_us).where(_LIVE).order_by(_ENTRY.at_us).limit(1))
_SAME_DAY: Final = Prepared(
    select(_ENTRY.pk)
    .where(_ENTRY.at_us.between(bindparam("since"), bindparam("until")), _ENTRY.local_day == bindparam("day"), _LIVE)
    .order_by(*NEWEST_FIRST)
)
_MICROSECOND: Final = timedelta(microseconds=1)
_FARTHEST: Final = timedelta(days=1)  # no zone has ever been so far from UTC
_AT_ONCE: Final = 10  # rows read of one day: a few are shown


def _next_to(newer: bool) -> Prepared:
    at: ColumnElement[int] = bindparam("at")
    pk: ColumnElement[int] = bindparam("pk")
    if newer:
        beyond = and_(_ENTRY.at_us >= at, or_(_ENTRY.at_us > at, _ENTRY.pk > pk))
        order: tuple[ColumnElement[Any], ...] = (_ENTRY.at_us, _ENTRY.pk)
    else:
        beyond = and_(_ENTRY.at_us <= at, or_(_ENTRY.at_us < at, _ENTRY.pk < pk))
        order = NEWEST_FIRST
    return Prepared(select(_ENTRY.id).where(beyond, *FITS_FILTER).order_by(*order).limit(1))


_NEWER: Final = _next_to(newer=True)
_OLDER: Final = _next_to(newer=False)


class ListReader:
    """The list as one session sees it. An empty query stands for every entry; ``task`` may end a long look."""

    def __init__(self, session: Session, task: Task) -> None:
        self._session = session
        self._connection = session.connection()
        self._sealer = session.info["sealer"]
        self._task = task

    def first(self, query: Query, which: Filter, limit: int) -> tuple[Row, ...]:
        """The newest ``limit`` rows that fit."""
        if query.is_empty and which.session is not None:
            values = filter_values(which) | {"most": limit}
            return tuple(self._rows(list(map(record, _SESSION_RECORDS.rows(self._connection, values))), query))
        batches = matching_records(self._connection, query, which, limit)
        return tuple(row for batch in batches for row in self._rows(batch, query))

    def index(self, query: Query, which: Filter) -> EntryIndex:
        """Keys and headings of all that fit.

        Raises:
            Stopped: the task was ended.
        """
        spread, values = spread_of(self._connection, query)
        statement = _index_for(spread, which, of_all=query.is_empty)
        ((keys, days),) = statement.rows(self._connection, values | filter_values(which) | {"most": _NO_LIMIT})
        self._task.check()
        months, counted = MonthRuns(), json.loads(days)
        for start, end in pairwise((*range(0, len(counted), _DAYS_AT_ONCE), len(counted))):
            months.add(counted[start:end])
            self._task.check()
        return EntryIndex(array("q", json.loads(keys)), months.runs())

    def by_key(self, keys: Sequence[int], query: Query) -> tuple[Row, ...]:
        """The rows with these keys, in their order; those that are not in the list any more are left out."""
        wanted = json.dumps(list(keys))
        records = {row.pk: row for row in map(record, _RECORDS.rows(self._connection, {"keys": wanted}))}
        return tuple(self._rows([records[key] for key in keys if key in records], query))

    def row_of(self, entry_id: UUID) -> Row:
        """The row of one entry.

        Raises:
            EntryMissing: there is none, or it is in Recently deleted.
        """
        pk = self._session.execute(select(EntryRow.pk).where(EntryRow.id == entry_id.bytes, _LIVE)).scalar_one_or_none()
        if pk is None:
            raise EntryMissing
        (row,) = self.by_key((pk,), Query((), ()))
        return row

    def neighbour(self, entry_id: UUID, which: Filter, *, newer: bool) -> UUID | None:
        """The next entry of the list in one direction that fits, from an entry that need not fit itself.

        Raises:
            EntryMissing, RecordDamaged.
        """
        row = EntryReader(self._session).row(entry_id)
        values = filter_values(which) | {"at": row.at_us, "pk": row.pk}
        found = (_NEWER if newer else _OLDER).run(self._connection, values)
        return None if found is None else UUID(bytes=found)

    def same_day_before(
        self, day: date, limit: int | None = None, without_prompts: Container[str] = ()
    ) -> tuple[EntrySummary, ...]:
        """At most ``limit`` entries of the same month and day in earlier years, the newest first.

        Damaged ones are left out, and those that answer one of ``without_prompts``.
        """
        found: list[EntrySummary] = []
        for entry in self._same_days_before(day):
            if limit is not None and len(found) >= limit:
                break
            if entry.prompt_id is None or entry.prompt_id not in without_prompts:
                found.append(entry)
        return tuple(found)

    def _same_days_before(self, day: date) -> Iterator[EntrySummary]:
        """One year after the other, as they are asked for: of ten years only what is shown is read."""
        first = _FIRST.run(self._connection, {})
        for year in range(day.year - 1, _year_of(first) - 1, -1):
            if not _is_day(year, day):
                continue
            that_day = date(year, day.month, day.day)
            since, until = _around(that_day)
            values = {"since": since, "until": until, "day": that_day.toordinal()}
            keys = [pk for (pk,) in _SAME_DAY.rows(self._connection, values)]
            for start in range(0, len(keys), _AT_ONCE):
                for row in self.by_key(keys[start : start + _AT_ONCE], Query((), ())):
                    if isinstance(row.entry, EntrySummary):
                        yield row.entry

    def tags(self) -> tuple[TagUse, ...]:
        """Every tag of an entry that is in the list, the most used first."""
        counted = _TAG_USES.rows(self._connection, {})
        newest = json.dumps([pk for _key, _count, pk in counted])
        tags = dict(_TAGS.rows(self._connection, {"keys": newest}))
        uses = [TagUse(_spelling(key, tags.get(pk)), count) for key, count, pk in counted]
        return tuple(sorted(uses, key=lambda use: (-use.count, use.tag.casefold())))

    def sessions(self) -> tuple[SessionRef, ...]:
        """Every session that an entry of the list is about, the newest first."""
        pairs = select(_ENTRY.course, _ENTRY.session).where(
            _LIVE, _ENTRY.course.is_not(None), _ENTRY.session.is_not(None)
        )
        found = self._session.execute(pairs.distinct()).all()
        return tuple(sorted((SessionRef(course, number) for course, number in found), reverse=True))

    def _rows(self, records: Sequence[Any], query: Query) -> Iterator[Row]:
        keys = json.dumps([row.pk for row in records])
        files = dict(_COUNTS.rows(self._connection, {"keys": keys}))
        if query.is_empty:
            entries: Iterator[EntrySummary | Hit | Unreadable] = (summary_of(self._sealer, row) for row in records)
        else:
            entries = hits_of(self._connection, self._sealer, records, query)
        for row, found in zip(records, entries, strict=True):
            entry, snippet = (found.entry, found.snippet) if isinstance(found, Hit) else (found, None)
            yield Row(row.pk, entry, snippet, files.get(row.pk, 0))


def _index_for(spread: Spread, which: Filter, *, of_all: bool) -> Prepared:
    """The statement that reads least of all that can answer."""
    if of_all and which.session is not None and which == Filter(which.first_day, which.last_day, session=which.session):
        return _SESSION_BY_DAYS
    only_days = which == Filter(which.first_day, which.last_day)
    return (_BY_DAYS if only_days else _BY_ALL)[spread]


def _around(day: date) -> tuple[int, int]:
    """The microseconds between which ``day`` is today somewhere."""
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    return to_microseconds(midnight) - _FARTHEST // _MICROSECOND, to_microseconds(
        midnight
    ) + 2 * _FARTHEST // _MICROSECOND


def _year_of(instant: object) -> int:
    """The year before which there is nothing; the first of all where that cannot be told."""
    if not isinstance(instant, int):
        return 1 if instant is not None else date.max.year
    try:
        return max(1, (from_microseconds(instant) - _FARTHEST).year)
    except OverflowError:
        return 1


def _is_day(year: int, day: date) -> bool:
    return (day.month, day.day) != (2, 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _spelling(key: str, tags: Any) -> str:
    """How the entry with these ``tags`` spells the tag; the key itself where that cannot be read."""
    try:
        return next((tag for tag in json.loads(tags) if tag_key(tag) == key), key)
    except (ValueError, TypeError, AttributeError):
        return key
