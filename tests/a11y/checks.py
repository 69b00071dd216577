"""What must hold for every screen: names and roles, the keyboard's way round, and words that are not cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from integrate.ui.scene import Scene
from integrate.ui.shell.sidebar import Sidebar
from integrate.ui.widgets.text import Text
from tests.a11y.tree import Told, told
from tests.ui.waiting import run_events

_INTERACTIVE = (QAbstractButton, QLineEdit, QAbstractItemView, QAbstractSlider, QComboBox, QTextEdit)
_MOST_STOPS = 150
_ROUNDING = 1


def seen(layer: QWidget) -> Iterator[QWidget]:
    """Every widget of a layer that is on the screen."""
    return (widget for widget in layer.findChildren(QWidget) if widget.isVisible())


def controls(layer: QWidget) -> list[QWidget]:
    """What takes the keyboard or the pointer: everything with a focus policy, and everything that can be pressed."""
    return [widget for widget in seen(layer) if _is_control(widget)]


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar) or widget.focusProxy() is not None or _is_inner(widget):
        return False
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        return True
    return isinstance(widget, _INTERACTIVE) and told(widget).role != "StaticText"  # drawn like a button, told as text


def _is_inner(widget: QWidget) -> bool:
    """A part of a stock control: what scrolls inside a view, the line inside a box, headings that cannot be pressed."""
    parent = widget.parentWidget()
    if isinstance(widget, QHeaderView) and isinstance(parent, QTableView):
        return not widget.sectionsClickable()  # the table itself tells them
    if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QScrollArea):
        return widget is parent.viewport()
    return isinstance(parent, QComboBox)


# --- names ------------------------------------------------------------------------------------------------------------


def nameless(layer: QWidget) -> list[str]:
    """Controls without a name or without a role."""
    return [
        f"{type(widget).__name__}: {told(widget)}"
        for widget in controls(layer)
        if not told(widget).name.strip() or not told(widget).known
    ]


def alike(layer: QWidget) -> list[str]:
    """Controls that cannot be told from each other: the same role, name and description."""
    counted: Counter[Told] = Counter(told(widget) for widget in controls(layer))
    return [f"{count} × {one}" for one, count in counted.items() if count > 1]


# --- keyboard ---------------------------------------------------------------------------------------------------------


def walk_round(layer: QWidget) -> list[QWidget]:
    """Press Tab from where the focus is until it comes round; every stop, in order.

    In a date or a time, Tab first goes from one part of it to the next.
    """
    stops: list[QWidget] = []
    for _press in range(_MOST_STOPS):
        focused = QApplication.focusWidget()
        QTest.keyClick(focused if focused is not None else layer.window(), Qt.Key.Key_Tab)
        run_events()
        now = QApplication.focusWidget()
        assert now is not None, "Tab led nowhere"
        if now in stops and not (now is stops[-1] and isinstance(now, QDateTimeEdit)):
            return stops
        if now not in stops:
            stops.append(now)
    raise AssertionError(f"Tab did not come round in {_MOST_STOPS} steps")


def unreached(layer: QWidget, stops: list[QWidget]) -> list[str]:
    """Controls that Tab does not reach, nor the arrows of a group whose one stop it reached."""
    return [
        f"{type(widget).__name__}: {told(widget)}"
        for widget in controls(layer)
        if widget.isEnabled() and widget not in stops and not _is_by_arrows(widget, stops)
    ]


def _is_by_arrows(widget: QWidget, stops: list[QWidget]) -> bool:
    """Whether a group that takes arrows has one of its members among the stops."""
    if isinstance(widget, QAbstractButton) and (group := widget.group()) is not None:
        return any(member in stops for member in group.buttons())
    if isinstance(widget, QAbstractButton) and widget.autoExclusive():
        return any(
            isinstance(one, QAbstractButton) and one.autoExclusive() and one in stops for one in _siblings(widget)
        )
    parent = widget.parentWidget()
    if not isinstance(parent, (Sidebar, Scene)):
        while parent is not None and not isinstance(parent, Sidebar):
            parent = parent.parentWidget()
    return isinstance(parent, Sidebar) and any(parent.isAncestorOf(stop) for stop in stops)


def _siblings(widget: QWidget) -> Sequence[QWidget]:
    parent = widget.parentWidget()
    return parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if parent is not None else ()


def outside(layer: QWidget, stops: list[QWidget]) -> list[str]:
    """Stops that do not belong to the layer: Tab must not leave a sheet."""
    return [f"{type(stop).__name__}: {told(stop)}" for stop in stops if not layer.isAncestorOf(stop)]


# --- words ------------------------------------------------------------------------------------------------------------


def cut_off(layer: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need, or hang out of what holds them."""
    found = []
    for widget in seen(layer):
        if isinstance(widget, (QLabel, QAbstractButton)) and _words(widget):
            found += [f"{type(widget).__name__} “{_words(widget)[:60]}” {fault}" for fault in _faults(widget)]
    return found


def _words(widget: QLabel | QAbstractButton) -> str:
    return widget.words() if isinstance(widget, Text) else widget.text()


def _faults(widget: QWidget) -> Iterator[str]:
    width, height = widget.width(), widget.height()
    if widget.hasHeightForWidth():
        needed = widget.heightForWidth(width)
        if height + _ROUNDING < needed:
            yield f"is {height} high and needs {needed} at a width of {width}"
        least = widget.minimumSizeHint().width()
        if width + _ROUNDING < least:
            yield f"is {width} wide and needs at least {least}"
    else:
        hint = widget.sizeHint() if not isinstance(widget, QLabel) else widget.minimumSizeHint()
        if width + _ROUNDING < hint.width() or height + _ROUNDING < hint.height():
            yield f"is {width} × {height} and needs {hint.width()} × {hint.height()}"
    yield from _hangs_out(widget)


def _hangs_out(widget: QWidget) -> Iterator[str]:
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    if place.left() < 0 or place.right() > window.width():
        yield f"hangs out of the window: {place.left()} to {place.right()} of {window.width()}"
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        holder = parent.parentWidget()
        if isinstance(holder, QScrollArea) and parent is holder.viewport():
            inside = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
            if inside.left() < 0 or inside.right() > parent.width():
                yield f"hangs out of what scrolls: {inside.left()} to {inside.right()} of {parent.width()}"
        parent = holder
