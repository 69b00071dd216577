"""My people and the care team on Help now: from an open journal, else the lines that were chosen for a locked one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.courses import ROLE_WORDS
from integrate.i18n import _
from integrate.ui.pages.help.spoken import phone
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.courses import Carer
    from integrate.domain.people import Person
    from integrate.system.locked_help import LockedLine
    from integrate.ui.pages.help.numbers import ShowLarge
    from integrate.ui.theme.theme import Theme

_LEAST: Final = 80  # pixels: one endless word must not push the numbers of all the others out of sight


class PersonRow(QWidget):
    """A name, a role if it may be shown, and a number."""

    def __init__(self, theme: Theme, name: str, number: str, role: str, show_large: ShowLarge) -> None:
        super().__init__()
        self.setAccessibleName(name)
        words = QVBoxLayout()
        words.setSpacing(0)
        who = Text(theme, name, "body", weight=500)
        who.setMinimumWidth(_LEAST)
        words.addWidget(who)
        if role:
            words.addWidget(Text(theme, role, "caption", "ink3"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 9, 0, 9)
        self._row.setSpacing(16)
        self._row.addLayout(words, 1)
        if number:
            shown = Text(theme, phone(number), "title3")
            shown.setMinimumWidth(_LEAST)
            shown.setAccessibleName(number)
            large = Button(theme, _("Show large"), "secondary", small=True)
            large.setAccessibleName(_("Show large: {number}, {name}").format(number=number, name=name))
            large.clicked.connect(partial(_call, show_large, name, number))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            self._row.addWidget(shown, 0, middle)
            self._row.addWidget(large, 0, middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider(theme))
        column.addLayout(self._row)

    def set_cramped(self, cramped: bool) -> None:
        """Put the number below the name where there is hardly any room."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if cramped else direction.LeftToRight)
        self._row.setSpacing(6 if cramped else 16)


class PeopleSection(QWidget):
    """Empty until it is told what to show. ``edit_wanted`` asks for the list to be changed, True to add somebody.

    ``team_wanted`` asks who of the care team is to be shown.
    """

    edit_wanted = Signal(bool)
    team_wanted = Signal()

    def __init__(self, theme: Theme, show_large: ShowLarge) -> None:
        super().__init__()
        self._theme = theme
        self._show_large = show_large
        self._cramped = False
        self.setAccessibleName(_("My people"))
        self._note = Text(theme, "", "caption", "ink2")
        self._edit = LinkText(theme, _("Change"))
        self._edit.setAccessibleName(_("Change my people"))
        self._add = Button(theme, _("Add someone"), "secondary", "user-plus", small=True)
        people, self._rows = _list()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(theme, _("My people"), "bodyStrong", wrap=False))
        head.addStretch(1)
        head.addWidget(self._edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._note)
        column.addWidget(people)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._build_team())
        self._edit.clicked.connect(partial(self._wanted, False))
        self._add.clicked.connect(partial(self._wanted, True))
        self._choose.clicked.connect(self.team_wanted)
        for part in (self._note, self._edit, self._add, self._team):
            part.hide()

    def _build_team(self) -> QWidget:
        theme = self._theme
        self._team = QWidget()
        self._team.setAccessibleName(_("My care team"))
        self._team_note = Text(theme, "", "caption", "ink2")
        self._choose = LinkText(theme, _("Choose"))
        self._choose.setAccessibleName(_("Choose who of my care team is shown"))
        team, self._team_rows = _list()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(theme, _("My care team"), "bodyStrong", wrap=False))
        head.addStretch(1)
        head.addWidget(self._choose)
        column = QVBoxLayout(self._team)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._team_note)
        column.addWidget(team)
        return self._team

    def show_people(self, people: Sequence[Person], *, may_write: bool) -> None:
        """Show the people of an open journal."""
        shown_locked = any(person.shown_locked for person in people)
        self._say(_("Shown while locked too: your choice") if shown_locked else "")
        rows = [PersonRow(self._theme, p.name, p.number, p.role, self._show_large) for p in people]
        self._fill(self._rows, rows)
        self._edit.setVisible(bool(people) and may_write)
        self._add.setVisible(not people and may_write)

    def show_locked(self, lines: Sequence[LockedLine]) -> None:
        """Show what may be seen of them while the journal is locked: names and numbers."""
        words = _("Shown while locked too: your choice") if lines else _("They are shown once the journal is open.")
        self._say(words)
        rows = [PersonRow(self._theme, line.name, line.number, "", self._show_large) for line in lines]
        self._fill(self._rows, rows)
        self._edit.hide()
        self._add.hide()

    def show_team(self, team: Sequence[Carer], *, may_write: bool) -> None:
        """Show those of the care team in an open journal whom the person lets Help now show, with their roles."""
        shown = [carer for carer in team if carer.in_help]
        if not shown:
            self._say_of_team(_("Nobody of them is shown here yet."))
        else:
            readable = any(carer.is_readable for carer in shown)
            self._say_of_team(_("Shown while locked too: your choice") if readable else "")
        rows = [
            PersonRow(self._theme, carer.name, carer.number, _(ROLE_WORDS[carer.role]), self._show_large)
            for carer in shown
        ]
        self._fill(self._team_rows, rows)
        self._choose.setVisible(may_write)
        self._team.setVisible(bool(shown) or (bool(team) and may_write))

    def show_trouble(self, words: str) -> None:
        """Say that the list could not be read."""
        self._say(words)

    def show_team_trouble(self) -> None:
        """Say that the care team could not be read."""
        self._say_of_team(_("Your care team could not be read. The numbers here are not affected."))
        self._fill(self._team_rows, ())
        self._choose.hide()
        self._team.show()

    def set_cramped(self, cramped: bool) -> None:
        """Numbers below names where there is hardly any room."""
        self._cramped = cramped
        for row in self.rows():
            row.set_cramped(cramped)

    def rows(self) -> tuple[PersonRow, ...]:
        """The rows, in order, those of the care team last."""
        return (*_rows_in(self._rows), *_rows_in(self._team_rows))

    def _say(self, words: str) -> None:
        self._note.set_text(words)
        self._note.setVisible(bool(words))

    def _say_of_team(self, words: str) -> None:
        self._team_note.set_text(words)
        self._team_note.setVisible(bool(words))

    def _fill(self, layout: QVBoxLayout, rows: Sequence[PersonRow]) -> None:
        for old in _rows_in(layout):
            layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        for row in rows:
            row.set_cramped(self._cramped)
            layout.addWidget(row)

    def _wanted(self, adding: bool, _checked: bool = False) -> None:
        self.edit_wanted.emit(adding)


def _list() -> tuple[QWidget, QVBoxLayout]:
    """A place of its own for rows that come later: Tab and a screen reader then meet them where the eye does."""
    place = QWidget()
    rows = QVBoxLayout(place)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    return place, rows


def _rows_in(layout: QVBoxLayout) -> tuple[PersonRow, ...]:
    items = (layout.itemAt(place) for place in range(layout.count()))
    widgets = (item.widget() for item in items if item is not None)
    return tuple(widget for widget in widgets if isinstance(widget, PersonRow))


def _call(show_large: ShowLarge, name: str, number: str, _checked: bool = False) -> None:
    show_large(name, number, "")
