"""What can be done with a session: planned, edited, logged, cancelled, deleted; each with a way back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from integrate.domain.entry import Changes
from integrate.domain.sessions import Session, SessionDraft, SessionState
from integrate.i18n import _
from integrate.journal.sessions import change_session, delete_session, restore_session
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.session_sheet import Saved, SessionSheet

if TYPE_CHECKING:
    from integrate.journal.sessions import SavedSession
    from integrate.ui.page import PageContext


class SessionDoings(QObject):
    """``made`` brings the id of a session that was added; ``gone`` says that one is in Recently deleted now."""

    made = Signal(object)  # UUID
    gone = Signal()

    def __init__(self, context: PageContext, drafts: Drafts, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._desk = context.desk
        self._drafts = drafts

    def add(self, course: int | None) -> None:
        """Open the sheet for a new session of a course; with None there is no course yet, or it is the newest."""
        sheet = SessionSheet(self._context, self._drafts, None, course=course)
        sheet.kept.connect(self._added)
        sheet.open()

    def _added(self, saved: Saved) -> None:
        self.made.emit(saved.session_id)

    def edit(self, session: Session, state: SessionState | None = None) -> None:
        """Open the sheet with the facts of a session; ``state`` is what it opens with."""
        if self._desk.may_write:
            sheet = SessionSheet(self._context, self._drafts, session, state=state)
            sheet.delete_wanted.connect(partial(self.delete, session))
            sheet.open()

    def set_state(self, session: Session, state: SessionState) -> None:
        """Cancel a planned session, or plan it again."""
        draft = replace(session.draft, state=state)
        work = partial(change_session, session_id=session.id, draft=draft)
        self._desk.write(self, work, partial(self._state_set, session.draft))

    def _state_set(self, before: SessionDraft, saved: SavedSession) -> None:
        session = saved.session
        number = session.ref.number
        if session.state is SessionState.CANCELLED:
            words = _("Session {number} is cancelled").format(number=number)
        else:
            words = _("Session {number} is planned").format(number=number)
        self._context.shell.toast(words, partial(self._put_back, session.id, before))

    def _put_back(self, session_id: UUID, draft: SessionDraft) -> None:
        self._desk.write(self, partial(change_session, session_id=session_id, draft=draft))

    def delete(self, session: Session) -> None:
        """Move a session to Recently deleted; its entries stay."""
        self._desk.write(self, partial(delete_session, session_id=session.id), partial(self._deleted, session.id))

    def _deleted(self, session_id: UUID, _changes: Changes) -> None:
        self.gone.emit()
        words = _("Session moved to Recently deleted. Its entries stay.")
        self._context.shell.toast(words, partial(self._restore, session_id))

    def _restore(self, session_id: UUID) -> None:
        self._desk.write(self, partial(restore_session, session_id=session_id))
