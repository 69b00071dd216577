"""The numbers of one country: the emergency number first, then who else can be called, and what each is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.helplines import Country, HelpLine, LineKind, line_note
from integrate.i18n import _
from integrate.ui.pages.help.spoken import phone
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

ShowLarge = Callable[[str, str, str], object]
"""Shows a number large; given whose it is, the number, and how to reach it."""

_NUMBER: Final = 44


class _BigNumber(Text):
    """The emergency number: no type role is 44 px."""

    def __init__(self, theme: Theme, number: str) -> None:
        super().__init__(theme, phone(number), "numeral", wrap=False, weight=600)
        self.setAccessibleName(number)

    def apply_theme(self) -> None:
        """Take the font from the theme in force."""
        super().apply_theme()
        self.setFont(self._theme.sized_font("ui", _NUMBER, 600))


class EmergencyCard(Card):
    """The first thing on the sheet: two questions, and the number that answers both."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="dangertint", edge="")
        self._words = Text(theme, "", "bodyStrong")
        self._note = Text(theme, "", "caption", "ink2")
        self._number = _BigNumber(theme, "")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._words)
        words.addWidget(self._note)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(20, 16, 20, 16)
        self._row.setSpacing(18)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_country(self, country: Country) -> None:
        """Show the emergency number of a country."""
        number = country.emergency.number
        text = _(
            "Might you act on thoughts of ending your life? Is someone hard to wake, or struggling to breathe? "
            "Call {number}."
        )
        self._words.set_text(text.format(number=phone(number)))
        self._note.set_text(country.emergency.note)
        self._note.setVisible(bool(country.emergency.note))
        self._number.set_text(phone(number))
        self._number.setAccessibleName(number)

    def words(self) -> str:
        """The two questions and what to do."""
        return self._words.words()

    def set_cramped(self, cramped: bool) -> None:
        """Put the number below the words where there is hardly any room."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if cramped else direction.LeftToRight)


class NumberRow(QWidget):
    """One line: the number, who answers, how and when, and how far the number can be trusted."""

    def __init__(self, theme: Theme, line: HelpLine, note: str, show_large: ShowLarge) -> None:
        super().__init__()
        self.setAccessibleName(line.name)
        how = " ".join(part for part in (line.how, line.hours_note) if part)
        number = Text(theme, phone(line.number), "title2")
        number.setAccessibleName(line.number)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(number)
        words.addWidget(Text(theme, line.name, "body", "ink2"))
        if how:
            words.addWidget(Text(theme, how, "caption", "ink3"))
        words.addWidget(Text(theme, note, "caption", "ink2"))
        self.button = Button(theme, _("Show large"), "secondary", small=True)
        self.button.setAccessibleName(_("Show large: {number}, {name}").format(number=line.number, name=line.name))
        self.button.clicked.connect(partial(_call, show_large, line.name, line.number, how))
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Divider(theme))
        column.addLayout(row)


class NumberGroups(QWidget):
    """All lines of a country, grouped by what they are for. Made anew for each country."""

    def __init__(self, theme: Theme, country: Country, today: date, show_large: ShowLarge) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for kind in LineKind:
            lines = country.of_kind(kind)
            if not lines and kind is not LineKind.OUTSIDE_TEAM:
                continue
            if column.count():
                column.addSpacing(14)
            column.addWidget(Text(theme, _title(kind), "bodyStrong"))
            column.addSpacing(8)
            if not lines:
                text = _("You can tell someone outside your care team: anyone you trust.")
                column.addWidget(Text(theme, text, "body", "ink2"))
            for line in lines:
                note = line_note(line, country.emergency, today, _write_day)
                column.addWidget(NumberRow(theme, line, note, show_large))


def nobody_answers(number: str) -> str:
    """What to do when no line answers."""
    text = _(
        "If nobody answers, call {emergency} or go to the nearest emergency department. "
        "You do not have to explain it well."
    )
    return text.format(emergency=phone(number))


def _title(kind: LineKind) -> str:
    match kind:
        case LineKind.CRISIS:
            return _("Someone to talk to, day or night")
        case LineKind.OUTSIDE_TEAM:
            return _("If someone with you crossed a line, it was not your fault")
        case LineKind.SUBSTANCE:
            return _("Help with use of substances")
        case LineKind.POISON:
            return _("If a medicine was taken in the wrong amount")
        case LineKind.PSYCHEDELIC_SUPPORT:
            return _("To talk during or after an experience, not for emergencies")


def _write_day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), _("d MMMM yyyy"))


def _call(show_large: ShowLarge, name: str, number: str, how: str, _checked: bool = False) -> None:
    show_large(name, number, how)
