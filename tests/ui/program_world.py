"""The real program, offscreen, with a journal of its own: what the tests of the whole window share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from integrate.journal.opening import Secret
from integrate.system.clock import FixedClock
from integrate.system.lock_source import LockReason
from integrate.system.paths import Paths
from integrate.ui.pages.journal.page import JournalPage
from integrate.ui.pages.lock.page import LockScene
from integrate.ui.process import prepare_application
from integrate.ui.program import Program
from integrate.ui.shell.shell import Shell
from tests.conftest import Sample
from tests.ui.waiting import run_events, wait_until

EVENING = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)
SLOW = 30.0  # seconds: key derivations on a busy machine


class World:
    """A program with one window, and what a person can do in it."""

    def __init__(self, app: QApplication, folder: Path, sample: Sample, **options: Any) -> None:
        prepare_application(app)
        self.app = app
        self.sample = sample
        self.clock = FixedClock(EVENING, "Europe/Lisbon")
        self.paths = Paths(folder / "data")
        self.program = Program(app, self.paths, self.clock, place=sample.place, **options)
        self.window = self.program.window

    def start(self) -> None:
        """Show the window."""
        self.program.change_settings(theme="light", reduced_motion=True)
        self.program.start()
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow)
        wait_until(lambda: self.window._actions is not None)  # keys come a moment after the picture
        run_events()

    # --- what is shown ------------------------------------------------------------------------------------------------

    @property
    def shell(self) -> Shell:
        """The scene of the open journal."""
        scene = self.window.scene()
        assert isinstance(scene, Shell)
        return scene

    @property
    def is_open(self) -> bool:
        """Whether a journal is on the screen."""
        return isinstance(self.window.scene(), Shell)

    @property
    def is_locked(self) -> bool:
        """Whether the lock screen is, and nothing is being sealed any more."""
        return isinstance(self.window.scene(), LockScene) and self.program._closing is None

    @property
    def journal_page(self) -> JournalPage:
        """The Journal page, which is shown."""
        page = self.shell.current_page()
        assert isinstance(page, JournalPage)
        return page

    # --- what a person does -------------------------------------------------------------------------------------------

    def unlock(self, secret: Secret | None = None, *, read_only: bool = False) -> None:
        """Open the journal."""
        failures: list[Exception] = []
        self.program.unlock(secret or self.sample.by_words, failures.append, read_only=read_only)
        wait_until(lambda: bool(failures) or self.is_open, SLOW)
        assert not failures, failures
        run_events()

    def lock(self, reason: LockReason = LockReason.ASKED) -> None:
        """Lock, and wait until everything is sealed."""
        self.program.lock(reason)
        wait_until(lambda: self.is_locked, SLOW)
        run_events()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        run_events()

    def ctrl(self, key: Qt.Key) -> None:
        """Press Ctrl and a key."""
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def write(self, text: str, *, saved: bool = True) -> None:
        """Begin a new entry and type ``text``; with ``saved`` wait until the disk has it."""
        self.program.perform("new_entry")
        surface = self.journal_page.entry.view.surface
        surface.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(surface, text)
        if saved:
            self.journal_page.flush()
            wait_until(lambda: self.everything_saved)

    @property
    def everything_saved(self) -> bool:
        """Whether nothing waits to be saved."""
        keeper = self.journal_page.entry.keepers.current
        return keeper is not None and keeper.is_clean

    # --- the end ------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """End everything. No lock screen is made that nobody would see."""
        self.program.lock(LockReason.ASKED, show=lambda: None)
        wait_until(lambda: self.program._closing is None, SLOW)
        self.window.close_sheets()
        self.window.let_close()
        if self.program._background is not None:
            self.program._background.close(drop=True)
            assert self.program._background.join(SLOW)
        window, theme, program = self.window, self.program.theme, self.program
        for thing in (window, theme, program):
            thing.setParent(None)
            thing.deleteLater()
        run_events()


@contextmanager
def world(app: QApplication, folder: Path, sample: Sample, **options: Any) -> Iterator[World]:
    """A started program at its lock screen; it is ended afterwards."""
    made = World(app, folder, sample, **options)
    made.start()
    try:
        yield made
    finally:
        made.close()


def journal_descriptors(place: Path) -> list[str]:
    """What this process has open below a journal's folder."""
    targets = []
    for link in tuple(Path("/proc/self/fd").iterdir()):
        try:
            targets.append(str(link.readlink()))
        except OSError:
            continue  # the listing's own
    return [target for target in targets if target.startswith(f"{place}/")]


def our_threads() -> list[str]:
    """The lanes that are running."""
    return sorted(thread.name for thread in threading.enumerate() if thread.name.startswith("integrate-"))
