"""The shapes that carry meaning: a ring prepares, a disc experiences, a ring with a dot integrates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_GRID = 16  # the shapes are drawn on sixteen units


def phase_word(phase: str) -> str:
    """The word for a phase, which always stands beside its glyph."""
    match phase:
        case "prepare":
            return _("Prepare")
        case "experience":
            return _("Experience")
        case _other:
            return _("Integrate")


def paint_glyph(painter: QPainter, rect: QRectF, phase: str, colour: QColor) -> None:
    """The shape of ``phase`` in ``rect`` (a square), in any colour."""
    unit = rect.width() / _GRID
    centre = rect.center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    disc, outline = _shapes(phase)
    if outline is not None:
        radius, width = outline
        painter.setPen(QPen(colour, width * unit))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius * unit, radius * unit)
    if disc is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, disc * unit, disc * unit)
    painter.restore()


def _shapes(phase: str) -> tuple[float | None, tuple[float, float] | None]:
    """The radius of the disc, and radius and stroke of the ring."""
    match phase:
        case "prepare":
            return None, (5.9, 2.2)
        case "experience":
            return 7.0, None
        case _other:
            return 2.7, (6.2, 1.7)


def paint_phase(painter: QPainter, rect: QRectF, phase: str, theme: Theme) -> None:
    """The glyph of ``phase`` in its mark colour."""
    paint_glyph(painter, rect, phase, theme.color(f"{phase}mark"))


class PhaseGlyph(QWidget):
    """The glyph alone, ``size`` pixels at 100 %; ``token`` is another colour than that of the phase's mark."""

    def __init__(
        self, theme: Theme, phase: str, size: int = 12, *, token: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = phase
        self._size = size
        self._token = token
        self.set_phase(phase)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def set_phase(self, phase: str) -> None:
        """Show another phase."""
        self._phase = phase
        self.setAccessibleName(phase_word(phase))
        self.update()

    def apply_theme(self) -> None:
        """Take size and colour from the theme in force."""
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        colour = self._theme.color(self._token or f"{self._phase}mark")
        paint_glyph(QPainter(self), QRectF(self.rect()), self._phase, colour)


class BrandMark(QWidget):
    """The mark of the program, ``size`` pixels at 100 %: a ring with a dot in the accent."""

    def __init__(self, theme: Theme, size: int = 22, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take size and colour from the theme in force."""
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        paint_glyph(QPainter(self), QRectF(self.rect()), "integrate", self._theme.color("accent"))


class Brand(QWidget):
    """The mark and the name of the program beside it."""

    def __init__(self, theme: Theme, size: int = 22, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = BrandWord(theme, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(BrandMark(theme, size, parent=self))
        row.addWidget(self._word)
        row.addStretch(1)


class BrandWord(Text):
    """The name in Literata, 19 px."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, "integrate", wrap=False, parent=parent)

    def own_font(self) -> QFont:
        """No type role is 19 px."""
        return self._theme.sized_font("page", 19, 500)

    def line_height(self) -> int:
        """28 px at 100 %: in fewer the tail of the g is cut."""
        return self._theme.px(28)
