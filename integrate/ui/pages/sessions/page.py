"""Sessions: the course as a path of its sessions, and the page of each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from integrate.domain.entry import Phase, SessionRef
from integrate.i18n import _
from integrate.journal.drafts import DraftsOf
from integrate.ui.layout import WidthClass
from integrate.ui.page import Page, PageContext
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.overview import OverviewView
from integrate.ui.pages.sessions.reading import id_of
from integrate.ui.pages.sessions.session_view import SessionView
from integrate.ui.unsaved import Unsaved

if TYPE_CHECKING:
    from integrate.ui.pages.sessions.session_doings import SessionDoings


class SessionsPage(Page):
    """The overview, or one session. Coming back to the page shows what was shown when it was left."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._was_away = False
        self._wants_new = False
        self._drafts: Drafts = {}
        self._unsaved = Unsaved(context.desk, DraftsOf.SESSIONS, self._take, self)
        self.overview = OverviewView(context, self._drafts)
        self.session = SessionView(context, self._drafts)
        self._views = QStackedWidget()
        self._views.addWidget(self.overview)
        self._views.addWidget(self.session)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._views)
        self.overview.session_wanted.connect(self.show_session)
        self.overview.new_wanted.connect(self.add_session)
        self.overview.filled.connect(self._add_if_wanted)
        self.session.back_wanted.connect(self.show_overview)
        self.session.session_wanted.connect(self.show_session)
        self.session.missing.connect(self._missing)
        self._doings.made.connect(self.show_session)
        self.desk.changed.connect(self._changed)

    @property
    def _doings(self) -> SessionDoings:
        return self.session.doings

    # --- the page -----------------------------------------------------------------------------------------------------

    def opened(self, **arguments: object) -> None:
        """Show what is asked for, else what was shown before; asked for while it is shown, the overview.

        The arguments are ``session_id`` (UUID) or ``session`` (SessionRef), with ``stage`` (Phase) to open it on; and
        ``new`` for a new session.
        """
        session_id, ref, stage = (arguments.get(name) for name in ("session_id", "session", "stage"))
        stage = stage if isinstance(stage, Phase) else None
        was_away, self._was_away = self._was_away, False
        self._unsaved.read()
        if isinstance(session_id, UUID):
            self.show_session(session_id, stage)
        elif isinstance(ref, SessionRef):
            self.desk.read(self, partial(id_of, ref=ref), partial(self._found, stage))
        elif arguments.get("new"):
            self.add_session()
        elif was_away and self.shows_session():
            self.session.read()
        else:
            self.show_overview()

    def flush(self) -> None:
        """Keep what is being written, and what was written in sheets that were closed."""
        self.session.flush()
        self._unsaved.keep(self._drafts)

    def _take(self, drafts: Mapping[str, Mapping[str, str]]) -> None:
        for key, fields in drafts.items():
            self._drafts.setdefault(key, dict(fields))
        self.context.shell.toast(_("What you had not saved is there again when you open the same sheet."))

    def heading(self) -> QWidget | None:
        """That of the overview, or of the session."""
        return self.session.heading if self.shows_session() else self.overview.heading

    def regions(self) -> Sequence[QWidget]:
        """Header and stages of a session; header, path and plan of the overview."""
        if self.shows_session():
            return (self.session.head, self.session.facts, self.session.stages)
        return (self.overview.head, self.overview.path, self.overview.side)

    def perform(self, action_id: str) -> bool:
        """A new session; the session before this one or after it."""
        match action_id:
            case "new_session":
                self.add_session()
            case "previous_session" if self.shows_session():
                self.session.go(-1)
            case "next_session" if self.shows_session():
                self.session.go(1)
            case _:
                return False
        return True

    def set_width_class(self, width: WidthClass) -> None:
        """Lay both views out anew."""
        self.overview.set_width_class(width)
        self.session.set_width_class(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Z takes back what the last toast spoke of; Esc goes from a session to the path."""
        if event.matches(QKeySequence.StandardKey.Undo) and self.context.shell.perform("undo"):
            return
        if event.key() == Qt.Key.Key_Escape and self.shows_session():
            self.show_overview()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is shown: coming back means going on here."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._was_away = True

    # --- which view ---------------------------------------------------------------------------------------------------

    def shows_session(self) -> bool:
        """Whether one session is shown, and not the overview."""
        return self._views.currentWidget() is self.session

    def show_overview(self) -> None:
        """Show the course."""
        was_session = self.shows_session()
        self.session.leave()
        self._views.setCurrentWidget(self.overview)
        self.overview.read()
        if was_session:
            self._focus(self.overview.heading)

    def show_session(self, session_id: UUID, stage: Phase | None = None) -> None:
        """Show one session, opened on ``stage``, or on the one it is in."""
        self.session.show_session(session_id, stage)
        self._views.setCurrentWidget(self.session)
        self._focus(self.session.heading)

    def add_session(self) -> None:
        """Open the sheet for a new session, once it is known where it belongs."""
        if not self.desk.may_write:
            return
        self._wants_new = True
        self.overview.choose_course(None)

    def _add_if_wanted(self) -> None:
        if not self._wants_new:
            return
        self._wants_new = False
        if self.overview.may_add():
            course = self.overview.course()
            self._doings.add(course.number if course is not None else None)
        elif self.shows_session():
            self.show_overview()  # the course is closed: there is the way to another one

    def _focus(self, heading: QWidget) -> None:
        if self.isVisible():
            heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, stage: Phase | None, session_id: UUID | None) -> None:
        if session_id is not None:
            self.show_session(session_id, stage)
        else:
            self.show_overview()

    def _missing(self, error: Exception) -> None:
        self.show_overview()
        self.context.shell.tell_trouble(error)

    def _changed(self, _changes: object) -> None:
        if not self.isVisible():
            return  # otherwise opening the page reads it all
        if self.shows_session():
            self.session.read()
        else:
            self.overview.read()
