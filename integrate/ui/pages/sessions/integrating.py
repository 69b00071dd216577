"""Integrate: what came of a session. Moods, thoughts, practices, entries, what was agreed, a letter to the next."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.entry import EntrySummary, Unreadable
from integrate.domain.sessions import Line, LineKind, Session
from integrate.i18n import N_, _, ngettext
from integrate.ui.forms.effects_button import EffectsButton
from integrate.ui.pages.sessions.around import Around, is_written_in
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.letters import LettersToNext
from integrate.ui.pages.sessions.lines import LineSection
from integrate.ui.pages.sessions.mood_dots import MoodPart
from integrate.ui.pages.sessions.parts import replace_rows
from integrate.ui.pages.sessions.practice_list import PracticeList
from integrate.ui.pages.sessions.reading import OneSession
from integrate.ui.pages.sessions.rows import PADDING, EntryRow
from integrate.ui.pages.sessions.sections import Sections, StageBody
from integrate.ui.pages.sessions.thoughts import Thoughts
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text
from integrate.ui.wording import short_day

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_KINDS: Final = (
    (LineKind.TALK, N_("What I want to talk about"), N_("Add what I want to talk about")),
    (LineKind.AGREED, N_("What we agreed"), N_("Add what we agreed")),
)


class IntegrateStage(StageBody):
    """``entry_wanted`` brings the id of an entry, ``more_wanted`` asks for older ones.

    ``thread_wanted`` brings the id of a thread, ``threads_wanted`` asks for all; ``told`` is as in LineSection.
    """

    told = Signal(str, object)
    entry_wanted = Signal(object)  # UUID
    more_wanted = Signal()
    thread_wanted = Signal(object)  # UUID
    threads_wanted = Signal()

    def __init__(self, context: PageContext, drafts: Drafts) -> None:
        super().__init__()
        theme = context.theme
        self._theme = theme
        self._rows: list[QWidget] = []
        self._known: tuple[object, ...] = ()
        self.moods = MoodPart(theme)
        self.effects = EffectsButton(context)
        self.thoughts = Thoughts(context)
        self.practices = PracticeList(context)
        self.letters = LettersToNext(context, drafts)
        self.count = Text(theme, "", "caption", "ink3", wrap=False)
        self._none = Text(theme, _("No entries about this session yet."), "body", "ink2")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        self.more_button = FlushButton(theme, _("Show older entries"))
        self.sections: dict[LineKind, LineSection] = {}
        for kind, title, add in _KINDS:
            section = LineSection(context, kind, _(title), _(add))
            section.told.connect(self.told)
            self.sections[kind] = section
        entries = self._entries()
        self._effects = _leading(self.effects)
        first = (self.moods, self._effects, self.thoughts, self.practices)
        self._sections = Sections(
            theme, first, (entries, *self.sections.values(), self.letters), outset=(entries,)
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sections)
        self.more_button.hide()
        self._connect()

    def _entries(self) -> QWidget:
        """The entries; the ground of their rows reaches beyond the words."""
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 0, PADDING, 0)
        head.setSpacing(12)
        head.addWidget(Text(self._theme, _("Entries"), "label", "ink2", weight=600), 1)
        head.addWidget(self.count)
        below = QVBoxLayout()
        below.setContentsMargins(PADDING, 0, PADDING, 0)
        below.addWidget(self._none)
        more = QVBoxLayout()
        more.setContentsMargins(PADDING, 0, PADDING, 0)
        more.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeading)
        part = QWidget()
        entries = QVBoxLayout(part)
        entries.setContentsMargins(0, 0, 0, 0)
        entries.setSpacing(4)
        for layout in (head, below, self._stack, more):
            entries.addLayout(layout)
        return part

    def _connect(self) -> None:
        self.more_button.clicked.connect(self.more_wanted)
        self.thoughts.practice_wanted.connect(self.practices.begin_from)
        self.thoughts.all_wanted.connect(self.threads_wanted)
        for part in (self.thoughts, self.practices):
            part.thread_wanted.connect(self.thread_wanted)
        self.practices.told.connect(self.told)
        self.letters.told.connect(self.told)

    def set_beside(self, beside: bool) -> None:
        """How it went on beside what was written and agreed, or above it."""
        self._sections.set_beside(beside)

    def show_session(self, found: OneSession, around: Around, today: date) -> None:
        """Show what belongs to a session."""
        session = found.session
        for kind, section in self.sections.items():
            own = [line for line in found.lines if isinstance(line, Line) and line.kind is kind]
            section.show_lines(session.id, own, today)
        self.moods.show_moods(around.moods, session, today)
        self.effects.show_session(session)
        self._effects.setVisible(not self.effects.isHidden())
        self.thoughts.show_thoughts(session.id, session.ref, found.insights, around)
        self.practices.show_practices(session.id, around, today)
        self.letters.show_letters(around.letters, session, today)
        if (session, found.entries, found.entry_count, today) != self._known:
            self._known = (session, found.entries, found.entry_count, today)
            self._show_entries(found, today)

    def flush(self) -> None:
        """Keep what is being written."""
        self.thoughts.flush()
        self.practices.flush()
        for section in self.sections.values():
            section.flush()

    def rows(self) -> tuple[EntryRow, ...]:
        """The entries that can be opened, the newest first."""
        return tuple(row for row in self._rows if isinstance(row, EntryRow))

    def _show_entries(self, shown: OneSession, today: date) -> None:
        held = next((row.entry_id for row in self.rows() if row.hasFocus()), None)
        rows = [self._row(found.entry, shown.session, today) for found in shown.entries]
        replace_rows(self._stack, self._rows, rows)
        self._rows, count = rows, shown.entry_count
        self.count.set_text(QLocale().toString(count) if count else "")
        self._none.setVisible(not count)
        self.more_button.setVisible(count > len(rows))
        again = next((row for row in self.rows() if row.entry_id == held), None)
        if again is not None:
            again.setFocus()

    def _row(self, entry: EntrySummary | Unreadable, session: Session, today: date) -> QWidget:
        if not isinstance(entry, EntrySummary):
            return Text(self._theme, _("This entry could not be read. The rest is fine."), "caption", "ink2")
        words = ngettext("{count} word", "{count} words", entry.words).format(count=QLocale().toString(entry.words))
        parts = [short_day(entry.at.local_date(), today, QLocale()), words]
        if is_written_in(session, entry.created):
            parts.append(_("Written in session"))
        row = EntryRow(self._theme, entry, " · ".join(parts))
        row.clicked.connect(partial(self._wanted, entry.id))
        return row

    def _wanted(self, entry_id: UUID, _checked: bool = False) -> None:
        self.entry_wanted.emit(entry_id)


def _leading(part: QWidget) -> QWidget:
    """A part that is only as wide as its words."""
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading)
    return place
