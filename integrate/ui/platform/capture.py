"""Keeps a window out of screenshots, screen sharing and screen memory, where a system offers that (Windows only)."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtWidgets import QWidget

_SHOWN_IN_CAPTURE: Final = 0x00
_EXCLUDE_FROM_CAPTURE: Final = 0x11


def can_hide_from_capture() -> bool:
    """Whether this system has a way to keep a window out of captures at all."""
    return sys.platform == "win32"


def hide_from_capture(widget: QWidget, hide: bool = True) -> bool:
    """Ask the system to leave ``widget``'s top-level window out of captures, or to let it in. Whether it said yes.

    False on Linux and macOS, which have no such thing (macOS 15 ignores what it once had), and on a Windows before
    version 2004. Written from Microsoft's documentation; not run on Windows by its authors.
    """
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        ask = ctypes.WinDLL("user32").SetWindowDisplayAffinity
        ask.argtypes, ask.restype = (wintypes.HWND, wintypes.DWORD), wintypes.BOOL
        return bool(ask(int(widget.window().winId()), _EXCLUDE_FROM_CAPTURE if hide else _SHOWN_IN_CAPTURE))
    return False
