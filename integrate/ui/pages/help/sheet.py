"""The Help now sheet. It needs no open journal, reads what ships with the program, and leaves no trace of its use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from integrate.domain.hard_night import NightKind
from integrate.domain.helplines import ELSEWHERE
from integrate.domain.times import ZonedTime
from integrate.i18n import _
from integrate.journal import help as help_data
from integrate.ui.pages.help import reading
from integrate.ui.pages.help.grounding import GroundingCard
from integrate.ui.pages.help.large import show_large
from integrate.ui.pages.help.numbers import EmergencyCard, NumberGroups, nobody_answers
from integrate.ui.pages.help.own_lines import OwnLines
from integrate.ui.pages.help.people import PeopleSection
from integrate.ui.pages.help.spoken import country_code
from integrate.ui.widgets.buttons import LinkText
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.menu import Menu
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.courses import Course
    from integrate.domain.hard_night import NightLine
    from integrate.domain.helplines import Country
    from integrate.domain.people import Person
    from integrate.system.locked_help import LockedHelp
    from integrate.ui.desk import Desk
    from integrate.ui.page import ProgramPort
    from integrate.ui.theme.theme import Theme

_WIDTH: Final = 1016
_TWO_COLUMNS: Final = 840  # effective width of the panel from which people stand beside the numbers
_CRAMPED: Final = 480
_GAP: Final = 40


class HelpSheet(Sheet):
    """Emergency number, hard-night page, people, lines of the country, an exercise, early signs.

    At most one lies over a window.
    """

    def __init__(self, theme: Theme, window: QWidget, program: ProgramPort, desk: Desk | None) -> None:
        super().__init__(theme, window, _("Help now"), width=_WIDTH, level=1)
        self._program = program
        self._desk = desk
        self._people: tuple[Person, ...] = ()
        self._night_lines: tuple[NightLine, ...] = ()
        self._sign_lines: tuple[NightLine, ...] = ()
        self._course: Course | None = None
        self._two_columns: bool | None = None
        self._in_sight: tuple[QWidget, ...] = ()  # the parts, in the order in which they are read
        self._emergency = EmergencyCard(theme)
        words = _("This computer cannot make the call. Please use a phone, or ask someone near you to.")
        self._phone = Text(theme, words, token="ink2")
        self._night = OwnLines(theme, signs=False)
        self._section = PeopleSection(theme, self._show_large)
        self._section.hide()
        self._signs = OwnLines(theme, signs=True)
        self._country_text = Text(theme, "", "caption", "ink2")
        self._change = LinkText(theme, _("Change"), role="caption")
        self._change.setAccessibleName(_("Change the country"))
        self._menu: Menu | None = None
        self._numbers = QVBoxLayout()
        self._groups: NumberGroups | None = None
        self._grounding = GroundingCard(theme, help_data.exercises())
        self._nobody = Text(theme, "", token="ink2")
        self._lay_out()
        self._change.clicked.connect(self._choose_country)
        self._section.edit_wanted.connect(self._edit_people)
        self._section.team_wanted.connect(self._choose_team)
        self._night.edit_wanted.connect(self._edit_night)
        self._signs.edit_wanted.connect(self._edit_signs)
        theme.changed.connect(self._arrange_columns)
        self._show_country()
        self._read_own()

    @classmethod
    def open_over(cls, theme: Theme, window: QWidget, program: ProgramPort, desk: Desk | None) -> HelpSheet:
        """Open Help now over ``window``, or leave it as it is where it is open already; ``desk`` None while locked."""
        for sheet in window.findChildren(cls):
            if sheet.isVisible():
                return sheet
        sheet = cls(theme, window, program, desk)
        sheet.open()
        return sheet

    # --- layout -------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._mark_heading()
        country = QHBoxLayout()
        country.setSpacing(8)
        country.addWidget(self._country_text, 0, Qt.AlignmentFlag.AlignVCenter)
        country.addWidget(self._change, 0, Qt.AlignmentFlag.AlignVCenter)
        country.addStretch(1)
        self._country = QWidget()
        self._country.setLayout(country)
        country.setContentsMargins(0, 6, 0, 6)
        self._lines = QWidget()
        self._lines.setLayout(self._numbers)
        self._numbers.setContentsMargins(0, 0, 0, 0)
        self._last = Card(self.theme, ground="sunken", edge="", radius=8)
        last = QVBoxLayout(self._last)
        last.setContentsMargins(16, 12, 16, 12)
        last.addWidget(self._nobody)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._columns = QHBoxLayout()
        self._between = QSpacerItem(0, 0)
        self._columns.setSpacing(0)
        self._columns.addLayout(self._left, 10)
        self._columns.addSpacerItem(self._between)
        self._columns.addLayout(self._right, 9)
        for column in (self._left, self._right):
            column.setSpacing(14)
            column.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(self._columns)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Icon(self.theme, "wifi-off", "ink2", 16, role="caption"), 0, Qt.AlignmentFlag.AlignTop)
        words = _("All of this works offline. Opening this page is not recorded.")
        foot.addWidget(Text(self.theme, words, "caption", "ink2"), 1)
        whole = QVBoxLayout()
        whole.setSpacing(12)
        whole.addWidget(Divider(self.theme))
        whole.addLayout(foot)
        self.footer.addLayout(whole, 1)
        self._arrange_columns()

    def _mark_heading(self) -> None:
        """The icon of the button that leads here stands before the title."""
        layout = self.panel.layout()
        header = layout.itemAt(0) if layout is not None else None
        row = header.layout() if header is not None else None
        if isinstance(row, QHBoxLayout):
            row.setSpacing(14)
            row.insertWidget(0, Icon(self.theme, "life-buoy", "danger", 28), 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room for them."""
        super().resizeEvent(event)
        self._arrange_columns()

    def _arrange_columns(self) -> None:
        scale = self.theme.scale
        width = min(self.width(), self.theme.px(_WIDTH)) / scale
        for part in (self._emergency, self._section, self._grounding):
            part.set_cramped(width < _CRAMPED)
        two = width >= _TWO_COLUMNS
        if two == self._two_columns:
            return
        self._two_columns = two
        numbers = (self._country, self._lines)
        beside = (self._night, self._section, self._grounding, self._signs)
        between = numbers if two else (self._night, self._section, *numbers, self._grounding, self._signs)
        self._fill(self._left, (self._emergency, self._phone, *between, self._last))
        self._fill(self._right, beside if two else ())
        self._between.changeSize(_GAP if two else 0, 0)
        self._columns.invalidate()
        self._columns.setStretch(2, 9 if two else 0)
        self._in_sight = (self._emergency, *between, self._last, *(beside if two else ()))
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go as the eye does: Qt goes by the order in which things came, and the person's own comes late."""
        stops = [button for part in self._in_sight for button in part.findChildren(QAbstractButton)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _fill(self, column: QVBoxLayout, parts: Sequence[QWidget]) -> None:
        """Put ``parts`` into a column, before the stretch at its end, wherever they were before."""
        for part in parts:
            for other in (self._left, self._right):
                other.removeWidget(part)  # an item that was only taken would go on answering for the widget's size
            column.insertWidget(column.count() - 1, part)

    # --- country ------------------------------------------------------------------------------------------------------

    def _show_country(self) -> None:
        country = self._country_now()
        self._emergency.show_country(country)
        self.panel.setAccessibleDescription(self._emergency.words())
        if country.code == ELSEWHERE:
            self._country_text.set_text(_("Numbers for any country. Is yours in the list?"))
        else:
            text = _("Numbers for: {country}. Somewhere else?")
            self._country_text.set_text(text.format(country=country.name))
        self._nobody.set_text(nobody_answers(country.emergency.number))
        clock = self._program.clock
        today = ZonedTime(clock.now(), clock.zone()).local_date()
        old, self._groups = self._groups, NumberGroups(self.theme, country, today, self._show_large)
        if old is not None:
            self._numbers.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._numbers.addWidget(self._groups)
        self._order_tabs()

    def _country_now(self) -> Country:
        known = frozenset(code for code, _name in help_data.countries())
        return help_data.country(country_code(self._program.settings.country, known, QLocale.system()))

    def _choose_country(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        menu = Menu(self.theme, parent=self)
        chosen = self._country_now().code
        for code, name in help_data.countries():
            menu.add_choice(name, partial(self._country_chosen, code), on=code == chosen)
        self._menu = menu
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self._change.width() - menu.sizeHint().width() if mirrored else 0
        menu.popup(self._change.mapToGlobal(QPoint(x, self._change.height())))

    def _country_chosen(self, code: str, _checked: bool = False) -> None:
        self._program.change_settings(country=code)
        self._show_country()

    # --- the person's own ---------------------------------------------------------------------------------------------

    def _read_own(self) -> None:
        desk, program = self._desk, self._program
        if desk is None:
            work = partial(reading.locked_page, program.place, program.paths)
            program.background.submit(self, work, self._show_locked, self._people_not_read)
            return
        desk.read(self, reading.hard_night, self._show_night, self._night_not_read)
        desk.read(self, reading.people, self._show_people, self._people_not_read)
        desk.read(self, reading.course, self._show_course, self._course_not_read)
        desk.read(self, reading.early_signs, self._show_signs, self._signs_not_read)
        if desk.may_write:
            desk.write(self, partial(reading.tidy_up, paths=program.paths))

    def _may_write(self) -> bool:
        return self._desk is not None and self._desk.may_write

    def _show_night(self, lines: tuple[NightLine, ...]) -> None:
        self._night_lines = lines
        self._night.show_lines(lines, may_write=self._may_write())
        self._order_tabs()

    def _show_people(self, people: tuple[Person, ...]) -> None:
        self._people = people
        self._section.show_people(people, may_write=self._may_write())
        self._section.show()
        self._order_tabs()

    def _show_course(self, course: Course | None) -> None:
        self._course = course
        self._section.show_team(course.care_team if course is not None else (), may_write=self._may_write())
        self._order_tabs()

    def _show_signs(self, lines: tuple[NightLine, ...]) -> None:
        self._sign_lines = lines
        self._signs.show_lines(lines, may_write=self._may_write())
        self._order_tabs()

    def _show_locked(self, page: LockedHelp | None) -> None:
        if page is None:
            return
        self._night.show_locked([words for words in page.words if words.kind is not NightKind.SIGN])
        self._section.show_locked((*page.people, *page.team))
        self._section.show()
        self._order_tabs()
        self._signs.show_locked([words for words in page.words if words.kind is NightKind.SIGN])

    def _night_not_read(self, _error: Exception) -> None:
        self._night.show_trouble()

    def _people_not_read(self, _error: Exception) -> None:
        self._section.show_trouble(_("Your people could not be read. The numbers here are not affected."))
        self._section.show()

    def _course_not_read(self, _error: Exception) -> None:
        self._section.show_team_trouble()

    def _signs_not_read(self, _error: Exception) -> None:
        self._signs.show_trouble()

    # --- changing it --------------------------------------------------------------------------------------------------

    def _edit_people(self, adding: bool) -> None:
        from integrate.ui.pages.help.editor import PeopleEditor

        if self._desk is None or not self._desk.is_open:
            return
        editor = PeopleEditor(self.theme, self._host, self._desk, self._program.paths, self._people, adding=adding)
        editor.kept.connect(self._show_people)
        editor.open()

    def _choose_team(self) -> None:
        from integrate.ui.pages.help.team import TeamSheet

        if self._desk is None or not self._desk.is_open or self._course is None:
            return
        sheet = TeamSheet(self.theme, self._host, self._desk, self._program.paths, self._course)
        sheet.kept.connect(self._show_course)
        sheet.open()

    def _edit_night(self) -> None:
        self._edit_lines(self._night_lines, signs=False)

    def _edit_signs(self) -> None:
        self._edit_lines(self._sign_lines, signs=True)

    def _edit_lines(self, lines: tuple[NightLine, ...], *, signs: bool) -> None:
        from integrate.ui.night_editor import NightEditor

        if self._desk is None or not self._desk.is_open:
            return
        editor = NightEditor(self.theme, self._host, self._desk, self._program.paths, lines, signs=signs)
        editor.kept.connect(self._show_signs if signs else self._show_night)
        editor.open()

    def _show_large(self, name: str, number: str, how: str) -> None:
        show_large(self.theme, self._host, name, number, how)
