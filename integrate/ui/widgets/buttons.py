"""Buttons, painted from the tokens: filled, edged, quiet, and the one that helps."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import RADIUS_CONTROL, control_height, lay_row, leading, picture, rounded, stroke

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme


class _Kind(NamedTuple):
    """How a kind of button looks; each ground and edge is a token or "" for none."""

    ground: str
    hover: str
    press: str
    edge: str
    ink: str
    icon: str
    weight: int
    padding: int
    small_padding: int


_KINDS: Final = MappingProxyType(
    {
        "primary": _Kind("accent", "accenthover", "accentpress", "", "onaccent", "onaccent", 600, 16, 12),
        "secondary": _Kind("surface", "sunken", "select", "line", "ink1", "ink1", 500, 16, 12),
        "quiet": _Kind("", "accenttint", "accenttint", "", "accent", "accent", 500, 10, 8),
        "quiet_neutral": _Kind("", "sunken", "select", "", "ink2", "ink2", 500, 10, 8),
        "danger": _Kind("danger", "danger", "danger", "", "onDanger", "onDanger", 500, 16, 12),
        "help": _Kind("surface", "sunken", "select", "line", "ink1", "danger", 600, 12, 10),
    }
)
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_GAP: Final = 8
_ICON: Final = 18
_TARGET: Final = 24  # nothing that can be pressed is smaller


class PaintedButton(QPushButton):
    """A push button that paints itself: what every button of the kit has in common."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)  # handed over above, PySide would load all there is to icons to see that it is none
        self.theme = theme
        self.setAutoDefault(True)  # so that Enter presses it; without a dialog it means nothing else
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_ring(self, RADIUS_CONTROL)
        theme.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take fonts, sizes and colours from the theme in force."""
        self.setFont(self.label_font())
        self.updateGeometry()
        self.update()

    def label_font(self) -> QFont:
        """The font of its words."""
        return self.theme.font("label")

    def minimumSizeHint(self) -> QSize:
        """A button is never narrower than its words."""
        return self.sizeHint()

    def text_flags(self) -> Qt.TextFlag:
        """How ``&`` in its text is drawn: as an underline where the system shows those, else not at all."""
        return Qt.TextFlag.TextHideMnemonic if sys.platform == "darwin" else Qt.TextFlag.TextShowMnemonic

    def text_width(self) -> int:
        """The width of its words in pixels."""
        return QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text()).width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does; Qt itself knows that only of dialogs."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            event.accept()
            self.click()
            return
        super().keyPressEvent(event)

    def hovered(self) -> bool:
        """Whether the pointer is over a button that can be pressed."""
        return self.isEnabled() and self.underMouse()


class Button(PaintedButton):
    """A button with words. ``kind``: primary, secondary, quiet, quiet_neutral, danger (in dialogs only) or help.

    40 px high, ``small`` 32, ``large`` 48; higher where the text is larger.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: str = "secondary",
        icon: str | None = None,
        small: bool = False,
        *,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, parent)
        self.kind = kind
        self._icon = icon
        self._small = small
        self._large = large
        self.apply_theme()

    def label_font(self) -> QFont:
        """15 px; 14 where small, 16 where large."""
        size = 14 if self._small else 16 if self._large else 15
        return self.theme.sized_font("ui", size, _KINDS[self.kind].weight)

    def set_icon(self, icon: str | None) -> None:
        """Show another icon before the words, or none."""
        self._icon = icon
        self.apply_theme()

    def sizeHint(self) -> QSize:
        """Words, icon and the padding of its kind."""
        look = _KINDS[self.kind]
        padding = look.small_padding if self._small else look.padding
        icon = self.theme.px(_ICON) + _GAP if self._icon else 0
        lean = 4 if self.kind == "help" and not self._small else 0  # the icon stands nearer to its edge
        height = control_height(self.theme, 32 if self._small else 48 if self._large else 40)
        return QSize(max(self.text_width() + icon + 2 * (padding + 1) + lean, _TARGET), height)  # the edge is 1 px

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, edge, icon and words as the state asks."""
        painter = QPainter(self)
        look, theme = _KINDS[self.kind], self.theme
        enabled = self.isEnabled()
        self._paint_ground(painter, look)
        widths = [theme.px(_ICON) if self._icon else 0, self.text_width()]
        bounds, centred = self.rect(), self.kind != "help"
        if not centred:
            bounds = bounds.adjusted(look.padding, 0, -look.padding, 0)
        icon_place, text_place = lay_row(bounds, widths, _GAP, self.layoutDirection(), centred=centred)
        if self._icon:
            token = look.icon if enabled else "disabled"
            picture(painter, icon_place, theme.pixmap(self._icon, token, _ICON))
        painter.setPen(theme.color(look.ink if enabled else "disabled"))
        painter.drawText(text_place, Qt.AlignmentFlag.AlignCenter | self.text_flags(), self.text())

    def _paint_ground(self, painter: QPainter, look: _Kind) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        quiet = not look.ground
        if not self.isEnabled():
            if not quiet:
                dashed = theme.scheme.contrast  # no paler ink there
                fill, line = theme.color("sunken"), theme.color("hair")
                rounded(painter, rect, RADIUS_CONTROL, fill, line, stroke(theme), dashed=dashed)
            return
        ground = look.press if self.isDown() else look.hover if self.hovered() else look.ground
        edge, width = look.edge, stroke(theme)
        if theme.scheme.contrast and (self.isDown() or self.hovered()):  # without tints a thicker edge has to say it
            edge, width = look.edge or ("ink1" if quiet else look.ink), 2.0
        if ground or edge:
            inside = theme.color(ground) if ground else None
            rounded(painter, rect, RADIUS_CONTROL, inside, theme.color(edge) if edge else None, width)
        if self.kind == "danger" and (self.hovered() or self.isDown()):
            shade = theme.color("onDanger" if theme.scheme.dark else "ink1")
            shade.setAlphaF(0.24 if self.isDown() else 0.12)
            rounded(painter, rect, RADIUS_CONTROL, shade)


class IconButton(PaintedButton):
    """A button that is only an icon, 32 px. ``name`` is its tooltip and what a screen reader says."""

    def __init__(
        self, theme: Theme, icon: str, name: str, shortcut_hint: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent)
        self._icon = icon
        self._token = "ink2"
        self.set_name(name, shortcut_hint)
        self.apply_theme()

    def set_name(self, name: str, shortcut_hint: str = "") -> None:
        """Say what it does; ``shortcut_hint`` is added to the tooltip, as in "Close (Esc)"."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut_hint})" if shortcut_hint else name)

    def set_icon(self, icon: str, token: str = "ink2") -> None:
        """Show another icon, in the colour of ``token``."""
        self._icon, self._token = icon, token
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = max(32, self.theme.px(_ICON) + 14)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon, on a ground while pressed, on or under the pointer."""
        painter = QPainter(self)
        theme = self.theme
        ground = "select" if self.isDown() or self.isChecked() else "sunken" if self.hovered() else ""
        if ground:
            edge = theme.color("ink1") if theme.scheme.contrast else None
            rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, theme.color(ground), edge, 2.0)
        token = self._token if self.isEnabled() else "disabled"
        picture(painter, self.rect(), theme.pixmap(self._icon, token, _ICON))


class LinkText(PaintedButton):
    """A text action inside other words: accent, underlined under the pointer, never lower than 24 px."""

    def __init__(
        self, theme: Theme, text: str, *, role: str = "label", token: str = "accent", parent: QWidget | None = None
    ) -> None:
        self._role = role
        self._token = token
        super().__init__(theme, text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_ring(self, 4)
        self.apply_theme()

    def label_font(self) -> QFont:
        """The font of the words around it, a little stronger."""
        return self.theme.font(self._role, weight=500)

    def sizeHint(self) -> QSize:
        """Its words, at least 24 px each way."""
        return QSize(max(self.text_width(), _TARGET), max(self.theme.line(self._role), _TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words."""
        painter = QPainter(self)
        font = self.font()
        # High contrast has no hue that says "this can be pressed", so the line is always there.
        font.setUnderline(self.hovered() or self.theme.scheme.contrast)
        painter.setFont(font)
        token = ("accentpress" if self.isDown() else self._token) if self.isEnabled() else "disabled"
        painter.setPen(self.theme.color(token))
        painter.drawText(
            self.rect(),
            leading(self.layoutDirection()) | Qt.AlignmentFlag.AlignVCenter | self.text_flags(),
            self.text(),
        )
