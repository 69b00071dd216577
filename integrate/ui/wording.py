"""Words that several pages say in the same way."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale

from integrate.i18n import _


def short_day(day: date, today: date, locale: QLocale) -> str:
    """A day in few words: "Today", "Yesterday", "Tue 6 Oct", and with its year for a day of another one."""
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    # Translators: how a short date is written; ddd is the weekday, MMM the month, both short
    form = _("ddd d MMM") if day.year == today.year else _("ddd d MMM yyyy")
    return locale.toString(QDate(day.year, day.month, day.day), form)
