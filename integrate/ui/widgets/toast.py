"""The toast: what just happened, and ten seconds to take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.widgets.announce import announce
from integrate.ui.widgets.buttons import PaintedButton
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.motion import Fade
from integrate.ui.widgets.paint import RADIUS_CARD, RADIUS_CONTROL, control_height, rounded
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

SECONDS: Final = 10
SECONDS_READ_OUT: Final = 30  # with a screen reader, which has to finish its sentence and find the button first
_MARGIN: Final = 24
_WIDEST: Final = 560


class _UndoButton(PaintedButton):
    """Undo, in the colours of the toast, behind a thin line."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(theme, text, parent)
        set_ring(self, None)  # the ring's colour is made for light grounds; this button draws its own
        self.apply_theme()

    def label_font(self) -> QFont:
        """15 px, semibold."""
        return self.theme.font("bodyStrong")

    def sizeHint(self) -> QSize:
        """Its word and the padding."""
        return QSize(self.text_width() + 24, control_height(self.theme, 32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, the word, and an edge while it has the focus."""
        painter = QPainter(self)
        ink = self.theme.color("canvas")
        faint = QColor(ink)
        faint.setAlphaF(1.0 if self.theme.scheme.contrast else 0.2)
        at_left = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        if self.hasFocus():
            rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, None, ink, 2.0)
        else:
            painter.fillRect(QRect(0 if at_left else self.width() - 1, 0, 1, self.height()), faint)
        font = self.font()
        font.setUnderline(self.hovered())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | self.text_flags(), self.text())


class Toast(QFrame):
    """One sentence at the bottom centre of its host, and *Undo* if it can be undone. The host decides how long."""

    def __init__(self, theme: Theme, text: str, undo: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._host = parent
        self.text = Text(theme, text, "body", "canvas", parent=self)
        self.button = _UndoButton(theme, _("Undo"), self) if undo else None
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setSpacing(12)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        if self.button is not None:
            row.addWidget(self.button)
        self._set_margins()
        theme.changed.connect(self.place)

    def _set_margins(self) -> None:
        layout = self.layout()
        if layout is not None:
            start, end = 18, 8 if self.button is not None else 18
            left, right = (end, start) if self.isRightToLeft() else (start, end)  # Qt does not mirror margins
            layout.setContentsMargins(left, 8, right, 8)

    def changeEvent(self, event: QEvent) -> None:
        """Lay out again where the direction changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    def place(self) -> None:
        """Stand at the bottom centre of the host."""
        host = self._host
        width = min(self._theme.px(_WIDEST), host.width() - 2 * _MARGIN)
        layout = self.layout()
        needed = layout.totalHeightForWidth(width) if layout is not None else 0
        height = max(48, needed)
        self.setGeometry((host.width() - width) // 2, host.height() - height - _MARGIN, width, height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground: the text's colour, so that it stands out on every page."""
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CARD, self._theme.color("ink1"))


class ToastHost(QObject):
    """Shows toasts over ``parent``, one at a time. :meth:`undo_last` still works after a toast has gone."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._host = parent
        self._toast: Toast | None = None
        self._fade: Fade | None = None
        self._undo: Callable[[], None] | None = None
        self._left = 0
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.dismiss)
        parent.installEventFilter(self)

    def show(self, text: str, undo: Callable[[], None] | None = None) -> Toast:
        """Show ``text`` and announce it. ``undo`` is kept until :meth:`forget` or the next toast."""
        self._drop()
        self._undo = undo
        toast = Toast(self._theme, text, undo is not None, self._host)
        toast.installEventFilter(self)
        if toast.button is not None:
            toast.button.installEventFilter(self)
            toast.button.clicked.connect(self._undo_clicked)
        self._toast = toast
        self._fade = Fade(self._theme, toast)
        toast.place()
        toast.raise_()
        self._fade.appear()
        self._left = 1000 * (SECONDS_READ_OUT if QAccessible.isActive() else SECONDS)
        self._clock.start(self._left)
        announce(toast, text)
        return toast

    def toast(self) -> Toast | None:
        """The toast that is seen now."""
        return self._toast

    def is_paused(self) -> bool:
        """Whether the toast stays because the pointer or the focus is on it."""
        return self._toast is not None and not self._clock.isActive()

    def undo_last(self) -> bool:
        """Take back what the last toast spoke of; False if there is nothing to take back."""
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is None:
            return False
        undo()
        return True

    def forget(self) -> None:
        """Take the toast away and let go of what it could undo: on another page, and before locking."""
        self._undo = None
        self._drop()

    def dismiss(self) -> None:
        """Let the toast fade; what it could undo stays."""
        self._clock.stop()
        if self._toast is not None and self._fade is not None:
            self._toast.setEnabled(False)
            self._fade.vanish(self._drop)

    def _undo_clicked(self) -> None:
        self.undo_last()

    def _drop(self) -> None:
        self._clock.stop()
        toast, self._toast, self._fade = self._toast, None, None
        if toast is not None:
            toast.hide()
            toast.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pause under the pointer and the focus, follow the size of the host, and let Esc send the toast away."""
        kind = event.type()
        if watched is self._host:
            if kind == QEvent.Type.Resize and self._toast is not None:
                self._toast.place()
        elif self._toast is not None and watched in {self._toast, self._toast.button}:
            if kind in {QEvent.Type.Enter, QEvent.Type.FocusIn}:
                self._pause()
            elif kind in {QEvent.Type.Leave, QEvent.Type.FocusOut}:
                self._go_on(leaving=kind == QEvent.Type.Leave, inner=watched is not self._toast)
            elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
        return False

    def _pause(self) -> None:
        if self._clock.isActive():
            self._left = self._clock.remainingTime()
            self._clock.stop()

    def _go_on(self, *, leaving: bool, inner: bool) -> None:
        toast = self._toast
        if toast is None or self._clock.isActive() or not toast.isEnabled():
            return
        if leaving and inner:  # from the button to the rest of the toast
            return
        focused = toast.button is not None and toast.button.hasFocus()
        still_there = focused if leaving else toast.underMouse()
        if not still_there:
            self._clock.start(max(self._left, 0))
