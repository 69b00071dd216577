"""What the sheets of Settings that ask for a passphrase have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent

from integrate.errors import KnownError, WrongPassphrase
from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.passphrase_field import PassphraseField
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


class SecretSheet(Sheet):
    """A sheet with the current passphrase on top, one button that goes on, and beside it what is still missing.

    Subclasses put their parts into ``parts`` and say in :meth:`problem` why one cannot go on. Whatever was typed is
    wiped when the sheet goes, for whatever reason.
    """

    def __init__(self, context: PageContext, title: str, intro: str, go_on: str, *, width: int = 560) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title, width=width)
        self.context = context
        self.intro = Text(self.theme, intro, "body", "ink2")
        self.current = PassphraseField(self.theme, _("Current passphrase"))
        self.busy = Busy(self.theme, "")
        self.busy.hide()
        self.reason = Text(self.theme, "", "caption", "ink3")
        self.cancel = Button(self.theme, _("Cancel"), "quiet_neutral")
        self.go_on = Button(self.theme, go_on, "primary")
        self.initial_focus = self.current.edit
        self.body.addWidget(self.intro)
        self.body.addSpacing(4)
        self.body.addWidget(self.current)
        self.footer.setContentsMargins(0, 16, 0, 0)
        self.footer.addWidget(self.busy, 1)
        self.footer.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go_on)
        self.cancel.clicked.connect(self.close)
        self.go_on.clicked.connect(self.submit)
        self.current.edit.textChanged.connect(self.check)
        self._working = False

    def problem(self) -> str:
        """Why one cannot go on yet, as a sentence; "" when one can."""
        return "" if self.current.text() else _("Type your current passphrase to go on.")

    def go(self) -> None:
        """Do what the sheet is for; nothing is missing."""

    def wipe(self) -> None:
        """Forget what was typed."""
        self.current.wipe()

    def set_read_only(self, read_only: bool) -> None:
        """Keep the fields as they are while something is being done with them."""
        self.current.set_read_only(read_only)

    # --- going on -----------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Say what is missing, and let the button go on when nothing is."""
        self.current.set_error("")
        problem = self.problem()
        self.reason.set_text(problem)
        self.go_on.setEnabled(not problem and not self._working)

    def submit(self) -> None:
        """Go on, unless something is missing or is being done already."""
        problem = self.problem()
        if self._working:
            return
        if problem:
            announce(self, problem)
            return
        self.go()

    def begin(self, text: str) -> None:
        """Something is being done that takes a second or two."""
        self._working = True
        self.set_read_only(True)
        self.reason.hide()
        self.go_on.setEnabled(False)
        self.busy.set_text(text)
        self.busy.start()
        announce(self, text)

    def end(self) -> None:
        """It is done, or has failed."""
        self._working = False
        self.set_read_only(False)
        self.busy.stop()
        self.reason.show()
        self.check()

    def fail(self, error: Exception) -> None:
        """Say what went wrong at the field it belongs to; a bug is told by the shell."""
        self.end()
        if isinstance(error, WrongPassphrase):
            self.current.set_error(
                _("That is not the current passphrase. Check Caps Lock and the keyboard layout, then try again.")
            )
            self.current.select_all()
        elif isinstance(error, KnownError):
            self.current.set_error(" ".join(error.sentences()))
        else:
            self.close()
            self.context.shell.tell_trouble(error)

    def hideEvent(self, event: QHideEvent) -> None:
        """The sheet goes (minimising is spontaneous): nothing of what was typed stays."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.wipe()
