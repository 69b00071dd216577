"""Letters to the next session: written and sealed, and read once their time has come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from integrate.domain.sessions import SessionState
from integrate.i18n import _
from integrate.journal.letters import write_letter
from integrate.ui.pages.threads.parts import NeverShareRow
from integrate.ui.pages.threads.sheets import ActSheet, NeverShareKeeper
from integrate.ui.pages.threads.words import session_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.domain.sessions import Session
    from integrate.domain.threads import Letter
    from integrate.ui.page import PageContext
    from integrate.ui.pages.threads.reading import Shown


class WriteLetterSheet(ActSheet):
    """A letter to be sealed. Until its time comes nothing of it is shown anywhere."""

    def __init__(self, context: PageContext, shown: Shown, kept: str = "") -> None:
        super().__init__(context, _("A letter to your next session"))
        theme = context.theme
        words = _("It is sealed until you prepare for the session after this one. Until then its words are not shown.")
        self.body.addWidget(Text(theme, words, "body", "ink2"))
        options = [(one.id, session_words(one, shown.today)) for one in sessions_to_write_after(shown)]
        self.session = MenuField(theme, _("Written after"), options)
        field = TextArea(theme, _("Your letter"), least=6, most=14)
        self.never_share = NeverShareRow(theme)
        self.seal_button = Button(theme, _("Seal it"), "primary")
        self.body.addWidget(self.session)
        self.body.addWidget(field)
        self.body.addWidget(self.never_share)
        self.begin_with(field, "", kept)
        self.finish_with(self.seal_button)
        self.seal_button.clicked.connect(self.keep)
        field.finished.connect(self.keep)

    def keep(self) -> None:
        """Seal it."""
        session_id = self.session.value()
        if self.needs_words(_("One word is enough.")) or self.words is None or not isinstance(session_id, UUID):
            return
        never_share = self.never_share.switch.isChecked()
        work = partial(write_letter, session_id=session_id, text=self.words.text(), never_share=never_share)
        self.write(work, self._kept)

    def _kept(self, _saved: object) -> None:
        self.close_saved()


class ReadLetterSheet(ActSheet):
    """A letter that was opened. ``delete_wanted`` is for whoever opened it."""

    delete_wanted = Signal()

    def __init__(self, context: PageContext, letter: Letter, when: str) -> None:
        super().__init__(context, _("A letter from you"))
        theme = context.theme
        self.letter = letter
        self.body.addWidget(Text(theme, when, "caption", "ink3"))
        self.text = Text(theme, letter.text, "quote", selectable=True)
        self.text.setAccessibleName(letter.text)
        self.body.addWidget(self.text)
        self.never_share = NeverShareKeeper(self, letter)
        self.body.addWidget(self.never_share)
        self.delete_button = Button(theme, _("Delete"), "quiet_neutral", "trash-2", small=True, parent=self)
        self.delete_button.setVisible(self.may_write)
        if self.may_write:
            self.add_acts([self.delete_button])
        self.delete_button.clicked.connect(self._delete)
        self.body.addWidget(self.said)
        self.add_done()

    def _delete(self) -> None:
        self.delete_wanted.emit()


def sessions_to_write_after(shown: Shown) -> list[Session]:
    """The sessions that took place, the latest first."""
    return [one for one in shown.sessions if one.state is SessionState.HELD]
