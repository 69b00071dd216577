"""The sheet in which a session is planned, logged, changed and moved; and what the plan says beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.courses import PlanFact
from integrate.domain.entry import LONGEST_LINE, Changes
from integrate.domain.sessions import (
    ROUTE_WORDS,
    SETTING_WORDS,
    LineKind,
    Route,
    Session,
    SessionDraft,
    SessionState,
    Setting,
)
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.journal.courses import begin_course, current_course
from integrate.journal.sessions import add_line, add_session, change_session, list_sessions
from integrate.ui.pages.sessions.form import DayField, Drafts, FormSheet, TimeField, next_day, text_field, zoned
from integrate.ui.pages.sessions.inline import InlineEditor
from integrate.ui.pages.sessions.reading import facts_of
from integrate.ui.pages.sessions.words import session_title
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext

_NOT_SAID: Final = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: the session by its id, and what that changed."""

    session_id: UUID
    number: int
    changes: Changes


class SessionSheet(FormSheet):
    """A new session (``session`` None) or one that is changed. ``state`` is what it opens with, as for *It took place*.

    ``course`` is where a new one belongs; None is the newest, which is begun where there is none. ``delete_wanted``
    asks for the session to be deleted.
    """

    delete_wanted = Signal()

    def __init__(
        self, context: PageContext, drafts: Drafts, session: Session | None, *, course: int | None = None,
        state: SessionState | None = None,
    ) -> None:  # fmt: skip
        self._title = title = _("A new session") if session is None else session_title(session.ref)
        super().__init__(context, title, drafts, f"session {session.id if session else ''} {state or ''}")
        self._session = session
        self._course = course
        was = session.draft if session is not None else SessionDraft(zone=self.desk.clock.zone())
        self._was = was
        self._zone = was.zone
        self._pending: SessionDraft | None = None
        now = ZonedTime(self.desk.clock.now(), self.desk.clock.zone())
        theme = self.theme
        self.state = MenuField(theme, _("What about it"), self._states(), str(state or was.state))
        self.day = DayField(theme, _("Day"), _("No day yet"), was.day, now.local_date())
        self.at = TimeField(theme, _("Planned time"), _("No time yet"), was.at)
        start, end = (moment.local().time() if moment else None for moment in (was.started, was.ended))
        self.start = TimeField(theme, _("It began at"), _("I do not know"), start)
        self.end = TimeField(theme, _("It ended at"), _("I do not know"), end)
        self.over_midnight = TickBox(theme, _("It ended on the next day"))
        if was.started is not None and was.ended is not None:
            self.over_midnight.setChecked(was.ended.local_date() > was.started.local_date())
        self._build_rest(was)
        self._form = QWidget()
        self._facts = FactsPanel(context)
        self._lay_out()
        self._connect()
        self._remember()
        self.ready()
        self._show_fields()
        self.initial_focus = self.state.combo if session is None and state is None else self.day.edit

    def _states(self) -> list[tuple[object, str]]:
        states = [(str(SessionState.PLANNED), _("It is planned")), (str(SessionState.HELD), _("It took place"))]
        if self._session is not None:
            states.append((str(SessionState.CANCELLED), _("It was cancelled")))
        return list(states)

    def _build_rest(self, was: SessionDraft) -> None:
        theme = self.theme
        settings = [(_NOT_SAID, _("Setting not said")), *((str(one), _(SETTING_WORDS[one])) for one in Setting)]
        routes = [(_NOT_SAID, _("Route not said")), *((str(one), _(ROUTE_WORDS[one])) for one in Route)]
        self.setting = MenuField(theme, _("Setting"), settings, str(was.setting or _NOT_SAID))
        self.route = MenuField(theme, _("Route"), routes, str(was.route or _NOT_SAID))
        self.dose = LineField(
            theme, _("Dose, as prescribed"), hint=_("In the words of your prescription. It can stay empty.")
        )
        self.present = LineField(theme, _("With me"), hint=_("Who was there, or will be. It can stay empty."))
        self.by_video = TickBox(theme, _("By video"))
        self.dose.edit.setText(was.dose)
        self.present.edit.setText(was.present)
        self.by_video.setChecked(was.by_video)
        self.dose.edit.setMaxLength(max(LONGEST_LINE, len(was.dose)))
        self.zone_note = Text(theme, "", "caption", "ink2")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        parts = (
            self.state, self.day, self.at, self.start, self.end, self.over_midnight, self.zone_note, self.setting,
            self.route, self.dose, self.present, self.by_video,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        if self._session is not None:
            delete = Button(self.theme, _("Delete this session"), "quiet_neutral", "trash-2", small=True)
            delete.clicked.connect(self._delete)
            column.addWidget(delete, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self._form)
        self.body.addWidget(self._facts)
        self._facts.hide()
        here = self._zone == self.desk.clock.zone()
        self.zone_note.set_text(_("Times as in {zone}.").format(zone=self._zone.replace("_", " ")))
        self.zone_note.setVisible(not here)

    def _connect(self) -> None:
        self.state.chosen.connect(self._state_chosen)
        for field in (self.start, self.end):
            field.changed.connect(self._show_fields)
        self._facts.save_wanted.connect(self._save_all_the_same)
        self._facts.date_wanted.connect(self._change_date)
        self._facts.question_wanted.connect(self._keep_question)
        self._facts.talk_wanted.connect(self.context.program.help_now)
        for edit in (self.dose.edit, self.present.edit):
            edit.returnPressed.connect(self.save)

    def _remember(self) -> None:
        self.keep_field("state", self.state.value, self.state.set_value)
        self.keep_field("day", self.day.value, self.day.set_value)
        for name, field in (("at", self.at), ("start", self.start), ("end", self.end)):
            self.keep_field(name, field.value, field.set_value)
        self.keep_field("later", self.over_midnight.isChecked, self.over_midnight.setChecked)
        self.keep_field("setting", self.setting.value, self.setting.set_value)
        self.keep_field("route", self.route.value, self.route.set_value)
        text_field(self, "dose", self.dose.text, self.dose.edit.setText)
        text_field(self, "present", self.present.text, self.present.edit.setText)
        self.keep_field("video", self.by_video.isChecked, self.by_video.setChecked)

    def _state_chosen(self, _value: object) -> None:
        self._show_fields()

    def _show_fields(self) -> None:
        """Only what there is to say of a session in its state."""
        held = self.state.value() == str(SessionState.HELD)
        self.day.set_needed(held)
        self.at.setVisible(not held)
        self.start.setVisible(held)
        self.end.setVisible(held and not self.start.is_open())
        self.over_midnight.setVisible(held and not self.start.is_open() and not self.end.is_open())

    # --- saving -------------------------------------------------------------------------------------------------------

    def draft(self) -> SessionDraft:
        """The session as the fields have it.

        Raises:
            WrongUsage: it is none.
        """
        state, day = SessionState(str(self.state.value())), self.day.value()
        started, ended = self._times(state)
        setting, route = str(self.setting.value() or ""), str(self.route.value() or "")
        return SessionDraft(
            state=state,
            day=day,
            at=self.at.value(),
            zone=self._zone,
            started=started,
            ended=ended,
            setting=Setting(setting) if setting else None,
            route=Route(route) if route else None,
            dose=self.dose.text().strip(),
            present=self.present.text().strip(),
            by_video=self.by_video.isChecked(),
        )

    def _times(self, state: SessionState) -> tuple[ZonedTime | None, ZonedTime | None]:
        if state is SessionState.CANCELLED:  # what was said of it before stays said
            return self._was.started, self._was.ended
        if state is SessionState.PLANNED:
            return None, None
        day, start, end = self.day.value(), self.start.value(), self.end.value()
        if day is None or start is None:
            return None, None
        started = zoned(day, start, self._zone, self._was.started)
        if end is None:
            return started, None
        last = next_day(day, self.over_midnight.isChecked())
        return started, zoned(last, end, self._zone, self._was.ended, after=started)

    def work(self) -> Callable[[Journal], object] | None:
        """Look at the plan first, where that has something to say."""
        draft = self.draft()
        said_before = (draft.state, draft.day) == (self._was.state, self._was.day)
        if draft.state is not SessionState.HELD or said_before:
            return self._saving_of(draft)
        look = partial(facts_of, draft=draft, session=self._session, course=self._course)
        self.desk.read(self, look, partial(self._told_facts, draft), self.refuse)
        return None

    def _saving_of(self, draft: SessionDraft) -> Callable[[Journal], Saved]:
        return partial(save_session, draft=draft, session=self._session, course=self._course)

    def _told_facts(self, draft: SessionDraft, told: tuple[int, tuple[PlanFact, ...]]) -> None:
        number, facts = told
        if not facts:
            self.write(self._saving_of(draft))
            return
        self._pending = draft
        self.heading.set_text(self._facts.show_facts(facts, number))
        self._show_panel(facts=True)
        self._facts.focus_first()

    def _save_all_the_same(self) -> None:
        if self._pending is not None and not self._saving:
            self.tell("")
            self.write(self._saving_of(self._pending))

    def _change_date(self) -> None:
        self.heading.set_text(self._title)
        self._show_panel(facts=False)
        self.day.focus_edit()

    def _show_panel(self, *, facts: bool) -> None:
        self._form.setVisible(not facts)
        self._facts.setVisible(facts)
        self.save_button.setVisible(not facts)

    def _keep_question(self, text: str) -> None:
        work = partial(keep_question, session=self._session, course=self._course, text=text)
        self.desk.write(self, work, self._facts.question_kept, self._facts.question_refused)

    def _delete(self) -> None:
        self._cancelled()
        self.delete_wanted.emit()


class FactsPanel(QWidget):
    """Two facts side by side, and four ways on. It has no colour and no advice: all four are alike."""

    save_wanted = Signal()
    date_wanted = Signal()
    question_wanted = Signal(str)
    talk_wanted = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme = context.theme
        self.facts = Text(theme, "", "body")
        self.kept = Text(theme, "", "body", "ink2")
        self.editor = InlineEditor(theme)
        self.save_button = Button(theme, _("Save it"))
        self.date_button = Button(theme, _("Change the date"))
        self.question_button = Button(theme, _("Add a question for my prescriber"))
        self.talk_button = Button(theme, _("Talk to someone about use"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.facts)
        column.addSpacing(6)
        for button in (self.save_button, self.date_button, self.question_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.editor)
        column.addWidget(self.kept)
        column.addWidget(self.talk_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.editor.hide()
        self.kept.hide()
        self.save_button.clicked.connect(self.save_wanted)
        self.date_button.clicked.connect(self.date_wanted)
        self.talk_button.clicked.connect(self.talk_wanted)
        self.question_button.clicked.connect(self._open_question)
        self.editor.kept.connect(self._question_done)
        self.editor.left.connect(self._leave)

    def show_facts(self, facts: Sequence[PlanFact], number: int) -> str:
        """State what the plan says and what this session is; the title for it: "Session 5, day 9"."""
        day = next((fact.now for fact in facts if fact.kind == "spacing"), None)
        words = _("Session {number}") if day is None else _("Session {number}, day {day}")
        title = words.format(number=number, day=day)
        self.facts.set_text("\n".join(fact.words() for fact in facts))
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.facts.words())
        return title

    def focus_first(self) -> None:
        """Give the focus to the first of the four."""
        self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def question_kept(self, saved: Saved) -> None:
        """Say where the question is now."""
        self._leave()
        self.kept.set_text(_("Your question is kept with session {number}.").format(number=saved.number))
        self.kept.show()

    def question_refused(self, error: Exception) -> None:
        """Say why it was not kept; the words stay."""
        self.editor.tell(error)

    def _open_question(self) -> None:
        self.kept.hide()
        self.editor.begin(_("Question for my prescriber"), "")

    def _question_done(self) -> None:
        if self.editor.text().strip():
            self.question_wanted.emit(self.editor.text())
        else:
            self._leave()

    def _leave(self) -> None:
        self.editor.end()
        self.question_button.setFocus(Qt.FocusReason.OtherFocusReason)


def save_session(journal: Journal, draft: SessionDraft, session: Session | None, course: int | None) -> Saved:
    """Save a session, a new one in ``course``; a course is begun where there is none.

    Raises:
        WrongUsage, RecordDamaged, and what any write raises.
    """
    if session is not None:
        saved = change_session(journal, session.id, draft)
        return Saved(saved.session.id, saved.session.ref.number, saved.changes)
    begun = begin_course(journal).changes if current_course(journal) is None else Changes()
    saved = add_session(journal, draft, course)
    areas = saved.changes.areas | begun.areas | {"lines"}
    changes = Changes(areas, saved.changes.ids | begun.ids)
    return Saved(saved.session.id, saved.session.ref.number, changes)


def keep_question(journal: Journal, session: Session | None, course: int | None, text: str) -> Saved:
    """Keep a question for the prescriber at once: with this session, else with the one to come, else with the last.

    A session that is not saved yet has no place for it, and it must not be lost if that never is.

    Raises:
        WrongUsage, RecordDamaged, and what any write raises.
    """
    home = session
    if home is None:
        others = [one for one in list_sessions(journal, course) if isinstance(one, Session)]
        planned = [one for one in others if one.state is SessionState.PLANNED]
        home = planned[0] if planned else others[-1]
    saved = add_line(journal, home.id, LineKind.FOR_PRESCRIBER, text)
    return Saved(home.id, home.ref.number, saved.changes)
