"""What is set once for the process of the window, before any widget is made."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QApplication

DESKTOP_FILE: Final = "org.integrate.Integrate"
"""Name of the .desktop file, so that a Wayland compositor finds the window's icon."""


def prepare_application(application: QApplication) -> None:
    """Name the program to the system without leaving traces, and let the program itself decide when it ends."""
    application.setApplicationName("integrate")
    application.setApplicationDisplayName("integrate")
    application.setDesktopFileName(DESKTOP_FILE)
    application.setQuitOnLastWindowClosed(False)


def set_window_icon(application: QApplication) -> None:
    """Give every window the program's icon. Drawing it takes milliseconds: call this when the first picture is shown.

    Raises:
        ResourceError: its drawing is missing.
    """
    from integrate.ui.theme.app_icon import app_icon

    application.setWindowIcon(app_icon())
