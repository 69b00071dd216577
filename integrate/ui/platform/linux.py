"""Signals of a Linux desktop that lock the journal, over D-Bus: sleep, a locked screen, another user.

systemd's logind tells of sleep and of the session; each desktop's screen saver has a name of its own. A *delay
inhibitor* of logind keeps the computer awake, for the few seconds logind allows, until the journal is sealed.
Only this module and its neighbours for D-Bus load QtDBus.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from integrate.system.lock_source import LockReason, Notify
from integrate.ui.platform.buses import session_bus, system_bus

_LOGIND: Final = "org.freedesktop.login1"
_LOGIND_PATH: Final = "/org/freedesktop/login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_SESSION: Final = "org.freedesktop.login1.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"

# Whoever lists inhibitors reads this. It names neither a person nor what the program is for.
_WHO, _WHY = "integrate", "Closing files before sleep"

_ANSWER_WITHIN: Final = 5000
"""Milliseconds after which a question to logind counts as not answered. Nobody waits for it."""

_IDLE_PRESENCE: Final = 3

# (interface, signal, slot), whichever program sends them: their names and paths differ from desktop to desktop, and
# nobody gains anything by locking their own journal.
_SCREEN_SIGNALS: Final = (
    ("org.freedesktop.ScreenSaver", "ActiveChanged", "screen_saver_changed(bool)"),
    ("org.gnome.ScreenSaver", "ActiveChanged", "screen_saver_changed(bool)"),
    ("org.cinnamon.ScreenSaver", "ActiveChanged", "screen_saver_changed(bool)"),
    ("org.mate.ScreenSaver", "ActiveChanged", "screen_saver_changed(bool)"),
    ("org.xfce.ScreenSaver", "ActiveChanged", "screen_saver_changed(bool)"),
    ("org.gnome.SessionManager.Presence", "StatusChanged", "presence_changed(uint)"),
    ("com.canonical.Unity.Session", "Locked", "screen_locked()"),
)

_Subscription = tuple[QDBusConnection, str, str, str, str, str]
_Answer = Callable[[list[Any]], None]


class LinuxLockSource(QObject):
    """A :class:`~integrate.system.lock_source.LockSource` over the system's and the session's bus."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notify: Notify | None = None
        self._system: QDBusConnection | None = None
        self._subscriptions: list[_Subscription] = []
        self._wants_delay = False
        self._asking = False
        self._delay: QDBusUnixFileDescriptor | None = None

    # --- the seam -----------------------------------------------------------------------------------------------------

    def start(self, notify: Notify) -> bool:
        """Listen on both buses. False where there is neither. Whether logind is there turns out later, silently."""
        self.stop()
        self._notify = notify
        self._system, session = system_bus(), session_bus()
        if self._system is not None:
            self._listen(self._system, _LOGIND, _LOGIND_PATH, _MANAGER, "PrepareForSleep", "prepare_for_sleep(bool)")
            self._find_session()
            self._take_delay()
        if session is not None:
            for interface, signal, slot in _SCREEN_SIGNALS:
                self._listen(session, "", "", interface, signal, slot)
        return self._system is not None or session is not None

    def release(self) -> None:
        """Let the computer sleep. After the next resume sleep is delayed again."""
        self._wants_delay = False
        # logind waits until the descriptor is closed, which its destructor does.
        self._delay = None

    def stop(self) -> None:
        """Listen no longer, and let the computer sleep."""
        self._notify = None
        self.release()
        for bus, service, path, interface, signal, slot in self._subscriptions:
            bus.disconnect(service, path, interface, signal, self, _slot(slot))
        self._subscriptions.clear()
        # Answers still under way are for the start before this one.
        for watcher in self.findChildren(QDBusPendingCallWatcher):
            watcher.finished.disconnect()
            watcher.deleteLater()
        self._asking = False

    # --- what arrives -------------------------------------------------------------------------------------------------

    @Slot(bool)
    def prepare_for_sleep(self, going: bool) -> None:
        """The computer is about to sleep, or has woken up."""
        if going:
            self._tell(LockReason.SUSPEND)
        elif self._notify is not None:
            self._take_delay()

    @Slot(bool)
    def screen_saver_changed(self, active: bool) -> None:
        """A screen saver came or went."""
        if active:
            self._tell(LockReason.SCREEN_LOCKED)

    @Slot()
    def screen_locked(self) -> None:
        """The desktop was asked to lock this session, or has done so."""
        self._tell(LockReason.SCREEN_LOCKED)

    @Slot("uint")
    def presence_changed(self, status: int) -> None:
        """GNOME thinks that the person is there, busy, invisible or idle."""
        if status == _IDLE_PRESENCE:
            self._tell(LockReason.IDLE)

    @Slot(QDBusMessage)
    def session_changed(self, message: QDBusMessage) -> None:
        """Something about this session changed. Whether it is still the one on the screen has to be asked."""
        if message.arguments()[:1] == [_SESSION]:
            ask = _call(message.path(), _PROPERTIES, "Get", _SESSION, "Active")
            self._ask(ask, self._take_active, _nothing)

    # --- asking logind ------------------------------------------------------------------------------------------------

    def _find_session(self, names: tuple[str, ...] | None = None) -> None:
        first, *rest = names or _session_names()
        refused = partial(self._find_session, tuple(rest)) if rest else _nothing
        self._ask(_call(_LOGIND_PATH, _MANAGER, "GetSession", first), self._take_session, refused)

    def _take_session(self, answer: list[Any]) -> None:
        match answer:
            case [QDBusObjectPath() as found] if self._system is not None:
                self._listen(self._system, _LOGIND, found.path(), _SESSION, "Lock", "screen_locked()")
                slot = "session_changed(QDBusMessage)"
                self._listen(self._system, _LOGIND, found.path(), _PROPERTIES, "PropertiesChanged", slot)

    def _take_active(self, answer: list[Any]) -> None:
        match answer:
            case [QDBusVariant() as active] if active.variant() is False:
                self._tell(LockReason.USER_SWITCHED)

    def _take_delay(self) -> None:
        self._wants_delay = True
        if self._delay is None and not self._asking:
            self._asking = True
            ask = _call(_LOGIND_PATH, _MANAGER, "Inhibit", "sleep", _WHO, _WHY, "delay")
            self._ask(ask, self._keep_delay, self._no_delay)

    def _keep_delay(self, answer: list[Any]) -> None:
        self._asking = False
        match answer:
            # Where the journal was sealed in the meantime, dropping the answer closes its descriptor.
            case [QDBusUnixFileDescriptor() as held] if self._wants_delay and held.isValid():
                self._delay = held

    def _no_delay(self) -> None:
        self._asking = False

    # --- the bus ------------------------------------------------------------------------------------------------------

    def _listen(self, bus: QDBusConnection, service: str, path: str, interface: str, signal: str, slot: str) -> None:
        if bus.connect(service, path, interface, signal, self, _slot(slot)):
            self._subscriptions.append((bus, service, path, interface, signal, slot))

    def _ask(self, message: QDBusMessage, answered: _Answer, refused: Callable[[], None]) -> None:
        """Send without waiting. Exactly one of the two is called later, unless :meth:`stop` comes first."""
        if self._system is None:
            return
        watcher = QDBusPendingCallWatcher(self._system.asyncCall(message, _ANSWER_WITHIN), self)
        watcher.finished.connect(partial(_settle, watcher, answered, refused))

    def _tell(self, reason: LockReason) -> None:
        if self._notify is not None:
            self._notify(reason)


def _settle(watcher: QDBusPendingCallWatcher, answered: _Answer, refused: Callable[[], None]) -> None:
    # The watcher leaves at once: stop() lets go of those that are still waiting, and of no others.
    failed, answer = watcher.isError(), watcher.reply().arguments()
    watcher.deleteLater()
    if failed:
        refused()
    else:
        answered(answer)


def _slot(signature: str) -> Any:
    # PySide's type information asks for bytes here; PySide itself takes nothing but text.
    return SLOT(signature)


def _session_names() -> tuple[str, ...]:
    # logind's own names come after the one of the environment: the session of whoever asks or else the one on the
    # user's screen, which is what a program started by a desktop needs that puts it outside of any session; and, for
    # an older logind, only the former. (GetSessionByPID wants an unsigned number, which PySide cannot send.)
    named = os.environ.get("XDG_SESSION_ID")
    return (named, "auto", "") if named else ("auto", "")


def _nothing() -> None:
    """Nobody answers, or the answer is no: then nothing is expected of logind."""


def _call(path: str, interface: str, method: str, *arguments: object) -> QDBusMessage:
    message = QDBusMessage.createMethodCall(_LOGIND, path, interface, method)
    message.setArguments(list(arguments))
    message.setAutoStartService(False)
    return message
