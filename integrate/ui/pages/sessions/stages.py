"""The three stages of a session, one below the other; those not open are a line, and open ones may be side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from integrate.domain.entry import Phase
from integrate.i18n import _
from integrate.ui.layout import WidthClass
from integrate.ui.pages.sessions.parts import in_reading_order
from integrate.ui.pages.sessions.rows import PADDING
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.glyphs import paint_phase, phase_word
from integrate.ui.widgets.paint import RADIUS_CARD, control_height, leading, mirrored, picture, stroke, trailing

if TYPE_CHECKING:
    from integrate.ui.pages.sessions.sections import StageBody
    from integrate.ui.theme.theme import Theme

_SIDE: Final = 20
_GLYPH: Final = 14
_CHEVRON: Final = 16
_GAP: Final = 8
_COLUMNS: Final = 5  # three stages with a line between them
_ROWS: Final = 2 * len(Phase)


class StageHead(PaintedButton):
    """The head of a stage: glyph, word, and one line about it. It opens the stage, or folds it."""

    def __init__(self, theme: Theme, phase: Phase) -> None:
        super().__init__(theme, "")
        self.phase = phase
        self._caption = ""
        self._open = False
        self._corners: frozenset[str] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_ring(self, None)  # it lies at the edge of the card: its ring is inside
        self.apply_theme()
        self._name()

    def label_font(self) -> QFont:
        """15 px, semibold."""
        return self.theme.font("bodyStrong")

    def set_caption(self, caption: str) -> None:
        """Say something about the stage."""
        self._caption = caption
        self._name()

    def caption(self) -> str:
        """What it says."""
        return self._caption

    def set_open(self, is_open: bool) -> None:
        """Show whether the stage is open."""
        self._open = is_open
        self._name()

    def set_corners(self, *corners: str) -> None:
        """Which of its corners are those of the card."""
        self._corners = frozenset(corners)
        self.update()

    def _name(self) -> None:
        word = phase_word(self.phase)
        self.setAccessibleName(f"{word}, {self._caption}" if self._caption else word)
        self.setAccessibleDescription(_("open") if self._open else _("folded"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """44 px high; glyph, word and as much of the line as there is room for."""
        return QSize(self._before() + self._word_width() + self._after(), control_height(self.theme, 44))

    def _before(self) -> int:
        return _SIDE + self.theme.px(_GLYPH) + _GAP

    def _after(self) -> int:
        return _GAP + self.theme.px(_CHEVRON) + 12

    def _word_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(phase_word(self.phase)) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, glyph, words and the sign that it opens."""
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._shape(), theme.color(f"{self.phase}tint"))
        if self.hovered() or self.isDown():
            shade = theme.color("ink1")
            shade.setAlphaF(0.10 if self.isDown() else 0.05)
            painter.fillPath(self._shape(), shade)
        height, token = self.height(), str(self.phase)
        side = theme.px(_GLYPH)
        glyph = QRect(_SIDE, (height - side) // 2, side, side)
        paint_phase(painter, QRectF(self._turned(glyph)), str(self.phase), theme)
        word_width = self._word_width()
        word = QRect(self._before(), 0, word_width, height)
        self._paint_words(painter, word, phase_word(self.phase), self.font(), token)
        chevron = theme.px(_CHEVRON)
        sign = QRect(self.width() - 12 - chevron, 0, chevron, height)
        name = "chevron-down" if self._open else "chevron-left" if self.isRightToLeft() else "chevron-right"
        picture(painter, self._turned(sign), theme.pixmap(name, token, _CHEVRON))
        left = word.right() + 1 + 12
        rest = QRect(left, 0, sign.left() - _GAP - left, height)
        self._paint_words(painter, rest, self._caption, theme.font("caption"), token, end=True)
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for inset in (2.0, 3.0):
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)

    def _paint_words(
        self, painter: QPainter, place: QRect, words: str, font: QFont, token: str, *, end: bool = False
    ) -> None:
        if place.width() <= 0:
            return
        painter.setFont(font)
        painter.setPen(self.theme.color(token))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        side = trailing(self.layoutDirection()) if end else leading(self.layoutDirection())
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | Qt.TextFlag.TextSingleLine
        painter.drawText(self._turned(place), flags, shown)

    def _turned(self, place: QRect) -> QRect:
        return mirrored(self.layoutDirection(), self.rect(), place)

    def _shape(self) -> QPainterPath:
        """Its rectangle, with the corners of the card where it lies in one."""
        path, rect, radius = QPainterPath(), QRectF(self.rect()), RADIUS_CARD - 1
        path.addRoundedRect(rect, radius, radius)
        path.setFillRule(Qt.FillRule.WindingFill)
        places = {"start": rect.left(), "end": rect.right() - radius}
        if self.isRightToLeft():
            places = {"start": places["end"], "end": places["start"]}
        for across, x in places.items():
            for down, y in (("top", rect.top()), ("bottom", rect.bottom() - radius)):
                if f"{down} {across}" not in self._corners:
                    path.addRect(QRectF(x, y, radius, radius))
        return path


