"""The form for one person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.people import Person
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class PersonForm(QWidget):
    """Asks for name, number and role, and whether the line shows while locked. ``done`` brings the person."""

    done = Signal(object)  # Person
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._person: Person | None = None
        self.name = LineField(theme, _("Name"))
        self.number = LineField(theme, _("Number"))
        self.role = LineField(theme, _("Who they are to you"), hint=_("Such as brother or therapist. Can stay empty."))
        self.shown = TickBox(theme, _("Show while locked"))
        words = _(
            "This line is then stored readable on this computer, so that it can be shown without the passphrase: "
            "the name and the number, not who they are."
        )
        self.shown.setAccessibleDescription(words)
        self._save = Button(theme, _("Save"), "primary")
        back = Button(theme, _("Cancel"), "quiet_neutral")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._save)
        buttons.addWidget(back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for part in (self.name, self.number, self.role, self.shown):
            column.addWidget(part)
        column.addWidget(Text(theme, words, "caption", "ink2"))
        column.addLayout(buttons)
        self._save.clicked.connect(self._finish)
        back.clicked.connect(self.left)
        for field in (self.name, self.number, self.role):
            field.edit.returnPressed.connect(self._finish)

    def begin(self, person: Person | None) -> None:
        """Ask about ``person``, or with None about somebody new."""
        self._person = person
        self.name.edit.setText(person.name if person else "")
        self.number.edit.setText(person.number if person else "")
        self.role.edit.setText(person.role if person else "")
        self.shown.setChecked(person is not None and person.shown_locked)
        self.name.set_error("")
        self.number.set_error("")
        self.name.edit.setFocus()

    def _finish(self) -> None:
        name, number, role = (field.text().strip() for field in (self.name, self.number, self.role))
        shown = self.shown.isChecked()
        self.name.set_error("")
        self.number.set_error("")
        if shown and not number:
            self.number.set_error(_("A line that shows while locked needs a number."))
            self.number.edit.setFocus()
            return
        try:
            old = self._person
            if old is None:
                person = Person(uuid4(), name, number, role, shown)
            else:
                person = replace(old, name=name, number=number, role=role, shown_locked=shown)
        except WrongUsage as error:
            self.name.set_error(" ".join(error.sentences()))
            self.name.edit.setFocus()
            return
        self.done.emit(person)
