"""A row of choices of which one is on, in one frame: the range of a chart, the stage of a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.paint import RADIUS_CONTROL, control_height, rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_HEIGHT: Final = 40
_PADDING: Final = 14
_INSET: Final = 2.0


class Segment(PaintedButton):
    """One of the choices. Arrows move between them."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme, text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.apply_theme)  # the one that is on is stronger
        self.apply_theme()

    def label_font(self) -> QFont:
        """14 px, stronger while it is on."""
        weight = (700 if self.theme.scheme.contrast else 600) if self.isChecked() else 500
        return self.theme.sized_font("ui", 14, weight)

    def sizeHint(self) -> QSize:
        """Its words and the padding."""
        return QSize(self.text_width() + 2 * _PADDING, control_height(self.theme, _HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of what is on, and the words."""
        painter = QPainter(self)
        theme, on = self.theme, self.isChecked()
        ground = "select" if on or self.isDown() else "sunken" if self.hovered() else ""
        if ground:
            inside = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
            edge = theme.color("ink1") if theme.scheme.contrast and on else None
            rounded(painter, inside, RADIUS_CONTROL - _INSET, theme.color(ground), edge, 2.0)
        painter.setPen(theme.color("ink1" if on else "ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | self.text_flags(), self.text())


class Segmented(QWidget):
    """Choices side by side, as (value, words). ``chosen`` follows a choice of the person."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[object, str]], value: object) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._values = tuple(found for found, _words in options)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (_value, words) in enumerate(options):
            segment = Segment(theme, words)
            self._group.addButton(segment, place)
            row.addWidget(segment)
        self.set_value(value)
        self._group.idToggled.connect(self._toggled)  # arrows choose without a click
        theme.changed.connect(self.update)

    def segments(self) -> tuple[Segment, ...]:
        """The choices in their order."""
        return tuple(button for button in self._group.buttons() if isinstance(button, Segment))

    def value(self) -> object:
        """The value that is on."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: object) -> None:
        """Let ``value`` be on, without telling."""
        before = self._group.blockSignals(True)
        chosen = self._group.button(self._values.index(value))
        chosen.setChecked(True)
        self._group.blockSignals(before)
        for segment in self.segments():  # Tab stops at the one that is on; Qt sees to it only once it was there
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if segment is chosen else Qt.FocusPolicy.ClickFocus)

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.chosen.emit(self._values[place])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        theme = self._theme
        rect, edge = QRectF(self.rect()), theme.color("line")
        rounded(QPainter(self), rect, RADIUS_CONTROL, theme.color("surface"), edge, stroke(theme))
