"""One ring around whatever the keyboard has reached; a style sheet cannot draw outside a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from integrate.ui.widgets.paint import RADIUS_CONTROL, RING_REACH, ring

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_PROPERTY: Final = "ring"
_KEYBOARD: Final = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_TABS: Final = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_UNCHANGED: Final = frozenset(
    {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.OtherFocusReason,
     Qt.FocusReason.MenuBarFocusReason, Qt.FocusReason.NoFocusReason}
)  # fmt: skip
_MOVED: Final = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange}
)


def set_ring(widget: QWidget, radius: float | None) -> None:
    """Say how round the ring around ``widget`` is; None: it shows its focus itself. Buttons have 8 px by default."""
    widget.setProperty(_PROPERTY, -1.0 if radius is None else float(radius))


def is_by_keyboard(reason: Qt.FocusReason) -> bool:
    """Whether the focus was moved with the keyboard."""
    return reason in _KEYBOARD


class FocusRing(QWidget):
    """The overlay of one ``window``. It follows the focus, and shows only while the keyboard moves it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self._watched: list[QObject] = []
        self._by_keyboard = False
        self._place = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        window.installEventFilter(self)  # a Tab while nothing has the focus reaches only the window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
            self._focus_changed(None, application.focusWidget())
        theme.changed.connect(self.update)

    def target(self) -> QWidget | None:
        """The widget that has the ring now."""
        return self._target if self.isVisible() else None

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._leave()
        if now is None or now.window() is not self.window():
            self.hide()
            return
        self._target = now
        step: QWidget | None = now
        while step is not None and step is not self:
            step.installEventFilter(self)
            self._watched.append(step)
            step = None if step.isWindow() else step.parentWidget()
        self._settle()

    def _leave(self) -> None:
        for watched in self._watched:
            if isValid(watched) and watched is not self.parent():
                watched.removeEventFilter(self)
        self._watched = []
        self._target = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Learn why the focus leaves (the next widget gets it for the same reason), and follow what moves."""
        kind = event.type()
        if isinstance(event, QFocusEvent) and watched is self._target:
            if event.reason() not in _UNCHANGED:
                self._by_keyboard = event.reason() in _KEYBOARD
                self._settle()
        elif kind in _MOVED:
            self._settle()
        elif kind == QEvent.Type.MouseButtonPress and watched is self._target and self._by_keyboard:
            self._by_keyboard = False
            self._settle()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and event.key() in _TABS:
            self._by_keyboard = True
            self._settle()
        return False

    def _settle(self) -> None:
        target = self._target
        radius = _radius(target) if target is not None and isValid(target) else None
        if target is None or radius is None or not self._by_keyboard or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self.window(), QPoint(0, 0))
        self._place = QRect(corner, target.size())
        reach = self._place.adjusted(-RING_REACH, -RING_REACH, RING_REACH, RING_REACH)
        seen = reach.intersected(self._visible_part(target))
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()

    def _visible_part(self, target: QWidget) -> QRect:
        """The window without what scroll areas around ``target`` cut away."""
        window = self.window()
        part = window.rect()
        step = target.parentWidget()
        while step is not None and step is not window:
            parent = step.parentWidget()
            if isinstance(parent, QAbstractScrollArea) and parent.viewport() is step:
                part = part.intersected(QRect(step.mapTo(window, QPoint(0, 0)), step.size()))
            step = parent
        return part

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring around the target."""
        target = self._target
        radius = _radius(target) if target is not None else None
        if radius is None:
            return
        painter = QPainter(self)
        painter.translate(-self.geometry().topLeft())
        ring(painter, QRectF(self._place), radius, self._theme.color("focus"))


def _radius(widget: QWidget) -> float | None:
    found = widget.property(_PROPERTY)
    if isinstance(found, float | int):
        return float(found) if found >= 0 else None
    return float(RADIUS_CONTROL) if isinstance(widget, QAbstractButton) else None
