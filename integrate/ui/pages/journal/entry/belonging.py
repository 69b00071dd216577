"""Where a new entry belongs in the course: its phase, and the session it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from integrate.domain.entry import Draft, Phase, SessionRef
from integrate.domain.listing import Stop
from integrate.domain.occasions import Subject
from integrate.errors import KnownError
from integrate.ui.pages.journal.entry.reading import read_subject

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


class Belonging(QObject):
    """Both follow the calendar until the person picks one; a phase takes its session along while none was picked.

    Where no session is known, the phase chosen last stays. ``changed`` brings what differs in a draft, by its fields,
    once the calendar was asked: what it said for the entry before is shown meanwhile.
    """

    changed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self._subject: Subject | None = None
        self._asking: Stop | None = None
        self._picked: Phase | None = None
        self._phase_follows = False
        self._session_follows = False

    def begin(self, draft: Draft) -> Draft:
        """A new entry as it belongs by what is known; the calendar is asked anew."""
        self._phase_follows = self._session_follows = True
        self._asking = self._desk.read(self, read_subject, self._take, self._not_read)
        return replace(draft, **self._followed())

    def pick_phase(self, phase: Phase) -> dict[str, Any]:
        """The person picked a phase: what else of the entry changes with it."""
        self._picked, self._phase_follows = phase, False
        return self._followed()

    def keep_phase(self, phase: Phase) -> None:
        """The next entry begins with this phase, unless the calendar says which."""
        if self._subject is None and phase is not self._desk.preferences.phase:
            self._desk.change_preferences(self, phase=phase)

    def pick_session(self, _session: SessionRef | None) -> None:
        """The person picked a session, or none."""
        self._session_follows = False

    def forget(self) -> None:
        """Another entry comes."""
        if self._asking is not None:
            self._asking.set()
            self._asking = None
        self._picked = None
        self._phase_follows = self._session_follows = False

    def _take(self, subject: Subject | None) -> None:
        self._asking = None
        self._subject = subject
        self.changed.emit(self._followed())

    def _not_read(self, error: Exception) -> None:
        self._asking = None
        if not isinstance(error, KnownError):  # whatever cannot be read is told by the page that is about it
            self._context.shell.tell_trouble(error)

    def _followed(self) -> dict[str, Any]:
        subject, followed = self._subject, dict[str, Any]()
        phase = self._desk.preferences.phase if subject is None else subject.phase
        if self._phase_follows:
            followed["phase"] = phase
        if self._session_follows:
            followed["session"] = None if subject is None else subject.session(self._picked or phase)
        return followed
