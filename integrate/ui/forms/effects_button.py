"""The way from a session to its side effects: one quiet button, where there was a session to have any."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from integrate.domain.sessions import Session, SessionState
from integrate.i18n import _
from integrate.ui.forms.effects_sheet import open_effects
from integrate.ui.widgets.flush_button import FlushButton

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


class EffectsButton(FlushButton):
    """Hidden until a session that took place is shown, and in a journal that is open to read only."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.theme, _("Side effects after this session"))
        self._context = context
        self._session_id: UUID | None = None
        self.clicked.connect(self._open)
        self.hide()

    def show_session(self, session: Session) -> None:
        """Lead to those of ``session``."""
        self._session_id = session.id
        self.setVisible(session.state is SessionState.HELD and self._context.desk.may_write)

    def _open(self) -> None:
        if self._session_id is not None:
            open_effects(self._context, self, self._session_id)
