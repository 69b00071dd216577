"""What stands above the text in its column: when, the prompt, the title, and what is attached."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.ui.pages.journal.entry.moment import MomentLine
from integrate.ui.pages.journal.entry.prompt_view import PromptView
from integrate.ui.pages.journal.entry.strip import AttachmentStrip
from integrate.ui.pages.journal.entry.title import TitleField

if TYPE_CHECKING:
    from integrate.system.clock import Clock
    from integrate.ui.tasks import Lane
    from integrate.ui.theme.theme import Theme

_ABOVE_PROMPT = 4  # the line of the date is 24 px high to be hit, where its words need 18
_ABOVE_TITLE = 24
_ABOVE_STRIP = 14


class EntryHeader(QWidget):
    """Date line, prompt, title and attachments. It scrolls with the text."""

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        background: Lane,
        mime_for: Callable[[str], QMimeData],
        *,
        offers_selection: bool,
    ) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.moment = MomentLine(theme, clock, background)
        self.prompt = PromptView(theme)
        self.title = TitleField(theme, mime_for, offers_selection=offers_selection)
        self.strip = AttachmentStrip(theme, self.title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.moment, 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addSpacing(_ABOVE_PROMPT)
        self._column.addWidget(self.prompt)
        self._column.addSpacing(_ABOVE_TITLE)
        self._column.addWidget(self.title)
        self._column.addWidget(self.strip)
        self.strip.setContentsMargins(0, _ABOVE_STRIP, 0, 0)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed."""
        self.moment.setEnabled(not read_only)
        self.title.setReadOnly(read_only)
        self.strip.set_read_only(read_only)
