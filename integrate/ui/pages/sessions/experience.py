"""Experience: the moments of a session in the order of their time, and what is added to them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.moments import Moment, MomentKind
from integrate.domain.sessions import Session
from integrate.i18n import _, ngettext
from integrate.journal.moments import delete_moment, restore_moment
from integrate.ui.pages.sessions.around import is_written_in
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.moment_sheet import MomentSheet
from integrate.ui.pages.sessions.parts import replace_rows
from integrate.ui.pages.sessions.rows import MarkSign, MomentRow
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.pages.sessions.words import clock_words, mark_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_Key = tuple[Moment | Unreadable, bool, bool, bool]

_AT_ONCE: Final = 40  # rows that are made in one go: more would keep the window busy


class ExperienceStage(QWidget):
    """The timeline. A click on a moment lets it be changed, or shows all of it in a journal open to read only."""

    told = Signal(str, object)

    def __init__(self, context: PageContext, drafts: Drafts) -> None:
        super().__init__()
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._drafts = drafts
        self._session: Session | None = None
        self._moments: tuple[Moment | Unreadable, ...] = ()
        self._limit = _AT_ONCE
        self._rows: list[tuple[_Key, QWidget]] = []
        theme = self._theme
        self.count = Text(theme, "", "caption", "ink3", wrap=False)
        self._none = Text(theme, _("No moments yet. They can also be added afterwards."), "body", "ink2")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        self.more_button = Button(theme, "", "quiet", small=True)
        self.add_button = Button(theme, _("Add a moment"), "quiet", "plus", small=True)
        self._legend = Legend(theme)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(theme, _("Timeline"), "label", "ink2", weight=600), 1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addLayout(self._stack)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        column.addWidget(self._legend)
        self.more_button.hide()
        self._legend.hide()
        self.add_button.setVisible(self._desk.may_write)
        self.add_button.clicked.connect(self.add)
        self.more_button.clicked.connect(self._show_more)

    def show_moments(self, session: Session, moments: Sequence[Moment | Unreadable]) -> None:
        """Show the moments of a session; what cannot be read is named where it stands."""
        if self._session is None or session.id != self._session.id:
            self._limit = _AT_ONCE
        elif (session, tuple(moments)) == (self._session, self._moments):
            return
        self._session, self._moments = session, tuple(moments)
        self._fill()

    def rows(self) -> tuple[MomentRow, ...]:
        """The rows that can be read, in order."""
        return tuple(row for _key, row in self._rows if isinstance(row, MomentRow))

    def add(self) -> None:
        """Open the sheet for another moment."""
        self._open(None)

    def _fill(self) -> None:
        held = next((row.moment.id for row in self.rows() if row.hasFocus()), None)
        count = len(self._moments)
        shown = self._moments[: self._limit]
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

    def _show_more(self) -> None:
        first = len(self.rows())
        self._limit += _AT_ONCE
        self._fill()
        rows = self.rows()
        if first < len(rows):
            rows[first].setFocus(Qt.FocusReason.TabFocusReason)

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        for kind, words in kinds:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(MarkSign(theme, kind))
            row.addWidget(Text(theme, words, "caption", "ink3"), 1)
            column.addLayout(row)
