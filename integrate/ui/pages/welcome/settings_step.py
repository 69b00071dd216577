"""The third step: a name, a country for Help now, how large and in which colours. All of it optional."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import N_, _
from integrate.ui.page import ProgramPort
from integrate.ui.pages.welcome.step import Step
from integrate.ui.theme.look import LARGEST_TEXT, SMALLEST_TEXT, TEXT_STEP
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.banner import Banner
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.choices import Choice
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.menu_field import MenuField
from integrate.ui.widgets.progress import Busy
from integrate.ui.widgets.text import Text

_THEMES: Final = (
    ("system", N_("As the system")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    ("contrast", N_("High contrast")),
)
_LONGEST_NAME: Final = 80


class SettingsStep(Step):
    """What is chosen here about the looks is in force at once; name and country go into the new journal."""

    def __init__(self, theme: Theme, program: ProgramPort) -> None:
        super().__init__(
            theme,
            _("A few gentle settings"),
            _("All of this is optional, and all of it can be changed later."),
            _("Create my journal"),
        )
        self._program = program
        self._banner: Banner | None = None
        self.name = LineField(theme, _("What should this journal call you?"), hint=_("It stays inside the journal."))
        self.name.edit.setMaxLength(_LONGEST_NAME)
        self.country = MenuField(theme, _("Country, for the numbers in Help now"), [("", _("Not chosen"))], "")
        self._suggested = Text(theme, "", "caption", "ink3")
        self.smaller = Button(theme, _("Smaller"), small=True)
        self.larger = Button(theme, _("Larger"), small=True)
        self._size = Text(theme, "", "body", wrap=False)
        self._themes = QButtonGroup(self)
        self.themes = tuple(self._theme_choice(key, _(words)) for key, words in _THEMES)
        self.no_words = Text(theme, "", "caption", "ink2")
        self.busy = Busy(theme, _("Making your journal. This takes a few seconds on purpose."))
        self.busy.hide()
        self.go_back = self.add_button(_("Back"))
        self._build()
        self._connect()
        self.say_no_words(False)
        self._show_size()
        self.refresh()
        program.background.submit(self, _countries, self._show_countries, _no_countries)

    def _build(self) -> None:
        self._notices = QVBoxLayout()
        self.body.addLayout(self._notices)
        self.body.addWidget(self.name)
        self.body.addSpacing(20)
        self.body.addWidget(self.country)
        self.body.addSpacing(6)
        self.body.addWidget(self._suggested)
        self.body.addSpacing(20)
        self.body.addWidget(Text(self.theme, _("Text size"), "label", weight=500))
        self.body.addSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.smaller)
        row.addWidget(self._size)
        row.addWidget(self.larger)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(20)
        self.body.addWidget(Text(self.theme, _("Colours"), "label", weight=500))
        self.body.addSpacing(6)
        self._choices = QGridLayout()
        self._choices.setHorizontalSpacing(20)
        self._choices.setVerticalSpacing(4)
        for index, choice in enumerate(self.themes):
            self._choices.addWidget(choice, index // 2, index % 2)
        self._choices.setColumnStretch(2, 1)
        self.body.addLayout(self._choices)
        self.body.addSpacing(16)
        self.body.addWidget(self.no_words)
        self.body.addWidget(self.busy)

    def _theme_choice(self, key: str, words: str) -> Choice:
        choice = Choice(self.theme, words)
        choice.setProperty("theme", key)
        choice.setChecked(key == self._program.settings.theme)
        self._themes.addButton(choice)
        return choice

    def _connect(self) -> None:
        self.name.edit.returnPressed.connect(self.try_onward)
        self.country.chosen.connect(self._country_chosen)
        self.smaller.clicked.connect(self._make_smaller)
        self.larger.clicked.connect(self._make_larger)
        self._themes.buttonClicked.connect(self._theme_chosen)
        self.go_back.clicked.connect(self.back)
        self.theme.changed.connect(self._show_size)

    # --- what is chosen -----------------------------------------------------------------------------------------------

    def chosen_name(self) -> str:
        """What the journal shall call the person; "" for nothing."""
        return self.name.text().strip()

    def chosen_country(self) -> str:
        """A country's code, or ""."""
        return str(self.country.value() or "")

    def tab_order(self) -> tuple[QWidget, ...]:
        """The buttons after the colours."""
        return (*self.themes, *super().tab_order())

    def first(self) -> QWidget:
        """The name."""
        return self.name.edit

    def wipe(self) -> None:
        """Forget the name."""
        self.name.edit.clear()

    def say_no_words(self, none: bool) -> None:
        """Remind of the recovery words that were left for later."""
        self.no_words.set_text(
            _("There are no recovery words yet. You can make them in Settings, any day.") if none else ""
        )
        self.no_words.setVisible(none)

    def _show_countries(self, countries: tuple[tuple[str, str], ...]) -> None:
        chosen = self._program.settings.country
        here = QLocale.territoryToCode(QLocale.system().territory())
        known = {code for code, _name in countries}
        suggested = "" if chosen or here not in known else here
        self.country.set_options([("", _("Not chosen")), *countries], chosen or suggested)
        if suggested:
            self._suggested.set_text(_("Suggested by this computer's region setting. Please choose where you are."))
        self._suggested.setVisible(bool(suggested))

    def _country_chosen(self, _code: object) -> None:
        self._suggested.hide()

    def _theme_chosen(self, choice: Choice) -> None:
        self._program.change_settings(theme=choice.property("theme"))

    def _make_smaller(self) -> None:
        self._change_size(-TEXT_STEP)

    def _make_larger(self) -> None:
        self._change_size(TEXT_STEP)

    def _change_size(self, by: int) -> None:
        size = min(max(self._program.settings.text_size + by, SMALLEST_TEXT), LARGEST_TEXT)
        self._program.change_settings(text_size=size)
        self._show_size()
        announce(self._size, self._size.words())

    def _show_size(self) -> None:
        size = self._program.settings.text_size
        self._size.set_text(_("{percent} %").format(percent=size))
        for button, words, at_end in (
            (self.smaller, _("Smaller text"), size <= SMALLEST_TEXT),
            (self.larger, _("Larger text"), size >= LARGEST_TEXT),
        ):
            button.setEnabled(not at_end)
            button.setAccessibleName(words)
            button.setAccessibleDescription(self._size.words())

    # --- making it ----------------------------------------------------------------------------------------------------

    def show_busy(self, busy: bool) -> None:
        """The journal is being made: everything stays as it was chosen, and waits."""
        self.close_trouble()
        self.name.set_read_only(busy)
        for part in (self.go_on, self.go_back, self.country):
            part.setEnabled(not busy)
        if busy:
            self.busy.start()
            announce(self.busy, self.busy.text.words())
        else:
            self.busy.stop()

    def show_trouble(self, title: str, text: str) -> None:
        """It could not be made."""
        self.show_busy(False)
        self._banner = Banner(self.theme, "trouble", title, text)
        self._notices.setContentsMargins(0, 0, 0, 20)
        self._notices.addWidget(self._banner)
        self._banner.show()
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_trouble(self) -> None:
        """Take the banner away."""
        banner, self._banner = self._banner, None
        if banner is not None:
            self._notices.setContentsMargins(0, 0, 0, 0)
            banner.hide()
            banner.deleteLater()


def _countries() -> tuple[tuple[str, str], ...]:
    from integrate.journal.help import countries

    return countries()


def _no_countries(_error: Exception) -> None:
    """Help now has a page for every country; one can be chosen there."""
