"""What can hang at a station of a thread, to be ticked. A tick takes effect at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.entry import Unreadable
from integrate.domain.threads import Station
from integrate.i18n import _
from integrate.journal.threads import link_item, unlink_item
from integrate.ui.pages.threads.reading import Choosable, read_choosable
from integrate.ui.pages.threads.sheets import ActSheet
from integrate.ui.pages.threads.words import (
    Item,
    is_never_share,
    item_caption,
    item_id,
    item_words,
    items_at,
    session_words,
    short_name,
    thread_name,
    unreadable_words,
)
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.threads import ThreadView
    from integrate.ui.page import PageContext
    from integrate.ui.pages.threads.reading import Shown

AT_ONCE: Final = 30
"""How many there are to tick before one asks for more."""


class ChooseSheet(ActSheet):
    """The things of one kind, those that hang on the thread first. Moments are looked at session by session."""

    def __init__(self, context: PageContext, shown: Shown, view: ThreadView, station: Station) -> None:
        super().__init__(context, _titles(station))
        theme = context.theme
        self._shown = shown
        self._view = view
        self._station = station
        self._found: list[Choosable | Unreadable] = []
        self._ticked = {item_id(one) for one in items_at(view, station) if not isinstance(one, Unreadable)}
        self.boxes: dict[object, TickBox] = {}
        hint = _("What is ticked hangs on “{thread}”.").format(thread=thread_name(view, shown.today))
        self.body.addWidget(Text(theme, hint, "body", "ink2"))
        sessions = [(one.id, session_words(one, shown.today)) for one in shown.sessions]
        latest = next((one.id for one in shown.sessions if one.ref == shown.latest(view)), None)
        self.session = MenuField(theme, _("Moments of"), sessions, latest)
        self.session.hide()
        self.body.addWidget(self.session)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.body.addWidget(self._list)
        self.none = Text(theme, _nothing(station), "body", "ink2")
        self.none.hide()
        self.body.addWidget(self.none)
        self.more = Button(theme, _("Show more"), "quiet", small=True)
        self.more.hide()
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.said)
        self.add_done()
        self.more.clicked.connect(self._show_more)
        self.session.chosen.connect(self._read)
        if station is Station.MET and sessions:
            self.session.show()
        self._read()

    def _read(self, _session: object = None) -> None:
        sessions = self._shown.sessions
        if self._station is Station.MET:
            sessions = tuple(one for one in sessions if one.id == self.session.value())
        work = partial(read_choosable, station=self._station, sessions=sessions, today=self._shown.today)
        self.context.desk.read(self, work, self._show, self.refused)

    def _show(self, found: tuple[Choosable | Unreadable, ...]) -> None:
        for box in self._list.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            box.hide()
            box.deleteLater()
        self.boxes = {}
        self._found = sorted(found, key=self._is_off)  # otherwise in their order
        self.none.setVisible(not found)
        self._show_more()

    def _is_off(self, one: Choosable | Unreadable) -> bool:
        return isinstance(one, Unreadable) or item_id(one.item) not in self._ticked

    def _show_more(self) -> None:
        now, self._found = self._found[:AT_ONCE], self._found[AT_ONCE:]
        for one in now:
            if isinstance(one, Unreadable):
                self._column.addWidget(Text(self.theme, unreadable_words(self._station), "body", "ink2"))
            else:
                self._add(one)
        self.more.setVisible(bool(self._found))

    def _add(self, one: Choosable) -> None:
        desk = self.context.desk
        caption = item_caption(one.item, one.session, self._shown.today, desk.clock.zone())
        words = _("{words} ({when})").format(words=short_name(item_words(one.item)), when=caption)
        if is_never_share(one.item):
            words = _("{words} · Never share").format(words=words)
        box = TickBox(self.theme, words.replace("&", "&&"))
        box.setAccessibleName(words)
        box.setChecked(item_id(one.item) in self._ticked)
        box.setEnabled(self.may_write)
        box.clicked.connect(partial(self._switched, one.item, box))
        self._column.addWidget(box)
        self.boxes[item_id(one.item)] = box

    def _switched(self, item: Item, box: TickBox, _checked: bool = False) -> None:
        found, on = item_id(item), box.isChecked()
        (self._ticked.add if on else self._ticked.discard)(found)
        work = partial(
            link_item if on else unlink_item, thread_id=self._view.thread.id, station=self._station, item_id=found
        )
        self.context.desk.write(self, work, None, partial(self._not_switched, found, box, on))

    def _not_switched(self, found: UUID, box: TickBox, on: bool, error: Exception) -> None:
        (self._ticked.discard if on else self._ticked.add)(found)
        box.setChecked(not on)
        self.refused(error)


def _titles(station: Station) -> str:
    match station:
        case Station.INTENTION:
            return _("Choose intentions")
        case Station.MET:
            return _("Choose moments")
        case Station.INSIGHT:
            return _("Choose insights")
        case Station.PRACTICE:
            return _("Choose practices")


def _nothing(station: Station) -> str:
    match station:
        case Station.INTENTION:
            return _("There is no intention yet. One can be written while you prepare for a session.")
        case Station.MET:
            return _("There is no moment here yet.")
        case Station.INSIGHT:
            return _("There is no insight yet. A sentence of an entry can become one, or you add a thought.")
        case Station.PRACTICE:
            return _("There is no practice yet.")
