"""Below the threads: what hangs on none of them yet, and the letters to the next session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.entry import Unreadable
from integrate.domain.threads import Letter, Station
from integrate.i18n import _
from integrate.journal.practices import PracticeView
from integrate.ui.pages.threads.letter_sheets import sessions_to_write_after
from integrate.ui.pages.threads.parts import Caption, WordsButton
from integrate.ui.pages.threads.words import (
    STATION_WORDS,
    Item,
    is_never_share,
    item_caption,
    item_words,
    letter_day,
    sealed_words,
    short_name,
    unreadable_words,
)
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.text import Heading, Text

if TYPE_CHECKING:
    from integrate.domain.threads import Insight
    from integrate.journal.letters import ClosedLetter
    from integrate.ui.pages.threads.reading import AnyLetter, Shown
    from integrate.ui.theme.theme import Theme

AT_ONCE: Final = 12
"""Rows of a section before one asks for more."""


class Section(QWidget):
    """A heading, a row with something to do, and a card with rows."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.theme = theme
        self.heading = Heading(theme, title, 3)
        self.acts = QWidget()
        self.flow = FlowLayout(self.acts)
        self._card = Card(theme)
        self._rows = QVBoxLayout(self._card)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._shown: list[QWidget] = []
        self._waiting: list[QWidget] = []
        self.more = Button(theme, _("Show more"), "quiet", small=True)
        self.more.clicked.connect(self._show_more)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.column.addWidget(self.heading)
        self.column.addWidget(self._card)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.acts)

    def fill(self, makers: list[partial[QWidget]]) -> None:
        """Show other rows; they are made as they come into sight."""
        for row in self._shown:
            row.hide()
            row.deleteLater()
        self._shown = []
        self._makers = makers
        self._card.setVisible(bool(makers))
        self._show_more()

    def _show_more(self) -> None:
        now, self._makers = self._makers[:AT_ONCE], self._makers[AT_ONCE:]
        for make in now:
            if self._shown:
                self._put(Divider(self.theme))
            self._put(_padded(make()))
        self.more.setVisible(bool(self._makers))

    def _put(self, row: QWidget) -> None:
        self._rows.addWidget(row)
        self._shown.append(row)


class LooseSection(Section):
    """Insights and practices on no thread. ``item_wanted`` brings one that was pressed."""

    item_wanted = Signal(object)
    thought_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, theme: Theme, zone: str, *, may_write: bool) -> None:
        super().__init__(theme, _("On no thread yet"))
        self._zone = zone
        self._known: object = None
        self._add = LinkText(theme, _("Add a thought"))
        self._begin = LinkText(theme, _("Begin a practice"))
        self.flow.gap = 16
        self.flow.addWidget(self._add)
        self.flow.addWidget(self._begin)
        self.acts.setVisible(may_write)
        self._add.clicked.connect(self.thought_wanted)
        self._begin.clicked.connect(self.practice_wanted)
        self._makers: list[partial[QWidget]] = []

    def show_items(self, shown: Shown) -> None:
        """Show what hangs on no thread."""
        known = (shown.insights, shown.practices, shown.today)
        if known == self._known:
            return
        self._known = known
        makers = [partial(self._row, shown, Station.INSIGHT, one) for one in shown.insights]
        makers += [partial(self._row, shown, Station.PRACTICE, one) for one in shown.practices]
        self.fill(makers)

    def _row(self, shown: Shown, station: Station, item: Insight | PracticeView | Unreadable) -> QWidget:
        if isinstance(item, Unreadable):
            return Text(self.theme, unreadable_words(station), "body", "ink2")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        does = _("Opens this insight") if station is Station.INSIGHT else _("Opens this practice")
        words = WordsButton(self.theme, item_words(item), _(STATION_WORDS[station]), does)
        words.clicked.connect(partial(self._wanted, item))
        column.addWidget(words)
        caption = item_caption(item, None, shown.today, self._zone)
        caption = _("{station} · {caption}").format(station=_(STATION_WORDS[station]), caption=caption)
        column.addWidget(Caption(self.theme, caption, never_share=is_never_share(item)))
        return box

    def _wanted(self, item: Item, _checked: bool = False) -> None:
        self.item_wanted.emit(item)


class LettersSection(Section):
    """Letters: sealed ones say only until when. ``read_wanted`` brings a letter, ``delete_wanted`` the id of one."""

    write_wanted = Signal()
    read_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, theme: Theme, zone: str, *, may_write: bool) -> None:
        super().__init__(theme, _("Letters to your next session"))
        self._zone = zone
        self._may_write = may_write
        self._known: object = None
        self._makers: list[partial[QWidget]] = []
        self._write = LinkText(theme, _("Write a letter"))
        self._write.clicked.connect(self.write_wanted)
        self.flow.addWidget(self._write)
        self.hint = Text(theme, _("Words from you to you, sealed until you prepare again."), "body", "ink2")
        self.column.insertWidget(1, self.hint)

    def show_letters(self, shown: Shown) -> bool:
        """Show the letters; False where there is none and no session to write one after."""
        may_begin = self._may_write and bool(sessions_to_write_after(shown))
        known = (shown.letters, shown.sessions, shown.today)
        self.acts.setVisible(may_begin)
        if known != self._known:
            self._known = known
            self.fill([partial(self._row, shown, letter) for letter in shown.letters])
        return bool(shown.letters) or may_begin

    def _row(self, shown: Shown, letter: AnyLetter) -> QWidget:
        if isinstance(letter, Unreadable):
            return Text(self.theme, _("This letter could not be read. The rest is fine."), "body", "ink2")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        session = shown.session(letter.session_id)
        when = letter_day(letter.written, self._zone, session, shown.today)
        if isinstance(letter, Letter):
            words: QWidget = WordsButton(self.theme, letter.text, _("Letter"), _("Opens this letter"))
            assert isinstance(words, WordsButton)
            words.clicked.connect(partial(self._read, letter))
        else:
            sealed = sealed_words(session) if letter.sealed else _("Ready to be read")
            words = Text(self.theme, sealed, "bodyStrong")
        column.addWidget(words)
        column.addWidget(Caption(self.theme, when, never_share=letter.never_share))
        acts = self._acts(letter, when)
        if acts is not None:
            column.addWidget(acts)
        return box

    def _acts(self, letter: Letter | ClosedLetter, when: str) -> QWidget | None:
        links = []
        if not isinstance(letter, Letter) and not letter.sealed:
            read = LinkText(self.theme, _("Read it"))
            read.setAccessibleName(_("Read the letter. {when}").format(when=when))
            read.clicked.connect(partial(self._read, letter))
            links.append(read)
        if self._may_write:
            delete = LinkText(self.theme, _("Delete"), token="ink2")
            about = short_name(letter.text) if isinstance(letter, Letter) else when
            delete.setAccessibleName(_("Delete the letter. {when}").format(when=about))
            delete.clicked.connect(partial(self._delete, letter))
            links.append(delete)
        if not links:
            return None
        box = QWidget()
        flow = FlowLayout(box, gap=16)
        for link in links:
            flow.addWidget(link)
        return box

    def _read(self, letter: Letter | ClosedLetter, _checked: bool = False) -> None:
        self.read_wanted.emit(letter)

    def _delete(self, letter: Letter | ClosedLetter, _checked: bool = False) -> None:
        self.delete_wanted.emit(letter.id)


def _padded(part: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(20, 12, 20, 12)
    column.addWidget(part)
    return box
