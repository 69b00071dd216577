"""One check-in of before: when, what was answered, and when it was written, where that is another time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.check_in.words import BETWEEN, about_words, answers_words, written_words
from integrate.ui.widgets.buttons import IconButton, LinkText
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.text import Text
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from integrate.domain.check_ins import CheckIn
    from integrate.domain.measures import Definition
    from integrate.domain.times import ZonedTime
    from integrate.ui.theme.theme import Theme

_EYE: Final = 14


class PastRow(QWidget):
    """``change_wanted`` and ``delete_wanted`` bring the check-in."""

    change_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(
        self, theme: Theme, check_in: CheckIn, definitions: Mapping[tuple[UUID, int], Definition], now: ZonedTime,
        *, may_write: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self.check_in = check_in
        today, draft = now.local_date(), check_in.draft
        day = short_day(check_in.day, today, QLocale())
        self.time = Text(theme, about_words(draft.about, now.zone), "label", weight=600)
        self.answers = Text(theme, answers_words(check_in, definitions))
        self.written = Text(theme, written_words(check_in, today), "caption", "ink3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(2)
        column.addLayout(self._head(theme, may_write, BETWEEN.join((day, self.time.words()))))
        column.addWidget(self.answers)
        if draft.note:
            column.addWidget(Text(theme, draft.note, "quote"))
        if draft.never_share:
            column.addLayout(_never_share(theme))
        column.addWidget(self.written)
        self.answers.setVisible(bool(self.answers.words()))
        self.written.setVisible(bool(self.written.words()))

    def _head(self, theme: Theme, may_write: bool, when: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.time, 1, Qt.AlignmentFlag.AlignVCenter)
        if may_write:
            change = LinkText(theme, _("Change…"), role="caption")
            change.setAccessibleName(_("Change the check-in of {when}").format(when=when))
            delete = IconButton(theme, "trash-2", _("Delete the check-in of {when}").format(when=when))
            delete.setToolTip(_("Delete"))
            change.clicked.connect(self._change)
            delete.clicked.connect(self._delete)
            row.addWidget(change)
            row.addWidget(delete)
        return row

    def _change(self, _checked: bool = False) -> None:
        self.change_wanted.emit(self.check_in)

    def _delete(self, _checked: bool = False) -> None:
        self.delete_wanted.emit(self.check_in)


def _never_share(theme: Theme) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(Icon(theme, "eye-off", "ink3", _EYE, role="caption"))
    row.addWidget(Text(theme, _("Never share"), "caption", "ink3", wrap=False))
    row.addStretch(1)
    return row
