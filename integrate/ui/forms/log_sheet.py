"""What the two logs of facts have in common: everything takes effect as it is answered, and nothing is scored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.wording import failure_words

if TYPE_CHECKING:
    from integrate.domain.logs import EffectLog, SlowLog
    from integrate.journal.logs import SavedLog
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_PAUSE: Final = 800  # milliseconds without a letter after which what was typed is saved
_WIDTH: Final = 680


class LogSheet(Sheet):
    """A log, kept as it is answered. A kind says what it holds (:meth:`content`); ``keep`` keeps it in the journal.

    What the disk refuses stays on the screen with the reason, and goes along with the next answer or with *Done*.
    """

    def __init__(self, context: PageContext, title: str, keep: Callable[[Journal, Any], SavedLog]) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title, width=_WIDTH)
        self.context = context
        self.desk = context.desk
        self._keep = keep
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

    def begin(self) -> None:
        """What is on the sheet now is what is on the disk."""
        self._kept = self._asked = self.content()

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
        if content is None or content == self._asked:
            if self._kept == self._asked:  # nothing is on its way
                self.state.set_text(_("Saved") if content is not None else "")
            self._leave_if_saved()
            return
        self._asked = content
        self.state.set_text(_("Saving…"))
        self.desk.write(self, lambda journal: self._keep(journal, content), self._saved, self._refused)

    def _saved(self, saved: SavedLog) -> None:
        self._kept = saved.log.content
        self.tell("")
        if self._kept == self._asked:
            self.state.set_text(_("Saved"))
            if not self._has_announced:  # once: each answer is said by the screen reader itself
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
        """What was typed a moment ago is saved as well."""
        if self._pause.isActive():
            self.save()
        super().closeEvent(event)
