"""Every screen of the program, each set up the way a person gets there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from integrate.storage import kdf
from tools.sample_journal import NAME, PASSPHRASE, SHOWN, make_sample, sample_clock
from tools.stage import Stage


@dataclass(frozen=True, slots=True)
class Look:
    """One way the window can look: ``theme`` light, dark or contrast, ``width`` in pixels, ``text`` in percent."""

    theme: str = "light"
    width: int = 1280
    text: int = 100

    @property
    def name(self) -> str:
        """For folders and captions."""
        return f"{self.theme}-{self.width}-{self.text}"


LOOKS: Final = tuple(
    Look(theme, width, text)
    for theme in ("light", "dark", "contrast")
    for width in (1280, 960, 720)
    for text in (100, 200)
)
HEIGHT: Final = 832
_WITH: Final = "Daniel"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: how it is reached and, where there is one, the name of its design picture."""

    name: str
    reach: Callable[[Stage], None]
    design: str = ""


def draw_screens(folder: Path, output: Path, looks: Sequence[Look]) -> dict[str, str]:
    """Draw every screen in every look into ``output``/<look>; the screens' names with those of their designs."""
    kdf_cost, kdf.calibrate = kdf.calibrate, lambda *_arguments, **_options: kdf.FLOOR
    try:
        place = folder / "Sarah.integrate"
        make_sample(place, sample_clock())
        _draw(Stage(folder / "new", folder / "None.integrate", sample_clock()), NEW, output, looks)
        _draw(Stage(folder / "data", place, sample_clock()), LOCKED, output, looks)
        _draw(Stage(folder / "data", place, sample_clock()), OPEN, output, looks, before=_unlock)
        _draw(Stage(folder / "data", place, sample_clock()), ROOM, output, looks, before=_into_room)
    finally:
        kdf.calibrate = kdf_cost
    return {screen.name: screen.design for screen in (*NEW, *LOCKED, *OPEN, *ROOM)}


def _draw(
    stage: Stage,
    screens: Sequence[Screen],
    output: Path,
    looks: Sequence[Look],
    before: Callable[[Stage], None] = lambda _stage: None,
) -> None:
    stage.program.start()
    stage.program.change_settings(reduced_motion=True, country="US")
    stage.settle()
    before(stage)
    for screen in screens:
        stage.window.resize(1280, HEIGHT)
        stage.program.change_settings(theme="light", text_size=100)
        screen.reach(stage)
        for look in looks:
            stage.program.change_settings(theme=look.theme, text_size=look.text)
            stage.window.resize(look.width, HEIGHT)
            (output / look.name).mkdir(exist_ok=True)
            stage.picture(output / look.name / f"{screen.name}.png")
        stage.close_sheets()
    stage.program.quit()
    stage.until(lambda: not stage.window.isVisible())


def _unlock(stage: Stage) -> None:
    stage.fill_in("Passphrase", PASSPHRASE)
    stage.press("Unlock")
    stage.until(lambda: stage.page() == "today")


# --- before a journal is open -----------------------------------------------------------------------------------------


def _passphrase_step(stage: Stage) -> None:
    stage.fill_in("Passphrase", PASSPHRASE)
    stage.fill_in("The same passphrase again", PASSPHRASE)
    stage.until(lambda: any("rented computers" in words for words in stage.shown_words()))


def _words_step(stage: Stage) -> None:
    stage.press("Continue to recovery words")


def _settings_step(stage: Stage) -> None:
    stage.press("Do this later")


def _wrong_passphrase(stage: Stage) -> None:
    stage.fill_in("Passphrase", "not this one at all")
    stage.press("Unlock")
    stage.until(lambda: any("did not open" in name for name in stage.shown_words()))


def _forgotten(stage: Stage) -> None:
    stage.press("I forgot my passphrase")


def _nothing(_stage: Stage) -> None:
    """It is there already."""


def _act(action: str) -> Callable[[Stage], None]:
    def reach(stage: Stage) -> None:
        stage.program.perform(action)

    return reach


# --- an open journal --------------------------------------------------------------------------------------------------


def _entry(stage: Stage) -> None:
    stage.program.perform("go_journal")
    stage.choose_entry(SHOWN)


def _photo(stage: Stage) -> None:
    stage.program.perform("go_journal")
    stage.choose_entry("The kitchen was quiet and I let it be")


