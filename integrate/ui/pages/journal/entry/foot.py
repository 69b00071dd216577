"""The line below an entry: how long it is, and how it is kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.editor.autosave import SaveState
from integrate.ui.editor.status import StatusLine, word_count_words
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import IconButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from integrate.ui.theme.theme import Theme

_HEIGHT: Final = 52
_SIDE: Final = 24
_COUNT_EVERY: Final = 120  # milliseconds: the count follows the words, but not every key
_HELP_ROOM: Final = 140  # where Help now stands while only writing is shown


class EntryFoot(QWidget):
    """Word count and status. ``leave_wanted`` ends writing only."""

    leave_wanted = Signal()

    def __init__(self, theme: Theme, count: Callable[[], int]) -> None:
        super().__init__()
        self._theme = theme
        self._count = count
        self._shown = -1
        self._writing_only = False
        self.words = Text(theme, "", "caption", "ink3", wrap=False)
        self.status = StatusLine(theme, partial(announce, self))
        self.read_only = Text(theme, _("Open to read only"), "caption", "ink3")
        self.leave_button = IconButton(theme, "x", _("Leave writing only"), _("Esc"))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(16)
        self._row.addWidget(self.words)
        self._row.addStretch(1)
        self._row.addWidget(self.status, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.read_only, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.leave_button)
        self.read_only.hide()
        self._soon = QTimer(self, singleShot=True, interval=_COUNT_EVERY)
        self._soon.timeout.connect(self.count_now)
        self.leave_button.clicked.connect(self.leave_wanted)
        theme.changed.connect(self._arrange)
        self.set_writing_only(False)

    def count_soon(self) -> None:
        """The text changed."""
        if not self._soon.isActive():
            self._soon.start()

    def count_now(self) -> None:
        """Show how many words there are."""
        count = self._count()
        if count != self._shown:
            self._shown = count
            self.words.set_text(word_count_words(count))

    def show_state(self, state: SaveState) -> None:
        """Say how the text is kept."""
        self.status.show_state(state)

    def set_read_only(self, read_only: bool) -> None:
        """Say that nothing can be changed, instead of how it is kept."""
        self.read_only.setVisible(read_only)
        self.status.setVisible(not read_only)

    def set_writing_only(self, on: bool) -> None:
        """Make room for Help now, and offer the way out."""
        self._writing_only = on
        self.leave_button.setVisible(on)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where all of it has no room in one line, how it is kept matters more than how long it is."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        start = self._theme.px(_HELP_ROOM) + 16 if self._writing_only else _SIDE
        left, right = (_SIDE, start) if self.isRightToLeft() else (start, _SIDE)
        self._row.setContentsMargins(left, 9, right, 8)
        self.setMinimumHeight(self._theme.px(_HEIGHT))
        needed = sum(part.sizeHint().width() + self._row.spacing() for part in (self.words, self.status))
        ends = left + right + self.leave_button.sizeHint().width()
        self.words.setVisible(not self._writing_only or needed + ends <= self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line above."""
        width = 2 if self._theme.scheme.contrast else 1
        QPainter(self).fillRect(0, 0, self.width(), width, self._theme.color("hair"))
