"""A4: the system's signals over a real bus, with a played logind. The listener runs in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.secret_service import bare_environment, private_bus
from tests.ui.platform.children import FAKE_DESKTOP, Child, child, python

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is the way of Linux desktops")
pytest.importorskip("jeepney", reason="jeepney comes with the keyring package on Linux only")

SOON = 0.5  # seconds, from a signal to the notice
INHIBIT = "Inhibit sleep integrate Closing files before sleep delay"

LISTENER = """
import os, sys, time
from PySide6.QtCore import QEvent, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu
import integrate.ui.platform.sources
assert "PySide6.QtDBus" not in sys.modules
application = QApplication([])
(source,) = integrate.ui.platform.sources.lock_sources()
last, gap = time.monotonic(), 0.0
def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\\n")
    sys.stdout.flush()
def tick():
    global last, gap
    gap, last = max(gap, time.monotonic() - last), time.monotonic()
def notify(reason):
    say("notice", reason, time.monotonic())
def read():
    for word in os.read(0, 4096).decode().split():
        if word == "start":
            say("started", source.start(notify))
        elif word == "gap":
            say(gap)
        elif word == "modal":
            QTimer.singleShot(0, dialog.exec)
        elif word == "menu":
            QTimer.singleShot(0, menu.exec)
        elif word == "showing":
            say(application.activeModalWidget() is dialog, application.activePopupWidget() is menu)
        else:
            getattr(source, word)()
            say("done", word)
dialog, menu = QDialog(), QMenu()
menu.addAction("Copy")
ticking = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
ticking.timeout.connect(tick)
ticking.start()
last = time.monotonic()
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(read)
application.exec()
"""


@dataclass
class Stage:
    """The played desktop and our listener."""

    desktop: Child
    listener: Child

    def reason_after(self, command: str, within: float = 5.0) -> tuple[str, float]:
        """The reason of the notice that follows a command to the desktop, and the seconds it took."""
        sent = self.desktop.tell(command)
        heard = self.listener.hear(within)
        if not heard:
            return "", within
        word, reason, at = heard.split()
        assert word == "notice"
        return reason, float(at) - sent

    def is_quiet_after(self, command: str) -> bool:
        """Whether a command leads to nothing: the notice of a signal sent right behind it comes first."""
        self.desktop.tell(command)
        return self.reason_after("unity")[0] == "screen-locked" and not self.listener.hear(0.05)

    def start(self) -> None:
        self.listener.tell("start")
        assert self.listener.hear() == "started True"

    def calls(self, *expected: str) -> None:
        """The desktop hears these and a request for an inhibitor, in any order."""
        every = sorted((*expected, INHIBIT))
        assert sorted(self.desktop.hear() for _ in every) == every

    def wait_for_session(self) -> None:
        """Until the answer about the session has arrived and led to listening: a first Lock is heard."""
        for _ in range(100):
            if self.reason_after("lock", 0.1)[0]:
                break
        while self.listener.hear(0.1):
            pass


@contextmanager
def staged(folder: Path, mood: str = "honest", **env: str) -> Iterator[Stage]:
    with private_bus(folder) as session:
        session.env |= {
            "DBUS_SYSTEM_BUS_ADDRESS": session.env["DBUS_SESSION_BUS_ADDRESS"],
            "QT_QPA_PLATFORM": "offscreen",
            **env,
        }
        command = [sys.executable, str(FAKE_DESKTOP), mood]
        with child(command, session.env, folder) as desktop:
            assert desktop.hear() == "ready", desktop.errors()
            with python(LISTENER, session.env, folder) as listener:
                stage = Stage(desktop, listener)
                yield stage
                assert listener.errors() == ""
                assert desktop.errors() == ""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Started, with a session found by its name and an inhibitor taken."""
    with staged(tmp_path, XDG_SESSION_ID="3") as made:
        made.start()
        made.calls("GetSession 3")
        made.wait_for_session()
        yield made


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("sleep", "suspend"),
        ("lock", "screen-locked"),
        ("leave", "user-switched"),
        ("saver on", "screen-locked"),
        ("kde on", "screen-locked"),
        ("gnome on", "screen-locked"),
        ("cinnamon on", "screen-locked"),
        ("mate on", "screen-locked"),
        ("xfce on", "screen-locked"),
        ("presence 3", "idle"),
        ("unity", "screen-locked"),
    ],
)
def test_a_signal_is_told_within_half_a_second(stage: Stage, command: str, reason: str) -> None:
    told, seconds = stage.reason_after(command)
    assert told == reason
    assert seconds < SOON


