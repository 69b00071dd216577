"""The scale: a dot for each step, from 0 to 10 unless told otherwise, one value or none, and nothing that judges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from integrate.i18n import _
from integrate.ui.widgets.digits import type_digit
from integrate.ui.widgets.focus_ring import is_by_keyboard, set_ring
from integrate.ui.widgets.paint import leading, mirrored, rounded, trailing

if TYPE_CHECKING:
    from integrate.ui.theme.look import Look
    from integrate.ui.theme.theme import Theme

HIGHEST: Final = 10
MOST_DOTS: Final = HIGHEST + 1
"""A longer range is no row of dots: no finger would find one of them."""

TWO_DIGITS_WITHIN: Final = 600
"""Milliseconds in which a second digit goes with the first, so that a 0 after a 1 makes it 10."""

_PITCH: Final = 29
_NARROWEST_PITCH: Final = 24
_WIDEST_PITCH: Final = 40  # where the dots have a line of their own
_DOT: Final = 6.25
_DISC: Final = 13
_RING: Final = 16
_TRACK: Final = 36
_NAME: Final = 62
_ONE_LINE: Final = 90  # pixels of a name that stay on one line
_LONGEST_NAME: Final = 200  # pixels; what is longer is shortened, and told whole beside the pointer
_END: Final = 62
_LONGEST_END: Final = 130
_GAP: Final = 8
_LONG: Final = 18  # characters that may not fit
_WIDE_VALUE: Final = 2  # characters; a longer number is written smaller
_CLEARING: Final = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_FORWARD: Final = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus})
_BACK: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Minus})


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a scale lie, from left to right; ``pitch`` is the distance of two dots."""

    name: QRect
    low: QRect
    dots: QRect
    high: QRect
    value: QRect
    pitch: float
    height: int


