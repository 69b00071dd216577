"""The two message buses of a Linux desktop, asked for so that nothing is started, written or said when one is missing.

A service that hangs delays nobody: what it is asked is asked without waiting, or with a short limit. A bus *daemon*
that takes the connection and never answers would hold up whoever connects, and Qt itself connects to the session's bus
when a window is shown; nothing here can shorten that.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtDBus import QDBusConnection


def session_bus() -> QDBusConnection | None:
    """The session's bus, or None.

    Without an address the D-Bus library would start a bus of its own and leave its address in the home folder.
    """
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    known = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and (Path(runtime) / "bus").is_socket())
    return _connected(QDBusConnection.sessionBus()) if known else None


def system_bus() -> QDBusConnection | None:
    """The computer's bus, or None."""
    return _connected(QDBusConnection.systemBus())


def _connected(bus: QDBusConnection) -> QDBusConnection | None:
    return bus if bus.isConnected() else None
