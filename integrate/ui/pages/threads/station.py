"""One station of a thread: what hangs there, or that nothing does yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Unreadable
from integrate.domain.moments import Moment
from integrate.domain.practices import REPLY_WORDS
from integrate.domain.sessions import Line
from integrate.domain.threads import Insight, Station
from integrate.i18n import _, ngettext
from integrate.journal.practices import PracticeView
from integrate.ui.pages.threads.parts import Caption, OwnWords, WordsButton
from integrate.ui.pages.threads.words import (
    HELP_REPLIES,
    STATION_WORDS,
    Item,
    asks_for_help_reply,
    is_never_share,
    item_caption,
    item_words,
    items_at,
    short_name,
    thread_name,
    unreadable_words,
)
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.glyphs import PhaseGlyph
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from integrate.journal.threads import ThreadView
    from integrate.ui.theme.theme import Theme

MOST_SHOWN: Final = 3
"""Things of a station that a row shows; the rest is behind one link."""

_GLYPHS: Final = ((Station.INTENTION, "prepare"), (Station.MET, "experience"), (Station.INSIGHT, "integrate"))
_GLYPH: Final = 13
_BETWEEN: Final = 10  # from one thing to the next


class StationWord(QWidget):
    """The word for a station, by default with its shape: a ring, a disc, a ring with a dot, arrows that come round."""

    def __init__(self, theme: Theme, station: Station, *, shape: bool = True) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if shape:
            row.addWidget(_shape(theme, station))
        row.addWidget(Text(theme, _(STATION_WORDS[station]), "label", "ink2", weight=600, wrap=False))
        row.addStretch(1)


class StationCell(QWidget):
    """What hangs at ``station`` of a thread. ``goes_to_sessions``: intentions and moments lead to their session.

    ``item_wanted`` brings a thing that was pressed, ``more_wanted`` that one wants to see all of them,
    ``add_wanted`` that something is to hang here, ``reply_wanted`` a practice and what was said of it.
    """

    item_wanted = Signal(object)
    more_wanted = Signal()
    add_wanted = Signal()
    reply_wanted = Signal(object, object)  # PracticeView, Reply

    def __init__(
        self, theme: Theme, station: Station, view: ThreadView, today: date, zone: str, *, may_write: bool,
        goes_to_sessions: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self.station = station
        self._theme = theme
        self._today = today
        self._zone = zone
        self._view = view
        self._may_write = may_write
        self._goes_to_sessions = goes_to_sessions
        items = items_at(view, station)
        self.is_open = not items
        self.word = StationWord(theme, station, shape=False)  # the node on the line beside it is its shape
        self.word.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.word)
        if items:
            self._show_items(items)
        else:
            self._show_nothing()
        self._column.addStretch(1)

    def _show_items(self, items: Sequence[Item | Unreadable]) -> None:
        for place, item in enumerate(items[:MOST_SHOWN]):
            if place:
                self._column.addSpacing(_BETWEEN)
            if isinstance(item, Unreadable):
                self._column.addWidget(Text(self._theme, unreadable_words(self.station), "body", "ink2"))
            else:
                self._show_item(item)
        rest = len(items) - MOST_SHOWN
        if rest > 0:
            words = ngettext("{count} more", "{count} more", rest).format(count=rest)
            link = self._link(words, _("{words}, {station} of “{thread}”"))
            link.clicked.connect(self._more)
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)

    def _show_item(self, item: Item) -> None:
        session = self._view.session_of(item) if isinstance(item, Line | Moment) else None
        self._column.addWidget(self._words(item))
        caption = item_caption(item, session, self._today, self._zone)
        self._column.addWidget(Caption(self._theme, caption, never_share=is_never_share(item)))
        if isinstance(item, PracticeView) and self._may_write and asks_for_help_reply(item, self._today):
            self._column.addWidget(self._replies(item))

    def _words(self, item: Item) -> QWidget:
        does = self._does(item)
        if not does:
            return OwnWords(self._theme, item_words(item))
        button = WordsButton(self._theme, item_words(item), _(STATION_WORDS[self.station]), does)
        button.clicked.connect(partial(self._wanted, item))
        return button

    def _does(self, item: Item) -> str:
        match item:
            case Line() | Moment():
                return _("Shows its session") if self._goes_to_sessions else ""
            case Insight():
                source = item.source
                came_from = source.entry_id is not None or source.moment_id is not None
                return _("Shows the words it came from") if came_from else _("Opens this thought")
            case PracticeView():
                return _("Opens this practice")

    def _replies(self, view: PracticeView) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=self._theme.px(8), line_gap=2)  # as close as lets the three stand in one line
        for reply in HELP_REPLIES:
            words = _(REPLY_WORDS[reply])
            link = LinkText(self._theme, words)
            name = _("{reply}: “{practice}”").format(reply=words, practice=short_name(view.practice.text))
            link.setAccessibleName(name)
            link.clicked.connect(partial(self._replied, view, reply))
            flow.addWidget(link)
        return box

    def _show_nothing(self) -> None:
        add = ""
        match self.station:
            case Station.INTENTION:
                words, add = _("Nothing yet."), _("Choose an intention")
            case Station.MET:
                words, add = _("Nothing yet."), _("Choose a moment")
            case Station.INSIGHT:
                words, add = _("Nothing yet. Some threads stay open."), _("Add a thought")
            case Station.PRACTICE:
                words, add = _("Nothing yet. Some threads stay open."), _("Begin a practice")
        self._column.addWidget(Text(self._theme, words, "body", "ink3"))
        if self._may_write:
            link = self._link(add, _("{words}, on “{thread}”"))
            link.clicked.connect(self._add)
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)

    def _link(self, words: str, name: str) -> LinkText:
        link = LinkText(self._theme, words)
        thread, station = thread_name(self._view, self._today), _(STATION_WORDS[self.station])
        link.setAccessibleName(name.format(words=words, thread=thread, station=station))
        return link

    def _wanted(self, item: Item, _checked: bool = False) -> None:
        self.item_wanted.emit(item)

    def _replied(self, view: PracticeView, reply: object, _checked: bool = False) -> None:
        self.reply_wanted.emit(view, reply)

    def _more(self) -> None:
        self.more_wanted.emit()

    def _add(self) -> None:
        self.add_wanted.emit()


def _shape(theme: Theme, station: Station) -> QWidget:
    phase = dict(_GLYPHS).get(station)
    if phase is None:
        return Icon(theme, "repeat", "ink3", 15)
    glyph = PhaseGlyph(theme, phase, _GLYPH, token="ink3")
    glyph.setAccessibleName("")
    return glyph
