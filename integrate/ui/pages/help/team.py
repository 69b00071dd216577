"""Who of the care team shows on Help now, and who of them while locked. Each tick is kept at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.courses import ROLE_WORDS, Carer, Course
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.journal.shown_locked import keep_carer
from integrate.ui.night_form import readable_words
from integrate.ui.pages.help.spoken import phone
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.journal.courses import SavedCourse
    from integrate.system.paths import Paths
    from integrate.ui.desk import Desk
    from integrate.ui.theme.theme import Theme

_LEAST: Final = 80


class TeamSheet(Sheet):
    """One line for each of the care team of ``course``; ``kept`` brings the course each time the disk has it."""

    kept = Signal(object)  # Course

    def __init__(self, theme: Theme, host: QWidget, desk: Desk, paths: Paths, course: Course) -> None:
        super().__init__(theme, host, _("My care team"))
        self._desk = desk
        self._paths = paths
        self._course = course
        self._team = {carer.id: carer for carer in course.care_team}  # as wanted: quick changes add up
        self._trouble = Text(theme, "", "body", "danger")
        self._trouble.hide()
        words = _("Who of them shows on Help now, beside your people. While locked they show without their role.")
        self.body.addWidget(self._trouble)
        self.body.addWidget(Text(theme, words, "body", "ink2"))
        self.body.addWidget(Text(theme, readable_words(), "caption", "ink2"))
        self._lines = {carer.id: _CarerLine(self, carer) for carer in course.care_team}
        for line in self._lines.values():
            self.body.addWidget(line)
        self.body.addStretch(1)
        self.add_done()

    def choose(self, carer_id: UUID, *, in_help: bool, shown_locked: bool) -> None:
        """Keep what was chosen for one of them."""
        carer = replace(self._team[carer_id], in_help=in_help, shown_locked=in_help and shown_locked)
        self._team[carer_id] = carer
        self._lines[carer_id].show_choice(carer)
        work = partial(keep_carer, number=self._course.number, carer=carer, paths=self._paths)
        self._desk.write(self, work, self._is_kept, self._failed)

    def _is_kept(self, saved: SavedCourse) -> None:
        self._course = saved.course
        self._trouble.hide()
        self.kept.emit(saved.course)

    def _failed(self, error: Exception) -> None:
        self._team = {carer.id: carer for carer in self._course.care_team}
        for carer_id, carer in self._team.items():
            self._lines[carer_id].show_choice(carer)
        words = error.sentences() if isinstance(error, KnownError) else [_("This could not be saved.")]
        self._trouble.set_text(" ".join(words))
        self._trouble.show()
        announce(self, self._trouble.words(), polite=False)


class _CarerLine(QWidget):
    """Name, role and number, and two ticks. Without a number nothing could be done with a name while locked."""

    def __init__(self, sheet: TeamSheet, carer: Carer) -> None:
        super().__init__()
        theme = sheet.theme
        self._sheet = sheet
        self._carer = carer
        self.setAccessibleName(carer.name)
        self._in_help = TickBox(theme, _("Show on Help now"))
        self._in_help.setAccessibleName(_("Show on Help now: {name}").format(name=carer.name))
        self._locked = TickBox(theme, _("Shown while locked too"))
        self._locked.setAccessibleName(_("Shown while locked too: {name}").format(name=carer.name))
        self._locked.setAccessibleDescription(readable_words())
        details = [
            _(ROLE_WORDS[carer.role]),
            phone(carer.number) if carer.number else _("No number yet, so not while locked"),
        ]
        name = Text(theme, carer.name, "body", weight=500)
        name.setMinimumWidth(_LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addWidget(Divider(theme))
        column.addSpacing(8)
        column.addWidget(name)
        column.addWidget(Text(theme, " · ".join(details), "caption", "ink2"))
        column.addSpacing(4)
        column.addWidget(self._in_help)
        column.addWidget(self._locked)
        self.show_choice(carer)
        self._in_help.clicked.connect(self._chosen)
        self._locked.clicked.connect(self._chosen)

    def show_choice(self, carer: Carer) -> None:
        """Show what is chosen."""
        self._in_help.setChecked(carer.in_help)
        self._locked.setChecked(carer.is_readable)
        self._locked.setEnabled(carer.in_help and bool(carer.number.strip()))

    def _chosen(self) -> None:
        in_help, locked = self._in_help.isChecked(), self._locked.isChecked()
        self._sheet.choose(self._carer.id, in_help=in_help, shown_locked=locked)
