"""What stands behind Sitter: that it goes into somebody else's journal, then readings, side effects, when to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.room.panel import Big, Panel
from integrate.ui.pages.room.target import Target
from integrate.ui.pages.room.words import pressure_words, pulse_words
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.moments import Mark
    from integrate.ui.room_card import RoomCard
    from integrate.ui.theme.theme import Theme


class NoticePanel(Panel):
    """Said once, before a sitter writes anything. ``understood`` follows the way on."""

    understood = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, _("Sitter"))
        if name:
            words = _("What you write goes into {name}'s journal. They can read and share it.").format(name=name)
        else:
            words = _("What you write goes into this person's journal. They can read and share it.")
        self.body.addWidget(Big(theme, words, 24))
        self.go_on = Target(theme, _("Go on"), icon="check", size=20)
        self.go_on.chosen.connect(self.understood)
        self.body.addWidget(self.go_on)


class SitterPanel(Panel):
    """Four ways on, and the clock. Readings stand there as they were typed, beside nothing else."""

    pulse_wanted = Signal()
    pressure_wanted = Signal()
    effect_wanted = Signal()
    call_wanted = Signal()

    def __init__(self, theme: Theme, card: RoomCard, call: str) -> None:
        super().__init__(theme, _("Sitter"))
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self.clock = Text(theme, "", "body", "ink2")
        if card.sitter:
            # Translators: below the word "Sitter", with the sitter's name
            self.body.addWidget(Text(theme, _("for {name}").format(name=card.sitter), "body", "ink2"))
        self.body.addWidget(self.clock)
        self.pulse = Target(theme, _("Pulse"), icon="heart-pulse")
        self.pressure = Target(theme, _("Blood pressure"), icon="activity")
        self.effect = Target(theme, _("Side effect"), icon="plus")
        self.call = Target(theme, call, icon="phone", edge="help", ink="help")
        self.body.addLayout(self._grid)
        for part, asked in (
            (self.pulse, self.pulse_wanted), (self.pressure, self.pressure_wanted),
            (self.effect, self.effect_wanted), (self.call, self.call_wanted),
        ):  # fmt: skip
            part.chosen.connect(asked)

    def set_narrow(self, narrow: bool) -> None:
        """One below the other where there is little room."""
        super().set_narrow(narrow)
        parts = (self.pulse, self.pressure, self.effect, self.call)
        for part in parts:
            self._grid.removeWidget(part)
        for at, part in enumerate(parts):
            self._grid.addWidget(part, *((at, 0) if narrow else divmod(at, 2)))

    def show_readings(self, pulse: Mark | None, pressure: Mark | None) -> None:
        """The last of each that was marked in this room."""
        self.pulse.set_words(_("Pulse"), pulse_words(pulse) if pulse else "")
        self.pressure.set_words(_("Blood pressure"), pressure_words(pressure) if pressure else "")


class CardPanel(Panel):
    """Read this out: the lines that were chosen before the journal was locked, and the last readings."""

    def __init__(self, theme: Theme, card: RoomCard, started: str) -> None:
        super().__init__(theme, _("Read this out"))
        lines = [(_("Name"), card.name)] if card.name else []
        lines += card.lines
        if started:
            lines.append((_("Started"), started))
        self.is_empty = not lines
        for what, words in lines:
            self.body.addWidget(_Line(theme, what, words))
        self._pulse = Big(theme, "", 26)
        self._pressure = Big(theme, "", 26)
        self._readings = Text(theme, _("Last readings"), "body", "ink2")
        for part in (self._readings, self._pulse, self._pressure):
            self.body.addWidget(part)
            part.hide()
        if card.others:
            self.is_empty = False
            self.body.addWidget(_Line(theme, _("Other medicines"), card.others))

    def show_readings(self, pulse: Mark | None, pressure: Mark | None) -> None:
        """The last of each that was marked in this room."""
        if pulse:
            self.tell(self._pulse, _("Pulse {reading}").format(reading=pulse_words(pulse)))
        if pressure:
            self.tell(self._pressure, _("Blood pressure {reading}").format(reading=pressure_words(pressure)))
        self._readings.setVisible(bool(pulse or pressure))
        self.is_empty = self.is_empty and not (pulse or pressure)


class _Line(QWidget):
    """What it is, and it as it was typed."""

    def __init__(self, theme: Theme, what: str, words: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(theme, what, "body", "ink2"))
        column.addWidget(Big(theme, words, 26))
