"""Prepare: what a person takes along into a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from integrate.domain.entry import Unreadable
from integrate.domain.sessions import Line, LineKind, SessionState
from integrate.domain.times import ZonedTime
from integrate.i18n import N_, _
from integrate.ui.pages.sessions.around import Around
from integrate.ui.pages.sessions.clinic import ClinicPart
from integrate.ui.pages.sessions.last_time import LastTimePart
from integrate.ui.pages.sessions.letters import ArrivedLetters
from integrate.ui.pages.sessions.lines import LineSection
from integrate.ui.pages.sessions.sections import Sections, StageBody
from integrate.ui.pages.sessions.touch import TouchSection
from integrate.ui.pages.sessions.words import brief_day

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
_SECOND: Final = LineKind.FOR_PRESCRIBER  # from here on they stand in the second column, where there is one


class PrepareStage(StageBody):
    """The letter for this session, the eight kinds of lines, what the clinic said, and what is open since last time.

    ``thread_wanted`` brings the id of a thread, ``threads_wanted`` asks for all; ``told`` is as in LineSection.
    """

    told = Signal(str, object)
    thread_wanted = Signal(object)  # UUID
    threads_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._desk = context.desk
        self.clinic = ClinicPart(context)
        self.letters = ArrivedLetters(context)
        self.last_time = LastTimePart(context)
        self.sections: dict[LineKind, LineSection] = {}
        for kind, title, add in _KINDS:
            if kind is LineKind.TOUCH:
                section: LineSection = TouchSection(context, _(title), _(add))
            else:
                section = LineSection(context, kind, _(title), _(add))
            section.told.connect(self.told)
            self.sections[kind] = section
        kinds = list(self.sections)
        lines = list(self.sections.values())
        second = kinds.index(_SECOND)
        first = [self.letters, lines[0], self.last_time, *lines[1:second]]
        first.insert(first.index(self.sections[LineKind.CHECK]) + 1, self.clinic)
        self._sections = Sections(context.theme, first, lines[second:])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sections)
        self.last_time.thread_wanted.connect(self.thread_wanted)
        self.last_time.all_wanted.connect(self.threads_wanted)

    def set_beside(self, beside: bool) -> None:
        """What is taken along beside what is asked and felt, or below it."""
        self._sections.set_beside(beside)

    def show_session(self, found: OneSession, around: Around, today: date) -> None:
        """Show what belongs to a session. A line that cannot be read is named with the intentions, whatever it was."""
        session = found.session
        self.letters.show_letters(around.arrived, around.before, today)
        self.last_time.show_last_time(around.last_time)
        was_held = session.state is SessionState.HELD
        self.sections[LineKind.CHECK].set_title(_("Before I began") if was_held else _("Before I begin"))
        for kind, section in self.sections.items():
            if isinstance(section, TouchSection):
                section.set_ahead(session.state is SessionState.PLANNED)
            section.show_lines(session.id, _lines_of(kind, found.lines), today)
        self.clinic.show_instructions(found.instructions)

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


def _lines_of(kind: LineKind, lines: Sequence[Line | Unreadable]) -> list[Line | Unreadable]:
    unreadable_here = kind is LineKind.INTENTION
    return [line for line in lines if (line.kind is kind if isinstance(line, Line) else unreadable_here)]
