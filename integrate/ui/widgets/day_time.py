"""Fields for a day and for a time of day, framed like every field: typed, or stepped with arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit, QStyle, QStyleOptionSpinBox, QTimeEdit

from integrate.ui.widgets.focus_ring import set_ring

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_HEIGHT: Final = 40
_AROUND: Final = 18  # above and below the line of text together
_CHEVRON: Final = 10
_PADDING: Final = 11  # with the two pixels that a line keeps free and the frame, the 14 of every field
_STROKE: Final = 1.5


class _Framed:
    """What the two have in common. The style sheet draws their frame; it has no arrows that follow a theme."""

    def __init__(self, field: QDateTimeEdit, theme: Theme) -> None:
        self._field = field
        self._theme = theme
        set_ring(field, None)  # like every field it thickens its own border
        self.apply()

    def apply(self) -> None:
        """A style sheet keeps the line inside from following the font of the field."""
        font = self._theme.font("body")
        self._field.setFont(font)
        line = self._field.lineEdit()
        if line is not None:
            line.setFont(font)
            line.setTextMargins(_PADDING, 0, _PADDING, 0)  # beside arrows of its own the style sheet forgets these
        self._field.setMinimumHeight(max(_HEIGHT, self._theme.line("body") + _AROUND))
        self._field.update()

    def paint_arrows(self, option: QStyleOptionSpinBox) -> None:
        field = self._field
        painter = QPainter(field)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("ink2" if field.isEnabled() else "disabled"), _STROKE * self._theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for part, down in ((QStyle.SubControl.SC_SpinBoxUp, -1), (QStyle.SubControl.SC_SpinBoxDown, 1)):
            place = field.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, field)
            painter.drawPolyline(self._chevron(place, down))

    def _chevron(self, place: QRect, down: int) -> list[QPointF]:
        """Close to the middle of the field, so that the two belong together."""
        side = self._theme.px(_CHEVRON)
        middle = QPointF(place.center().x() + 0.5, self._field.height() / 2 + down * side * 0.55)
        return [middle + QPointF(across * side / 2, -down * side / 4 * (1 if across else -1)) for across in (-1, 0, 1)]


class DayEdit(QDateEdit):
    """A day."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._framed = _Framed(self, theme)
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take font and height from the theme in force."""
        self._framed.apply()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page over it must not change the answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrows into the frame."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        self._framed.paint_arrows(option)


class TimeEdit(QTimeEdit):
    """A time of day in whole minutes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._framed = _Framed(self, theme)
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take font and height from the theme in force."""
        self._framed.apply()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page over it must not change the answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrows into the frame."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        self._framed.paint_arrows(option)
