"""Logs of facts that were written, the newest first: side effects of sessions, and what changes slowly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from integrate.domain.entry import Unreadable
from integrate.domain.logs import EffectLog
from integrate.errors import RecordDamaged, WrongUsage
from integrate.i18n import _
from integrate.journal.logs import delete_log, effect_logs, restore_log, slow_logs
from integrate.journal.sessions import get_session
from integrate.ui.forms.past_log_sheet import open_log, open_past_log
from integrate.ui.forms.words import write_day
from integrate.ui.pages.settings.past_list import Doing, PastLine, PastList

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.logs import Log
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


def read_past_logs(journal: Journal, _stop: Stop) -> tuple[PastLine, ...]:
    """Every log, the newest first, and then those that cannot be read.

    Raises:
        DatabaseDamaged.
    """
    found = (*effect_logs(journal), *slow_logs(journal))
    logs = sorted((one for one in found if not isinstance(one, Unreadable)), key=_when, reverse=True)
    # One whose kind cannot be told is named in both lists.
    damaged = dict.fromkeys(one.id for one in found if isinstance(one, Unreadable))
    return (
        *(PastLine(log.id, f"{log_title(journal, log)} · {write_day(log.day)}") for log in logs),
        *(PastLine(one, _("These notes could not be read. The rest is fine."), False) for one in damaged),
    )


def log_title(journal: Journal, log: Log) -> str:
    """What it is about, with the number of its session where that can be read."""
    if not isinstance(log.content, EffectLog):
        return _("What changes slowly")
    try:
        number = get_session(journal, log.content.session_id).ref.number
    except (RecordDamaged, WrongUsage):
        return _("Side effects")
    return _("Side effects after session {number}").format(number=number)


class PastLogs(PastList):
    """They are read, and changed as they were written."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, read_past_logs)

    def doings(self) -> Sequence[Doing]:
        """Read it, or change it."""
        read = Doing(_("Read"), partial(open_past_log, self.context, self))
        if not self.context.desk.may_write:
            return (read,)
        return read, Doing(_("Change"), partial(open_log, self.context, self))

    def delete(self, log_id: UUID) -> None:
        """Move it to Recently deleted."""
        told = partial(self.deleted, _("Notes moved to Recently deleted"), partial(restore_log, log_id=log_id))
        self.context.desk.write(self, partial(delete_log, log_id=log_id), told)


def _when(log: Log) -> tuple[object, UUID]:
    return log.about.instant, log.id