def _search(stage: Stage) -> None:
    stage.program.perform("search")
    stage.fill_in("Search your entries", "kitchen")


def _search_nothing(stage: Stage) -> None:
    stage.program.perform("search")
    stage.fill_in("Search your entries", "xylophone")


def _search_done(stage: Stage) -> None:
    stage.fill_in("Search your entries", "")
    stage.program.perform("new_entry")


def _writing_only(stage: Stage) -> None:
    _entry(stage)
    stage.program.perform("writing_only")


def _press_new_thread(stage: Stage) -> None:
    stage.press("New thread")


def _start_sheet(stage: Stage) -> None:
    stage.program.perform("session_room")
    stage.until(lambda: stage.find(QAbstractButton, "Open the room").isEnabled())


# --- the session room -------------------------------------------------------------------------------------------------


def _into_room(stage: Stage) -> None:
    _unlock(stage)
    _start_sheet(stage)
    stage.fill_in("Who is with me", _WITH)
    stage.press("Open the room")
    stage.find(QAbstractButton, "Mark this moment")
    stage.settle()
    stage.window.showNormal()  # a picture has the size it is asked for


def _room_panel(*ways: tuple[str, str]) -> Callable[[Stage], None]:
    """From the first panel by pressing words; after each press others are shown."""

    def reach(stage: Stage) -> None:
        while "Back" in (button.accessibleName() for button in _shown_buttons(stage)):
            QTest.keyClick(QApplication.focusWidget() or stage.window, Qt.Key.Key_Escape)
            stage.settle()
        for press, shown in ways:
            stage.until(partial(_pressed, stage, press, shown))

    return reach


def _pressed(stage: Stage, press: str, shown: str) -> bool:
    """Press until it shows: what has just come into sight takes no press for a moment."""
    if shown not in stage.shown_words():
        stage.press(press)
    return shown in stage.shown_words()


def _shown_buttons(stage: Stage) -> list[QAbstractButton]:
    return [button for button in stage.window.findChildren(QAbstractButton) if button.isVisible()]


def _settings(section: str) -> Callable[[Stage], None]:
    def reach(stage: Stage) -> None:
        stage.program.perform("settings")
        stage.press(section)

    return reach


NEW: Final = (
    Screen("welcome", _passphrase_step, "welcome"),
    Screen("welcome-recovery", _words_step, "welcome-recovery"),
    Screen("welcome-settings", _settings_step),
)
LOCKED: Final = (
    Screen("lock", _nothing, "lock"),
    Screen("lock-wrong", _wrong_passphrase),
    Screen("help-locked", _act("help_now"), "help"),
    Screen("lock-forgotten", _forgotten),
)
OPEN: Final = (
    Screen("today", _act("go_today"), "today"),
    Screen("help", _act("help_now"), "help"),
    Screen("editor", _entry, "editor"),
    Screen("editor-photo", _photo),
    Screen("editor-history", _act("history")),
    Screen("search", _search),
    Screen("search-nothing", _search_nothing),
    Screen("new-entry", _search_done),
    Screen("recently-deleted", _act("recently_deleted")),
    Screen("writing-only", _writing_only),
    Screen("sessions", _act("go_sessions")),
    Screen("threads", _act("go_threads"), "threads"),
    Screen("threads-new", _press_new_thread),
    Screen("settings", _settings("Lock")),
    Screen("settings-passphrase", _settings("Passphrase")),
    Screen("settings-appearance", _settings("Appearance")),
    Screen("settings-writing", _settings("Writing")),
    Screen("settings-data", _settings("Data")),
    Screen("room-start", _start_sheet),
    Screen("keys", _act("keys")),
    Screen("about", _act("about")),
)
_SITTER: Final = (
    ("Sitter", f"What you write goes into {NAME}'s journal. They can read and share it."),
    ("Go on", f"for {_WITH}"),
)
ROOM: Final = (
    Screen("room", _nothing, "room"),
    Screen("room-words", _room_panel(("A few words", "Enter keeps them. They are not shown again in this room."))),
    Screen("room-support", _room_panel(("I need support", "My people"))),
    Screen("room-sitter", _room_panel(*_SITTER)),
)
"""The room of a session that has just begun; its journal is locked."""
