"""Days and hours in the words of Today, by the language and habits of the system."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import QDate, QLocale

from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.system.clock import Clock

_MORNING: Final = 5
_AFTERNOON: Final = 12
_EVENING: Final = 18
_TURNS: Final = (0, _MORNING, _AFTERNOON, _EVENING)  # hours at which the words at the top may change

_YEAR: Final = re.compile(r"y+")
_SPACERS: Final = r"(?:'[^']*'|[^\w']|年|년)*"  # what stands between the parts of a date: signs and quoted words
_YEARS_WORD: Final = r"^\.?\s*'[^']*'"  # as in "2026. gada"


def local_now(clock: Clock) -> datetime:
    """The wall-clock time where this computer is, with its offset."""
    return ZonedTime(clock.now(), clock.zone()).local()


def greeting(now: datetime, name: str) -> str:
    """The words at the top: "Good evening, Sarah", or "Good evening". The small hours belong to the evening before."""
    if _MORNING <= now.hour < _AFTERNOON:
        return _("Good morning, {name}").format(name=name) if name else _("Good morning")
    if _AFTERNOON <= now.hour < _EVENING:
        return _("Good afternoon, {name}").format(name=name) if name else _("Good afternoon")
    return _("Good evening, {name}").format(name=name) if name else _("Good evening")


def long_day(day: date, locale: QLocale) -> str:
    """A day as this language writes it in full, without the year that everybody knows: "Thursday, 8 October"."""
    return locale.toString(_qdate(day), _without_year(locale.dateFormat(QLocale.FormatType.LongFormat)))


def until_next_turn(now: datetime) -> timedelta:
    """How long until the date or the greeting changes, never less than a second."""
    hours = [hour for hour in _TURNS if hour > now.hour]
    day = now.date() if hours else now.date() + timedelta(days=1)
    # Wall-clock time with the zone's rules: the night in which clocks change is an hour longer or shorter.
    turn = datetime.combine(day, time(hours[0] if hours else 0), now.tzinfo)
    return max(timedelta(seconds=turn.timestamp() - now.timestamp()), timedelta(seconds=1))


def _without_year(form: str) -> str:
    """A Qt date format without its year, and without the signs that joined the year to the rest."""
    year = _YEAR.search(form)
    if year is None:
        return form
    before, after = form[: year.start()], form[year.end() :]
    if not re.sub(_SPACERS, "", before):
        return re.sub(f"^{_SPACERS}", "", after)
    before = re.sub(f"{_SPACERS}$", "", before)
    return before + ("" if re.fullmatch(_SPACERS, after) else re.sub(_YEARS_WORD, "", after))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
