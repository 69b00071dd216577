"""What hangs on a thread, in the words of its page: what it says, and the line below that says when and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from PySide6.QtCore import QDate, QLocale, QTime

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.moments import EFFECTS, STRENGTH_WORDS, Mark, Moment, MomentKind
from integrate.domain.practices import REPLY_WORDS, PracticeState, Reply, cadence_words
from integrate.domain.sessions import Line, Session, SessionState
from integrate.domain.threads import Insight, Station, Thread, ThreadState
from integrate.domain.times import ZonedTime
from integrate.i18n import N_, _
from integrate.journal.practices import PracticeView
from integrate.journal.threads import ThreadView
from integrate.ui.wording import short_day

Item = Line | Moment | Insight | PracticeView
"""One thing at a station of a thread."""

STATION_WORDS: Final = MappingProxyType(
    {
        Station.INTENTION: N_("Intention"),
        Station.MET: N_("Experience"),
        Station.INSIGHT: N_("Insight"),
        Station.PRACTICE: N_("Practice"),
    }
)
STATE_WORDS: Final = MappingProxyType(
    {ThreadState.OPEN: N_("Open"), ThreadState.RESTING: N_("Resting"), ThreadState.CLOSED: N_("Closed")}
)
PRACTICE_STATE_WORDS: Final = MappingProxyType(
    {
        PracticeState.OPEN: N_("It goes on"),
        PracticeState.RESTING: N_("It rests"),
        PracticeState.ENDED: N_("It has ended"),
    }
)
HELP_REPLIES: Final = (Reply.HELPED, Reply.NOT_REALLY, Reply.TOO_SOON)
"""Whether it helped: the three answers a thread asks for."""

_LONGEST_NAME: Final = 60


def local_today(now: datetime, zone: str) -> date:
    """The calendar day where the person is."""
    return ZonedTime(now, zone).local_date()


def brief_day(day: date, today: date) -> str:
    """A day in two words: "4 Oct", and with its year for a day of another one."""
    # Translators: how a date is written in two words; MMM is the short month
    form = _("d MMM") if day.year == today.year else _("d MMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def short_name(text: str) -> str:
    """The beginning of somebody's words on one line, for names of buttons and lists to choose from."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME].rstrip()}…"


def ref_words(ref: SessionRef) -> str:
    """A session by its number: "Session 4"; the course is named from the second on."""
    if ref.course == 1:
        return _("Session {number}").format(number=ref.number)
    return _("Course {course}, session {number}").format(course=ref.course, number=ref.number)


def session_words(session: Session | None, today: date) -> str:
    """A session with its day: "Session 4 · 4 Oct"."""
    if session is None:
        return _("A session")
    name = ref_words(session.ref)
    if session.day is None:
        return name
    day = brief_day(session.day, today)
    if session.state is SessionState.PLANNED:
        day = _("planned for {day}").format(day=day)
    return _("{session} · {day}").format(session=name, day=day)


def thread_name(view: ThreadView, today: date) -> str:
    """What a thread is called: its name, else the beginning of what hangs on it, else the day it was begun."""
    if not view.thread.name.strip():
        for item in (*view.intentions, *view.insights, *view.practices, *view.moments):
            if not isinstance(item, Unreadable):
                return short_name(item_words(item))
    return bare_thread_name(view.thread, today)


def bare_thread_name(thread: Thread, today: date) -> str:
    """The same where only the thread itself is known."""
    return thread.name.strip() or _("Thread of {day}").format(day=brief_day(thread.created.date(), today))


# --- what it says -----------------------------------------------------------------------------------------------------


def item_words(item: Item) -> str:
    """What a thing on a thread says."""
    match item:
        case Moment():
            return mark_words(item.mark)
        case PracticeView():
            return item.practice.text
        case _other:
            return item.text


def is_never_share(item: Item) -> bool:
    """Whether it is marked as never share."""
    return item.practice.never_share if isinstance(item, PracticeView) else item.never_share


def mark_words(mark: Mark) -> str:
    """What a moment says: its words, else its numbers, else that it was one."""
    match mark.kind:
        case MomentKind.VITALS:
            first = _reading_words(mark)
        case MomentKind.EFFECT:
            name = _(EFFECTS[mark.effect]) if mark.effect in EFFECTS else mark.effect
            strength = _(STRENGTH_WORDS[mark.strength]) if mark.strength is not None else ""
            first = _("{effect}, {strength}").format(effect=name, strength=strength)
        case _other:
            return mark.words.strip() or _("A moment")
    return f"{first}. {mark.words.strip()}" if mark.words.strip() else first


