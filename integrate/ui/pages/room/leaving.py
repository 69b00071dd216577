"""The way out of the room: held for two seconds, or pressed twice, apart. Neither happens to a hand that shakes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter

from integrate.i18n import _
from integrate.ui.pages.room.target import SMALL, Target
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.paint import rounded

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

HOLD: Final = 2000
"""Milliseconds it is held."""

APART: Final = 1.0
"""Seconds that lie between two presses at the least; what is quicker is one press of a hand that shakes."""

ARMED: Final = 15_000
"""Milliseconds after the first press in which the second one leaves."""

_TAP: Final = 0.2  # seconds: no keyboard repeats a key that soon
_REPEATED: Final = 80
"""Milliseconds in which a held key that seems let go is pressed again. X11 tells a repeat as a release and a press, and
where they reach the program apart, as on a computer that is busy, Qt takes both for real."""

_FRAME: Final = 40
_EDGE: Final = 3.0
_PRESSING: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class LeaveButton(Target):
    """``left`` comes once it was held long enough, or pressed a second time. Esc holds it from anywhere.

    :meth:`begin` and :meth:`key_up` are for Esc; the pointer and the keys do the same.
    """

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        self._usual = _("Leave (hold 2 seconds)")
        self._again = _("Press again to leave")
        self._began = 0.0
        self._first = 0.0
        self._armed = False
        super().__init__(theme, self._usual, size=15, least=SMALL, quiet=False)
        self._whole = QTimer(self, singleShot=True, interval=HOLD)
        self._whole.timeout.connect(self._held)
        self._then: Callable[[], None] | None = None
        self._up = QTimer(self, singleShot=True, interval=_REPEATED)
        self._up.timeout.connect(self._is_up)
        self._frames = QTimer(self, interval=_FRAME)
        self._frames.timeout.connect(self.update)
        self._while_armed = QTimer(self, singleShot=True, interval=ARMED)
        self._while_armed.timeout.connect(self.disarm)
        self.pressed.connect(self.begin)
        self.released.connect(self._let_go)

    @property
    def is_armed(self) -> bool:
        """Whether another press leaves."""
        return self._armed

    def begin(self) -> None:
        """It is being held, or the key is repeated."""
        self._up.stop()
        if not self._whole.isActive():
            self._began = time.monotonic()
            self._whole.start()
            self._frames.start()

    def end(self) -> bool:
        """It was let go; whether that was before its time, which makes it a press."""
        early = self._whole.isActive()
        self.cancel()
        return early

    def key_up(self, then: Callable[[], None]) -> None:
        """A key was let go. ``then`` follows where that was before its time, which makes it a press."""
        self._then = then
        if self._whole.isActive() and time.monotonic() - self._began >= _TAP:
            self._up.start()
        else:
            self._is_up()

    def _is_up(self) -> None:
        then, self._then = self._then, None
        if self.end() and then is not None:
            then()

    def cancel(self) -> None:
        """Nobody holds it any more, and that means nothing."""
        self._up.stop()
        self._then = None
        self._whole.stop()
        self._frames.stop()
        self.update()

    def press(self) -> None:
        """It was pressed for a moment: a second press, apart from this one, leaves."""
        now = time.monotonic()
        if not self._armed:
            self._armed, self._first = True, now
            self._while_armed.start()
            self.set_words(self._again)
            announce(self, self._again)
        elif now - self._first >= APART:
            self.disarm()
            self.left.emit()

    def disarm(self) -> None:
        """Something else was done: the next press is a first one again."""
        if self._armed:
            self._armed = False
            self._while_armed.stop()
            self.set_words(self._usual)

    def _held(self) -> None:
        self.cancel()
        self.disarm()
        self.left.emit()

    def _let_go(self) -> None:
        if self.end():
            self.press()

    # --- Qt's own calls -----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Wide enough for both of its sentences, so that nothing moves when they change."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        words = max(metrics.horizontalAdvance(text) for text in (self._usual, self._again))
        return QSize(words + 2 * self._pad() + 2, hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space hold it."""
        if event.key() not in _PRESSING:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.begin()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """And let it go."""
        if event.key() not in _PRESSING:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.key_up(self.press)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The key is let go elsewhere."""
        super().focusOutEvent(event)
        self.cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is held out of sight."""
        super().hideEvent(event)
        self.cancel()

    def paint_over(self, painter: QPainter) -> None:
        """The edge fills while it is held, from where lines begin."""
        if not self._whole.isActive():
            return
        share = min((time.monotonic() - self._began) * 1000 / HOLD, 1.0)
        filled = QRectF(self.rect())
        filled.setWidth(filled.width() * share)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            filled.moveRight(self.rect().right() + 1.0)
        painter.save()
        painter.setClipRect(filled)
        rounded(painter, QRectF(self.rect()), 8, self.theme.color("press"), self.theme.color("ink1"), _EDGE)
        painter.restore()
