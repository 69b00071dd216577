"""Dates, sessions and moods of an entry in words."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from integrate.domain.entry import SessionRef
from integrate.domain.times import ZonedTime
from integrate.i18n import _

LONGEST_TAG = 24
"""Letters of a tag that its chip shows."""


def day_words(day: date, today: date, locale: QLocale) -> str:
    """A day as in "Tuesday 6 October", and with the year for a day of another one."""
    # Translators: how a date is written in full; dddd is the weekday, MMMM the month
    form = _("dddd d MMMM") if day.year == today.year else _("dddd d MMMM yyyy")
    return locale.toString(QDate(day.year, day.month, day.day), form)


def time_words(moment: datetime, locale: QLocale) -> str:
    """The wall-clock time of ``moment``."""
    return locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def when_words(at: ZonedTime, now: ZonedTime, locale: QLocale) -> str:
    """When an entry was: "Tuesday 6 October, 21:10", and with the zone where that is not the one of ``now``."""
    local = at.local()
    day = day_words(local.date(), now.local_date(), locale)
    words = _("{day}, {time}").format(day=day, time=time_words(local, locale))
    if at.zone == now.zone:
        return words
    return _("{when} ({zone})").format(when=words, zone=zone_words(at.zone))


def zone_words(zone: str) -> str:
    """A time zone as a person reads it."""
    return zone.replace("_", " ")


def moment_words(instant: datetime, zone: str, locale: QLocale) -> str:
    """A moment as in "Tue 6 Oct 2026, 21:10", where one zone stands for all."""
    local = ZonedTime(instant, zone).local()
    qt = QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
    # Translators: how a short date with its year is written; ddd is the weekday, MMM the month, both short
    day = locale.toString(qt, _("ddd d MMM yyyy"))
    return _("{day}, {time}").format(day=day, time=time_words(local, locale))


def session_words(session: SessionRef | None) -> str:
    """A session as in "Session 4"; the course is named from the second on. "Session" where there is none."""
    if session is None:
        return _("Session")
    if session.course == 1:
        return _("Session {number}").format(number=session.number)
    return _("Course {course}, session {number}").format(course=session.course, number=session.number)


def mood_words(mood: int | None) -> str:
    """A mood as in "Mood then: 6"."""
    return _("Mood then") if mood is None else _("Mood then: {mood}").format(mood=QLocale().toString(mood))


def short_tag(tag: str) -> str:
    """A tag that fits on a chip."""
    return tag if len(tag) <= LONGEST_TAG else tag[: LONGEST_TAG - 1].rstrip() + "…"
