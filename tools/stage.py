"""A window of the program on which screens are set: found by their words and pressed, as a person would."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from integrate.domain.listing import Stop
from integrate.journal.opening import Journal
from integrate.system.clock import FixedClock
from integrate.system.paths import Paths
from integrate.ui.page import Page
from integrate.ui.process import prepare_application
from integrate.ui.program import Program
from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Sheet
from integrate.ui.widgets.text import Text

T = TypeVar("T", bound=QWidget)

_LONGEST: Final = 30.0  # seconds
_ABOVE: Final = 24  # pixels above what is scrolled to
_CALM: Final = 0.08  # seconds without anything happening after which a screen counts as finished
_REPAINTED: Final = 0.04  # the same where it is only laid out anew
_SOMETHING: Final = 0.012  # seconds that waiting events took if there was more among them than a blinking cursor


class Stage:
    """One program with one window, its data in ``folder``."""

    def __init__(self, folder: Path, place: Path, clock: FixedClock) -> None:
        self.clock = clock
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

    def settle(self, calm: float = _CALM) -> None:
        """Wait until what was asked for has been read and painted: ``calm`` seconds without anything."""
        self.run_events()
        self._wait_for_reading()
        now = time.monotonic()
        last, end = now + _LONGEST, now + calm
        while now < min(end, last):
            self.run_events()
            time.sleep(0.002)
            before, now = now, time.monotonic()
            if now - before > _SOMETHING:
                end = now + calm

    def _wait_for_reading(self) -> None:
        """One thing is read after another: once this has been, all before it is on its way to the screen."""
        page = next((page for page in self.window.findChildren(Page) if page.isVisible()), None)
        if page is None or not page.desk.is_open:
            return
        desk = page.desk
        answers: list[object] = []
        desk.read(self.window, _read_nothing, answers.append)
        self.until(lambda: answers or not desk.is_open)

    def run_events(self) -> None:
        """Do what waits to be done."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def press(self, words: str) -> None:
        """Press the button that bears ``words`` or is named so."""
        self.find(QAbstractButton, words).click()

    def press_beginning(self, beginning: str) -> None:
        """Press the first button whose words or name begin so."""
        self._wait_for(QAbstractButton, partial(_begins, beginning=beginning), first=True).click()

    def fill_in(self, name: str, text: str) -> None:
        """Type ``text`` into the field called ``name``."""
        self.find(QLineEdit, name).setText(text)

    def find(self, kind: type[T], words: str) -> T:
        """The visible part of this kind with these words, on the top sheet if there is one; waits for it.

        Of several the last.
        """
        return self._wait_for(kind, partial(_says, words=words))

    def _wait_for(self, kind: type[T], fits: Callable[[QWidget], bool], *, first: bool = False) -> T:
        def found() -> T | None:
            sheets = [sheet for sheet in self.window.findChildren(Sheet) if sheet.isVisible()]
            parts = (sheets[-1] if sheets else self.window).findChildren(kind)
            ordered = parts if first else reversed(parts)
            return next((part for part in ordered if part.isVisible() and fits(part)), None)

        self.until(found)
        part = found()
        assert part is not None
        return part

    def scroll_to(self, words: str) -> None:
        """Bring a text that may lie below the fold into sight, at the top as far as that goes."""
        part = self.find(QLabel, words)
        holder = part.parentWidget()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parentWidget()
        content = holder.widget() if isinstance(holder, QScrollArea) else None
        if isinstance(holder, QScrollArea) and content is not None:
            holder.verticalScrollBar().setValue(part.mapTo(content, part.rect().topLeft()).y() - _ABOVE)

    def move_to(self, when: datetime) -> None:
        """Move the clock, and nothing else."""
        self.clock.advance(when - self.clock.now())

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
        sheets = self.window.findChildren(Sheet)
        for sheet in sheets:
            sheet.close()
        if sheets:
            self.settle()

    def picture(self, file: Path) -> None:
        """Keep what the window shows; after another look of the same screen there is nothing to be read."""
        self.settle(_REPAINTED)
        self.window.grab().save(str(file))


def _read_nothing(_journal: Journal, _stop: Stop) -> None:
    """Something to read that takes no time."""


def _says(part: QWidget, words: str) -> bool:
    return words in _words(part)


def _begins(part: QWidget, beginning: str) -> bool:
    return any(words.startswith(beginning) for words in _words(part))


def _words(part: QWidget) -> tuple[str, ...]:
    text = part.text().replace("&", "") if isinstance(part, QAbstractButton) else ""
    if isinstance(part, QLabel):
        text = part.words() if isinstance(part, Text) else part.text()
    return (text, part.accessibleName())


def _read_out(index: QModelIndex) -> str:
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
