"""What the two logs of facts have in common: everything takes effect as it is answered, and nothing is scored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from integrate.domain.entry import Draft
from integrate.domain.logs import LONGEST_NOTE
from integrate.domain.times import ZonedTime
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.forms.pieces import Noted, Noting
from integrate.ui.saving import Writing
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.domain.logs import EffectLog, SlowLog
    from integrate.ui.page import PageContext
    from integrate.ui.widgets.text_area import TextArea

_PAUSE: Final = 800  # milliseconds without a letter after which what was typed is saved
_WIDTH: Final = 680


class LogSheet(Sheet):
    """A log, kept as it is answered. A kind makes its ``note`` and says what it holds (:meth:`content`).

    What the disk refuses stays on the screen with the reason, and goes along with the next answer or with *Done*. Once
    the sheet is closed it stays with the saver of the desk, which offers it again. ``noting`` is the log it is.
    """

    note: TextArea

    def __init__(self, context: PageContext, title: str, noting: Noting) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title, width=_WIDTH)
        self.context = context
        self.desk = context.desk
        self._noting = noting
        self._kept: EffectLog | SlowLog | None = None
        self._asked: EffectLog | SlowLog | None = None
        self._leaving = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.save)
        self.state = Text(self.theme, "", "caption", "ink2")
        self._has_announced = False
        self.trouble = Text(self.theme, "", "body", "danger")
        self.trouble.hide()
        self.done_button = Button(self.theme, _("Done"), "primary")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(14)
        self.buttons.addWidget(self.state, 1, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.addWidget(self.done_button)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.trouble)
        column.addLayout(self.buttons)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addLayout(column, 1)
        self.done_button.clicked.connect(self._done)

    # --- for the kinds ------------------------------------------------------------------------------------------------

    def content(self) -> EffectLog | SlowLog | None:
        """What is answered, None where nothing is yet.

        Raises:
            WrongUsage: it cannot be kept as it is.
        """
        return None

    def begin(self, *, on_disk: bool = True) -> None:
        """What is on the sheet now is what is on the disk; or the disk refused it before, and is asked again."""
        if on_disk:
            self._kept = self._asked = self.content()
        else:
            self.save()

    # --- saving -------------------------------------------------------------------------------------------------------

    def typed(self) -> None:
        """Words have changed: they are saved in a pause."""
        self.state.set_text(_("Saving…"))
        self._pause.start()

    def save(self) -> None:
        """Have it saved, unless it is or is on its way already."""
        self._pause.stop()
        try:
            content = self.content()
        except KnownError as error:
            self._refused(error)
            return
        if content == self._asked:
            if self._kept == self._asked:  # nothing is on its way
                self.state.set_text(_("Saved") if content is not None else "")
            self._leave_if_saved()
            return
        self._asked = content
        self.state.set_text(_("Saving…"))
        piece = Noted(self._noting, content, self._now())
        self.desk.saver.save_piece(self, piece, partial(self._saved, content), self._refused)

    def _now(self) -> ZonedTime:
        return ZonedTime(self.desk.clock.now(), self.desk.clock.zone())

    def _saved(self, content: EffectLog | SlowLog | None, _saved: object) -> None:
        self._kept = content
        self.tell("")
        if self._kept == self._asked:
            self.state.set_text(_("Saved") if content is not None else "")
            if content is not None and not self._has_announced:  # once: each answer is said by the screen reader itself
                self._has_announced = True
                announce(self, self.state.words())
            self._leave_if_saved()

    def _refused(self, error: Exception) -> None:
        self._leaving = False
        self._asked = self._kept
        self.state.set_text("")
        self.tell(" ".join(part for part in failure_words(error) if part))

    def tell(self, words: str) -> None:
        """Say what is in the way; "" takes it away."""
        self.trouble.set_text(words)
        self.trouble.setVisible(bool(words))
        if words:
            announce(self, words, polite=False)

    def _done(self) -> None:
        self._leaving = True
        self.save()

    def _leave_if_saved(self) -> None:
        if self._leaving and self._kept == self._asked:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed a moment ago is saved as well, and what the disk refuses does not go with the sheet."""
        if self._open:
            self._leaving = False
            if len(self.note.text()) > LONGEST_NOTE:
                self._keep_as_entry(self.note.text())
                self.note.edit.clear()
            self.save()
            self.desk.saver.let_go(self._noting)
        super().closeEvent(event)

    def _keep_as_entry(self, words: str) -> None:
        """There is no room for them in a note: they become an entry, with the name of the log."""
        saver, shell = self.desk.saver, self.context.shell
        draft = Draft(words, self._now(), title=self.panel.accessibleName())
        told = partial(shell.toast, _("Your note had more than 4,000 characters. It is an entry in your journal now."))
        saver.save(saver, Writing(), draft, "", lambda _saved: told(), shell.tell_trouble)
