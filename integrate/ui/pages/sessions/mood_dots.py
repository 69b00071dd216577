"""The moods that were said after a session, day by day: numbers on a line that is broken where nothing was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from integrate.domain.entry import MOOD_RANGE
from integrate.i18n import _
from integrate.ui.pages.sessions.around import JUST_BEFORE, DayMood, mood_label
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.sessions import Session
    from integrate.ui.theme.theme import Theme

_DOT: Final = 4.5
_RISE: Final = 40  # pixels between mood 0 and mood 10
_APART: Final = 10  # at least, between two labels
_FEWEST: Final = 2


class MoodPart(QWidget):
    """The dots below their heading. Hidden while no mood was said, neither in a check-in nor in an entry."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.dots = MoodDots(theme)
        self.setAccessibleName(_("Mood, 0 to 10"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(theme, _("Mood, 0 to 10"), "label", "ink2", weight=600))
        column.addWidget(self.dots)
        self._source = Text(theme, "", "caption", "ink3")
        column.addWidget(self._source)
        self.hide()

    def show_moods(self, moods: Sequence[DayMood], session: Session, today: date) -> None:
        """Show the moods of the days after a session."""
        self.dots.show_moods(moods, [mood_label(one.day, session, today, evening=one.evening) for one in moods])
        said = _("As your entries said it, the last one of each day.")
        if any(one.checked_in for one in moods):
            said = _("As your check-ins said it, the last one of each day.")
        self._source.set_text(said)
        self.setVisible(bool(moods))


class MoodDots(QWidget):
    """Numbers over dots, with the day below each. Time goes from left to right in every language.

    Two days are joined only where they follow on each other. Where there is not room for all of them it draws the
    latest; a screen reader is told all.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._moods: tuple[tuple[DayMood, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take fonts and sizes from the theme in force."""
        self.updateGeometry()
        self.update()

    def show_moods(self, moods: Sequence[DayMood], labels: Sequence[str]) -> None:
        """Show moods in the order of their days, each with its label."""
        self._moods = tuple(zip(moods, labels, strict=True))
        # Translators: one number of a line that is read aloud: a day, and the mood that was said then
        said = [_("{day}: {mood}").format(day=label, mood=one.mood) for one, label in self._moods]
        self.setAccessibleName(_("Mood, 0 to 10. {moods}").format(moods=", ".join(said)))
        self.apply_theme()

    def drawn(self) -> tuple[tuple[DayMood, str], ...]:
        """Those there is room for."""
        metrics = QFontMetricsF(self._theme.font("tick"))
        widest = max((metrics.horizontalAdvance(label) for _mood, label in self._moods), default=0.0)
        room = int(self.width() // (widest + _APART))
        return self._moods[-max(room, _FEWEST) :]

    def sizeHint(self) -> QSize:
        """The number, the rise, and the label."""
        theme = self._theme
        height = theme.line("caption") + theme.px(_RISE) + theme.line("tick") + 2 * theme.px(8)
        return QSize(theme.px(240), height)

    def minimumSizeHint(self) -> QSize:
        """Two days."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, the dots, and their words."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = self.drawn()
        if not drawn:
            return
        places = self._places(drawn)
        painter.setPen(QPen(theme.color("accent"), 1.75))
        for (before, place), (after, other) in pairwise(zip((one for one, _label in drawn), places, strict=True)):
            if after.day - before.day == 1 or before.day == JUST_BEFORE:
                painter.drawLine(place, other)
        axis = self.height() - theme.line("tick") - theme.px(4)
        painter.setPen(QPen(theme.color("hair"), 1))
        painter.drawLine(QPointF(0, axis), QPointF(self.width(), axis))
        step = self.width() / len(drawn)
        for (one, label), place in zip(drawn, places, strict=True):
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("ink1"), 1.75))
            painter.drawEllipse(place, _DOT, _DOT)
            painter.setFont(theme.font("caption", weight=600))
            line = theme.line("caption")
            number = QRectF(place.x() - step / 2, place.y() - _DOT - line, step, line)
            painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(one.mood))
            painter.setFont(theme.font("tick"))
            painter.setPen(theme.color("ink2"))
            below = QRectF(place.x() - step / 2, axis + theme.px(4), step, theme.line("tick"))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, label)

    def _places(self, drawn: Sequence[tuple[DayMood, str]]) -> list[QPointF]:
        """Where the dots are: days side by side, higher where the number is."""
        theme, step = self._theme, self.width() / len(drawn)
        top = theme.line("caption") + _DOT
        rise = theme.px(_RISE) - _DOT
        highest = MOOD_RANGE[-1]
        return [
            QPointF(step * (place + 0.5), top + rise * (highest - one.mood) / highest)
            for place, (one, _label) in enumerate(drawn)
        ]
