"""Signals of Windows that lock the journal: session changes, sleep, and the lid.

Written from Microsoft's documentation and not run on Windows by its authors; what the messages mean is a pure function
with tests of its own.
"""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtGui import QWindow

from integrate.system.lock_source import LockReason, Notify

WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
PBT_APMSUSPEND: Final = 0x0004
PBT_POWERSETTINGCHANGE: Final = 0x8013
WTS_CONSOLE_DISCONNECT: Final = 0x2
WTS_REMOTE_DISCONNECT: Final = 0x4
WTS_SESSION_LOCK: Final = 0x7

LID_SWITCH: Final = bytes.fromhex("4d0f3eba17b89440a2d1d56379e6a0f3")
"""GUID_LIDSWITCH_STATE_CHANGE, {BA3E0F4D-B817-4094-A2D1-D56379E6A0F3}, as it lies in memory."""

_REASONS: Final = MappingProxyType(
    {
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK): LockReason.SCREEN_LOCKED,
        (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT): LockReason.USER_SWITCHED,
        (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT): LockReason.USER_SWITCHED,
        (WM_POWERBROADCAST, PBT_APMSUSPEND): LockReason.SUSPEND,
    }
)

_THIS_SESSION: Final = 0
_WINDOW_HANDLE: Final = 0
_SETTING_HEAD: Final = 20  # POWERBROADCAST_SETTING: a GUID, the length of the data as a DWORD, the data


def reason_of(message: int, wparam: int) -> LockReason | None:
    """What a window message means for the journal, by its number and first parameter."""
    return _REASONS.get((message, wparam))


def lid_is_open(setting: bytes) -> bool | None:
    """What a POWERBROADCAST_SETTING says of the lid. None where it is about something else or cut short."""
    length = int.from_bytes(setting[16:_SETTING_HEAD], "little")
    data = setting[_SETTING_HEAD : _SETTING_HEAD + length]
    if setting[:16] != LID_SWITCH or len(data) < length or not data:
        return None
    return any(data)


class Lid:
    """Tells a lid being closed from one that is closed: Windows reports its state as soon as one asks to be told.

    A laptop with its lid down under a screen of its own is in use.
    """

    def __init__(self) -> None:
        self._open: bool | None = None

    def is_closing(self, is_open: bool) -> bool:
        """Take a report and say whether the lid was open before it and is not any more."""
        closing = self._open is True and not is_open
        self._open = is_open
        return closing


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, notify: Notify) -> None:
        super().__init__()
        self._notify = notify
        self._lid = Lid()

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Look at one of the thread's window messages and let it through."""
        if sys.platform == "win32" and QByteArray(event_type) == b"windows_generic_MSG":
            from ctypes import string_at, wintypes

            msg = wintypes.MSG.from_address(int(message))
            reason = reason_of(msg.message, msg.wParam)
            if msg.message == WM_POWERBROADCAST and msg.wParam == PBT_POWERSETTINGCHANGE and msg.lParam:
                length = int.from_bytes(string_at(msg.lParam + 16, 4), "little")
                is_open = lid_is_open(string_at(msg.lParam, _SETTING_HEAD + min(length, 64)))
                if is_open is not None and self._lid.is_closing(is_open):
                    reason = LockReason.SUSPEND
            if reason is not None:
                self._notify(reason)
        return False, 0


class WindowsLockSource(QObject):
    """A :class:`~integrate.system.lock_source.LockSource` over a window of its own that is never shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: _Messages | None = None
        self._window: QWindow | None = None
        self._lid_handle: int | None = None

    def start(self, notify: Notify) -> bool:
        """Ask Windows to be told. True where it agreed to tell of the session; of sleep it tells everybody."""
        self.stop()
        application = QCoreApplication.instance()
        told = False
        if sys.platform == "win32" and application is not None:
            from ctypes import POINTER, WinDLL, byref, c_char, wintypes

            self._messages = _Messages(notify)
            application.installNativeEventFilter(self._messages)
            self._window = QWindow()
            self._window.create()
            handle = int(self._window.winId())
            register = WinDLL("wtsapi32").WTSRegisterSessionNotification
            register.argtypes, register.restype = (wintypes.HWND, wintypes.DWORD), wintypes.BOOL
            told = bool(register(handle, _THIS_SESSION))
            ask = WinDLL("user32").RegisterPowerSettingNotification
            ask.argtypes, ask.restype = (wintypes.HANDLE, POINTER(c_char * 16), wintypes.DWORD), wintypes.HANDLE
            guid = (c_char * 16).from_buffer_copy(LID_SWITCH)
            self._lid_handle = ask(handle, byref(guid), _WINDOW_HANDLE)
        return told

    def release(self) -> None:
        """Nothing is held back: Windows gives a program two seconds after its notice, and locking takes less."""

    def stop(self) -> None:
        """Listen no longer."""
        application = QCoreApplication.instance()
        if self._messages is not None and application is not None:
            application.removeNativeEventFilter(self._messages)
        self._messages = None
        if sys.platform == "win32" and self._window is not None:
            from ctypes import WinDLL, wintypes

            if self._lid_handle:
                forget = WinDLL("user32").UnregisterPowerSettingNotification
                forget.argtypes, forget.restype = (wintypes.HANDLE,), wintypes.BOOL
                forget(self._lid_handle)
            unregister = WinDLL("wtsapi32").WTSUnRegisterSessionNotification
            unregister.argtypes, unregister.restype = (wintypes.HWND,), wintypes.BOOL
            unregister(int(self._window.winId()))
            self._window.destroy()
        self._lid_handle, self._window = None, None
