"""The automatic copies inside the journal's folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from integrate.i18n import _
from integrate.ui.pages.settings.words import moment_words, size_words
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.moving import BackupInfo
    from integrate.ui.page import PageContext


class CopiesSheet(Sheet):
    """When each was made and how large it is, the newest first."""

    def __init__(self, context: PageContext, copies: Sequence[BackupInfo]) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Automatic copies"), width=480)
        words = _(
            "They lie in the folder “backups” of your journal, encrypted like it. Older ones are thinned out: the "
            "longer ago, the fewer are kept."
        )
        self.body.addWidget(Text(self.theme, words, "body", "ink2"))
        for copy in sorted(copies, key=lambda one: one.number, reverse=True):
            self.body.addWidget(Divider(self.theme))
            row = QHBoxLayout()
            row.addWidget(Text(self.theme, moment_words(copy.modified, context.desk.clock)), 1)
            row.addWidget(Text(self.theme, size_words(copy.size), "body", "ink2", wrap=False))
            self.body.addLayout(row)
        self.body.addStretch(1)
        self.add_done()
