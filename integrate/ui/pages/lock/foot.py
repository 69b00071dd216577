"""The foot of the lock screen: Help now, which needs no passphrase, and what integrate never does."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrate.i18n import _
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets.buttons import Button
from integrate.ui.widgets.icon import Icon
from integrate.ui.widgets.text import Text

_GAP: Final = 14
_ICON: Final = 15


class Foot(QWidget):
    """Never scrolls away. ``help_wanted`` follows Help now."""

    help_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        note = _("Works without unlocking")
        self.help_button = Button(theme, _("Help now"), "help", "life-buoy")
        self.help_button.setAccessibleDescription(note)
        self.help_button.clicked.connect(self.help_wanted)
        self._note = Text(theme, note, "caption", "ink3", wrap=False)
        offline = _("integrate never goes online.")
        self._offline = Text(theme, offline, "caption", "ink3", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 28, 24)
        row.setSpacing(_GAP)
        row.addWidget(self.help_button)
        row.addWidget(self._note)
        row.addStretch(1)
        sign = QHBoxLayout()
        sign.setSpacing(8)
        sign.addWidget(Icon(theme, "wifi-off", "ink3", _ICON), 0, Qt.AlignmentFlag.AlignVCenter)
        sign.addWidget(self._offline)
        row.addLayout(sign)
        self._theme = theme
        theme.changed.connect(self._make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What Help now is described by anyway gives way first."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        margins = self.contentsMargins()
        offline = self._offline.sizeHint().width() + self._theme.px(_ICON) + 8
        needed = self.help_button.sizeHint().width() + self._note.sizeHint().width() + offline + 3 * _GAP
        self._note.setVisible(needed <= self.width() - margins.left() - margins.right() - 52)
