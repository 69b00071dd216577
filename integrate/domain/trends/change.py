"""From before the first session to now: two numbers side by side. Why they moved is not in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from integrate.domain.series import Series
from integrate.domain.trends.daily import DayValues, daily_values, within
from integrate.domain.trends.numbers import MOST_DECIMALS, number_words, rounded
from integrate.domain.trends.quantiles import median
from integrate.i18n import _, ngettext

CHANGE_DAYS: Final = 7

_FORM_OF_FRACTIONS: Final = 2  # gettext chooses by whole numbers; "0.5 points" has the form of a few


@dataclass(frozen=True, slots=True)
class CheckInChange:
    """A measure in the week before session 1 and in the last week.

    ``before`` and ``now`` are medians of daily values, None where no day of that week has an answer. ``before_n`` and
    ``now_n`` count the days that have one. The other fields are the ordinals of the first and the last day of each
    week, both inclusive; those of the week before are None while there was no session.
    """

    before: float | None
    before_n: int
    before_first: int | None
    before_last: int | None
    now: float | None
    now_n: int
    now_first: int
    now_last: int


def change_in_check_ins(series: Series, first_session_day: int | None, today: int) -> CheckInChange:
    """The change of one measure: the median of the daily values of 7 days, before session 1 and now.

    Before are the days −7 to −1 of session 1, whose own day is not among them; now are today and the six days before
    it. ``first_session_day`` and ``today`` are ordinals. In the first week after session 1 both weeks have days in
    common; their dates say so.
    """
    daily = daily_values(series)
    now_first = today - CHANGE_DAYS + 1
    now, now_n = _middle(within(daily, now_first, today))
    if first_session_day is None:
        return CheckInChange(None, 0, None, None, now, now_n, now_first, today)
    first, last = first_session_day - CHANGE_DAYS, first_session_day - 1
    before, before_n = _middle(within(daily, first, last))
    return CheckInChange(before, before_n, first, last, now, now_n, now_first, today)


def _middle(daily: DayValues) -> tuple[float | None, int]:
    return (median(daily.means) if daily.means else None), len(daily.means)


def change_words(
    before: float, after: float, unit: str = "", decimals: int = MOST_DECIMALS,
    number: Callable[[float], str] | None = None,
) -> str:  # fmt: skip
    """How far ``after`` lies from ``before``: "7 points lower", "1 point higher" or "no change".

    It is the difference of both numbers as they are shown, with so many ``decimals``, so that everybody can do the sum
    themselves. ``unit`` is a word such as "hours"; "" is points. ``number`` writes a number in the way of a language.
    """
    difference = rounded(after, decimals) - rounded(before, decimals)
    if not difference:
        return _("no change")
    points = abs(difference)
    written = number_words(points) if number is None else number(float(points))
    if unit:
        words = _("{count} {unit} higher") if difference > 0 else _("{count} {unit} lower")
        return words.format(count=written, unit=unit)
    return _points_words(points, higher=difference > 0).format(count=written)


def _points_words(points: Decimal, *, higher: bool) -> str:
    form = int(points) if points == int(points) else _FORM_OF_FRACTIONS
    if higher:
        return ngettext("{count} point higher", "{count} points higher", form)
    return ngettext("{count} point lower", "{count} points lower", form)
