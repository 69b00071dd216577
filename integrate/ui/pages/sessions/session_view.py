"""The page of one session: its facts, and its three stages."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Phase
from integrate.domain.sessions import SessionState
from integrate.domain.times import ZonedTime
from integrate.i18n import _, ngettext
from integrate.ui.layout import CONTENT_WIDTH, PAGE_SIDE, WidthClass
from integrate.ui.pages.sessions.around import Around, WholeSession, read_whole
from integrate.ui.pages.sessions.experience import ExperienceStage
from integrate.ui.pages.sessions.facts import FactsRow
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.integrating import IntegrateStage
from integrate.ui.pages.sessions.parts import stops_in
from integrate.ui.pages.sessions.prepare import PrepareStage
from integrate.ui.pages.sessions.reading import ENTRIES, MOMENTS, OneSession
from integrate.ui.pages.sessions.sections import StageBody
from integrate.ui.pages.sessions.session_doings import SessionDoings
from integrate.ui.pages.sessions.stages import Stages
from integrate.ui.pages.sessions.words import brief_day, session_title, span_words
from integrate.ui.widgets.buttons import Button, IconButton, LinkText
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.ui.page import PageContext

_NARROW_PADDING: Final = 24
_TOP: Final = 24  # the way back stands above the heading, so the page begins higher than others
_AFTER: Final = 40  # ms: what is folded is filled once what is seen has reached the screen, and not just before


class SessionView(QWidget):
    """One session. ``back_wanted`` asks for the overview, ``session_wanted`` brings the id of another session.

    ``missing`` says that the session that was asked for is not there to be shown.
    """

    back_wanted = Signal()
    session_wanted = Signal(object)  # UUID
    missing = Signal(object)  # Exception

    def __init__(self, context: PageContext, drafts: Drafts) -> None:
        super().__init__()
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._width = WidthClass.WIDE
        self._reading: Stop | None = None
        self._session_id: UUID | None = None
        self._stage: Phase | None = None  # the one to open; None is the one the session is in
        self._limit, self._moment_limit = ENTRIES, MOMENTS
        self._to_fill: list[Phase] = []
        self._later = QTimer(self, singleShot=True, interval=_AFTER)
        self._later.timeout.connect(self._fill_next)
        self._wants_all = False  # somebody wanted all three stages; so it stays until one of them is folded
        self.found: OneSession | None = None
        self._around = Around()
        theme = self._theme
        self.doings = SessionDoings(context, drafts, self)
        self.back_link = LinkText(theme, _("Sessions"), role="caption")
        self.held = Text(theme, "", "caption", "ink2", wrap=False)
        self.heading = Heading(theme, _("Session"))
        self.previous_button = IconButton(theme, "chevron-left", _("Previous session"), "Alt+←")
        self.next_button = IconButton(theme, "chevron-right", _("Next session"), "Alt+→")
        self.more_button = IconButton(theme, "ellipsis", _("More about this session"))
        self.room_button = Button(theme, _("Session room"), "secondary", "moon")
        self.took_place_button = Button(theme, _("It took place"))
        self.write_button = Button(theme, _("Write about it"), "primary", "pen-line")
        self.facts = FactsRow(theme, may_write=self._desk.may_write)
        self.prepare = PrepareStage(context)
        self.experience = ExperienceStage(context, drafts)
        self.integrate = IntegrateStage(context, drafts)
        self.all_button = FlushButton(theme, _("Show all three"), neutral=True)
        bodies: dict[Phase, StageBody] = {
            Phase.PREPARE: self.prepare, Phase.EXPERIENCE: self.experience, Phase.INTEGRATE: self.integrate,
        }  # fmt: skip
        self.stages = Stages(theme, bodies)
        self.stages.opening.connect(self._fill_now)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        crumbs = QHBoxLayout()
        crumbs.setSpacing(6)
        crumbs.addWidget(self.back_link)
        sign = "chevron-left" if self.isRightToLeft() else "chevron-right"
        crumbs.addWidget(Icon(self._theme, sign, "ink3", 14))
        crumbs.addWidget(self.held)
        crumbs.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(crumbs)
        words.addWidget(self.heading)
        arrows = QHBoxLayout()
        arrows.setSpacing(4)
        for arrow in (self.previous_button, self.next_button, self.more_button):
            arrows.addWidget(arrow)
        arrows.addStretch(1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        self._buttons.addLayout(arrows)
        self._buttons.addWidget(self.room_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._buttons.addWidget(self.took_place_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._buttons.addWidget(self.write_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.head = QWidget()
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.head)
        self._head_row.setContentsMargins(0, 0, 0, 0)
        self._head_row.setSpacing(12)
        self._head_row.addLayout(words, 1)
        self._head_row.addLayout(self._buttons)
        self._body = QWidget()
        self._content = QVBoxLayout(self._body)
        self._content.setSpacing(20)
        for part in (self.head, self.facts):
            self._content.addWidget(part)
        self._below = QVBoxLayout()
        self._below.setSpacing(4)
        self._below.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignTrailing)
        self._below.addWidget(self.stages)
        self._below.addStretch()
        self._content.addLayout(self._below, 1)
        self._scroll = PageScroll(self._theme)
        self._scroll.set_content(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        self.back_link.clicked.connect(self.back_wanted)
        self.previous_button.clicked.connect(partial(self.go, -1))
        self.next_button.clicked.connect(partial(self.go, 1))
        self.more_button.clicked.connect(self._open_menu)
        self.room_button.clicked.connect(partial(self._context.program.perform, "session_room"))
        self.took_place_button.clicked.connect(self._log)
        self.write_button.clicked.connect(self._write)
        self.facts.edit_wanted.connect(self.edit)
        self.all_button.clicked.connect(self._show_all)
        self.stages.pressed.connect(self._pressed)
        self.stages.arranged.connect(self._fit_stages)
        self._fit_stages()
        for stage in (self.prepare, self.experience, self.integrate):
            stage.told.connect(self._tell)
        for part in (self.prepare, self.integrate):
            part.thread_wanted.connect(self._open_thread)
            part.threads_wanted.connect(self._open_threads)
        self.integrate.entry_wanted.connect(self._open_entry)
        self.integrate.more_wanted.connect(self._show_older)
        self.experience.more_wanted.connect(self._show_later)
        self.doings.gone.connect(self.back_wanted)
        self._theme.changed.connect(self._arrange)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_session(self, session_id: UUID, stage: Phase | None = None) -> None:
        """Show a session, opened on ``stage``, or on the one it is in."""
        self.flush()
        self._session_id, self._stage = session_id, stage
        self._limit, self._moment_limit = ENTRIES, MOMENTS
        self.read()

    def current_id(self) -> UUID | None:
        """The session that is shown, or will be in a moment."""
        return self._session_id

    def leave(self) -> None:
        """Show no session: its words go."""
        self.flush()
        self._session_id = None
        if self._reading is not None:
            self._reading.set()
            self._reading = None

    def read(self) -> None:
        """Read everything anew; until then it stays as it was."""
        if self._session_id is None or not self._desk.is_open:
            return
        if self._reading is not None:
            self._reading.set()
        work = partial(
            read_whole,
            session_id=self._session_id,
            now=self._now(),
            limit=self._limit,
            moment_limit=self._moment_limit,
        )
        self._reading = self._desk.read(self, work, self._show, self._failed)

    def flush(self) -> None:
        """Keep what is being written."""
        self.prepare.flush()
        self.integrate.flush()

    def go(self, by: int, _checked: bool = False) -> None:
        """The session before this one or after it, if there is one."""
        if self.found is None:
            return
        wanted = self.found.before if by < 0 else self.found.after
        if wanted is not None:
            self.session_wanted.emit(wanted)

    def edit(self) -> None:
        """Open the sheet with the facts."""
        if self.found is not None:
            self.doings.edit(self.found.session)

    def _now(self) -> ZonedTime:
        return ZonedTime(self._desk.clock.now(), self._desk.clock.zone())

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self.missing.emit(error)

    def _show(self, whole: WholeSession) -> None:
        self._reading = None
        found, self._around = whole.one, whole.around
        is_other = self.found is None or self.found.session.id != found.session.id
        changed_state = not is_other and self.found is not None and self.found.session.state is not found.session.state
        self.found = found
        session = found.session
        self.heading.set_text(session_title(session.ref))
        self.held.set_text(found.held)
        self.previous_button.setEnabled(found.before is not None)
        self.next_button.setEnabled(found.after is not None)
        may_write = self._desk.may_write
        self.more_button.setVisible(may_write)
        self.write_button.setVisible(may_write)
        self.took_place_button.setVisible(may_write and session.state is not SessionState.HELD)
        self.room_button.setVisible(may_write and (session.state is SessionState.PLANNED or found.running))
        self.facts.show_session(session, over=self._around.course_over)
        self._show_captions(found)
        if is_other or changed_state or self._stage is not None:
            self._to_fill = []  # what opens is filled below
            all_of_them = self._wants_all and self._stage is None
            self.stages.open_only(*(Phase if all_of_them else (self._stage or stage_of(found),)))
            self._stage = None
        current = stage_of(found)
        self._to_fill = sorted(Phase, key=lambda phase: (self.stages.is_open(phase), phase is current))
        while self._to_fill and self.stages.is_open(self._to_fill[-1]):  # the last is filled first
            self._fill(self._to_fill.pop())
            if is_other:
                break  # of another session one stage at a time: all three in one go would keep the window busy
        for phase in self._to_fill:
            self.stages.inside(phase).setVisible(not is_other)  # what it holds is of the session before
        self._later.start()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)
        self._arrange()

    def _fill_next(self) -> None:
        """What is folded can wait until what is seen is on the screen; one stage after the other."""
        if self._to_fill and self._session_id is not None:
            self._fill(self._to_fill.pop())
            self._later.start()
        else:
            self._order_stops()

    def _fill_now(self, phase: Phase) -> None:
        """Somebody opens it: now it is seen."""
        if phase in self._to_fill:
            self._to_fill.remove(phase)
            self._fill(phase)

    def _show_all(self) -> None:
        """All three stages are wanted, of this session and of those that are looked at next."""
        self._wants_all = True
        self.stages.open_only(*Phase)
        self.stages.heads[Phase.PREPARE].setFocus(Qt.FocusReason.TabFocusReason)  # the button is not there any more
        self._order_stops()

    def _pressed(self) -> None:
        self._wants_all = self._wants_all and self.stages.are_all_open()
        self._order_stops()

    def _fit_stages(self) -> None:
        """Side by side they are as high as the page; a list ends where its words do."""
        beside = self.stages.are_beside()
        self._below.setStretch(1, int(beside))
        self._below.setStretch(2, int(not beside))
        self.all_button.setVisible(not self.stages.are_all_open())
        wide = self._width is WidthClass.WIDE
        self.all_button.setText(_("Show all three side by side") if wide else _("Show all three"))
        self.all_button.updateGeometry()

    def _order_stops(self) -> None:
        """Tab goes as one reads: Qt goes by when a thing was made, and some are made anew each time."""
        parts: list[QWidget] = [self.head, self.facts, self.all_button]
        for phase in self.stages.in_order():
            parts += [self.stages.heads[phase], self.stages.inside(phase)]
        for before, after in pairwise(stop for part in parts for stop in stops_in(part)):
            QWidget.setTabOrder(before, after)

    def _fill(self, phase: Phase) -> None:
        found, today = self.found, self._now().local_date()
        if found is None:
            return
        self.stages.inside(phase).show()
        match phase:
            case Phase.PREPARE:
                self.prepare.show_session(found, self._around, today)
            case Phase.EXPERIENCE:
                self.experience.show_moments(found.session, found.moments, found.moment_count)
            case Phase.INTEGRATE:
                self.integrate.show_session(found, self._around, today)

    def _show_captions(self, found: OneSession) -> None:
        session, today = found.session, self._now().local_date()
        heads = self.stages.heads
        heads[Phase.PREPARE].set_caption(self.prepare.caption(found.lines, today))
        span = span_words(session)
        if session.state is SessionState.PLANNED:
            is_ahead = session.day is not None and not self._around.course_over
            span = brief_day(session.day, today) if session.day is not None and is_ahead else ""
        heads[Phase.EXPERIENCE].set_caption(_("going on") if found.running else span)
        if found.day is not None and session.state is SessionState.HELD:
            words = _("day {day}").format(day=found.day)
        else:
            count = found.entry_count
            words = ngettext("{count} entry", "{count} entries", count).format(count=count) if count else ""
        heads[Phase.INTEGRATE].set_caption(words)

    # --- what the person wants ----------------------------------------------------------------------------------------

    def _tell(self, words: str, undo: object) -> None:
        self._context.shell.toast(words, undo if callable(undo) else None)

    def _open_entry(self, entry_id: object) -> None:
        self._context.shell.go("journal", entry_id=entry_id)

    def _open_thread(self, thread_id: object) -> None:
        self._context.shell.go("threads", thread_id=thread_id)

    def _open_threads(self) -> None:
        self._context.shell.go("threads")

    def _show_older(self) -> None:
        self._limit += ENTRIES
        self.read()

    def _show_later(self) -> None:
        self._moment_limit += MOMENTS
        self.read()

    def _write(self) -> None:
        if self.found is not None:
            phase = stage_of(self.found)
            self._context.shell.go("journal", new=True, phase=phase, session=self.found.session.ref)

    def _log(self) -> None:
        if self.found is not None:
            self.doings.edit(self.found.session, SessionState.HELD)

    def _open_menu(self) -> None:
        if self.found is None:
            return
        session, menu = self.found.session, Menu(self._theme, parent=self)
        menu.add_entry(_("Edit or move it…"), self.edit)
        if session.state is SessionState.CANCELLED:
            menu.add_entry(_("Plan it again"), partial(self.doings.set_state, session, SessionState.PLANNED))
        elif session.state is SessionState.PLANNED:
            menu.add_entry(_("Cancel this session"), partial(self.doings.set_state, session, SessionState.CANCELLED))
        menu.addSeparator()
        menu.add_entry(_("Delete this session"), partial(self.doings.delete, session))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    # --- room ---------------------------------------------------------------------------------------------------------

    def set_width_class(self, width: WidthClass) -> None:
        """Columns, or a list."""
        self._width = width
        self.stages.set_width_class(width)
        self._fit_stages()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window asks for one thing below the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self._width is WidthClass.NARROW
        side = _NARROW_PADDING if narrow else PAGE_SIDE
        self._content.setContentsMargins(side, _TOP, side, 28)
        self._body.setMaximumWidth(self._theme.px(CONTENT_WIDTH) + 2 * side)
        room = min(self.width(), self._body.maximumWidth()) - 2 * side
        buttons = [
            part for part in (self.room_button, self.took_place_button, self.write_button) if part.isVisibleTo(self)
        ]
        arrows = 3 * (self.more_button.sizeHint().width() + 4)
        together = arrows + sum(part.sizeHint().width() + 8 for part in buttons)
        words = max(self.heading.sizeHint().width(), self.back_link.sizeHint().width() + 26 + self.held.width())
        directions = QBoxLayout.Direction
        beside = words + 12 + together <= room
        self._head_row.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._buttons.setDirection(directions.LeftToRight if together <= room else directions.TopToBottom)


def stage_of(found: OneSession) -> Phase:
    """The stage a session is in: it is ahead, it goes on, or it is over."""
    if found.running:
        return Phase.EXPERIENCE
    return Phase.INTEGRATE if found.session.state is SessionState.HELD else Phase.PREPARE
