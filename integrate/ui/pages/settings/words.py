"""Dates and sizes in the words of Settings."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime

from integrate.domain.times import ZonedTime
from integrate.i18n import _, ngettext
from integrate.system.clock import Clock


def moment_words(instant: datetime, clock: Clock) -> str:
    """An instant as "7 October, 21:40", where this computer is, with the year where it is another one."""
    local = ZonedTime(instant, clock.zone()).local()
    this_year = ZonedTime(clock.now(), clock.zone()).local().year
    locale = QLocale()
    # Translators: how a day is written; MMMM is the month
    form = _("d MMMM") if local.year == this_year else _("d MMMM yyyy")
    day = locale.toString(QDate(local.year, local.month, local.day), form)
    time = locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    return _("{day}, {time}").format(day=day, time=time)


def size_words(size: int) -> str:
    """A size in bytes as a person reads it."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def entries_words(count: int) -> str:
    """So many entries."""
    return ngettext("{count} entry", "{count} entries", count).format(count=QLocale().toString(count))
