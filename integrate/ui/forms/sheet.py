"""A questionnaire to fill in. Every answer is kept at once; nothing has to be answered, and nothing is judged."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.form_schedule import overlap_words
from integrate.domain.scoring import asked_items, has_help_at_foot, score, value_of
from integrate.domain.support_words import AT_ITEM_9, BEFORE_A_FORM, CONTENT_NOTE
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.ui.forms.help_line import HelpLine
from integrate.ui.forms.item_card import ItemCard
from integrate.ui.forms.pieces import Answered, Filling
from integrate.ui.forms.reading import FormNow
from integrate.ui.forms.words import question_words, total_words, write_day
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.sheet import Answer, Sheet, ask
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.journal.responses import SavedResponse
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_WIDTH: Final = 780
_AROUND: Final = 24
_KEEP: Final = "keep"
_BACK: Final = "back"


class QuestionnaireSheet(Sheet):
    """``finished`` brings the answers once the form is finished and on the disk; then the sheet is closed.

    ``held`` are answers to it that the disk refused before: they are there again, and offered again.
    """

    finished = Signal(object)

    def __init__(self, context: PageContext, form: FormNow, held: Answered | None = None) -> None:
        filling = (
            held.of if held is not None else Filling(form.questionnaire, None if form.draft is None else form.draft.id)
        )
        super().__init__(context.theme, context.shell.sheet_host(), filling.questionnaire.title, width=_WIDTH)
        self._context = context
        self._desk = context.desk
        self._filling = filling
        self.questionnaire = filling.questionnaire
        self._finishing = self._has_announced = False
        self._on_their_way = 0
        self._support: dict[str, HelpLine] = {}
        self.cards: dict[str, ItemCard] = {}
        self.progress = Text(self.theme, "", "caption", "ink2")
        self.state = Text(self.theme, "", "caption", "ink2")
        self.trouble = Text(self.theme, "", "body", "danger")
        self.trouble.hide()
        self.close_button = Button(self.theme, _("Close"), "quiet_neutral")
        self.done_button = Button(self.theme, _("Done"), "primary")
        self._lay_out(form)
        self._lay_out_foot()
        for link_id, code in (form.answers if held is None else held.answers).items():
            if link_id in self.cards:
                self.cards[link_id].set_answer(code)
        self._follow(aloud=False)
        if held is not None:
            self._save()

    def _lay_out(self, form: FormNow) -> None:
        theme, asked = self.theme, self.questionnaire
        self.body.setSpacing(14)
        self.body.addWidget(_note(theme, _(BEFORE_A_FORM)))
        if asked.tender:
            self.body.addWidget(_note(theme, _(CONTENT_NOTE)))
        if form.expired is not None:
            words = _(
                "The one you began on {day} was open for a day, so it was stopped. Its answers are kept, and this one "
                "begins anew."
            ).format(day=write_day(form.expired))
            self.body.addWidget(Text(theme, words, "caption", "ink2"))
        if form.near is not None:
            words = overlap_words(asked, form.near, write_day)
            self.body.addWidget(Text(theme, words, "caption", "ink2"))
        if asked.instruction:
            self.body.addWidget(Text(theme, asked.instruction, "body"))
        stem = ""
        for number, item in enumerate(asked.items, 1):
            if item.stem and item.stem != stem:
                self.body.addWidget(Text(theme, item.stem, "title3"))
            stem = item.stem
            card = self.cards[item.link_id] = ItemCard(theme, item, question_words(number))
            card.answered.connect(partial(self._answered, item.link_id))
            if item.harm:
                line = self._support[item.link_id] = HelpLine(theme, _(AT_ITEM_9))
                line.clicked.connect(self._help_now)
                line.hide()
                card.below.addWidget(line)
            self.body.addWidget(card)
        if has_help_at_foot(asked):
            foot = HelpLine(theme, _("If any of this is hard, help is here: Help now."))
            foot.clicked.connect(self._help_now)
            self.body.addWidget(foot)
        self.body.addWidget(Text(theme, asked.notice, "caption", "ink3"))

    def _lay_out_foot(self) -> None:
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self.progress)
        words.addWidget(self.state, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(14)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.trouble)
        column.addLayout(words)
        column.addLayout(buttons)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addLayout(column, 1)
        self.close_button.clicked.connect(self.close)
        self.done_button.clicked.connect(self._done)

    def answers(self) -> Mapping[str, str]:
        """What is answered, by the link ids of the questions that are asked now."""
        given = {link_id: code for link_id, card in self.cards.items() if (code := card.answer()) is not None}
        asked = {item.link_id for item in asked_items(self.questionnaire, given)}
        return {link_id: code for link_id, code in given.items() if link_id in asked}

    # --- answering ----------------------------------------------------------------------------------------------------

    def _answered(self, _link_id: str, _code: str | None) -> None:
        self._follow(aloud=True)
        self._save()

    def _follow(self, *, aloud: bool) -> None:
        """Show what the answers so far ask for: a further question, the line about help, how far one is."""
        answers = self.answers()
        asked = {item.link_id for item in asked_items(self.questionnaire, answers)}
        for link_id, card in self.cards.items():
            card.setVisible(link_id in asked)
        for link_id, line in self._support.items():
            above = (value_of(self.cards[link_id].item, answers) or 0) > 0
            comes = above and line.isHidden()
            line.setVisible(above)
            if comes and aloud:
                announce(self, line.accessibleName())
                QTimer.singleShot(0, line, partial(self._bring_into_sight, line))
        found = score(self.questionnaire, answers)
        words = _("{answered} of {count} answered").format(answered=found.answered, count=found.of)
        self.progress.set_text(words)

    def _bring_into_sight(self, line: HelpLine) -> None:
        """It came below the answer that has the focus, perhaps below the edge."""
        self._inside.activate()
        self._scroll.ensureWidgetVisible(line, 0, _AROUND)

    def _save(self) -> None:
        self._on_their_way += 1
        self.state.set_text(_("Saving…"))
        self._desk.saver.save_piece(self, self._now(), self._saved, self._refused)

    def _now(self, *, finishes: bool = False) -> Answered:
        at = ZonedTime(self._desk.clock.now(), self._desk.clock.zone())
        return Answered(self._filling, self.answers(), at, finishes)

    def _saved(self, _saved: SavedResponse) -> None:
        self._on_their_way = max(self._on_their_way - 1, 0)
        self._tell("")
        if not self._on_their_way:
            self.state.set_text(_("Saved. You can go on within 24 hours."))
            if not self._has_announced:  # once: each answer is said by the screen reader itself
                self._has_announced = True
                announce(self, self.state.words())

    def _refused(self, error: Exception) -> None:
        """Everything stays on the screen; the next answer takes all of them along again."""
        self._on_their_way = 0
        self._finishing = False
        self.state.set_text("")
        self._tell(" ".join(part for part in failure_words(error) if part))

    def _tell(self, words: str) -> None:
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self, words, polite=False)

    def _help_now(self) -> None:
        self._context.program.help_now()

    # --- finishing ----------------------------------------------------------------------------------------------------

    def _done(self) -> None:
        answers = self.answers()
        if not answers:
            self.close()
            return
        found = score(self.questionnaire, answers)
        if found.is_complete:
            self._finish()
            return
        ways = (Answer(_BACK, _("Go back"), safe=True), Answer(_KEEP, _("Keep it like this")))
        words = total_words(self.questionnaire, found)
        ask(self.theme, self._host, self.questionnaire.title, words, ways, self._incomplete_answered)

    def _incomplete_answered(self, key: str) -> None:
        if key == _KEEP:
            self._finish()

    def _finish(self) -> None:
        if self._finishing:
            return
        self._finishing = True
        self._desk.saver.save_piece(self, self._now(finishes=True), self._finished, self._refused)

    def _finished(self, saved: SavedResponse) -> None:
        self.close()
        self.finished.emit(saved.response.draft.answers)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What the disk refuses does not go with the sheet."""
        if self._open:
            self._desk.saver.let_go(self._filling)
        super().closeEvent(event)


def _note(theme: Theme, words: str) -> QWidget:
    """A sentence that is to be read before anything else."""
    card = Card(theme, ground="sunken", edge="")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.addWidget(Text(theme, words))
    return card
