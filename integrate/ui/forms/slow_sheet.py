"""What changes slowly: asked every four weeks at most, facts only, and a reminder of who could be told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.logs import SLOW_QUESTIONS, YES_NO_WORDS, SlowLog, YesNo
from integrate.domain.questionnaires import Item, Option
from integrate.i18n import _
from integrate.journal.logs import SavedLog, change_slow_log, record_slow_log
from integrate.ui.forms.item_card import ItemCard
from integrate.ui.forms.log_sheet import LogSheet
from integrate.ui.forms.words import question_words
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.scale import ScaleInput
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class SlowSheet(LogSheet):
    """The first answer begins a log of today; every further one changes it."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("What changes slowly"), _Keeper())
        theme = self.theme
        self.cards: dict[str, ItemCard] = {}
        self.pull = ScaleInput(theme, _("Pull toward unplanned doses"), _("none"), _("strong"))
        self.note = TextArea(theme, _("Anything else"), least=2)
        self.body.setSpacing(10)
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
        self.pull.answered.connect(self._answered)
        self.note.changed.connect(self.typed)
        self.begin()

    def content(self) -> SlowLog | None:
        """What is answered.

        Raises:
            WrongUsage: the note is too long.
        """
        answers = tuple((key, YesNo(code)) for key, card in self.cards.items() if (code := card.answer()) is not None)
        pull, note = self.pull.value_or_none(), self.note.text()
        if not answers and pull is None and not note.strip():
            return None
        return SlowLog(answers, pull, note)

    def _answered(self, _value: object) -> None:
        self.save()


class _Keeper:
    """Begins a log, and changes the one that was begun. The journal's lane calls it, one write after another."""

    def __init__(self) -> None:
        self._log_id: UUID | None = None

    def __call__(self, journal: Journal, log: SlowLog) -> SavedLog:
        if self._log_id is not None:
            return change_slow_log(journal, self._log_id, log)
        saved = record_slow_log(journal, log)
        self._log_id = saved.log.id
        return saved
