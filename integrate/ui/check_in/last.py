"""The last check-in in a line or two, where nothing can be written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.check_ins import CheckIn
from integrate.i18n import _
from integrate.ui.check_in.words import BETWEEN, about_words, answers_words
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.text import Text
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from integrate.ui.check_in.reading import Past
    from integrate.ui.page import PageContext


class LastCheckIn(QWidget):
    """When it was, what was answered, and a way to those before."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._past: Past | None = None
        self._when = Text(context.theme, "", "caption", "ink3")
        self._answers = Text(context.theme, "", "body")
        self.earlier_button = LinkText(context.theme, _("Earlier check-ins"), role="caption", token="ink2")
        self.earlier_button.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._when)
        column.addWidget(self._answers)
        column.addWidget(self.earlier_button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_past(self, past: Past, today: date, zone: str) -> None:
        """Say the newest of ``past``."""
        self._past = past
        last = next(iter(past.check_ins), None)
        if isinstance(last, CheckIn):
            day = short_day(last.day, today, QLocale())
            self._when.set_text(BETWEEN.join((day, about_words(last.draft.about, zone))))
            self._answers.set_text(answers_words(last, past.definitions))
        elif last is not None:
            self._when.set_text("")
            self._answers.set_text(_("This check-in could not be read."))

    def has_something(self) -> bool:
        """Whether there is a check-in at all."""
        return self._past is not None and bool(self._past.check_ins)

    def _open(self, _checked: bool = False) -> None:
        from integrate.ui.check_in.earlier import EarlierSheet

        EarlierSheet(self._context).open()
