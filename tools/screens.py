"""Every screen of the program, in acts: each screen set up the way a person gets there, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDateEdit

from integrate.storage import kdf
from integrate.ui.editor.surface import WritingSurface
from integrate.ui.forms.sheet import QuestionnaireSheet
from integrate.ui.widgets.scale import ScaleInput
from tools.import_screens import bring_in, show_report
from tools.sample_journal import NAME, NOW, PASSPHRASE, PICTURED, SHOWN, make_sample, sample_clock
from tools.share_steps import lasting_phrase, share_for, share_saved, share_step
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


@dataclass(frozen=True, slots=True)
class Act:
    """Screens that follow each other in one window, after ``before``; without ``journal`` there is none yet."""

    name: str
    screens: Sequence[Screen]
    before: Callable[[Stage], None]
    journal: bool = True


def draw_screens(folder: Path, output: Path, looks: Sequence[Look]) -> dict[str, str]:
    """Draw every screen in every look into ``output``/<look>; the screens' names with those of their designs."""
    kdf_cost, kdf.calibrate = kdf.calibrate, lambda *_arguments, **_options: kdf.FLOOR
    try:
        for act in ACTS:
            place = folder / act.name / f"{NAME}.integrate"
            if act.journal:
                place.parent.mkdir()
                make_sample(place, sample_clock())
            _draw(Stage(folder / f"{act.name} data", place, sample_clock()), act, output, looks)
    finally:
        kdf.calibrate = kdf_cost
    return {screen.name: screen.design for act in ACTS for screen in act.screens}


def _draw(stage: Stage, act: Act, output: Path, looks: Sequence[Look]) -> None:
    stage.program.start()
    stage.program.change_settings(reduced_motion=True, country="US")
    stage.settle()
    act.before(stage)
    ordered = sorted(looks, key=lambda look: (look.theme, look.text))  # another width is soon drawn, another style not
    for screen in act.screens:
        stage.window.resize(1280, HEIGHT)
        stage.program.change_settings(theme="light", text_size=100)
        screen.reach(stage)
        stage.settle()
        for look in ordered:
            stage.program.change_settings(theme=look.theme, text_size=look.text)
            stage.window.resize(look.width, HEIGHT)
            (output / look.name).mkdir(exist_ok=True)
            stage.picture(output / look.name / f"{screen.name}.png")
        stage.close_sheets()
    stage.program.quit()
    stage.until(lambda: not stage.window.isVisible())


def unlock(stage: Stage) -> None:
    """Open the sample from the lock screen."""
    stage.fill_in("Passphrase", PASSPHRASE)
    stage.press("Unlock")
    stage.until(stage.page)


def on_day(day: date) -> Callable[[Stage], None]:
    """Lock, and come back at eleven on another day."""

    def reach(stage: Stage) -> None:
        stage.program.perform("lock")
        stage.until(lambda: stage.program.locked)
        stage.move_to(datetime(day.year, day.month, day.day, 11, tzinfo=UTC))
        unlock(stage)
        stage.settle()  # it comes back to the page that was left
        stage.program.perform("go_today")
        stage.settle()

    return reach


def in_turn(*steps: Callable[[Stage], None]) -> Callable[[Stage], None]:
    """One step after another."""

    def reach(stage: Stage) -> None:
        for step in steps:
            step(stage)
            stage.settle()

    return reach


def _perform(action: str) -> Callable[[Stage], None]:
    return lambda stage: stage.program.perform(action)


def _press(words: str) -> Callable[[Stage], None]:
    return lambda stage: stage.press(words)


def _press_beginning(words: str) -> Callable[[Stage], None]:
    return lambda stage: stage.press_beginning(words)


def _scroll_to(words: str) -> Callable[[Stage], None]:
    return lambda stage: stage.scroll_to(words)


def _nothing(_stage: Stage) -> None:
    """It is there already."""


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


# --- an open journal --------------------------------------------------------------------------------------------------


def _entry(stage: Stage) -> None:
    stage.program.perform("go_journal")
    stage.choose_entry(SHOWN)


def _photo(stage: Stage) -> None:
    stage.program.perform("go_journal")
    stage.choose_entry(PICTURED)


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


def _start_sheet(stage: Stage) -> None:
    stage.program.perform("session_room")
    stage.until(lambda: stage.find(QAbstractButton, "Open the room").isEnabled())


# --- the session room -------------------------------------------------------------------------------------------------


def _into_room(stage: Stage) -> None:
    unlock(stage)
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


def _item_9(stage: Stage) -> None:
    """Answer every question with the second answer; the ninth brings the line about help."""
    sheet = next(sheet for sheet in stage.window.findChildren(QuestionnaireSheet) if sheet.isVisible())
    for card in sheet.cards.values():
        card.choices[card.item.options[1].code].click()
    stage.settle()
    sheet.cards["9"].tab_stop().setFocus(Qt.FocusReason.TabFocusReason)


def _support(stage: Stage) -> None:
    """Finish such a form."""
    _item_9(stage)
    stage.press("Done")