class Stages(Card):
    """Three stages on one card, each a line or open below its line.

    In a wide window two or three that are open stand side by side, and one that is open alone has two columns.
    ``opening`` brings one that is to open; ``arranged`` follows when others are open, or stand elsewhere;
    ``pressed`` follows when a person opened or folded one.
    """

    opening = Signal(object)  # Phase
    arranged = Signal()
    pressed = Signal()

    def __init__(self, theme: Theme, bodies: Mapping[Phase, StageBody]) -> None:
        super().__init__(theme)
        self.heads = {phase: StageHead(theme, phase) for phase in Phase}
        self._bodies: dict[Phase, QWidget] = {}
        self._inner = bodies
        self._open: set[Phase] = {Phase.PREPARE}
        self._width = WidthClass.WIDE
        self._lines = (Divider(theme, vertical=True), Divider(theme, vertical=True))
        self._grid = QGridLayout(self)
        self._grid.setSpacing(0)
        for phase in Phase:
            body = QWidget()
            inside = QVBoxLayout(body)
            inside.setContentsMargins(_SIDE - PADDING, 15, _SIDE - PADDING, 20)
            inside.addWidget(bodies[phase])
            self._bodies[phase] = body
            self.heads[phase].clicked.connect(partial(self._pressed, phase))
        self._lay_out()
        self._inset()
        theme.changed.connect(self._inset)

    def _inset(self) -> None:
        """The heads lie inside the edge of the card."""
        edge = math.ceil(stroke(self._theme))
        self._grid.setContentsMargins(edge, edge, edge, edge)

    def open_only(self, *phases: Phase) -> None:
        """Open these stages, and fold the others to their line."""
        for phase in phases:
            self.opening.emit(phase)
        self._open = set(phases)
        self._lay_out()

    def is_open(self, phase: Phase) -> bool:
        """Whether what is in it can be seen."""
        return phase in self._open

    def are_all_open(self) -> bool:
        """Whether none is only a line."""
        return len(self._open) == len(Phase)

    def are_beside(self) -> bool:
        """Whether the open ones stand side by side."""
        return self._width is WidthClass.WIDE and len(self._open) > 1

    def in_order(self) -> list[Phase]:
        """The stages as one reads them: those side by side first, then a line that lies below them."""
        if not self.are_beside():
            return list(Phase)
        above, beside, below = self._groups()
        return [*above, *beside, *below]

    def inside(self, phase: Phase) -> QWidget:
        """What is in a stage."""
        return self._inner[phase]

    def set_width_class(self, width: WidthClass) -> None:
        """Side by side where there is room, else a list."""
        if width is not self._width:
            self._width = width
            self._lay_out()

    def _pressed(self, phase: Phase, _checked: bool = False) -> None:
        if phase in self._open:
            self._open.discard(phase)
        else:
            self.opening.emit(phase)
            self._open.add(phase)
        self._lay_out()
        self.pressed.emit()

    def _groups(self) -> tuple[list[Phase], list[Phase], list[Phase]]:
        """Side by side: the lines above the columns, the columns, and the lines below them."""
        phases = list(Phase)
        first = next(place for place, phase in enumerate(phases) if phase in self._open)
        rest = phases[first:]
        return (
            phases[:first],
            [one for one in rest if one in self._open],
            [one for one in rest if one not in self._open],
        )

    def _lay_out(self) -> None:
        grid = self._grid
        for part in (*self._lines, *self.heads.values(), *self._bodies.values()):
            grid.removeWidget(part)
        for line in self._lines:
            line.hide()
        for number in range(_COLUMNS):
            grid.setColumnStretch(number, 0)
        for number in range(_ROWS):
            grid.setRowStretch(number, 0)
        if self.are_beside():
            self._lay_beside()
        else:
            self._lay_below()
        for phase in Phase:
            is_open = self.is_open(phase)
            alone = self._width is WidthClass.WIDE and self._open == {phase}
            self._inner[phase].set_beside(alone)
            self.heads[phase].set_open(is_open)
            self._bodies[phase].setVisible(is_open)
        in_reading_order(self)
        self.arranged.emit()

    def _lay_below(self) -> None:
        first, *_between, last = Phase
        self._grid.setColumnStretch(0, 1)
        for place, phase in enumerate(Phase):
            head = self.heads[phase]
            self._grid.addWidget(head, 2 * place, 0, 1, _COLUMNS)
            self._grid.addWidget(self._bodies[phase], 2 * place + 1, 0, 1, _COLUMNS)
            above = ("top start", "top end") if phase is first else ()
            below = ("bottom start", "bottom end") if phase is last and not self.is_open(phase) else ()
            head.set_corners(*above, *below)

    def _lay_beside(self) -> None:
        above, beside, below = self._groups()
        row = len(above)
        for place, phase in enumerate(above):
            self._grid.addWidget(self.heads[phase], place, 0, 1, _COLUMNS)
            self.heads[phase].set_corners(*(("top start", "top end") if place == 0 else ()))
        for place, phase in enumerate(beside):
            span = _COLUMNS - 2 * place if phase is beside[-1] else 1
            self._grid.addWidget(self.heads[phase], row, 2 * place, 1, span)
            self._grid.addWidget(self._bodies[phase], row + 1, 2 * place, 1, span)
            self._grid.setColumnStretch(2 * place, 1)
            corners = [corner for corner, at in (("top start", 0), ("top end", len(beside) - 1)) if at == place]
            self.heads[phase].set_corners(*(corners if not above else ()))
        for place, line in zip(range(len(beside) - 1), self._lines, strict=False):
            self._grid.addWidget(line, row, 2 * place + 1, 2, 1)
            line.show()
        self._grid.setRowStretch(row + 1, 1)
        for place, phase in enumerate(below):
            self._grid.addWidget(self.heads[phase], row + 2 + place, 0, 1, _COLUMNS)
            corners = ["bottom start", "bottom end"] if phase is below[-1] else []
            self.heads[phase].set_corners(*corners)
        for phase in (*above, *below):
            self._grid.addWidget(self._bodies[phase], _ROWS, 0)  # hidden: it only keeps its place here
