"""Linux: a second window can ask the first, which has the same journal open for writing, to come to the front.

The window that writes owns a name on the session's bus made of the journal's id; whoever asks needs to know that id.
Elsewhere, and without a bus, there is no offer and nobody to ask.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

_INTERFACE: Final = "org.integrate.Journal"
_PATH: Final = "/org/integrate/Journal"
_ANSWER_WITHIN: Final = 300
"""Milliseconds to wait for the other window: it is a click on a button, and the other one may hang."""


class Offer(QObject):
    """The name is ours until :meth:`close`."""

    def __init__(self, name: str, raise_window: Callable[[], None]) -> None:
        super().__init__()
        self._name = name
        self._raise_window = raise_window

    # Its name is also that on the bus: PySide 6.11 crashes where a slot has another one there.
    @Slot()
    def come_forward(self) -> None:
        """Called over the bus: bring the window to the front."""
        self._raise_window()

    def close(self) -> None:
        """Give the name back. Called when the journal is locked, and harmless when called again."""
        from integrate.ui.platform.buses import session_bus

        bus = session_bus()
        if bus is not None and bus.objectRegisteredAt(_PATH) is self:
            bus.unregisterService(self._name)
            bus.unregisterObject(_PATH)


def offer(journal_id: UUID, raise_window: Callable[[], None]) -> Offer | None:
    """Offer to be raised while this journal is open for writing. None where there is no bus or the name is taken.

    ``raise_window`` is called on the main thread. One offer at a time: a program has one journal open.
    """
    if not sys.platform.startswith("linux"):
        return None
    from PySide6.QtDBus import QDBusConnection

    from integrate.ui.platform.buses import session_bus

    bus = session_bus()
    if bus is None:
        return None
    made = Offer(_name(journal_id), raise_window)
    if not bus.registerObject(_PATH, _INTERFACE, made, QDBusConnection.RegisterOption.ExportAllSlots):
        return None
    if not bus.registerService(_name(journal_id)):
        bus.unregisterObject(_PATH)
        return None
    return made


def raise_other(journal_id: UUID) -> bool:
    """Ask the window that writes this journal to come to the front. Whether it answered, within 300 ms."""
    if not sys.platform.startswith("linux"):
        return False
    from PySide6.QtDBus import QDBus, QDBusMessage

    from integrate.ui.platform.buses import session_bus

    bus = session_bus()
    if bus is None:
        return False
    ask = QDBusMessage.createMethodCall(_name(journal_id), _PATH, _INTERFACE, "come_forward")
    ask.setAutoStartService(False)
    answer = bus.call(ask, QDBus.CallMode.Block, _ANSWER_WITHIN)
    return answer.type() is QDBusMessage.MessageType.ReplyMessage


def _name(journal_id: UUID) -> str:
    # A part of a bus name may not begin with a digit.
    return f"{_INTERFACE}.j{journal_id.hex}"
