"""A real keyring on a private bus, and odd ones, for tests: none of it touches the keyring of who runs them.

:func:`gnome_keyring` starts a ``dbus-daemon`` of its own and a real ``gnome-keyring-daemon`` with its own HOME.
:func:`odd_keyring` owns the same bus name with a service that hangs, refuses or lies (this file, run as a program).
Both yield a :class:`Session`; :func:`ask` puts questions to a ``KeyringStore`` in a child process of that session,
because a worker left behind and unclosed sockets of the keyring package must not leak into other tests.
Only the processes started here are ended, each by its id.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
COLLECTION = "/org/freedesktop/secrets/collection/login"
SERVICE_PATH = "/org/freedesktop/secrets"
PROMPT_PATH = "/org/freedesktop/secrets/prompt/p1"
BUS_NAME = "org.freedesktop.secrets"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question led to: a value, or the code and text of a known error; and how long it took."""

    value: Any
    error: str | None
    message: str
    seconds: float


@dataclass(slots=True)
class Session:
    """A private session: its environment, its HOME and what an odd service wrote down."""

    env: dict[str, str]
    home: Path
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def events(self) -> list[str]:
        """What an odd service did so far."""
        return self.log.read_text().split() if self.log.exists() else []


def need(*tools: str) -> None:
    """Skip the test with the reason where a program it needs is not installed."""
    for tool in tools:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")


def bare_environment(home: Path) -> dict[str, str]:
    """An environment with its own HOME, XDG folders and no bus, no display and nothing of the caller's."""
    folders = {
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_RUNTIME_DIR": "run",
    }
    for name in folders.values():
        (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONDONTWRITEBYTECODE": "1",
        **{variable: str(home / name) for variable, name in folders.items()},
    }