class ScaleInput(QSlider):
    """A row: ``name``, the word for its lowest, the dots, the word for its highest, the value. "Not set" is a state.

    It goes from ``lowest`` to ``highest``, both whole, in at most :data:`MOST_DOTS` steps; fewer stand farther apart.
    ``answered`` brings the value a person chose, None where it was cleared. ``keyboard_focus`` says whether the hint
    about keys should show. Where there is little room, name and value stand above the dots and the words below.
    """

    answered = Signal(object)
    keyboard_focus = Signal(bool)

    def __init__(
        self, theme: Theme, name: str, low: str, high: str, *, lowest: int = 0, highest: int = HIGHEST,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        if not lowest < highest < lowest + MOST_DOTS:
            raise ValueError("a scale has two to eleven dots")
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._name = name
        self._low = low
        self._high = high
        self._lowest = lowest
        self._highest = highest
        self._value: int | None = None
        self._typed = ""
        self._by_keyboard = False
        self._setting = False
        self._columns = (0, 0, 0)
        self._measured: tuple[Look, tuple[int, int, int]] | None = None
        self._after_one = QTimer(self)
        self._after_one.setSingleShot(True)
        self._after_one.setInterval(TWO_DIGITS_WITHIN)
        self.setRange(lowest, highest)
        self.setSingleStep(1)
        self.setPageStep(2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_ring(self, None)
        words = _("{name}, {lowest} {low} to {highest} {high}")
        words = words.format(name=name, lowest=lowest, low=low, highest=highest, high=high)
        words = " ".join(words.split())  # a measure of one's own may have no words at its ends
        self.setAccessibleName(words)
        self.setToolTip(words if max(len(name), len(low), len(high)) > _LONG else "")
        self.valueChanged.connect(self._moved_by_other_means)
        self._describe()
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    # --- value --------------------------------------------------------------------------------------------------------

    def value_or_none(self) -> int | None:
        """A number of its range, or None for "not set"."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a value without telling; None is "not set".

        Raises:
            ValueError: it is not in the range.
        """
        if value is not None and not self._lowest <= value <= self._highest:
            raise ValueError(f"this scale goes from {self._lowest} to {self._highest}")
        self._setting = True
        self._value = value
        self.setValue(self._lowest if value is None else value)
        self._setting = False
        self._describe()
        self.update()

    def _answer(self, value: int | None) -> None:
        if value != self._value:
            self.set_value(value)
            self.answered.emit(value)

    def _moved_by_other_means(self, value: int) -> None:
        # A screen reader may set the slider; that is an answer too.
        if not self._setting:
            self._value = value
            self._describe()
            self.update()
            self.answered.emit(value)

    def value_words(self) -> str:
        """The value in words: "Not set", "6 of 10"."""
        return _("Not set") if self._value is None else self._said(self._value)

    def _said(self, value: int) -> str:
        if self._lowest < 0:  # "−2 of 5" would be read as a part of something
            return str(value)
        return _("{value} of {highest}").format(value=value, highest=self._highest)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.value_words())

    def shows_hint(self) -> bool:
        """Whether the keyboard brought the focus here."""
        return self.hasFocus() and self._by_keyboard

    # --- keyboard and pointer -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, digits, Home, End, Backspace; everything else is somebody else's."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if held or not self._act(key):
            event.ignore()
            return
        if not self._by_keyboard:
            self._set_by_keyboard(True)
        event.accept()

    def _act(self, key: Qt.Key) -> bool:
        digit = key - Qt.Key.Key_0
        if 0 <= digit <= 9:
            self._type(digit)
            return True
        self._after_one.stop()
        if key in _FORWARD or key in _BACK:
            step = 1 if key in _FORWARD else -1
            if self.isRightToLeft() and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                step = -step
            self._step(step)
        elif key == Qt.Key.Key_Home:
            self._answer(self._lowest)
        elif key == Qt.Key.Key_End:
            self._answer(self._highest)
        elif key in _CLEARING:
            self._answer(None)
        else:
            return False
        return True

    def _type(self, digit: int) -> None:
        """A digit, or with the one before it a number of two; what cannot become a number of the range does nothing."""
        before = self._typed if self._after_one.isActive() else ""
        self._typed, number, waits = type_digit(before, digit, self._lowest, self._highest)
        if number is not None:
            self._answer(number)
        if waits:
            self._after_one.start()
        else:
            self._after_one.stop()

    def _step(self, step: int) -> None:
        # From "not set" the first arrow goes to the middle, which favours neither end.
        if self._value is None:
            self._answer((self._lowest + self._highest) // 2)
        else:
            self._answer(min(max(self._value + step, self._lowest), self._highest))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on or near a dot chooses it."""
        places = self._places()
        area = places.dots.adjusted(0, -_GAP, 0, _GAP)
        if event.button() == Qt.MouseButton.LeftButton and area.contains(event.position().toPoint()):
            self.setSliderDown(True)
            self._answer(self._dot_at(event.position().x(), places))
            event.accept()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging chooses the dot under the pointer."""
        if self.isSliderDown():
            self._answer(self._dot_at(event.position().x(), self._places()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag is over."""
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page over it must not answer."""
        event.ignore()

    def _dot_at(self, x: float, places: _Places) -> int:
        along = places.dots.right() + 1 - x if self.isRightToLeft() else x - places.dots.left()
        return min(max(self._lowest + int(along / places.pitch), self._lowest), self._highest)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether the keyboard brought the focus."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._by_keyboard = is_by_keyboard(event.reason())
        self._set_by_keyboard(self._by_keyboard)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the hint away."""
        super().focusOutEvent(event)
        self._after_one.stop()
        self.keyboard_focus.emit(False)
        self.update()

    def _set_by_keyboard(self, by_keyboard: bool) -> None:
        self._by_keyboard = by_keyboard
        self.keyboard_focus.emit(by_keyboard)
        self.update()

    # --- size ---------------------------------------------------------------------------------------------------------

    def apply_theme(self) -> None:
        """Take fonts, sizes and colours from the theme in force."""
        self._columns = (0, 0, 0)
        self._measured = None
        self.setFont(self._theme.font("body", weight=500))
        self.updateGeometry()
        self.update()

    def own_columns(self) -> tuple[int, int, int]:
        """The widths its name, the longer of its end words and its value need, in pixels; measured once for a look."""
        if self._measured is None or self._measured[0] is not self._theme.look:
            values = (_("Not set"), self._said(self._highest), self._said(self._lowest))
            self._measured = (self._theme.look, _needed(self._name, (self._low, self._high), values, self._theme))
        return self._measured[1]

    def set_columns(self, columns: tuple[int, int, int]) -> None:
        """Take the widths of a group, so that the dots of several scales stand below each other."""
        self._columns = columns
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[int, int, int]:
        own = self.own_columns()
        return (max(own[0], self._columns[0]), max(own[1], self._columns[1]), max(own[2], self._columns[2]))

    def sizeHint(self) -> QSize:
        """One row with comfortable dots."""
        name, end, value = self._widths()
        width = name + 2 * end + value + self._theme.px(_PITCH) * MOST_DOTS
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The dots alone, as near as fingers allow."""
        width = max(self._narrowest_pitch() * MOST_DOTS, 1)
        return QSize(width, self._wide_height())

    def hasHeightForWidth(self) -> bool:
        """It takes more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that ``width`` pixels need."""
        return self._wide_height() if self._fits_one_row(width) else self._narrow_height()

    @property
    def _count(self) -> int:
        return self._highest - self._lowest + 1

    def _narrowest_pitch(self) -> int:
        # The disc of the value holds two digits and may touch its neighbours, not cover the next but one.
        return max(_NARROWEST_PITCH, round(_DISC * self._theme.scale * 1.2))

    def _fits_one_row(self, width: int) -> bool:
        name, end, value = self._widths()
        return width >= name + 2 * end + value + self._narrowest_pitch() * MOST_DOTS

    def _track_height(self) -> int:
        return self._theme.px(_TRACK)

    def _wide_height(self) -> int:
        return self._track_height() + self._theme.line("tick") - self._overlap()

    def _narrow_height(self) -> int:
        line = self._theme.line("body")
        return line + self._track_height() + self._theme.line("caption") - self._overlap() + 2

    def _overlap(self) -> int:
        """The numbers stand nearer to the dots than the disc of a value would leave room for an ordinary line."""
        return self._theme.px(4)

    def _places(self) -> _Places:
        mirror = self._mirrored
        whole = self.rect()
        name, end, value = self._widths()
        track = self._track_height()
        if self._fits_one_row(whole.width()):
            dots = min(whole.width() - name - 2 * end - value, self._theme.px(_PITCH) * MOST_DOTS)
            low_left, dots_left = name, name + end
            return _Places(
                mirror(QRect(0, 0, name, track)), mirror(QRect(low_left, 0, end - _GAP, track)),
                mirror(QRect(dots_left, 0, dots, track)), mirror(QRect(dots_left + dots + _GAP, 0, end - _GAP, track)),
                mirror(QRect(whole.width() - value, 0, value, track)), dots / self._count, track,
            )  # fmt: skip
        line, caption = self._theme.line("body"), self._theme.line("caption")
        dots = min(whole.width(), self._theme.px(_WIDEST_PITCH) * MOST_DOTS)
        pitch = dots / self._count
        below = line + track - self._overlap()
        # The numbers stand here as well, between and beside the words.
        zero = round((pitch + dots / MOST_DOTS) / 2)
        return _Places(
            mirror(QRect(0, 0, whole.width() - value, line)), mirror(QRect(zero, below, dots // 2 - zero - 8, caption)),
            mirror(QRect(0, line, dots, track)), mirror(QRect(dots // 2 + 8, below, dots // 2 - zero - 8, caption)),
            mirror(QRect(whole.width() - value, 0, value, line)), pitch, track,
        )  # fmt: skip

    def _mirrored(self, place: QRect) -> QRect:
        return mirrored(self.layoutDirection(), self.rect(), place)

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, dots and the value."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        one_row = self._fits_one_row(self.width())
        self._paint_words(painter, places, one_row)
        self._paint_dots(painter, places)
        self._paint_numbers(painter, places)
        if self._value is not None:
            self._paint_value(painter, self._centre(self._value, places), self._value)
        elif self.shows_hint():
            # The whole row is ringed: a ring on one dot would look like an answer.
            row = QRectF(places.dots).adjusted(1, 3, -1, -3)
            rounded(painter, row, row.height() / 2, None, self._theme.color("focus"), 2.0)

    def _paint_words(self, painter: QPainter, places: _Places, one_row: bool) -> None:
        theme = self._theme
        start, end = leading(self.layoutDirection()), trailing(self.layoutDirection())
        # The sides are those of the screen: a painter would turn them round once more.
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("ink1"))
        lines = _in_lines(self._name, painter.fontMetrics(), theme) if one_row else (self._name,)
        elide, width = Qt.TextElideMode.ElideRight, places.name.width()
        name = "\n".join(painter.fontMetrics().elidedText(line, elide, width) for line in lines)
        painter.drawText(places.name, start | middle, name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink3"))
        low, high = (end, start) if one_row else (start, end)
        for place, words, side in ((places.low, self._low, low), (places.high, self._high, high)):
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, side | middle, words)
        self._paint_value_words(painter, places.value)

    def _paint_value_words(self, painter: QPainter, place: QRect) -> None:
        """Draw the value with a stronger number; the words around it keep the order of the language."""
        theme = self._theme
        words = self.value_words()
        number = "" if self._value is None else str(self._value)
        head, found, tail = words.partition(number) if number else (words, "", "")
        strong, light = theme.font("caption", weight=500, tabular=True), theme.font("caption", tabular=True)
        pieces = [(head, light, "ink3"), (found, strong, "ink1"), (tail, light, "ink3")]
        widths = [QFontMetrics(font).horizontalAdvance(text) for text, font, _token in pieces]
        left = place.left() if self.isRightToLeft() else place.right() + 1 - sum(widths)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        for (text, font, token), width in zip(pieces, widths, strict=True):
            painter.setFont(font)
            painter.setPen(theme.color(token))
            painter.drawText(QRect(left, place.top(), width + 2, place.height()), flags, text)
            left += width

    def _paint_dots(self, painter: QPainter, places: _Places) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.color("hair"), 2))
        painter.drawLine(self._centre(self._lowest, places), self._centre(self._highest, places))
        painter.setPen(QPen(theme.color("control"), 1.5))
        painter.setBrush(theme.color("surface"))
        radius = _DOT * theme.scale
        for number in range(self._lowest, self._highest + 1):
            painter.drawEllipse(self._centre(number, places), radius, radius)

    def _paint_numbers(self, painter: QPainter, places: _Places) -> None:
        theme = self._theme
        painter.setFont(theme.font("tick", tabular=True))
        painter.setPen(theme.color("ink3"))
        top = places.dots.top() + self._track_height() - self._overlap()
        line = theme.line("tick") if self._fits_one_row(self.width()) else theme.line("caption")
        for number in _labelled(self._lowest, self._highest):
            centre = self._centre(number, places)
            width = places.pitch
            place = QRectF(centre.x() - width / 2, top, width, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_value(self, painter: QPainter, centre: QPointF, value: int) -> None:
        theme = self._theme
        radius = _DISC * theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent" if self.isEnabled() else "disabled"))
        painter.drawEllipse(centre, radius, radius)
        painter.setFont(theme.sized_font("ui", 14 if len(str(value)) <= _WIDE_VALUE else 11, 600))
        painter.setPen(theme.color("onaccent"))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(value))
        if self.shows_hint():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            outer = radius + _RING - _DISC
            painter.drawEllipse(centre, outer, outer)

    def _centre(self, number: int, places: _Places) -> QPointF:
        along = places.pitch * (number - self._lowest + 0.5)
        x = places.dots.right() + 1 - along if self.isRightToLeft() else places.dots.left() + along
        return QPointF(x, places.dots.top() + self._track_height() / 2)


def align(scales: Sequence[ScaleInput]) -> None:
    """Give a group of scales the same columns. Call it again when the text size has changed."""
    if not scales:
        return
    own = [scale.own_columns() for scale in scales]
    widest = (max(one[0] for one in own), max(one[1] for one in own), max(one[2] for one in own))
    for scale in scales:
        scale.set_columns(widest)


def _needed(name: str, ends: tuple[str, str], values: tuple[str, ...], theme: Theme) -> tuple[int, int, int]:
    """The widths of a name, of the longer of two end words and of the longest value, within their limits."""
    metrics = QFontMetrics(theme.font("body", weight=500))
    of_name = max(metrics.horizontalAdvance(line) for line in _in_lines(name, metrics, theme)) + _GAP
    caption = QFontMetrics(theme.font("caption"))
    of_end = max(caption.horizontalAdvance(end) for end in ends) + _GAP + 4
    strong = QFontMetrics(theme.font("caption", weight=500))
    of_value = max(strong.horizontalAdvance(text) for text in values) + 8
    of_name, of_end = min(of_name, theme.px(_LONGEST_NAME)), min(of_end, theme.px(_LONGEST_END))
    return max(of_name, theme.px(_NAME)), max(of_end, theme.px(_END)), of_value


def _labelled(lowest: int, highest: int) -> tuple[int, ...]:
    """The numbers that stand below the dots: both ends, and what lies exactly in the middle."""
    middle, odd = divmod(lowest + highest, 2)
    return (lowest, highest) if odd else (lowest, middle, highest)


def _in_lines(name: str, metrics: QFontMetrics, theme: Theme) -> tuple[str, ...]:
    """``name``; where it is long and has several words, in two lines that need the least room beside the dots."""
    words = name.split()
    if metrics.horizontalAdvance(name) <= theme.px(_ONE_LINE) or len(words) < 2:
        return (name,)
    breaks = ((" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words)))
    return min(breaks, key=lambda lines: max(metrics.horizontalAdvance(line) for line in lines))
