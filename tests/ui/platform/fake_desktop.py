"""A desktop for tests, as a program: logind and the screen savers on whatever bus it is given.

Its mood: ``honest`` answers; ``silent`` never does; ``late`` answers Inhibit only when told "answer".
Commands on standard input send signals; what it hears and what happens to inhibitors it says on standard output.
"""

from __future__ import annotations

import os
import select
import sys
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

SESSION = "/org/freedesktop/login1/session/_31"
LOGIND = "org.freedesktop.login1"
SAVERS = {
    "saver": ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    "kde": ("/ScreenSaver", "org.freedesktop.ScreenSaver"),
    "gnome": ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    "cinnamon": ("/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver"),
    "mate": ("/org/mate/ScreenSaver", "org.mate.ScreenSaver"),
    "xfce": ("/org/xfce/ScreenSaver", "org.xfce.ScreenSaver"),
}


class Desktop:
    """Answers and signals; holds the reading end of each inhibitor's pipe to see when the other end is closed."""

    def __init__(self, mood: str, connection: DBusConnection) -> None:
        self.mood = mood
        self.connection = connection
        self.active = True
        self.held: list[int] = []
        self.waiting: list[Any] = []

    def signal(self, path: str, interface: str, member: str, signature: str = "", *body: Any) -> None:
        self.connection.send(new_signal(DBusAddress(path, interface=interface), member, signature or None, body))

    def command(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word in {"sleep", "wake"}:
            self.signal("/org/freedesktop/login1", f"{LOGIND}.Manager", "PrepareForSleep", "b", word == "sleep")
        elif word == "lock":
            self.signal(rest or SESSION, f"{LOGIND}.Session", "Lock")
        elif word in {"leave", "stay"}:
            self.active = word == "stay"
            changed = (f"{LOGIND}.Session", {"Active": ("b", self.active)}, [])
            self.signal(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", *changed)
        elif word in SAVERS:
            self.signal(*SAVERS[word], "ActiveChanged", "b", rest == "on")
        elif word == "presence":
            path = "/org/gnome/SessionManager/Presence"
            self.signal(path, "org.gnome.SessionManager.Presence", "StatusChanged", "u", int(rest))
        elif word == "unity":
            self.signal("/com/canonical/Unity/Session", "com.canonical.Unity.Session", "Locked")
        elif word == "answer":
            for message in self.waiting:
                self.inhibit(message)
            self.waiting.clear()

    def call(self, message: Any) -> None:
        member = message.header.fields[HeaderFields.member]
        print(member, *message.body, flush=True)
        if self.mood == "silent":
            return
        if member == "GetSession" and message.body[0] in {"3", "auto"}:
            self.connection.send(new_method_return(message, "o", (SESSION,)))
        elif member == "Get":
            self.connection.send(new_method_return(message, "v", (("b", self.active),)))
        elif member == "Inhibit":
            if self.mood == "late":
                self.waiting.append(message)
            else:
                self.inhibit(message)
        else:
            self.connection.send(new_error(message, f"{LOGIND}.NoSuchSession", "s", ("refused",)))

    def inhibit(self, message: Any) -> None:
        reading, writing = os.pipe()
        self.connection.send(new_method_return(message, "h", (writing,)))
        os.close(writing)
        self.held.append(reading)

    def run(self) -> None:
        rest = b""
        while True:
            bus = self.connection.sock
            ready = select.select([bus, 0, *self.held], [], [])[0]
            for held in [held for held in self.held if held in ready]:
                self.held.remove(held)
                os.close(held)
                print("let go", flush=True)
            if 0 in ready:
                read = os.read(0, 4096)
                if not read:
                    return
                *lines, rest = (rest + read).split(b"\n")
                for line in lines:
                    self.command(line.decode())
            while bus in ready or select.select([bus], [], [], 0)[0]:
                ready = []
                message = self.connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self.call(message)


def main(mood: str) -> None:
    """Own logind's name and play until standard input ends."""
    with open_dbus_connection(enable_fds=True) as connection:
        connection.send_and_get_reply(message_bus.RequestName(LOGIND))
        print("ready", flush=True)
        Desktop(mood, connection).run()


if __name__ == "__main__":
    main(sys.argv[1])
