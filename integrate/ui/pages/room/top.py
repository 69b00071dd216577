"""The row above everything in the room (what was just said, the light, the way out), and the shade over all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.pages.room.leaving import LeaveButton
from integrate.ui.pages.room.panel import NARROW_SIDE, SIDE
from integrate.ui.pages.room.target import SMALL, Target
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.pages.room.look import RoomTheme

_GAP: Final = 12


class TopBar(QWidget):
    """Stands in every panel. What is in the way of the disk stays below it until it is out of the way."""

    def __init__(self, theme: RoomTheme) -> None:
        super().__init__()
        self._theme = theme
        self._name = _("Session room")
        self.status = Text(theme, self._name, "body", "ink2", wrap=False)
        self.trouble = Text(theme, "", "bodyStrong", "ink1")
        self.trouble.hide()
        self.dimmer = Target(theme, _("Dimmer"), icon="moon", size=15, least=SMALL, quiet=False)
        self.brighter = Target(theme, _("Brighter"), icon="sun", size=15, least=SMALL, quiet=False)
        self.leave = LeaveButton(theme)
        light = QHBoxLayout()
        light.setSpacing(_GAP)
        light.addWidget(self.dimmer)
        light.addWidget(self.brighter)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(_GAP)
        self._buttons.addLayout(light)
        self._buttons.addWidget(self.leave)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self.status, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._buttons)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addLayout(self._row)
        self._column.addWidget(self.trouble)
        self.set_narrow(False)
        theme.changed.connect(self._fit)

    def set_narrow(self, narrow: bool) -> None:
        """Lay out for little room."""
        side = NARROW_SIDE if narrow else SIDE
        self._column.setContentsMargins(side, 24, side, 8)
        self._fit()

    def say(self, text: str) -> None:
        """Say something in place of the room's name, or its name again."""
        self.status.set_text(text or self._name)
        self.status.set_token("ink1" if text else "ink2")

    def say_trouble(self, text: str) -> None:
        """Say what is in the way, once and for as long as it is; "" takes it away."""
        if text and text != self.trouble.words():
            announce(self.trouble, text, polite=False)
        self.trouble.set_text(text)
        self.trouble.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below each other where they do not fit beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        light = self.dimmer.sizeHint().width() + self.brighter.sizeHint().width() + _GAP
        buttons = light + _GAP + self.leave.sizeHint().width()
        status = max(self.status.sizeHint().width(), self._theme.px(140))
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if buttons + _GAP + status <= room else directions.TopToBottom)
        self._buttons.setDirection(directions.LeftToRight if buttons <= room else directions.TopToBottom)


class Shade(QWidget):
    """Black over the whole room, as much of it as was asked for. It takes no press."""

    def __init__(self, theme: RoomTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._theme.shade:
            colour = self._theme.color("canvas")
            colour.setRgb(0, 0, 0)
            colour.setAlphaF(self._theme.shade)
            QPainter(self).fillRect(self.rect(), colour)
