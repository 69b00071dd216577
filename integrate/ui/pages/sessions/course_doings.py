"""What can be done with a course: its plan, its people, closing it and beginning another one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.courses import Carer, Course
from integrate.domain.entry import Changes
from integrate.domain.sessions import Session, SessionState
from integrate.i18n import _, ngettext
from integrate.journal.courses import plan_sessions, reopen_course
from integrate.journal.sessions import delete_session
from integrate.journal.shown_locked import keep_carer
from integrate.ui.pages.sessions.course_sheets import (
    CarerSheet,
    ChecklistSheet,
    CloseSheet,
    PlanSheet,
    remove_carer,
)
from integrate.ui.pages.sessions.form import Drafts
from integrate.ui.pages.sessions.show_all import AllSheet
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.form_schedule import FormPlan
    from integrate.journal.courses import PlannedSessions, SavedCourse
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext
    from integrate.ui.pages.sessions.reading import Overview

_SHOWN: Final = 400  # letters of what was written on closing


class CourseDoings(QObject):
    """Opens the sheets of the course that is shown, and writes what they bring. ``closing`` is its end, as a card.

    ``begun`` says that there is another course, which is the newest from now on.
    """

    begun = Signal()

    def __init__(self, context: PageContext, drafts: Drafts, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._desk = context.desk
        self._drafts = drafts
        self._course: Course | None = None
        self.closing = ClosingPart(context)
        self.closing.close_button.clicked.connect(self.close_course)
        self.closing.change_link.clicked.connect(self.close_course)
        self.closing.reopen_button.clicked.connect(self._reopen)
        self.closing.another_button.clicked.connect(self.begin_another)

    def show_course(self, found: Overview) -> None:
        """This course is shown now."""
        self._course = found.course
        self.closing.show_course(found)

    def edit_plan(self) -> None:
        """Open the plan; where there is no course, saving it begins one."""
        PlanSheet(self._context, self._drafts, self._course).open()

    def begin_another(self) -> None:
        """Open the plan of another course."""
        sheet = PlanSheet(self._context, self._drafts, None, self._course)
        sheet.kept.connect(self._begun)
        sheet.open()

    def _begun(self, _saved: object) -> None:
        self.begun.emit()

    def edit_checklist(self) -> None:
        """Open the checklist."""
        if self._course is not None:
            ChecklistSheet(self._context, self._drafts, self._course).open()

    def show_instructions(self, words: str) -> None:
        """Show all that the clinic said."""
        AllSheet(self._context, _("What my clinic told me"), words).open()

    def edit_carer(self, carer: Carer | None) -> None:
        """Open the form of one of the care team, with None of somebody new."""
        if self._course is not None:
            CarerSheet(self._context, self._drafts, self._course, carer).open()

    def remove_carer(self, carer: Carer) -> None:
        """Take somebody off the care team; a toast lets it be undone."""
        if self._course is None:
            return
        number = self._course.number
        work = partial(remove_carer, number=number, carer=carer, paths=self._context.program.paths)
        self._desk.write(self, work, partial(self._carer_removed, number, carer))

    def _carer_removed(self, number: int, carer: Carer, _saved: SavedCourse) -> None:
        words = _("{name} was removed.").format(name=carer.name)
        self._context.shell.toast(words, partial(self._put_carer_back, number, carer))

    def _put_carer_back(self, number: int, carer: Carer) -> None:
        self._desk.write(self, partial(keep_carer, number=number, carer=carer, paths=self._context.program.paths))

    def plan_dates(self) -> None:
        """Make the sessions that the plan names."""
        if self._course is not None:
            self._desk.write(self, partial(plan_sessions, number=self._course.number), self._planned)

    def _planned(self, made: PlannedSessions) -> None:
        count = len(made.sessions)
        if not count:
            return
        words = ngettext("{count} session planned", "{count} sessions planned", count).format(count=count)
        ids = tuple(session.id for session in made.sessions)
        self._context.shell.toast(words, partial(self._unplan, ids))

    def _unplan(self, ids: tuple[UUID, ...]) -> None:
        self._desk.write(self, partial(_delete_all, ids=ids))

    def close_course(self) -> None:
        """Open the sheet for closing it, or for what was written then."""
        if self._course is None:
            return
        sheet = CloseSheet(self._context, self._drafts, self._course)
        if not self._course.is_closed:
            sheet.kept.connect(self._closed)
        sheet.open()

    def _closed(self, saved: SavedCourse) -> None:
        self._context.shell.toast(
            _("This course is closed."),
            partial(self._open_again, saved.course.number, saved.rested, saved.forms),
        )

    def _reopen(self) -> None:
        if self._course is not None:
            self._open_again(self._course.number)

    def _open_again(self, number: int, rested: frozenset[UUID] = frozenset(), forms: FormPlan | None = None) -> None:
        self._desk.write(self, partial(reopen_course, number=number, waking=rested, forms=forms))


class ClosingPart(QWidget):
    """Below the path: *Close this course*; once it is closed, what was written then, and the way on."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self._may_write = context.desk.may_write
        self.close_button = FlushButton(theme, _("Close this course"), neutral=True)
        self.change_link = LinkText(theme, _("Change"))
        self.change_link.setAccessibleName(_("Change what I wrote on closing"))
        self._signs = Text(theme, "", "quote")
        self._agreed = Text(theme, "", "quote")
        self._signs_head = Text(theme, _("Early signs, in my words"), "label", "ink2", weight=600)
        self._agreed_head = Text(theme, _("What my care team and I agreed"), "label", "ink2", weight=600)
        self.another_button = Button(theme, _("Begin another course"))
        self.reopen_button = FlushButton(theme, _("Open this course again"), neutral=True)
        self.card = Card(theme)
        head = QHBoxLayout()
        head.addWidget(Text(theme, _("After this course"), "bodyStrong"), 1)
        head.addWidget(self.change_link, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(6)
        inside.addLayout(head)
        for part in (self._signs_head, self._signs, self._agreed_head, self._agreed):
            inside.addWidget(part)
        inside.addSpacing(4)
        inside.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignLeading)
        inside.addWidget(self.reopen_button, 0, Qt.AlignmentFlag.AlignLeading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_course(self, found: Overview) -> None:
        """Show what fits the course: it can be closed once there was a session."""
        course = found.course
        closed = course is not None and course.is_closed
        held = any(isinstance(one, Session) and one.state is SessionState.HELD for one in found.sessions)
        can_close = course is not None and not closed and held and self._may_write
        self.setVisible(closed or can_close)
        self.card.setVisible(closed)
        self.close_button.setVisible(can_close)
        if course is None:
            return
        for text, head, words in (
            (self._signs, self._signs_head, course.early_signs), (self._agreed, self._agreed_head, course.agreed),
        ):  # fmt: skip
            stripped = words.strip()
            text.set_text(stripped if len(stripped) <= _SHOWN else f"{stripped[:_SHOWN].rstrip()}…")
            text.setVisible(bool(stripped))
            head.setVisible(bool(stripped))
        self.change_link.setVisible(self._may_write)
        self.another_button.setVisible(self._may_write and found.is_newest)
        self.reopen_button.setVisible(self._may_write)


def _delete_all(journal: Journal, ids: Iterable[UUID]) -> Changes:
    changes = [delete_session(journal, session_id) for session_id in ids]
    areas = frozenset(area for one in changes for area in one.areas)
    return Changes(areas, frozenset(one for each in changes for one in each.ids))
