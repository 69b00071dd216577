"""What the clinic told somebody, folded to its heading until it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from integrate.i18n import _
from integrate.ui.pages.sessions.parts import clipped
from integrate.ui.pages.sessions.sections import Section
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_SHOWN: Final = 300  # letters of the clinic's instructions before all of them are asked for


class ClinicPart(Section):
    """Hidden where nothing was written down. Its line opens the words below it, and folds them again."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self._context = context
        self._instructions = ""
        self._open = False
        self.fold_button = FlushButton(theme, _("What my clinic told me"), "chevron-right", neutral=True)
        self._said = Text(theme, "", "body", "ink2")
        self._more = FlushButton(theme, _("Show all of it"))
        self._more.setAccessibleName(_("Show all that my clinic told me"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._said)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()
        self.fold_button.clicked.connect(self._turn)
        self._more.clicked.connect(self._show_all)
        self._arrange()

    def show_instructions(self, instructions: str) -> None:
        """Show what was written down with the plan."""
        self._instructions = instructions.strip()
        self._said.set_text(clipped(self._instructions, _SHOWN))
        self._arrange()
        self.setVisible(bool(self._instructions))

    def _turn(self) -> None:
        self._open = not self._open
        self._arrange()

    def _arrange(self) -> None:
        folded = "chevron-left" if self.isRightToLeft() else "chevron-right"
        self.fold_button.set_icon("chevron-down" if self._open else folded)
        self.fold_button.setAccessibleDescription(_("open") if self._open else _("folded"))
        self._said.setVisible(self._open)
        self._more.setVisible(self._open and len(self._instructions) > _SHOWN)

    def _show_all(self) -> None:
        AllSheet(self._context, _("What my clinic told me"), self._instructions).open()
