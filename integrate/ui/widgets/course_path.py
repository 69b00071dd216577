"""The path of a course: its sessions along a wave, those held as discs, those planned as squares, and today.

It is a time axis: it runs from left to right in every language. Each session is a child, for screen readers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from integrate.domain.course_path import MOST_NODES, CoursePath, NodeState, PathNode
from integrate.i18n import _
from integrate.ui.widgets.glyphs import paint_phase
from integrate.ui.widgets.paint import rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_DISC: Final = 24
_SQUARE: Final = 22
_CORNER: Final = 5
_DEPTH: Final = 18  # from the crest of the wave, where sessions are, to its trough
_CREST: Final = 38  # the middle of a disc, from the top
_DATES: Final = 74  # the top of the dates, from the top
_MARK: Final = 16
_LEAST_PITCH: Final = 38  # pixels at 100 % from one session to the next
_EDGES: Final = 44  # half a date at either end
_BESIDE: Final = 0.6  # room, in pitches, for a today that lies before the first session or after the last
_STEPS: Final = 12  # lines that a wave is drawn with, from one session to the next
_WIDTH: Final = 2.0


class CoursePathView(QWidget):
    """Draws what ``path(most)`` gives: the course with at most so many sessions as there is room for."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._make: Callable[[int], CoursePath] | None = None
        self._path: CoursePath | None = None
        self._phase = ""
        self._today = date.min
        self._drawn_on = date.min  # the day that the names of the sessions were written for
        self._nodes: list[CourseNode] = []
        self._widest = 0  # of their dates, in pixels
        self._placed = QSize()  # the room in which they have their places; none: they have to be placed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.apply_theme)

    def show_path(self, path: Callable[[int], CoursePath], today: date, phase: str) -> None:
        """Show another course; ``phase`` is the shape that marks ``today``."""
        self._make, self._today, self._phase = path, today, phase
        self._fit()

    def path(self) -> CoursePath | None:
        """What is drawn."""
        return self._path

    def nodes(self) -> tuple[CourseNode, ...]:
        """The sessions, in the order of time."""
        return tuple(self._nodes)

    def apply_theme(self) -> None:
        """Take sizes and colours from the theme in force."""
        self.updateGeometry()
        self._placed = QSize()
        self._fit()

    def sizeHint(self) -> QSize:
        """All sessions there can be, and the dates below."""
        return QSize(self._theme.px(_LEAST_PITCH * MOST_NODES), self._height())

    def minimumSizeHint(self) -> QSize:
        """Three sessions."""
        return QSize(self._theme.px(_LEAST_PITCH * 3 + _EDGES), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more sessions, or for fewer."""
        super().resizeEvent(event)
        self._fit()

    def _height(self) -> int:
        return self._theme.px(_DATES) + self._theme.line("tick")

    # --- the sessions -------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        if self._make is None:
            return
        room = self.width() - self._theme.px(_EDGES)
        most = min(max(room // self._theme.px(_LEAST_PITCH) + 1, 3), MOST_NODES)
        path = self._make(most)
        if path != self._path or self._drawn_on != self._today:
            self._path, self._drawn_on = path, self._today
            self._fill(path)
        if self._placed != self.size():
            self._place()
        self.update()

    def _fill(self, path: CoursePath) -> None:
        for old in self._nodes:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._nodes, self._placed = [], QSize()
        for node in path.nodes:
            child = CourseNode(self._theme, node, self._today, self)
            child.setVisible(True)
            self._nodes.append(child)
        parts = [path.words(), today_words(path)]
        self.setAccessibleName(" ".join(part if part.endswith(".") else f"{part}." for part in parts if part))

    def _place(self) -> None:
        """Sessions stand where the language has no say: a time axis runs from left to right."""
        if self._path is None:
            return
        self._placed = self.size()
        self._widest = max((node.date_width() for node in self._nodes), default=0)
        pitch = self._pitch()
        every = max(math.ceil((self._widest + 6) / pitch), 1) if pitch else 1
        for place, node in enumerate(self._nodes):
            node.show_date(place % every == 0)
            width = max(node.needed(), 1)
            left = round(self._x(place) - width / 2)
            node.setGeometry(left, 0, width, self.height())

    def _ends(self) -> tuple[float, float]:
        """The first and the last place on the axis, in pitches; the first session is at 0."""
        path = self._path
        assert path is not None
        last = max(len(path.nodes) - 1, 0)
        mark = path.today
        first = -_BESIDE if (mark is not None and mark.after < 0) or path.earlier else 0.0
        beyond = (mark is not None and mark.after == last and mark.fraction > 0) or path.later
        return first, last + (_BESIDE if beyond else 0.0)

    def _margin(self) -> float:
        return max(self._widest, self._theme.px(_DISC)) / 2 + 2

    def _pitch(self) -> float:
        first, last = self._ends()
        return max(self.width() - 2 * self._margin(), 1) / max(last - first, 1)

    def _x(self, place: float) -> float:
        first, last = self._ends()
        if last - first < 1:  # a course of one session: in the middle
            return self.width() / 2 + (place - (first + last) / 2) * self._pitch()
        return self._margin() + (place - first) * self._pitch()

    def _y(self, place: float) -> float:
        return self._theme.px(_CREST) + _deep(place) * self._theme.px(_DEPTH)

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the wave, and today."""
        if self._path is None or not self._path.nodes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self._ends()
        turn = self._turn()
        if turn > first:
            painter.setPen(QPen(self._theme.color("integratemark"), stroke(self._theme, _WIDTH)))
            painter.drawPath(self._wave(first if self._path.earlier else max(first, 0.0), turn))
        if last > turn:
            pen = QPen(self._theme.color("control"), stroke(self._theme, 1.5))
            pen.setDashPattern([1.5, 2.5])
            painter.setPen(pen)
            painter.drawPath(self._wave(turn, last if self._path.later else max(turn, float(len(self._nodes) - 1))))
        if self._path.today is not None:
            self._paint_today(painter, turn)

    def _turn(self) -> float:
        """Where what was turns into what is to come. Between two sessions it is drawn over neither of them."""
        path = self._path
        assert path is not None
        if path.today is None:
            return float(len(path.nodes) - 1)
        fraction = path.today.fraction
        if fraction > 0:
            apart = min(self._theme.px((_DISC + _MARK) / 2 + 2) / self._pitch(), 0.5)
            fraction = min(max(fraction, apart), 1 - apart)
        return path.today.after + fraction

    def _wave(self, begin: float, end: float) -> QPainterPath:
        start, pitch = self._x(0), self._pitch()  # asked for once: a long course has hundreds of steps
        crest, depth = self._theme.px(_CREST), self._theme.px(_DEPTH)
        steps = max(math.ceil((end - begin) * _STEPS), 1)
        places = (begin + (end - begin) * step / steps for step in range(steps + 1))
        points = [QPointF(start + place * pitch, crest + _deep(place) * depth) for place in places]
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        return path

    def _paint_today(self, painter: QPainter, place: float) -> None:
        theme, x, y = self._theme, self._x(place), self._y(place)
        font = theme.font("tick", weight=600)
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(_("today")) + 4
        left = min(max(x - width / 2, 0), self.width() - width)
        painter.setFont(font)
        painter.setPen(theme.color("accent"))
        line = theme.line("tick")
        painter.drawText(QRectF(left, 0, width, line), Qt.AlignmentFlag.AlignCenter, _("today"))
        on_session = place == round(place) and place >= 0
        top = y - theme.px(_DISC if on_session else _MARK) / 2
        painter.setPen(QPen(theme.color("control"), stroke(theme)))
        painter.drawLine(QPointF(x, line + 1), QPointF(x, top - 2))
        if on_session:  # its own shape is there
            return
        side = theme.px(_MARK)
        box = QRectF(x - side / 2, y - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(box.adjusted(-1, -1, 1, 1))
        paint_phase(painter, box, self._phase, theme)


class CourseNode(QWidget):
    """One session on the path: held a disc, planned a square, with its number and the date below it."""

    def __init__(self, theme: Theme, node: PathNode, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.node = node
        self._dated = True
        self._day_words = _short_day(node.day)
        self.setAccessibleName(node_words(node, today))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_date(self, shown: bool) -> None:
        """Whether there is room for its date; its name tells it in any case."""
        self._dated = shown
        self.update()

    def date_width(self) -> int:
        """The width of its date in pixels."""
        return QFontMetrics(self._date_font()).horizontalAdvance(self._day_words)

    def needed(self) -> int:
        """The width it is drawn in."""
        return max(self._mark_width(), self.date_width() if self._dated else 0) + 2

    def _date_font(self) -> QFont:
        return self._theme.font("tick", weight=500 if self.node.state is NodeState.DONE else None)

    def _mark_width(self) -> int:
        digits = QFontMetrics(self._number_font()).horizontalAdvance(str(self.node.number))
        return max(self._theme.px(_DISC), digits + self._theme.px(10))

    def _number_font(self) -> QFont:
        return self._theme.sized_font("ui", 13, 600 if self.node.state is NodeState.DONE else 500)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape, its number and the date."""
        painter, theme = QPainter(self), self._theme
        held = self.node.state is NodeState.DONE
        height = theme.px(_DISC if held else _SQUARE)
        width = self._mark_width() + height - theme.px(_DISC)
        box = QRectF((self.width() - width) / 2, theme.px(_CREST) - height / 2, width, height)
        if held:
            rounded(painter, box, height / 2, theme.color("experience"))
        else:
            edge = theme.color("experience")
            rounded(painter, box, _CORNER * theme.scale, theme.color("surface"), edge, stroke(theme, 1.5))
        painter.setFont(self._number_font())
        painter.setPen(theme.color("surface" if held else "experience"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.node.number))
        if self._dated:
            painter.setFont(self._date_font())
            painter.setPen(theme.color("ink2" if held else "ink3"))
            below = QRectF(0, theme.px(_DATES), self.width(), theme.line("tick"))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._day_words)


def _short_day(day: date | None) -> str:
    # Translators: how a short date is written below a session on the path; MMM is the short month
    return "" if day is None else QLocale().toString(QDate(day.year, day.month, day.day), _("d MMM"))


def _deep(place: float) -> float:
    """How deep the wave is: 0 at a session, 1 half-way to the next."""
    return (1 - math.cos(2 * math.pi * place)) / 2


def node_words(node: PathNode, today: date) -> str:
    """A session of the path in words: "Session 4, 5 October, took place"."""
    day = node.day
    if day is None:
        return _("Session {number}, no date yet").format(number=node.number)
    # Translators: a day in words; MMMM is the month
    form = _("d MMMM") if day.year == today.year else _("d MMMM yyyy")
    words = QLocale().toString(QDate(day.year, day.month, day.day), form)
    if node.state is NodeState.DONE:
        return _("Session {number}, {day}, took place").format(number=node.number, day=words)
    return _("Session {number}, planned for {day}").format(number=node.number, day=words)


def today_words(path: CoursePath) -> str:
    """Where today lies on the path, "" where it is on none."""
    mark = path.today
    if mark is None or not path.nodes:
        return ""
    if mark.after < 0:
        return _("Today is before session {number}.").format(number=path.nodes[0].number)
    before = path.nodes[mark.after].number
    if mark.fraction == 0:
        return _("Today is the day of session {number}.").format(number=before)
    if mark.after + 1 < len(path.nodes):
        after = path.nodes[mark.after + 1].number
        return _("Today is between session {before} and session {after}.").format(before=before, after=after)
    return _("Today is after session {number}.").format(number=before)
