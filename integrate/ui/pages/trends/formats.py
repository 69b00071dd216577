"""Dates and numbers of Trends in the way of the person's language."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale

from integrate.i18n import _
from integrate.ui.widgets.chart_paint import chart_names


def day_words(day: date) -> str:
    """A day with its year."""
    # Translators: how a date is written in a table; MMM is the short month
    return QLocale().toString(QDate(day.year, day.month, day.day), _("d MMM yyyy"))


def ordinal_words(day: int) -> str:
    """The same of an ordinal."""
    return day_words(date.fromordinal(day))


def number_words(value: float) -> str:
    """A number with as many decimals as it needs, two at most."""
    return chart_names(QLocale()).number(float(value))
