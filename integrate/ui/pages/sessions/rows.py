"""Rows that are one button each and paint themselves: a session on the path, an entry, a moment of the timeline."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from integrate.domain.moments import By, MomentKind
from integrate.domain.sessions import SETTING_WORDS, Session, SessionState
from integrate.i18n import _
from integrate.ui.pages.sessions.parts import broken, clipped
from integrate.ui.pages.sessions.words import clock_words, mark_words, session_title, short_name, state_words
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.glyphs import phase_word
from integrate.ui.widgets.paint import RADIUS_CONTROL, leading, mirrored, picture, rounded, trailing

if TYPE_CHECKING:
    from integrate.domain.entry import EntrySummary
    from integrate.domain.moments import Moment
    from integrate.ui.theme.theme import Theme

PADDING: Final = 8
"""Pixels by which the ground of a row reaches beyond its words, on both sides."""

_NODE: Final = 28
_GAP: Final = 12
_ABOVE: Final = 9
_EYE: Final = 14
_TITLE: Final = 16
_TITLE_LINE: Final = 22
_TIME: Final = 44
_MARK: Final = 16
_WIDTHS_KEPT: Final = 4
_LONGEST: Final = 400  # letters of a moment in its row; all of it stands in its sheet


class Row(PaintedButton):
    """A row with a ground while the pointer is over it. Its height follows its width."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, "")
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def minimumSizeHint(self) -> QSize:
        """Some letters wide."""
        return QSize(self.theme.px(160), self.sizeHint().height())

    def paint_ground(self, painter: QPainter) -> None:
        """The ground of a row that is pressed or under the pointer."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.hovered():
            edge = self.theme.color("ink1") if self.theme.scheme.contrast else None
            ground = self.theme.color("select" if self.isDown() else "sunken")
            rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, ground, edge, 2.0)

    def paint_line(self, painter: QPainter, place: QRect, words: str, font: QFont, token: str) -> None:
        """One line, cut where there is no more room. ``place`` is as from left to right."""
        painter.setFont(font)
        painter.setPen(self.theme.color(token))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        flags = leading(self.layoutDirection()) | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(self.turned(place), flags | Qt.TextFlag.TextSingleLine, shown)

    def paint_never_share(self, painter: QPainter, place: QRect, words: str, font: QFont, token: str) -> None:
        """A line, and behind it the icon that means only *Never share*."""
        icon = self.theme.px(_EYE)
        width = min(QFontMetrics(font).horizontalAdvance(words) + 2, place.width() - icon - 6)
        self.paint_line(painter, QRect(place.left(), place.top(), width, place.height()), words, font, token)
        eye = QRect(place.left() + width + 6, place.top(), icon, place.height())
        picture(painter, self.turned(eye), self.theme.pixmap("eye-off", token, _EYE))

    def turned(self, place: QRect) -> QRect:
        """``place`` where the direction of the window has it."""
        return mirrored(self.layoutDirection(), self.rect(), place)

    def turned_f(self, place: QRectF) -> QRectF:
        """The same with fractions."""
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return place
        return QRectF(self.width() - place.right(), place.top(), place.width(), place.height())


class SessionRow(Row):
    """A session on the path of its course: a purple disc held, a square planned, a dashed one cancelled.

    Once the course is ``over``, nothing is said of a day that was planned in it.
    """

    def __init__(
        self, theme: Theme, session: Session, today: date, *, first: bool, last: bool, over: bool = False
    ) -> None:  # fmt: skip
        self.session_id = session.id
        self._number = str(session.ref.number)
        self._state = session.state
        self._first, self._last = first, last
        self._title = session_title(session.ref)
        setting = session.draft.setting
        state = "" if over and session.state is SessionState.PLANNED else state_words(session, today)
        parts = [state, _(SETTING_WORDS[setting]) if setting is not None else ""]
        self._below = " · ".join(part for part in parts if part)
        held = [_("held")] if session.state is SessionState.HELD else []
        super().__init__(theme, ", ".join(part for part in [self._title, self._below, *held] if part))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.apply_theme()

    def hasHeightForWidth(self) -> bool:
        """Its second line wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that ``width`` pixels need."""
        return self.theme.line("bodyStrong") + self._lines(width)[1] + 2 * _ABOVE

    def sizeHint(self) -> QSize:
        """As high as with one line below the title."""
        theme = self.theme
        return QSize(theme.px(240), theme.line("bodyStrong") + theme.line("caption") + 2 * _ABOVE)

    def minimumSizeHint(self) -> QSize:
        """Some letters wide."""
        width = self.theme.px(160)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw path, node and words."""
        painter, theme = QPainter(self), self.theme
        self.paint_ground(painter)
        side = theme.px(_NODE)
        node = self.turned_f(QRectF(PADDING, (self.height() - side) / 2, side, side))
        self._paint_path(painter, node)
        self._paint_node(painter, node)
        left = PADDING + side + _GAP
        title = QRect(left, _ABOVE, self.width() - left - PADDING, theme.line("bodyStrong"))
        cancelled = self._state is SessionState.CANCELLED
        self.paint_line(painter, title, self._title, theme.font("bodyStrong"), "ink2" if cancelled else "ink1")
        painter.setPen(theme.color("ink2" if self.isDown() else "ink3"))
        start = left if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else PADDING
        self._lines(self.width())[0].draw(painter, QPointF(start, title.bottom() + 1))

    def _lines(self, width: int) -> tuple[QTextLayout, int]:
        theme = self.theme
        room = width - PADDING - theme.px(_NODE) - _GAP - PADDING
        side = leading(self.layoutDirection())
        return broken(self._below, theme.font("caption"), theme.line("caption"), room, side)

    def _paint_path(self, painter: QPainter, node: QRectF) -> None:
        painter.setPen(QPen(self.theme.color("line"), 2))
        x = node.center().x()
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, node.top()))
        if not self._last:
            painter.drawLine(QPointF(x, node.bottom()), QPointF(x, self.height()))

    def _paint_node(self, painter: QPainter, node: QRectF) -> None:
        theme = self.theme
        if self._state is SessionState.HELD:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("experience"))
            painter.drawEllipse(node)
            ink = "surface"
        else:
            cancelled = self._state is SessionState.CANCELLED
            ink = "ink3" if cancelled else "experience"
            inside = node.adjusted(1, 1, -1, -1)
            rounded(painter, inside, 5, theme.color("surface"), theme.color(ink), 2.0, dashed=cancelled)
        painter.setPen(theme.color(ink))
        size = 13 if len(self._number) < 3 else 10
        painter.setFont(theme.sized_font("ui", size, 600))
        painter.drawText(node, Qt.AlignmentFlag.AlignCenter, self._number)


