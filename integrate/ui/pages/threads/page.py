"""Threads: from an intention through what was met to an insight and a practice, session by session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Changes
from integrate.domain.threads import Station, ThreadState
from integrate.i18n import _
from integrate.journal.drafts import DraftsOf
from integrate.journal.threads import ThreadView
from integrate.ui.layout import CONTENT_WIDTH, PAGE_SIDE, PAGE_TOP, WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.threads.doings import Doings
from integrate.ui.pages.threads.filters import StateChips
from integrate.ui.pages.threads.reading import Shown, read_shown
from integrate.ui.pages.threads.row import StationHeads, ThreadRow
from integrate.ui.pages.threads.rows import ThreadRows
from integrate.ui.pages.threads.sections import LettersSection, LooseSection
from integrate.ui.pages.threads.words import local_today
from integrate.ui.unsaved import Unsaved
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.empty import EmptyState
from integrate.ui.widgets.scroll import PageScroll
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop

_NARROW_PADDING: Final = 24
_TOP: Final = PAGE_TOP - 4
_AREAS: Final = frozenset({"threads", "insights", "practices", "letters", "lines", "moments", "sessions", "courses"})


class ThreadsPage(Page):
    """What is drawn here comes from :func:`read_shown`; while it is read, the page stays as it was."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme, desk = self.theme, self.desk
        zone, may_write = desk.clock.zone(), desk.may_write
        self._width = WidthClass.WIDE
        self._reading: Stop | None = None
        self._wanted: UUID | None = None  # a thread to be opened once it is read
        self._shown: Shown | None = None
        self.doings = Doings(context, self)
        self._unsaved = Unsaved(desk, DraftsOf.THREADS, self.doings.take, self)
        self.title = Heading(theme, _("Threads"))
        self._subtitle = Text(theme, _("How your hopes, moments and changes connect."), "body", "ink2")
        self.new_button = Button(theme, _("New thread"), "secondary", "plus")
        self.chips = StateChips(theme)
        self._order = Text(theme, _("Latest session first"), "caption", "ink3", wrap=False)
        self._heads = StationHeads(theme)
        self.rows = ThreadRows(
            theme, zone, may_write=may_write, goes_to_sessions=self.doings.provenance.goes_to_sessions
        )
        self._none = Text(theme, "", "body", "ink2")
        begin = (_("Set one"), None, self.doings.new_thread) if may_write else None
        self.empty = EmptyState(theme, _("Threads begin with an intention."), "", begin)
        self.loose = LooseSection(theme, zone, may_write=may_write)
        self.letters = LettersSection(theme, zone, may_write=may_write)
        self._head = QWidget()
        self._bar = QWidget()
        self._lay_out()
        self._connect()
        for part in (self._bar, self._heads, self.rows, self._none, self.empty, self.loose, self.letters):
            part.hide()
        self.new_button.setVisible(may_write)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self._subtitle)
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._head)
        self._head_row.setContentsMargins(0, 0, 0, 0)
        self._head_row.setSpacing(16)
        self._head_row.addLayout(words, 1)
        self._head_row.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        self._bar_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._bar)
        self._bar_row.setContentsMargins(0, 0, 0, 0)
        self._bar_row.setSpacing(8)
        self._bar_row.addWidget(self.chips, 1)
        self._bar_row.addWidget(self._order)
        self._body = QWidget()
        self._content = QVBoxLayout(self._body)
        self._content.setSpacing(0)
        self._content.addWidget(self._head)
        self._content.addSpacing(16)
        self._content.addWidget(self._bar)
        self._content.addSpacing(8)
        self._content.addWidget(self._heads)
        for part in (self.rows, self._none, self.empty):
            self._content.addWidget(part)
        for section in (self.loose, self.letters):
            self._content.addSpacing(24)
            self._content.addWidget(section)
        self._content.addStretch(1)
        self._scroll = PageScroll(self.theme)
        self._scroll.set_content(self._body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _connect(self) -> None:
        doings = self.doings
        self.new_button.clicked.connect(doings.new_thread)
        self.chips.chosen.connect(self._show_state)
        self.rows.made.connect(self._connect_row)
        self.loose.item_wanted.connect(doings.open_item)
        self.loose.thought_wanted.connect(partial(doings.add_thought, None))
        self.loose.practice_wanted.connect(partial(doings.begin_practice, None, None))
        self.letters.write_wanted.connect(doings.write_letter)
        self.letters.read_wanted.connect(doings.read_letter)
        self.letters.delete_wanted.connect(doings.delete_letter)
        self.desk.changed.connect(self._changed)
        self.theme.changed.connect(self._arrange)

    def _connect_row(self, row: ThreadRow) -> None:
        row.opened.connect(partial(self.doings.open_thread, row.view))
        for cell in row.cells:
            cell.item_wanted.connect(self.doings.press_item)
            cell.add_wanted.connect(partial(self._add, row.view, cell.station))
            cell.reply_wanted.connect(self.doings.reply)

    def _add(self, view: ThreadView, station: Station) -> None:
        self.doings.add(view, station)

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Read everything anew. The arguments are ``new`` (begin a thread) and ``thread_id`` (open that one)."""
        thread_id = arguments.get("thread_id")
        self._wanted = thread_id if isinstance(thread_id, UUID) else None
        self._unsaved.read()
        self._read(new=bool(arguments.get("new")))

    def flush(self) -> None:
        """Keep what was written in sheets that were closed without saving."""
        self._unsaved.keep(self.doings.unsaved())

    def heading(self) -> QWidget | None:
        """The title."""
        return self.title

    def regions(self) -> Sequence[QWidget]:
        """Header, which threads, the threads, what hangs on none, letters."""
        parts = (self._head, self._bar, self.rows, self.empty, self.loose, self.letters)
        return tuple(part for part in parts if _takes_focus(part))

    def set_width_class(self, width: WidthClass) -> None:
        """Threads run from side to side, or from top to bottom."""
        self._width = width
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window asks for one thing below the other."""
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """The journal was locked: the words go before the widgets do."""
        super().hideEvent(event)
        if not self.desk.is_open:
            self.rows.clear()
            self.loose.fill([])
            self.letters.fill([])
            self._shown = None
            self.doings.forget()

    def _arrange(self) -> None:
        narrow = self._width is WidthClass.NARROW
        side, top = (_NARROW_PADDING, _NARROW_PADDING) if narrow else (PAGE_SIDE, _TOP)
        self._content.setContentsMargins(side, top, side, top)
        self._body.setMaximumWidth(self.theme.px(CONTENT_WIDTH) + 2 * side)
        room = min(self.width(), self._body.maximumWidth()) - 2 * side
        _side_by_side(self._head_row, self._subtitle.sizeHint().width() + self.new_button.sizeHint().width(), room)
        _side_by_side(self._bar_row, self.chips.sizeHint().width() + self._order.sizeHint().width(), room)
        self.rows.set_downwards(narrow)
        self._show_heads()

    def _show_heads(self) -> None:
        self._heads.setVisible(self.rows.count() > 0 and self._width is not WidthClass.NARROW)

    # --- what is read -------------------------------------------------------------------------------------------------

    def _read(self, *, new: bool = False) -> None:
        if not self.desk.is_open:
            return
        if self._reading is not None:
            self._reading.set()
        today = local_today(self.desk.clock.now(), self.desk.clock.zone())
        self._reading = self.desk.read(
            self, partial(read_shown, today=today), partial(self._show, new=new), self._failed
        )  # fmt: skip

    def _show(self, shown: Shown, *, new: bool = False) -> None:
        self._reading = None
        self._shown = self.doings.shown = shown
        self.chips.set_counts({state: len(shown.views(state)) for state in ThreadState})
        self.empty.setVisible(not shown.threads)
        self._bar.setVisible(bool(shown.threads))
        self.loose.show_items(shown)
        self.loose.setVisible(bool(shown.insights or shown.practices))
        self.letters.setVisible(self.letters.show_letters(shown))
        wanted, self._wanted = self._wanted, None
        view = next((one for one in shown.views() if one.thread.id == wanted), None) if wanted is not None else None
        if view is not None:
            self.chips.choose(view.thread.state)
        self._show_state()
        self._arrange()
        if view is not None:
            self.doings.open_thread(view)
        elif new:
            self.doings.new_thread()

    def _show_state(self, _state: object = None) -> None:
        shown = self._shown
        if shown is None:
            return
        state = self.chips.state()
        damaged = [one for one in shown.threads if not isinstance(one, ThreadView)]
        views = shown.views(state)
        self.rows.show_threads((*views, *damaged), shown.today)
        self.rows.setVisible(bool(views or damaged))
        self._none.set_text(_nothing_in(state))
        self._none.setVisible(bool(shown.threads) and not views)
        self._show_heads()

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self.context.shell.tell_trouble(error)

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.areas & _AREAS:  # otherwise opening the page reads it all
            # What follows in the same turn is read together with it.
            QTimer.singleShot(0, self, self._read)


def _takes_focus(part: QWidget) -> bool:
    """Whether there is anything in it that the keyboard can reach; in a journal open to read only there may not be."""
    return any(one.isVisibleTo(part) and one.isEnabled() for one in part.findChildren(QAbstractButton))


def _side_by_side(row: QBoxLayout, needed: int, room: int) -> None:
    directions = QBoxLayout.Direction
    row.setDirection(directions.LeftToRight if needed + row.spacing() <= room else directions.TopToBottom)


def _nothing_in(state: ThreadState) -> str:
    match state:
        case ThreadState.OPEN:
            return _("No thread is open now.")
        case ThreadState.RESTING:
            return _("No thread is resting.")
        case ThreadState.CLOSED:
            return _("No thread is closed.")
