"""The program before a journal is open, with a journal opening where the shell would follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.journal.opening import Access, Journal
from integrate.system.clock import FixedClock
from integrate.system.keyring import KeyStore
from integrate.system.paths import Paths
from integrate.ui.program import Program
from integrate.ui.scene import Scene
from integrate.ui.widgets.buttons import PaintedButton
from tests.ui.waiting import run_events, wait_until

EVENING = datetime(2026, 10, 8, 18, 24, tzinfo=UTC)


@dataclass(frozen=True)
class Opened:
    """A journal that was opened; it is closed again at once."""

    place: Path
    access: Access
    name: str


class DoorProgram(Program):
    """The real program up to the moment a journal is open, and what scenes asked of it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.opened: list[Opened] = []
        self.helped = 0
        self.other_window = False

    def _unlocked(self, _serial: int, opened: tuple[Journal, Any]) -> None:
        journal, preferences = opened
        with journal:
            self.opened.append(Opened(journal.place, journal.access, preferences.name))
        self.window.show_scene(Scene())

    def help_now(self) -> None:
        self.helped += 1

    def go_to_other_window(self) -> bool:
        return self.other_window

    def settle(self) -> None:
        """Wait until everything that was asked of the background lane has come back."""
        done: list[None] = []
        self.background.submit(self, lambda: None, done.append, lambda _error: None)
        wait_until(lambda: bool(done))


@contextmanager
def door_program(
    app: QApplication,
    folder: Path,
    place: Path | None = None,
    *,
    key_store: KeyStore | None = None,
    size: tuple[int, int] = (1280, 832),
    **settings: object,
) -> Iterator[DoorProgram]:
    """A started program whose own places are in ``folder``."""
    clock = FixedClock(EVENING, "Europe/Lisbon")
    program = DoorProgram(app, Paths(folder / "data"), clock, place=place, key_store=key_store)
    program.change_settings(theme="light", reduced_motion=True, **settings)
    program.window.resize(*size)
    program.start()
    program.window.activateWindow()
    wait_until(program.window.isActiveWindow)
    try:
        yield program
    finally:
        program.window.close_sheets()
        program.background.close()
        assert program.background.join(20)
        program.window.let_close()
        program.window.deleteLater()
        program.theme.deleteLater()
        program.deleteLater()
        run_events()


def type_into(widget: QWidget, text: str) -> None:
    """Type letter by letter."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(widget, text)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press one key."""
    QTest.keyClick(widget, key)


def button(parent: QWidget, words: str) -> PaintedButton:
    """The visible button with these words."""
    return next(b for b in parent.findChildren(PaintedButton) if b.text() == words and b.isVisible())


def says(parent: QWidget, words: str) -> bool:
    """Whether a visible part says ``words``."""
    from integrate.ui.widgets.text import Text

    return any(words in text.words() for text in parent.findChildren(Text) if text.isVisible())


def untold(program: DoorProgram) -> list[QWidget]:
    """What Tab reaches in the scene that is shown without a name or a role for screen readers."""
    scene = program.window.scene()
    assert scene is not None
    return [
        widget
        for widget in scene.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is program.window and not _told(widget)
    ]


def _told(widget: QWidget) -> bool:
    found = QAccessible.queryAccessibleInterface(widget)
    unknown = (QAccessible.Role.NoRole, QAccessible.Role.Client)
    return bool(found.text(QAccessible.Text.Name)) and found.role() not in unknown


def squeezed(parent: QWidget) -> list[str]:
    """The words of visible texts that are given less height than they need at their width."""
    from integrate.ui.widgets.text import Text

    return [
        text.words()
        for text in parent.findChildren(Text)
        if text.isVisible() and text.hasHeightForWidth() and text.height() < text.heightForWidth(text.width())
    ]
