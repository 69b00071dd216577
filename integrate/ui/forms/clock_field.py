"""A time of day that may stay open, small enough to stand beside another."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.choices import TickBox
from integrate.ui.widgets.day_time import TimeEdit

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_NOON: Final = time(12)


class ClockField(QWidget):
    """A box to tick, ``label``, and once it is ticked the time itself. ``about`` is what a screen reader adds."""

    changed = Signal()

    def __init__(self, theme: Theme, label: str, about: str, first: time = _NOON) -> None:
        super().__init__()
        self.box = TickBox(theme, label)
        self.box.setAccessibleName(_("{action}: {what}").format(action=label, what=about))
        self.edit = TimeEdit(theme)
        self.edit.setTime(QTime(first.hour, first.minute))
        self.edit.setAccessibleName(self.box.accessibleName())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.edit)
        self.edit.hide()
        self.box.toggled.connect(self._toggled)
        self.edit.timeChanged.connect(self._changed)

    def value(self) -> time | None:
        """The time in whole minutes, None while it is open."""
        at = self.edit.time()
        return time(at.hour(), at.minute()) if self.box.isChecked() else None

    def set_value(self, at: time | None) -> None:
        """Show a time, or that there is none."""
        if at is not None:
            self.edit.setTime(QTime(at.hour, at.minute))
        self.box.setChecked(at is not None)

    def _toggled(self, on: bool) -> None:
        self.edit.setVisible(on)
        self.changed.emit()

    def _changed(self, _time: QTime) -> None:
        self.changed.emit()
