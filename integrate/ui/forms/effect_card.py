"""One side effect: how strong it was and, where there was any, from when to when and who was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrate.domain.logs import ALL_EFFECTS, LONGEST_LINE, EffectLine
from integrate.domain.moments import STRENGTH_WORDS, Strength
from integrate.domain.questionnaires import Item, Option
from integrate.i18n import _
from integrate.ui.forms.clock_field import ClockField
from integrate.ui.forms.item_card import ItemCard
from integrate.ui.widgets.fields import LineField
from integrate.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

BLOOD_PRESSURE: Final = "blood-pressure"


class EffectCard(ItemCard):
    """``changed`` tells of an answer, ``typed`` of letters and times."""

    changed = Signal()
    typed = Signal()

    def __init__(self, theme: Theme, effect: str) -> None:
        options = tuple(Option(str(one), _(STRENGTH_WORDS[one]), None, "") for one in Strength)
        name = _(ALL_EFFECTS[effect]) if effect in ALL_EFFECTS else effect
        super().__init__(theme, Item(effect, name, "", "", options), name)
        self.effect = effect
        # Made now, though often not seen: Tab goes by when a thing was made.
        self.details = EffectDetails(theme, name, reading=effect == BLOOD_PRESSURE)
        self.details.hide()
        self.details.changed.connect(self.typed)
        self.below.addWidget(self.details)
        self.answered.connect(self._told)

    def show_line(self, line: EffectLine) -> None:
        """Show what was noted."""
        self.set_answer(str(line.strength))
        self._follow()
        self.details.show_line(line)

    def line(self) -> EffectLine | None:
        """What is noted, None where nothing was said of it.

        Raises:
            WrongUsage: a text is too long.
        """
        answer = self.answer()
        if answer is None:
            return None
        strength = Strength(answer)
        if strength is Strength.NONE:
            return EffectLine(self.effect, strength)
        return self.details.line(self.effect, strength)

    def _told(self, _code: str | None) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        self.details.setVisible(self.answer() not in (None, str(Strength.NONE)))


class EffectDetails(QWidget):
    """All of it can stay empty. A reading is kept as it was typed and compared with nothing."""

    changed = Signal()

    def __init__(self, theme: Theme, name: str, *, reading: bool) -> None:
        super().__init__()
        self.began = ClockField(theme, _("From"), name)
        self.ended = ClockField(theme, _("To"), name)
        self.told = LineField(theme, _("Whom I told, if anyone"))
        self.reading = LineField(theme, _("A reading, if there was one"))
        self.told.edit.setAccessibleName(_("{action}: {what}").format(action=_("Whom I told, if anyone"), what=name))
        times = QWidget()
        row = FlowLayout(times, gap=24, line_gap=6)
        row.addWidget(self.began)
        row.addWidget(self.ended)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(10)
        column.addWidget(times)
        column.addWidget(self.told)
        column.addWidget(self.reading)
        self.reading.setVisible(reading)
        for field in (self.told, self.reading):
            field.edit.setMaxLength(LONGEST_LINE)
            field.edit.textEdited.connect(self._typed)
        for clock in (self.began, self.ended):
            clock.changed.connect(self.changed)

    def show_line(self, line: EffectLine) -> None:
        """Show what was noted."""
        self.began.set_value(line.began)
        self.ended.set_value(line.ended)
        self.told.edit.setText(line.told)
        self.reading.edit.setText(line.reading)

    def line(self, effect: str, strength: Strength) -> EffectLine:
        """What is noted.

        Raises:
            WrongUsage: a text is too long.
        """
        return EffectLine(
            effect, strength, self.began.value(), self.ended.value(), self.told.text().strip(),
            self.reading.text().strip(),
        )  # fmt: skip

    def _typed(self, _text: str) -> None:
        self.changed.emit()
