"""How a report writes dates and numbers: the same on every computer, and readable in every country.

Days are ISO dates with their weekday ("Mon 2026-10-05"), times have 24 hours, numbers a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from integrate.charts.style import Names, Style
from integrate.domain.trends.numbers import number_words
from integrate.i18n import N_, _
from integrate.sharing.font_widths import inter_width

_WEEKDAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS: Final = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WritingStyle:
    """The language of the sentences (a BCP 47 code), its direction, and how charts measure and write."""

    language: str
    right_to_left: bool
    chart: Style


def report_style(language: str = "en", *, right_to_left: bool = False) -> WritingStyle:
    """The style of every report. ``language`` is that of the program's sentences."""
    return WritingStyle(language, right_to_left, Style(_NAMES, measure=inter_width))


def day_words(day: date) -> str:
    """A day with its weekday: "Mon 2026-10-05"."""
    # Translators: a weekday in short and an ISO date
    return _("{weekday} {date}").format(weekday=_(_WEEKDAYS[day.weekday()]), date=day.isoformat())


def ordinal_words(day: int) -> str:
    """The same of an ordinal."""
    return day_words(date.fromordinal(day))


def time_words(moment: time) -> str:
    """A time of day: "14:52"."""
    return f"{moment.hour:02}:{moment.minute:02}"


def value_words(value: float) -> str:
    """A number with only as many decimals as it needs."""
    return number_words(value)


def _month(day: date) -> str:
    return _(_MONTHS[day.month - 1])


_NAMES: Final = Names(
    month=_month,
    # Translators: a month with its year on the axis of a chart
    month_year=lambda day: _("{month} {year}").format(month=_month(day), year=day.year),
    year=lambda day: str(day.year),
    # Translators: a short date on the axis of a chart
    day=lambda day: _("{day} {month}").format(day=day.day, month=_month(day)),
    number=value_words,
)
