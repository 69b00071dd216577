"""Cards: a surface with a hairline. The whole card is one button, or none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import RADIUS_CARD, rounded, stroke
from integrate.ui.widgets.text import Text

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class Card(QFrame):
    """A surface with an edge, for a layout of the caller's own. ``ground`` and ``edge`` are tokens; "" is none."""

    def __init__(
        self,
        theme: Theme,
        *,
        ground: str = "surface",
        edge: str = "hair",
        radius: int = RADIUS_CARD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = ground
        self._edge = edge
        self._radius = radius
        self._selected = False
        theme.changed.connect(self.update)

    def set_selected(self, selected: bool) -> None:
        """Show the 2 px edge of what is chosen."""
        self._selected = selected
        self.update()

    def set_look(self, ground: str, edge: str) -> None:
        """Take other tokens."""
        self._ground, self._edge = ground, edge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and edge."""
        theme = self._theme
        if self._selected:
            edge, width = "accent", 2.0
        else:
            edge, width = self._edge or ("line" if theme.scheme.contrast else ""), stroke(theme)
        fill = theme.color(self._ground) if self._ground else None
        rounded(QPainter(self), QRectF(self.rect()), self._radius, fill, theme.color(edge) if edge else None, width)


class CardButton(QPushButton):
    """A card that is one button. Put a layout of labels into it; ``name`` is all that a screen reader says of them."""

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._selected = False
        self.setAccessibleName(name)
        self.setAutoDefault(True)  # so that Enter presses it
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_ring(self, RADIUS_CARD)
        theme.changed.connect(self.apply_theme)

    def set_selected(self, selected: bool) -> None:
        """Show it as the chosen one."""
        self._selected = selected
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take colours from the theme in force; in high contrast the words of a chosen card are bold."""
        for text in self.findChildren(Text):
            text.set_bold(self._selected and self._theme.scheme.contrast)
        self.update()

    def add_passive(self, widget: QWidget) -> None:
        """Let clicks on ``widget``, which lies in the card, go to the card."""
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """What its layout asks for."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What its layout needs."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface and edge as the state asks; it never lifts."""
        theme = self._theme
        hovered = self.underMouse() and self.isEnabled()
        edge, width = ("accent", 2.0) if self._selected else ("line" if hovered else "hair", stroke(theme))
        if theme.scheme.contrast and hovered:
            width = 2.0
        ground = "select" if self.isDown() else "surface"
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CARD, theme.color(ground), theme.color(edge), width)


class Divider(QFrame):
    """A hairline across, or down with ``vertical``."""

    def __init__(self, theme: Theme, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._vertical = vertical
        self.apply_theme()
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take width and colour from the theme in force."""
        thick = 2 if self._theme.scheme.contrast else 1
        if self._vertical:
            self.setFixedWidth(thick)
        else:
            self.setFixedHeight(thick)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), self._theme.color("hair"))
