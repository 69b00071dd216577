"""The sheets of a course: its plan, its checklist, the people of the care team, and closing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Qt

from integrate.domain.courses import ROLE_WORDS, Carer, CareRole, Course, Plan
from integrate.domain.entry import LONGEST_LINE
from integrate.domain.times import ZonedTime
from integrate.domain.touch_points import clean_days
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.courses import begin_course, change_course, close_course, get_course
from integrate.journal.shown_locked import keep_care_team, keep_carer
from integrate.ui.pages.sessions.form import DayField, Drafts, FormSheet, text_field
from integrate.ui.pages.sessions.instructions import InstructionsField
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.text import Text
from integrate.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from integrate.journal.courses import SavedCourse
    from integrate.journal.opening import Journal
    from integrate.system.paths import Paths
    from integrate.ui.page import PageContext


class PlanSheet(FormSheet):
    """The plan as the clinic gave it. Everything can stay open, and nothing is filled in that nobody typed.

    ``course`` None begins a course; with ``before`` the people and the checklist of that one can be taken along.
    """

    def __init__(
        self, context: PageContext, drafts: Drafts, course: Course | None, before: Course | None = None
    ) -> None:  # fmt: skip
        title = _("My plan") if before is None else _("Another course")
        super().__init__(context, title, drafts, f"plan {course.number if course is not None else ''}")
        self._course = course
        self._before = before
        plan = course.plan if course is not None else Plan()
        theme = self.theme
        today = ZonedTime(self.desk.clock.now(), self.desk.clock.zone()).local_date()
        self.sessions = LineField(theme, _("Number of sessions"), hint=_("As your clinic planned it. Can stay empty."))
        self.spacing = LineField(
            theme, _("Days from one session to the next"), hint=_("As your clinic planned it. Can stay empty.")
        )
        self.starts = DayField(theme, _("Day of the first session"), _("No day yet"), plan.starts, today)
        self.instructions = InstructionsField(context, self)
        stays_empty = _("Can stay empty.")
        self.medicine = LineField(theme, _("The medicine"), hint=_("As you call it. Can stay empty."))
        self.others = LineField(theme, _("Other medicines I take"), hint=stays_empty)
        self.next_appointment = DayField(
            theme, _("Next appointment that is no session"), _("No day yet"), plan.next_appointment, today
        )
        self.touch_days = LineField(
            theme, _("Days to look back on after a session"),
            hint=_("Today asks once on each. 0 is the evening itself. Leave it empty for none."),
        )  # fmt: skip
        self.place = LineField(theme, _("Where the medicine is kept"), hint=stays_empty)
        self.keeper = LineField(theme, _("Who could keep it for me"), hint=stays_empty)
        self.along = TickBox(theme, _("Take the care team and the checklist along"))
        self.along.setChecked(before is not None)
        self._fill(plan)
        self.body.setSpacing(14)
        words = _("Type it as your clinic gave it. Integrate keeps it beside your sessions and adds nothing to it.")
        self.body.addWidget(Text(theme, words, "body", "ink2"))
        groups = (
            (_("Sessions"), (self.sessions, self.spacing, self.starts)),
            (_("From my clinic"), (self.instructions,)),
            (_("Medicine"), (self.medicine, self.others, self.place, self.keeper)),
            (_("Along the way"), (self.next_appointment, self.touch_days)),
        )
        for heading, parts in groups:
            self.body.addSpacing(4)
            self.body.addWidget(Text(theme, heading, "bodyStrong"))
            for part in parts:
                self.body.addWidget(part)
        self.body.addWidget(self.along)
        self.along.setVisible(before is not None)
        self.keep_field("starts", self.starts.value, self.starts.set_value)
        self.keep_field("along", self.along.isChecked, self.along.setChecked)
        self.keep_field("appointment", self.next_appointment.value, self.next_appointment.set_value)
        text_field(self, "instructions", self.instructions.text, self.instructions.set_text)
        self.ready()
        self.initial_focus = self.sessions.edit

    def _fill(self, plan: Plan) -> None:
        self.sessions.edit.setText("" if plan.sessions is None else str(plan.sessions))
        self.spacing.edit.setText("" if plan.spacing is None else str(plan.spacing))
        self.instructions.set_text(plan.instructions)
        self.medicine.edit.setText(plan.medicine)
        self.others.edit.setText(plan.other_medicines)
        self.touch_days.edit.setText(", ".join(map(str, plan.touch_days)))
        self.place.edit.setText(plan.medicine_place)
        self.keeper.edit.setText(plan.medicine_keeper)
        lines = (
            ("sessions", self.sessions), ("spacing", self.spacing), ("place", self.place), ("keeper", self.keeper),
            ("medicine", self.medicine), ("others", self.others), ("touch days", self.touch_days),
        )  # fmt: skip
        for name, line in lines:
            line.edit.setMaxLength(LONGEST_LINE)
            line.edit.returnPressed.connect(self.save)
            text_field(self, name, line.text, line.edit.setText)

    def work(self) -> Callable[[Journal], object] | None:
        """Keep the plan, in a course that is begun where there is none."""
        try:
            sessions, spacing = _number(self.sessions), _number(self.spacing)
            touch_days = _days(self.touch_days)
        except _NoNumber:
            return None
        plan = Plan(
            sessions=sessions,
            spacing=spacing,
            starts=self.starts.value(),
            instructions=self.instructions.text(),
            medicine=self.medicine.text().strip(),
            other_medicines=self.others.text().strip(),
            next_appointment=self.next_appointment.value(),
            touch_days=touch_days,
            medicine_place=self.place.text().strip(),
            medicine_keeper=self.keeper.text().strip(),
        )
        if self._course is not None:
            return partial(change_course, number=self._course.number, plan=plan)
        before = self._before if self.along.isChecked() else None
        team, checklist = (before.care_team, before.checklist) if before is not None else ((), ())
        return partial(begin_course, plan=plan, care_team=team, checklist=checklist)


class ChecklistSheet(FormSheet):
    """The checklist that each new session gets, a line each."""

    def __init__(self, context: PageContext, drafts: Drafts, course: Course) -> None:
        super().__init__(context, _("My checklist"), drafts, f"checklist {course.number}")
        self._course = course
        self.lines = TextArea(
            self.theme, _("One line for each thing to tick"), least=6, most=16, own_words=False,
            hint=_("Sessions that you add from now on begin with it. Those that are there keep theirs."),
        )  # fmt: skip
        self.lines.set_text("\n".join(course.checklist))
        words = _("The lines are yours: what your clinic told you, in your words. Driving: as my clinic told me.")
        self.body.addWidget(Text(self.theme, words, "body", "ink2"))
        self.body.addWidget(self.lines)
        text_field(self, "lines", self.lines.text, self.lines.set_text)
        self.ready()
        self.initial_focus = self.lines.edit

    def work(self) -> Callable[[Journal], object] | None:
        """Keep it."""
        lines = tuple(self.lines.text().splitlines())
        return partial(change_course, number=self._course.number, checklist=lines)


class CarerSheet(FormSheet):
    """Somebody of the care team: a new one (``carer`` None) or one that is changed."""

    def __init__(self, context: PageContext, drafts: Drafts, course: Course, carer: Carer | None) -> None:
        title = _("Change {name}").format(name=carer.name) if carer is not None else _("Add someone")
        super().__init__(context, title, drafts, f"carer {course.number} {carer.id if carer is not None else ''}")
        self._course = course
        self._carer = carer
        theme = self.theme
        self.name = LineField(theme, _("Name"))
        roles: list[tuple[object, str]] = [(str(role), _(ROLE_WORDS[role])) for role in CareRole]
        role = carer.role if carer is not None else CareRole.THERAPIST
        self.role = MenuField(theme, _("Who they are to you"), roles, str(role))
        self.number = LineField(theme, _("Number"), hint=_("Can stay empty."))
        self.in_help = TickBox(theme, _("Show in Help now"))
        self.in_help.setChecked(carer is not None and carer.in_help)
        words = _("While the journal is open, Help now then shows them beside your people.")
        self.in_help.setAccessibleDescription(words)
        self.name.edit.setText(carer.name if carer is not None else "")
        self.number.edit.setText(carer.number if carer is not None else "")
        self.body.setSpacing(14)
        for part in (self.name, self.role, self.number, self.in_help):
            self.body.addWidget(part)
        self.body.addWidget(Text(theme, words, "caption", "ink2"))
        for name, line in (("name", self.name), ("number", self.number)):
            line.edit.setMaxLength(LONGEST_LINE)
            line.edit.returnPressed.connect(self.save)
            text_field(self, name, line.text, line.edit.setText)
        self.keep_field("role", self.role.value, self.role.set_value)
        self.keep_field("help", self.in_help.isChecked, self.in_help.setChecked)
        self.ready()
        self.initial_focus = self.name.edit

    def work(self) -> Callable[[Journal], object] | None:
        """Keep them among the others."""
        self.name.set_error("")
        role = CareRole(str(self.role.value()))
        carer_id = self._carer.id if self._carer is not None else uuid4()
        try:
            carer = Carer(
                carer_id, self.name.text().strip(), role, self.number.text().strip(), self.in_help.isChecked(),
                shown_locked=self._carer is not None and self._carer.shown_locked,  # chosen in Help now
            )  # fmt: skip
        except WrongUsage as error:
            self.name.set_error(" ".join(error.sentences()))
            self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return partial(keep_carer, number=self._course.number, carer=carer, paths=self.context.program.paths)


class CloseSheet(FormSheet):
    """Closing a course, or changing what was written on closing it. No reason is asked for."""

    def __init__(self, context: PageContext, drafts: Drafts, course: Course) -> None:
        title = _("Close this course") if not course.is_closed else _("What I wrote on closing")
        super().__init__(context, title, drafts, f"close {course.number}")
        self._course = course
        theme = self.theme
        self.early_signs = TextArea(
            theme, _("Early signs, in my words"), least=4,
            hint=_("How you would notice that things get harder again. It can stay empty."),
        )  # fmt: skip
        self.agreed = TextArea(
            theme, _("What my care team and I agreed"), least=4, hint=_("Whom to call, and when. It can stay empty.")
        )
        self.early_signs.set_text(course.early_signs)
        self.agreed.set_text(course.agreed)
        self.touch_points = TickBox(theme, _("Touch-points: Today no longer asks how it is after a session"))
        self.touch_points.setChecked(not course.is_closed or not course.looks_back)
        self.practices = TickBox(theme, _("Practices: all of them rest, until you take one up again"))
        self.questionnaires = TickBox(theme, _("Questionnaires: Today no longer suggests any"))
        self.body.setSpacing(14)
        if not course.is_closed:
            words = _(
                "Nobody asks why. Everything you wrote stays, and so do Help now and your people. "
                "You can open the course again at any time."
            )
            self.body.addWidget(Text(theme, words, "body", "ink2"))
            self.save_button.setText(_("Close this course"))
        self.body.addWidget(Text(theme, _("What stops"), "bodyStrong"))
        self.body.addWidget(self.touch_points)
        self.body.addWidget(self.questionnaires)
        self.body.addWidget(self.practices)
        for box in (self.questionnaires, self.practices):
            box.setVisible(not course.is_closed)
        self.body.addWidget(self.early_signs)
        self.body.addWidget(self.agreed)
        self.keep_field("touch points", self.touch_points.isChecked, self.touch_points.setChecked)
        self.keep_field("questionnaires", self.questionnaires.isChecked, self.questionnaires.setChecked)
        self.keep_field("practices", self.practices.isChecked, self.practices.setChecked)
        text_field(self, "signs", self.early_signs.text, self.early_signs.set_text)
        text_field(self, "agreed", self.agreed.text, self.agreed.set_text)
        self.ready()
        self.initial_focus = self.early_signs.edit

    def work(self) -> Callable[[Journal], object] | None:
        """Close it with what was written."""
        change = (
            change_course
            if self._course.is_closed
            else partial(
                close_course,
                rest_practices=self.practices.isChecked(),
                stop_forms=self.questionnaires.isChecked(),
            )
        )
        return partial(
            change,
            number=self._course.number,
            early_signs=self.early_signs.text(),
            agreed=self.agreed.text(),
            looks_back=not self.touch_points.isChecked(),
        )


def remove_carer(journal: Journal, number: int, carer: Carer, paths: Paths) -> SavedCourse:
    """Take somebody off the care team, and out of what Help now shows while locked.

    Raises:
        WrongUsage, RecordDamaged, and what any write raises.
    """
    team = get_course(journal, number).care_team
    return keep_care_team(journal, number, tuple(one for one in team if one.id != carer.id), paths)


class _NoNumber(Exception):
    """What stands in a field is no number; the field says so."""


def _days(field: LineField) -> tuple[int, ...]:
    """The days that were typed, with commas or spaces between them.

    Raises:
        _NoNumber: something else stands there.
    """
    field.set_error("")
    parts = field.text().replace(",", " ").replace(";", " ").split()
    try:
        if all(part.isdecimal() for part in parts):
            return clean_days(map(int, parts))
    except ValueError:
        pass  # beyond a year
    field.set_error(_("Write whole numbers from 0 to 366 with commas between them, such as 0, 1, 7."))
    field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    raise _NoNumber


def _number(field: LineField) -> int | None:
    """The whole number that was typed, None where nothing was.

    Raises:
        _NoNumber: it is none.
    """
    text = field.text().strip()
    field.set_error("")
    if not text:
        return None
    if text.isdecimal():
        return int(text)
    field.set_error(_("Write it as a whole number, or leave it empty."))
    field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    raise _NoNumber
