"""Experience: the moments of a session in the order of their time, and what is added to them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.moments import Moment, MomentKind
from integrate.domain.sessions import Session
from integrate.i18n import _, ngettext
from integrate.journal.moments import delete_moment, restore_moment
from integrate.ui.pages.sessions.around import is_written_in
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.moment_sheet import MomentSheet
from integrate.ui.pages.sessions.parts import replace_rows
from integrate.ui.pages.sessions.rows import PADDING, MarkSign, MomentRow
from integrate.ui.pages.sessions.sections import StageBody
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.pages.sessions.words import clock_words, mark_words
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_Key = tuple[Moment | Unreadable, bool, bool, bool]

_APART: Final = 24  # pixels between the timeline and the legend beside it
_BELOW: Final = 8


class ExperienceStage(StageBody):
    """The timeline. A click on a moment lets it be changed, or shows all of it in a journal open to read only.

    Only the first moments are given to it: ``more_wanted`` asks for some of the others as well.
    """

    told = Signal(str, object)
    more_wanted = Signal()

    def __init__(self, context: PageContext, drafts: Drafts) -> None:
        super().__init__()
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._drafts = drafts
        self._session: Session | None = None
        self._moments: tuple[Moment | Unreadable, ...] = ()
        self._count = 0
        self._first_new: int | None = None  # the row to go to once those that were asked for are there
        self._rows: list[tuple[_Key, QWidget]] = []
        theme = self._theme
        self.count = Text(theme, "", "caption", "ink3", wrap=False)
        self._none = Text(theme, _("No moments yet. They can also be added afterwards."), "body", "ink2")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        self.more_button = FlushButton(theme, "")
        self.add_button = FlushButton(theme, _("Add a moment"), "plus")
        self._legend = Legend(theme)
        self._lay_out()
        self.more_button.hide()
        self._legend.hide()
        self.add_button.setVisible(self._desk.may_write)
        self.add_button.clicked.connect(self.add)
        self.more_button.clicked.connect(self._want_more)

    def _lay_out(self) -> None:
        """The timeline, whose rows reach beyond the words with their ground, and the legend below or beside it."""
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 0, PADDING, 0)
        head.setSpacing(12)
        head.addWidget(Text(self._theme, _("Timeline"), "label", "ink2", weight=600), 1)
        head.addWidget(self.count)
        none = QVBoxLayout()
        none.setContentsMargins(PADDING, 0, PADDING, 0)
        none.addWidget(self._none)
        below = QVBoxLayout()
        below.setContentsMargins(PADDING, 0, PADDING, 0)
        below.setSpacing(4)
        for button in (self.more_button, self.add_button):
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        timeline = QVBoxLayout()
        timeline.setSpacing(8)
        for layout in (head, none, self._stack, below):
            timeline.addLayout(layout)
        timeline.addStretch(1)
        beside = QVBoxLayout()
        beside.setContentsMargins(PADDING, 0, PADDING, 0)
        beside.addWidget(self._legend)
        beside.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(_BELOW)
        self._halves.addLayout(timeline, 1)
        self._halves.addLayout(beside)

    def set_beside(self, beside: bool) -> None:
        """The legend beside the timeline, or below it."""
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self._halves.setSpacing(_APART if beside else _BELOW)
        self._halves.setStretch(1, int(beside))

    def show_moments(self, session: Session, moments: Sequence[Moment | Unreadable], count: int) -> None:
        """Show the first moments of a session, of ``count``; what cannot be read is named where it stands."""
        if self._session is None or session.id != self._session.id:
            self._first_new = None
        elif (session, tuple(moments), count) == (self._session, self._moments, self._count):
            return
        self._session, self._moments, self._count = session, tuple(moments), count
        self._fill()
        rows = self.rows()
        if self._first_new is not None and self._first_new < len(rows):
            rows[self._first_new].setFocus(Qt.FocusReason.TabFocusReason)
            self._first_new = None

    def rows(self) -> tuple[MomentRow, ...]:
        """The rows that can be read, in order."""
        return tuple(row for _key, row in self._rows if isinstance(row, MomentRow))

    def add(self) -> None:
        """Open the sheet for another moment."""
        self._open(None)

    def _fill(self) -> None:
        held = next((row.moment.id for row in self.rows() if row.hasFocus()), None)
        shown, count = self._moments, self._count
        keys = [self._key(moment, place == 0, place == count - 1) for place, moment in enumerate(shown)]
        there = dict(self._rows)
        rows = [(key, there.pop(key) if key in there else self._row(*key)) for key in keys]
        kept = [row for _key, row in rows]
        replace_rows(self._stack, [row for _key, row in self._rows if row not in kept], kept)
        self._rows = rows
        words = ngettext("{count} moment", "{count} moments", count).format(count=count)
        self.count.set_text(words if count else "")
        self._none.setVisible(not count)
        self._legend.setVisible(bool(count))
        left = count - len(shown)
        self.more_button.setText(ngettext("Show {count} more", "Show {count} more", left).format(count=left))
        self.more_button.setAccessibleName(_("{more} of the timeline").format(more=self.more_button.text()))
        self.more_button.setVisible(left > 0)
        again = next((row for row in self.rows() if row.moment.id == held), None)
        if again is not None:
            again.setFocus()

    def _key(self, moment: Moment | Unreadable, first: bool, last: bool) -> _Key:
        """All that a row shows: where that is as it was, the row can stay."""
        if not isinstance(moment, Moment):
            return moment, first, last, False
        written_in = moment.in_room or (self._session is not None and is_written_in(self._session, moment.created))
        return moment, first, last, written_in

    def _row(self, moment: Moment | Unreadable, first: bool, last: bool, written_in: bool) -> QWidget:
        if not isinstance(moment, Moment):
            return Text(self._theme, _("A moment could not be read. The rest is fine."), "caption", "ink2")
        row = MomentRow(self._theme, moment, first=first, last=last, written_in=written_in)
        row.clicked.connect(partial(self._open if self._desk.may_write else self._read, moment))
        return row

    def _want_more(self) -> None:
        self._first_new = len(self.rows())
        self.more_wanted.emit()

    def _open(self, moment: Moment | None, _checked: bool = False) -> None:
        if self._session is None or not self._desk.may_write:
            return
        sheet = MomentSheet(self._context, self._drafts, self._session, moment)
        sheet.delete_wanted.connect(self._delete)
        sheet.open()

    def _read(self, moment: Moment, _checked: bool = False) -> None:
        first, below = mark_words(moment.mark)
        AllSheet(self._context, clock_words(moment.mark.at.local()), first, below).open()

    def _delete(self, moment_id: UUID) -> None:
        self._desk.write(self, partial(delete_moment, moment_id=moment_id), partial(self._deleted, moment_id))

    def _deleted(self, moment_id: UUID, _changes: Changes) -> None:
        self.told.emit(_("Moment moved to Recently deleted"), partial(self._restore, moment_id))

    def _restore(self, moment_id: UUID) -> None:
        self._desk.write(self, partial(restore_moment, moment_id=moment_id))


class Legend(QWidget):
    """What the signs of the timeline stand for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_("Signs of the timeline"))
        kinds = (
            (MomentKind.MARK, _("moment")),
            (MomentKind.VITALS, _("vital signs")),
            (MomentKind.EFFECT, _("side effect")),
        )
        flow = FlowLayout(self, gap=16, line_gap=2)
        for kind, words in kinds:
            sign = QWidget()
            row = QHBoxLayout(sign)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(MarkSign(theme, kind))
            row.addWidget(Text(theme, words, "caption", "ink3", wrap=False))
            flow.addWidget(sign)
