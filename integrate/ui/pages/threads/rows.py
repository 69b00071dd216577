"""The threads in their card, made a few at a time so that no key waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from integrate.domain.entry import Unreadable
from integrate.i18n import _
from integrate.journal.threads import ThreadView
from integrate.ui.pages.threads.row import SIDE, ThreadRow
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_FIRST: Final = 4  # rows of a window as drawn; the rest follows, one at a time


class ThreadRows(Card):
    """Rows of threads. ``made`` brings each row that was made, so that somebody listens to it."""

    made = Signal(object)  # ThreadRow

    def __init__(self, theme: Theme, zone: str, *, may_write: bool, goes_to_sessions: bool) -> None:
        super().__init__(theme)
        self._zone = zone
        self._may_write = may_write
        self._goes_to_sessions = goes_to_sessions
        self._downwards = False
        self._today = date.min
        self._held: tuple[UUID, str] | None = None  # a thread and the name of what had the focus in it
        self._waiting: list[ThreadView | Unreadable] = []
        self._kept: dict[UUID, ThreadRow] = {}
        self._rows: list[QWidget] = []
        self._dividers: list[Divider] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    def count(self) -> int:
        """How many threads there are, made or not yet."""
        return len(self._rows) + len(self._waiting)

    def rows(self) -> list[ThreadRow]:
        """The rows of threads that can be read, as they stand."""
        return [row for row in self._rows if isinstance(row, ThreadRow)]

    def set_downwards(self, downwards: bool) -> None:
        """Let them run from top to bottom."""
        self._downwards = downwards
        for row in self.rows():
            row.set_downwards(downwards)

    def clear(self) -> None:
        """Forget all words."""
        self.show_threads((), self._today)

    def show_threads(self, threads: Sequence[ThreadView | Unreadable], today: date) -> None:
        """Show these. A row that would look the same stays as it is, and the focus stays where it was."""
        self._next.stop()
        self._held = self._focused()
        same_day, self._today = today == self._today, today
        wanted = {one.thread.id: one for one in threads if isinstance(one, ThreadView)}
        self._kept = {}
        for row in self._rows:
            self._column.removeWidget(row)
            if isinstance(row, ThreadRow) and same_day and wanted.get(row.view.thread.id) == row.view:
                self._kept[row.view.thread.id] = row
            else:
                _drop(row)
        for line in self._dividers:
            self._column.removeWidget(line)
            _drop(line)
        self._rows, self._dividers = [], []
        self._waiting = list(threads)
        for _step in range(_FIRST):
            self._add_next()
        while self._waiting and _id_of(self._waiting[0]) in self._kept:  # what is made already costs nothing
            self._add_next()
        self._end_or_go_on()

    def _go_on(self) -> None:
        self._add_next()
        self._end_or_go_on()

    def _end_or_go_on(self) -> None:
        if self._waiting:
            self._next.start()
            return
        for row in self._kept.values():  # is shown no more
            _drop(row)
        self._kept = {}
        self._held = None

    def _add_next(self) -> None:
        if not self._waiting:
            return
        one = self._waiting.pop(0)
        if self._rows:
            line = Divider(self._theme)
            self._dividers.append(line)
            self._column.addWidget(line)
        row = self._row(one)
        self._rows.append(row)
        self._column.addWidget(row)
        self._give_back(row)

    def _row(self, one: ThreadView | Unreadable) -> QWidget:
        if isinstance(one, Unreadable):
            text = Text(self._theme, _("This thread could not be read. The rest is fine."), "body", "ink2")
            text.setContentsMargins(0, 0, 0, 0)
            box = QWidget()
            inside = QVBoxLayout(box)
            inside.setContentsMargins(SIDE, 16, SIDE, 16)
            inside.addWidget(text)
            return box
        row = self._kept.pop(one.thread.id, None)
        if row is None:
            row = ThreadRow(
                self._theme, one, self._today, self._zone, may_write=self._may_write,
                goes_to_sessions=self._goes_to_sessions,
            )  # fmt: skip
            self.made.emit(row)
        row.set_downwards(self._downwards)
        return row

    # --- the focus ----------------------------------------------------------------------------------------------------

    def _focused(self) -> tuple[UUID, str] | None:
        focused = QApplication.focusWidget()
        row = next((row for row in self.rows() if focused is not None and row.isAncestorOf(focused)), None)
        return (row.view.thread.id, focused.accessibleName()) if row is not None and focused is not None else None

    def _give_back(self, row: QWidget) -> None:
        """To the part of the same name, else to the name of the thread."""
        if self._held is None or not isinstance(row, ThreadRow) or row.view.thread.id != self._held[0]:
            return
        if not row.isAncestorOf(QApplication.focusWidget() or self):
            parts = [part for part in row.findChildren(QAbstractButton) if part.accessibleName() == self._held[1]]
            (parts[0] if parts else row.name).setFocus(Qt.FocusReason.OtherFocusReason)


def _id_of(one: ThreadView | Unreadable) -> UUID | None:
    return one.thread.id if isinstance(one, ThreadView) else one.id


def _drop(part: QWidget) -> None:
    part.hide()
    part.deleteLater()
