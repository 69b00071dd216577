"""The only motion there is: things fade in and out. With reduced motion they are simply there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class Fade(QObject):
    """Fades one ``widget``, whose child it is. A fade that is under way gives way to the next."""

    def __init__(self, theme: Theme, widget: QWidget) -> None:
        super().__init__(widget)
        self._theme = theme
        self._widget = widget
        self._animation: QPropertyAnimation | None = None
        self._then: Callable[[], None] | None = None

    def appear(self) -> None:
        """Show the widget, in 120 ms at most."""
        self._widget.show()
        self._run(0.0, 1.0, self._theme.animation, None)

    def vanish(self, then: Callable[[], None]) -> None:
        """Let the widget go, in 80 ms at most, and call ``then``."""
        self._run(1.0, 0.0, self._theme.animation * 2 // 3, then)

    def _run(self, start: float, end: float, duration: int, then: Callable[[], None] | None) -> None:
        if self._animation is not None:
            self._animation.stop()
        self._then = then
        if duration == 0 or not self._widget.isVisible():
            self._finished()
            return
        effect = QGraphicsOpacityEffect(self._widget)
        effect.setOpacity(start)
        self._widget.setGraphicsEffect(effect)
        animation = QPropertyAnimation(effect, b"opacity", self)
        animation.setDuration(duration)
        animation.setStartValue(start)
        animation.setEndValue(end)
        animation.finished.connect(self._finished)
        self._animation = animation
        animation.start()

    def _finished(self) -> None:
        if self._animation is not None:
            self._animation.deleteLater()
            self._animation = None
        then, self._then = self._then, None
        if then is not None:
            then()
        # The effect costs a copy of the widget on each repaint, so it goes when the fade is over.
        self._widget.setGraphicsEffect(None)  # type: ignore[arg-type]  # Qt takes null here; the stub does not
