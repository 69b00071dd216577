"""The session an entry is about: a chip with the sessions that are known, and a field for another number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from integrate.domain.entry import SessionRef
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.ui.pages.journal.entry.popover import Popover
from integrate.ui.pages.journal.entry.words import session_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.chip import Chip
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_MOST_SHOWN = 12


class SessionChip(Chip):
    """Says the session; ``chosen`` brings another one, None for none."""

    chosen = Signal(object)  # SessionRef | None

    def __init__(self, theme: Theme) -> None:
        self._choices = Menu(theme)
        super().__init__(theme, "", menu=self._choices)
        self._choices.setParent(self, self._choices.windowFlags())
        self._known: Sequence[SessionRef] = ()
        self._course = 1  # that a number alone counts in
        self._session: SessionRef | None = None
        self.popover = Popover(theme, self, _("Another session"), enter_closes=False)
        self.number = LineField(theme, _("Number of the session"), placeholder="4")
        self.take_button = Button(theme, _("Done"), small=True)
        self.popover.body.addWidget(self.number)
        self.popover.body.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignTrailing)
        self._choices.aboutToShow.connect(self._fill)
        self.take_button.clicked.connect(self._take)
        self.number.edit.returnPressed.connect(self._take)
        self.set_session(None)

    def set_session(self, session: SessionRef | None) -> None:
        """Show a session without telling."""
        self._session = session
        self.set_text(session_words(session), session_words(session) if session else _("Session: none"))

    def set_known(self, sessions: Sequence[SessionRef], course: int) -> None:
        """The sessions to choose from, the newest first, and the course that a number alone counts in."""
        self._known = sessions
        self._course = course

    def open_number(self) -> None:
        """Ask for a number."""
        self.number.edit.clear()
        self.number.set_error("")
        self.popover.open(self.number.edit)

    def _fill(self) -> None:
        menu = self._choices
        menu.clear()
        menu.add_choice(_("None"), partial(self._choose, None), on=self._session is None)
        shown = list(self._known[:_MOST_SHOWN])
        if self._session is not None and self._session not in shown:
            shown.insert(0, self._session)
        for session in shown:
            menu.add_choice(session_words(session), partial(self._choose, session), on=session == self._session)
        menu.addSeparator()
        menu.add_entry(_("Another…"), self.open_number)

    def _choose(self, session: SessionRef | None) -> None:
        self.set_session(session)
        self.chosen.emit(session)

    def _take(self) -> None:
        try:
            session = SessionRef.parse(self.number.text(), self._course)
        except WrongUsage:
            self.number.set_error(_("Write its number, like 4, or course and number, like 2.4."))
            self.popover.fit()
            return
        self.popover.done()
        self._choose(session)
