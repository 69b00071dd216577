"""What was hoped for the last time, and the threads that are still open, while the next session is prepared for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.i18n import _, ngettext
from integrate.ui.pages.sessions.around import LastTime, ThreadRef, in_thread_words
from integrate.ui.pages.sessions.parts import ThreadLink, box_of, never_share_mark, own_words, replace_rows
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_SHOWN = 300


class LastTimePart(QWidget):
    """Hidden where nothing is open. ``thread_wanted`` brings the id of a thread, ``all_wanted`` asks for all."""

    thread_wanted = Signal(object)  # UUID
    all_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._theme = context.theme
        self._shown: LastTime | None = None
        self._rows: list[QWidget] = []
        self._heading = Text(self._theme, "", "label", "ink2", weight=600)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(8)
        self.more_button = FlushButton(self._theme, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._stack)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()
        self.more_button.clicked.connect(self.all_wanted)

    def show_last_time(self, found: LastTime) -> None:
        """Show what is open."""
        if found == self._shown:
            return
        self._shown = found
        title = _("What I hoped for last time") if found.hopes else _("Threads that are still open")
        self._heading.set_text(title)
        self.setAccessibleName(title)
        rows = []
        for hope in found.hopes:
            parts = own_words(self._context, title, hope.line.text, most=_SHOWN)
            if hope.line.never_share:
                parts.append(never_share_mark(self._theme))
            rows.append(box_of([*parts, *(self._link(thread) for thread in hope.threads)]))
        if found.threads:
            head = [Text(self._theme, _("Threads that are still open"), "caption", "ink3")] if found.hopes else []
            rows.append(box_of([*head, *(self._link(thread, alone=True) for thread in found.threads)]))
        replace_rows(self._stack, self._rows, rows)
        self._rows = rows
        words = ngettext("{count} more in Threads", "{count} more in Threads", found.more).format(count=found.more)
        self.more_button.setText(words)
        self.more_button.setVisible(found.more > 0)
        self.setVisible(bool(rows))

    def words(self) -> list[str]:
        """What is shown, links too."""
        texts = [text.words() for row in self._rows for text in row.findChildren(Text)]
        return texts + [link.words() for row in self._rows for link in row.findChildren(ThreadLink)]

    def _link(self, thread: ThreadRef, *, alone: bool = False) -> ThreadLink:
        words = thread.name if alone else in_thread_words(thread)
        return ThreadLink(self._theme, words, partial(self._wanted, thread.id))

    def _wanted(self, thread_id: UUID, _checked: bool = False) -> None:
        self.thread_wanted.emit(thread_id)
