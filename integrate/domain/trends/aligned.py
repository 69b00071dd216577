"""Around sessions: the same days after each session side by side, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from integrate.domain.series import Series
from integrate.domain.sessions import Route, Setting
from integrate.domain.trends.daily import daily_values
from integrate.domain.trends.quantiles import median, quantile
from integrate.domain.trends.sessions import SessionDay

BEFORE: Final = 3
AFTER: Final = 14
MEDIAN_FROM: Final = 2
QUARTILES_FROM: Final = 5


@dataclass(frozen=True, slots=True)
class AlignedSession:
    """The days around one session. Day n is the day of an answer minus the day of the session.

    ``values`` maps each day with an answer to its daily value, in order; other days are gaps. ``begins_at`` and
    ``ends_at`` are the first and the last day that belong to this session at all. ``before_start`` are the answers of
    day 0 from before the start, by time: they are in no value, no line and no median.
    """

    session: SessionDay
    values: Mapping[int, float]
    before_start: tuple[float, ...]
    begins_at: int
    ends_at: int


@dataclass(frozen=True, slots=True)
class SpreadDay:
    """What the sessions have in common on one day. ``n`` counts those with a value.

    Median, lowest and highest are there from 2 of them, both quartiles from 5, otherwise None.
    """

    day: int
    n: int
    median: float | None = None
    lowest: float | None = None
    highest: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None


def align(
    series: Series, sessions: Iterable[SessionDay], before: int = BEFORE, after: int = AFTER
) -> tuple[AlignedSession, ...]:
    """Lay ``series`` around each session, from ``before`` days before it to ``after`` days after it.

    A session's days end on the day before the next session, and begin on the day after the one before it. So a day
    between two sessions may count for both: as day +m of the first and as day −n of the second. Of two sessions on one
    day the second has that day, the first only the days before it. ``sessions`` are all that took place, in any order;
    choose some of them afterwards (:func:`only`), or lines would run on into a session that is not shown.

    On day 0 the answers at or after the start make the value. Where the time of the start is not known, the whole day
    does.
    """
    ordered = sorted(sessions, key=_order)
    daily = daily_values(series)
    by_day = dict(zip(daily.days, daily.means, strict=True))
    own_days = _answers_of(series, {one.day for one in ordered if one.started_us is not None})
    result = []
    for place, session in enumerate(ordered):
        begins, ends = -before, after
        if place > 0:
            begins = min(max(begins, ordered[place - 1].day - session.day + 1), 0)
        if place + 1 < len(ordered):
            ends = min(ends, ordered[place + 1].day - session.day - 1)
        values = {n: by_day[session.day + n] for n in range(begins, ends + 1) if session.day + n in by_day}
        earlier: tuple[float, ...] = ()
        if session.started_us is not None:
            answers = own_days[session.day]
            earlier = tuple(value for instant, value in answers if instant < session.started_us)
            later = [value for instant, value in answers if instant >= session.started_us]
            if later and 0 in values:
                values[0] = sum(later) / len(later)
            else:
                values.pop(0, None)
        result.append(AlignedSession(session, MappingProxyType(values), earlier, begins, ends))
    return tuple(result)


def _order(session: SessionDay) -> tuple[int, bool, int, int, int]:
    """By day; on one day those without a known start first, by their numbers."""
    started = session.started_us
    return session.day, started is not None, started or 0, session.ref.course, session.ref.number


def _answers_of(series: Series, days: set[int]) -> dict[int, list[tuple[int, float]]]:
    """The single answers of ``days``, by instant and value."""
    found: dict[int, list[tuple[int, float]]] = {day: [] for day in days}
    for day, instant, value in zip(series.days, series.instants, series.values, strict=True):
        if day in found:
            found[day].append((instant, value))
    for answers in found.values():
        answers.sort()
    return found


def only(
    aligned: Iterable[AlignedSession], route: Route | None = None, setting: Setting | None = None
) -> tuple[AlignedSession, ...]:
    """Those of one route, of one setting, or of both. None asks for no particular one."""
    return tuple(
        one
        for one in aligned
        if (route is None or one.session.route is route) and (setting is None or one.session.setting is setting)
    )


def spread(aligned: Sequence[AlignedSession], before: int = BEFORE, after: int = AFTER) -> tuple[SpreadDay, ...]:
    """What ``aligned`` have in common on each day from −``before`` to ``after``: one for each day, also with n = 0.

    The median and the range from lowest to highest from 2 sessions on, quartiles (type 7) from 5. Each session counts
    once a day, however often it was answered.
    """
    return tuple(_spread_of(day, _values_on(aligned, day)) for day in range(-before, after + 1))


def _values_on(aligned: Sequence[AlignedSession], day: int) -> list[float]:
    return [one.values[day] for one in aligned if day in one.values]


def _spread_of(day: int, values: Sequence[float]) -> SpreadDay:
    n = len(values)
    if n < MEDIAN_FROM:
        return SpreadDay(day, n)
    lower = quantile(values, 0.25) if n >= QUARTILES_FROM else None
    upper = quantile(values, 0.75) if n >= QUARTILES_FROM else None
    return SpreadDay(day, n, median(values), min(values), max(values), lower, upper)