def _settings(section: str) -> Callable[[Stage], None]:
    def reach(stage: Stage) -> None:
        stage.program.perform("settings")
        stage.press(section)

    return reach


# --- check-ins --------------------------------------------------------------------------------------------------------


def _answer(name: str, keys: str) -> Callable[[Stage], None]:
    """Choose on the scale whose name begins so, by its keys."""

    def reach(stage: Stage) -> None:
        scales = [one for one in stage.window.findChildren(ScaleInput) if one.isVisible()]
        scale = next(one for one in scales if one.accessibleName().startswith(name))
        scale.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(scale, keys)

    return reach


_ANSWERED: Final = (_answer("Mood", "6"), _answer("Anxiety", "3"), _answer("Energy", "5"))


# --- the course -------------------------------------------------------------------------------------------------------


def _overview(stage: Stage) -> None:
    """The path of the course, also where one of its sessions was shown last."""
    stage.program.perform("go_sessions")
    stage.settle()
    stage.program.perform("go_sessions")
    stage.settle()


def _session(number: int) -> Callable[[Stage], None]:
    return in_turn(_overview, _press_beginning(f"Session {number},"))


def _choose_today(stage: Stage) -> None:
    """In the sheet of a session: it took place today."""
    edit = stage.find(QDateEdit, "Day")
    edit.setDate(QDate(NOW.year, NOW.month, NOW.day))
    stage.settle()


def _thread(name: str) -> Callable[[Stage], None]:
    return in_turn(_perform("go_threads"), _press(f"Thread “{name}”"))


def _all_chosen(stage: Stage) -> None:
    """The words of the first paragraph, to be kept as an insight."""
    _entry(stage)
    surface = next(one for one in stage.window.findChildren(WritingSurface) if one.isVisible())
    cursor = surface.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    surface.setTextCursor(cursor)
    stage.program.perform("keep_insight")


def _look_around(stage: Stage) -> None:
    stage.press("Look around first")
    stage.until(lambda: stage.page() == "today")
    stage.settle()


def _close_course(stage: Stage) -> None:
    _overview(stage)
    stage.press("Close this course")
    stage.settle()


