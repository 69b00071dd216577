"""What many tests do with measures and check-ins."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from integrate.domain.check_ins import Answer, CheckIn, CheckInDraft
from integrate.domain.measures import Definition, HowOften, Measure
from integrate.domain.series import Series
from integrate.domain.times import ZonedTime
from integrate.journal.check_ins import read_series, record_check_in
from integrate.journal.measures import add_measure, list_measures
from integrate.journal.opening import Journal

MARCH = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def measure(journal: Journal, key: str = "mood") -> Measure:
    """The measure with this key or name, as it is now."""
    readable = [one for one in list_measures(journal, all=True) if isinstance(one, Measure)]
    return next(one for one in readable if key in (one.key, one.name))


def own(journal: Journal, name: str = "Warmth", **fields: Any) -> Measure:
    """A measure of one's own that was just added."""
    return add_measure(journal, Definition(name, **fields), HowOften.EACH).measure


def answer(of: Measure, value: float | None = None, words: tuple[str, ...] = ()) -> Answer:
    """An answer to a measure as it is now."""
    return Answer(of.id, of.version, value, words)


def draft_of(
    *answers: Answer, at: datetime = MARCH, zone: str = "Europe/Lisbon", note: str = "", **more: Any
) -> CheckInDraft:
    """A check-in to be kept."""
    return CheckInDraft(ZonedTime(at, zone), answers, note, **more)


def check_in(journal: Journal, *answers: Answer, **fields: Any) -> CheckIn:
    """Keep a check-in; with no answers, one about mood 6."""
    given = answers or (() if fields.get("note") else (answer(measure(journal), 6),))
    return record_check_in(journal, draft_of(*given, **fields)).check_in


def series_of(journal: Journal, of: Measure, **options: Any) -> list[Series]:
    """The series of one measure, the newest range first."""
    return [one for one in read_series(journal, **options).series if one.measure_id == of.id]
