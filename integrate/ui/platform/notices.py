"""Short notices outside the window, through the desktop's place for small icons.

What is said here is seen by whoever is near the screen, and on some desktops kept in a list of notices: no word of a
journal may be in it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_PROGRAM = "Integrate"


class Notices(Protocol):
    """A way to say something outside the window, for as long as it is there."""

    def tell(self, text: str) -> None:
        """Show one short notice, under the program's name."""

    def end(self) -> None:
        """Take the icon away. Nothing is said any more."""


def can_notify() -> bool:
    """Whether this desktop has a place for the icon and shows what is said there."""
    if sys.platform.startswith("linux"):
        from integrate.ui.platform.buses import session_bus

        if session_bus() is None:  # Qt would go by the bus, and without one have the library start its own
            return False
    from PySide6.QtWidgets import QSystemTrayIcon

    return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()


class TrayNotices(QObject):
    """An icon in the tray from now on; Qt shows a notice only beside one. ``clicked`` is the person's, on either."""

    def __init__(self, icon: QIcon, clicked: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QSystemTrayIcon

        self._tray = QSystemTrayIcon(icon, self)
        self._tray.setToolTip(_PROGRAM)
        self._clicked = clicked
        self._tray.activated.connect(self._activated)
        self._tray.messageClicked.connect(clicked)
        self._tray.show()

    def tell(self, text: str) -> None:
        """Show one short notice; how long it stays is the desktop's to say."""
        self._tray.showMessage(_PROGRAM, text, self._tray.icon())

    def end(self) -> None:
        """Take the icon away."""
        self._tray.hide()
        self.deleteLater()

    def _activated(self, _reason: object) -> None:
        self._clicked()
