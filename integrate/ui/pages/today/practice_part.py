"""The practices of today: done or not today, and whether it helped. Nothing is counted, nothing was missed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Phase
from integrate.domain.practices import REPLY_WORDS, Reply, cadence_words
from integrate.i18n import _
from integrate.ui.pages.today.intention import never_share_line, part_heading, shortened
from integrate.ui.pages.today.quiet_card import AnswerRow, Choice
from integrate.ui.pages.today.reading import Practices, said_today
from integrate.ui.pages.today.side_by_side import side_by_side
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.practices import PracticeView
    from integrate.ui.theme.theme import Theme

KEEP: Final = "keep"
CHANGE: Final = "change"
REST: Final = "rest"

_HELPED: Final = (Reply.HELPED, Reply.NOT_REALLY, Reply.TOO_SOON)
_LONGEST: Final = 160  # letters of a practice that are shown here
_BOX: Final = 30  # where the words beside the mark begin


class PracticeRow(QWidget):
    """One practice. ``replied`` brings what was said of it; ``taken_back`` the reply that is no more."""

    replied = Signal(object, object)  # UUID, Reply
    taken_back = Signal(object, object)  # UUID, Reply

    def __init__(self, theme: Theme, view: PracticeView, day: date, *, may_write: bool) -> None:
        super().__init__()
        self.view = view
        practice = view.practice
        self._words = shortened(practice.text, _LONGEST)
        self.done = said_today(view, day, Reply.DONE) is not None
        self.helped = said_today(view, day, *_HELPED)
        self.tick = TickBox(theme, self._words.replace("&", "&&"), circle=True)
        self.tick.setAccessibleName(self._words)
        self.tick.setChecked(self.done)
        self.tick.setEnabled(may_write)
        self.tick.clicked.connect(self._ticked)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._replies = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._replies.setSpacing(12)
        self.links: dict[Reply, LinkText] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tick)
        self._below = QHBoxLayout()
        self._below.addLayout(self.row, 1)
        column.addLayout(self._below)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.row.addWidget(never_share_line(theme, self._caption(), never=practice.never_share), 0, middle)
        if may_write:
            replies = () if self.done and self.helped else _HELPED if self.done else (Reply.NOT_TODAY,)
            for reply in replies:
                self._replies.addWidget(self._link(theme, reply), 0, Qt.AlignmentFlag.AlignLeading | middle)
        self._replies.addStretch(1)
        self.row.addLayout(self._replies, 1)
        self._theme = theme
        self._indent()
        theme.changed.connect(self._indent)

    def set_room(self, room: int) -> None:
        """Fit into ``room`` pixels."""
        room -= self._theme.px(_BOX)
        self._replies.setDirection(QBoxLayout.Direction.LeftToRight)
        side_by_side(self.row, room)
        side_by_side(self._replies, room)
        self.row.setSpacing(12 if self.row.direction() is QBoxLayout.Direction.LeftToRight else 0)

    def _caption(self) -> str:
        if self.done and self.helped is not None:
            return f"{_(REPLY_WORDS[Reply.DONE])} · {_(REPLY_WORDS[self.helped])}"
        return _(REPLY_WORDS[Reply.DONE]) if self.done else cadence_words(self.view.practice.cadence)

    def _link(self, theme: Theme, reply: Reply) -> LinkText:
        words = _(REPLY_WORDS[reply])
        link = LinkText(theme, words, role="caption")
        # Translators: the name of a button for a screen reader: an answer, and what it is about
        link.setAccessibleName(_("{answer}: {what}").format(answer=words, what=self._words))
        link.clicked.connect(partial(self._reply, reply))
        self.links[reply] = link
        return link

    def _indent(self) -> None:
        self._below.setContentsMargins(self._theme.px(_BOX), 0, 0, 0)

    def _ticked(self, on: bool) -> None:
        if on:
            self.replied.emit(self.view.practice.id, Reply.DONE)
        else:
            self.taken_back.emit(self.view.practice.id, Reply.DONE)

    def _reply(self, reply: Reply, _checked: bool = False) -> None:
        self.replied.emit(self.view.practice.id, reply)


class PracticePart(QWidget):
    """Hidden while nothing is due. ``fit_answered`` brings the answer to "Does it still fit?"."""

    replied = Signal(object, object)  # UUID, Reply
    taken_back = Signal(object, object)  # UUID, Reply
    fit_answered = Signal(object, str)  # UUID, KEEP, CHANGE or REST

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self._theme = theme
        self._may_write = may_write
        self._shown: tuple[Practices, date] | None = None
        self._asked: UUID | None = None
        self._answers: AnswerRow | None = None
        self._room = 0
        self.rows: list[PracticeRow] = []
        self._others: list[QWidget] = []
        self.setAccessibleName(_("Practices you chose for today"))
        self._heading = QWidget()
        heading = part_heading(theme, Phase.INTEGRATE, _("Practices you chose for today"))
        heading.setContentsMargins(0, 0, 0, 0)
        self._heading.setLayout(heading)
        self._place = QVBoxLayout()
        self._place.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addLayout(self._place)
        self.hide()

    def show_practices(self, practices: Practices, day: date) -> None:
        """Show what is due on ``day``. Where nothing changed nothing moves; the focus stays with its practice."""
        asks = practices.asks if self._may_write else None
        self.setVisible(bool(practices.today or asks or practices.damaged))
        self._heading.setVisible(bool(practices.today))
        if self._shown == (practices, day):
            return
        self._shown = (practices, day)
        held = next((row.view.practice.id for row in self.rows if self._holds_focus(row)), None)
        for old in (*self.rows, *self._others):
            old.hide()
            old.deleteLater()
        self.rows = [PracticeRow(self._theme, view, day, may_write=self._may_write) for view in practices.today]
        for row in self.rows:
            row.replied.connect(self.replied)
            row.taken_back.connect(self.taken_back)
        self._answers = None
        self._others = [] if asks is None else [self._question(asks)]
        if practices.damaged:
            words = _("One practice could not be read. The rest is fine.")
            self._others.append(Text(self._theme, words, "caption", "ink2"))
        for part in (*self.rows, *self._others):
            self._place.addWidget(part)
        self.set_room(self._room)
        again = next((row for row in self.rows if row.view.practice.id == held), None)
        if again is not None:
            again.tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_room(self, room: int) -> None:
        """Fit into ``room`` pixels."""
        self._room = room
        if room <= 0:
            return
        for row in self.rows:
            row.set_room(room)
        if self._answers is not None:
            self._answers.set_room(room)

    def _holds_focus(self, row: PracticeRow) -> bool:
        return row.tick.hasFocus() or any(link.hasFocus() for link in row.links.values())

    def _question(self, view: PracticeView) -> QWidget:
        self._asked = view.practice.id
        words = _("Does “{practice}” still fit?").format(practice=shortened(view.practice.text, _LONGEST))
        choices = [
            Choice(KEEP, _("Keep it")),
            Choice(CHANGE, _("Change it"), "quiet_neutral"),
            Choice(REST, _("Let it rest"), "quiet_neutral"),
        ]
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(Text(self._theme, words, "body"))
        self._answers = AnswerRow(self._theme, choices)
        self._answers.answered.connect(self._fit_answered)
        inside.addWidget(self._answers)
        return box

    def _fit_answered(self, key: str) -> None:
        self.fit_answered.emit(self._asked, key)
