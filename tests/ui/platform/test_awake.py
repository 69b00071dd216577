"""The screen is kept on over a real bus, for as long as it is wanted; elsewhere the systems' own ways say no."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from integrate.ui.platform.awake import LinuxAwake, MacAwake, WindowsAwake, awake
from tests.helpers.secret_service import private_bus
from tests.ui.platform.children import child, python

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is the way of Linux desktops")

SAVER = """
import sys
from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
with open_dbus_connection() as bus:
    rule = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    bus.send_and_get_reply(message_bus.AddMatch(rule))
    bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.ScreenSaver"))
    print("ready", flush=True)
    holders = set()
    while True:
        message = bus.receive()
        fields = message.header.fields
        if message.header.message_type is MessageType.method_call:
            holders.add(fields[HeaderFields.sender])
            print(fields[HeaderFields.path], fields[HeaderFields.member], *message.body, flush=True)
            bus.send(new_method_return(message, "u", (7,)))
        elif fields.get(HeaderFields.member) == "NameOwnerChanged":
            name, _before, after = message.body
            if name in holders and not after:
                print("gone", flush=True)
"""

ASKER = """
import os, sys
from PySide6.QtCore import QCoreApplication, QSocketNotifier
from integrate.ui.platform.awake import awake
assert "PySide6.QtDBus" not in sys.modules
application = QCoreApplication([])
asked = awake()
def read():
    for word in os.read(0, 4096).decode().split():
        sys.stdout.write(f"{word} {getattr(asked, word)()}\\n")
        sys.stdout.flush()
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(read)
application.exec()
"""


@linux
def test_the_desktops_screen_saver_is_held_off_until_it_is_let_go(tmp_path: Path) -> None:
    pytest.importorskip("jeepney", reason="jeepney comes with the keyring package on Linux only")
    with private_bus(tmp_path) as session, child([sys.executable, "-c", SAVER], session.env, tmp_path) as saver:
        assert saver.hear() == "ready", saver.errors()
        with python(ASKER, session.env, tmp_path) as asker:
            for _ in range(2):  # a room can be opened again
                asker.tell("start")
                assert asker.hear() == "start True", asker.errors()
                path, rest = saver.hear().split(" ", 1)
                assert path == "/org/freedesktop/ScreenSaver"
                assert rest == "Inhibit integrate The window is being looked at"
                asker.tell("start")  # a second call asks nobody again
                assert asker.hear() == "start True"
                asker.tell("stop")
                assert asker.hear() == "stop None"
                assert saver.hear() == "gone"
            asker.tell("stop")
            assert asker.hear() == "stop None"
            assert asker.errors() == ""


@linux
def test_a_crash_lets_the_screen_go_dark_again(tmp_path: Path) -> None:
    pytest.importorskip("jeepney", reason="jeepney comes with the keyring package on Linux only")
    with private_bus(tmp_path) as session, child([sys.executable, "-c", SAVER], session.env, tmp_path) as saver:
        assert saver.hear() == "ready", saver.errors()
        with python(ASKER, session.env, tmp_path) as asker:
            asker.tell("start")
            assert saver.hear().endswith("looked at")
            asker.process.kill()
            assert saver.hear() == "gone"


@linux
def test_without_a_bus_nobody_is_asked_and_nothing_is_said(tmp_path: Path) -> None:
    from tests.helpers.secret_service import bare_environment

    with python(ASKER, bare_environment(tmp_path), tmp_path) as asker:
        asker.tell("start")
        assert asker.hear() == "start False", asker.errors()
        asker.tell("stop")
        assert asker.hear() == "stop None"
        assert asker.errors() == ""


@linux
def test_the_ways_of_other_systems_say_no_here() -> None:
    assert isinstance(awake(), LinuxAwake)
    for way in (WindowsAwake(), MacAwake()):
        assert way.start() is False
        way.stop()
