"""A questionnaire that was filled in, to be read: the words as they were asked, and what was answered to each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.responses import DECLINED, ResponseStatus
from integrate.domain.scoring import asked_items, score
from integrate.domain.support_words import PREFER_NOT
from integrate.i18n import _
from integrate.journal.responses import get_response, questionnaire_of
from integrate.ui.forms.words import status_words, total_words, write_day
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.domain.questionnaires import Item, Questionnaire
    from integrate.domain.responses import Response
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class PastSheet(Sheet):
    """Nothing in it can be changed, and the page about help does not come again."""

    def __init__(self, context: PageContext, response: Response, asked: Questionnaire) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), asked.title, width=680)
        theme, answers = self.theme, response.draft.answers
        status = status_words(response, context.desk.clock.now())
        self.body.addWidget(Text(theme, " · ".join(filter(None, (write_day(response.day), status))), "caption", "ink2"))
        if response.kept_status is ResponseStatus.COMPLETED:
            self.body.addWidget(Text(theme, total_words(asked, score(asked, answers))))
        stem = ""
        for item in asked_items(asked, answers):
            if item.stem and item.stem != stem:
                self.body.addWidget(Text(theme, item.stem, "title3"))
            stem = item.stem
            self.body.addWidget(self._row(item, answers.get(item.link_id)))
        self.body.addWidget(Text(theme, asked.notice, "caption", "ink3"))
        self.add_done()

    def _row(self, item: Item, code: str | None) -> Card:
        option = item.option(code)
        said = option.text if option is not None else _(PREFER_NOT) if code == DECLINED else _("not answered")
        card = Card(self.theme)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(4)
        column.addWidget(Text(self.theme, item.text, "quote"))
        column.addWidget(Text(self.theme, said, "body", "ink1" if option is not None else "ink2"))
        return card


def open_past(context: PageContext, owner: QObject, response_id: UUID) -> None:
    """Open a response to read it; what cannot be read is told. Nothing happens once ``owner`` is gone."""
    work = partial(_read, response_id=response_id)
    context.desk.read(owner, work, partial(_show, context), context.shell.tell_trouble)


def _read(journal: Journal, _stop: Stop, response_id: UUID) -> tuple[Response, Questionnaire]:
    response = get_response(journal, response_id)
    return response, questionnaire_of(journal, response)


def _show(context: PageContext, found: tuple[Response, Questionnaire]) -> None:
    if context.desk.is_open:
        PastSheet(context, *found).open()
