"""Saving: what the file will hold is said once more, then where it goes is asked, then it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from integrate.domain.sharing import PROTECTED_KINDS, FileKind, Paper, Recipient
from integrate.i18n import _
from integrate.ui.pages.share.sheets import ShareSheet
from integrate.ui.pages.share.words import UNPROTECTED, holds_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.sharing.saving import SavedFile
    from integrate.sharing.writing_files import Progress
    from integrate.ui.page import PageContext
    from integrate.ui.pages.share.reading import Prepared


@dataclass(frozen=True, slots=True)
class Wanted:
    """The file that is to be saved. ``phrase`` None leaves it open; ``typed`` says that it has to be looked at."""

    prepared: Prepared
    kind: FileKind
    paper: Paper
    recipient: Recipient | None
    phrase: str | None = field(repr=False)
    typed: bool = False


class ConfirmSheet(ShareSheet):
    """Says what the file will hold. ``confirmed`` follows *Save the file…*."""

    confirmed = Signal()

    def __init__(self, context: PageContext, prepared: Prepared, kind: FileKind, *, understood: bool) -> None:
        super().__init__(context, _("Save the file?"))
        theme = context.theme
        self.text = Text(theme, holds_words(prepared, kind), "body", "ink1")
        self.panel.setAccessibleDescription(self.text.words())
        self.body.addWidget(self.text)
        self.understand = TickBox(theme, _("I understand"))
        self.look = Button(theme, _("Look once more"))
        self.save_button = Button(theme, _("Save the file…"), "primary")
        self._asks = kind not in PROTECTED_KINDS and not understood
        if kind not in PROTECTED_KINDS:
            warning = Text(theme, _(UNPROTECTED), "body", "ink1")
            self.body.addWidget(warning)
            self.understand.setAccessibleDescription(_(UNPROTECTED))
        if self._asks:
            self.body.addWidget(self.understand)
        else:
            self.understand.setParent(self)
            self.understand.hide()
        self.reason = Text(theme, _("Tick “I understand” to save it."), "caption", "ink2")
        self.body.addWidget(self.reason)
        self.initial_focus = self.look
        self.finish(self.look, self.save_button)
        self.look.clicked.connect(self.close)
        self.save_button.clicked.connect(self._confirm)
        self.understand.toggled.connect(self._show_state)
        self._show_state()

    def focus_in(self) -> None:
        """The safe answer has the focus, and shows it."""
        self.initial_focus.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_state(self) -> None:
        ready = not self._asks or self.understand.isChecked()
        self.save_button.setEnabled(ready)
        self.reason.setVisible(not ready)

    def _confirm(self) -> None:
        self.close()
        self.confirmed.emit()


def save(journal: Journal, stop: Stop, *, wanted: Wanted, target: Path, progress: Progress) -> SavedFile:
    """Write the file. A phrase that was typed for it alone is looked at first.

    Raises:
        WrongUsage: the phrase is too easy to guess. What :func:`integrate.sharing.saving.save_packet` raises.
    """
    from integrate.journal.phrases import checked_phrase
    from integrate.sharing.saving import save_packet

    phrase = wanted.phrase
    if phrase is not None and wanted.typed:
        phrase = checked_phrase(phrase, (wanted.prepared.selection.recipient,))
    return save_packet(
        journal,
        wanted.prepared.packet,
        wanted.kind,
        target,
        protection=phrase,
        paper=wanted.paper,
        recipient=wanted.recipient,
        progress=progress,
        stop=stop,
    )
