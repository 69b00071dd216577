"""The steps of making a journal: where one is, what was done, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.paint import tick
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

Step = tuple[str, str]
"""The title of a step and its sentence."""

_CIRCLE: Final = 28
_GAP: Final = 14
_BELOW: Final = 26


class _Number(QWidget):
    """The number of a step in a circle, and the line that leads to the next."""

    def __init__(self, theme: Theme, number: int, last: bool) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._last = last
        self.state = "later"
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take size and colours from the theme in force."""
        self.setFixedWidth(self._theme.px(_CIRCLE))
        self.update()

    def sizeHint(self) -> QSize:
        """The circle; the line takes what height there is."""
        side = self._theme.px(_CIRCLE)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle, number or tick, and the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, side = self._theme, self.width()
        now, done = self.state == "now", self.state == "done"
        edge = "accent" if now or done else "control"
        circle = QRectF(0, 0, side, side).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(theme.color(edge), 1.5))
        painter.setBrush(theme.color("accent") if now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if done:
            inside = QRectF(0, 0, side / 2, side / 2)
            inside.moveCenter(circle.center())
            tick(painter, inside, theme.color("accent"), 1.75 * theme.scale)
        else:
            painter.setFont(theme.sized_font("ui", 14, 600 if now else 500))
            painter.setPen(theme.color("onaccent" if now else "ink2"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if not self._last:
            painter.setPen(QPen(theme.color("line"), 1.5))
            painter.drawLine(QPointF(side / 2, side + 4), QPointF(side / 2, self.height() - 4))


class StepRow(QWidget):
    """One step. Screen readers hear its number, title and state in words."""

    def __init__(self, theme: Theme, number: int, total: int, step: Step) -> None:
        super().__init__()
        self._total = total
        self._index = number
        self._title_words = step[0]
        self._number = _Number(theme, number, number == total)
        self._title = Text(theme, step[0], weight=500)
        self._sentence = Text(theme, step[1], "caption", "ink3")
        words = QVBoxLayout()
        words.setContentsMargins(0, 3, 0, 0 if number == total else _BELOW)
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._number)
        row.addLayout(words, 1)

    def set_state(self, state: str) -> None:
        """``state`` is done, now or later."""
        self._number.state = state
        self._number.update()
        self._title.set_weight(600 if state == "now" else 500)
        self._title.set_token("ink1" if state == "now" else "ink2")
        self._sentence.set_token("ink2" if state == "now" else "ink3")
        name = _("Step {number} of {total}: {title}").format(
            number=self._index, total=self._total, title=self._title_words
        )
        self.setAccessibleName(name)
        said = {"now": _("this step"), "done": _("done"), "later": _("not yet")}
        self.setAccessibleDescription(said[state])


class StepList(QWidget):
    """All steps, one below the other. :meth:`set_current` says which it is, counted from 0."""

    def __init__(self, theme: Theme, steps: Sequence[Step], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = tuple(StepRow(theme, number, len(steps), step) for number, step in enumerate(steps, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self.rows:
            column.addWidget(row)
        self.set_current(0)

    def set_current(self, index: int) -> None:
        """Be at the step ``index``; those before are done."""
        for number, row in enumerate(self.rows):
            row.set_state("done" if number < index else "now" if number == index else "later")
