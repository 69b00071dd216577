"""Each chart in one sentence: how much there is, and between which numbers. Neither why nor whether that is good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from integrate.domain.entry import SessionRef
from integrate.domain.measures import Definition
from integrate.domain.trends.aligned import AlignedSession
from integrate.domain.trends.baselines import ScoredResponse, complete_in_order
from integrate.domain.trends.daily import LEAST_DAYS, WINDOW_DAYS, DayValues, trailing_mean, within
from integrate.domain.trends.numbers import decimals_of, number_words, rounded
from integrate.domain.trends.quantiles import median
from integrate.i18n import N_, _, ngettext

FormatDay = Callable[[date], str]
FormatNumber = Callable[[float], str]

CANNOT_SAY_WHY: Final = N_("These numbers cannot say why they moved. Someone on your care team can help you read them.")
LOWER_MEANS_FEWER: Final = N_("Lower means fewer of these problems")

_TOLD_DAYS: Final = (0, 1, 7, 14)
"""The days after a session that the sentence names; the table has all of them."""


def session_words(ref: SessionRef) -> str:
    """A session as in "Session 4"; the course is named from the second on."""
    if ref.course == 1:
        return _("Session {number}").format(number=ref.number)
    return _("Course {course}, session {number}").format(course=ref.course, number=ref.number)


def day_words(day: int) -> str:
    """A day before or after a session: "day −3", "day 0", "day +7"."""
    sign = "+" if day > 0 else "−" if day < 0 else ""
    return _("day {number}").format(number=f"{sign}{abs(day)}")


def period_words(first: int, last: int, format_day: FormatDay = date.isoformat) -> str:
    """The days from ``first`` to ``last``, both inclusive: "12 weeks to 8 October", or both days."""
    end = format_day(date.fromordinal(last))
    weeks, rest = divmod(last - first + 1, 7)
    if weeks and not rest:
        return ngettext("{count} week to {day}", "{count} weeks to {day}", weeks).format(count=weeks, day=end)
    return _("{first} to {last}").format(first=format_day(date.fromordinal(first)), last=end)


def over_time_words(
    definition: Definition, daily: DayValues, first: int, last: int,
    *, format_day: FormatDay = date.isoformat, number: FormatNumber = number_words,
) -> str:  # fmt: skip
    """The chart "Over time" of one measure from ``first`` to ``last``, ordinals and both inclusive.

    Lowest and highest are of the daily values. ``daily`` holds the days before ``first`` as well.
    """
    part, period = within(daily, first, last), period_words(first, last, format_day)
    if not part.days:
        return _("{name}, {period}: no answers.").format(name=definition.name, period=period)
    shown = _shown_by(definition, number)
    average = trailing_mean(daily, last, last)[0]
    if average is None:
        sentence = ngettext(
            "{name}, {period}: {count} day with an answer, lowest {lowest}, highest {highest}; "
            "a 7-day average needs {least} of {window} days.",
            "{name}, {period}: {count} days with an answer, lowest {lowest}, highest {highest}; "
            "a 7-day average needs {least} of {window} days.",
            len(part.days),
        )
    else:
        sentence = ngettext(
            "{name}, {period}: {count} day with an answer, lowest {lowest}, highest {highest}, "
            "7-day average now {average}.",
            "{name}, {period}: {count} days with an answer, lowest {lowest}, highest {highest}, "
            "7-day average now {average}.",
            len(part.days),
        )
    return sentence.format(
        name=definition.name, period=period, count=len(part.days), lowest=shown(min(part.means)),
        highest=shown(max(part.means)), average="" if average is None else shown(average),
        least=LEAST_DAYS, window=WINDOW_DAYS,
    )  # fmt: skip


def _shown_by(definition: Definition, number: FormatNumber) -> FormatNumber:
    """Numbers of a measure with its decimals, in the way ``number`` writes them."""
    decimals = decimals_of(definition)
    return lambda value: number(float(rounded(value, decimals)))


def aligned_words(
    definition: Definition, aligned: Sequence[AlignedSession], *, number: FormatNumber = number_words
) -> str:
    """The chart around sessions: the middle value of the day itself, the next one, and a week and two after it."""
    some = [one for one in aligned if one.values or one.before_start]
    if not some:
        return _("{name} around sessions: no answers near a session.").format(name=definition.name)
    shown = _shown_by(definition, number)
    days = "; ".join(_day_in_words(day, some, shown) for day in _TOLD_DAYS)
    sentence = ngettext("{name} around {count} session: {days}.", "{name} around {count} sessions: {days}.", len(some))
    return sentence.format(name=definition.name, count=len(some), days=days)


def _day_in_words(day: int, aligned: Sequence[AlignedSession], shown: FormatNumber) -> str:
    values = [one.values[day] for one in aligned if day in one.values]
    if not values:
        return _("{day}: no answer").format(day=day_words(day))
    sentence = ngettext("{day}: {value} in {count} session", "{day}: middle value {value} of {count}", len(values))
    return sentence.format(day=day_words(day), value=shown(median(values)), count=len(values))


def year_words(
    definition: Definition, daily: DayValues, year: int, sessions: Iterable[int] = (),
    *, number: FormatNumber = number_words,
) -> str:  # fmt: skip
    """A year day by day. ``sessions`` are the ordinals of days of sessions, of any year."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    part = within(daily, first, last)
    if part.days:
        shown = _shown_by(definition, number)
        sentence = ngettext(
            "{name} in {year}: {count} day with an answer, lowest {lowest}, highest {highest}.",
            "{name} in {year}: {count} days with an answer, lowest {lowest}, highest {highest}.",
            len(part.days),
        )
        words = sentence.format(
            name=definition.name, year=year, count=len(part.days), lowest=shown(min(part.means)),
            highest=shown(max(part.means)),
        )  # fmt: skip
    else:
        words = _("{name} in {year}: no answers.").format(name=definition.name, year=year)
    outlined = len({day for day in sessions if first <= day <= last})
    if not outlined:
        return words
    more = ngettext("{count} day is a session.", "{count} days are sessions.", outlined).format(count=outlined)
    return f"{words} {more}"


def responses_words(
    name: str, responses: Iterable[ScoredResponse], first: int, last: int, *, format_day: FormatDay = date.isoformat
) -> str:
    """One questionnaire from ``first`` to ``last``, ordinals and both inclusive: the first total and the latest."""
    period = period_words(first, last, format_day)
    complete = [one for one in complete_in_order(responses) if first <= one.day <= last]
    if not complete:
        return _("{name}, {period}: no totals.").format(name=name, period=period)
    begin, end = (format_day(date.fromordinal(one.day)) for one in (complete[0], complete[-1]))
    sentence = ngettext(
        "{name}, {period}: {count} total, {last} on {end}.",
        "{name}, {period}: {count} totals, {first} on {begin}, {last} on {end}.",
        len(complete),
    )
    return sentence.format(
        name=name, period=period, count=len(complete), first=complete[0].total, begin=begin, last=complete[-1].total,
        end=end,
    )  # fmt: skip
