"""Changing a check-in of before. When it was really written stays as it was."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from integrate.domain.check_ins import CheckIn, CheckInDraft
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.journal.check_ins import change_check_in
from integrate.ui.check_in.asked import asked_now, asked_then
from integrate.ui.check_in.form import CheckInForm
from integrate.ui.check_in.pieces import Asking, CheckedIn
from integrate.ui.check_in.when import WhenFields
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from uuid import UUID

    from integrate.domain.check_ins import Answer
    from integrate.journal.check_ins import SavedCheckIn
    from integrate.journal.opening import Journal
    from integrate.ui.check_in.reading import Past
    from integrate.ui.page import PageContext
    from integrate.ui.saving import Piece

_NONE = ""


class ChangeSheet(Sheet):
    """The time it is about, its answers under the questions of then, and its line of words.

    ``kept`` are lines that were written and not saved, by the ids of check-ins: closed without *Save* or *Cancel*, or
    by a lock, the sheet has them again when it is opened again.
    """

    def __init__(self, context: PageContext, check_in: CheckIn, past: Past, kept: dict[str, str]) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Change a check-in"), width=640)
        self._desk = context.desk
        held = context.desk.saver.held(partial(_is_of, check_in_id=check_in.id))
        self._asking = Asking(check_in.id)
        if isinstance(held, CheckedIn):  # the disk refused it the last time
            self._asking, check_in = held.of, replace(check_in, draft=held.draft)
        self._check_in = check_in
        self._past = past
        self._kept_words = kept
        self._saving = False
        self._lost: tuple[Answer, ...] = ()
        self.when = WhenFields(self.theme, context.desk, check_in.draft.about)
        self.form = CheckInForm(self.theme)
        self.more = MenuField(self.theme, _("Another measure"), ())
        self.trouble = Text(self.theme, "", "body", "danger")
        self.trouble.hide()
        for part in (self.when, self.form, self.more, self.trouble):
            self.body.addWidget(part)
        self.save_button = Button(self.theme, _("Save"), "primary")
        cancel = Button(self.theme, _("Cancel"), "quiet_neutral")
        self.footer.setContentsMargins(0, 16, 0, 0)
        self.footer.addWidget(self.form.hint, 1)
        self.footer.addStretch(0)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)
        self.initial_focus = self.when.date
        self._show()  # only now that everything has its place: a part without one would be a window for a moment
        self.form.lead_to(self.more, cancel, self.save_button)
        self.more.chosen.connect(self._add)
        self.form.finished.connect(self.save)
        self.form.changed.connect(self._keep_words)
        cancel.clicked.connect(self._cancel)
        self.save_button.clicked.connect(self.save)

    def _show(self) -> None:
        past, draft = self._past, self._check_in.draft
        pairs = [(answer, asked_then(answer, past.definitions, past.measures)) for answer in draft.answers]
        # What cannot be shown is saved again as it is.
        self._lost = tuple(answer for answer, asked in pairs if asked is None)
        self.form.show_asked([asked for _answer, asked in pairs if asked is not None])
        self.form.show_draft(draft)
        words = self._kept_words.get(str(self._check_in.id), draft.note)
        if words:
            self.form.show_words(words, never_share=draft.never_share)
        else:
            self.form.open_note()
        self._offer()

    def _offer(self) -> None:
        here = self.form.asked_ids() | {answer.measure_id for answer in self._lost}
        others = [(measure.id, measure.name) for measure in self._past.measures.values() if measure.id not in here]
        self.more.set_options([(_NONE, _("None")), *others], _NONE)
        self.more.setVisible(bool(others))

    def _add(self, measure_id: UUID | str) -> None:
        measure = next((one for one in self._past.measures.values() if one.id == measure_id), None)
        if measure is not None:
            self.form.add(asked_now(measure))
            self._offer()

    def save(self, _checked: bool = False) -> None:
        """Save it, and close when the disk has it."""
        if self._saving:
            return
        self._tell("")
        wrong, about = self.form.first_wrong(), self.when.value()
        if wrong is not None:
            wrong.target().setFocus(Qt.FocusReason.OtherFocusReason)
        if wrong is not None or about is None:
            return
        try:
            answers = (*self.form.answers(), *self._lost)
            draft = CheckInDraft(about, answers, self.form.words(), self.form.never_share())
        except KnownError as error:
            self._refused(error)
            return
        self._saving = True
        piece = CheckedIn(self._asking, draft, partial(_change, check_in_id=self._check_in.id))
        self._desk.saver.save_piece(self, piece, self._kept, self._refused)

    def _kept(self, _saved: object) -> None:
        self._cancel()

    def _cancel(self, _checked: bool = False) -> None:
        """Go, with nothing left to keep."""
        self._desk.saver.forget(self._asking)
        self._kept_words.pop(str(self._check_in.id), None)
        self.close()

    def _keep_words(self) -> None:
        words = self.form.words()
        if words and words != self._check_in.draft.note:
            self._kept_words[str(self._check_in.id)] = words
        else:
            self._kept_words.pop(str(self._check_in.id), None)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self._tell(" ".join(part for part in failure_words(error) if part))

    def _tell(self, words: str) -> None:
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self, words, polite=False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What *Save* was pressed for and the disk refused does not go with the sheet."""
        if self._open:
            self._desk.saver.let_go(self._asking)
        super().closeEvent(event)


def _change(journal: Journal, draft: CheckInDraft, check_in_id: UUID) -> SavedCheckIn:
    return change_check_in(journal, check_in_id, draft)


def _is_of(piece: Piece, check_in_id: UUID) -> bool:
    return isinstance(piece, CheckedIn) and piece.of.check_in_id == check_in_id