NEW: Final = (
    Screen("welcome", _passphrase_step, "welcome"),
    Screen("welcome-recovery", _words_step, "welcome-recovery"),
    Screen("welcome-settings", _settings_step),
)
LOCKED: Final = (
    Screen("lock", _nothing, "lock"),
    Screen("lock-wrong", _wrong_passphrase),
    Screen("help-locked", _perform("help_now"), "help"),
    Screen("lock-forgotten", _forgotten),
)
OPEN: Final = (
    Screen("today", _perform("go_today"), "today"),
    Screen("help", _perform("help_now"), "help"),
    Screen("editor", _entry, "editor"),
    Screen("new-entry", _perform("new_entry")),
    Screen("recently-deleted", _perform("recently_deleted")),
    Screen("sessions", _overview),
    Screen("session", _session(4)),
    Screen("threads", _perform("go_threads"), "threads"),
    Screen("trends", _perform("go_trends"), "trends"),
    Screen("share-empty", _perform("go_share")),
    Screen("settings", _settings("Lock")),
    Screen("room-start", _start_sheet),
)
"""The pages as they are found, and what lies nearest."""
MORE: Final = (
    Screen("editor-photo", _photo),
    Screen("editor-history", in_turn(_entry, _perform("history"))),
    Screen("insight-keep", _all_chosen),
    Screen("search", _search),
    Screen("search-nothing", _search_nothing),
    Screen("writing-only", in_turn(_search_done, _writing_only)),
    Screen("help-hard-night-editor", in_turn(_perform("help_now"), _press("Change my hard-night page"))),
    Screen("help-team", in_turn(_perform("help_now"), _press("Choose who of my care team is shown"))),
    Screen("settings-passphrase", _settings("Passphrase")),
    Screen("settings-appearance", _settings("Appearance")),
    Screen("settings-writing", _settings("Writing")),
    Screen("settings-data", _settings("Data")),
    Screen("settings-import-report", show_report),
    Screen("settings-import", bring_in),
    Screen("keys", _perform("keys")),
    Screen("about", _perform("about")),
)
"""Further places of an open journal."""
COURSE: Final = (
    Screen("session-experience", in_turn(_session(4), _press_beginning("Experience,"))),
    Screen("session-coming", _session(5)),
    Screen("moment", in_turn(_session(4), _press_beginning("Experience,"), _press_beginning("14:44,"))),
    Screen("session-sheet-plan", in_turn(_overview, _press("New session"))),
    Screen("session-sheet-log", in_turn(_session(5), _press("It took place"))),
    Screen("session-plan-says", in_turn(_press("It took place"), _choose_today, _press("Save"))),
    Screen("plan", in_turn(_overview, _press("Change my plan"))),
    Screen("checklist", _press("Change my checklist")),
    Screen("carer", _press("Add someone")),
    Screen("course-close", _close_course),
    Screen("threads-resting", in_turn(_perform("go_threads"), _press_beginning("Resting"))),
    Screen("threads-below", in_turn(_press_beginning("Open,"), _scroll_to("On no thread yet"))),
    Screen("threads-new", in_turn(_perform("go_threads"), _press("New thread"))),
    Screen("thread", _thread("Softness")),
    Screen("threads-choose", in_turn(_thread("Softness"), _press("Experience: Choose…"))),
    Screen("thought", in_turn(_thread("Softness"), _press("Insight: Add a thought…"))),
    Screen("insight", in_turn(_thread("Softness"), _press_beginning("Insight: I talk"))),
    Screen("practice", in_turn(_thread("Softness"), _press_beginning("Practice: When"))),
    Screen("practice-new", in_turn(_thread("Softness"), _press("Practice: Begin a practice…"))),
    Screen("letter-write", in_turn(_perform("go_threads"), _press("Write a letter"))),
    Screen("insight-source", in_turn(_perform("go_threads"), _press_beginning("Insight: I talk"))),
    Screen("session-all", in_turn(_session(4), _press_beginning("Show all three")), "session"),
)
"""The sheets and stages of the course and of what comes of it."""
DAYS: Final = (
    Screen("today-prepare", on_day(date(2026, 10, 17))),
    Screen("letter-read", in_turn(_perform("go_threads"), _press_beginning("Read the letter"))),
    Screen("today-session-day", on_day(date(2026, 10, 19))),
    Screen("today-quiet", on_day(date(2026, 11, 24))),
    Screen("sessions-closed", in_turn(_close_course, _press("Close this course"))),
    Screen("today-closed", _perform("go_today")),
)
"""The same journal on other days, and after the end of the course."""
CHECK_INS: Final = (
    Screen("check-in", in_turn(_perform("new_check_in"), *_ANSWERED), "today"),
    Screen("check-in-line", _press("Add a line")),
    Screen("check-in-saved", _press("Save check-in")),
    Screen("check-ins", _press("Earlier check-ins")),
    Screen("check-in-change", in_turn(_press("Earlier check-ins"), _press_beginning("Change the check-in of"))),
    Screen("settings-measures", _settings("Check-ins")),
    Screen("measure-change", in_turn(_settings("Check-ins"), _press("Change “Energy”"))),
    Screen("measure-new", in_turn(_settings("Check-ins"), _press("Make your own…"))),
)
"""Answering, what was answered before, and what is asked."""
TRENDS: Final = (
    Screen("trends-bands", in_turn(_perform("go_trends"), _press("Show published bands")), "trends"),
    Screen("trends-year", _scroll_to("2026, day by day")),
    Screen("trends-effects", _scroll_to("Side effects by session")),
    Screen("trends-tables", in_turn(_perform("go_trends"), _press("Show as tables"))),
)
"""What was measured, as charts and as tables."""
SHARE: Final = (
    Screen("share-person", in_turn(_perform("go_share"), share_for("Ines"), _press_beginning("Make a lasting phrase"))),
    Screen("share", lasting_phrase, "share"),
    Screen("share-passage", _press_beginning("Only a passage of")),
    Screen("share-page", _press_beginning("Page 1 of")),
    Screen("share-confirm", _press("Save the file…")),
    Screen("share-saved", in_turn(share_saved, _scroll_to("Shared before"))),
    Screen("share-details", _press_beginning("Details of")),
    Screen("share-consent", _press("Consent line…")),
    Screen("share-paper", _press_beginning("Take-along sheet")),
    Screen("share-copy", _press("Copy from paper…")),
    Screen("share-look", share_step(1)),
    Screen("share-save", share_step(2)),
)
LOOKING: Final = (
    Screen("look-around", _perform("go_today")),
    Screen("look-around-sessions", _perform("go_sessions")),
    Screen("look-around-threads", _perform("go_threads")),
)
"""The demo, before there is any journal."""
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

FORMS: Final = (
    Screen("settings-questionnaires", _settings("Questionnaires")),
    Screen("form-phq-9", in_turn(_settings("Questionnaires"), _press("Open PHQ-9"))),
    Screen("form-item-9", in_turn(_settings("Questionnaires"), _press("Open PHQ-9"), _item_9)),
    Screen("form-support", in_turn(_settings("Questionnaires"), _press("Open PHQ-9"), _support)),
    Screen("form-pcl-5", in_turn(_settings("Questionnaires"), _press("Open PCL-5"))),
    Screen("form-which-phq", in_turn(_settings("Questionnaires"), _press("Choose…"))),
)
ACTS: Final = (
    Act("welcome", NEW, _nothing, journal=False),
    Act("lock", LOCKED, _nothing),
    Act("open", OPEN, unlock),
    Act("more", MORE, unlock),
    Act("course", COURSE, unlock),
    Act("days", DAYS, unlock),
    Act("check-ins", CHECK_INS, unlock),
    Act("trends", TRENDS, unlock),
    Act("forms", FORMS, unlock),
    Act("share", SHARE, unlock),
    Act("looking", LOOKING, _look_around, journal=False),
    Act("room", ROOM, _into_room),
)
