"""All of a thread: its name, whether it goes on, and what hangs at each of its stations."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.moments import Moment
from integrate.domain.sessions import Line
from integrate.domain.threads import Insight, Station, ThreadState
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.practices import PracticeView
from integrate.journal.threads import ThreadView, change_thread, unlink_item
from integrate.ui.pages.threads.parts import Caption, OwnWords, WordsButton
from integrate.ui.pages.threads.reading import read_thread
from integrate.ui.pages.threads.sheets import ActSheet
from integrate.ui.pages.threads.station import StationWord
from integrate.ui.pages.threads.words import (
    STATE_WORDS,
    STATION_WORDS,
    Item,
    is_never_share,
    item_caption,
    item_id,
    item_words,
    items_at,
    short_name,
    thread_name,
    unreadable_words,
)
from integrate.ui.widgets.buttons import Button, IconButton, LinkText
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from integrate.ui.page import PageContext

AREAS = frozenset({"threads", "insights", "practices", "lines", "moments", "sessions"})
"""What a thread is made of."""


class ThreadSheet(ActSheet):
    """One thread. Name and state are kept at once.

    ``item_wanted`` brings a thing that was pressed, ``choose_wanted`` a station whose things are to be chosen,
    ``add_wanted`` one at which something new is to hang, ``delete_wanted`` that the thread is to go.
    """

    item_wanted = Signal(object)
    choose_wanted = Signal(object)
    add_wanted = Signal(object)
    delete_wanted = Signal()

    def __init__(self, context: PageContext, view: ThreadView, today: date, *, goes_to_sessions: bool) -> None:
        super().__init__(context, thread_name(view, today))
        self.view = view
        self._today = today
        self._goes_to_sessions = goes_to_sessions
        theme = context.theme
        self.name = LineField(theme, _("Name"), hint=_("A word is enough. It may stay empty."))
        self.name.edit.setText(view.thread.name)
        self.name.set_read_only(not self.may_write)
        states = QWidget()
        flow = FlowLayout(states, gap=20)
        self.states = {state: Choice(theme, _(words)) for state, words in STATE_WORDS.items()}
        group = QButtonGroup(self)
        for state, choice in self.states.items():
            group.addButton(choice)
            choice.setChecked(state is view.thread.state)
            choice.setEnabled(self.may_write)
            choice.clicked.connect(partial(self._choose_state, state))
            flow.addWidget(choice)
        self._stations = QVBoxLayout()
        self._stations.setSpacing(12)
        self._shown = QWidget()
        self.delete_button = Button(theme, _("Delete this thread"), "quiet_neutral", "trash-2", small=True, parent=self)
        self.delete_button.setVisible(self.may_write)
        self.body.addWidget(self.name)
        self.body.addWidget(states)
        self.body.addLayout(self._stations)
        if self.may_write:
            self.body.addWidget(Divider(theme))
            self.add_acts([self.delete_button])
        self.body.addWidget(self.said)
        self.add_done()
        self._show_stations()
        self.name.edit.editingFinished.connect(self.keep_name)
        self.closed.connect(self.keep_name)
        self.delete_button.clicked.connect(self._delete)
        context.desk.changed.connect(self._changed)

    # --- what hangs on it ---------------------------------------------------------------------------------------------

    def _show_stations(self) -> None:
        focused = QApplication.focusWidget()
        name = focused.accessibleName() if focused is not None and self._shown.isAncestorOf(focused) else ""
        old = self._shown
        self._stations.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for station in Station:
            column.addWidget(Divider(self.theme))
            self._show_station(column, station)
        if self.view.unreadable_links:
            words = _("Something else on this thread could not be read. The rest is fine.")
            column.addWidget(Text(self.theme, words, "caption", "ink2"))
        self._stations.addWidget(self._shown)
        self._follow_stations()
        if name:
            self._give_back(name)

    def _follow_stations(self) -> None:
        """What stands below the stations is read and reached after them, though it was made before."""
        holder = self.delete_button.parentWidget()
        if holder is not None:
            holder.raise_()
        stops = (list(self.states.values())[-1], *self._shown.findChildren(QAbstractButton), self.delete_button)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _give_back(self, name: str) -> None:
        """The focus stays where it was, or goes to the heading where that is gone."""
        again = [part for part in self._shown.findChildren(QAbstractButton) if part.accessibleName() == name]
        (again[0] if again else self.heading).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_station(self, column: QVBoxLayout, station: Station) -> None:
        head = QWidget()
        flow = FlowLayout(head, gap=16, line_gap=2)
        flow.addWidget(StationWord(self.theme, station))
        if self.may_write:
            choose = self._link(_("Choose…"), station)
            choose.clicked.connect(partial(self._choose, station))
            flow.addWidget(choose)
            if station in (Station.INSIGHT, Station.PRACTICE):
                add = self._link(_("Add a thought…") if station is Station.INSIGHT else _("Begin a practice…"), station)
                add.clicked.connect(partial(self._add, station))
                flow.addWidget(add)
        column.addWidget(head)
        items = items_at(self.view, station)
        for item in items:
            column.addLayout(self._item(station, item))
        if not items:
            column.addWidget(Text(self.theme, _("Nothing yet."), "body", "ink3"))

    def _link(self, words: str, station: Station) -> LinkText:
        link = LinkText(self.theme, words)
        link.setAccessibleName(_("{station}: {words}").format(station=_(STATION_WORDS[station]), words=words))
        return link

    def _item(self, station: Station, item: Item | Unreadable) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(12)
        words.setSpacing(2)
        if isinstance(item, Unreadable):
            said, found = unreadable_words(station), item.id
            words.addWidget(Text(self.theme, said, "body", "ink2"))
        else:
            said, found = item_words(item), item_id(item)
            words.addWidget(self._words(station, item))
            session = self.view.session_of(item) if isinstance(item, Line | Moment) else None
            caption = item_caption(item, session, self._today, self.context.desk.clock.zone())
            words.addWidget(Caption(self.theme, caption, never_share=is_never_share(item)))
        row.addLayout(words, 1)
        if self.may_write and isinstance(found, UUID):
            name = _("Take “{words}” off this thread").format(words=short_name(said))
            off = IconButton(self.theme, "x", name)
            off.clicked.connect(partial(self._take_off, station, found))
            row.addWidget(off, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _words(self, station: Station, item: Item) -> QWidget:
        match item:
            case Line() | Moment() if not self._goes_to_sessions:
                return OwnWords(self.theme, item_words(item))
            case Line() | Moment():
                does = _("Shows its session")
            case Insight():
                does = _("Opens this insight")
            case PracticeView():
                does = _("Opens this practice")
        button = WordsButton(self.theme, item_words(item), _(STATION_WORDS[station]), does)
        button.clicked.connect(partial(self._wanted, item))
        return button

    # --- what changes it ----------------------------------------------------------------------------------------------

    def keep_name(self) -> None:
        """Keep the name as it stands in the field."""
        name = " ".join(self.name.text().split())
        if self.may_write and name != self.view.thread.name and self.context.desk.is_open:
            work = partial(change_thread, thread_id=self.view.thread.id, name=name)
            # The sheet may be on its way out: the desk itself waits for the answer.
            self.context.desk.write(self.context.desk, work, None, self.context.shell.tell_trouble)

    def _choose_state(self, state: ThreadState, _checked: bool = False) -> None:
        work = partial(change_thread, thread_id=self.view.thread.id, state=state)
        self.context.desk.write(self, work, None, self._state_refused)

    def _state_refused(self, error: Exception) -> None:
        self.states[self.view.thread.state].setChecked(True)
        self.refused(error)

    def _take_off(self, station: Station, found: UUID, _checked: bool = False) -> None:
        work = partial(unlink_item, thread_id=self.view.thread.id, station=station, item_id=found)
        self.context.desk.write(self, work, None, self.refused)

    def _changed(self, changes: Changes) -> None:
        if changes.areas & AREAS and self.context.desk.is_open:
            work = partial(read_thread, thread_id=self.view.thread.id, today=self._today)
            self.context.desk.read(self, work, self._show, self._gone)

    def _show(self, view: ThreadView) -> None:
        if view.thread.deleted is not None:
            self.close()
            return
        before, self.view = self.view, view
        self.heading.set_text(thread_name(view, self._today))
        self.panel.setAccessibleName(thread_name(view, self._today))
        self.states[view.thread.state].setChecked(True)
        if _hangs(before) != _hangs(view):
            self._show_stations()

    def _gone(self, error: Exception) -> None:
        if isinstance(error, WrongUsage):
            self.close()
        else:
            self.refused(error)

    # --- wishes -------------------------------------------------------------------------------------------------------

    def _wanted(self, item: Item, _checked: bool = False) -> None:
        self.item_wanted.emit(item)

    def _choose(self, station: Station, _checked: bool = False) -> None:
        self.choose_wanted.emit(station)

    def _add(self, station: Station, _checked: bool = False) -> None:
        self.add_wanted.emit(station)

    def _delete(self) -> None:
        self.delete_wanted.emit()


def _hangs(view: ThreadView) -> tuple[object, ...]:
    return view.intentions, view.moments, view.insights, view.practices, view.sessions, view.unreadable_links
