"""Two short exercises in words. Nothing moves, nothing is timed, and every step waits as long as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.card import Card
from integrate.ui.widgets.paint import stroke
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.domain.helplines import Exercise, Step
    from integrate.ui.theme.theme import Theme

_MARK: Final = 34
_DOT: Final = 8


class _Mark(QWidget):
    """The disc before a step, with the count of things to find; the step at hand is filled."""

    def __init__(self, theme: Theme, count: int | None) -> None:
        super().__init__()
        self._theme = theme
        self._count = count
        self._on = False
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def set_on(self, on: bool) -> None:
        """Mark the step at hand."""
        self._on = on
        self.update()

    def apply_theme(self) -> None:
        """Take the size from the theme in force."""
        side = self._theme.px(_MARK)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc and its count."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = stroke(theme, 1.5)
        rect = QRectF(self.rect())
        if self._count is None:
            inset = (rect.width() - theme.px(_DOT)) / 2
            rect.adjust(inset, inset, -inset, -inset)
        rect.adjust(width / 2, width / 2, -width / 2, -width / 2)
        pen = painter.pen()
        pen.setWidthF(width)
        pen.setColor(theme.color("accent" if self._on else "control"))
        painter.setPen(pen)
        painter.setBrush(theme.color("accent" if self._on else "surface"))
        painter.drawEllipse(rect)
        if self._count is not None:
            painter.setFont(theme.sized_font("ui", 16, 600))
            painter.setPen(theme.color("onaccent" if self._on else "ink1"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._count))


class _StepRow(QWidget):
    """One step in words. A screen reader hears count and words together."""

    def __init__(self, theme: Theme, step: Step) -> None:
        super().__init__()
        self.words = f"{step.count} {step.text}" if step.count is not None else step.text
        self._mark = _Mark(theme, step.count)
        self._text = Text(theme, step.text, "body")
        self._text.setAccessibleName(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(14)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)

    def set_on(self, on: bool) -> None:
        """Mark the step at hand, by its disc and by strong words."""
        self._mark.set_on(on)
        self._text.set_weight(600 if on else None)


class GroundingCard(Card):
    """Shows one exercise, all of it or one step at a time; arrows on its buttons move on and back."""

    def __init__(self, theme: Theme, exercises: Sequence[Exercise]) -> None:
        super().__init__(theme)
        self._exercises = tuple(exercises)
        self._at = 0
        self._step = 0
        self._one_at_a_time = False
        self._rows: list[_StepRow] = []
        self._title = Text(theme, "", "bodyStrong")
        self._intro = Text(theme, "", "caption", "ink2")
        self._place = Text(theme, "", "caption", "ink2")
        self._next = Button(theme, _("Next"), "secondary", small=True)
        self._back = Button(theme, _("Back"), "quiet_neutral", small=True)
        self._mode = Button(theme, "", "secondary", small=True)
        self._switch = Button(theme, "", "quiet_neutral", small=True)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._on_and_back = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._next.clicked.connect(self.next_step)
        self._back.clicked.connect(self.previous_step)
        self._mode.clicked.connect(self._change_mode)
        self._switch.clicked.connect(self._change_exercise)
        self._show_exercise()

    def _lay_out(self) -> None:
        rows = ((self._on_and_back, (self._next, self._back)), (self._buttons, (self._mode, self._switch)))
        for row, buttons in rows:
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
                button.installEventFilter(self)
            row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(6)
        column.addLayout(self._steps)
        column.addWidget(self._place)
        column.addSpacing(6)
        column.addLayout(self._on_and_back)
        column.addSpacing(6)
        column.addLayout(self._buttons)

    def set_cramped(self, cramped: bool) -> None:
        """Put the buttons below each other where there is hardly any room."""
        direction = QBoxLayout.Direction
        for row in (self._buttons, self._on_and_back):
            row.setDirection(direction.TopToBottom if cramped else direction.LeftToRight)

    # --- steps --------------------------------------------------------------------------------------------------------

    def exercise(self) -> Exercise:
        """The exercise that is shown."""
        return self._exercises[self._at]

    def step(self) -> int:
        """The place of the step at hand, from 0."""
        return self._step

    def next_step(self) -> None:
        """Go on; the last step stays."""
        self._go(self._step + 1)

    def previous_step(self) -> None:
        """Go back; the first step stays."""
        self._go(self._step - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows on its buttons go through the steps: Down and the end of the line go on, the others back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        forward = Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right
        backward = Qt.Key.Key_Right if mirrored else Qt.Key.Key_Left
        if event.key() in (Qt.Key.Key_Down, forward):
            self.next_step()
            return True
        if event.key() in (Qt.Key.Key_Up, backward):
            self.previous_step()
            return True
        return False

    def _go(self, step: int) -> None:
        step = min(max(step, 0), len(self._rows) - 1)
        if step != self._step:
            self._step = step
            self._refresh()
            announce(self, self._rows[step].words)

    def _change_mode(self) -> None:
        self._one_at_a_time = not self._one_at_a_time
        self._refresh()
        (self._next if self._one_at_a_time and self._next.isEnabled() else self._mode).setFocus()

    def _change_exercise(self) -> None:
        self._at = (self._at + 1) % len(self._exercises)
        self._show_exercise()
        announce(self, self.exercise().title)

    def _show_exercise(self) -> None:
        exercise = self.exercise()
        following = self._exercises[(self._at + 1) % len(self._exercises)]
        self._title.set_text(exercise.title)
        self.setAccessibleName(exercise.title)
        self._intro.set_text(exercise.intro)
        self._switch.setText(following.switch)
        self._switch.setVisible(len(self._exercises) > 1)
        for row in self._rows:
            self._steps.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_StepRow(self._theme, step) for step in exercise.steps]
        for row in self._rows:
            self._steps.addWidget(row)
        self._step = 0
        self._refresh()

    def _refresh(self) -> None:
        one = self._one_at_a_time
        for place, row in enumerate(self._rows):
            row.set_on(place == self._step)
            row.setVisible(not one or place == self._step)
        place_text = _("Step {number} of {count}").format(number=self._step + 1, count=len(self._rows))
        self._place.set_text(place_text)
        self._place.setVisible(one)
        self._next.setVisible(one)
        self._back.setVisible(one)
        self._mode.setText(_("All at once") if one else _("One at a time"))
