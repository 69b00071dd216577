"""Words that several pages say in the same way."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale

from integrate.errors import KnownError
from integrate.i18n import _


def failure_words(error: Exception, after_bug: str = "") -> tuple[str, str]:
    """What went wrong, and what is safe and what to do next. A bug is said to be one; ``after_bug`` follows that."""
    if isinstance(error, KnownError):
        title, *rest = error.sentences()
        return title, " ".join(rest)
    return _("Something went wrong inside Integrate. This is a bug, not your mistake."), after_bug


def short_day(day: date, today: date, locale: QLocale) -> str:
    """A day in few words: "Today", "Yesterday", "Tue 6 Oct", and with its year for a day of another one."""
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    # Translators: how a short date is written; ddd is the weekday, MMM the month, both short
    form = _("ddd d MMM") if day.year == today.year else _("ddd d MMM yyyy")
    return locale.toString(QDate(day.year, day.month, day.day), form)
