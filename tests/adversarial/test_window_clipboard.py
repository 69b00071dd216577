"""What is copied in the window is gone when it locks or ends, and nobody else's words are touched (C1)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from integrate.journal.opening import create_journal
from integrate.storage import kdf
from tests.adversarial.tools import REPOSITORY
from tests.e2e import story
from tests.e2e.desktop import Desktop, desktop
from tests.e2e.person import Person, person
from tests.helpers.secret_service import bare_environment

PASSPHRASE = "slow lantern under the fig"
WORDS = "only for this page"


class Neighbour:
    """Another program at the same desktop."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def ask(self, line: str) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def wait_for(self, text: str) -> dict[str, Any]:
        """Until the clipboard has this text."""
        end = time.monotonic() + 10
        while (found := self.ask("read"))["text"] != text:
            assert time.monotonic() < end, found
            time.sleep(0.05)
        return dict(found)


@contextmanager
def neighbour(screen: Desktop, folder: Path) -> Iterator[Neighbour]:
    env = screen.program_env(bare_environment(folder))
    command = [sys.executable, "-m", "tests.adversarial.other_program"]
    process = subprocess.Popen(
        command, cwd=REPOSITORY, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield Neighbour(process)
    finally:
        process.kill()
        process.communicate(timeout=10)


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


def copied(someone: Person) -> None:
    """Copy the whole entry that is shown."""
    someone.click("Your text", role="text")
    someone.press("ctrl+a", "ctrl+c")


@pytest.mark.hard
def test_c1_what_was_copied_goes_with_the_lock_and_with_the_end(screen: Desktop, tmp_path: Path) -> None:
    place = tmp_path / "Journal.integrate"
    create_journal(place, PASSPHRASE, cost=kdf.FLOOR)
    with (
        neighbour(screen, tmp_path / "neighbour") as other,
        person(screen, bare_environment(tmp_path / "world"), tmp_path / "said") as someone,
    ):
        someone.start("--journal", place, wait_for=story.LOCKED)
        story.unlock(someone, PASSPHRASE)
        story.write(someone, WORDS)
        copied(someone)
        seen = other.wait_for(WORDS)
        assert "x-kde-passwordManagerHint" in seen["kinds"], "managers are asked not to keep it"
        assert seen["selection"] == "", "marking words offers them to nobody"
        story.lock(someone)
        other.wait_for("")

        story.unlock(someone, PASSPHRASE)
        story.search(someone, "page")
        someone.press("Down", "Return")
        copied(someone)
        other.wait_for(WORDS)
        other.ask("take a neighbour's own words")
        story.lock(someone)
        assert other.ask("read")["text"] == "a neighbour's own words"

        story.unlock(someone, PASSPHRASE)
        story.search(someone, "page")
        someone.press("Down", "Return")
        copied(someone)
        other.wait_for(WORDS)
        story.quit_program(someone)
        other.wait_for("")
