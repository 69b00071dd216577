"""The practices that came of a session: how they stand, and the gentle question how it went. Nothing is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.entry import Changes
from integrate.domain.practices import REPLY_WORDS, PracticeState, Reply, Said, cadence_words
from integrate.domain.threads import Insight
from integrate.i18n import _
from integrate.journal.practices import begin_practice, change_practice, reply_to_practice, take_back_reply
from integrate.ui.pages.sessions.around import Around, in_thread_words
from integrate.ui.pages.sessions.parts import ThreadLink, box_of, never_share_mark, own_words, replace_rows
from integrate.ui.pages.sessions.words import brief_day, short_name
from integrate.ui.pages.sessions.writing import KeepingEditor
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.flow import FlowLayout
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.journal.practices import PracticeView, SavedPractice
    from integrate.ui.page import PageContext

_HELPED: Final = (Reply.HELPED, Reply.NOT_REALLY, Reply.TOO_SOON)
_WHETHER_DONE: Final = (Reply.DONE, Reply.NOT_TODAY)


class PracticeList(QWidget):
    """Hidden while there are none and none is being written.

    ``thread_wanted`` brings the id of a thread; ``told`` what happened, and how to undo it.
    """

    thread_wanted = Signal(object)  # UUID
    told = Signal(str, object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._theme, self._desk = context.theme, context.desk
        self._session_id: UUID | None = None
        self._today: date | None = None
        self._shown: tuple[object, ...] = ()
        self._written: UUID | None = None  # what was begun from the open field and is not closed yet
        self._rows: list[QWidget] = []
        self.setAccessibleName(_("Practices"))
        self._stack = QVBoxLayout()
        self._stack.setSpacing(8)
        self._from = Text(self._theme, "", "caption", "ink2")
        self.editor = KeepingEditor(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(self._theme, _("Practices"), "label", "ink2", weight=600))
        column.addLayout(self._stack)
        column.addWidget(self._from)
        column.addWidget(self.editor)
        self._from.hide()
        self.hide()
        self.editor.closed.connect(self._closed)

    def show_practices(self, session_id: UUID, around: Around, today: date) -> None:
        """Show the practices of a session as they stand on ``today``. What is being written stays."""
        if session_id != self._session_id:
            self.editor.put_away()
            self._session_id = session_id
        threads = [around.threads.get(view.practice.id) for view in around.practices]
        if self._shown == (session_id, around.practices, threads, today):
            return
        self._shown, self._today = (session_id, around.practices, threads, today), today
        focused: QWidget | None = self.window().focusWidget()
        held = next((row.objectName() for row in self._rows if focused is not None and row.isAncestorOf(focused)), "")
        rows = [self._row(view, around, today) for view in around.practices]
        replace_rows(self._stack, self._rows, rows)
        self._rows = rows
        self._arrange()
        again = self.findChild(QWidget, held) if held else None
        reply = again.findChild(LinkText) if again is not None else None
        if reply is not None:
            reply.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> list[str]:
        """What is shown."""
        return [text.words() for row in self._rows for text in row.findChildren(Text)]

    def flush(self) -> None:
        """Keep what is written; the field stays open."""
        self.editor.flush()

    def _row(self, view: PracticeView, around: Around, today: date) -> QWidget:
        practice = view.practice
        parts = own_words(self._context, _("A practice"), practice.text)
        parts.append(Text(self._theme, state_words(view, today), "caption", "ink3"))
        if view.unreadable:
            words = _("Some of what was said of it could not be read. The rest is fine.")
            parts.append(Text(self._theme, words, "caption", "ink2"))
        if practice.never_share:
            parts.append(never_share_mark(self._theme))
        replies = replies_to_ask_for(view, today) if self._desk.may_write else ()
        if replies:
            parts.append(self._replies(view, replies))
        for thread in around.threads.get(practice.id, ()):
            # Translators: a link for a screen reader: where it leads, and what it is about
            link = ThreadLink(self._theme, in_thread_words(thread), partial(self._thread, thread.id))
            link.setAccessibleName(_("{answer}: {what}").format(answer=link.words(), what=short_name(practice.text)))
            parts.append(link)
        box = box_of(parts)
        box.setObjectName(f"practice {practice.id}")
        return box

    def _replies(self, view: PracticeView, replies: tuple[Reply, ...]) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, gap=16, line_gap=0)
        for reply in replies:
            words = _(REPLY_WORDS[reply])
            link = LinkText(self._theme, words, role="caption")
            # Translators: the name of a button for a screen reader: an answer, and what it is about
            name = _("{answer}: {what}").format(answer=words, what=short_name(view.practice.text))
            link.setAccessibleName(name)
            link.clicked.connect(partial(self._reply, view, reply))
            flow.addWidget(link)
        return box

    def _thread(self, thread_id: UUID, _checked: bool = False) -> None:
        self.thread_wanted.emit(thread_id)

    def _reply(self, view: PracticeView, reply: Reply, _checked: bool = False) -> None:
        if self._today is None:
            return
        practice_id, said = view.practice.id, Said(self._today, reply)
        alike = _WHETHER_DONE if reply in _WHETHER_DONE else _HELPED
        # A later answer of the day takes the place of an earlier one: undoing it brings that back.
        before = next((one for one in view.said if one.day == said.day and one.reply in alike), None)
        undo = partial(take_back_reply, practice_id=practice_id, said=said, before=before)
        words = _("It comes again when it is next due.") if reply is Reply.NOT_TODAY else _("Noted")
        work = partial(reply_to_practice, practice_id=practice_id, reply=reply, day=said.day)
        self._desk.write(self, work, partial(self._replied, words, undo), self._context.shell.tell_trouble)

    def _replied(self, words: str, undo: Callable[[Journal], Changes], _changes: object) -> None:
        self.told.emit(words, partial(self._undo, undo))

    def _undo(self, work: Callable[[Journal], Changes]) -> None:
        self._desk.write(self, work, None, self._context.shell.tell_trouble)

    # --- beginning one ------------------------------------------------------------------------------------------------

    def begin_from(self, insight: Insight) -> None:
        """Let a practice be begun that comes from an insight. How often is said later, on the Threads page."""
        self.editor.put_away()
        self._written = None
        self._from.set_text(_("From “{words}”").format(words=short_name(insight.text)))
        key = (self._session_id, insight.id)
        self.editor.write(_("What would you like to try?"), "", partial(self._work, insight), self._kept, key)
        self._arrange()

    def _work(self, insight: Insight, text: str) -> Callable[..., SavedPractice]:
        if self._written is None:
            return partial(begin_practice, text=text, insight_id=insight.id, never_share=insight.never_share)
        return partial(change_practice, practice_id=self._written, text=text)

    def _kept(self, saved: SavedPractice) -> None:
        self._written = saved.practice.id

    def _closed(self, had_focus: bool) -> None:
        self._written = None
        self._arrange()
        if had_focus and self.isVisible():
            self.focusNextChild()

    def _arrange(self) -> None:
        self._from.setVisible(self.editor.is_open())
        self.setVisible(bool(self._rows) or self.editor.is_open())


def replies_to_ask_for(view: PracticeView, today: date) -> tuple[Reply, ...]:
    """What can be said of a practice on ``today``: first whether it was done, then whether it helped.

    "Not today" is there only where it is due; what was said of it already is not asked for again.
    """
    if view.practice.state is not PracticeState.OPEN or view.practice.since > today:
        return ()
    asks_for_help = any(one.reply is Reply.DONE for one in view.said) and not any(
        one.reply in _HELPED for one in view.said
    )
    spoken = any(one.day == today and one.reply in _WHETHER_DONE for one in view.said)
    first = () if spoken else (Reply.DONE, Reply.NOT_TODAY) if view.due else (Reply.DONE,)
    return (*first, *_HELPED) if asks_for_help else first


def state_words(view: PracticeView, today: date) -> str:
    """How often, and how it stands: "Thursdays · It rests", "When it suits you · Done · It helped · 5 Oct"."""
    parts = [cadence_words(view.practice.cadence)]
    if view.practice.state is PracticeState.RESTING:
        parts.append(_("It rests"))
    elif view.practice.state is PracticeState.ENDED:
        parts.append(_("It has ended"))
    said = sorted((one for one in view.said if one.reply in REPLY_WORDS), key=lambda one: one.reply in _HELPED)
    parts += [_(REPLY_WORDS[one.reply]) for one in said]
    if said:
        parts.append(_("Today") if said[0].day == today else brief_day(said[0].day, today))
    return " · ".join(parts)
