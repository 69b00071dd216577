"""Keeps the screen on while the session room is open, where the system lets a program ask for that.

Nothing depends on it: a screen that goes dark or is locked all the same leaves the room as it is.
"""

from __future__ import annotations

import sys
from typing import Any, Final, Protocol

_LINUX_BUS: Final = "integrate-awake"
_SERVICE: Final = "org.freedesktop.ScreenSaver"
_PATH: Final = "/org/freedesktop/ScreenSaver"
# Whoever lists inhibitors reads this. It names neither a person nor what the program is for.
_WHO, _WHY = "integrate", "The window is being looked at"

_CONTINUOUS: Final = 0x80000000
_SYSTEM_REQUIRED: Final = 0x00000001
_DISPLAY_REQUIRED: Final = 0x00000002

_UTF8: Final = 0x08000100
_ASSERT_ON: Final = 255
_NO_IDLE_SLEEP: Final = b"PreventUserIdleDisplaySleep"
_FRAMEWORKS: Final = "/System/Library/Frameworks/{name}.framework/{name}"


class Awake(Protocol):
    """One way to ask a system. A second call of either does nothing; neither waits for an answer."""

    def start(self) -> bool:
        """Ask that the screen stays on. False where nobody can be asked."""
        ...

    def stop(self) -> None:
        """Let it go dark again."""
        ...


class LinuxAwake:
    """The screen saver of the desktop, over a connection to the session's bus of its own.

    The desktop ends the inhibition when the connection ends, after a crash too. Its own way of ending it wants an
    unsigned number, which PySide cannot send.
    """

    def __init__(self) -> None:
        self._asked = False

    def start(self) -> bool:
        """Ask the desktop's screen saver, without waiting for its answer."""
        if self._asked:
            return True
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        from integrate.ui.platform.buses import session_bus

        if session_bus() is None:
            return False
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _LINUX_BUS)
        if not bus.isConnected():
            QDBusConnection.disconnectFromBus(_LINUX_BUS)
            return False
        ask = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "Inhibit")
        ask.setArguments([_WHO, _WHY])
        ask.setAutoStartService(False)
        self._asked = bus.send(ask)
        return self._asked

    def stop(self) -> None:
        """End the connection, and with it the inhibition."""
        if self._asked:
            from PySide6.QtDBus import QDBusConnection

            self._asked = False
            QDBusConnection.disconnectFromBus(_LINUX_BUS)


class WindowsAwake:
    """The thread's execution state. Call both from the main thread. **Not run on Windows by its authors**."""

    def start(self) -> bool:
        """Ask Windows that display and computer stay on."""
        return self._set(_CONTINUOUS | _SYSTEM_REQUIRED | _DISPLAY_REQUIRED)

    def stop(self) -> None:
        """Let it decide again."""
        self._set(_CONTINUOUS)

    def _set(self, state: int) -> bool:
        if sys.platform == "win32":
            from ctypes import WinDLL, c_uint32

            change = WinDLL("kernel32").SetThreadExecutionState
            change.argtypes, change.restype = (c_uint32,), c_uint32
            return bool(change(state))
        return False


class MacAwake:
    """A power assertion of IOKit. Written from Apple's documentation; **not run on macOS by its authors**."""

    def __init__(self) -> None:
        self._iokit: Any = None
        self._assertion: int | None = None

    def start(self) -> bool:
        """Ask macOS that the display stays on. False where its libraries are not there."""
        if self._assertion is not None:
            return True
        import ctypes

        try:
            foundation, self._iokit = (ctypes.CDLL(_FRAMEWORKS.format(name=n)) for n in ("CoreFoundation", "IOKit"))
            make = foundation.CFStringCreateWithCString
            make.argtypes, make.restype = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32), ctypes.c_void_p
            ask = self._iokit.IOPMAssertionCreateWithName
        except (OSError, AttributeError):
            return False
        ask.argtypes = (ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32))
        ask.restype = ctypes.c_int
        foundation.CFRelease.argtypes = (ctypes.c_void_p,)
        kind, why = make(None, _NO_IDLE_SLEEP, _UTF8), make(None, _WHY.encode("ascii"), _UTF8)
        found = ctypes.c_uint32(0)
        if ask(kind, _ASSERT_ON, why, ctypes.byref(found)) == 0:
            self._assertion = found.value
        for text in (kind, why):
            foundation.CFRelease(text)
        return self._assertion is not None

    def stop(self) -> None:
        """Release the assertion."""
        assertion, self._assertion = self._assertion, None
        if assertion is not None:
            import ctypes

            release = self._iokit.IOPMAssertionRelease
            release.argtypes, release.restype = (ctypes.c_uint32,), ctypes.c_int
            release(assertion)


def awake() -> Awake:
    """The way of this system."""
    if sys.platform == "win32":
        return WindowsAwake()
    return MacAwake() if sys.platform == "darwin" else LinuxAwake()
