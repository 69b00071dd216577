"""Help now: which country's numbers it shows, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrate.i18n import N_, _
from integrate.ui.pages.settings.rows import ButtonRow, MenuRow
from integrate.ui.pages.settings.section import Section

if TYPE_CHECKING:
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
        self.add(self.country, writes=False)
        self.add(self.people, writes=False)
        self.country.chosen.connect(self._chosen)
        self.people.pressed.connect(context.program.help_now)

    def refresh(self) -> None:
        """Read the countries and show the one that is chosen."""
        self.context.program.background.submit(self, _countries, self._show, self.failed)

    def failed(self, error: Exception) -> None:
        """The data that ships could not be read: that is a bug, and told as one."""
        self.context.shell.tell_trouble(error)

    def _show(self, countries: tuple[tuple[str, str], ...]) -> None:
        chosen = self.context.program.settings.country
        options = countries if chosen else (("", _("Not chosen yet")), *countries)
        self.country.set_options(options, chosen)

    def _chosen(self, code: object) -> None:
        self.context.program.change_settings(country=code)


def _countries() -> tuple[tuple[str, str], ...]:
    from integrate.journal.help import countries

    return countries()
