"""I need support: the emergency number, my people, a slow breath, in that order. And when a sitter calls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from integrate.domain.sitter_words import CALL_AT_ONCE, IF_NOT_SURE, SIGNS
from integrate.i18n import _
from integrate.journal import help as help_data
from integrate.ui.pages.room.panel import Big, Panel
from integrate.ui.spoken import country_code, locked_people, phone
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.helplines import Country
    from integrate.system.locked_help import LockedLine
    from integrate.ui.page import ProgramPort
    from integrate.ui.theme.theme import Theme

_NUMBER: Final = 56
_BREATH: Final = "slow-breath"


def country_now(program: ProgramPort) -> Country:
    """The country whose numbers are shown, as in Help now."""
    known = frozenset(code for code, _name in help_data.countries())
    return help_data.country(country_code(program.settings.country, known, QLocale.system()))


class SupportPanel(Panel):
    """What Help now says to somebody who cannot read much: three things, large. Nothing about its use is kept."""

    def __init__(self, theme: Theme, program: ProgramPort) -> None:
        super().__init__(theme, _("I need support"))
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(16)
        country = country_now(program)
        number = country.emergency.number
        words = _(
            "Might you act on thoughts of ending your life? Is someone hard to wake, or struggling to breathe? "
            "Call {number}."
        ).format(number=phone(number))
        self.emergency = _part(theme, words, number, "help", country.emergency.note)
        self.people = QWidget()
        self._rows = QVBoxLayout(self.people)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        self._note = Text(theme, "", "body", "ink2")
        self._rows.addWidget(Text(theme, _("My people"), "title3"))
        self._rows.addWidget(self._note)
        self._note.hide()
        self.breath = _breath(theme)
        text = _("This computer cannot make the call. Please use a phone, or ask someone near you to.")
        first = QVBoxLayout()
        first.setSpacing(16)
        first.addWidget(self.emergency)
        first.addWidget(Text(theme, text, "body", "ink2"))
        first.addWidget(self.people)
        first.addStretch(1)
        second = QVBoxLayout()
        second.addWidget(self.breath)
        second.addStretch(1)
        self._beside.addLayout(first, 1)
        self._beside.addLayout(second, 1)
        self.body.addLayout(self._beside)
        work = partial(locked_people, program.place, program.paths)
        program.background.submit(self, work, self._show_people, self._not_read)

    def set_narrow(self, narrow: bool) -> None:
        """The breath stands beside the numbers where there is room for it, and below them where there is not."""
        super().set_narrow(narrow)
        directions = QBoxLayout.Direction
        self._beside.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def _show_people(self, lines: tuple[LockedLine, ...] | None) -> None:
        if not lines:
            self.tell(self._note, _("Nobody is shown here yet. Who is shown while locked can be chosen in Help now."))
            return
        for line in lines:
            self._rows.addWidget(_part(self.theme, line.name, line.number, "control"))

    def _not_read(self, _error: Exception) -> None:
        self.tell(self._note, _("Your people could not be read. The numbers here are not affected."))


class CallPanel(Panel):
    """When a sitter calls the emergency number. It stands above the signs, so that nobody has to look for it."""

    def __init__(self, theme: Theme, program: ProgramPort) -> None:
        number = country_now(program).emergency.number
        super().__init__(theme, call_title(number))
        self.body.addWidget(_part(theme, _(CALL_AT_ONCE), number, "help"))
        signs = QVBoxLayout()
        signs.setSpacing(8)
        for sign in SIGNS:
            signs.addWidget(Big(theme, f"•  {_(sign)}"))
        self.body.addLayout(signs)
        text = _(IF_NOT_SURE)
        self.body.addWidget(Text(theme, text, "body", "ink2"))


def call_title(number: str) -> str:
    """What leads to the signs."""
    return _("When to call {number}").format(number=phone(number))


def _part(theme: Theme, words: str, number: str, edge: str, note: str = "") -> Card:
    """Some words and a number, large."""
    card = Card(theme, edge=edge)
    column = QVBoxLayout(card)
    column.setContentsMargins(22, 16, 22, 16)
    column.setSpacing(4)
    column.addWidget(Big(theme, words, 20))
    shown = Big(theme, phone(number), _NUMBER if edge == "help" else 32, weight=600)
    shown.setAccessibleName(number)
    column.addWidget(shown)
    if note:
        column.addWidget(Text(theme, note, "body", "ink2"))
    return card


def _breath(theme: Theme) -> QWidget:
    """The exercise in words alone: nothing moves, nothing is timed."""
    exercise = next(found for found in help_data.exercises() if found.id == _BREATH)
    card = Card(theme, edge="control")
    column = QVBoxLayout(card)
    column.setContentsMargins(22, 16, 22, 16)
    column.setSpacing(8)
    column.addWidget(Text(theme, exercise.title, "title3"))
    column.addWidget(Text(theme, exercise.intro, "body", "ink2"))
    for step in exercise.steps:
        column.addWidget(Big(theme, step.text, 20))
    return card
