"""Help now: which country's numbers it shows, the person's own words on it, and the way to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from integrate.i18n import N_, _
from integrate.ui.pages.settings.rows import ButtonRow, MenuRow
from integrate.ui.pages.settings.section import Section, told

if TYPE_CHECKING:
    from integrate.domain.hard_night import NightLine
    from integrate.domain.listing import Stop
    from integrate.journal.opening import Journal
    from integrate.ui.page import PageContext


class HelpSection(Section):
    """The country lies outside the journal, because Help now opens without it."""

    id = "help"
    title = N_("Help now")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.country = MenuRow(
            self.theme, _("Country"), (), note=_("Whose numbers Help now shows. It works without a passphrase.")
        )
        self.people = ButtonRow(
            self.theme, _("My people"), _("The people you could call. They are added and changed in Help now."),
            _("Open Help now"),
        )  # fmt: skip
        self.night = ButtonRow(
            self.theme, _("My hard-night page"),
            _("Written on a calm day: what helps, who, and what you would tell yourself."),
            _("Write or change it"), name=_("Write or change my hard-night page"),
        )  # fmt: skip
        self.signs = ButtonRow(
            self.theme, _("My early signs"), _("How you notice that things get harder again."),
            _("Write or change them"), name=_("Write or change my early signs"),
        )  # fmt: skip
        self.add(self.country, writes=False)
        self.add(self.night)
        self.add(self.people, writes=False)
        self.add(self.signs)
        self.country.chosen.connect(self._chosen)
        self.night.pressed.connect(self._write_night)
        self.people.pressed.connect(context.program.help_now)
        self.signs.pressed.connect(self._write_signs)

    def refresh(self) -> None:
        """Read the countries and show the one that is chosen."""
        self.context.program.background.submit(self, _countries, self._show, self.failed)

    def failed(self, error: Exception) -> None:
        """The data that ships could not be read: that is a bug, and told as one."""
        self.context.shell.tell_trouble(error)

    def _write_night(self) -> None:
        self.night.set_error("")
        self.desk.read(self, _hard_night, partial(self._write, False), partial(self._not_read, self.night))

    def _write_signs(self) -> None:
        self.signs.set_error("")
        self.desk.read(self, _early_signs, partial(self._write, True), partial(self._not_read, self.signs))

    def _write(self, signs: bool, lines: tuple[NightLine, ...]) -> None:
        from integrate.ui.night_editor import NightEditor

        shell, paths = self.context.shell, self.context.program.paths
        NightEditor(self.theme, shell.sheet_host(), self.desk, paths, lines, signs=signs).open()

    def _not_read(self, row: ButtonRow, error: Exception) -> None:
        if told(error):
            row.set_error(told(error))
        else:
            self.failed(error)

    def _show(self, countries: tuple[tuple[str, str], ...]) -> None:
        chosen = self.context.program.settings.country
        options = countries if chosen else (("", _("Not chosen yet")), *countries)
        self.country.set_options(options, chosen)

    def _chosen(self, code: object) -> None:
        self.context.program.change_settings(country=code)


def _hard_night(journal: Journal, _stop: Stop) -> tuple[NightLine, ...]:
    from integrate.journal.hard_night import list_hard_night

    return list_hard_night(journal)


def _early_signs(journal: Journal, _stop: Stop) -> tuple[NightLine, ...]:
    from integrate.journal.hard_night import list_early_signs

    return list_early_signs(journal)


def _countries() -> tuple[tuple[str, str], ...]:
    from integrate.journal.help import countries

    return countries()
