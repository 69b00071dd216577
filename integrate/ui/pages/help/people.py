"""My people on Help now: from the journal while it is open, else the lines that were chosen for a locked one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.help.spoken import phone
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
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
    """Empty until it is told what to show. ``edit_wanted`` asks for the list to be changed, True to add somebody."""

    edit_wanted = Signal(bool)

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
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
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
        column.addLayout(self._rows)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)
        self._edit.clicked.connect(partial(self._wanted, False))
        self._add.clicked.connect(partial(self._wanted, True))
        for part in (self._note, self._edit, self._add):
            part.hide()

    def show_people(self, people: Sequence[Person], *, may_write: bool) -> None:
        """Show the people of an open journal."""
        shown_locked = any(person.shown_locked for person in people)
        self._say(_("Shown while locked too: your choice") if shown_locked else "")
        self._fill([PersonRow(self._theme, p.name, p.number, p.role, self._show_large) for p in people])
        self._edit.setVisible(bool(people) and may_write)
        self._add.setVisible(not people and may_write)

    def show_locked(self, lines: Sequence[LockedLine]) -> None:
        """Show what may be seen of them while the journal is locked: names and numbers."""
        words = _("Shown while locked too: your choice") if lines else _("They are shown once the journal is open.")
        self._say(words)
        self._fill([PersonRow(self._theme, line.name, line.number, "", self._show_large) for line in lines])
        self._edit.hide()
        self._add.hide()

    def show_trouble(self, words: str) -> None:
        """Say that the list could not be read."""
        self._say(words)

    def set_cramped(self, cramped: bool) -> None:
        """Numbers below names where there is hardly any room."""
        self._cramped = cramped
        for row in self.rows():
            row.set_cramped(cramped)

    def rows(self) -> tuple[PersonRow, ...]:
        """The rows, in order."""
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if isinstance(widget, PersonRow))

    def _say(self, words: str) -> None:
        self._note.set_text(words)
        self._note.setVisible(bool(words))

    def _fill(self, rows: Sequence[PersonRow]) -> None:
        for old in self.rows():
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        for row in rows:
            row.set_cramped(self._cramped)
            self._rows.addWidget(row)

    def _wanted(self, adding: bool, _checked: bool = False) -> None:
        self.edit_wanted.emit(adding)


def _call(show_large: ShowLarge, name: str, number: str, _checked: bool = False) -> None:
    show_large(name, number, "")
