"""A check-in in words: what was answered, what it is about, and when it was written, where that is another time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, QTime

from integrate.domain.measures import Definition, MeasureKind
from integrate.i18n import _, ngettext
from integrate.ui.check_in.amounts import amount_words

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.domain.check_ins import Answer, CheckIn
    from integrate.domain.times import ZonedTime

BETWEEN: Final = " · "


def answer_words(answer: Answer, what: Definition) -> str:
    """One answer: "Mood 6 of 10", "Hours of sleep 7.25 hours", "Feeling: calm, tired", "Energy: no answer"."""
    if answer.words:
        return _("{name}: {words}").format(name=what.name, words=", ".join(answer.words))
    if answer.value is None:
        return _("{name}: no answer").format(name=what.name)
    return f"{what.name} {value_words(answer.value, what)}"


def answers_words(check_in: CheckIn, definitions: Mapping[tuple[UUID, int], Definition]) -> str:
    """All answers in one line; those whose measure cannot be read are said as such."""
    known = [(answer, definitions.get((answer.measure_id, answer.version))) for answer in check_in.draft.answers]
    words = [answer_words(answer, what) for answer, what in known if what is not None]
    lost = len(known) - len(words)
    if lost:
        words.append(
            ngettext("One answer could not be read", "{count} answers could not be read", lost).format(count=lost)
        )
    return BETWEEN.join(words)


def value_words(value: float, what: Definition) -> str:
    """A number of a measure: "6 of 10" on a scale, "7.25 hours" where it was typed."""
    number = amount_words(value, str(QLocale().decimalPoint()))
    if what.kind is MeasureKind.SCALE and what.lowest >= 0:
        return _("{value} of {highest}").format(value=number, highest=what.highest)
    return f"{number} {what.unit}".strip()


def clock_words(moment: datetime) -> str:
    """A time of day: "21:00"."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def about_words(at: ZonedTime, zone: str) -> str:
    """The time of day something is about; with its own zone where the computer is in another ``zone`` now."""
    words = clock_words(at.local())
    return words if at.zone == zone else f"{words} ({at.zone.replace('_', ' ')})"


def written_words(check_in: CheckIn, today: date) -> str:
    """When it is about and when it was written, where that differs: "About 5 Oct, 21:00 · written 7 Oct, 08:10"."""
    about, written = check_in.draft.about.local(), check_in.written.local()
    if about.replace(second=0, microsecond=0) == written.replace(second=0, microsecond=0):
        return ""
    words = _("About {when} · written {written}")
    if check_in.added_later:
        words = _("About {when} · written {written} (added later)")
    return words.format(when=_day_and_time(about, today), written=_day_and_time(written, today))


def _day_and_time(moment: datetime, today: date) -> str:
    # Translators: how a short date is written in a line; MMM is the short month
    form = _("d MMM") if moment.year == today.year else _("d MMM yyyy")
    day = QLocale().toString(QDate(moment.year, moment.month, moment.day), form)
    return _("{day}, {time}").format(day=day, time=clock_words(moment))
