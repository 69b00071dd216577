"""A chart on the screen: a scene painted once from the theme, and over it the line at which it is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)  # fmt: skip
from PySide6.QtWidgets import QSizePolicy, QWidget

from integrate.charts.scene import Reading, Scene
from integrate.charts.style import Style
from integrate.charts.svg import svg_text
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.chart_paint import chart_style, paint_scene
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import RADIUS_CONTROL, rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

Build = Callable[[tuple[float, float], Style], Scene]
"""Makes the scene for a size in pixels and the text of the theme in force."""

_LEAST_WIDTH: Final = 260
_PAD: Final = 8
_IMAGE_RATIO: Final = 2.0
_MARGIN: Final = 16  # around a chart in a file
_NEAREST_ROW: Final = 1.0  # pixels by which a cell has to be higher or lower to be in another row


class ChartView(QWidget):
    """Shows a chart that is ``height`` pixels high at 100 % text.

    The pointer and the keys Left, Right, Home and End move the line at which it is read (in a chart of cells also Up
    and Down), Esc takes it away. Time runs from left to right in every language, and so do the keys.
    """

    reading_changed = Signal(object)
    """The key of the place that is read, or None."""

    def __init__(self, theme: Theme, height: int, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height
        self._build: Build | None = None
        self._words: Callable[[int], str] = str
        self._scene: Scene | None = None
        self._pixmap = QPixmap()
        self._ratio = 0.0
        self._at: int | None = None  # the place in the readings
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_ring(self, RADIUS_CONTROL)
        theme.changed.connect(self.apply_theme)

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_chart(self, build: Build, words: Callable[[int], str], summary: str) -> None:
        """Show a chart. ``words`` says what is read at a key: the words of its row in the table.

        ``summary`` is the sentence that is its name for screen readers. The scene is made when it is first needed, and
        again for every size and look.
        """
        key = self.reading_key()
        self._build, self._words = build, words
        self.setAccessibleName(summary)
        self._forget()
        self._go_to_key(key)

    def scene(self) -> Scene | None:
        """What is shown in the size and the look of now."""
        if self._scene is None and self._build is not None:
            self._scene = self._build((float(self.width()), float(self.height())), chart_style(self._theme))
        return self._scene

    def apply_theme(self) -> None:
        """Take sizes and colours from the theme in force."""
        self.updateGeometry()
        key = self.reading_key()
        self._forget()
        self._go_to_key(key)

    def _forget(self) -> None:
        self._scene, self._pixmap = None, QPixmap()
        self._at = None
        self.update()

    # --- files --------------------------------------------------------------------------------------------------------

    def svg(self) -> str:
        """What is shown as SVG, in the colours of the theme in force; "" before there is a chart."""
        scene = self.scene()
        return "" if scene is None else svg_text(scene, self._theme.scheme.colours, margin=_MARGIN)

    def image(self, ratio: float = _IMAGE_RATIO) -> QImage:
        """The same as a picture with ``ratio`` pixels for each of the screen's."""
        image = QImage((self.size() + QSize(2 * _MARGIN, 2 * _MARGIN)) * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(self._theme.color("surface"))
        if (scene := self.scene()) is not None:
            painter = QPainter(image)
            painter.translate(_MARGIN, _MARGIN)
            paint_scene(painter, scene, self._theme)
            painter.end()
        return image

    # --- the place that is read ---------------------------------------------------------------------------------------

    def reading_key(self) -> int | None:
        """The key of the place that is read, or None."""
        reading = self._reading()
        return None if reading is None else reading.key

    def reading_words(self) -> str:
        """What is read there, "" where nothing is."""
        reading = self._reading()
        return "" if reading is None else self._words(reading.key)

    def _reading(self) -> Reading | None:
        scene = self._scene
        return None if scene is None or self._at is None else scene.readings[self._at]

    def _go_to_key(self, key: int | None) -> None:
        """After the scene has changed: read where it was read before, if that place is still there."""
        scene = self.scene() if key is not None else None
        readings = scene.readings if scene is not None else ()
        self._at = next((place for place, reading in enumerate(readings) if reading.key == key), None)
        self.setAccessibleDescription(self.reading_words())
        if self.reading_key() != key:
            self.reading_changed.emit(None)

    def read_at(self, place: int | None, *, aloud: bool = False) -> None:
        """Read at a ``place`` among the readings of the scene, None nowhere; ``aloud`` says it to screen readers."""
        if place == self._at:
            return
        self._at = place
        words = self.reading_words()
        self.setAccessibleDescription(words)
        if aloud and words:
            announce(self, words)
        self.reading_changed.emit(self.reading_key())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End and Esc; everything else, and Esc with nothing to take away, is somebody else's."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        scene = self.scene()
        if held or scene is None or not scene.readings or not self._act(Qt.Key(event.key()), scene.readings):
            event.ignore()
            return
        event.accept()

    def _act(self, key: Qt.Key, readings: tuple[Reading, ...]) -> bool:
        at, last = self._at, len(readings) - 1
        if key == Qt.Key.Key_Escape:
            self.read_at(None)
            return at is not None
        place: int | None = None
        if key == Qt.Key.Key_Right:
            place = 0 if at is None else min(at + 1, last)
        elif key == Qt.Key.Key_Left:
            place = last if at is None else max(at - 1, 0)
        elif key == Qt.Key.Key_Home:
            place = 0
        elif key == Qt.Key.Key_End:
            place = last
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and readings[0].width:
            place = _other_row(readings, at if at is not None else last, down=key == Qt.Key.Key_Down)
        if place is None:
            return False
        self.read_at(place, aloud=True)
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read where the pointer is."""
        scene = self.scene()
        if scene is not None and scene.readings:
            self.read_at(_nearest(scene.readings, event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch reads as well."""
        self.mouseMoveEvent(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The line goes with the pointer, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.read_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The line goes with the focus."""
        super().focusOutEvent(event)
        self.read_at(None)

    # --- size and painting --------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as was asked for, at the size of the text."""
        return QSize(self._theme.px(_LEAST_WIDTH) * 2, self._theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but as high."""
        return QSize(_LEAST_WIDTH, self._theme.px(self._height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is another scene."""
        super().resizeEvent(event)
        key = self.reading_key()
        self._forget()
        self._go_to_key(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the painted scene on the screen, and draw the line over it."""
        scene = self.scene()
        if scene is None:
            return
        if self._pixmap.isNull() or self._ratio != self.devicePixelRatioF():
            self._paint_pixmap(scene)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        reading = self._reading()
        if reading is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_reading(painter, reading)
            self._paint_words(painter, reading)

    def _paint_pixmap(self, scene: Scene) -> None:
        self._ratio = self.devicePixelRatioF()
        self._pixmap = QPixmap(self.size() * self._ratio)
        self._pixmap.setDevicePixelRatio(self._ratio)
        self._pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._pixmap)
        paint_scene(painter, scene, self._theme)
        painter.end()

    def _paint_reading(self, painter: QPainter, reading: Reading) -> None:
        pen = QPen(self._theme.color("ink1"), stroke(self._theme, 1.5))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if reading.width:
            painter.drawRect(QRectF(reading.x, reading.y, reading.width, reading.height).adjusted(-2, -2, 2, 2))
        else:
            below = QPointF(reading.x, reading.y + reading.height)
            painter.drawLine(QPointF(reading.x, reading.y), below)

    def _paint_words(self, painter: QPainter, reading: Reading) -> None:
        """The label is above the plot, on the legend, and for a cell above or below its row; always inside."""
        theme, words = self._theme, self.reading_words()
        pad = theme.px(_PAD)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(theme.font("caption", weight=500))
        most = QRect(0, 0, max(self.width() - 2 * pad - 2, 1), self.height())
        needed = painter.boundingRect(most, flags, words)
        width, height = needed.width() + 2 * pad, needed.height() + pad
        left = min(max(reading.x + (reading.width - width) / 2, 0), max(self.width() - width, 0))
        top = 0.0
        if reading.width:
            above = reading.y - height - pad
            top = above if above >= 0 else reading.y + reading.height + pad
        box = QRectF(left, top, width, height)
        rounded(painter, box, RADIUS_CONTROL, theme.color("surface"), theme.color("control"), stroke(theme))
        painter.setPen(theme.color("ink1"))
        painter.drawText(box.adjusted(pad, pad / 2, -pad, -pad / 2), flags, words)


def _nearest(readings: tuple[Reading, ...], point: QPointF) -> int | None:
    """The reading at a point: the nearest line, or the cell that the point is in."""
    if readings[0].width:
        for place, cell in enumerate(readings):
            room = QRectF(cell.x, cell.y, cell.width, cell.height).adjusted(-1, -1, 1, 1)
            if room.contains(point):
                return place
        return None
    after = bisect_left(readings, point.x(), key=lambda reading: reading.x)
    beside = [place for place in (after - 1, after) if 0 <= place < len(readings)]
    return min(beside, key=lambda place: abs(readings[place].x - point.x()))


def _other_row(readings: tuple[Reading, ...], at: int, *, down: bool) -> int:
    """The cell above or below that is nearest across; the same one where there is none."""
    here, sign = readings[at], 1 if down else -1
    beyond = [
        ((one.y - here.y) * sign, abs(one.x - here.x), place)
        for place, one in enumerate(readings)
        if (one.y - here.y) * sign > _NEAREST_ROW
    ]
    return min(beyond)[2] if beyond else at
