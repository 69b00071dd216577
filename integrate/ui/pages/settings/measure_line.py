"""One measure in Settings: what it is, whether it is asked, and its place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.domain.measures import HOW_OFTEN_WORDS, MeasureKind
from integrate.i18n import _
from integrate.ui.widgets.buttons import Button, IconButton
from integrate.ui.widgets.card import Divider
from integrate.ui.widgets.switch import Switch
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

    from integrate.domain.measures import Measure
    from integrate.ui.theme.theme import Theme

_STACKED_BELOW: Final = 420  # pixels at 100 %: narrower lines put what can be pressed below the words


class MeasureLine(QWidget):
    """``up`` and ``down``: whether it can be moved so. Its signals bring the measure."""

    switched = Signal(object, bool)
    moved = Signal(object, int)
    change_wanted = Signal(object)

    def __init__(self, theme: Theme, measure: Measure, *, up: bool, down: bool, may_write: bool) -> None:
        super().__init__()
        self._theme = theme
        self.measure = measure
        name = measure.name
        self.up = IconButton(theme, "chevron-up", _("Move “{measure}” up").format(measure=name))
        self.down = IconButton(theme, "chevron-down", _("Move “{measure}” down").format(measure=name))
        self.change = Button(theme, _("Change…"), "quiet", small=True)
        self.change.setAccessibleName(_("Change “{measure}”").format(measure=name))
        self.switch = Switch(theme, _("Ask “{measure}”").format(measure=name))
        self.switch.setChecked(measure.in_use)
        for button, shown in ((self.up, up), (self.down, down)):
            button.setVisible(False)
            button.setEnabled(shown and may_write)
        self.change.setEnabled(may_write)
        self.switch.setEnabled(may_write)
        self._lay_out(up or down)
        self.up.clicked.connect(partial(self._move, -1))
        self.down.clicked.connect(partial(self._move, 1))
        self.change.clicked.connect(self._change)
        self.switch.clicked.connect(self._switch)

    def _lay_out(self, ordered: bool) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self._theme, self.measure.name))
        words.addWidget(Text(self._theme, measure_words(self.measure), "caption", "ink2"))
        acts = QHBoxLayout()
        acts.setSpacing(4)
        for part in (self.up, self.down, self.change, self.switch):
            acts.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        acts.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 10, 0, 10)
        self._row.setSpacing(16)
        self._row.addLayout(words, 1)
        self._row.addLayout(acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(Divider(self._theme))
        self.up.setVisible(ordered)
        self.down.setVisible(ordered)

    def held(self) -> str:
        """Which of its controls has the focus: "up", "down", "change", "switch", or ""."""
        return next((name for name, control in self._controls() if control.hasFocus()), "")

    def hold(self, name: str) -> None:
        """Give the focus to that control; at the end of the list to the other arrow, else to the switch."""
        controls = dict(self._controls())
        wanted = (name, "down" if name == "up" else "up") if name in ("up", "down") else (name,)
        for one in (*wanted, "switch"):
            if controls[one].isEnabled() and controls[one].isVisibleTo(self):
                controls[one].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _controls(self) -> tuple[tuple[str, QAbstractButton], ...]:
        return (("up", self.up), ("down", self.down), ("change", self.change), ("switch", self.switch))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be pressed goes below the words where both have too little room."""
        super().resizeEvent(event)
        stacked = self.width() < self._theme.px(_STACKED_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            self._row.setSpacing(4 if stacked else 16)

    def _move(self, step: int, _checked: bool = False) -> None:
        self.moved.emit(self.measure, step)

    def _change(self, _checked: bool = False) -> None:
        self.change_wanted.emit(self.measure)

    def _switch(self, on: bool) -> None:
        self.switched.emit(self.measure, on)


def measure_words(measure: Measure) -> str:
    """What a measure asks and how often: "0 low to 10 good · In each check-in"."""
    what = measure.definition
    if what.kind is MeasureKind.WORDS:
        range_words = _("Words to choose from")
    else:
        range_words = _("{lowest} {low} to {highest} {high}").format(
            lowest=what.lowest, low=what.low, highest=what.highest, high=what.high
        )
        range_words = " ".join(f"{range_words} {what.unit}".split())
    return f"{range_words} · {_(HOW_OFTEN_WORDS[measure.how_often])}"
