"""Which screens are swept: those of the gallery, and what lies behind them that no picture shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QWidget

from integrate.ui.shell.shell import Shell
from integrate.ui.widgets.sheet import Answer, Sheet, ask
from tests.ui.waiting import run_events
from tools import screens as gallery
from tools.sample_journal import make_sample, sample_clock
from tools.screens import Act, Look, Screen
from tools.stage import Stage

HEIGHT = 832
USUAL = Look()
TIGHT = (Look(text=200), Look(width=720), Look(width=720, text=200))
"""Where words could be cut off: large text, a narrow window, and both."""


def _act(action: str) -> Callable[[Stage], None]:
    return lambda stage: stage.program.perform(action)


def _settings(section: str) -> Callable[[Stage], None]:
    def reach(stage: Stage) -> None:
        scene = stage.window.scene()
        assert isinstance(scene, Shell)
        scene.go("settings", section=section)

    return reach


def _question(stage: Stage) -> None:
    answers = (Answer("keep", "Keep it", safe=True), Answer("delete", "Delete for good", "danger"))
    ask(stage.program.theme, stage.window, "Delete “A walk” for good?", "It cannot be brought back.", answers, str)


def _recovery_without_words(stage: Stage) -> None:
    stage.press("I do not have the words")


_BEHIND = {
    "welcome": (Screen("other-journals", _act("open_other")),),
    "lock": (Screen("lock-no-words", _recovery_without_words),),
    "more": (
        Screen("settings-you", _settings("you")),
        Screen("settings-keyring", _settings("keyring")),
        Screen("settings-help", _settings("help")),
        Screen("settings-about", _settings("about")),
        Screen("question", _question),
    ),
}
ACTS = tuple(replace(act, screens=(*act.screens, *_BEHIND.get(act.name, ()))) for act in gallery.ACTS)
PLAIN = frozenset({"welcome", "lock", "open", "room"})
"""The acts that are swept each time: what everybody comes past. The others are behind them, and swept with ``hard``."""


class Flashes(QObject):
    """Notes every window that appears besides the program's own: a part that was shown before it had a place."""

    def __init__(self, own: QWidget) -> None:
        super().__init__()
        self._own = own
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if watched is not self._own and not popup:
                self.seen.append(f"{type(watched).__name__} “{watched.accessibleName()}”")
        return False


@contextmanager
def playing(act: Act, folder: Path) -> Iterator[Stage]:
    """A window in which the screens of an act can be reached, one after another."""
    place = folder / "Sarah.integrate"
    if act.journal:
        make_sample(place, sample_clock())
    stage = Stage(folder / "data", place, sample_clock())
    stage.program.change_settings(theme="light", reduced_motion=True, country="US")
    stage.program.start()
    stage.window.activateWindow()
    stage.until(stage.window.isActiveWindow)
    stage.settle()
    flashes = Flashes(stage.window)
    stage.application.installEventFilter(flashes)
    try:
        act.before(stage)
        yield stage
        assert not flashes.seen, f"shown as windows of their own: {flashes.seen}"
    finally:
        stage.application.removeEventFilter(flashes)
        stage.close_sheets()
        stage.program.quit()
        stage.until(lambda: not stage.window.isVisible())
        stage.window.deleteLater()
        stage.program.theme.deleteLater()
        stage.program.deleteLater()
        run_events()


def screens_of(act: Act, stage: Stage) -> Iterator[Screen]:
    """Reach each screen of the act, as a person gets there; the next one begins without sheets."""
    show(stage, USUAL)
    for screen in act.screens:
        screen.reach(stage)
        stage.settle()
        yield screen
        show(stage, USUAL)
        stage.close_sheets()


def show(stage: Stage, look: Look) -> None:
    """Give the window this size, and its text, unless it has them; all looks of the sweep are light."""
    size = QSize(look.width, HEIGHT)
    theme = stage.program.theme
    if stage.window.size() == size and theme.scale == look.text / 100:
        return
    stage.program.change_settings(theme=look.theme, text_size=look.text)
    stage.window.resize(size)
    stage.settle()


def top_layer(stage: Stage) -> QWidget:
    """What a person can use now: the sheet on top, or the scene."""
    sheets = [sheet for sheet in stage.window.findChildren(Sheet) if sheet.isVisible()]
    scene = stage.window.scene()
    assert scene is not None
    return sheets[-1] if sheets else scene
