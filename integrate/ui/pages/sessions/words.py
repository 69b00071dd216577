"""Days, times and states of sessions in the words of the Sessions page."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime

from integrate.domain.entry import SessionRef
from integrate.domain.moments import EFFECTS, STRENGTH_WORDS, By, Mark, MomentKind
from integrate.domain.sessions import Session, SessionState
from integrate.i18n import _

_LONGEST_NAME = 60
"""Letters of a line that a screen reader hears in the name of its buttons."""


def full_day(day: date) -> str:
    """A day with its year: "Monday 5 October 2026"."""
    # Translators: how a date is written in full; dddd is the weekday, MMMM the month
    return QLocale().toString(QDate(day.year, day.month, day.day), _("dddd d MMMM yyyy"))


def brief_day(day: date, today: date) -> str:
    """A day in two words: "5 Oct", and with its year for a day of another one."""
    # Translators: how a date is written in two words; MMM is the short month
    form = _("d MMM") if day.year == today.year else _("d MMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def clock_words(moment: datetime) -> str:
    """The wall-clock time of a moment: "14:02"."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def session_title(ref: SessionRef) -> str:
    """The title of a session, in the course that is shown: "Session 4"."""
    return _("Session {number}").format(number=ref.number)


def state_words(session: Session, today: date) -> str:
    """What became of a session, with its day: "5 Oct", "Planned for 19 Oct", "Cancelled"."""
    day = brief_day(session.day, today) if session.day is not None else ""
    match session.state:
        case SessionState.HELD:
            return day
        case SessionState.PLANNED:
            return _("Planned for {day}").format(day=day) if day else _("Planned, no day yet")
        case SessionState.CANCELLED:
            return _("Cancelled, was planned for {day}").format(day=day) if day else _("Cancelled")


def span_words(session: Session) -> str:
    """When it went on: "14:02 to 16:15", "From 14:02"; "" where no start is known."""
    draft = session.draft
    if draft.started is None:
        return clock_words(datetime.combine(date.min, draft.at)) if draft.at is not None else ""
    start = clock_words(draft.started.local())
    if draft.ended is None:
        return _("From {time}").format(time=start)
    return _("{start} to {end}").format(start=start, end=clock_words(draft.ended.local()))


def reading_words(mark: Mark) -> str:
    """Pulse and blood pressure as they were typed: "Pulse 72 · BP 124/78"; "" where there are none."""
    parts = []
    if mark.pulse is not None:
        parts.append(_("Pulse {pulse}").format(pulse=mark.pulse))
    if mark.systolic is not None:
        # Translators: BP is blood pressure
        parts.append(_("BP {systolic}/{diastolic}").format(systolic=mark.systolic, diastolic=mark.diastolic))
    return " · ".join(parts)


def effect_name(effect: str) -> str:
    """The name of a side effect: one of the four, or what somebody typed."""
    return _(EFFECTS[effect]) if effect in EFFECTS else effect


def mark_words(mark: Mark) -> tuple[str, str]:
    """The first line of a moment and the line below it."""
    words = mark.words.strip()
    match mark.kind:
        case MomentKind.VITALS:
            first, rest = reading_words(mark), words
        case MomentKind.EFFECT:
            strength = _(STRENGTH_WORDS[mark.strength]) if mark.strength is not None else ""
            first, rest = _("{effect}, {strength}").format(effect=effect_name(mark.effect), strength=strength), words
        case _other:
            first, rest = words or _("A moment"), reading_words(mark)
    said = _("Sitter's note") if mark.by is By.SITTER else ""
    return first, " · ".join(part for part in (rest, said) if part)


def short_name(text: str) -> str:
    """The beginning of somebody's words, for the names of the buttons beside them."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME].rstrip()}…"
