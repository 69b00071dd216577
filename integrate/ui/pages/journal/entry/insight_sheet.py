"""Keep as an insight: the words of the entry, what they say to the person, and a thread for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal

from integrate.domain.threads import Thread
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

ThreadChoice = UUID | str | None
"""A thread that is there, the name of a new one, or none."""

_LONGEST_QUOTE: Final = 600  # characters that are shown of it; all of it is kept
_NEW: Final = "new"


class KeepSheet(Sheet):
    """Words from an entry, to be kept. ``wanted`` brings what they are to say, and the :data:`ThreadChoice`.

    Closed before it was saved, nothing of the entry is lost: the words stand there as before.
    """

    wanted = Signal(str, object)

    def __init__(self, context: PageContext, quote: str, *, never_share: bool) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Keep as an insight"))
        self._context = context
        self._busy = self._waits = False
        theme, words = context.theme, quote.strip()
        shown = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE].rstrip()}…"
        self.body.addWidget(Text(theme, _("From your entry:"), "caption", "ink2"))
        self.body.addWidget(Text(theme, shown, "quote"))
        self.words = TextArea(theme, _("In your words"), hint=_("It can stay as it is."), least=3)
        self.words.set_text(words)
        self.thread_field = MenuField(theme, _("Thread"), [(None, _("No thread yet")), (_NEW, _("A new thread"))])
        self.name = LineField(theme, _("Name of the thread"), hint=_("A word is enough. It may stay empty."))
        self.name.hide()
        self.said = Text(theme, "", "body", "ink1")
        self.said.hide()
        for part in (self.words, self.thread_field, self.name):
            self.body.addWidget(part)
        if never_share:
            note = _("It stays “Never share”, like the entry it comes from. You can lift that on Threads.")
            self.body.addWidget(Text(theme, note, "caption", "ink2"))
        self.body.addWidget(self.said)
        self.keep_button = Button(theme, _("Keep it"), "primary")
        cancel = Button(theme, _("Cancel"), "quiet_neutral")
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.keep_button)
        self.initial_focus = self.words.edit
        cancel.clicked.connect(self.close)
        self.keep_button.clicked.connect(self.keep)
        self.words.finished.connect(self.keep)
        self.name.edit.returnPressed.connect(self.keep)
        self.thread_field.chosen.connect(self._thread_chosen)

    def offer_threads(self, threads: tuple[Thread, ...]) -> None:
        """Let one of these be chosen."""
        named: list[tuple[object, str]] = [(one.id, one.name) for one in threads if one.name.strip()]
        options = [(None, _("No thread yet")), *named, (_NEW, _("A new thread"))]
        self.thread_field.set_options(options, self.thread_field.value())

    def _thread_chosen(self, chosen: object) -> None:
        self.name.setVisible(chosen == _NEW)

    def keep(self) -> None:
        """Say what is to be kept."""
        text = self.words.text().strip()
        if not text:
            self.words.set_error(_("One word is enough."))
            self.words.setFocus()
            return
        if not self._busy:
            self._busy = self._waits = True
            self.said.hide()
            chosen = self.thread_field.value()
            name = " ".join(self.name.text().split())
            self.wanted.emit(text, name if chosen == _NEW else chosen)

    def take_up(self) -> bool:
        """Whether it still waits to be kept, now that the entry is saved; only once for each press."""
        waits, self._waits = self._waits, False
        return waits and self.isVisible()

    def not_saved(self, error: KnownError | None) -> None:
        """The disk did not take the entry itself."""
        if error is not None and self._waits:
            self._waits = False
            self.refused(error)

    def refused(self, error: Exception) -> None:
        """Say why it was not kept; what was typed stays. A bug is told by the shell."""
        self._busy = False
        if isinstance(error, KnownError):
            self.said.set_text(" ".join(error.sentences()))
            self.said.show()
            announce(self.said, self.said.words(), polite=False)
        else:
            self.close()
            self._context.shell.tell_trouble(error)
