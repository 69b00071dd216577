"""About: the keys, and what this program is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from integrate.i18n import N_, _
from integrate.ui.pages.settings.rows import ButtonRow
from integrate.ui.pages.settings.section import Section

if TYPE_CHECKING:
    from integrate.ui.page import PageContext


class AboutSection(Section):
    """Two ways to sheets of the program."""

    id = "about"
    title = N_("About")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.keys = ButtonRow(
            self.theme, _("Keyboard shortcuts"), _("Everything here can be done without a mouse."), _("Show"),
            name=_("Keyboard shortcuts"),
        )  # fmt: skip
        self.about = ButtonRow(
            self.theme, _("About integrate"), _("Version, licences, and what it does not do."), _("Show"),
            name=_("About integrate"),
        )  # fmt: skip
        self.add(self.keys, writes=False)
        self.add(self.about, writes=False)
        self.keys.pressed.connect(partial(context.program.perform, "keys"))
        self.about.pressed.connect(partial(context.program.perform, "about"))
