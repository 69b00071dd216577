"""For: who the file is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.share.words import person_words
from integrate.ui.widgets.menu_field import MenuField

if TYPE_CHECKING:
    from integrate.domain.courses import Carer
    from integrate.domain.sharing import Recipient
    from integrate.ui.theme.theme import Theme

_ADD: Final = "add"


class ForPart(QWidget):
    """``changed`` follows another choice, ``add_wanted`` the last line of the list."""

    changed = Signal()
    add_wanted = Signal()

    def __init__(self, theme: Theme, *, may_write: bool) -> None:
        super().__init__()
        self._may_write = may_write
        self._people: tuple[Recipient | Carer, ...] = ()
        self._person: UUID | None = None
        self.field = MenuField(theme, _("For"), ((None, _("Nobody chosen yet")),), height=40)
        self.field.label.set_token("ink2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.field.chosen.connect(self._chosen)

    def show_people(self, people: Sequence[Recipient | Carer]) -> None:
        """Offer these; who was chosen stays."""
        self._people = tuple(people)
        if self.person() is None:
            self._person = None
        options: list[tuple[object, str]] = [(None, _("Nobody chosen yet"))]
        options.extend((one.id, person_words(one)) for one in self._people)
        if self._may_write:
            options.append((_ADD, _("Add someone…")))
        self.field.set_options(options, self._person)

    def person(self) -> Recipient | Carer | None:
        """Who is chosen."""
        return next((one for one in self._people if one.id == self._person), None)

    def choose(self, person: Recipient) -> None:
        """Choose somebody who was added or changed; somebody of a care team they stand for goes."""
        others = [one for one in self._people if one.id != person.id and one.name != person.name]
        self._person = person.id
        self.show_people((person, *others))
        self.changed.emit()

    def _chosen(self, value: object) -> None:
        if value == _ADD:
            self.field.set_value(self._person)
            self.add_wanted.emit()
        elif value != self._person:
            self._person = value if isinstance(value, UUID) else None
            self.changed.emit()