class EntryRow(Row):
    """An entry of a session: its title in the type of the page, and when it was written."""

    def __init__(self, theme: Theme, entry: EntrySummary, when: str) -> None:
        self.entry_id = entry.id
        self._title = entry.title or entry.excerpt or _("Untitled")
        self._never_share = entry.never_share
        self._when = f"{when} · {_('Never share')}" if entry.never_share else when
        super().__init__(theme, f"{self._title}, {self._when}, {phase_word(str(entry.phase))}")
        self.apply_theme()

    def sizeHint(self) -> QSize:
        """Two lines."""
        theme = self.theme
        return QSize(theme.px(180), theme.px(_TITLE_LINE) + theme.line("caption") + 2 * 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title and the line below."""
        painter, theme = QPainter(self), self.theme
        self.paint_ground(painter)
        width = self.width() - 2 * PADDING
        title = QRect(PADDING, 5, width, theme.px(_TITLE_LINE))
        self.paint_line(painter, title, self._title, theme.sized_font("page", _TITLE), "ink1")
        below = QRect(PADDING, title.bottom() + 1, width, theme.line("caption"))
        font, token = theme.font("caption"), "ink2" if self.isDown() else "ink3"
        paint = self.paint_never_share if self._never_share else self.paint_line
        paint(painter, below, self._when, font, token)


class MomentRow(Row):
    """A moment: a disc, a ring for vital signs, an ink diamond for a side effect; its words, and what is to say below.

    ``written_in``: it was marked while the session went on, and not added afterwards.
    """

    def __init__(self, theme: Theme, moment: Moment, *, first: bool, last: bool, written_in: bool) -> None:
        self.moment = moment
        self._first, self._last = first, last
        mark = moment.mark
        words, below = mark_words(mark)
        self._own_words = mark.kind is MomentKind.WORDS and mark.by is By.ME
        self._words = clipped(words, _LONGEST)
        # Where there is no room for all of it, what must not be missed comes first.
        notes = [_("Never share")] if moment.never_share else []
        if below:
            notes.append(short_name(below))
        if written_in:
            notes.append(_("Written in session"))
        self._below = " · ".join(notes)
        self._time = clock_words(mark.at.local())
        self._sets: dict[int, tuple[QTextLayout, int]] = {}
        self._before = 0
        kind = _kind_words(mark.kind)
        super().__init__(theme, ", ".join(part for part in (self._time, kind, short_name(words), self._below) if part))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take fonts and sizes from the theme in force."""
        self._sets.clear()
        time = max(self.theme.px(_TIME), QFontMetrics(self._time_font()).horizontalAdvance(self._time) + 6)
        self._before = time + self.theme.px(_MARK) + 10
        super().apply_theme()

    def label_font(self) -> QFont:
        """The person's words in the type of their page, the rest in that of the app."""
        if self._own_words:
            return self.theme.sized_font("page", _TITLE)
        return self.theme.font("body")

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that ``width`` pixels need."""
        below = self.theme.line("caption") if self._below else 0
        return self._broken(width - self._before - PADDING)[1] + below + 9

    def sizeHint(self) -> QSize:
        """As high as at a usual width."""
        width = self.theme.px(280)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Time, mark and a word."""
        return QSize(self.theme.px(180), self.heightForWidth(max(self.width(), self.theme.px(180))))

    def _time_font(self) -> QFont:
        return self.theme.font("caption", tabular=True)

    def _broken(self, width: int) -> tuple[QTextLayout, int]:
        width = max(width, 1)
        found = self._sets.get(width)
        if found is None:
            if len(self._sets) >= _WIDTHS_KEPT:
                self._sets.clear()
            side = leading(self.layoutDirection())
            found = self._sets[width] = broken(self._words, self.font(), self.theme.line("body"), width, side)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw time, path, mark and words."""
        painter, theme = QPainter(self), self.theme
        self.paint_ground(painter)
        line, before = theme.line("body"), self._before
        side = theme.px(_MARK)
        time = QRect(0, 0, before - side - 10 - 4, line)
        painter.setFont(self._time_font())
        painter.setPen(theme.color("ink2" if self.isDown() else "ink3"))
        flags = trailing(self.layoutDirection()) | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(self.turned(time), flags, self._time)
        mark = self.turned_f(QRectF(before - side - 10 + 2, (line - side) / 2, side, side))
        self._paint_path(painter, mark)
        paint_mark(painter, mark, self.moment.mark.kind, theme)
        layout, height = self._broken(self.width() - before - PADDING)
        painter.setPen(theme.color("ink1"))
        left = before if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else PADDING
        layout.draw(painter, QPointF(left, 0))
        if self._below:
            below = QRect(before, height, self.width() - before - PADDING, theme.line("caption"))
            paint = self.paint_never_share if self.moment.never_share else self.paint_line
            paint(painter, below, self._below, theme.font("caption"), "ink2" if self.isDown() else "ink3")

    def _paint_path(self, painter: QPainter, mark: QRectF) -> None:
        painter.setPen(QPen(self.theme.color("hair"), 2))
        x = mark.center().x()
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, mark.top()))
        if not self._last:
            painter.drawLine(QPointF(x, mark.bottom()), QPointF(x, self.height()))


def paint_mark(painter: QPainter, place: QRectF, kind: MomentKind, theme: Theme) -> None:
    """The sign of a kind of moment in a square: disc, ring or diamond."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre, unit = place.center(), place.width() / 16
    match kind:
        case MomentKind.VITALS:
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("ink2"), 1.75 * unit))
            painter.drawEllipse(centre, 4.25 * unit, 4.25 * unit)
        case MomentKind.EFFECT:
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("ink1"), 1.75 * unit))
            painter.translate(centre)
            painter.rotate(45)
            half = 4 * unit
            painter.drawRoundedRect(QRectF(-half, -half, 2 * half, 2 * half), 1.5 * unit, 1.5 * unit)
        case _other:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("experiencemark"))
            painter.drawEllipse(centre, 5 * unit, 5 * unit)
    painter.restore()


class MarkSign(QWidget):
    """The sign of a kind of moment, beside the word for it."""

    def __init__(self, theme: Theme, kind: MomentKind) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take the size from the theme in force."""
        side = self._theme.px(14)
        self.setFixedSize(side, max(side, self._theme.line("caption")))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        side = min(self.width(), self.height())
        place = QRectF(0, math.floor((self.height() - side) / 2), side, side)
        paint_mark(QPainter(self), place, self._kind, self._theme)


def _kind_words(kind: MomentKind) -> str:
    match kind:
        case MomentKind.VITALS:
            return _("vital signs")
        case MomentKind.EFFECT:
            return _("side effect")
        case _other:
            return _("moment")
