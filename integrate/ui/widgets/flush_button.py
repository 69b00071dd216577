"""A quiet button whose words begin where the words around it do, and not a padding further in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.focus_ring import set_ring
from integrate.ui.widgets.paint import control_height, lay_row, picture

if TYPE_CHECKING:
    from integrate.ui.theme.theme import Theme

_GAP: Final = 8
_ICON: Final = 18
_HEIGHT: Final = 32
_LEAST: Final = 24  # nothing that can be pressed is narrower


class FlushButton(Button):
    """32 px high, in the accent, or with ``neutral`` in the ink of captions; underlined under the pointer."""

    def __init__(self, theme: Theme, text: str, icon: str | None = None, *, neutral: bool = False) -> None:
        self._sign = icon
        self._token = "ink2" if neutral else "accent"
        super().__init__(theme, text, "quiet_neutral" if neutral else "quiet", icon, small=True)
        set_ring(self, 4)

    def set_icon(self, icon: str | None) -> None:
        """Show another icon before the words, or none."""
        self._sign = icon
        super().set_icon(icon)

    def sizeHint(self) -> QSize:
        """Icon and words, without a padding."""
        icon = self.theme.px(_ICON) + _GAP if self._sign else 0
        return QSize(max(icon + self.text_width() + 1, _LEAST), control_height(self.theme, _HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words."""
        painter, theme = QPainter(self), self.theme
        pressed = "accentpress" if self._token == "accent" else "ink1"
        token = (pressed if self.isDown() else self._token) if self.isEnabled() else "disabled"
        widths = [theme.px(_ICON) if self._sign else 0, self.text_width()]
        icon_place, text_place = lay_row(self.rect(), widths, _GAP, self.layoutDirection(), centred=False)
        if self._sign:
            picture(painter, icon_place, theme.pixmap(self._sign, token, _ICON))
        font = self.font()
        font.setUnderline(self.hovered() or theme.scheme.contrast)
        painter.setFont(font)
        painter.setPen(theme.color(token))
        painter.drawText(text_place, Qt.AlignmentFlag.AlignCenter | self.text_flags(), self.text())
