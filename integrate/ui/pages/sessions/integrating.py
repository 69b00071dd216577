"""Integrate: what came of a session. Thoughts, entries, what to talk about and what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import EntrySummary, SessionRef, Unreadable
from integrate.domain.listing import Row
from integrate.domain.sessions import Line, LineKind
from integrate.domain.threads import Insight
from integrate.i18n import N_, _, ngettext
from integrate.journal.insights import add_insight, change_insight
from integrate.ui.pages.sessions.inline import InlineEditor
from integrate.ui.pages.sessions.lines import LineSection
from integrate.ui.pages.sessions.reading import OneSession
from integrate.ui.pages.sessions.rows import EntryRow
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.text import Text
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from integrate.journal.insights import SavedInsight
    from integrate.ui.page import PageContext

_KINDS: Final = (
    (LineKind.TALK, N_("What I want to talk about"), N_("Add what I want to talk about")),
    (LineKind.AGREED, N_("What we agreed"), N_("Add what we agreed")),
)
_SHOWN: Final = 600
_MOST: Final = 40  # thoughts that are shown: the rest has its own page


class IntegrateStage(QWidget):
    """``entry_wanted`` brings the id of an entry, ``more_wanted`` asks for older ones."""

    told = Signal(str, object)
    entry_wanted = Signal(object)  # UUID
    more_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self._theme, self._desk = theme, context.desk
        self._rows: list[QWidget] = []
        self._known: tuple[object, ...] = ()
        self.thoughts = Thoughts(context)
        self._entries_head = Text(theme, _("Entries"), "label", "ink2", weight=600)
        self.count = Text(theme, "", "caption", "ink3", wrap=False)
        self._none = Text(theme, _("No entries about this session yet."), "body", "ink2")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        self.more_button = Button(theme, _("Show older entries"), "quiet", small=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._entries_head, 1)
        head.addWidget(self.count)
        reach = QHBoxLayout()  # the ground of a row reaches beyond its words
        reach.setContentsMargins(0, 0, 0, 0)
        reach.addLayout(self._stack)
        entries = QVBoxLayout()
        entries.setSpacing(4)
        entries.addLayout(head)
        entries.addWidget(self._none)
        entries.addLayout(reach)
        entries.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.sections: dict[LineKind, LineSection] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.thoughts)
        column.addLayout(entries)
        for kind, title, add in _KINDS:
            section = LineSection(context, kind, _(title), _(add))
            section.told.connect(self.told)
            self.sections[kind] = section
            column.addWidget(section)
        column.addStretch(1)
        self.more_button.hide()
        self.more_button.clicked.connect(self.more_wanted)

    def show_session(self, found: OneSession, today: date) -> None:
        """Show what belongs to a session."""
        for kind, section in self.sections.items():
            own = [line for line in found.lines if isinstance(line, Line) and line.kind is kind]
            section.show_lines(found.session.id, own, today)
        self.thoughts.show_thoughts(found.session.id, found.session.ref, found.insights)
        if (found.entries, found.entry_count, today) != self._known:
            self._known = (found.entries, found.entry_count, today)
            self._show_entries(found.entries, found.entry_count, today)

    def flush(self) -> None:
        """Keep what is being written."""
        self.thoughts.flush()
        for section in self.sections.values():
            section.flush()

    def rows(self) -> tuple[EntryRow, ...]:
        """The entries that can be opened, the newest first."""
        return tuple(row for row in self._rows if isinstance(row, EntryRow))

    def _show_entries(self, entries: Sequence[Row], count: int, today: date) -> None:
        held = next((row.entry_id for row in self.rows() if row.hasFocus()), None)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(found.entry, today) for found in entries]
        for row in self._rows:
            self._stack.addWidget(row)
            row.show()
        self.count.set_text(QLocale().toString(count) if count else "")
        self._none.setVisible(not count)
        self.more_button.setVisible(count > len(entries))
        again = next((row for row in self.rows() if row.entry_id == held), None)
        if again is not None:
            again.setFocus()

    def _row(self, entry: EntrySummary | Unreadable, today: date) -> QWidget:
        if not isinstance(entry, EntrySummary):
            return Text(self._theme, _("This entry could not be read. The rest is fine."), "caption", "ink2")
        words = ngettext("{count} word", "{count} words", entry.words).format(count=QLocale().toString(entry.words))
        row = EntryRow(self._theme, entry, f"{short_day(entry.at.local_date(), today, QLocale())} · {words}")
        row.clicked.connect(partial(self._wanted, entry.id))
        return row

    def _wanted(self, entry_id: UUID, _checked: bool = False) -> None:
        self.entry_wanted.emit(entry_id)


class Thoughts(QWidget):
    """The thoughts about a session, and a way to add one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self._theme, self._desk = theme, context.desk
        self._session: tuple[UUID, SessionRef] | None = None
        self._insights: tuple[Insight | Unreadable, ...] = ()
        self._written: UUID | None = None  # what was added from the open field and is not closed yet
        self._open = self._saving = False
        self._rows: list[QWidget] = []
        self.setAccessibleName(_("Insights"))
        self._heading = Text(theme, _("Insights"), "label", "ink2", weight=600)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(8)
        self.editor = InlineEditor(theme)
        self.add_button = Button(theme, _("Add a thought"), "quiet", "plus", small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._stack)
        column.addWidget(self.editor)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.editor.hide()
        self._heading.hide()
        self.add_button.clicked.connect(self.begin)
        self.editor.kept.connect(self.keep)
        self.editor.left.connect(self._close)

    def show_thoughts(self, session_id: UUID, ref: SessionRef, insights: Sequence[Insight | Unreadable]) -> None:
        """Show the thoughts about a session, the newest first. What is being written stays."""
        if self._session != (session_id, ref):
            self._session = (session_id, ref)
            self._close()
        elif tuple(insights) == self._insights:
            return
        self._insights = tuple(insights)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(insight) for insight in self._insights[:_MOST]]
        for row in self._rows:
            self._stack.addWidget(row)
            row.show()
        self._arrange()

    def words(self) -> list[str]:
        """What is shown."""
        return [text.words() for row in self._rows for text in row.findChildren(Text)]

    def _row(self, insight: Insight | Unreadable) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if not isinstance(insight, Insight):
            column.addWidget(Text(self._theme, _("A thought could not be read. The rest is fine."), "caption", "ink2"))
            return box
        text = insight.text if len(insight.text) <= _SHOWN else f"{insight.text[:_SHOWN].rstrip()}…"
        column.addWidget(Text(self._theme, text, "quote"))
        if insight.never_share:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(Icon(self._theme, "eye-off", "ink3", 14, role="caption"))
            row.addWidget(Text(self._theme, _("Never share"), "caption", "ink3"), 1)
            column.addLayout(row)
        return box

    # --- writing ------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the field."""
        self._open = True
        self.editor.begin(_("A thought about this session"), "")
        self._arrange()

    def keep(self) -> None:
        """Keep what is written and close the field; nothing written closes it, too."""
        if not self.editor.is_changed() or not self.editor.text().strip():
            self._close()
        elif not self._saving:
            self._save(then_close=True)

    def flush(self) -> None:
        """Keep what is written; the field stays open."""
        if self._open and not self._saving and self.editor.is_changed() and self.editor.text().strip():
            self._save(then_close=False)

    def _save(self, *, then_close: bool) -> None:
        if self._session is None:
            return
        self._saving = True
        text = self.editor.text()
        done = partial(self._kept, self._session, text, then_close)
        if self._written is None:
            self._desk.write(self, partial(add_insight, text=text, about=self._session[1]), done, self._refused)
        else:
            work = partial(change_insight, insight_id=self._written, text=text)
            self._desk.write(self, work, done, self._refused)

    def _kept(self, session: tuple[UUID, SessionRef], text: str, then_close: bool, saved: SavedInsight) -> None:
        self._saving = False
        if session != self._session or not self._open:
            return
        self._written = saved.insight.id
        self.editor.note_kept(text)
        if then_close and not self.editor.is_changed():
            self._close()

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self.editor.tell(error)

    def _close(self) -> None:
        had_focus = self.editor.area.edit.hasFocus() or self.editor.cancel_button.hasFocus()
        self._open, self._written = False, None
        self.editor.end()
        self._arrange()
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self._heading.setVisible(bool(self._rows) or self._open)
        self.add_button.setVisible(self._desk.may_write and not self._open)
