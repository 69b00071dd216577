"""What stands around a page in its tests: a shell and a program that note what they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from integrate.system.clock import Clock
from integrate.system.local_settings import LocalSettings
from integrate.system.paths import Paths
from integrate.ui.tasks import Lane, Mailbox


class NotingShell:
    """Notes where the page wanted to go, and everything else it asked for."""

    def __init__(self, host: QWidget) -> None:
        self.host = host
        self.went: list[tuple[str, dict[str, object]]] = []
        self.performed: list[str] = []
        self.toasts: list[str] = []
        self.troubles: list[Exception] = []

    def go(self, page_id: str, *_signal: object, **arguments: object) -> None:
        self.went.append((page_id, arguments))

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self.toasts.append(text)

    def tell_trouble(self, error: Exception) -> None:
        self.troubles.append(error)

    def sheet_host(self) -> QWidget:
        return self.host

    def show_writing_only(self, on: bool) -> None: ...

    def perform(self, action_id: str, *_signal: object) -> None:
        self.performed.append(action_id)


class SmallProgram(QObject):
    """Paths, settings, a clock and a lane: what Help now needs while nothing is open."""

    def __init__(self, folder: Path, clock: Clock, place: Path, country: str = "US") -> None:
        super().__init__()
        self.paths = Paths(folder)
        self.settings = LocalSettings(country=country)
        self.clock = clock
        self.place = place
        self._mailbox = Mailbox(self)
        self.background = Lane("background", self._mailbox)

    def change_settings(self, **changes: Any) -> None:
        self.settings = replace(self.settings, **changes)

    def end(self) -> None:
        self.background.close(drop=True)
        assert self.background.join(5)


def button(root: QWidget, name: str) -> QAbstractButton:
    """The one button in sight below ``root`` that a screen reader calls ``name``, or whose words are that."""
    found = [
        candidate
        for candidate in root.findChildren(QAbstractButton)
        if candidate.isVisible() and name in (candidate.accessibleName(), candidate.text())
    ]
    assert len(found) == 1, f"{len(found)} buttons called {name}"
    return found[0]
