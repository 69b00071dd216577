"""Today: where one begins. A question that fits, a blank page beside it, and the way back to what was written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.layout import CONTENT_WIDTH, PAGE_SIDE, PAGE_TOP, WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.today.days import greeting, local_now, long_day, until_next_turn
from integrate.ui.pages.today.prompt_card import PromptCard, side_by_side
from integrate.ui.pages.today.reading import Today, next_prompt, read_today
from integrate.ui.pages.today.side_column import INDENT, SideColumn
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.entry import Phase
    from integrate.domain.listing import Stop
    from integrate.domain.prompts import Prompt

_SIDE_WIDTHS: Final = (0, 280, 336)  # of the right column, by width class; 0 is below the card
_NARROW_PADDING: Final = 24
_NO_LIMIT: Final = (1 << 24) - 1  # Qt's own word for no limit
_LONGEST_WAIT: Final = 60_000  # ms: a computer that slept or travelled is at most a minute behind the day


class TodayPage(Page):
    """What is drawn here comes from :func:`read_today`; while it is read, the page stays as it was."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme, desk = self.theme, self.desk
        self._width = WidthClass.WIDE
        self._reading: Stop | None = None
        self._asking: Stop | None = None
        self._keeps_prompt = False
        self._date = Text(theme, "", "body", "ink2")
        self._greeting = Heading(theme, "")
        self._new = Button(theme, _("New entry"), "secondary", "plus")
        if not desk.may_write:
            self._new.hide()
        self._card = PromptCard(theme, desk.preferences.phase, may_write=desk.may_write)
        self._no_words = Text(theme, _("This journal has no recovery words yet."), "caption", "ink2")
        self._make_words = LinkText(theme, _("Make them"), role="caption")
        self._make_words.setAccessibleName(_("Make recovery words"))
        self._recovery = QWidget()
        self._recovery.hide()
        self._side = SideColumn(theme)
        self._head = QWidget()
        self._lay_out()
        self._connect()
        self._turn = QTimer(self, singleShot=True)
        self._turn.setTimerType(Qt.TimerType.PreciseTimer)
        self._turn.timeout.connect(self._turn_reached)
        self._day = local_now(desk.clock).date()
        self._show_day()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._date)
        words.addWidget(self._greeting)
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._head)
        self._head_row.setContentsMargins(INDENT, 0, INDENT, 0)
        self._head_row.setSpacing(16)
        self._head_row.addLayout(words, 1)
        self._head_row.addWidget(self._new, 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading)
        self._recovery_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._recovery)
        self._recovery_row.setContentsMargins(0, 0, 0, 0)
        self._recovery_row.setSpacing(8)
        self._recovery_row.addWidget(self._no_words)
        self._recovery_row.addWidget(self._make_words, 0, Qt.AlignmentFlag.AlignLeading)
        self._recovery_row.addStretch(1)
        self._main = QWidget()
        main = QVBoxLayout(self._main)
        main.setContentsMargins(INDENT, 0, INDENT, 0)
        main.setSpacing(16)
        main.addWidget(self._card)
        main.addWidget(self._recovery)
        main.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.addWidget(self._main, 1)
        self._columns.addWidget(self._side)
        self._body = QWidget()
        self._content = QVBoxLayout(self._body)
        self._content.setSpacing(24)
        self._content.addWidget(self._head)
        self._content.addLayout(self._columns)
        self._content.addStretch(1)
        self._scroll = PageScroll(self.theme)
        self._scroll.set_content(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        self._new.clicked.connect(partial(self.context.shell.perform, "new_entry"))
        self._card.write_wanted.connect(self._write)
        self._card.another_wanted.connect(self._another)
        self._card.stop_wanted.connect(self._stop_for_now)
        self._card.phase_wanted.connect(self._choose_phase)
        self._side.entry_wanted.connect(self._open_entry)
        self._side.all_wanted.connect(partial(self.context.shell.go, "journal"))
        self._make_words.clicked.connect(partial(self.context.shell.go, "settings", section="recovery"))
        self.desk.changed.connect(self._changed)
        self.desk.preferences_changed.connect(self._preferences_changed)
        self.theme.changed.connect(self._arrange)

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Read everything anew; the question may be another one, because answering one moves it back in line."""
        self._keeps_prompt = False
        self._show_day()
        self._read()

    def heading(self) -> QWidget | None:
        """The greeting."""
        return self._greeting

    def regions(self) -> Sequence[QWidget]:
        """Header, question, entries."""
        return (self._head, self._main, self._side)

    def perform(self, action_id: str) -> bool:
        """Ctrl Shift A asks for another question."""
        if action_id == "another_prompt" and self.desk.may_write:
            self._another()
            return True
        return False

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
        self._body.setMaximumWidth(self.theme.px(CONTENT_WIDTH) + 2 * side)
        room = min(self.width(), self._body.maximumWidth()) - 2 * side
        side_by_side(self._recovery_row, room)
        side_by_side(self._head_row, room, self._greeting.sizeHint().width())
        self._card.set_room(room if narrow else room + INDENT - width - self._columns.spacing(), narrow=narrow)

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
            self._read()
        wait = min(until_next_turn(now).total_seconds() * 1000, _LONGEST_WAIT)
        self._turn.start(int(wait) + 1)

    def _show_day(self) -> None:
        now = local_now(self.desk.clock)
        self._date.set_text(long_day(now.date(), QLocale()))
        self._greeting.set_text(greeting(now, self.desk.preferences.name.strip()))

    # --- what is read -------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if not self.desk.is_open:
            return
        if self._reading is not None:
            self._reading.set()
        chosen = self.desk.preferences
        self._day = local_now(self.desk.clock).date()
        work = partial(read_today, day=self._day, phase=chosen.phase, earlier_years=chosen.on_this_day)
        self._reading = self.desk.read(self, work, self._show, self._failed)

    def _show(self, today: Today) -> None:
        self._reading = None
        if not self._keeps_prompt:
            self._card.show_prompt(today.prompt)
        self._side.show_entries(today.rows, today.earlier, self._day)
        self._recovery.setVisible(not today.has_recovery_words and self.desk.may_write)
        self._arrange()

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self.context.shell.tell_trouble(error)

    def _changed(self, _changes: object) -> None:
        if self.isVisible():  # otherwise opening the page reads it all
            self._keeps_prompt = True
            self._read()

    def _preferences_changed(self) -> None:
        self._card.set_phase(self.desk.preferences.phase)
        self._show_day()
        if self.isVisible():
            self._read()

    # --- what the person wants ----------------------------------------------------------------------------------------

    def _write(self, prompt_id: str) -> None:
        phase = self.desk.preferences.phase
        if prompt_id:
            self.context.shell.go("journal", new=True, prompt_id=prompt_id, phase=phase)
        else:
            self.context.shell.go("journal", new=True, phase=phase)

    def _open_entry(self, entry_id: object) -> None:
        self.context.shell.go("journal", entry_id=entry_id)

    def _another(self) -> None:
        if self._asking is not None:
            self._asking.set()
        prompt = self._card.prompt()
        after = prompt.id if prompt is not None else None
        work = partial(next_prompt, phase=self.desk.preferences.phase, after=after)
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
        self._keeps_prompt = False
        self._card.set_phase(phase)
        self.desk.change_preferences(self, phase=phase)
