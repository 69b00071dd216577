"""How the room says times, lengths of time and what was marked. Nothing here repeats what somebody wrote."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QLocale, QTime

from integrate.domain.moments import Mark, MomentKind
from integrate.domain.times import ZonedTime
from integrate.i18n import N_, _, ngettext
from integrate.ui.wording import failure_words

_KINDS: Final = MappingProxyType(
    {
        MomentKind.MARK: N_("A moment"),
        MomentKind.WORDS: N_("A moment"),
        MomentKind.VITALS: N_("A reading"),
        MomentKind.EFFECT: N_("A side effect"),
    }
)


def clock_time(at: ZonedTime) -> str:
    """The time of day where it was, as the person's language writes it."""
    local: datetime = at.local()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def length_words(length: timedelta) -> str:
    """A length of time in words, such as "52 minutes"; a clock that was set back makes it no less than nothing."""
    minutes = max(int(length.total_seconds() // 60), 0)
    hours, rest = divmod(minutes, 60)
    minutes_text = ngettext("{count} minute", "{count} minutes", rest).format(count=rest)
    if not hours:
        return minutes_text
    hours_text = ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    # Translators: a length of time, such as "2 hours 5 minutes"
    return _("{hours} {minutes}").format(hours=hours_text, minutes=minutes_text) if rest else hours_text


def list_line(mark: Mark) -> str:
    """A line of the list, such as "14:52 A moment": when, and of what kind."""
    # Translators: what was marked in the session room; a time, then a word such as "A moment"
    return _("{time}  {what}").format(time=clock_time(mark.at), what=_(_KINDS[mark.kind]))


def marked(mark: Mark) -> str:
    """What is said once it is on the disk."""
    return _("Marked, {time}").format(time=clock_time(mark.at))


def not_kept(error: Exception | None, *, typed: bool) -> str:
    """What is said of a mark that is not on the disk; ``typed``: it stays in its field, else it is tried again."""
    slow = _("The disk takes longer than usual. This is not kept yet.")
    why = slow if error is None else failure_words(error)[0]
    if typed:
        return _("{why} What you typed is still here.").format(why=why)
    return _("{why} It stays here, and is tried again every ten seconds.").format(why=why)


def pulse_words(mark: Mark) -> str:
    """A pulse as it was typed, and when: "88 at 14:30"."""
    return _("{reading} at {time}").format(reading=mark.pulse, time=clock_time(mark.at))


def pressure_words(mark: Mark) -> str:
    """A blood pressure as it was typed, and when: "136/84 at 14:30"."""
    reading = f"{mark.systolic}/{mark.diastolic}"
    return _("{reading} at {time}").format(reading=reading, time=clock_time(mark.at))
