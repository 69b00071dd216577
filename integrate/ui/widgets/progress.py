"""Progress in words first, then a bar; a spinner only where something takes longer than a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from integrate.ui.widgets.paint import rounded, stroke
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

WAIT: Final = 400
"""Milliseconds before a spinner shows at all."""

_BAR: Final = 6
_SPINNER: Final = 18
_FRAME: Final = 40
_STEP: Final = 16  # degrees a frame: a turn takes about nine tenths of a second
_QUARTER: Final = 90


class _Bar(QProgressBar):
    """The bar, 6 px, without words of its own."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take height and colours from the theme in force."""
        self.setFixedHeight(max(_BAR, self._theme.px(_BAR)))
        self.update()

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(self._theme.px(160), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove and how far it has come, from the side where reading begins."""
        painter = QPainter(self)
        theme, rect = self._theme, QRectF(self.rect())
        edge = theme.color("ink1") if theme.scheme.contrast else None
        rounded(painter, rect, rect.height() / 2, theme.color("select"), edge, stroke(theme))
        span = self.maximum() - self.minimum()
        part = (self.value() - self.minimum()) / span if span > 0 else 0.0
        if part <= 0:
            return
        done = QRectF(rect)
        done.setWidth(max(rect.width() * part, rect.height()))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            done.moveRight(rect.right())
        rounded(painter, done, rect.height() / 2, theme.color("accent"))


class ProgressLine(QWidget):
    """What is being done, how far it is in words ("Page 3 of 4"), and a bar below."""

    def __init__(self, theme: Theme, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Text(theme, text)
        self.words = Text(theme, "", "caption", "ink3", wrap=False)
        self.bar = _Bar(theme)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say what is being done."""
        self.text.set_text(text)
        self.bar.setAccessibleName(text)

    def set_progress(self, done: int, total: int, words: str) -> None:
        """Show ``done`` of ``total``; ``words`` say the same."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(min(done, max(total, 1)))
        self.bar.setAccessibleDescription(words)
        self.words.set_text(words)


class _Spinner(QWidget):
    """A quarter of a ring that turns; with reduced motion it stands still."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._angle = _QUARTER
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME)
        self._frames.timeout.connect(self._turn)
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take size, colours and the choice of motion from the theme in force."""
        side = self._theme.px(_SPINNER)
        self.setFixedSize(side, side)
        self._set_turning(self.isVisible())
        self.update()

    def is_turning(self) -> bool:
        """Whether it moves."""
        return self._frames.isActive()

    def _set_turning(self, wanted: bool) -> None:
        if wanted and self._theme.animation:
            self._frames.start()
        else:
            self._frames.stop()

    def _turn(self) -> None:
        self._angle = (self._angle - _STEP) % 360
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to turn."""
        super().showEvent(event)
        self._set_turning(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing turns unseen."""
        super().hideEvent(event)
        self._set_turning(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring and the quarter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if not self._theme.scheme.contrast:
            painter.setPen(QPen(self._theme.color("select"), 2))
            painter.drawEllipse(rect)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawArc(rect, (self._angle - _QUARTER // 2) * 16, _QUARTER * 16)


class Busy(QWidget):
    """Words about something that takes a while; the spinner joins after 400 ms. :meth:`start` and :meth:`stop`."""

    def __init__(self, theme: Theme, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spinner = _Spinner(theme)
        policy = self._spinner.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the words must not move when it appears
        self._spinner.setSizePolicy(policy)
        self._spinner.hide()
        self.text = Text(theme, text, "body", "ink2")
        self.setAccessibleName(text)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(WAIT)
        self._delay.timeout.connect(self._spinner.show)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._spinner)
        row.addWidget(self.text, 1)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.text.set_text(text)
        self.setAccessibleName(text)

    def start(self) -> None:
        """Show the words now, the spinner after a moment."""
        self.show()
        self._delay.start()

    def stop(self) -> None:
        """Hide both."""
        self._delay.stop()
        self._spinner.hide()
        self.hide()

    def spins(self) -> bool:
        """Whether the spinner shows."""
        return self._spinner.isVisibleTo(self)
