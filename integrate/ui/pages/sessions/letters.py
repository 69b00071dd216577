"""Letters from one session to the next: written and sealed after one, there to be read before the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.sessions import Session, SessionState
from integrate.domain.threads import Letter
from integrate.i18n import _
from integrate.journal.letters import ClosedLetter, open_letter, write_letter
from integrate.ui.pages.sessions.around import AnyLetter, letter_day
from integrate.ui.pages.sessions.form import Drafts, FormSheet, text_field
from integrate.ui.pages.sessions.parts import box_of, never_share_mark, own_words, replace_rows
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.journal.letters import SavedLetter
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class LetterReading(QWidget):
    """Letters one below the other; what both places that show letters have in common.

    A letter is opened by a click, not by looking at the page: that is when its words are meant to be met.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._shown: tuple[object, ...] = ()
        self._after: Session | None = None
        self._today: date | None = None
        self._rows: list[QWidget] = []
        self._stack = QVBoxLayout()
        self._stack.setSpacing(8)

    def words(self) -> list[str]:
        """What is shown."""
        return [text.words() for row in self._rows for text in row.findChildren(Text)]

    def _show_letters(self, letters: Sequence[AnyLetter], after: Session | None, today: date) -> None:
        if self._shown == (tuple(letters), after, today):
            return
        self._shown, self._after, self._today = (tuple(letters), after, today), after, today
        rows = [self._row(letter) for letter in letters]
        replace_rows(self._stack, self._rows, rows)
        self._rows = rows

    def _row(self, letter: AnyLetter) -> QWidget:
        if not isinstance(letter, (Letter, ClosedLetter)):
            return Text(self._theme, _("A letter could not be read. The rest is fine."), "caption", "ink2")
        when = self._when(letter)
        parts: list[QWidget] = []
        if isinstance(letter, Letter):
            parts += own_words(self._context, _("A letter from you"), letter.text, most=300)
        parts.append(Text(self._theme, when, "caption", "ink3"))
        if letter.never_share:
            parts.append(never_share_mark(self._theme))
        if isinstance(letter, ClosedLetter) and letter.sealed:
            words = _("Sealed until you prepare for your next session.")
            parts.append(Text(self._theme, words, "caption", "ink3"))
        elif isinstance(letter, ClosedLetter):
            button = Button(self._theme, _("Read it"), small=True)
            # Translators: the name of a button for a screen reader: an answer, and what it is about
            button.setAccessibleName(_("{answer}: {what}").format(answer=button.text(), what=when))
            button.clicked.connect(partial(self._read, letter.id))
            parts.append(button)
        return box_of(parts, 4)

    def _when(self, letter: Letter | ClosedLetter) -> str:
        today = self._today or letter.written.date()
        return letter_day(letter.written, self._desk.clock.zone(), self._after, today)

    def _read(self, letter_id: UUID, _checked: bool = False) -> None:
        work = partial(open_letter, letter_id=letter_id)
        self._desk.write(self, work, self._opened, self._context.shell.tell_trouble)

    def _opened(self, saved: SavedLetter) -> None:
        letter = saved.letter
        AllSheet(self._context, _("A letter from you"), letter.text, self._when(letter)).open()


class ArrivedLetters(LetterReading):
    """In Prepare: the letters that were written for this session, once they may be read. Hidden while there are none.

    What is sealed is not spoken of here: it comes when its time does.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setAccessibleName(_("A letter from you"))
        card = Card(self._theme, ground="sunken", edge="")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 14)
        inside.setSpacing(4)
        inside.addWidget(Text(self._theme, _("A letter from you"), "label", "ink2", weight=600))
        inside.addLayout(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.hide()

    def show_letters(self, letters: Sequence[AnyLetter], after: Session | None, today: date) -> None:
        """Show the letters that were written after the session ``after``."""
        self._show_letters(letters, after, today)
        self.setVisible(bool(letters))


class LettersToNext(LetterReading):
    """In Integrate: the letters that were written after this session, and a way to write one.

    ``told`` brings what happened, and how to undo it.
    """

    told = Signal(str, object)

    def __init__(self, context: PageContext, drafts: Drafts) -> None:
        super().__init__(context)
        self._drafts = drafts
        self._session: Session | None = None
        self.setAccessibleName(_("A letter to the next session"))
        self.write_button = FlushButton(self._theme, _("Write a letter"), "pen-line")
        self.write_button.setAccessibleName(_("Write a letter to the next session"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(self._theme, _("A letter to the next session"), "label", "ink2", weight=600))
        column.addLayout(self._stack)
        column.addWidget(self.write_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.write_button.clicked.connect(self.write_one)

    def show_letters(self, letters: Sequence[AnyLetter], session: Session, today: date) -> None:
        """Show the letters that were written after ``session``; once it took place, another one can be."""
        self._session = session
        self._show_letters(letters, None, today)
        may_write = self._desk.may_write and session.state is SessionState.HELD
        self.write_button.setVisible(may_write)
        self.setVisible(may_write or bool(letters))

    def write_one(self) -> None:
        """Open the sheet for another letter."""
        if self._session is not None:
            sheet = LetterSheet(self._context, self._drafts, self._session)
            sheet.kept.connect(self._sealed)
            sheet.open()

    def _sealed(self, _saved: object) -> None:
        self.told.emit(_("Sealed. It waits for your next session."), None)


class LetterSheet(FormSheet):
    """A letter to be sealed. Until its time comes nothing of it is shown anywhere."""

    def __init__(self, context: PageContext, drafts: Drafts, session: Session) -> None:
        super().__init__(context, _("A letter to your next session"), drafts, f"letter {session.id}")
        self._session = session
        words = _("It is sealed until you prepare for the session after this one. Until then its words are not shown.")
        self.body.setSpacing(14)
        self.body.addWidget(Text(self.theme, words, "body", "ink2"))
        self.words = TextArea(self.theme, _("Your letter"), least=6, most=14)
        self.never_share = TickBox(self.theme, _("Never share"))
        self.body.addWidget(self.words)
        self.body.addWidget(self.never_share)
        self.save_button.setText(_("Seal it"))
        text_field(self, "words", self.words.text, self.words.set_text)
        self.keep_field("never share", self.never_share.isChecked, self.never_share.setChecked)
        self.ready()
        self.initial_focus = self.words.edit
        self.words.finished.connect(self.save)

    def work(self) -> Callable[[Journal], object] | None:
        """Seal it; without a word there is nothing to seal."""
        text = self.words.text()
        if not text.strip():
            self.words.set_error(_("One word is enough."))
            self.words.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        never_share = self.never_share.isChecked()
        return partial(write_letter, session_id=self._session.id, text=text, never_share=never_share)
