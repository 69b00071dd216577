"""The check-ins of before, by day: looked at, changed, deleted with a way back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.check_ins import CheckIn
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.journal.check_ins import delete_check_in, restore_check_in
from integrate.ui.check_in.past_row import PastRow
from integrate.ui.check_in.reading import Past, read_past
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Heading, Text
from integrate.ui.widgets.toast import ToastHost
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.domain.entry import Changes, Unreadable
    from integrate.ui.page import PageContext

PAGE: Final = 20
"""Check-ins that are shown at first, and how many more at each *Show earlier ones*."""

_ABOVE: Final = 8
_AREAS: Final = frozenset({"check-ins", "measures"})


class EarlierSheet(Sheet):
    """The newest first, a page at a time. What is deleted can be taken back from a toast on the sheet itself.

    ``kept`` belongs to whoever opens it: lines that were changed and not saved (:class:`ChangeSheet`).
    """

    def __init__(self, context: PageContext, kept: dict[str, str] | None = None) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Earlier check-ins"), width=680)
        self._context = context
        self._desk = context.desk
        self._kept = {} if kept is None else kept
        self._limit = PAGE
        self._past: Past | None = None
        self._rows: dict[CheckIn, PastRow] = {}
        self._others: list[QWidget] = []
        self._toasts = ToastHost(self.theme, self)
        self.said = Text(self.theme, "", "body", "ink2")
        self.more_button = Button(self.theme, _("Show earlier ones"), small=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addWidget(self.said)
        self.body.addLayout(self._list)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addStretch(1)
        self.more_button.hide()
        self.said.hide()
        self.add_done()
        self.more_button.clicked.connect(self._show_more)
        self._desk.changed.connect(self._changed)
        self._read()

    def rows(self) -> tuple[PastRow, ...]:
        """The rows that are shown, from the top."""
        return tuple(self._rows.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Z takes back what was deleted last, also after its toast has gone."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._toasts.undo_last()
            event.accept()
            return
        super().keyPressEvent(event)

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._desk.is_open:
            self._desk.read(self, partial(read_past, limit=self._limit), self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self.close()
        self._context.shell.tell_trouble(error)

    def _changed(self, changes: Changes) -> None:
        if changes.areas & _AREAS:
            self._read()

    def _show_more(self, _checked: bool = False) -> None:
        self._limit += PAGE
        self._read()

    def _show(self, past: Past) -> None:
        same = self._past is not None and self._past.definitions == past.definitions
        held = self._rows if same else {}
        gone = [row for one, row in self._rows.items() if not same or one not in past.check_ins]
        had_focus = any(row.isAncestorOf(self.window().focusWidget()) for row in gone)
        self._past = past
        while self._list.count():
            self._list.takeAt(0)
        for old in (*gone, *self._others):
            old.hide()
            old.deleteLater()
        self._rows, self._others = {}, []
        self._fill(past.check_ins, held)
        self.said.set_text("" if past.check_ins else _("None yet. There is no rush."))
        self.said.setVisible(not past.check_ins)
        self.more_button.setVisible(past.more)
        if had_focus:
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, check_ins: Iterable[CheckIn | Unreadable], held: dict[CheckIn, PastRow]) -> None:
        now = ZonedTime(self._desk.clock.now(), self._desk.clock.zone())
        day: date | None = None
        for one in check_ins:
            if not isinstance(one, CheckIn):
                self._other(Text(self.theme, _("One check-in could not be read. The rest is fine."), "caption", "ink2"))
                continue
            if one.day != day:
                day = one.day
                if self._rows:
                    above = QWidget()
                    above.setFixedHeight(_ABOVE)
                    self._other(above)
                self._other(Heading(self.theme, short_day(day, now.local_date(), QLocale()), 3))
            row = held.get(one) or self._row(one, now)
            self._list.addWidget(row)
            row.raise_()  # the order in which a screen reader and Tab meet what was kept and what is new
            self._rows[one] = row

    def _other(self, part: QWidget) -> None:
        self._list.addWidget(part)
        part.show()
        part.raise_()
        self._others.append(part)

    def _row(self, check_in: CheckIn, now: ZonedTime) -> PastRow:
        definitions = self._past.definitions if self._past is not None else {}
        row = PastRow(self.theme, check_in, definitions, now, may_write=self._desk.may_write)
        row.change_wanted.connect(self._change)
        row.delete_wanted.connect(self._delete)
        return row

    # --- changing -----------------------------------------------------------------------------------------------------

    def _change(self, check_in: CheckIn) -> None:
        from integrate.ui.check_in.change import ChangeSheet

        if self._past is not None:
            ChangeSheet(self._context, check_in, self._past, self._kept).open()

    def _delete(self, check_in: CheckIn) -> None:
        work = partial(delete_check_in, check_in_id=check_in.id)
        self._desk.write(self, work, partial(self._deleted, check_in.id), self._refused)

    def _deleted(self, check_in_id: UUID, _changes: object) -> None:
        self._toasts.show(_("Check-in moved to Recently deleted"), partial(self._take_back, check_in_id))

    def _take_back(self, check_in_id: UUID) -> None:
        self._desk.write(self, partial(restore_check_in, check_in_id=check_in_id), None, self._refused)

    def _refused(self, error: Exception) -> None:
        self._context.shell.tell_trouble(error)
