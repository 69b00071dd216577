"""A window of the program on which screens are set: found by their words and pressed, as a person would."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget

from integrate.system.clock import Clock
from integrate.system.paths import Paths
from integrate.ui.process import prepare_application
from integrate.ui.program import Program
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Sheet

T = TypeVar("T", bound=QWidget)

_LONGEST: Final = 30.0  # seconds
_CALM: Final = 0.15  # seconds without anything happening after which a screen counts as finished


class Stage:
    """One program with one window, its data in ``folder``."""

    def __init__(self, folder: Path, place: Path, clock: Clock) -> None:
        found = QApplication.instance()
        self.application = found if isinstance(found, QApplication) else QApplication(["integrate", "-style", "fusion"])
        prepare_application(self.application)
        self.program = Program(self.application, Paths(folder), clock, place=place)
        self.window = self.program.window

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for something.

        Raises:
            TimeoutError: it did not happen.
        """
        end = time.monotonic() + _LONGEST
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the screen did not get ready")
            self.run_events()
            time.sleep(0.002)

    def settle(self) -> None:
        """Wait until what was asked for has been read and painted."""
        end = time.monotonic() + _CALM
        while time.monotonic() < end:
            self.run_events()
            time.sleep(0.002)

    def run_events(self) -> None:
        """Do what waits to be done."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def press(self, words: str) -> None:
        """Press the button that bears ``words`` or is named so."""
        self.find(QAbstractButton, words).click()

    def fill_in(self, name: str, text: str) -> None:
        """Type ``text`` into the field called ``name``."""
        self.find(QLineEdit, name).setText(text)

    def find(self, kind: type[T], words: str) -> T:
        """The visible part of this kind with these words; waits for it."""

        def found() -> T | None:
            parts = reversed(self.window.findChildren(kind))
            return next((part for part in parts if part.isVisible() and words in _words(part)), None)

        self.until(found)
        part = found()
        assert part is not None
        return part

    def page(self) -> str:
        """The id of the page that is shown; empty while no journal is open."""
        scene = self.window.scene()
        return scene.where() if isinstance(scene, Shell) else ""

    def shown_words(self) -> tuple[str, ...]:
        """All texts that are on the screen."""
        return tuple(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def choose_entry(self, title: str) -> None:
        """Open the entry with this title from the list."""

        def place() -> QModelIndex | None:
            view = next(view for view in self.window.findChildren(QAbstractItemView) if view.isVisible())
            model = view.model()
            rows = (model.index(row, 0) for row in range(model.rowCount()))
            return next((index for index in rows if title in _read_out(index)), None)

        self.until(place)
        index = place()
        assert index is not None
        view = next(view for view in self.window.findChildren(QAbstractItemView) if view.isVisible())
        view.scrollTo(index)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
        self.settle()

    def close_sheets(self) -> None:
        """Take away whatever lies over the scene."""
        for sheet in self.window.findChildren(Sheet):
            sheet.close()
        self.settle()

    def picture(self, file: Path) -> None:
        """Keep what the window shows."""
        self.settle()
        self.window.grab().save(str(file))


def _words(part: QWidget) -> tuple[str, ...]:
    text = part.text().replace("&", "") if isinstance(part, QAbstractButton) else ""
    return (text, part.accessibleName())


def _read_out(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
