"""How large the window is from one start to the next; where it stands is the system's to say."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from integrate.system.local_settings import LocalSettings
from integrate.ui.layout import USUAL_HEIGHT, USUAL_WIDTH


def restore_size(window: QMainWindow, settings: LocalSettings) -> None:
    """Give the window the size it had, or the usual one."""
    window.resize(settings.width or USUAL_WIDTH, settings.height or USUAL_HEIGHT)


def size_of(window: QMainWindow) -> dict[str, int | bool]:
    """What is to be kept of the window's size, as values of the settings."""
    maximised = window.isMaximized()
    size = window.normalGeometry() if maximised or window.isFullScreen() else window.geometry()
    if not size.isValid():
        return {}
    return {"width": size.width(), "height": size.height(), "maximised": maximised}
