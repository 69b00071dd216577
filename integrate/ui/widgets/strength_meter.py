"""How hard a passphrase is to guess: four segments, a word, a sentence. Never colour alone, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from integrate.ui.widgets.paint import rounded, stroke
from integrate.ui.widgets.text import Part, Text

if TYPE_CHECKING:
    from integrate.domain.strength import Strength
    from integrate.ui.theme.theme import Theme

SEGMENTS: Final = 4
_GAP: Final = 4
_HEIGHT: Final = 6


class _Segments(QWidget):
    """Four short bars, filled from the side where reading begins."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.filled = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take height and colours from the theme in force."""
        self.setFixedHeight(max(_HEIGHT, self._theme.px(_HEIGHT)))
        self.update()

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(self._theme.px(160), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segments."""
        painter = QPainter(self)
        theme = self._theme
        width = (self.width() - _GAP * (SEGMENTS - 1)) / SEGMENTS
        mirrored = self.isRightToLeft()
        for number in range(SEGMENTS):
            left = number * (width + _GAP)
            rect = QRectF(self.width() - left - width if mirrored else left, 0, width, self.height())
            full = number < self.filled
            edge = theme.color("ink1") if theme.scheme.contrast else None
            ground = theme.color("accent" if full else "select")
            rounded(painter, rect, rect.height() / 2, ground, edge, stroke(theme))


class StrengthMeter(QWidget):
    """The meter under a new passphrase. What it says is its accessible name; the assumptions are its tooltip."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments = _Segments(theme)
        self.sentence = Text(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._segments)
        column.addWidget(self.sentence)

    def filled(self) -> int:
        """How many segments are filled, 0 to 4."""
        return self._segments.filled

    def show_strength(self, strength: Strength) -> None:
        """Show what was found about a passphrase."""
        word = f"{strength.word}." if strength.word and not strength.word.endswith(".") else strength.word
        parts: list[Part] = [(f"{word} ", True, None)] if word else []
        parts.append((strength.before, False, "ink2"))
        if strength.cost:
            parts.append((strength.cost, True, None))
        parts.append((strength.after, False, "ink2"))
        self._show(strength.segments, parts, strength.assumptions)

    def clear(self) -> None:
        """Show nothing: no passphrase was typed yet."""
        self._show(0, (), "")

    def _show(self, segments: int, parts: Sequence[Part], assumptions: str) -> None:
        self._segments.filled = segments
        self._segments.update()
        self.sentence.set_parts(parts)
        self.sentence.setToolTip(assumptions)
        self.setToolTip(assumptions)
        self.setAccessibleName(self.sentence.words())
        self.setAccessibleDescription(assumptions)
