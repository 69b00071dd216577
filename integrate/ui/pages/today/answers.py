"""What becomes of an answer on Today: it is kept, said back briefly where it can be undone, and the page reads anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from integrate.domain.appointments import Talk
from integrate.domain.entry import Changes
from integrate.domain.practices import Cadence, Reply, Said
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.domain.welcome_back import plan_key
from integrate.i18n import _
from integrate.journal.asking import OnceAsked, note_shown, settle_question
from integrate.journal.letters import SavedLetter, open_letter
from integrate.journal.moments import TouchAnswer, answer_touch_point
from integrate.journal.opening import Journal
from integrate.journal.practices import (
    Fit,
    SavedPractice,
    answer_fit,
    note_asked,
    reply_to_practice,
    resume_practice,
    take_back_reply,
)
from integrate.journal.sessions import add_line, change_session
from integrate.ui.pages.today.practice_part import CHANGE, REST
from integrate.ui.pages.today.questions import DID_NOT, OTHER_DAY, SAVE, TOOK_PLACE, EndCard, PlansCard
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.journal.practices import PracticeView
    from integrate.ui.page import PageContext
    from integrate.ui.pages.today.quiet_card import QuietCard
    from integrate.ui.pages.today.sheets import DaySheet, PracticeSheet
    from integrate.ui.pages.today.talk_card import TalkCard


class Answers(QObject):
    """Writes for the page. ``settled`` follows what changed nothing that others listen to: the page reads anew."""

    settled = Signal()

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk

    # --- questions that come once -------------------------------------------------------------------------------------

    def shown(self, kind: OnceAsked, keys: tuple[str, ...], today: date) -> None:
        """Note that a question is on the screen."""
        self._desk.write(self, partial(note_shown, kind=kind, keys=keys, today=today))

    def end_answered(self, card: EndCard, key: str) -> None:
        """Keep when a session ended, or that it stays open."""
        card.answers.set_enabled(False)
        session = card.session
        draft = replace(session.draft, ended=card.ended()) if key == SAVE else None
        self._desk.write(self, partial(_end, session.id, draft), self._done, partial(self._refused, card))

    def plans_declined(self, card: PlansCard) -> None:
        """None of them is asked about again."""
        card.answers.set_enabled(False)
        keys = tuple(plan_key(plan) for plan in card.plans)
        work = partial(settle_question, kind=OnceAsked.PLAN, keys=keys)
        self._desk.write(self, work, self._done, partial(self._refused, card))

    def plan_answered(self, card: PlansCard, session: Session, key: str) -> None:
        """Keep what became of a planned date."""
        states = {TOOK_PLACE: SessionState.HELD, DID_NOT: SessionState.CANCELLED}
        if key == OTHER_DAY:
            self._ask_for_day(session)
            return
        draft = replace(session.draft, state=states[key])
        told = partial(self._plan_kept, session, _plan_words(session, draft))
        self._desk.write(self, partial(_change, session.id, draft), told, partial(self._refused, card))

    def _ask_for_day(self, session: Session) -> None:
        from integrate.ui.pages.today.sheets import DaySheet

        today = self._today()
        DaySheet(
            self._context.theme, self._context.shell.sheet_host(), session, today, partial(self._day_chosen, session)
        ).open()

    def _day_chosen(self, session: Session, sheet: DaySheet, day: date) -> None:
        state = SessionState.HELD if day < self._today() else SessionState.PLANNED
        draft = replace(session.draft, state=state, day=day)
        told = partial(self._day_kept, session, draft, sheet)
        self._desk.write(sheet, partial(_change, session.id, draft), told, partial(self._refused, sheet))

    def _day_kept(self, session: Session, draft: SessionDraft, sheet: DaySheet, changes: Changes) -> None:
        sheet.close()
        self._plan_kept(session, _plan_words(session, draft), changes)

    def _plan_kept(self, session: Session, words: str, _changes: Changes) -> None:
        self._context.shell.toast(words, partial(self._put_back, session))

    def _put_back(self, session: Session) -> None:
        self._desk.write(self, partial(_change, session.id, session.draft))

    # --- practices ----------------------------------------------------------------------------------------------------

    def replied(self, practice_id: UUID, reply: Reply) -> None:
        """Keep what was said of a practice."""
        said = Said(self._today(), reply)
        done = partial(self._not_today, practice_id, said) if reply is Reply.NOT_TODAY else None
        work = partial(reply_to_practice, practice_id=practice_id, reply=reply, day=said.day)
        self._desk.write(self, work, done, self._failed)

    def taken_back(self, practice_id: UUID, reply: Reply) -> None:
        """Nothing was said."""
        work = partial(take_back_reply, practice_id=practice_id, said=Said(self._today(), reply))
        self._desk.write(self, work, None, self._failed)

    def _not_today(self, practice_id: UUID, said: Said, _changes: object) -> None:
        undo = partial(self.taken_back, practice_id, said.reply)
        self._context.shell.toast(_("It comes again when it is next due."), undo)

    def fit_asked(self, view: PracticeView, today: date) -> None:
        """Note that it was asked today whether a practice still fits."""
        if view.practice.asked != today:
            self._desk.write(self, partial(note_asked, practice_id=view.practice.id, day=today))

    def fit_answered(self, view: PracticeView, key: str) -> None:
        """Keep whether a practice still fits; to change it, a sheet asks for its words."""
        practice = view.practice
        if key == CHANGE:
            from integrate.ui.pages.today.sheets import PracticeSheet

            host = self._context.shell.sheet_host()
            PracticeSheet(self._context.theme, host, practice, partial(self._practice_changed, practice.id)).open()
            return
        done = partial(self._rests, practice.id) if key == REST else None
        self._desk.write(
            self,
            partial(answer_fit, practice_id=practice.id, fit=Fit.REST if key == REST else Fit.KEEP),
            done,
            self._failed,
        )

    def _practice_changed(self, practice_id: UUID, sheet: PracticeSheet, text: str, cadence: Cadence) -> None:
        work = partial(answer_fit, practice_id=practice_id, fit=Fit.CHANGE, text=text, cadence=cadence)
        self._desk.write(sheet, work, partial(_close, sheet), partial(self._refused, sheet))

    def _rests(self, practice_id: UUID, _saved: SavedPractice) -> None:
        self._context.shell.toast(_("It rests now."), partial(self._wake, practice_id))

    def _wake(self, practice_id: UUID) -> None:
        self._desk.write(self, partial(resume_practice, practice_id=practice_id), None, self._failed)

    # --- touch-points and letters -------------------------------------------------------------------------------------

    def touch_point(self, session: Session, day: int, answer: TouchAnswer) -> None:
        """Settle a touch-point: it does not come again."""
        work = partial(answer_touch_point, session_id=session.id, day=day, answer=answer)
        self._desk.write(self, work, None, self._failed)

    # --- around an appointment ----------------------------------------------------------------------------------------

    def line_written(self, card: TalkCard, words: str) -> None:
        """Keep a line to bring, or of what was agreed, on the page of its session."""
        asking = card.asking
        work = partial(add_line, session_id=asking.session_id, kind=asking.talk.kind, text=words)
        self._desk.write(self, work, None, partial(self._refused, card))

    def talk_declined(self, card: TalkCard) -> None:
        """It is not asked again for this appointment."""
        card.answers.set_enabled(False)
        kind = OnceAsked.BEFORE if card.asking.talk is Talk.BEFORE else OnceAsked.AFTER
        work = partial(settle_question, kind=kind, keys=(card.asking.appointment.key,))
        self._desk.write(self, work, self._done, partial(self._refused, card))

    def read_letter(self, card: QuietCard, letter_id: UUID) -> None:
        """Open a letter and show it."""
        work = partial(open_letter, letter_id=letter_id)
        self._desk.write(self, work, self._show_letter, partial(self._refused, card))

    def _show_letter(self, saved: SavedLetter) -> None:
        from integrate.ui.pages.today.sheets import LetterSheet

        host, zone = self._context.shell.sheet_host(), self._desk.clock.zone()
        LetterSheet(self._context.theme, host, saved.letter, zone).open()

    # --- what all have in common --------------------------------------------------------------------------------------

    def _today(self) -> date:
        from integrate.ui.pages.today.days import local_now

        return local_now(self._desk.clock).date()

    def _done(self, _answer: object) -> None:
        self.settled.emit()

    def _failed(self, error: Exception) -> None:
        self._context.shell.tell_trouble(error)
        self.settled.emit()  # a tick that was not kept does not stay

    def _refused(self, part: QuietCard | DaySheet | PracticeSheet, error: Exception) -> None:
        part.tell_trouble(" ".join(words for words in failure_words(error) if words))


def _change(session_id: UUID, draft: SessionDraft, journal: Journal) -> Changes:
    return change_session(journal, session_id, draft).changes


def _end(session_id: UUID, draft: SessionDraft | None, journal: Journal) -> Changes | None:
    """Keep the end, and that it was asked for; nothing of it where the end is refused."""
    changes = None if draft is None else change_session(journal, session_id, draft).changes
    settle_question(journal, OnceAsked.END, (str(session_id),))
    return changes


def _plan_words(session: Session, draft: SessionDraft) -> str:
    number = session.ref.number
    if draft.state is SessionState.CANCELLED:
        return _("Session {number} did not take place.").format(number=number)
    if draft.state is SessionState.HELD:
        return _("Session {number} took place.").format(number=number)
    return _("Session {number} has another day.").format(number=number)


def _close(sheet: PracticeSheet, _saved: object) -> None:
    sheet.close()