@pytest.mark.parametrize(
    "command", ["saver off", "presence 0", "stay", "wake", "lock /org/freedesktop/login1/session/_39"]
)
def test_what_is_no_reason_is_not_told(stage: Stage, command: str) -> None:
    assert stage.is_quiet_after(command)


@pytest.mark.parametrize(("loop", "showing"), [("modal", "True False"), ("menu", "False True")])
def test_a_signal_is_told_under_a_modal_dialog_and_under_a_menu(stage: Stage, loop: str, showing: str) -> None:
    stage.listener.tell(loop)
    for _ in range(200):
        stage.listener.tell("showing")
        if stage.listener.hear() == showing:
            break
    else:
        pytest.fail("it never showed")
    told, seconds = stage.reason_after("lock")
    assert (told, seconds < SOON) == ("screen-locked", True)


def test_sleep_is_held_back_until_the_journal_is_sealed_and_again_after_waking(stage: Stage) -> None:
    assert stage.reason_after("sleep")[0] == "suspend"
    assert stage.desktop.hear(0.2) == "", "the inhibitor was given back before the journal was sealed"
    stage.listener.tell("release")
    assert stage.listener.hear() == "done release"
    assert stage.desktop.hear() == "let go"
    stage.desktop.tell("wake")
    assert stage.desktop.hear() == INHIBIT


def test_stopped_it_holds_nothing_back_and_tells_nothing(stage: Stage) -> None:
    stage.listener.tell("stop")
    assert stage.listener.hear() == "done stop"
    assert stage.desktop.hear() == "let go"
    for command in ("sleep", "lock", "saver on", "wake"):
        stage.desktop.tell(command)
    assert stage.listener.hear(0.3) == ""
    assert stage.desktop.hear(0.1) == ""


def test_it_can_be_started_again_and_then_tells_each_signal_once(stage: Stage) -> None:
    for _ in range(2):
        stage.start()
        stage.calls("GetSession 3", "let go")
    stage.wait_for_session()
    assert stage.reason_after("lock")[0] == "screen-locked"
    assert stage.listener.hear(0.2) == ""


@pytest.mark.parametrize(
    ("env", "asked"), [({"XDG_SESSION_ID": "gone"}, ["GetSession gone", "GetSession auto"]), ({}, ["GetSession auto"])]
)
def test_the_session_is_found_without_its_name(tmp_path: Path, env: dict[str, str], asked: list[str]) -> None:
    with staged(tmp_path, **env) as stage:
        stage.start()
        stage.calls(*asked)
        stage.wait_for_session()
        assert stage.reason_after("lock")[0] == "screen-locked"


def test_an_inhibitor_that_comes_after_the_seal_is_given_back_at_once(tmp_path: Path) -> None:
    with staged(tmp_path, "late") as stage:
        stage.start()
        stage.calls("GetSession auto")
        stage.listener.tell("release")
        assert stage.listener.hear() == "done release"
        stage.desktop.tell("answer")
        assert stage.desktop.hear() == "let go"


def test_a_service_that_hangs_holds_up_nobody(tmp_path: Path) -> None:
    with staged(tmp_path, "silent") as stage:
        stage.start()
        stage.calls("GetSession auto")
        assert stage.reason_after("gnome on")[0] == "screen-locked"
        stage.listener.tell("stop")
        assert stage.listener.hear() == "done stop"
        stage.listener.tell("gap")
        assert float(stage.listener.hear()) < 0.2


def test_without_a_bus_it_says_no_quietly_and_leaves_no_trace(tmp_path: Path) -> None:
    home = tmp_path / "home"
    env = bare_environment(home) | {
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={home}/nothing",
        "QT_QPA_PLATFORM": "offscreen",
        "DISPLAY": ":9",
    }
    before = sorted(home.rglob("*"))
    with python(LISTENER, env, tmp_path) as listener:
        listener.tell("start release stop")
        assert [listener.hear() for _ in range(3)] == ["started False", "done release", "done stop"]
        assert listener.errors() == ""
    assert sorted(home.rglob("*")) == before
