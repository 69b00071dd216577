"""Tick boxes and radio buttons, painted as drawn, with words that wrap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import leading, mirrored, rounded, tick

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_BOX: Final = 20
_GAP: Final = 10
_RADIUS: Final = 6
_TARGET: Final = 28
_LONGEST: Final = 200  # what is longer is no word but a path, say: it breaks rather than widen the page; at 100 %
_FLAGS: Final = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextShowMnemonic


class _Marks:
    """What the two have in common: a mark of 20 px and words beside it."""

    def __init__(self, button: QAbstractButton, theme: Theme, token: str) -> None:
        self._button = button
        self._theme = theme
        self._token = token
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)
        button.setAttribute(Qt.WidgetAttribute.WA_Hover)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.apply()

    def apply(self) -> None:
        self._button.setFont(self._theme.font("body"))
        set_ring(self._button, _RADIUS)
        self._button.updateGeometry()
        self._button.update()

    @property
    def side(self) -> int:
        return self._theme.px(_BOX)

    def _words(self, width: int) -> QSize:
        text = self._button.text()
        if not text:
            return QSize(0, 0)
        metrics = QFontMetrics(self._button.font())
        bounds = QRect(0, 0, max(width, 1), 1 << 16)
        return metrics.boundingRect(bounds, self._flags(width), text).size()

    def _flags(self, width: int) -> int:
        """Between words, and anywhere where one word is wider than the room there is."""
        anywhere = Qt.TextFlag.TextWrapAnywhere if self._longest() > width else Qt.TextFlag(0)
        return int(_FLAGS | anywhere)

    def _longest(self) -> int:
        metrics = QFontMetrics(self._button.font())
        return max((metrics.horizontalAdvance(word) for word in self._button.text().split()), default=0)

    def _taken(self) -> int:
        return self.side + (_GAP if self._button.text() else 0)

    def size(self, width: int = 1 << 16) -> QSize:
        words = self._words(width - self._taken())
        lowest = _TARGET if self._button.text() else self.side
        return QSize(self._taken() + words.width(), max(self.side, words.height() + 6, lowest))

    def narrowest(self) -> QSize:
        longest = min(self._longest(), self._theme.px(_LONGEST))
        return QSize(self._taken() + longest, self.size().height())

    def holds(self, pos: QPoint) -> bool:
        return self._button.rect().contains(pos)

    def mark(self) -> QRectF:
        """The mark is level with the first line."""
        rect = self._button.rect()
        if self._button.text():
            top = (max(QFontMetrics(self._button.font()).height() + 6, _TARGET) - self.side) / 2
        else:
            top = (rect.height() - self.side) / 2
        place = QRect(rect.left(), round(top), self.side, self.side)
        return QRectF(mirrored(self._button.layoutDirection(), rect, place))

    def paint_words(self, painter: QPainter) -> None:
        rect = self._button.rect()
        first_line = QFontMetrics(self._button.font()).height()
        top = round(self.mark().center().y() - first_line / 2)
        room = rect.adjusted(self._taken(), top, 0, 0)
        place = mirrored(self._button.layoutDirection(), rect, room)
        painter.setPen(self._theme.color(self._token if self._button.isEnabled() else "disabled"))
        side = leading(self._button.layoutDirection())
        flags = int(side | Qt.AlignmentFlag.AlignTop) | self._flags(place.width())
        painter.drawText(place, flags, self._button.text())

    def paint_ground(self, painter: QPainter, *, filled: bool, round_mark: bool) -> QColor:
        """Draw the mark's ground; returns the colour for what is in it."""
        theme, enabled = self._theme, self._button.isEnabled()
        hovered = enabled and self._button.underMouse()
        if not enabled:
            ground, edge, inner = "sunken", "control" if theme.scheme.contrast else "hair", "disabled"
        elif filled:
            ground = "accentpress" if self._button.isDown() else "accenthover" if hovered else "accent"
            edge, inner = ground, "onaccent"
        else:
            ground = "select" if self._button.isDown() else "sunken" if hovered else "surface"
            edge, inner = "control", "control"
        rect = self.mark()
        radius = rect.width() / 2 if round_mark else _RADIUS
        width = 2.0 if theme.scheme.contrast and hovered else 1.5
        rounded(painter, rect, radius, theme.color(ground), theme.color(edge), width)
        return theme.color(inner)


class _Marked:
    """What Qt asks of both alike. It stands before Qt's class among the bases: the first answer found is the one."""

    _marks: _Marks

    def apply_theme(self) -> None:
        """Take font, sizes and colours from the theme in force."""
        self._marks.apply()

    def sizeHint(self) -> QSize:
        """Mark and words on one line."""
        return self._marks.size()

    def minimumSizeHint(self) -> QSize:
        """Mark and the longest word, as far as it is one."""
        return self._marks.narrowest()

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that ``width`` pixels need."""
        return self._marks.size(width).height()

    def hitButton(self, pos: QPoint) -> bool:
        """The words can be pressed as well."""
        return self._marks.holds(pos)


class TickBox(_Marked, QCheckBox):
    """A box to tick, with words beside it. ``circle`` is the round mark of a practice. It can also be "some"."""

    def __init__(
        self, theme: Theme, text: str, *, circle: bool = False, token: str = "ink1", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._circle = circle
        self._marks = _Marks(self, theme, token)
        theme.changed.connect(self.apply_theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark and the words."""
        painter = QPainter(self)
        state = self.checkState()
        filled = state != Qt.CheckState.Unchecked
        colour = self._marks.paint_ground(painter, filled=filled, round_mark=self._circle)
        rect, scale = self._marks.mark(), self._theme.scale
        if state == Qt.CheckState.Checked:
            inside = QRectF(0, 0, 13 * scale, 13 * scale)
            inside.moveCenter(rect.center())
            tick(painter, inside, colour, 1.5 * scale)
        elif state == Qt.CheckState.PartiallyChecked:
            inside = QRectF(0, 0, 10 * scale, 2 * scale)
            inside.moveCenter(rect.center())
            rounded(painter, inside, scale, colour)
        self._marks.paint_words(painter)


class Choice(_Marked, QRadioButton):
    """One of several: a radio button. Those with one parent belong together; arrows move between them."""

    def __init__(self, theme: Theme, text: str, *, token: str = "ink1", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._marks = _Marks(self, theme, token)
        theme.changed.connect(self.apply_theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark and the words."""
        painter = QPainter(self)
        colour = self._marks.paint_ground(painter, filled=self.isChecked(), round_mark=True)
        if self.isChecked():
            radius = 4 * self._theme.scale
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(self._marks.mark().center(), radius, radius)
        self._marks.paint_words(painter)
