"""A notice outside the window over a real bus, beside a tray that is played; where there is none, nobody is asked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.helpers.displays import x_server
from tests.helpers.secret_service import bare_environment, private_bus
from tests.ui.platform.children import child, python

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is the way of Linux desktops")

TRAY = """
import sys
from jeepney import HeaderFields, MatchRule, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
with open_dbus_connection() as bus:
    rule = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    bus.send_and_get_reply(message_bus.AddMatch(rule))
    for name in ("org.kde.StatusNotifierWatcher", "org.freedesktop.Notifications"):
        bus.send_and_get_reply(message_bus.RequestName(name))
    print("ready", flush=True)
    items = set()
    while True:
        message = bus.receive()
        fields = message.header.fields
        member = fields.get(HeaderFields.member)
        if message.header.message_type is MessageType.signal and member == "NameOwnerChanged":
            name, _before, after = message.body
            if name in items and not after:
                items.remove(name)
                print("icon gone", flush=True)
        elif message.header.message_type is not MessageType.method_call:
            continue
        elif member == "RegisterStatusNotifierItem":
            items.add(message.body[0])
            print("icon", flush=True)
            bus.send(new_method_return(message))
        elif member == "Notify":
            who, _replaces, _icon, title, text, actions, hints, _time = message.body
            print(f"notice|{who}|{title}|{text}", flush=True)
            bus.send(new_method_return(message, "u", (1,)))
        elif member == "GetCapabilities":
            bus.send(new_method_return(message, "as", (["body"],)))
        elif member == "Get":
            bus.send(new_method_return(message, "v", (("b", True),)))
        else:
            bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", "s", ("no",)))
"""

TELLER = """
import os, sys
from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication
from integrate.ui.platform import notices
application = QApplication(["integrate"])
application.setQuitOnLastWindowClosed(False)
assert "PySide6.QtDBus" not in sys.modules
shown = []
def read():
    for word in os.read(0, 4096).decode().split():
        if word == "ask":
            print("can", notices.can_notify(), flush=True)
        elif word == "show":
            pixmap = QPixmap(16, 16)
            pixmap.fill("#336699")
            shown.append(notices.TrayNotices(QIcon(pixmap), application.beep, application))
        elif word == "tell":
            shown[-1].tell("There is something to look back at, when you like.")
        elif word == "end":
            shown.pop().end()
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(read)
print("ready", flush=True)
application.exec()
"""


@linux
def test_a_notice_comes_beside_the_icon_and_the_icon_goes_again(tmp_path: Path) -> None:
    pytest.importorskip("jeepney", reason="jeepney comes with the keyring package on Linux only")
    with (
        x_server(tmp_path / "x-errors") as display,
        private_bus(tmp_path) as session,
        child([sys.executable, "-c", TRAY], session.env, tmp_path) as tray,
    ):
        assert tray.hear() == "ready", tray.errors()
        env = {**session.env, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        with python(TELLER, env, tmp_path) as teller:
            assert teller.hear() == "ready", teller.errors()
            teller.tell("ask")
            assert teller.hear() == "can True", teller.errors()
            for _ in range(2):  # locked, and opened again
                teller.tell("show")
                assert tray.hear() == "icon", teller.errors()
                teller.tell("tell")
                title, said = "Integrate", "There is something to look back at, when you like."
                assert tray.hear().split("|")[2:] == [title, said], teller.errors()
                teller.tell("end")
                assert tray.hear() == "icon gone"
            assert teller.errors() == ""


@linux
def test_without_a_bus_or_a_tray_there_is_no_place_and_nothing_is_started(tmp_path: Path) -> None:
    bare = bare_environment(tmp_path)
    with python(TELLER, {**bare, "QT_QPA_PLATFORM": "offscreen"}, tmp_path) as teller:
        assert teller.hear() == "ready", teller.errors()
        teller.tell("ask")
        assert teller.hear() == "can False", teller.errors()
        assert teller.errors() == ""
    with private_bus(tmp_path) as session:
        env = {**session.env, "QT_QPA_PLATFORM": "offscreen"}
        with python(TELLER, env, tmp_path) as teller:
            assert teller.hear() == "ready", teller.errors()
            teller.tell("ask")
            assert teller.hear() == "can False", teller.errors()
            assert teller.errors() == ""
