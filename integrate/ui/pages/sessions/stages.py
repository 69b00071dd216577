"""The three stages of a session: side by side, one at a time, or one below the other; those not open are one line."""

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
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.card import Card, Divider
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.glyphs import paint_phase, phase_word
from integrate.ui.widgets.paint import RADIUS_CARD, control_height, leading, mirrored, picture, stroke, trailing

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_SIDE: Final = 20
_GLYPH: Final = 14
_CHEVRON: Final = 16
_GAP: Final = 8
_OPEN: Final = 3  # an open column is half as wide again as a folded one, whose line has to fit
_FOLDED: Final = 2
_COLUMNS: Final = 5  # three stages with a line between them


class StageHead(PaintedButton):
    """The head of a stage: glyph, word, and one line about it. It opens the stage, or folds it."""

    def __init__(self, theme: Theme, phase: Phase) -> None:
        super().__init__(theme, "")
        self.phase = phase
        self._caption = ""
        self._open = False
        self._foldable = True
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

    def set_open(self, is_open: bool, *, foldable: bool) -> None:
        """Show whether the stage is open; where one of them always is, it cannot be folded."""
        self._open, self._foldable = is_open, foldable
        self._name()

    def set_corners(self, *corners: str) -> None:
        """Which of its corners are those of the card."""
        self._corners = frozenset(corners)
        self.update()

    def _name(self) -> None:
        word = phase_word(self.phase)
        self.setAccessibleName(f"{word}, {self._caption}" if self._caption else word)
        state = _("shown") if self._open else _("not shown")
        self.setAccessibleDescription((_("open") if self._open else _("folded")) if self._foldable else state)
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
        shown = self._open or self._foldable
        painter.fillPath(self._shape(), theme.color(f"{self.phase}tint" if shown else "sunken"))
        if self.hovered() or self.isDown():
            shade = theme.color("ink1")
            shade.setAlphaF(0.10 if self.isDown() else 0.05)
            painter.fillPath(self._shape(), shade)
        height, token = self.height(), str(self.phase) if shown else "ink2"
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
    """Three stages on one card. In a wide window they are columns, in a medium one of them is shown, else a list.

    At any width the current one is open first, and the others are a line each. ``opening`` brings one that is to open.
    """

    opening = Signal(object)  # Phase

    def __init__(self, theme: Theme, bodies: Mapping[Phase, QWidget]) -> None:
        super().__init__(theme)
        self.heads = {phase: StageHead(theme, phase) for phase in Phase}
        self._bodies: dict[Phase, QWidget] = {}
        self._open: set[Phase] = {Phase.PREPARE}
        self._shown = Phase.PREPARE  # the one of a medium window
        self._width = WidthClass.WIDE
        self._lines = (Divider(theme, vertical=True), Divider(theme, vertical=True))
        self._grid = QGridLayout(self)
        self._grid.setSpacing(0)
        for phase in Phase:
            body = QWidget()
            inside = QVBoxLayout(body)
            inside.setContentsMargins(_SIDE, 16, _SIDE, 20)
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

    def open_only(self, phase: Phase) -> None:
        """Open one stage, and fold the others to their line."""
        self._open = {phase}
        self._shown = phase
        self._lay_out()

    def is_open(self, phase: Phase) -> bool:
        """Whether what is in it can be seen."""
        return phase is self._shown if self._width is WidthClass.MEDIUM else phase in self._open

    def set_width_class(self, width: WidthClass) -> None:
        """Columns, one at a time, or a list."""
        if width is not self._width:
            self._width = width
            self._lay_out()

    def _pressed(self, phase: Phase, _checked: bool = False) -> None:
        if not self.is_open(phase):
            self.opening.emit(phase)
        if self._width is WidthClass.MEDIUM:
            self._shown = phase
            self._open.add(phase)
        elif phase in self._open:
            self._open.discard(phase)
        else:
            self._open.add(phase)
            self._shown = phase
        self._lay_out()

    def _lay_out(self) -> None:
        grid, wide, narrow = self._grid, self._width is WidthClass.WIDE, self._width is WidthClass.NARROW
        for line in self._lines:
            grid.removeWidget(line)
            line.setVisible(False)
        for place, phase in enumerate(Phase):
            head, body = self.heads[phase], self._bodies[phase]
            grid.removeWidget(head)
            grid.removeWidget(body)
            if narrow:
                grid.addWidget(head, 2 * place, 0, 1, _COLUMNS)
                grid.addWidget(body, 2 * place + 1, 0, 1, _COLUMNS)
            elif wide:
                grid.addWidget(head, 0, 2 * place)
                grid.addWidget(body, 1, 2 * place)
            else:
                grid.addWidget(head, 0, 2 * place)
                grid.addWidget(body, 1, 0, 1, _COLUMNS)
            head.set_open(self.is_open(phase), foldable=wide or narrow)
            body.setVisible(self.is_open(phase))
        for place, line in enumerate(self._lines):
            if wide:
                grid.addWidget(line, 0, 2 * place + 1, 2, 1)
                line.setVisible(True)
        self._stretch(wide=wide)
        self._round(narrow=narrow)

    def _stretch(self, *, wide: bool) -> None:
        for place, phase in enumerate(Phase):
            stretch = _OPEN if wide and self.is_open(phase) else _FOLDED
            self._grid.setColumnStretch(2 * place, stretch)
        self._grid.setRowStretch(1, 1 if wide else 0)

    def _round(self, *, narrow: bool) -> None:
        first, *_between, last = Phase
        empty = not any(self.is_open(phase) for phase in Phase)
        for phase, head in self.heads.items():
            if narrow:
                above = ("top start", "top end") if phase is first else ()
                below = ("bottom start", "bottom end") if phase is last and not self.is_open(phase) else ()
                head.set_corners(*above, *below)
                continue
            corners = {first: "start", last: "end"}.get(phase)
            across = (corners,) if corners else ()
            head.set_corners(*(f"top {side}" for side in across), *(f"bottom {side}" for side in across if empty))
