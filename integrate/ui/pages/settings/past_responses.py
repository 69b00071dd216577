"""Questionnaires that were filled in, the newest first: the day, the total, and the ways to read and to delete one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import Changes, Unreadable
from integrate.domain.responses import ResponseStatus
from integrate.i18n import _
from integrate.journal.responses import asked_titles, delete_response, list_responses, read_scored, restore_response
from integrate.ui.forms.past_sheet import open_past
from integrate.ui.forms.words import short_total, status_words, write_day
from integrate.ui.widgets.buttons import IconButton, LinkText
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class PastLine:
    """One of the list; of a damaged one there is no more than that, and its id may be None."""

    id: UUID | None
    words: str
    readable: bool = True


def read_past(journal: Journal, _stop: Stop) -> tuple[PastLine, ...]:
    """Every response, the newest first.

    Raises:
        DatabaseDamaged.
    """
    totals = {one.response.id: short_total(one.questionnaire, one.score) for one in read_scored(journal).responses}
    titles, now = asked_titles(journal), journal.clock.now()
    lines = []
    for one in list_responses(journal):
        if isinstance(one, Unreadable):
            lines.append(PastLine(one.id, _("This questionnaire could not be read. The rest is fine."), False))
            continue
        title = titles.get(one.draft.digest, one.draft.questionnaire)
        done = one.kept_status is ResponseStatus.COMPLETED
        state = totals.get(one.id, "") if done else status_words(one, now)
        lines.append(PastLine(one.id, " · ".join(filter(None, (title, write_day(one.day), state)))))
    return tuple(lines)


class PastResponses(QWidget):
    """The newest of them, and all once that is asked for."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._lines: tuple[PastLine, ...] = ()
        self._all = False
        self.rows: list[QWidget] = []
        self._none = Text(context.theme, _("None yet."), "caption", "ink2")
        self.all_button = LinkText(context.theme, _("Show all"))
        self.all_button.clicked.connect(self._show_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(4)
        self._column.addWidget(self._none)
        self._column.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.all_button.hide()

    def read(self) -> None:
        """Read the list anew."""
        if self._context.desk.is_open:
            self._context.desk.read(self, read_past, self._show, self._context.shell.tell_trouble)

    def _show(self, lines: Sequence[PastLine]) -> None:
        if tuple(lines) == self._lines and self.rows:
            return
        self._lines = tuple(lines)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        shown = self._lines if self._all else self._lines[:_SHOWN]
        self.rows = [self._row(line) for line in shown]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)
        self._none.setVisible(not lines)
        self.all_button.setVisible(len(shown) < len(self._lines))

    def _show_all(self) -> None:
        self._all, lines, self._lines = True, self._lines, ()
        self._show(lines)

    def _row(self, line: PastLine) -> QWidget:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.setSpacing(12)
        inside.addWidget(Text(self._context.theme, line.words), 1)
        if line.id is None or not line.readable:
            return row
        read = LinkText(self._context.theme, _("Read"))
        # Translators: the name of a button for a screen reader: what it does, and what it is about
        read.setAccessibleName(_("{action}: {what}").format(action=_("Read"), what=line.words))
        read.clicked.connect(partial(self._open, line.id))
        inside.addWidget(read)
        if self._context.desk.may_write:
            name = _("{action}: {what}").format(action=_("Delete"), what=line.words)
            delete = IconButton(self._context.theme, "trash-2", name)
            delete.setToolTip(_("Delete"))
            delete.clicked.connect(partial(self._delete, line.id))
            inside.addWidget(delete)
        return row

    def _open(self, response_id: UUID, _checked: bool = False) -> None:
        open_past(self._context, self, response_id)

    def _delete(self, response_id: UUID, _checked: bool = False) -> None:
        work = partial(delete_response, response_id=response_id)
        self._context.desk.write(self, work, partial(self._deleted, response_id))

    def _deleted(self, response_id: UUID, _changes: Changes) -> None:
        words = _("Questionnaire moved to Recently deleted")
        self._context.shell.toast(words, partial(self._restore, response_id))

    def _restore(self, response_id: UUID) -> None:
        self._context.desk.write(self, partial(restore_response, response_id=response_id))
