"""Today folded to one field: for the day of a session, and whenever the page is too much."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.ui.check_in.card import CheckInPanel
from integrate.ui.forms.due import DueLine
from integrate.ui.pages.today.side_by_side import side_by_side
from integrate.ui.saving import SavedEntry, Writing
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_PAUSE: Final = 2000  # milliseconds without a letter after which what was typed is saved
ORIGIN: Final = "today"


class FoldedToday(Card):
    """One field, and one row for the mood. What is typed is saved in pauses, as one entry; "Keep it" begins another."""

    unfold_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        theme = context.theme
        super().__init__(theme)
        from integrate.ui.widgets.text_area import TextArea  # loaded on the day it is needed

        self._desk = context.desk
        self._phase = Phase.EXPERIENCE
        self._session: SessionRef | None = None
        self._writing = Writing()
        self._began: ZonedTime | None = None
        self._saved = ""
        self._on_their_way = 0
        self._finishing = False
        self.setAccessibleName(_("A few words"))
        self._line = Text(theme, "", "label", "ink2")
        self.field = TextArea(theme, _("A few words, if you like. One is enough."), least=2, enter=True)
        self._note = Text(theme, "", "caption", "ink3")
        self._keep = Button(theme, _("Keep it"), "primary")
        self.mood = CheckInPanel(context, brief=True)
        self.due = DueLine(context)  # the side effects of a session, in the evening of its day
        self._unfold = LinkText(theme, _("Show all of Today"), role="caption", token="ink2")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        leading = Qt.AlignmentFlag.AlignLeading
        self._row.addWidget(self._keep, 0, leading)
        self._row.addWidget(self._note, 1)
        self._row.addWidget(self._unfold, 0, leading)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(12)
        self._column.addWidget(self._line)
        self._column.addWidget(self.field)
        self._column.addLayout(self._row)
        self._column.addWidget(self.mood)
        self._column.addWidget(self.due)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.save)
        self.field.changed.connect(self._typed)
        self.field.finished.connect(self._finish)
        self._keep.clicked.connect(self._finish)
        self._unfold.clicked.connect(self.unfold_wanted)
        self.hide()

    def show_place(self, line: str, phase: Phase, session: SessionRef | None) -> None:
        """Say where the person is; what they begin to write now belongs there."""
        self._line.set_text(line)
        self._line.setVisible(bool(line))
        self._phase, self._session = phase, session

    def show_due(self, *, session_day: bool) -> None:
        """Look whether side effects are asked for: on the day of a session only, since nothing else is due here."""
        if session_day:
            self.due.read(session_day=True)
        else:
            self.due.hide()

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Fit into ``room`` pixels."""
        side = 20 if narrow else 24
        self._column.setContentsMargins(side, 20, side, 20)
        side_by_side(self._row, room - 2 * side)

    def focus_first(self) -> None:
        """Give the focus to the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Have what was typed saved, unless it is already."""
        self._timer.stop()
        words = self.field.text()
        if words == self._saved or (not words.strip() and self._writing.entry_id is None):
            return
        self._saved = words
        now = ZonedTime(self._desk.clock.now(), self._desk.clock.zone())
        self._began = self._began or now
        draft = Draft(words, self._began, phase=self._phase)
        if self._session is not None:
            draft = replace(draft, session=self._session)
        self._on_their_way += 1
        self._desk.saver.save(self, self._writing, draft, ORIGIN, self._done, self._refused)

    def _typed(self) -> None:
        self._finishing = False
        self._timer.start()

    def _finish(self) -> None:
        self.focus_first()
        if not self.field.text().strip():
            return
        self._finishing = True
        self.save()
        self._clear_if_kept()

    def _clear_if_kept(self) -> None:
        """The field is emptied for the next words only once the last ones are on the disk."""
        if not self._finishing or self._on_their_way or self._saved != self.field.text():
            return
        self._writing, self._began, self._saved = Writing(), None, ""
        self.field.edit.clear()
        self._timer.stop()
        self._finishing = False

    def _done(self, saved: SavedEntry) -> None:
        self._on_their_way -= 1
        self.field.set_error("")
        local = ZonedTime(saved.saved, self._desk.clock.zone()).local()
        clock = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
        words = _("Saved at {time}").format(time=clock)
        if words != self._note.words():
            self._note.set_text(words)
            announce(self, words)
        self._clear_if_kept()

    def _refused(self, error: Exception) -> None:
        self._on_their_way -= 1
        self._finishing = False
        self._saved = ""
        self._note.set_text("")
        self.field.set_error(" ".join(part for part in failure_words(error) if part))