@contextmanager
def private_bus(folder: Path) -> Iterator[Session]:
    """A session bus of our own, without any service that could be started by asking for it."""
    need("dbus-daemon")
    home = folder / "home"
    session = Session(bare_environment(home), home, folder / "events")
    config = folder / "bus.conf"
    config.write_text(
        "<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
        '<allow own="*"/></policy></busconfig>'
    )
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
    bus = subprocess.Popen(command, env=session.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert bus.stdout is not None
        assert select.select([bus.stdout], [], [], 10)[0], "the bus did not start"
        session.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
        yield session
    finally:
        for process in reversed(session.processes):
            end(process)
        end(bus)


@contextmanager
def gnome_keyring(folder: Path) -> Iterator[Session]:
    """A real Secret Service with an unlocked default collection, and nobody there to answer a prompt."""
    need("dbus-daemon", "gnome-keyring-daemon")
    with private_bus(folder) as session:
        start_daemon(session)
        yield session


def start_daemon(session: Session) -> None:
    """Start the real daemon of a session, unlocked; what was kept in its home is there again."""
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    daemon = subprocess.Popen(
        command, env=session.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    session.processes.append(daemon)
    assert daemon.stdin is not None
    daemon.stdin.write(b"a keyring password of the test")
    daemon.stdin.close()
    _wait_for_name(session, daemon)


@contextmanager
def odd_keyring(folder: Path, mood: str) -> Iterator[Session]:
    """A Secret Service with a ``mood``: see :class:`OddService`."""
    pytest.importorskip("jeepney", reason="jeepney comes with the keyring package on Linux only")
    with private_bus(folder) as session:
        command = [sys.executable, str(Path(__file__).resolve()), mood, str(session.log)]
        daemon = subprocess.Popen(command, env=session.env)
        session.processes.append(daemon)
        _wait_for_name(session, daemon)
        yield session


def lock_collection(session: Session) -> None:
    """Lock the real default collection, as a desktop does when its owner leaves."""
    in_session(
        session.env,
        "import secretstorage; bus = secretstorage.dbus_init(); it = secretstorage.get_default_collection(bus);"
        "it.lock(); assert it.is_locked()",
    )


def in_session(env: Mapping[str, str], code: str, *arguments: str) -> str:
    """Run ``code`` in a child python with ``env``; its standard output. It must succeed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=dict(env), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask(env: Mapping[str, str], *calls: tuple[str, ...], timeout: float = 15.0, wait: float = 0.0) -> list[Answer]:
    """Put ``calls`` to one ``KeyringStore(timeout)`` in a child: ("fetch", id), ("store", id, hex), ("remove", id).

    Bytes come back as hex. The child lives on for ``wait`` seconds after the last answer.
    """
    printed = in_session(env, _DRIVER, json.dumps(calls), str(timeout), str(wait))
    return [Answer(**answer) for answer in json.loads(printed)]


_DRIVER = """
import json, sys, time
from integrate.errors import KnownError
from integrate.system.keyring import KeyringStore
calls, timeout, wait = json.loads(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
store = KeyringStore(timeout)
answers = []
for name, *arguments in calls:
    if name == "store":
        arguments[1] = bytes.fromhex(arguments[1])
    started, value, error, message = time.monotonic(), None, None, ""
    try:
        value = getattr(store, name)(*arguments)
    except KnownError as known:
        error, message = known.code, known.message()
        assert known.__cause__ is None and known.__context__ is None
    answers.append({"value": value.hex() if isinstance(value, bytes) else value, "error": error, "message": message,
                    "seconds": time.monotonic() - started})
time.sleep(wait)
print(json.dumps(answers))
"""


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that a test started, by force where it does not listen."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
    if process.stdout is not None:
        process.stdout.close()


def _wait_for_name(session: Session, daemon: subprocess.Popen[bytes]) -> None:
    code = (
        "import sys, time\n"
        "from jeepney import DBusAddress, new_method_call\n"
        "from jeepney.io.blocking import open_dbus_connection\n"
        "bus = DBusAddress('/org/freedesktop/DBus', 'org.freedesktop.DBus', 'org.freedesktop.DBus')\n"
        "with open_dbus_connection() as connection:\n"
        "    for _ in range(400):\n"
        "        call = new_method_call(bus, 'NameHasOwner', 's', (sys.argv[1],))\n"
        "        if connection.send_and_get_reply(call).body[0]: break\n"
        "        time.sleep(0.025)\n"
        "    else: sys.exit('nobody owns the name')\n"
    )
    in_session(session.env, code, BUS_NAME)
    assert daemon.poll() is None


class OddService:
    """A Secret Service that answers as its mood says.

    ``silent`` never answers. ``forever`` is locked and its prompt is never answered; ``dismissed``: the person closes
    it; ``denied``: unlocking is forbidden. ``lying`` gives back another key; ``forgetful`` takes and keeps nothing;
    ``slow`` keeps what it gets, after a second; ``honest`` is as it should be, to show that the rest is the mood.
    """

    def __init__(self, mood: str, log: Path) -> None:
        self.mood = mood
        self.log = log
        self.items: dict[str, tuple[dict[str, str], bytes]] = {}
        self.count = 0

    def note(self, event: str) -> None:
        """Write down what was done."""
        with self.log.open("a") as stream:
            stream.write(event + "\n")

    def reply(self, path: str, member: str, body: Any) -> tuple[str, tuple[Any, ...]] | str | None:
        """Signature and body of the reply, or the name of an error, or None for no reply at all."""
        if self.mood == "silent":
            self.note(member)
            return None
        if member == "Get":
            locked = self.mood in {"forever", "dismissed", "denied"}
            return "v", ((("b", locked) if body[1] == "Locked" else ("s", "label")),)
        if member == "OpenSession":
            wrong = "org.freedesktop.DBus.Error.NotSupported"
            return ("vo", (("s", ""), SERVICE_PATH + "/session/s1")) if body[0] == "plain" else wrong
        if member == "Unlock":
            denied = "org.freedesktop.DBus.Error.AccessDenied"
            asks = self.mood in {"forever", "dismissed"}
            return denied if self.mood == "denied" else ("aoo", ([] if asks else body[0], PROMPT_PATH if asks else "/"))
        if member == "Prompt":
            self.note("prompted")
            return "", ()
        return self._about_items(path, member, body)

    def _about_items(self, path: str, member: str, body: Any) -> tuple[str, tuple[Any, ...]] | str:
        if member == "SearchItems":
            wanted = body[0].items()
            return "ao", ([name for name, (attributes, _) in self.items.items() if wanted <= attributes.items()],)
        if member == "CreateItem":
            if self.mood == "slow":
                time.sleep(1)
            self.count += 1
            name = f"{COLLECTION}/{self.count}"
            if self.mood != "forgetful":
                self.items[name] = (dict(body[0]["org.freedesktop.Secret.Item.Attributes"][1]), bytes(body[1][2]))
            self.note("created")
            return "oo", (name, "/")
        if member == "GetSecret":
            secret = b"A" * 43 + b"=" if self.mood == "lying" else self.items[path][1]
            return "(oayays)", ((SERVICE_PATH + "/session/s1", b"", secret, "text/plain"),)
        if member == "Delete":
            del self.items[path]
            self.note("deleted")
            return "o", ("/",)
        return "org.freedesktop.DBus.Error.UnknownMethod"

    def serve(self) -> None:
        """Own the name and answer until ended."""
        from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection

        prompt = DBusAddress(PROMPT_PATH, interface="org.freedesktop.Secret.Prompt")
        with open_dbus_connection() as connection:
            connection.send_and_get_reply(message_bus.RequestName(BUS_NAME))
            while True:
                message = connection.receive()
                if message.header.message_type is not MessageType.method_call:
                    continue
                fields = message.header.fields
                member = fields[HeaderFields.member]
                answer = self.reply(fields[HeaderFields.path], member, message.body)
                if answer is None:
                    continue
                if isinstance(answer, str):
                    connection.send(new_error(message, answer, "s", ("refused",)))
                    continue
                connection.send(new_method_return(message, *answer))
                if member == "Prompt" and self.mood == "dismissed":
                    done = new_signal(prompt, "Completed", "bv", (True, ("ao", [])))
                    done.header.fields[HeaderFields.destination] = fields[HeaderFields.sender]
                    connection.send(done)


if __name__ == "__main__":
    OddService(sys.argv[1], Path(sys.argv[2])).serve()
