"""Scenes in Qt: painted with the colours and fonts of a theme, and measured and worded as it needs them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from integrate.charts.scene import Area, Dots, Line, Mark, Rect, Scene, Text
from integrate.charts.style import Names, Style
from integrate.i18n import _
from integrate.ui.widgets.paint import rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_DECIMALS: Final = 2
_PIECE: Final = 64  # points of a line that are drawn at once


def chart_style(theme: Theme) -> Style:
    """How a chart measures and writes, in the look of ``theme`` and the language in force."""

    def measure(words: str, size: float, weight: int) -> float:
        return QFontMetricsF(_font(theme, size, weight)).horizontalAdvance(words)

    return Style(chart_names(QLocale()), theme.scale, measure, theme.scheme.contrast)


def chart_names(locale: QLocale) -> Names:
    """Dates and numbers of a chart in the language of ``locale``."""

    def written(form: str, day: date) -> str:
        return locale.toString(QDate(day.year, day.month, day.day), form)

    return Names(
        month=lambda day: locale.standaloneMonthName(day.month, QLocale.FormatType.ShortFormat),
        # Translators: a month with its year on the axis of a chart
        month_year=lambda day: written(_("MMM yyyy"), day),
        year=lambda day: written("yyyy", day),
        # Translators: how a short date is written on the axis of a chart; MMM is the short month
        day=lambda day: written(_("d MMM"), day),
        number=lambda value: _number(locale, value),
    )


def _number(locale: QLocale, value: float) -> str:
    """With a minus sign of its own, no grouping, and decimals only where there are some."""
    whole = float(value).is_integer()
    words = locale.toString(int(value)) if whole else locale.toString(float(value), "f", _DECIMALS)
    if not whole:
        zero, point = locale.zeroDigit(), locale.decimalPoint()
        words = words.rstrip(zero).rstrip(point)
    return words.replace(locale.groupSeparator(), "")


def _font(theme: Theme, size: float, weight: int) -> QFont:
    """The font of labels. Sizes in a scene have the size of the text in them already."""
    return theme.sized_font("ui", size / theme.scale, weight)


def paint_scene(painter: QPainter, scene: Scene, theme: Theme) -> None:
    """Paint all marks; the ground stays as it is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in scene.marks:
        _paint(painter, mark, theme)


def _paint(painter: QPainter, mark: Mark, theme: Theme) -> None:
    match mark:
        case Line():
            _paint_line(painter, mark, theme)
        case Area():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(mark.fill))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in mark.points]))
        case Rect():
            fill = theme.color(mark.fill) if mark.fill else None
            edge = theme.color(mark.edge) if mark.edge else None
            room = QRectF(mark.x, mark.y, mark.width, mark.height)
            rounded(painter, room, mark.radius, fill, edge, stroke(theme, mark.line) if mark.edge else 1.0)
        case Dots():
            _paint_dots(painter, mark, theme)
        case Text():
            _paint_text(painter, mark, theme)


def _pen(theme: Theme, role: str, width: float, cap: Qt.PenCapStyle) -> QPen:
    return QPen(theme.color(role), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)


def _paint_line(painter: QPainter, mark: Line, theme: Theme) -> None:
    width = stroke(theme, mark.width)
    pen = _pen(theme, mark.role, width, Qt.PenCapStyle.FlatCap)
    if mark.dash:
        pen.setDashPattern([length / width for length in mark.dash])  # Qt counts in widths of the pen
    straight = len({x for x, _y in mark.points}) == 1 or len({y for _x, y in mark.points}) == 1
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if straight and mark.width <= 1:  # a hairline on the grid of pixels stays sharp
        points = [QPointF(round(x - 0.5) + 0.5, round(y - 0.5) + 0.5) for x, y in mark.points]
    else:
        points = [QPointF(x, y) for x, y in mark.points]
    # Qt takes the more time for each point of a line the more points it has; a dash pattern would begin anew.
    step = len(points) if mark.dash else _PIECE
    for begin in range(0, len(points) - 1, step):
        painter.drawPolyline(points[begin : begin + step + 1])


def _paint_dots(painter: QPainter, mark: Dots, theme: Theme) -> None:
    if not mark.fill:  # a point of a round pen is a disc; thousands of them are drawn at once
        painter.setPen(_pen(theme, mark.role, 2 * mark.radius, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in mark.points]))
        return
    painter.setPen(QPen(theme.color(mark.role), stroke(theme, mark.line)))
    painter.setBrush(theme.color(mark.fill))
    for x, y in mark.points:
        painter.drawEllipse(QPointF(x, y), mark.radius, mark.radius)


def _paint_text(painter: QPainter, mark: Text, theme: Theme) -> None:
    font = _font(theme, mark.size, mark.weight)
    painter.setFont(font)
    painter.setPen(theme.color(mark.role))
    left = mark.x - {"start": 0.0, "middle": mark.width / 2, "end": mark.width}[mark.anchor]
    painter.drawText(QPointF(left, mark.y), mark.words)
