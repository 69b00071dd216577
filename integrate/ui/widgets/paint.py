"""Drawing that several parts share: rounded shapes, ticks, the focus ring, and rows of pictures and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

RADIUS_CONTROL: Final = 8
RADIUS_CARD: Final = 12
RADIUS_SHEET: Final = 16

RING_GAP: Final = 3
RING_WIDTH: Final = 2
RING_REACH: Final = RING_GAP + RING_WIDTH  # how far the ring stands out of the control it is around


def stroke(theme: Theme, width: float = 1.0) -> float:
    """The width of a line that is ``width`` pixels as drawn; high contrast has no line under 1.5 px."""
    return max(width, theme.line_width)


def control_height(theme: Theme, base: int, role: str = "body") -> int:
    """The height of a control that is ``base`` pixels at 100 %: it grows with its line of text and never shrinks."""
    line = theme.line(role)
    return max(base, line + base - round(line / theme.scale))


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 1.0,
    *,
    dashed: bool = False,
) -> None:
    """A rounded rectangle that fills ``rect`` to its edge; the outline lies inside."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(line, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    half = width / 2
    inner = max(radius - half, 0)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), inner, inner)


def ring(painter: QPainter, around: QRectF, radius: float, colour: QColor) -> None:
    """The focus ring, 2 px wide and 3 px outside of ``around``, whose own corners have ``radius``."""
    out = RING_REACH
    rounded(painter, around.adjusted(-out, -out, out, out), radius + out, None, colour, RING_WIDTH)


def tick(painter: QPainter, rect: QRectF, colour: QColor, width: float) -> None:
    """A tick in ``rect``, drawn as Lucide draws it; ``width`` is that of its stroke."""
    unit = rect.width() / 24
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    points = ((20, 6), (9, 17), (4, 12))
    painter.drawPolyline([rect.topLeft() + QPointF(x * unit, y * unit) for x, y in points])


def mirrored(direction: Qt.LayoutDirection, bounds: QRect, place: QRect) -> QRect:
    """``place``, laid out from left to right in ``bounds``, where ``direction`` has it.

    It is what QStyle.visualRect does; loading that class costs the first screen three milliseconds.
    """
    if direction == Qt.LayoutDirection.LeftToRight:
        return place
    return place.translated(bounds.left() + bounds.right() - place.left() - place.right(), 0)


def leading(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """The side where a line of ``direction`` begins."""
    left_to_right = direction == Qt.LayoutDirection.LeftToRight
    return Qt.AlignmentFlag.AlignLeft if left_to_right else Qt.AlignmentFlag.AlignRight


def trailing(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """The side where it ends."""
    left_to_right = direction == Qt.LayoutDirection.LeftToRight
    return Qt.AlignmentFlag.AlignRight if left_to_right else Qt.AlignmentFlag.AlignLeft


def side_ground(painter: QPainter, theme: Theme, bounds: QRect, direction: Qt.LayoutDirection) -> None:
    """The ground of what stands where lines begin, beside a page: its own colour, and a hairline towards the page."""
    painter.fillRect(bounds, theme.color("sidebar"))
    thick = 2 if theme.scheme.contrast else 1
    line = QRect(bounds.right() + 1 - thick, bounds.top(), thick, bounds.height())
    painter.fillRect(mirrored(direction, bounds, line), theme.color("hair"))


def lay_row(
    bounds: QRect, widths: Sequence[int], gap: int, direction: Qt.LayoutDirection, *, centred: bool = True
) -> list[QRect]:
    """Places for parts of the given ``widths`` in one row with ``gap`` between; mirrored from right to left.

    A width of 0 takes no gap. Each place has the full height of ``bounds``.
    """
    shown = [width for width in widths if width]
    total = sum(shown) + gap * max(len(shown) - 1, 0)
    left = bounds.left() + ((bounds.width() - total) // 2 if centred else 0)
    places = []
    for width in widths:
        place = QRect(left, bounds.top(), width, bounds.height())
        places.append(mirrored(direction, bounds, place))
        left += width + gap if width else 0
    return places


def picture(painter: QPainter, place: QRect, pixmap: QPixmap) -> None:
    """``pixmap`` in the middle of ``place``, at its own size."""
    size = pixmap.deviceIndependentSize()
    left = place.left() + (place.width() - size.width()) / 2
    top = place.top() + (place.height() - size.height()) / 2
    painter.drawPixmap(QPointF(left, top), pixmap)


def middle(bounds: QRect, size: QSize) -> QRect:
    """A rectangle of ``size`` in the middle of ``bounds``."""
    place = QRect(bounds.topLeft(), size)
    place.moveCenter(bounds.center())
    return place
