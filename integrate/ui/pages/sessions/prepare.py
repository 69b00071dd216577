"""Prepare: what a person takes along into a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.entry import Unreadable
from integrate.domain.sessions import Line, LineKind, SessionState
from integrate.domain.times import ZonedTime
from integrate.i18n import N_, _
from integrate.ui.pages.sessions.around import Around
from integrate.ui.pages.sessions.last_time import LastTimePart
from integrate.ui.pages.sessions.letters import ArrivedLetters
from integrate.ui.pages.sessions.lines import LineSection
from integrate.ui.pages.sessions.parts import clipped
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.pages.sessions.touch import TouchSection
from integrate.ui.pages.sessions.words import brief_day
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.pages.sessions.reading import OneSession

_KINDS: Final = (
    (LineKind.INTENTION, N_("Intention"), N_("Add an intention")),
    (LineKind.CHECK, N_("Before I begin"), N_("Add to the checklist")),
    (LineKind.TOUCH, N_("Touch, and my stop word"), N_("Add touch and stop word")),
    (LineKind.FOR_PRESCRIBER, N_("Questions for my prescriber"), N_("Ask my prescriber something")),
    (LineKind.FOR_THERAPIST, N_("Questions for my therapist"), N_("Ask my therapist something")),
    (LineKind.HOPE, N_("What I hope for"), N_("Add a hope")),
    (LineKind.WORRY, N_("What worries me"), N_("Add a worry")),
    (LineKind.ANCHOR, N_("Anchors for hard moments"), N_("Add an anchor")),
)
_SHOWN: Final = 300  # letters of the clinic's instructions before all of them are asked for


class PrepareStage(QWidget):
    """The letter for this session, the eight kinds of lines, what the clinic said, and what is open since last time.

    ``thread_wanted`` brings the id of a thread, ``threads_wanted`` asks for all; ``told`` is as in LineSection.
    """

    told = Signal(str, object)
    thread_wanted = Signal(object)  # UUID
    threads_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self._context = context
        self._desk = context.desk
        self._instructions = ""
        self._said = Text(theme, "", "body", "ink2")
        self._more = Button(theme, _("Show all of it"), "quiet", small=True)
        self._more.setAccessibleName(_("Show all that my clinic told me"))
        self._clinic = QWidget()
        clinic = QVBoxLayout(self._clinic)
        clinic.setContentsMargins(0, 12, 0, 0)
        clinic.setSpacing(4)
        clinic.addWidget(Text(theme, _("What my clinic told me"), "label", "ink2", weight=600))
        clinic.addWidget(self._said)
        clinic.addWidget(self._more)
        self.letters = ArrivedLetters(context)
        self.last_time = LastTimePart(context)
        self.sections: dict[LineKind, LineSection] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.letters)
        for kind, title, add in _KINDS:
            if kind is LineKind.TOUCH:
                section: LineSection = TouchSection(context, _(title), _(add))
            else:
                section = LineSection(context, kind, _(title), _(add))
            section.told.connect(self.told)
            self.sections[kind] = section
            column.addWidget(section)
            if kind is LineKind.INTENTION:
                column.addWidget(self.last_time)
                column.addWidget(self._clinic)
        column.addStretch(1)
        self._clinic.hide()
        self._more.clicked.connect(self._show_all)
        self.last_time.thread_wanted.connect(self.thread_wanted)
        self.last_time.all_wanted.connect(self.threads_wanted)

    def show_session(self, found: OneSession, around: Around, today: date) -> None:
        """Show what belongs to a session. A line that cannot be read is named with the intentions, whatever it was."""
        session = found.session
        self.letters.show_letters(around.arrived, around.before, today)
        self.last_time.show_last_time(around.last_time)
        for kind, section in self.sections.items():
            if isinstance(section, TouchSection):
                section.set_ahead(session.state is SessionState.PLANNED)
            section.show_lines(session.id, _lines_of(kind, found.lines), today)
        self._instructions = found.instructions.strip()
        self._said.set_text(clipped(self._instructions, _SHOWN))
        self._more.setVisible(len(self._instructions) > _SHOWN)
        self._clinic.setVisible(bool(self._instructions))

    def caption(self, lines: Sequence[Line | Unreadable], today: date) -> str:
        """What its head says: when the intention was written."""
        first = next((one for one in lines if isinstance(one, Line) and one.kind is LineKind.INTENTION), None)
        if first is None:
            return ""
        day = ZonedTime(first.written, self._desk.clock.zone()).local_date()
        return _("set on {day}").format(day=brief_day(day, today))

    def flush(self) -> None:
        """Keep what is being written."""
        for section in self.sections.values():
            section.flush()

    def _show_all(self) -> None:
        AllSheet(self._context, _("What my clinic told me"), self._instructions).open()


def _lines_of(kind: LineKind, lines: Sequence[Line | Unreadable]) -> list[Line | Unreadable]:
    unreadable_here = kind is LineKind.INTENTION
    return [line for line in lines if (line.kind is kind if isinstance(line, Line) else unreadable_here)]
