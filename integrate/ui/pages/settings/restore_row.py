"""Opening a backup from Settings: the row that asks for the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from integrate.i18n import _
from integrate.ui.pages.settings.restore_sheet import RestoreSheet
from integrate.ui.pages.settings.rows import ButtonRow
from integrate.ui.platform.dialogs import open_file

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


class RestoreRow(ButtonRow):
    """*Restore a backup*: what is in it is told first, and it becomes a journal beside this one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            context.theme, _("Restore a backup"),
            _("Shows what is in a backup, and makes a journal of it beside this one. Nothing is replaced."),
            _("Restore…"), name=_("Restore a backup…"),
        )  # fmt: skip
        self._context = context
        self.pressed.connect(self._choose)

    def _choose(self) -> None:
        filters = (_("Backups of integrate (*.ibk)"), _("All files (*)"))
        host = self._context.shell.sheet_host()
        open_file(host, _("Restore a backup"), Path.home(), filters, self.open_sheet)

    def open_sheet(self, file: Path) -> None:
        """Ask for what opens the backup ``file``."""
        RestoreSheet(self._context, file).open()
