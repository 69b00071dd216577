"""What changes slowly: asked every four weeks at most, facts only, and a reminder of who could be told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.logs import SLOW_QUESTIONS, YES_NO_WORDS, SlowLog, YesNo
from integrate.domain.questionnaires import Item, Option
from integrate.i18n import _
from integrate.journal.logs import get_log
from integrate.ui.forms.item_card import ItemCard
from integrate.ui.forms.log_sheet import LogSheet
from integrate.ui.forms.pieces import Noted, Noting
from integrate.ui.forms.words import question_words, write_day
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.scale import ScaleInput
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.domain.logs import Log
    from integrate.ui.page import PageContext
    from integrate.ui.saving import Piece


class SlowSheet(LogSheet):
    """The first answer begins a log of today, every further one changes it; ``log`` is one of before, to be changed."""

    def __init__(self, context: PageContext, log: Log | None, content: SlowLog | None, noting: Noting) -> None:
        super().__init__(context, _("What changes slowly"), noting)
        theme = self.theme
        self._others: tuple[tuple[str, YesNo], ...] = ()  # questions this program does not ask: kept as they are
        self.cards: dict[str, ItemCard] = {}
        self.pull = ScaleInput(theme, _("Pull toward unplanned doses"), _("none"), _("strong"))
        self.body.setSpacing(10)
        if log is not None:
            self.body.addWidget(Text(theme, write_day(log.day), "caption", "ink2"))
        self.note = TextArea(theme, _("Anything else"), least=2)
        words = _("Any of it can stay empty. You could tell your prescriber.")
        self.body.addWidget(Text(theme, words, "body", "ink2"))
        options = tuple(Option(str(one), _(said), None, "") for one, said in YES_NO_WORDS.items())
        for number, (key, question) in enumerate(SLOW_QUESTIONS.items(), 1):
            card = self.cards[key] = ItemCard(theme, Item(key, _(question), "", "", options), question_words(number))
            card.answered.connect(self._answered)
            self.body.addWidget(card)
        box = Card(theme)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(20, 14, 20, 12)
        inside.addWidget(self.pull)
        self.body.addWidget(box)
        self.body.addWidget(self.note)
        if content is not None:
            self._fill(content)
        self.pull.answered.connect(self._answered)
        self.note.changed.connect(self.typed)

    def content(self) -> SlowLog | None:
        """What is answered.

        Raises:
            WrongUsage: the note is too long.
        """
        answers = tuple((key, YesNo(code)) for key, card in self.cards.items() if (code := card.answer()) is not None)
        pull, note = self.pull.value_or_none(), self.note.text()
        if not (*answers, *self._others) and pull is None and not note.strip():
            return None
        return SlowLog((*answers, *self._others), pull, note)

    def _fill(self, content: SlowLog) -> None:
        self._others = tuple(pair for pair in content.answers if pair[0] not in self.cards)
        for key, answer in content.answers:
            if key in self.cards:
                self.cards[key].set_answer(str(answer))
        self.pull.set_value(content.pull)
        self.note.set_text(content.note)

    def _answered(self, _value: object) -> None:
        self.save()


def open_slow(context: PageContext, owner: QObject, log_id: UUID | None = None) -> None:
    """Open the slow things of today, or the log of before with this id. Nothing happens once ``owner`` is gone."""
    if not context.desk.may_write:
        return
    if log_id is None:
        _show(context, None)
    else:
        # In the journal's own lane: what is being saved comes first.
        work = partial(get_log, log_id=log_id)
        context.desk.write(owner, work, partial(_show, context), context.shell.tell_trouble)


def _show(context: PageContext, log: Log | None) -> None:
    if not context.desk.is_open:
        return
    log_id = log.id if log is not None else None
    content, noting = (log.content if log is not None else None), Noting(log_id=log_id)
    held = context.desk.saver.held(partial(_is_of, log_id=log_id))
    if isinstance(held, Noted):  # the disk refused it the last time
        content, noting = held.log, held.of
    sheet = SlowSheet(context, log, content if isinstance(content, SlowLog) else None, noting)
    sheet.begin(on_disk=held is None)
    sheet.open()


def _is_of(piece: Piece, log_id: UUID | None) -> bool:
    return isinstance(piece, Noted) and piece.of.session_id is None and piece.of.log_id == log_id
