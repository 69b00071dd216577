"""You: what the journal calls the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from integrate.i18n import N_, _
from integrate.ui.pages.settings.rows import only_to_read
from integrate.ui.pages.settings.section import Section
from integrate.ui.widgets.fields import LineField

if TYPE_CHECKING:
    from integrate.ui.page import PageContext

_PAUSE: Final = 600
"""Milliseconds without a key after which the name is kept."""

_LONGEST: Final = 80


class YouSection(Section):
    """The name, kept when typing pauses, on Enter and when the page is left."""

    id = "you"
    title = N_("You")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        edit = QLineEdit()
        edit.setMaxLength(_LONGEST)
        self.name = LineField(
            self.theme, _("What should this journal call you?"), edit=edit,
            hint=_("Optional. It is used in greetings, and kept inside the journal."),
        )  # fmt: skip
        if not self.desk.may_write:
            self.name.set_read_only(True)
            self.name.set_hint(only_to_read())
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 12, 0, 12)
        column.addWidget(self.name)
        self.add(box)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self.keep)
        edit.textEdited.connect(self._soon.start)
        edit.editingFinished.connect(self.keep)
        self.refresh()

    def refresh(self) -> None:
        """Show the name, unless one is being typed."""
        if not self.name.edit.hasFocus() and not self._soon.isActive():
            self.name.edit.setText(self.desk.preferences.name)

    def keep(self) -> None:
        """Keep the name that is typed."""
        self._soon.stop()
        name = self.name.text().strip()
        if self.desk.may_write and self.desk.is_open and name != self.desk.preferences.name:
            self.choose(name=name)
