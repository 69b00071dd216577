"""The real program, offscreen, with an unlocked journal and Settings on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtWidgets import QApplication

from integrate.errors import KeyringUnavailable
from integrate.journal.opening import Access, Journal, Secret, open_journal
from integrate.system.clock import FixedClock
from integrate.system.lock_source import LockReason
from integrate.system.paths import Paths
from integrate.ui.pages.settings.page import SettingsPage
from integrate.ui.pages.settings.section import Section
from integrate.ui.program import Program
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Sheet
from tests.conftest import Sample
from tests.ui.waiting import run_events, wait_until

S = TypeVar("S", bound=Section)

EVENING = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
SLOW = 30.0  # seconds: key derivations on a busy machine


class FakeStore:
    """A keyring in memory. ``refusal`` is what it says instead of working."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.refusal = ""

    def store(self, vault_id: str, secret: bytes) -> None:
        self._ask()
        self.kept[vault_id] = secret

    def fetch(self, vault_id: str) -> bytes | None:
        self._ask()
        return self.kept.get(vault_id)

    def remove(self, vault_id: str) -> None:
        self._ask()
        self.kept.pop(vault_id, None)

    def _ask(self) -> None:
        if self.refusal:
            raise KeyringUnavailable(reason=self.refusal)


class World:
    """A program with one window, and what a test wants to do with it."""

    def __init__(self, app: QApplication, base: Path, sample: Sample, width: int = 1280, height: int = 832) -> None:
        self.sample = sample
        self.store = FakeStore()
        self.clock = FixedClock(EVENING, "Europe/Lisbon")
        self.program = Program(app, Paths(base / "data"), self.clock, place=sample.place, key_store=self.store)
        self.program.change_settings(theme="light", reduced_motion=True)
        self.program.window.resize(width, height)
        self.program.start()

    @property
    def shell(self) -> Shell:
        scene = self.program.window.scene()
        assert isinstance(scene, Shell)
        return scene

    @property
    def page(self) -> SettingsPage:
        return cast("SettingsPage", self.shell.current_page())

    def unlock(self, secret: Secret | None = None, *, read_only: bool = False) -> None:
        """Open the journal and go to Settings."""
        failures: list[Exception] = []
        self.program.unlock(secret or self.sample.by_words, failures.append, read_only=read_only)
        wait_until(lambda: bool(failures) or isinstance(self.program.window.scene(), Shell), SLOW)
        assert not failures
        self.shell.go("settings")
        run_events()

    def lock(self) -> None:
        """Lock, and wait until everything is sealed."""
        sealed: list[bool] = []
        self.program.lock(LockReason.ASKED, lambda: sealed.append(True))
        wait_until(lambda: bool(sealed), SLOW)
        run_events()

    @contextmanager
    def journal(self, secret: Secret | None = None, place: Path | None = None) -> Iterator[Journal]:
        """The journal as it is on the disk; the program must have locked it."""
        with open_journal(place or self.sample.place, secret or self.sample.by_words, clock=self.clock) as journal:
            yield journal

    def close(self) -> None:
        """End everything. No lock screen is made that nobody would see."""
        sealed: list[bool] = []
        self.program.lock(LockReason.ASKED, lambda: sealed.append(True), lambda: None)
        wait_until(lambda: bool(sealed), SLOW)
        self.program.window.let_close()
        if self.program._background is not None:
            self.program._background.close(drop=True)
            assert self.program._background.join(SLOW)
        window, theme = self.program.window, self.program.theme
        for thing in (window, theme, self.program):
            thing.setParent(None)
            thing.deleteLater()
        run_events()


def section(world: World, kind: type[S]) -> S:
    found = world.page.sections[kind.id]
    assert isinstance(found, kind)
    return found


def fill(world: World, work: Callable[[Journal], object]) -> None:
    with open_journal(world.sample.place, world.sample.by_words, Access.WRITE) as journal:
        work(journal)


def sheets(world: World) -> list[Sheet]:
    return [sheet for sheet in world.program.window.findChildren(Sheet) if sheet.isVisible()]
