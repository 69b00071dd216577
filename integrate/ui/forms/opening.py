"""The way into a form, from whatever page: read, asked, filled in, and what comes after it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from integrate.domain.form_schedule import NO_PHQ, PHQ_TO_CHOOSE
from integrate.ui.forms.after import show_after
from integrate.ui.forms.phq_sheet import PhqSheet
from integrate.ui.forms.pieces import Answered
from integrate.ui.forms.reading import FormNow, read_form
from integrate.ui.forms.sheet import QuestionnaireSheet

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.saving import Piece


def open_form(context: PageContext, owner: QObject, key: str) -> None:
    """Open the questionnaire ``key``, or go on with the one that was begun within a day.

    With PHQ_TO_CHOOSE the choice between PHQ-9 and PHQ-8 comes first. Nothing happens once ``owner`` is gone. A journal
    that is open to read only has no use for it.
    """
    if not context.desk.may_write:
        return
    if key == PHQ_TO_CHOOSE:
        sheet = PhqSheet(context)
        sheet.chosen.connect(partial(_phq_chosen, context, owner))
        sheet.open()
        return
    work = partial(read_form, key=key, data_folder=context.program.paths.data_folder)
    # In the journal's own lane: an answer to the same form that is on its way comes first.
    context.desk.write(owner, work, partial(_show, context), context.shell.tell_trouble)


def _phq_chosen(context: PageContext, owner: QObject, key: str) -> None:
    if key != NO_PHQ:
        open_form(context, owner, key)


def _show(context: PageContext, form: FormNow | None) -> None:
    if form is not None and context.desk.is_open:
        held = context.desk.saver.held(partial(_is_of, key=form.questionnaire.key))
        sheet = QuestionnaireSheet(context, form, held if isinstance(held, Answered) else None)
        sheet.finished.connect(partial(show_after, context, sheet.questionnaire))
        sheet.open()


def _is_of(piece: Piece, key: str) -> bool:
    return isinstance(piece, Answered) and piece.of.questionnaire.key == key
