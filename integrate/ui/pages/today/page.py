"""Today: where one begins. The place in the course, a question that fits, what was set and chosen, what was written.

It has three faces: the whole page, the page folded to one field (on the day of a session), and a welcome after thirty
quiet days.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.domain.times import ZonedTime
from integrate.domain.where_words import where_words
from integrate.i18n import _
from integrate.ui.layout import CONTENT_WIDTH, PAGE_SIDE, PAGE_TOP, WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.today.answers import Answers
from integrate.ui.pages.today.beside import Beside
from integrate.ui.pages.today.check_in_place import CheckInPlace
from integrate.ui.pages.today.course_card import CourseCard
from integrate.ui.pages.today.days import local_now, until_next_turn
from integrate.ui.pages.today.head import TodayHead
from integrate.ui.pages.today.notices import CourseTrouble, RecoveryLine
from integrate.ui.pages.today.prompt_card import PromptCard
from integrate.ui.pages.today.question_place import QuestionPlace
from integrate.ui.pages.today.reading import Today, next_prompt, occasion_of, read_today, session_for
from integrate.ui.pages.today.side_column import INDENT
from integrate.ui.registry import PAGES
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.tab_order import tab_through

if TYPE_CHECKING:
    from integrate.domain.entry import Phase
    from integrate.domain.listing import Stop
    from integrate.domain.prompts import Prompt
    from integrate.domain.sessions import Session
    from integrate.ui.pages.today.folded import FoldedToday

_SIDE_WIDTHS: Final = (0, 280, 336)  # of the right column, by width class; 0 is below the card
_NARROW_PADDING: Final = 24
_NO_LIMIT: Final = (1 << 24) - 1  # Qt's own word for no limit
_ONE_COLUMN: Final = 720  # pixels at 100 % that the page grows to while there is little on it
_LONGEST_WAIT: Final = 60_000  # ms: a computer that slept or travelled is at most a minute behind the day


class Face(Enum):
    """What the page shows."""

    WHOLE = "whole"
    FOLDED = "folded"
    WELCOME = "welcome"


class TodayPage(Page):
    """What is drawn here comes from :func:`read_today`; while it is read, the page stays as it was."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme, desk = self.theme, self.desk
        self._width = WidthClass.WIDE
        self._reading: Stop | None = None
        self._asking: Stop | None = None
        self._keeps_prompt = self._wants_check_in = False
        self._today: Today | None = None
        self._chosen: Phase | None = None
        self._folded_by_hand: bool | None = None
        self._has_sessions = any(spec.id == "sessions" for spec in PAGES)
        self._head = TodayHead(theme)
        self._course = CourseCard(theme)
        self._card = PromptCard(theme, desk.preferences.phase, may_write=desk.may_write)
        self._recovery = RecoveryLine(theme)
        self._trouble = CourseTrouble(theme)
        self._add_plan = LinkText(theme, _("Add your plan when you like"), role="caption")
        self._add_plan.hide()
        self._side = Beside(theme, may_write=desk.may_write)
        self._check_in = CheckInPlace(context)
        self._answers = Answers(context, self)
        self._questions = QuestionPlace(theme, self._answers, may_write=desk.may_write, plan=self._has_sessions)
        self._folded: FoldedToday | None = None
        self._lay_out()
        self._connect()
        self._turn = QTimer(self, singleShot=True)
        self._turn.setTimerType(Qt.TimerType.PreciseTimer)
        self._turn.timeout.connect(self._turn_reached)
        self._day = local_now(desk.clock).date()
        self._show_day()

    def _lay_out(self) -> None:
        leading = Qt.AlignmentFlag.AlignLeading
        self._main = QWidget()
        main = QVBoxLayout(self._main)
        main.setContentsMargins(INDENT, 0, INDENT, 0)
        main.setSpacing(16)
        main.addWidget(self._questions)
        main.addWidget(self._check_in)
        main.addWidget(self._card)
        main.addWidget(self._recovery)
        main.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.addWidget(self._main, 1)
        self._columns.addWidget(self._side)
        self._body = QWidget()
        self._content = QVBoxLayout(self._body)
        self._content.setSpacing(20)
        self._content.addWidget(self._head)
        self._wide = QVBoxLayout()  # what is as wide as both columns
        self._wide.setContentsMargins(INDENT, 0, INDENT, 0)
        self._wide.setSpacing(16)
        self._wide.addWidget(self._trouble)
        self._wide.addWidget(self._course)
        self._content.addLayout(self._wide)
        self._content.addLayout(self._columns)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(INDENT, 0, INDENT, 0)
        self._foot.addWidget(self._add_plan, 0, leading)
        self._content.addLayout(self._foot)
        self._content.addStretch(1)
        self._scroll = PageScroll(self.theme)
        self._scroll.set_content(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        shell = self.context.shell
        self._head.new_button.clicked.connect(partial(shell.perform, "new_entry"))
        self._card.write_wanted.connect(self._write)
        self._card.another_wanted.connect(self._another)
        self._card.stop_wanted.connect(self._stop_for_now)
        self._card.phase_wanted.connect(self._choose_phase)
        self._side.entries.entry_wanted.connect(self._open_entry)
        self._side.entries.all_wanted.connect(partial(shell.go, "journal"))
        self._side.practices.replied.connect(self._answers.replied)
        self._side.practices.taken_back.connect(self._answers.taken_back)
        self._side.practices.fit_answered.connect(self._fit_answered)
        self._questions.write_wanted.connect(self._write_about)
        self._questions.page_wanted.connect(self._go)
        self._questions.changed.connect(self._show_face)
        self._answers.settled.connect(self._read)
        self._recovery.make.clicked.connect(partial(shell.go, "settings", section="recovery"))
        self._add_plan.clicked.connect(partial(shell.go, "sessions"))
        self.desk.changed.connect(self._changed)
        self.desk.preferences_changed.connect(self._preferences_changed)
        self.theme.changed.connect(self._arrange)

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Read everything anew; the question may be another one, because answering one moves it back in line."""
        self._keeps_prompt = False
        self._trouble.begin_anew()
        self._questions.begin_anew()
        self._check_in.opened()
        self._show_day()
        self._read()
        # Once it is read: until then the shell gives the focus to the heading, and there may be no question yet.
        self._wants_check_in = bool(arguments.get("check_in")) and self.desk.may_write

    def heading(self) -> QWidget | None:
        """The greeting."""
        return self._head.greeting

    def regions(self) -> Sequence[QWidget]:
        """Header, question, entries; or what there is instead."""
        match self.face():
            case Face.FOLDED if self._folded is not None:
                return (self._folded,)
            case Face.WELCOME:
                return (self._main,)
            case _:
                return (self._head, self._main, self._side)

    def flush(self) -> None:
        """Save what was typed into the one field, or into a card."""
        self._questions.flush()
        self._check_in.flush()
        if self._folded is not None:
            self._folded.save()
            self._folded.mood.flush()

    def perform(self, action_id: str) -> bool:
        """Ctrl Shift A asks for another question, Ctrl Shift D folds the page to one field, and unfolds it."""
        if action_id == "another_prompt" and self.desk.may_write and self.face() is Face.WHOLE:
            self._another()
            return True
        if action_id == "fold_today":
            self.fold(self.face() is Face.WHOLE)
            return True
        if action_id == "new_check_in" and self.desk.may_write:
            self._begin_check_in()
            return True
        return False

    def _begin_check_in(self) -> None:
        """Give the focus to the first question; before anything was read there is none yet."""
        self._wants_check_in = self._today is None
        if self._wants_check_in:
            return
        if self.face() is Face.FOLDED and self._folded is not None and self._folded.mood.has_questions():
            self._folded.mood.focus_first()
            return
        if self.face() is not Face.WHOLE:
            self.fold(False)
        self._check_in.card.focus_first()

    def face(self) -> Face:
        """What is shown now."""
        today = self._today
        by_itself = today is not None and today.session_day
        if self.desk.may_write and (by_itself if self._folded_by_hand is None else self._folded_by_hand):
            return Face.FOLDED
        if today is not None and today.welcome and self._folded_by_hand is None:
            return Face.WELCOME
        return Face.WHOLE

    def fold(self, on: bool) -> None:
        """Show one field only, or all of the page; it stays so for the rest of the day."""
        self._folded_by_hand = on
        self._show_face()
        if self.face() is Face.FOLDED and self._folded is not None:
            self._folded.focus_first()
        else:
            self._head.greeting.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_face(self) -> None:
        face, today = self.face(), self._today
        if face is Face.FOLDED:
            self._make_folded()
        if self._folded is not None:
            self._folded.setVisible(face is Face.FOLDED)
        whole = face is Face.WHOLE
        if today is not None:
            self._course.show_course(today.course, today.day)
        if not whole:
            self._course.hide()
        self._main.setVisible(face is not Face.FOLDED)
        if today is not None and face is not Face.FOLDED:
            self._questions.show_today(today, welcome=face is Face.WELCOME)
        self._side.setVisible(whole)
        self._card.setVisible(whole)
        self._check_in.setVisible(whole)
        self._head.new_button.setVisible(whole and self.desk.may_write)
        words = today is not None and not today.has_recovery_words
        self._recovery.setVisible(whole and words and self.desk.may_write)
        self._add_plan.setVisible(whole and self._has_sessions and self.desk.may_write and _lacks_plan(today))
        self._trouble.show_trouble(today is not None and today.trouble is not None)
        self._arrange()
        folded = () if self._folded is None else (self._folded,)
        asking = (*folded, self._questions, self._check_in)
        tab_through((self._head, self._trouble, *asking, self._card, self._recovery, self._side, self._add_plan))

    def _make_folded(self) -> None:
        if self._folded is None:
            from integrate.ui.pages.today.folded import FoldedToday  # made on the day it is needed

            self._folded = FoldedToday(self.context)
            self._wide.addWidget(self._folded)
            self._folded.unfold_wanted.connect(partial(self.fold, False))
        today = self._today
        if today is not None:
            self._folded.mood.show_now(today.check_in, today.day)
            self._folded.show_due(session_day=today.session_day)
            where = today.course.where if today.course is not None else None
            session = session_for(where, self.phase()) if where is not None else None
            line = where_words(where, today.day).title if where is not None and session is not None else ""
            self._folded.show_place(line, self.phase(), session.ref if session is not None else None)

    def set_width_class(self, width: WidthClass) -> None:
        """Two columns, or one below the other."""
        self._width = width
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window asks for one thing below the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self._width is WidthClass.NARROW
        side, top = (_NARROW_PADDING, _NARROW_PADDING) if narrow else (PAGE_SIDE, PAGE_TOP)
        direction = QBoxLayout.Direction
        self._content.setContentsMargins(side - INDENT, top, side - INDENT, top)
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._columns.setSpacing(24)  # with the indents of both columns 40
        width = self.theme.px(_SIDE_WIDTHS[self._width] + 2 * INDENT)
        self._side.setMinimumWidth(0 if narrow else width)
        self._side.setMaximumWidth(_NO_LIMIT if narrow else width)
        whole = self.face() is Face.WHOLE
        self._body.setMaximumWidth(self.theme.px(CONTENT_WIDTH if whole else _ONE_COLUMN) + 2 * side)
        room = min(self.width(), self._body.maximumWidth()) - 2 * side
        self._recovery.set_room(room)
        self._head.set_room(room)
        alone = narrow or self._side.isHidden()
        beside = room if alone else room + INDENT - width - self._columns.spacing()
        self._card.set_room(beside, narrow=narrow)
        self._check_in.set_room(beside, narrow=narrow)
        self._questions.set_room(beside, narrow=narrow)
        self._course.set_room(room, narrow=narrow)
        self._side.set_room(room + 2 * INDENT if narrow else width)
        if self._folded is not None:
            self._folded.set_room(room, narrow=narrow)

    # --- the day ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """While it is seen, the page follows the day."""
        super().showEvent(event)
        self._turn_reached()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: no reason to wake the computer."""
        super().hideEvent(event)
        self._turn.stop()

    def _turn_reached(self) -> None:
        now = local_now(self.desk.clock)
        self._show_day()
        if now.date() != self._day:
            self._day = now.date()
            self._folded_by_hand, self._chosen = None, None
            self._read()
        wait = min(until_next_turn(now).total_seconds() * 1000, _LONGEST_WAIT)
        self._turn.start(int(wait) + 1)

    def _show_day(self) -> None:
        self._head.show_hour(local_now(self.desk.clock), self.desk.preferences.name.strip())

    # --- what is read -------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if not self.desk.is_open:
            return
        if self._reading is not None:
            self._reading.set()
        preferences = self.desk.preferences
        now = ZonedTime(self.desk.clock.now(), self.desk.clock.zone())
        self._day = now.local_date()
        work = partial(
            read_today, now=now, phase=preferences.phase, chosen=self._chosen, earlier_years=preferences.on_this_day
        )
        self._reading = self.desk.read(self, work, self._show, self._failed)

    def _show(self, today: Today) -> None:
        self._reading = None
        before, self._today = self._today, today
        if before is not None and before.day != today.day:
            self._folded_by_hand = None
        self._card.set_phase(today.phase)
        if not self._keeps_prompt:
            self._card.show_prompt(today.prompt)
        self._side.show_today(today)
        self._check_in.show_today(today)
        self._show_face()
        if self._wants_check_in:
            self._begin_check_in()
        asks = today.practices.asks
        if asks is not None and self.desk.may_write and self.face() is Face.WHOLE and self.isVisible():
            self._answers.fit_asked(asks, today.day)

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self.context.shell.tell_trouble(error)

    def _changed(self, _changes: object) -> None:
        if self.isVisible():  # otherwise opening the page reads it all
            self._keeps_prompt = True
            self._read()

    def _preferences_changed(self) -> None:
        if not self._calendar_known():
            self._card.set_phase(self.desk.preferences.phase)
        self._show_day()
        if self.isVisible():
            self._read()

    def _calendar_known(self) -> bool:
        """Whether the course says which phase it is; else the person's own choice does."""
        return self._today is not None and self._today.occasion.sessions_known

    def phase(self) -> Phase:
        """The phase of what is written now."""
        if self._today is not None and self._calendar_known():
            return self._chosen or self._today.occasion.calendar_phase
        return self.desk.preferences.phase

    # --- what the person wants ----------------------------------------------------------------------------------------

    def _write(self, prompt_id: str) -> None:
        asked: dict[str, object] = {"prompt_id": prompt_id} if prompt_id else {}
        self.context.shell.go("journal", new=True, **asked, phase=self.phase(), **self._about())

    def _about(self) -> dict[str, object]:
        """The session that what is written now is about, where one is known."""
        course = self._today.course if self._today is not None else None
        session = session_for(course.where, self.phase()) if course is not None else None
        return {} if session is None else {"session": session.ref}

    def _write_about(self, session: Session | None) -> None:
        """A few lines after a session, or a line after a while."""
        about = self._about() if session is None else {"session": session.ref}
        self.context.shell.go("journal", new=True, phase=self.phase(), **about)

    def _go(self, page_id: str) -> None:
        self.context.shell.go(page_id)

    def _open_entry(self, entry_id: object) -> None:
        self.context.shell.go("journal", entry_id=entry_id)

    def _another(self) -> None:
        if self._asking is not None:
            self._asking.set()
        prompt = self._card.prompt()
        after = prompt.id if prompt is not None else None
        course = self._today.course if self._today is not None else None
        occasion = occasion_of(course, self.desk.preferences.phase, self._chosen)
        work = partial(next_prompt, occasion=occasion, after=after)
        self._asking = self.desk.read(self, work, self._show_other, self._failed)

    def _show_other(self, prompt: Prompt | None) -> None:
        self._asking = None
        if prompt is not None:
            self._keeps_prompt = True
            self._card.show_prompt(prompt, aloud=True)

    def _stop_for_now(self) -> None:
        """The question goes until the page is opened again. Nothing is kept of it."""
        self._keeps_prompt = True
        self._card.show_prompt(None)
        self._card.focus_first()

    def _choose_phase(self, phase: Phase) -> None:
        """Where the calendar knows the phase, another one is for today; else it is kept until the next choice."""
        self._keeps_prompt = False
        self._card.set_phase(phase)
        today = self._today
        if today is not None and self._calendar_known():
            self._chosen = None if phase is today.occasion.calendar_phase else phase
            self._read()
        else:
            self.desk.change_preferences(self, phase=phase)

    def _fit_answered(self, practice_id: UUID, key: str) -> None:
        asks = self._today.practices.asks if self._today is not None else None
        if asks is not None and asks.practice.id == practice_id:
            self._answers.fit_answered(asks, key)


def _lacks_plan(today: Today | None) -> bool:
    if today is None or today.trouble is not None:
        return False
    return today.course is None or not today.course.has_something
