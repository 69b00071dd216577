"""The imports of this journal, each with the way to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from integrate.domain.entry import Unreadable
from integrate.i18n import _
from integrate.ui.pages.settings.import_words import kinds_words, source_words
from integrate.ui.pages.settings.words import moment_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.imports import Imported
    from integrate.ui.page import PageContext


class ImportsSheet(Sheet):
    """When each was made, from what, and what it brought; the newest first. ``wanted`` brings the one to take back."""

    wanted = Signal(object)  # Imported

    def __init__(self, context: PageContext, imports: Sequence[Imported | Unreadable]) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), _("Imports"), width=560)
        self._context = context
        self.undo_buttons: list[Button] = []
        self.lines: list[Text] = []
        words = _("Each can be taken back whole. What you changed or used since stays.")
        self.body.addWidget(Text(self.theme, words, "body", "ink2"))
        for one in imports:
            self.body.addWidget(Divider(self.theme))
            self._add(one)
        self.body.addStretch(1)
        self.add_done()

    def _add(self, one: Imported | Unreadable) -> None:
        if isinstance(one, Unreadable):
            self._add_line(
                Text(self.theme, _("An import that cannot be read. It cannot be taken back."), "body", "ink2")
            )
            return
        moment = moment_words(one.made.instant, self._context.desk.clock)
        # Translators: when something was imported, and from which format
        title = _("{moment}, from {source}").format(moment=moment, source=source_words(one.source))
        column, row = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(2)
        row.setSpacing(16)
        for text, role, token in (
            (title, "body", "ink1"),
            (kinds_words(one.kinds), "caption", "ink2"),
            ("" if one.finished else _("It was cut off before its end."), "caption", "ink2"),
        ):
            if text:
                line = Text(self.theme, text, role, token)
                self.lines.append(line)
                column.addWidget(line)
        row.addLayout(column, 1)
        if self._context.desk.may_write:
            undo = Button(self.theme, _("Undo…"), small=True)
            undo.setAccessibleName(_("Undo the import of {moment}…").format(moment=moment))
            undo.clicked.connect(partial(self._want, one))
            self.undo_buttons.append(undo)
            row.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _add_line(self, line: Text) -> None:
        self.lines.append(line)
        self.body.addWidget(line)

    def _want(self, one: Imported, _checked: bool = False) -> None:
        self.close()
        self.wanted.emit(one)
