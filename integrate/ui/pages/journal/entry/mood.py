"""The mood at the time: a chip, and a scale in its popover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from integrate.i18n import _
from integrate.ui.pages.journal.entry.chips import PopoverChip
from integrate.ui.pages.journal.entry.popover import Popover
from integrate.ui.pages.journal.entry.words import mood_words
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.scale import ScaleInput

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class MoodChip(PopoverChip):
    """Says the mood; ``chosen`` brings another one, None for "not set"."""

    chosen = Signal(object)  # int | None

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self.popover = Popover(theme, self, _("Mood then"))
        self.scale = ScaleInput(theme, _("Mood then"), _("low"), _("good"))
        self.clear_button = Button(theme, _("Not set"), "quiet_neutral", small=True)
        self.popover.body.addWidget(self.scale)
        self.popover.body.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.scale.answered.connect(self._answered)
        self.clear_button.clicked.connect(self._clear)
        self.clicked.connect(self._open)
        self.set_mood(None)

    def set_mood(self, mood: int | None) -> None:
        """Show a mood without telling."""
        self.scale.set_value(mood)
        self._say(mood)

    def _say(self, mood: int | None) -> None:
        self.set_text(mood_words(mood), mood_words(mood) if mood is not None else _("Mood then: not set"))

    def _open(self) -> None:
        self.popover.open(self.scale)

    def _answered(self, mood: int | None) -> None:
        self._say(mood)
        self.chosen.emit(mood)

    def _clear(self) -> None:
        self.set_mood(None)
        self.chosen.emit(None)
        self.popover.done()
