"""The sheet in which the list of people is changed. Every change is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.people import Person
from integrate.errors import KnownError
from integrate.i18n import _
from integrate.journal.shown_locked import keep_people
from integrate.ui.pages.help.person_form import PersonForm
from integrate.ui.pages.help.spoken import phone
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button, LinkText
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.system.paths import Paths
    from integrate.ui.desk import Desk
    from integrate.ui.theme.theme import Theme

_LEAST: Final = 80  # pixels: an endless word must not push the buttons out of sight


class PeopleEditor(Sheet):
    """Add, change, order and remove people; ``kept`` brings all of them each time the disk has them."""

    kept = Signal(object)  # tuple[Person, ...]

    def __init__(
        self, theme: Theme, host: QWidget, desk: Desk, paths: Paths, people: Sequence[Person], *, adding: bool
    ) -> None:
        super().__init__(theme, host, _("My people"))
        self._desk = desk
        self._paths = paths
        self._people = tuple(people)
        self._undo: tuple[Person, ...] | None = None
        self._wanted_focus = ""
        self._shown: list[QWidget] = []
        self._trouble = Text(theme, "", "body", "danger")
        self._removed = Text(theme, "", "body", "ink2")
        self._take_back = LinkText(theme, _("Undo"), role="body")
        self._rows = QVBoxLayout()
        self._add = Button(theme, _("Add someone"), "secondary", "user-plus")
        self._form = PersonForm(theme)
        self._list = QWidget()
        self._build_list()
        self.body.addWidget(self._trouble)
        self.body.addWidget(self._list)
        self.body.addWidget(self._form)
        self.body.addStretch(1)
        self._trouble.hide()
        self._add.clicked.connect(partial(self._begin, None))
        self._take_back.clicked.connect(self._undo_removal)
        self._form.done.connect(self._take)
        self._form.left.connect(self._show_list)
        self._show_list()
        if adding:
            self._begin(None)
            self.initial_focus = self._form.name.edit

    def _build_list(self) -> None:
        undo = QHBoxLayout()
        undo.setSpacing(12)
        undo.addWidget(self._removed)
        undo.addWidget(self._take_back)
        undo.addStretch(1)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(undo)
        column.addLayout(self._rows)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)

    def people(self) -> tuple[Person, ...]:
        """The people as they are kept."""
        return self._people

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Z takes a removal back; Esc leaves the form first."""
        if event.matches(QKeySequence.StandardKey.Undo) and self._undo is not None:
            self._undo_removal()
        elif event.key() == Qt.Key.Key_Escape and self._form.isVisibleTo(self) and self._people:
            self._show_list()
        else:
            super().keyPressEvent(event)

    # --- list and form ------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        for old in self._shown:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [self._row(place) for place in range(len(self._people))]
        for row in self._shown:
            self._rows.addWidget(row)
            row.show()  # at once: only what is seen takes the focus
        self._removed.setVisible(self._undo is not None)
        self._take_back.setVisible(self._undo is not None)
        self._form.hide()
        self._list.show()
        inside = [found for row in self._shown for found in row.findChildren(Button)]
        for before, after in pairwise([self._take_back, *inside, self._add]):
            QWidget.setTabOrder(before, after)  # Qt would go by age, and these rows are the youngest
        self._restore_focus()

    def _row(self, place: int) -> QWidget:
        person, last = self._people[place], len(self._people) - 1
        details = [part for part in (person.role, phone(person.number) if person.number else "") if part]
        if person.shown_locked:
            details.append(_("Shown while locked"))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for key, words, name, shown, act in (
            ("up", _("Up"), _("Move {name} up"), place > 0, partial(self._move, place, -1)),
            ("down", _("Down"), _("Move {name} down"), place < last, partial(self._move, place, 1)),
            ("change", _("Change"), _("Change {name}"), True, partial(self._begin, person)),
            ("remove", _("Remove"), _("Remove {name}"), True, partial(self._remove, place)),
        ):
            button = Button(self.theme, words, "quiet", small=True)
            button.setAccessibleName(name.format(name=person.name))
            button.setObjectName(f"{key} {person.id}")
            button.clicked.connect(act)
            if shown:
                buttons.addWidget(button)
            else:
                button.deleteLater()
        buttons.addStretch(1)
        row = QWidget()
        row.setAccessibleName(person.name)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(2)
        column.addWidget(Divider(self.theme))
        column.addSpacing(8)
        for text in (
            Text(self.theme, person.name, "body", weight=500),
            Text(self.theme, " · ".join(details), "caption", "ink2"),
        ):
            text.setMinimumWidth(_LEAST)
            column.addWidget(text)
        column.addLayout(buttons)
        return row

    def _begin(self, person: Person | None, _checked: bool = False) -> None:
        self._list.hide()
        self._form.show()
        self._form.begin(person)

    def _restore_focus(self) -> None:
        """After a change the focus is on the same button of the same person, or where one goes on from there."""
        wanted, self._wanted_focus = self._wanted_focus, ""
        found = (row.findChild(Button, wanted) for row in self._shown if wanted)
        target: QWidget | None = next((button for button in found if button is not None), None)
        if target is None and self._undo is not None:
            target = self._take_back
        if self.isVisible():
            (target or self._add).setFocus(Qt.FocusReason.TabFocusReason)

    # --- changes ------------------------------------------------------------------------------------------------------

    def _take(self, person: Person) -> None:
        known = any(other.id == person.id for other in self._people)
        changed = tuple(person if other.id == person.id else other for other in self._people)
        self._wanted_focus = f"change {person.id}" if known else ""
        self._keep(changed if known else (*self._people, person), undo=None)

    def _move(self, place: int, by: int, _checked: bool = False) -> None:
        people = list(self._people)
        people.insert(place + by, people.pop(place))
        moved = people[place + by]
        at_end = place + by in (0, len(people) - 1)
        # At an end the button that was pressed is gone: its opposite is the next thing one may want.
        key = ("down" if by < 0 else "up") if at_end else ("up" if by < 0 else "down")
        self._wanted_focus = f"{key} {moved.id}"
        self._keep(tuple(people), undo=None)

    def _remove(self, place: int, _checked: bool = False) -> None:
        words = _("{name} was removed.").format(name=self._people[place].name)
        self._removed.set_text(words)
        announce(self, words)
        self._keep((*self._people[:place], *self._people[place + 1 :]), undo=self._people)

    def _undo_removal(self) -> None:
        if self._undo is not None:
            self._keep(self._undo, undo=None)

    def _keep(self, people: tuple[Person, ...], *, undo: tuple[Person, ...] | None) -> None:
        work = partial(keep_people, people=people, paths=self._paths)
        self._desk.write(self, work, partial(self._is_kept, undo), self._failed)

    def _is_kept(self, undo: tuple[Person, ...] | None, people: tuple[Person, ...]) -> None:
        self._people = people
        self._undo = undo
        self._trouble.hide()
        self._show_list()
        self.kept.emit(people)

    def _failed(self, error: Exception) -> None:
        words = error.sentences() if isinstance(error, KnownError) else [_("This could not be saved.")]
        self._trouble.set_text(" ".join(words))
        self._trouble.show()
        announce(self, self._trouble.words(), polite=False)
