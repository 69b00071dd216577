"""What Today may ask, one thing at a time: when a session ended, what became of dates, a letter, a look back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QLocale, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime, find_zone
from integrate.domain.welcome_back import LOOK_BACK, PLAN_HAS_CHANGED, WELCOME_BACK, WRITE_A_LINE
from integrate.i18n import _, ngettext
from integrate.ui.pages.today.quiet_card import AnswerRow, Choice, QuietCard
from integrate.ui.widgets.text import Text
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

NOT_NOW: Final = "not-now"
WRITE: Final = "write"
LOOK: Final = "look-back"
PLAN: Final = "plan"
SAVE: Final = "save"
READ: Final = "read"
TOOK_PLACE: Final = "took-place"
DID_NOT: Final = "did-not"
OTHER_DAY: Final = "other-day"


class WelcomeCard(QuietCard):
    """After thirty quiet days: no question, no count, three ways on. ``may_write`` and ``plan`` leave some out."""

    def __init__(self, theme: Theme, *, may_write: bool, plan: bool) -> None:
        ways = [
            Choice(WRITE, _(WRITE_A_LINE), "primary") if may_write else None,
            Choice(LOOK, _(LOOK_BACK)),
            Choice(PLAN, _(PLAN_HAS_CHANGED), "quiet_neutral") if plan else None,
        ]
        super().__init__(theme, _(WELCOME_BACK), "", [way for way in ways if way], role="title2", small=False)


class TouchPointCard(QuietCard):
    """A look back at a session, offered once: "Not now" is final."""

    def __init__(self, theme: Theme, session: Session, day: int, today: date) -> None:
        choices = [Choice(WRITE, _("Write a few lines")), Choice(NOT_NOW, _("Not now"), "quiet_neutral")]
        since = (today - session.day).days if session.day is not None else day
        title = _touch_point_title(session.ref.number, since)
        super().__init__(theme, title, _("If you like, write down how it is now. A few words are plenty."), choices)
        self.session = session
        self.day = day


class LetterCard(QuietCard):
    """A letter whose time has come."""

    def __init__(self, theme: Theme, letter_id: UUID, number: int | None) -> None:
        title = _("You wrote yourself a letter.")
        if number is not None:
            title = _("You wrote yourself a letter after session {number}.").format(number=number)
        choices = [Choice(READ, _("Read it")), Choice(NOT_NOW, _("Leave it closed for now"), "quiet_neutral")]
        super().__init__(theme, title, _("It was for the time before the next session, which is now."), choices)
        self.letter_id = letter_id


class EndCard(QuietCard):
    """Asks when a session ended, once: it began more than twelve hours ago and has no end."""

    def __init__(self, theme: Theme, session: Session, today: date) -> None:
        from integrate.ui.widgets.day_time import TimeEdit  # rarely needed, and the first screen need not wait for it

        started = session.draft.started
        assert started is not None
        local = started.local()
        text = _("Session {number} began {day} at {time}.").format(
            number=session.ref.number, day=_in_sentence(local.date(), today), time=_clock(local)
        )
        choices = [Choice(SAVE, _("Save")), Choice(NOT_NOW, _("Leave it open"), "quiet_neutral")]
        super().__init__(theme, _("When did it end?"), text, choices)
        self.session = session
        self.field = TimeEdit(theme)
        self.field.setTime(QTime(local.hour, local.minute))
        self.field.setAccessibleName(_("When did it end?"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(self.field)
        row.addStretch(1)
        self.body.addLayout(row)
        self.end_with_answers()

    def ended(self) -> ZonedTime:
        """The time in the field, on the session's own day or, where that is before its start, on the next."""
        started = self.session.draft.started
        assert started is not None
        time = self.field.time()
        local = started.local()
        wall = datetime(local.year, local.month, local.day, time.hour(), time.minute())
        if (time.hour(), time.minute()) < (local.hour, local.minute):
            wall += timedelta(days=1)
        ended = ZonedTime(wall.replace(tzinfo=find_zone(started.zone)), started.zone)
        # The field has no seconds: the minute of the start itself is the start, not a time before it.
        return started if ended.instant < started.instant else ended


class PlansCard(QuietCard):
    """Dates that have gone by, asked about once and together. ``chosen`` brings a session and what became of it."""

    chosen = Signal(object, str)  # Session, the key of an answer

    def __init__(self, theme: Theme, plans: Sequence[Session], today: date) -> None:
        title = ngettext("A planned date has gone by.", "Some planned dates have gone by.", len(plans))
        super().__init__(theme, title, "", [Choice(NOT_NOW, _("Not now"), "quiet_neutral")])
        self.plans = tuple(plans)
        self._rows: list[AnswerRow] = []
        for session in plans:
            self.body.addWidget(self._line(theme, session, today))
        self.end_with_answers()

    def _line(self, theme: Theme, session: Session, today: date) -> QWidget:
        words = session_on_day(session, today)
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(Text(theme, words))
        answers = ((TOOK_PLACE, _("It took place")), (DID_NOT, _("It did not")), (OTHER_DAY, _("Another day")))
        # Translators: the name of a button for a screen reader: an answer, and the session it is about
        choices = [
            Choice(key, said, name=_("{answer}: {what}").format(answer=said, what=words)) for key, said in answers
        ]
        row = AnswerRow(theme, choices)
        row.answered.connect(self._chosen)
        inside.addWidget(row)
        self._rows.append(row)
        return box

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Fit into ``room`` pixels."""
        super().set_room(room, narrow=narrow)
        for row in self._rows:
            row.set_room(room - 2 * (20 if narrow else 24))

    def _chosen(self, key: str) -> None:
        sender = self.sender()
        session = next((plan for plan, row in zip(self.plans, self._rows, strict=True) if row is sender), None)
        if session is not None:
            self.chosen.emit(session, key)


def session_on_day(session: Session, today: date) -> str:
    """A session and its day: "Session 5, Mon 19 Oct"."""
    number = session.ref.number
    if session.day is None:
        return _("Session {number}").format(number=number)
    day = short_day(session.day, today, QLocale())
    return _("Session {number}, {day}").format(number=number, day=day)


def _touch_point_title(number: int, day: int) -> str:
    if day <= 0:
        return _("This is the evening of session {number}.").format(number=number)
    if day == 1:
        return _("Session {number} was yesterday.").format(number=number)
    if day % 7 == 0:
        weeks = day // 7
        sentence = ngettext("Session {number} was a week ago.", "Session {number} was {weeks} weeks ago.", weeks)
        return sentence.format(number=number, weeks=weeks)
    sentence = ngettext("Session {number} was {days} day ago.", "Session {number} was {days} days ago.", day)
    return sentence.format(number=number, days=day)


def _in_sentence(day: date, today: date) -> str:
    """A day in the middle of a sentence."""
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    return _("on {day}").format(day=short_day(day, today, QLocale()))


def _clock(moment: datetime) -> str:
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
