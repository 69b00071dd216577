"""Appearance: how the window looks on this computer. Everything is seen at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.i18n import N_, _
from integrate.ui.pages.settings.rows import MenuRow, SettingRow, SwitchRow
from integrate.ui.pages.settings.section import Section
from integrate.ui.theme.fonts import atkinson_is_installed
from integrate.ui.theme.look import LARGEST_TEXT, SMALLEST_TEXT, TEXT_STEP
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.page import PageContext
    from integrate.ui.theme.theme import Theme

_VALUE_WIDTH: Final = 56


class AppearanceSection(Section):
    """Theme, text size, motion and font. None of it is inside the journal: the lock screen looks the same."""

    id = "appearance"
    title = N_("Appearance")

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        theme, settings = self.theme, context.program.settings
        themes = (
            ("system", _("Like the system")), ("light", _("Light")), ("dark", _("Dark")),
            ("contrast", _("High contrast")),
        )  # fmt: skip
        fonts = [("inter", "Inter"), ("system", _("System font"))]
        for_words = _("For the words of the program.")
        if atkinson_is_installed() or settings.ui_font == "atkinson":
            fonts.append(("atkinson", "Atkinson Hyperlegible"))
        for_words = _("For the words of the program. Atkinson Hyperlegible is used for your own as well.")
        self.look = MenuRow(theme, _("Colours"), themes, settings.theme)
        self.stepper = Stepper(theme, settings.text_size)
        self.size_row = SettingRow(theme, _("Text size"), _size_words(), self.stepper)
        self.motion = SwitchRow(
            theme, _("Reduced motion"),
            _("On. Nothing fades; everything is there at once."), _("Off. Sheets and notes fade in for a moment."),
        )  # fmt: skip
        self.font_row = MenuRow(theme, _("Font"), fonts, settings.ui_font, for_words)
        for row in (self.look, self.size_row, self.font_row, self.motion):
            self.add(row, writes=False)
        self.look.chosen.connect(self._look_chosen)
        self.stepper.stepped.connect(self._size_stepped)
        self.motion.switched.connect(self._motion_switched)
        self.font_row.chosen.connect(self._font_chosen)
        theme.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen; keys of the window change the text size as well."""
        settings = self.context.program.settings
        self.look.set_value(settings.theme)
        self.stepper.set_value(settings.text_size)
        self.motion.set_on(settings.reduced_motion)
        self.font_row.set_value(settings.ui_font)

    def _look_chosen(self, name: object) -> None:
        self.context.program.change_settings(theme=name)

    def _size_stepped(self, size: int) -> None:
        self.context.program.change_settings(text_size=size)

    def _motion_switched(self, on: bool) -> None:
        self.context.program.change_settings(reduced_motion=on)

    def _font_chosen(self, name: object) -> None:
        self.context.program.change_settings(ui_font=name)


def _size_words() -> str:
    key = "⌘" if sys.platform == "darwin" else _("Ctrl")
    return _("{key} with + and − changes it too.").format(key=key)


class Stepper(QWidget):
    """A percentage between two buttons. ``stepped`` brings the new one; the end of the range makes a button idle."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, value: int) -> None:
        super().__init__()
        self._theme = theme
        self._value = value
        self.smaller = Button(theme, "−", small=True)
        self.larger = Button(theme, "+", small=True)
        self.smaller.setAccessibleName(_("Smaller text"))
        self.larger.setAccessibleName(_("Larger text"))
        for button in (self.smaller, self.larger):
            button.setToolTip(button.accessibleName())
        self._words = Text(theme, "", "body", wrap=False, align=Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.smaller)
        row.addWidget(self._words)
        row.addWidget(self.larger)
        self.smaller.clicked.connect(self._less)
        self.larger.clicked.connect(self._more)
        theme.changed.connect(self._fit)
        self._fit()
        self.set_value(value)

    def value(self) -> int:
        """The percentage."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show another percentage, without telling. A button stays pressable, and silent, at the end of the range."""
        self._value = value
        words = _("{percent} %").format(percent=value)
        self._words.set_text(words)
        for button in (self.smaller, self.larger):
            button.setAccessibleDescription(_("Text size {percent} %").format(percent=value))

    def _less(self) -> None:
        self._step(-TEXT_STEP)

    def _more(self) -> None:
        self._step(TEXT_STEP)

    def _step(self, by: int) -> None:
        value = min(max(self._value + by, SMALLEST_TEXT), LARGEST_TEXT)
        if value != self._value:
            self.set_value(value)
            self.stepped.emit(value)
        announce(self, _("Text size {percent} %").format(percent=self._value))

    def _fit(self) -> None:
        self._words.setFixedWidth(self._theme.px(_VALUE_WIDTH))
