"""Questionnaires that were filled in, the newest first: the day, the total, and the ways to read and to delete one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from integrate.domain.entry import Unreadable
from integrate.domain.responses import ResponseStatus
from integrate.i18n import _
from integrate.journal.responses import asked_titles, delete_response, list_responses, read_scored, restore_response
from integrate.ui.forms.past_sheet import open_past
from integrate.ui.forms.words import short_total, status_words, write_day
from integrate.ui.pages.settings.past_list import Doing, PastLine, PastList

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


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


class PastResponses(PastList):
    """They are read, and never changed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, read_past)

    def doings(self) -> Sequence[Doing]:
        """Read it."""
        return (Doing(_("Read"), partial(open_past, self.context, self)),)

    def delete(self, response_id: UUID) -> None:
        """Move it to Recently deleted."""
        restore = partial(restore_response, response_id=response_id)
        told = partial(self.deleted, _("Questionnaire moved to Recently deleted"), restore)
        self.context.desk.write(self, partial(delete_response, response_id=response_id), told)
