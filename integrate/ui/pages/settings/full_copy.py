"""The full copy of everything as JSON: said to be open to whoever has it, asked once, then written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from integrate.domain.times import ZonedTime
from integrate.i18n import _, ngettext
from integrate.ui.pages.settings.import_words import number_words
from integrate.ui.pages.settings.rows import ButtonRow
from integrate.ui.pages.settings.task_line import TaskLine, Told
from integrate.ui.pages.settings.words import entries_words, size_words
from integrate.ui.platform.dialogs import save_file
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.sharing.saving import SavedFile
    from integrate.ui.page import PageContext

_SHORT_HASH: Final = 16  # hex digits


class FullCopyRow(ButtonRow):
    """*Save a full copy*: how far it is, and how it ended."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context.theme, _("Save a full copy (JSON)"),
            _("Everything in one file that other programs can read, also what is marked Never share. It is not "
              "protected."),
            _("Save…"), name=_("Save a full copy (JSON)…"),
        )  # fmt: skip
        self._context = context
        self.task = TaskLine(context)
        self.add_below(self.task)
        self.pressed.connect(self.open_question)

    def open_question(self) -> None:
        """Say what such a file is, and ask whether it is wanted."""
        if self.task.running:
            return
        sheet = FullCopySheet(self._context)
        sheet.confirmed.connect(self._choose)
        sheet.open()

    def _choose(self) -> None:
        clock = self._context.desk.clock
        day = ZonedTime(clock.now(), clock.zone()).local_date()
        start = Path.home() / f"integrate-full-copy-{day.isoformat()}.json"
        filters = (_("JSON of Integrate (*.json)"),)
        save_file(self._context.shell.sheet_host(), _("Save a full copy"), start, filters, self.save_to)

    def save_to(self, file: Path) -> None:
        """Write the full copy to ``file``."""
        if not self.task.running:
            words = _("Cancelled. No file was left there.")
            self.task.start(_("Writing the full copy"), partial(_save, file=file), self._saved, cancelled=words)

    def _saved(self, saved: SavedFile) -> str:
        self.task.result.setToolTip(saved.sha256)
        words = _("Saved as {name}: {size}, {entries}. It is not protected. SHA-256 {sum}…").format(
            name=saved.file.name, size=size_words(saved.size), entries=entries_words(saved.entries),
            sum=saved.sha256[:_SHORT_HASH],
        )  # fmt: skip
        if saved.unreadable:
            damaged = ngettext(
                "{count} damaged thing is not in it.", "{count} damaged things are not in it.", saved.unreadable
            )
            words = f"{words} {damaged.format(count=number_words(saved.unreadable))}"
        return words


class FullCopySheet(Sheet):
    """What is in such a file, and a box to tick. ``confirmed`` is the only way on."""

    confirmed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Save a full copy?"), width=540)
        holds = _(
            "It holds everything in this journal: also what is marked Never share, what lies in Recently deleted, "
            "earlier states of what you wrote, and the phrases that open the files you share."
        )
        is_open = _("The file is not protected. Whoever has it can read all of it, and deleting it may leave traces.")
        instead = _("To be safe against a broken disk, “Back up now” makes an encrypted file instead.")
        self.body.addWidget(Text(self.theme, holds))
        self.body.addWidget(Text(self.theme, is_open))
        self.body.addWidget(Text(self.theme, instead, "body", "ink2"))
        self.tick = TickBox(self.theme, _("I want a file that is not protected and holds everything"))
        self.body.addWidget(self.tick)
        self.body.addStretch(1)
        self.reason = Text(self.theme, _("Tick the box to go on."), "caption", "ink3")
        self.cancel = Button(self.theme, _("Cancel"), "quiet_neutral")
        self.go_on = Button(self.theme, _("Choose where…"), "primary")
        self.go_on.setEnabled(False)
        self.footer.setContentsMargins(0, 16, 0, 0)
        self.footer.addWidget(self.reason, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.cancel)
        self.footer.addWidget(self.go_on)
        self.tick.toggled.connect(self._ticked)
        self.cancel.clicked.connect(self.close)
        self.go_on.clicked.connect(self._confirm)

    def _ticked(self, on: bool) -> None:
        self.go_on.setEnabled(on)
        self.reason.set_text("" if on else _("Tick the box to go on."))
        if on:
            announce(self, _("Choose where can be pressed now."))

    def _confirm(self) -> None:
        self.close()
        self.confirmed.emit()


def _save(journal: Journal, told: Told, file: Path) -> SavedFile:
    from integrate.sharing.saving import save_full_copy

    return save_full_copy(journal, file, progress=told, stop=told.stop)
