"""Where Today asks how somebody is: the check-in card, and a line of it that a lock cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.journal.drafts import Drafts, DraftsOf
from integrate.ui.check_in.card import CheckInCard
from integrate.ui.forms.due import DueLine
from integrate.ui.unsaved import Unsaved

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.pages.today.reading import Today

_BETWEEN: Final = 12


class CheckInPlace(QWidget):
    """Hidden while there is nothing to ask and nothing to say. Further quiet lines about measuring go below the card.

    Words that were written and not saved are kept over a lock; dots that were chosen are not (:class:`CheckInPanel`).
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.card = CheckInCard(context)
        self._unsaved = Unsaved(context.desk, DraftsOf.TODAY, self._take, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_BETWEEN)
        self.due = DueLine(context)
        self._column.addWidget(self.card)
        self._column.addWidget(self.due)

    def opened(self) -> None:
        """The page is shown: a line that a lock cut off is there again."""
        self._unsaved.read()

    def show_today(self, today: Today) -> None:
        """Ask what is asked now."""
        self.card.show_now(today.check_in, today.now)
        self.card.setVisible(self.card.has_something())
        self.due.read(session_day=today.session_day)

    def flush(self) -> None:
        """Keep a line that is not saved yet, and what the disk refused."""
        if self.card.panel is not None:
            self.card.panel.flush()
        self._unsaved.keep(self.card.unsaved())

    def set_room(self, room: int, *, narrow: bool) -> None:
        """Fit into ``room`` pixels."""
        self.card.set_room(room, narrow=narrow)

    def _take(self, drafts: Drafts) -> None:
        self.card.take(drafts)
