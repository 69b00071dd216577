"""Signals of macOS that lock the journal: the locked screen, and sleep.

The screen's lock is a distributed notification of Core Foundation; sleep is told by IOKit, which waits up to thirty
seconds for the answer that all is put away. Both arrive in the main run loop, which is Qt's event loop there.
Written from Apple's documentation and **not run on macOS by its authors**; if it fails there, the idle watch and the
clocks (``integrate.system.idle``) still lock.
"""

from __future__ import annotations

import ctypes
from typing import Any, Final

from PySide6.QtCore import QObject

from integrate.system.lock_source import LockReason, Notify

CAN_SYSTEM_SLEEP: Final = 0xE0000270
SYSTEM_WILL_SLEEP: Final = 0xE0000280

_LOCKED: Final = b"com.apple.screenIsLocked"
_UTF8: Final = 0x08000100
_DELIVER_AT_ONCE: Final = 4
_CORE_FOUNDATION: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_IOKIT: Final = "/System/Library/Frameworks/IOKit.framework/IOKit"

_Pointer = ctypes.c_void_p
_OnNotification = ctypes.CFUNCTYPE(None, _Pointer, _Pointer, _Pointer, _Pointer, _Pointer)
_OnPower = ctypes.CFUNCTYPE(None, _Pointer, ctypes.c_uint32, ctypes.c_uint32, _Pointer)


class MacLockSource(QObject):
    """A :class:`~integrate.system.lock_source.LockSource` over Core Foundation and IOKit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notify: Notify | None = None
        self._screen: _Screen | None = None
        self._power: _Power | None = None
        self._sleeping: list[int] = []

    def start(self, notify: Notify) -> bool:
        """Ask macOS to be told. False where its libraries are not there."""
        self.stop()
        try:
            foundation, iokit = _foundation(), _iokit()
        except (OSError, AttributeError):
            return False
        self._notify = notify
        self._screen = _Screen(foundation, self.screen_locked)
        self._power = _Power(foundation, iokit, self.power_changed)
        return True

    def release(self) -> None:
        """The journal is sealed: the computer may sleep."""
        while self._sleeping:
            self._allow(self._sleeping.pop())

    def stop(self) -> None:
        """Listen no longer, and let the computer sleep."""
        self._notify = None
        self.release()
        if self._screen is not None:
            self._screen.close()
        if self._power is not None:
            self._power.close()
        self._screen = self._power = None

    def screen_locked(self) -> None:
        """The screen was locked."""
        if self._notify is not None:
            self._notify(LockReason.SCREEN_LOCKED)

    def power_changed(self, message: int, token: int) -> None:
        """A power message of IOKit. Sleep is held back under ``token`` until :meth:`release`."""
        if message == CAN_SYSTEM_SLEEP:
            self._allow(token)
        elif message == SYSTEM_WILL_SLEEP:
            self._sleeping.append(token)
            if self._notify is None:
                self.release()
            else:
                self._notify(LockReason.SUSPEND)

    def _allow(self, token: int) -> None:
        if self._power is not None:
            self._power.allow(token)


class _Screen:
    """The observer of the distributed notification. Keeps its C callback alive for as long as it may be called."""

    def __init__(self, foundation: ctypes.CDLL, locked: Any) -> None:
        self._foundation = foundation
        self._callback = _OnNotification(lambda *_told: locked())
        self._observer = ctypes.cast(self._callback, _Pointer)
        self._centre = foundation.CFNotificationCenterGetDistributedCenter()
        self._name = foundation.CFStringCreateWithCString(None, _LOCKED, _UTF8)
        foundation.CFNotificationCenterAddObserver(
            self._centre, self._observer, self._callback, self._name, None, _DELIVER_AT_ONCE
        )

    def close(self) -> None:
        self._foundation.CFNotificationCenterRemoveEveryObserver(self._centre, self._observer)
        self._foundation.CFRelease(self._name)


class _Power:
    """The registration for power messages, in the main run loop."""

    def __init__(self, foundation: ctypes.CDLL, iokit: ctypes.CDLL, changed: Any) -> None:
        self._foundation, self._iokit = foundation, iokit
        self._callback = _OnPower(lambda _context, _service, message, token: changed(message, token or 0))
        self._port, self._notifier = _Pointer(), ctypes.c_uint32()
        self._root = iokit.IORegisterForSystemPower(
            None, ctypes.byref(self._port), self._callback, ctypes.byref(self._notifier)
        )
        self._loop = foundation.CFRunLoopGetMain()
        self._modes = _Pointer.in_dll(foundation, "kCFRunLoopCommonModes")
        self._source = iokit.IONotificationPortGetRunLoopSource(self._port) if self._root else None
        if self._source:
            foundation.CFRunLoopAddSource(self._loop, self._source, self._modes)

    def allow(self, token: int) -> None:
        if self._root:
            self._iokit.IOAllowPowerChange(self._root, token)

    def close(self) -> None:
        if not self._root:
            return
        if self._source:
            self._foundation.CFRunLoopRemoveSource(self._loop, self._source, self._modes)
        self._iokit.IODeregisterForSystemPower(ctypes.byref(self._notifier))
        self._iokit.IOServiceClose(self._root)
        self._iokit.IONotificationPortDestroy(self._port)
        self._root = 0


def _foundation() -> ctypes.CDLL:
    library = ctypes.CDLL(_CORE_FOUNDATION)
    _declare(library.CFNotificationCenterGetDistributedCenter, _Pointer)
    _declare(library.CFStringCreateWithCString, _Pointer, _Pointer, ctypes.c_char_p, ctypes.c_uint32)
    arguments = (_Pointer, _Pointer, _OnNotification, _Pointer, _Pointer, ctypes.c_long)
    _declare(library.CFNotificationCenterAddObserver, None, *arguments)
    _declare(library.CFNotificationCenterRemoveEveryObserver, None, _Pointer, _Pointer)
    _declare(library.CFRelease, None, _Pointer)
    _declare(library.CFRunLoopGetMain, _Pointer)
    _declare(library.CFRunLoopAddSource, None, _Pointer, _Pointer, _Pointer)
    _declare(library.CFRunLoopRemoveSource, None, _Pointer, _Pointer, _Pointer)
    return library


def _iokit() -> ctypes.CDLL:
    library = ctypes.CDLL(_IOKIT)
    places = (ctypes.POINTER(_Pointer), _OnPower, ctypes.POINTER(ctypes.c_uint32))
    _declare(library.IORegisterForSystemPower, ctypes.c_uint32, _Pointer, *places)
    _declare(library.IODeregisterForSystemPower, ctypes.c_int, ctypes.POINTER(ctypes.c_uint32))
    _declare(library.IONotificationPortGetRunLoopSource, _Pointer, _Pointer)
    _declare(library.IONotificationPortDestroy, None, _Pointer)
    _declare(library.IOAllowPowerChange, ctypes.c_int, ctypes.c_uint32, ctypes.c_long)
    _declare(library.IOServiceClose, ctypes.c_int, ctypes.c_uint32)
    return library


def _declare(function: Any, result: Any, *arguments: Any) -> None:
    """Say what a C function takes and gives: without it ctypes would cut pointers down to 32 bits."""
    function.argtypes, function.restype = arguments, result