def _reading_words(mark: Mark) -> str:
    parts = []
    if mark.pulse is not None:
        parts.append(_("Pulse {pulse}").format(pulse=mark.pulse))
    if mark.systolic is not None:
        # Translators: BP is blood pressure
        parts.append(_("BP {systolic}/{diastolic}").format(systolic=mark.systolic, diastolic=mark.diastolic))
    return " · ".join(parts)


# --- the line below ---------------------------------------------------------------------------------------------------


def item_caption(item: Item, session: Session | None, today: date, zone: str) -> str:
    """When and where it was, in one line; ``session`` is that of an intention or a moment."""
    match item:
        case Line():
            return _line_caption(item, session, today, zone)
        case Moment():
            return _moment_caption(item, session)
        case Insight():
            return short_day(ZonedTime(item.written, zone).local_date(), today, QLocale())
        case PracticeView():
            return practice_caption(item, today)


def _line_caption(line: Line, session: Session | None, today: date, zone: str) -> str:
    """An intention stands on the day it was set, which is seldom that of its session: "Session 4 · 4 Oct"."""
    name = ref_words(session.ref) if session is not None else _("A session")
    day = brief_day(ZonedTime(line.written, zone).local_date(), today)
    return _("{session} · {day}").format(session=name, day=day)


def _moment_caption(moment: Moment, session: Session | None) -> str:
    local = moment.mark.at.local()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    name = ref_words(session.ref) if session is not None else _("A session")
    return _("{session}, {time}").format(session=name, time=time)


def practice_caption(view: PracticeView, today: date) -> str:
    """How often, and how it stands: "Thursdays. Next one: today.", "When it suits you. It helped." Nothing counts."""
    practice = view.practice
    sentences = [_sentence(cadence_words(practice.cadence))]
    if practice.state is PracticeState.RESTING:
        sentences.append(_("Resting."))
    elif practice.state is PracticeState.ENDED:
        sentences.append(_("Ended."))
    elif view.due:
        sentences.append(_("Next one: today."))
    elif (said := last_help(view)) is not None:
        sentences.append(_sentence(_(REPLY_WORDS[said])))
    elif not view.said:
        sentences.append(_since(practice.since, today))
    return " ".join(sentences)


def last_help(view: PracticeView) -> Reply | None:
    """What was said last of whether it helped, if that was the last day anything was said."""
    return next((one.reply for one in view.said if one.reply in HELP_REPLIES), None)


def asks_for_help_reply(view: PracticeView, today: date) -> bool:
    """Whether the three answers stand below it: it was done, or goes on since another day, and none was given yet.

    Once one was given, they come again after the next time it was done. One that is due is not asked about before.
    """
    if view.practice.state is not PracticeState.OPEN or last_help(view) is not None:
        return False
    done = any(one.reply is Reply.DONE for one in view.said)
    return done or (not view.said and not view.due and view.practice.since < today)


def _since(since: date, today: date) -> str:
    if since >= today:
        return _("Since today.") if since == today else _("From {day}.").format(day=brief_day(since, today))
    if since == today - timedelta(days=1):
        return _("Since yesterday.")
    return _("Since {day}.").format(day=brief_day(since, today))


def _sentence(words: str) -> str:
    # Translators: words that become a sentence by the sign at their end
    return _("{words}.").format(words=words)


def unreadable_words(station: Station) -> str:
    """A damaged thing at a station, named in its place."""
    match station:
        case Station.INTENTION:
            return _("This intention could not be read. The rest is fine.")
        case Station.MET:
            return _("This moment could not be read. The rest is fine.")
        case Station.INSIGHT:
            return _("This insight could not be read. The rest is fine.")
        case Station.PRACTICE:
            return _("This practice could not be read. The rest is fine.")


def items_at(view: ThreadView, station: Station) -> Sequence[Item | Unreadable]:
    """What hangs at a station of a thread."""
    match station:
        case Station.INTENTION:
            return view.intentions
        case Station.MET:
            return view.moments
        case Station.INSIGHT:
            return view.insights
        case Station.PRACTICE:
            return view.practices


def item_id(item: Item) -> UUID:
    """The id of a thing on a thread."""
    return item.practice.id if isinstance(item, PracticeView) else item.id


def letter_day(written: datetime, zone: str, session: Session | None, today: date) -> str:
    """When a letter was written: "Written 6 Oct, after session 4"."""
    day = brief_day(ZonedTime(written, zone).local_date(), today)
    if session is None:
        return _("Written {day}").format(day=day)
    if session.ref.course == 1:
        return _("Written {day}, after session {number}").format(day=day, number=session.ref.number)
    return _("Written {day}, after session {number} of course {course}").format(
        day=day, number=session.ref.number, course=session.ref.course
    )


def sealed_words(session: Session | None) -> str:
    """How long a letter that was written after ``session`` is sealed."""
    if session is None:
        return _("Sealed until your next session comes near")
    return _("Sealed until session {number} comes near").format(number=session.ref.number + 1)
