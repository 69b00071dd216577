"""A second window raises the first, over a real bus and with two processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.helpers.secret_service import bare_environment, private_bus
from tests.ui.platform.children import Child, python

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there windows find each other")

JOURNAL = UUID("0f0e0d0c-0b0a-4908-8706-050403020100")
OTHER = UUID("ffffffff-0b0a-4908-8706-050403020100")

WINDOW = """
import os, sys, time
from uuid import UUID
from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication
from integrate.ui.platform import instance
assert "PySide6.QtDBus" not in sys.modules
application = QApplication([])
offered = None
def say(*words):
    print(*words, flush=True)
def read():
    global offered
    for line in os.read(0, 4096).decode().splitlines():
        word, _, rest = line.partition(" ")
        if word == "offer":
            offered = instance.offer(UUID(rest), lambda: say("raised"))
            say(offered is not None)
        elif word == "close":
            offered.close()
            say("closed")
        elif word == "raise":
            began = time.monotonic()
            answered = instance.raise_other(UUID(rest))
            say(answered, time.monotonic() - began < 0.6)
        elif word == "hang":
            say("hanging")
            time.sleep(2)
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(read)
application.exec()
"""


def ask(who: Child, line: str) -> str:
    who.tell(line)
    return who.hear()


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[tuple[Child, Child]]:
    with private_bus(tmp_path) as session:
        env = session.env | {"QT_QPA_PLATFORM": "offscreen"}
        with python(WINDOW, env, tmp_path) as first, python(WINDOW, env, tmp_path) as second:
            yield first, second
            assert first.errors() == second.errors() == ""


def test_the_window_that_writes_is_raised(windows: tuple[Child, Child]) -> None:
    first, second = windows
    assert ask(first, f"offer {JOURNAL}") == "True"
    assert ask(second, f"raise {JOURNAL}") == "True True"
    assert first.hear() == "raised"


def test_another_journal_is_nobodys(windows: tuple[Child, Child]) -> None:
    first, second = windows
    assert ask(first, f"offer {JOURNAL}") == "True"
    assert ask(second, f"raise {OTHER}") == "False True"


def test_one_window_at_a_time_holds_the_offer(windows: tuple[Child, Child]) -> None:
    first, second = windows
    assert ask(first, f"offer {JOURNAL}") == "True"
    assert ask(second, f"offer {JOURNAL}") == "False"
    assert ask(second, f"offer {OTHER}") == "True"


def test_a_locked_journal_is_offered_no_more_and_can_be_again(windows: tuple[Child, Child]) -> None:
    first, second = windows
    assert ask(first, f"offer {JOURNAL}") == "True"
    assert ask(first, "close") == "closed"
    assert ask(first, "close") == "closed"
    assert ask(second, f"raise {JOURNAL}") == "False True"
    assert ask(first, f"offer {JOURNAL}") == "True"
    assert ask(second, f"raise {JOURNAL}") == "True True"


def test_a_window_that_hangs_is_not_waited_for(windows: tuple[Child, Child]) -> None:
    first, second = windows
    assert ask(first, f"offer {JOURNAL}") == "True"
    assert ask(first, "hang") == "hanging"
    assert ask(second, f"raise {JOURNAL}") == "False True"


def test_without_a_bus_there_is_no_offer_and_nobody_to_raise(tmp_path: Path) -> None:
    env = bare_environment(tmp_path / "home") | {"QT_QPA_PLATFORM": "offscreen"}
    with python(WINDOW, env, tmp_path) as window:
        assert ask(window, f"offer {JOURNAL}") == "False"
        assert ask(window, f"raise {JOURNAL}") == "False True"
        assert window.errors() == ""
