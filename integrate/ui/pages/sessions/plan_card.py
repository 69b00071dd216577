"""The plan of a course beside its sessions: what the clinic gave, the checklist, and the care team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.courses import ROLE_WORDS, Carer, Course
from integrate.i18n import _, ngettext
from integrate.ui.pages.sessions.words import brief_day, full_day
from integrate.ui.widgets.buttons import Button, IconButton, LinkText
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.flush_button import FlushButton
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_SHOWN: Final = 240  # letters of the instructions
_DATES: Final = 6
_LEAST: Final = 80  # pixels: one endless word must not push the buttons out of sight


class PlanCard(Card):
    """What the clinic gave. Each wish is a signal; it decides nothing."""

    edit_wanted = Signal()
    plan_wanted = Signal()
    all_wanted = Signal(str)  # the instructions, to be shown whole
    checklist_wanted = Signal()

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__(theme)
        self._may_write = may_write
        self._instructions = ""
        self.setAccessibleName(_("My plan"))
        self.facts = Text(theme, "", "body")
        self.edit_link = LinkText(theme, _("Change"))
        self.edit_link.setAccessibleName(_("Change my plan"))
        self._said_head = Text(theme, _("What my clinic told me"), "label", "ink2", weight=600)
        self.said = Text(theme, "", "body", "ink2")
        self._more = FlushButton(theme, _("Show all of it"))
        self._more.setAccessibleName(_("Show all that my clinic told me"))
        self.medicine = Text(theme, "", "body", "ink2")
        self.dates = Text(theme, "", "caption", "ink2")
        self.dates_button = Button(theme, _("Plan these dates"), small=True)
        self.checklist = Text(theme, "", "body", "ink2")
        self.checklist_link = LinkText(theme, _("Change"))
        self.checklist_link.setAccessibleName(_("Change my checklist"))
        self._lay_out()
        self.edit_link.clicked.connect(self.edit_wanted)
        self.dates_button.clicked.connect(self.plan_wanted)
        self.checklist_link.clicked.connect(self.checklist_wanted)
        self._more.clicked.connect(self._show_all)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(6)
        column.addLayout(_head(self._theme, _("My plan"), self.edit_link))
        column.addWidget(self.facts)
        self._said_part = QWidget()
        said = QVBoxLayout(self._said_part)
        said.setContentsMargins(0, 6, 0, 0)
        said.setSpacing(2)
        for part in (self._said_head, self.said):
            said.addWidget(part)
        said.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._said_part)
        column.addWidget(self.medicine)
        column.addSpacing(4)
        column.addWidget(self.dates)
        column.addWidget(self.dates_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addSpacing(4)
        column.addWidget(Divider(self._theme))
        column.addSpacing(4)
        column.addLayout(_head(self._theme, _("Checklist"), self.checklist_link))
        column.addWidget(self.checklist)

    def show_course(self, course: Course, missing: Sequence[date], today: date) -> None:
        """Show the plan of a course, and the days of it that have no session yet."""
        plan = course.plan
        facts = []
        if plan.sessions is not None:
            facts.append(ngettext("{count} session", "{count} sessions", plan.sessions).format(count=plan.sessions))
        if plan.spacing is not None:
            words = ngettext("{count} day from one to the next", "{count} days from one to the next", plan.spacing)
            facts.append(words.format(count=plan.spacing))
        if plan.starts is not None:
            facts.append(_("First one on {day}").format(day=full_day(plan.starts)))
        if plan.next_appointment is not None and plan.next_appointment >= today:
            facts.append(_("Next appointment on {day}").format(day=full_day(plan.next_appointment)))
        self.facts.set_text("\n".join(facts) if not plan.is_empty else _("Add your plan when you like."))
        self.facts.setVisible(bool(facts) or plan.is_empty)
        self._instructions = plan.instructions.strip()
        long = len(self._instructions) > _SHOWN
        self.said.set_text(f"{self._instructions[:_SHOWN].rstrip()}…" if long else self._instructions)
        self._more.setVisible(long)
        self._said_part.setVisible(bool(self._instructions))
        self._show_medicine(plan.medicine_place, plan.medicine_keeper)
        self._show_dates(missing, today)
        count = len(course.checklist)
        words = ngettext("{count} line, for each new session", "{count} lines, for each new session", count)
        self.checklist.set_text(words.format(count=count) if count else _("None yet."))
        for link in (self.edit_link, self.checklist_link):
            link.setVisible(self._may_write)

    def _show_medicine(self, place: str, keeper: str) -> None:
        parts = []
        if place:
            parts.append(_("The medicine is kept: {place}").format(place=place))
        if keeper:
            parts.append(_("Could keep it: {name}").format(name=keeper))
        self.medicine.set_text("\n".join(parts))
        self.medicine.setVisible(bool(parts))

    def _show_dates(self, missing: Sequence[date], today: date) -> None:
        shown = [brief_day(day, today) for day in missing[:_DATES]]
        more = len(missing) - len(shown)
        if more:
            shown.append(ngettext("{count} more", "{count} more", more).format(count=more))
        self.dates.set_text(_(", ").join(shown))
        self.dates.setVisible(bool(missing))
        self.dates_button.setVisible(bool(missing) and self._may_write)

    def _show_all(self) -> None:
        self.all_wanted.emit(self._instructions)


class CareTeam(Card):
    """The people of the care team. ``edit_wanted`` brings one of them, None for somebody new."""

    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__(theme)
        self._may_write = may_write
        self._team: tuple[Carer, ...] | None = None
        self._rows: list[QWidget] = []
        self.setAccessibleName(_("Care team"))
        self.add_button = FlushButton(theme, _("Add someone"), "user-plus")
        self._none = Text(theme, _("Your therapist, your prescriber, whoever goes along."), "body", "ink2")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(4)
        column.addLayout(_head(theme, _("Care team"), None))
        column.addWidget(self._none)
        column.addLayout(self._stack)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_button.setVisible(may_write)
        self.add_button.clicked.connect(partial(self._edit, None))

    def show_team(self, team: Sequence[Carer]) -> None:
        """Show them in their order."""
        if tuple(team) == self._team:
            return
        focused: QWidget | None = self.window().focusWidget()
        had_focus = focused is not None and any(row.isAncestorOf(focused) for row in self._rows)
        self._team = tuple(team)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(carer) for carer in team]
        for row in self._rows:
            self._stack.addWidget(row)
        self._none.setVisible(not team)
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, carer: Carer) -> QWidget:
        theme = self._theme
        row = QWidget()
        row.setAccessibleName(carer.name)
        words = QVBoxLayout()
        words.setSpacing(0)
        help_words = _("Shown in Help now") if carer.in_help else ""
        parts = [_(ROLE_WORDS[carer.role]), carer.number, help_words]
        for text in (
            Text(theme, carer.name, "body", weight=500),
            Text(theme, " · ".join(part for part in parts if part), "caption", "ink2"),
        ):
            text.setMinimumWidth(_LEAST)
            words.addWidget(text)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 6, 0, 6)
        across.setSpacing(4)
        across.addLayout(words, 1)
        if self._may_write:
            change = IconButton(theme, "pen-line", _("Change {name}").format(name=carer.name))
            remove = IconButton(theme, "trash-2", _("Remove {name}").format(name=carer.name))
            change.clicked.connect(partial(self._edit, carer))
            remove.clicked.connect(partial(self._remove, carer))
            across.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _edit(self, carer: Carer | None, _checked: bool = False) -> None:
        self.edit_wanted.emit(carer)

    def _remove(self, carer: Carer, _checked: bool = False) -> None:
        self.remove_wanted.emit(carer)


def _head(theme: Theme, words: str, link: LinkText | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Text(theme, words, "bodyStrong"), 1)
    if link is not None:
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    return row
