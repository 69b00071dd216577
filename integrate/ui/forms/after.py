"""What follows a questionnaire: what it came to, in plain words, or the page about where help is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.helplines import HelpLine, LineKind, line_note
from integrate.domain.scoring import needs_support, score
from integrate.domain.support_words import BACK, HELP_NOW, card_words, person_words
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.journal import help as help_data
from integrate.ui.forms.reading import read_people
from integrate.ui.forms.words import total_words, write_day
from integrate.ui.spoken import country_code, phone
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.helplines import Country
    from integrate.domain.people import Person
    from integrate.domain.questionnaires import Questionnaire
    from integrate.ui.page import PageContext, ProgramPort

_COLUMN: Final = 640
_FIRST: Final = 100  # the words take what they can before the space beside them does


def show_after(context: PageContext, questionnaire: Questionnaire, answers: Mapping[str, str]) -> Sheet:
    """Open what follows a form that was just finished."""
    sheet: Sheet
    if needs_support(questionnaire, answers):
        sheet = SupportSheet(context, questionnaire.title)
    else:
        sheet = EndSheet(context, questionnaire, answers)
    sheet.open()
    return sheet


class EndSheet(Sheet):
    """What a questionnaire came to. No range, no comparison, no verdict."""

    def __init__(self, context: PageContext, questionnaire: Questionnaire, answers: Mapping[str, str]) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), questionnaire.title, fills=False)
        words = total_words(questionnaire, score(questionnaire, answers))
        self.panel.setAccessibleDescription(words)
        self.body.addWidget(Text(self.theme, words, "body"))
        self.body.addWidget(Text(self.theme, _("Your answers are in your journal."), "body", "ink2"))
        back = Button(self.theme, _(BACK), "primary")
        back.clicked.connect(self.close)
        self.footer.setContentsMargins(0, 12, 0, 0)
        self.footer.addStretch(1)
        self.footer.addWidget(back)
        self.initial_focus = back


class SupportSheet(Sheet):
    """A calm page of its own, once, right after saving. Nothing about it is kept, and it keeps nobody."""

    def __init__(self, context: PageContext, title: str) -> None:
        super().__init__(context.theme, context.shell.sheet_host(), title)
        self._context = context
        theme = self.theme
        country = country_now(context.program)
        crisis = _first_with_a_number(country)
        words = card_words(phone(country.emergency.number), phone(crisis.number) if crisis is not None else "")
        self.words = Text(theme, words, "title3", weight=400)
        self.panel.setAccessibleDescription(words)
        self.help_button = Button(theme, _(HELP_NOW), "help", "life-buoy", large=True)
        self.back_button = Button(theme, _(BACK), large=True)
        self._people = QVBoxLayout()
        self._people.setSpacing(6)
        column = QWidget()
        column.setMaximumWidth(theme.px(_COLUMN))
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 24, 0, 24)
        inside.setSpacing(24)
        inside.addWidget(self.words)
        inside.addLayout(self._people)
        for line in country.of_kind(LineKind.CRISIS)[:1]:
            inside.addWidget(self._line(line, country))
        ways = QVBoxLayout()
        ways.setSpacing(12)
        ways.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignLeading)
        ways.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeading)
        inside.addLayout(ways)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, _FIRST)
        middle.addStretch(1)
        self.body.addStretch(1)
        self.body.addLayout(middle)
        self.body.addStretch(1)
        self.help_button.clicked.connect(self._help_now)
        self.back_button.clicked.connect(self.close)
        context.desk.read(self, read_people, self._show_people, self._people_not_read)

    def _panel_place(self) -> QRect:
        """All of the window, at any width."""
        return self.rect()

    def _line(self, line: HelpLine, country: Country) -> QWidget:
        clock = self._context.desk.clock
        today = ZonedTime(clock.now(), clock.zone()).local_date()
        parts = (line.name, line.number, line.hours_note, line_note(line, country.emergency, today, write_day))
        return Text(self.theme, ". ".join(part.rstrip(".") for part in parts if part) + ".", "caption", "ink2")

    def _show_people(self, people: Sequence[Person]) -> None:
        for person in people:
            words = person_words(person.name, phone(person.number))
            self._people.addWidget(Text(self.theme, words))

    def _people_not_read(self, _error: Exception) -> None:
        """Help now says so; the numbers here do not wait for it."""

    def _help_now(self) -> None:
        self._context.program.help_now()


def country_now(program: ProgramPort) -> Country:
    """The country whose numbers are shown, as in Help now."""
    known = frozenset(code for code, _name in help_data.countries())
    return help_data.country(country_code(program.settings.country, known, QLocale.system()))


def _first_with_a_number(country: Country) -> HelpLine | None:
    """The first crisis line that can be called; an address on the web is no number."""
    return next((line for line in country.of_kind(LineKind.CRISIS) if any(map(str.isdecimal, line.number))), None)
