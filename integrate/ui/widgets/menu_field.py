"""A field with a fixed list of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QComboBox,
    QSizePolicy,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import RADIUS_CONTROL, control_height, leading, mirrored, picture, rounded, stroke
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_PADDING: Final = 14
_CHEVRON: Final = 16


class MenuCombo(QComboBox):
    """A combo box that paints itself like a field."""

    def __init__(self, theme: Theme, height: int) -> None:
        super().__init__()
        self._theme = theme
        self._height = height
        set_ring(self, None)  # like every field it thickens its own border
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setItemDelegate(QStyledItemDelegate(self))  # the one that follows the style sheet
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take font, height and colours from the theme in force."""
        self.setFont(self._theme.sized_font("ui", 15 if self._height >= 40 else 14))
        self.view().setFont(self.font())
        self.setFixedHeight(control_height(self._theme, self._height))
        self.update()

    def sizeHint(self) -> QSize:
        """The longest answer, the padding and the chevron."""
        metrics = QFontMetrics(self.font())
        texts = (self.itemText(index) for index in range(self.count()))
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return QSize(longest + 2 * _PADDING + 8 + self._theme.px(_CHEVRON), self.height())

    def minimumSizeHint(self) -> QSize:
        """Some letters; a longer answer is shortened."""
        return QSize(min(self.sizeHint().width(), self._theme.px(120)), self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page over it must not change the answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw border, answer and chevron."""
        painter = QPainter(self)
        theme = self._theme
        focused = self.hasFocus()
        edge, width = ("focus", 2.0) if focused else ("control", stroke(theme))
        ground = "surface" if self.isEnabled() else "sunken"
        rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, theme.color(ground), theme.color(edge), width)
        inner = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        side = theme.px(_CHEVRON)
        chevron = QRect(inner.right() - side + 1, inner.top(), side, inner.height())
        words = inner.adjusted(0, 0, -side - 8, 0)
        direction = self.layoutDirection()
        picture(painter, mirrored(direction, inner, chevron), theme.pixmap("chevron-down", "ink2", _CHEVRON))
        painter.setPen(theme.color("ink1" if self.isEnabled() else "disabled"))
        text = QFontMetrics(self.font()).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, words.width())
        flags = leading(direction) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(mirrored(direction, inner, words), flags, text)


class MenuComboTold(QAccessibleWidget):
    """What a screen reader is told of a list to choose from: its label is its name, and its answer its value.

    Qt itself gives the answer as the name, on Linux and macOS.
    """

    def __init__(self, combo: MenuCombo) -> None:
        super().__init__(combo, QAccessible.Role.ComboBox, "")
        self._combo = combo

    def text(self, kind: QAccessible.Text) -> str:
        """Name and value."""
        if kind is QAccessible.Text.Name:
            return self._combo.accessibleName()
        if kind is QAccessible.Text.Value:
            return self._combo.currentText()
        return super().text(kind)

    def state(self) -> QAccessible.State:
        """It opens a list."""
        state = super().state()
        shown = self._combo.view().isVisible()
        state.expandable, state.hasPopup = 1, 1
        state.expanded, state.collapsed = int(shown), int(not shown)
        return state

    def childCount(self) -> int:
        """The list."""
        return 1

    def child(self, index: int) -> QAccessibleInterface:
        """The list, the only one there is."""
        return QAccessible.queryAccessibleInterface(self._combo.view())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Where the list is."""
        return 0 if child.object() is self._combo.view() else -1

    def actionNames(self) -> list[str]:
        """It can be opened, and given the focus."""
        return [self.showMenuAction(), self.pressAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Open or close the list."""
        if name not in (self.showMenuAction(), self.pressAction()):
            super().doAction(name)
        elif self._combo.view().isVisible():
            self._combo.hidePopup()
        else:
            self._combo.showPopup()


class MenuField(QWidget):
    """A label above a list to choose from. ``options`` are (value, words); ``chosen`` brings what a person chose."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        options: Sequence[tuple[object, str]],
        value: object = None,
        *,
        height: int = 44,
        show_label: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.combo = MenuCombo(theme, height)
        self.combo.setAccessibleName(label)
        self.label = Text(theme, label, "label", weight=500)
        if not show_label:  # never shown here: it has no parent yet, and would be a window for a moment
            self.label.hide()
        self.label.setBuddy(self.combo)
        self.setFocusProxy(self.combo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addWidget(self.combo)
        self._values: tuple[object, ...] = ()
        self.set_options(options, value)
        self.combo.activated.connect(self._activated)

    def set_options(self, options: Sequence[tuple[object, str]], value: object = None) -> None:
        """Offer other answers; ``value`` is the one that stands."""
        self._values = tuple(found for found, _words in options)
        self.combo.clear()
        self.combo.addItems([words for _value, words in options])
        self.set_value(value)

    def value(self) -> object:
        """The value that stands; None if there is none."""
        index = self.combo.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Let ``value`` stand, without telling; one that is not offered leaves the first."""
        if value in self._values:
            self.combo.setCurrentIndex(self._values.index(value))

    def _activated(self, index: int) -> None:
        self.chosen.emit(self._values[index])
