"""A log of before: to be read, line by line, or to be changed on the sheet it was written on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from integrate.domain.logs import EffectLog
from integrate.i18n import _
from integrate.journal.logs import get_log
from integrate.ui.forms.effects_sheet import open_effects
from integrate.ui.forms.log_words import log_words
from integrate.ui.forms.slow_sheet import open_slow
from integrate.ui.forms.words import write_day
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.logs import Log
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class PastLogSheet(Sheet):
    """Facts as they were written. Nothing is counted and nothing compared."""

    def __init__(self, context: PageContext, log: Log) -> None:
        title = _("Side effects") if isinstance(log.content, EffectLog) else _("What changes slowly")
        super().__init__(context.theme, context.shell.sheet_host(), title)
        self.body.addWidget(Text(self.theme, write_day(log.day), "caption", "ink2"))
        for line in log_words(log.content):
            self.body.addWidget(Text(self.theme, line))
        self.add_done()


def open_past_log(context: PageContext, owner: QObject, log_id: UUID) -> None:
    """Open a log to read it; what cannot be read is told. Nothing happens once ``owner`` is gone."""
    context.desk.read(owner, partial(_read, log_id=log_id), partial(_show, context), context.shell.tell_trouble)


def open_log(context: PageContext, owner: QObject, log_id: UUID) -> None:
    """Open a log to change it; what cannot be read is told. Nothing happens once ``owner`` is gone."""
    context.desk.read(
        owner, partial(_read, log_id=log_id), partial(_change, context, owner), context.shell.tell_trouble
    )


def _read(journal: Journal, _stop: Stop, log_id: UUID) -> Log:
    return get_log(journal, log_id)


def _show(context: PageContext, log: Log) -> None:
    if context.desk.is_open:
        PastLogSheet(context, log).open()


def _change(context: PageContext, owner: QObject, log: Log) -> None:
    if isinstance(log.content, EffectLog):
        open_effects(context, owner, log.content.session_id)
    else:
        open_slow(context, owner, log.id)
