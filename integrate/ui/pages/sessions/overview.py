"""The course as a path of its sessions, with its plan and its people beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.courses import Carer, Course, Plan
from integrate.domain.entry import Unreadable
from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime
from integrate.domain.where_words import phase_line
from integrate.i18n import _
from integrate.ui.layout import CONTENT_WIDTH, PAGE_SIDE, PAGE_TOP, WidthClass
from integrate.ui.pages.sessions.course_doings import CourseDoings
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.plan_card import CareTeam, PlanCard
from integrate.ui.pages.sessions.reading import Overview, read_overview
from integrate.ui.pages.sessions.rows import PADDING, SessionRow
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.glyphs import PhaseGlyph
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.ui.page import PageContext

_SIDE_WIDTHS: Final = (0, 280, 336)
_NARROW_PADDING: Final = 24
_NO_LIMIT: Final = (1 << 24) - 1


class OverviewView(QWidget):
    """What :func:`read_overview` found. ``session_wanted`` brings the id of a session.

    ``filled`` follows each time it shows what was read.
    """

    session_wanted = Signal(object)  # UUID
    new_wanted = Signal()
    filled = Signal()

    def __init__(self, context: PageContext, drafts: Drafts) -> None:
        super().__init__()
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._width = WidthClass.WIDE
        self._number: int | None = None  # the course that was chosen; None is the newest
        self._reading: Stop | None = None
        self.shown: Overview | None = None
        self._rows: list[QWidget] = []
        self._on_path: tuple[object, ...] = ()
        self.doings = CourseDoings(context, drafts, self)
        theme = self._theme
        self.heading = Heading(theme, _("Sessions"))
        self._glyph = PhaseGlyph(theme, "prepare")
        self._where = Text(theme, "", "body", "ink2")
        self._courses_menu = Menu(theme)
        self.courses = Chip(theme, "", menu=self._courses_menu)
        self._courses_menu.setParent(self.courses, self._courses_menu.windowFlags())
        self.new_button = Button(theme, _("New session"), "primary", "plus")
        self.empty = EmptyState(
            theme, _("No sessions yet."), _("You can prepare for the first one."),
            (_("Prepare"), None, self.new_wanted.emit) if self._desk.may_write else None,
        )  # fmt: skip
        self.plan = PlanCard(theme, may_write=self._desk.may_write)
        self.team = CareTeam(theme, may_write=self._desk.may_write)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self._theme
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._where, 1)
        line.addStretch()  # while both are hidden: a row without anything would keep the heading from being wide
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.heading)
        words.addLayout(line)
        self.head = QWidget()
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.head)
        self._head_row.setContentsMargins(0, 0, 0, 0)
        self._head_row.setSpacing(12)
        self._head_row.addLayout(words, 1)
        leading = Qt.AlignmentFlag.AlignLeading
        self._head_row.addWidget(self.courses, 0, Qt.AlignmentFlag.AlignBottom | leading)
        self._head_row.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignBottom | leading)
        self._held = Text(theme, "", "label", "ink2", weight=600)
        self.path = Card(theme)
        self.path.setAccessibleName(_("The sessions of this course"))
        inside = QVBoxLayout(self.path)
        inside.setContentsMargins(20 - PADDING, 16, 20 - PADDING, 12)
        inside.setSpacing(0)
        held = QHBoxLayout()
        held.setContentsMargins(PADDING, 0, PADDING, 6)
        held.addWidget(self._held)
        inside.addLayout(held)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        inside.addLayout(self._stack)
        self.closing = self.doings.closing
        self._main = QWidget()
        main = QVBoxLayout(self._main)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(16)
        for part in (self.empty, self.path, self.closing):
            main.addWidget(part)
        main.addStretch(1)
        self.side = QWidget()
        self.side.setAccessibleName(_("My plan"))
        beside = QVBoxLayout(self.side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(16)
        beside.addWidget(self.plan)
        beside.addWidget(self.team)
        beside.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        self._columns.addWidget(self._main, 1)
        self._columns.addWidget(self.side)
        self._body = QWidget()
        self._content = QVBoxLayout(self._body)
        self._content.setSpacing(24)
        self._content.addWidget(self.head)
        self._content.addLayout(self._columns)
        self._content.addStretch(1)
        self._scroll = PageScroll(theme)
        self._scroll.set_content(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        for hidden in (self.courses, self.path, self.closing, self.empty, self.side, self._glyph):
            hidden.hide()

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_wanted)
        self.new_button.setVisible(self._desk.may_write)
        self.plan.edit_wanted.connect(self.doings.edit_plan)
        self.plan.plan_wanted.connect(self.doings.plan_dates)
        self.plan.checklist_wanted.connect(self.doings.edit_checklist)
        self.plan.all_wanted.connect(self.doings.show_instructions)
        self.team.edit_wanted.connect(self._edit_carer)
        self.team.remove_wanted.connect(self._remove_carer)
        self.doings.begun.connect(self._show_newest)
        self._theme.changed.connect(self._arrange)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read everything anew; until then it stays as it was."""
        if not self._desk.is_open:
            return
        if self._reading is not None:
            self._reading.set()
        now = ZonedTime(self._desk.clock.now(), self._desk.clock.zone())
        work = partial(read_overview, number=self._number, now=now)
        self._reading = self._desk.read(self, work, self._show, self._failed)

    def choose_course(self, number: int | None) -> None:
        """Show another course, or with None the newest."""
        self._number = number
        self.read()

    def _show_newest(self) -> None:
        self.choose_course(None)

    def course(self) -> Course | None:
        """The course that is shown."""
        return self.shown.course if self.shown is not None else None

    def may_add(self) -> bool:
        """Whether a session can be added here: to the newest course while it is open, or to the first there will be."""
        shown = self.shown
        if not self._desk.may_write or shown is None:
            return False
        return not shown.courses or (shown.course is not None and shown.is_newest and not shown.course.is_closed)

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self._context.shell.tell_trouble(error)

    def _show(self, found: Overview) -> None:
        self._reading = None
        self.shown = found
        today = ZonedTime(self._desk.clock.now(), self._desk.clock.zone()).local_date()
        course = found.course
        self._show_courses(found)
        self._show_where(found)
        self._show_sessions(found)
        self.empty.setVisible(not found.sessions and (course is None or not course.is_closed))
        self.path.setVisible(bool(found.sessions))
        self._held.set_text(found.held)
        self.side.setVisible(course is not None or self._desk.may_write)
        self.plan.show_course(course or _no_course(), found.missing, today)
        self.team.setVisible(course is not None)
        if course is not None:
            self.team.show_team(course.care_team)
        self.plan.checklist_link.setVisible(course is not None and self._desk.may_write)
        self.doings.show_course(found)
        self.new_button.setVisible(self.may_add() and bool(found.sessions))
        self._arrange()
        self.filled.emit()

    def _show_where(self, found: Overview) -> None:
        words = phase_line(found.where) if found.where is not None and found.is_newest and found.sessions else ""
        if found.course is not None and found.course.is_closed:
            words = _("This course is closed.")
        if any(isinstance(one, Unreadable) for one in found.courses):
            words = " ".join(part for part in (words, _("A course could not be read. The rest is fine.")) if part)
        self._where.set_text(words)
        self._where.setVisible(bool(words))
        phase = found.where.phase if found.where is not None else None
        shows_phase = bool(words) and phase is not None and found.course is not None and not found.course.is_closed
        self._glyph.setVisible(shows_phase)
        if phase is not None:
            self._glyph.set_phase(str(phase))
            self._glyph.setAccessibleName("")  # the words beside it say it

    def _show_courses(self, found: Overview) -> None:
        readable = [one for one in found.courses if isinstance(one, Course)]
        self.courses.setVisible(len(readable) > 1)
        if found.course is None:
            return
        self.courses.set_text(
            _course_words(found.course), _("Course: {course}").format(course=_course_words(found.course))
        )
        self._courses_menu.clear()
        for course in readable:
            choose = partial(self.choose_course, course.number)
            self._courses_menu.add_choice(_course_words(course), choose, on=course.number == found.course.number)

    def _show_sessions(self, found: Overview) -> None:
        held = next((row.session_id for row in self.rows() if row.hasFocus()), None)
        today = ZonedTime(self._desk.clock.now(), self._desk.clock.zone()).local_date()
        over = found.course is not None and found.course.is_closed
        if self._on_path == (found.sessions, today, over):
            return
        self._on_path = (found.sessions, today, over)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        last = len(found.sessions) - 1
        for place, session in enumerate(found.sessions):
            if isinstance(session, Session):
                row = SessionRow(self._theme, session, today, first=place == 0, last=place == last, over=over)
                row.clicked.connect(partial(self._wanted, session.id))
                self._add_row(row)
            else:
                self._add_row(self._unreadable())
        again = next((row for row in self.rows() if row.session_id == held), None)
        if again is not None:
            again.setFocus()

    def _add_row(self, row: QWidget) -> None:
        self._rows.append(row)
        self._stack.addWidget(row)
        row.show()

    def rows(self) -> tuple[SessionRow, ...]:
        """The sessions that can be opened, in order."""
        return tuple(row for row in self._rows if isinstance(row, SessionRow))

    def _unreadable(self) -> QWidget:
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(PADDING, 8, PADDING, 8)
        inside.addWidget(Text(self._theme, _("A session could not be read. The rest is fine."), "caption", "ink2"))
        return box

    def _wanted(self, session_id: UUID, _checked: bool = False) -> None:
        self.session_wanted.emit(session_id)

    def _edit_carer(self, carer: Carer | None) -> None:
        self.doings.edit_carer(carer)

    def _remove_carer(self, carer: Carer) -> None:
        self.doings.remove_carer(carer)

    # --- room ---------------------------------------------------------------------------------------------------------

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
        directions = QBoxLayout.Direction
        self._content.setContentsMargins(side, top, side, top)
        self._columns.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        width = self._theme.px(_SIDE_WIDTHS[self._width])
        self.side.setMinimumWidth(0 if narrow else width)
        self.side.setMaximumWidth(_NO_LIMIT if narrow else width)
        self._body.setMaximumWidth(self._theme.px(CONTENT_WIDTH) + 2 * side)
        room = min(self.width(), self._body.maximumWidth()) - 2 * side
        needed = self.heading.sizeHint().width() + 24
        needed += sum(
            part.sizeHint().width() + 12 for part in (self.courses, self.new_button) if part.isVisibleTo(self)
        )
        fits = needed <= room
        self._head_row.setDirection(directions.LeftToRight if fits else directions.TopToBottom)


def _course_words(course: Course) -> str:
    if course.is_closed:
        return _("Course {number}, closed").format(number=course.number)
    return _("Course {number}").format(number=course.number)


def _no_course() -> Course:
    """What the plan card shows before there is a course: nothing was typed yet."""
    return Course(UUID(int=0), 1, Plan())
