"""The thoughts about a session, each with the threads it hangs on, and what can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.entry import SessionRef, Unreadable
from integrate.domain.threads import Insight
from integrate.i18n import _, ngettext
from integrate.journal.insights import add_insight, change_insight
from integrate.ui.pages.sessions.around import INSIGHTS, Around, in_thread_words
from integrate.ui.pages.sessions.parts import ThreadLink, box_of, never_share_mark, own_words, replace_rows
from integrate.ui.pages.sessions.sections import Section
from integrate.ui.pages.sessions.words import short_name
from integrate.ui.pages.sessions.writing import KeepingEditor
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.insights import SavedInsight
    from integrate.ui.page import PageContext


class Thoughts(Section):
    """The insights of a session, the newest first, and a way to add one.

    ``thread_wanted`` brings the id of a thread, ``practice_wanted`` the insight that a practice is to come from;
    ``all_wanted`` asks for the page that has the rest.
    """

    thread_wanted = Signal(object)  # UUID
    practice_wanted = Signal(object)  # Insight
    all_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._session: tuple[UUID, SessionRef] | None = None
        self._shown: tuple[object, ...] = ()
        self._written: UUID | None = None  # what was added from the open field and is not closed yet
        self._rows: list[QWidget] = []
        self.setAccessibleName(_("Insights"))
        self._heading = Text(self._theme, _("Insights"), "label", "ink2", weight=600)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(8)
        self.more_button = FlushButton(self._theme, "")
        self.editor = KeepingEditor(context)
        self.add_button = FlushButton(self._theme, _("Add a thought"), "plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._stack)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.editor)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._heading.hide()
        self.more_button.hide()
        self.more_button.clicked.connect(self.all_wanted)
        self.add_button.clicked.connect(self.begin)
        self.editor.closed.connect(self._closed)

    def show_thoughts(
        self, session_id: UUID, ref: SessionRef, insights: Sequence[Insight | Unreadable], around: Around
    ) -> None:  # fmt: skip
        """Show the thoughts about a session, the newest first. What is being written stays."""
        if self._session != (session_id, ref):
            self.editor.put_away()
            self._session = (session_id, ref)
        threads = [around.threads.get(one.id) for one in insights if one.id is not None]
        if self._shown == (session_id, tuple(insights), threads):
            return
        self._shown = (session_id, tuple(insights), threads)
        rows = [self._row(insight, around) for insight in insights[:INSIGHTS]]
        replace_rows(self._stack, self._rows, rows)
        self._rows = rows
        left = len(insights) - len(rows)
        words = ngettext("{count} more in Threads", "{count} more in Threads", left).format(count=left)
        self.more_button.setText(words)
        self.more_button.setVisible(left > 0)
        self._arrange()

    def is_filled(self) -> bool:
        """Whether there are thoughts, or one is being written."""
        return not self._heading.isHidden()

    def words(self) -> list[str]:
        """What is shown."""
        return [text.words() for row in self._rows for text in row.findChildren(Text)]

    def flush(self) -> None:
        """Keep what is written; the field stays open."""
        self.editor.flush()

    def _row(self, insight: Insight | Unreadable, around: Around) -> QWidget:
        if not isinstance(insight, Insight):
            return Text(self._theme, _("A thought could not be read. The rest is fine."), "caption", "ink2")
        parts = own_words(self._context, _("A thought"), insight.text)
        if insight.never_share:
            parts.append(never_share_mark(self._theme))
        for thread in around.threads.get(insight.id, ()):
            parts.append(ThreadLink(self._theme, in_thread_words(thread), partial(self._thread, thread.id)))
        if self._desk.may_write:
            button = FlushButton(self._theme, _("Begin a practice"), neutral=True)
            name = _("Begin a practice from “{words}”").format(words=short_name(insight.text))
            button.setAccessibleName(name)
            button.clicked.connect(partial(self._practice, insight))
            parts.append(button)
        return box_of(parts)

    def _thread(self, thread_id: UUID, _checked: bool = False) -> None:
        self.thread_wanted.emit(thread_id)

    def _practice(self, insight: Insight, _checked: bool = False) -> None:
        self.practice_wanted.emit(insight)

    # --- writing ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the field."""
        if self._session is not None:
            self._written = None
            work = partial(self._work, self._session[1])
            self.editor.write(_("A thought about this session"), "", work, self._kept, self._session)
            self._arrange()

    def _work(self, about: SessionRef, text: str) -> Callable[..., SavedInsight]:
        if self._written is None:
            return partial(add_insight, text=text, about=about)
        return partial(change_insight, insight_id=self._written, text=text)

    def _kept(self, saved: SavedInsight) -> None:
        self._written = saved.insight.id

    def _closed(self, had_focus: bool) -> None:
        self._written = None
        self._arrange()
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self._heading.setVisible(bool(self._rows) or self.editor.is_open())
        self.add_button.setVisible(self._desk.may_write and not self.editor.is_open())
