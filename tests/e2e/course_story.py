"""What a person does with a course, step by step, in the words of the screen."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from integrate.journal.opening import create_journal
from integrate.storage import kdf
from integrate.system.clock import FixedClock
from tests.e2e import story
from tests.e2e.person import PATIENCE, Person, Thing

PASSPHRASE = "slow lantern under the fig"
ZONE = "Europe/Lisbon"
BUTTON = "push button"
GO_BACK = "The session room was open. Go back to it"
_MOMENT = re.compile(r"\d\d:\d\d, (.*?)(?: ·|,) (?:Marked in the|Written in) session")
BUG = "This is a bug, not your mistake."


def moment(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of the story, in the wall-clock time of Lisbon."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(ZONE))


def wait_until(person: Person, check: Callable[[], bool], what: str) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it did not come to be; with all that is on the screen instead.
    """
    end = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < end, f"{what} did not come\n{person}"
        time.sleep(0.05)


# --- the program at a given time --------------------------------------------------------------------------------------


def new_journal(place: Path, when: datetime) -> None:
    """An empty journal that costs little to open."""
    create_journal(place, PASSPHRASE, cost=kdf.FLOOR, clock=FixedClock(when, ZONE))


def start(person: Person, place: Path, when: datetime, *, pace: float = 1) -> None:
    """Start the program at a moment of the story; it shows the lock screen."""
    person.command = (sys.executable, "-m", "tests.e2e.at_a_time", when.isoformat(), str(pace))
    person.start("--journal", place, wait_for=story.LOCKED)


def begin_day(person: Person, place: Path, when: datetime, *, pace: float = 1) -> None:
    """Start the program at a moment of the story, and unlock."""
    start(person, place, when, pace=pace)
    story.unlock(person, PASSPHRASE)


def end_day(person: Person) -> None:
    """Quit. Until then nothing on the screen spoke of a bug."""
    assert person.look(holds=BUG) is None, person
    story.quit_program(person)


def of_the_page(person: Person) -> list[Thing]:
    """What is on the screen beside the sidebar."""
    things = person.everything()
    edge = max(thing.place[0] + thing.place[2] for thing in things if thing.name == "Pages")
    return [thing for thing in things if thing.name and thing.place[0] >= edge]


def buttons_of_the_page(person: Person) -> list[str]:
    """What can be pressed beside the sidebar."""
    return [thing.name for thing in of_the_page(person) if thing.role == BUTTON]


# --- the course and its sessions --------------------------------------------------------------------------------------


def plan_a_course(person: Person, *, sessions: int, spacing: int, days_ahead: int = 0) -> None:
    """Type a plan on the Sessions page, its first session ``days_ahead`` days from today, and plan all its dates."""
    person.press("ctrl+2")
    person.click("Change my plan", role=BUTTON)
    person.see_focused("Number of sessions")
    person.type(str(sessions))
    person.press("Tab")
    person.type(str(spacing))
    person.press("Tab", "space")  # "No day yet" is not so any more
    person.see("Day of the first session", role="spin button")
    person.press("shift+Tab", "Home", *["Up"] * days_ahead)
    person.click("Save", role=BUTTON)
    person.see_gone("My plan", role="dialog")
    person.click("Plan these dates", role=BUTTON)
    person.see(holds=f"Session {sessions}, Planned for", role=BUTTON)


def show_sessions(person: Person) -> None:
    """The course as a path, from wherever one is."""

    def session_page() -> Thing | None:
        return person.look("More about this session", role=BUTTON)

    person.press("ctrl+2")
    wait_until(person, lambda: bool(session_page() or person.look("Sessions", role="heading")), "the Sessions page")
    if session_page() is not None:
        person.click("Sessions", role=BUTTON)
    person.see("Sessions", role="heading")


def show_session(person: Person, number: int) -> None:
    """The page of a session, from wherever one is."""
    show_sessions(person)
    person.click(holds=f"Session {number},", role=BUTTON)
    person.see(f"Session {number}", role="heading")


def add_line(person: Person, button: str, words: str) -> None:
    """Press a button of Prepare, type into the line that opens, and keep it."""
    person.click(button, role=BUTTON)
    person.see_focused(button)
    person.type(words)
    person.press("Return")
    person.see_gone(button, role="text")
    person.see(holds=words)


def it_took_place(person: Person, number: int, *, hours: int) -> None:
    """Log a session on its page, from noon on."""
    show_session(person, number)
    person.click("It took place", role=BUTTON)
    person.click("It began at: I do not know", role="check box")
    person.click("It ended at: I do not know", role="check box")
    person.see("It ended at", role="spin button")
    person.press("shift+Tab", "Home", *["Up"] * hours)
    person.click("Save", role=BUTTON)
    person.see_gone(f"Session {number}", role="dialog")


# --- the session room -------------------------------------------------------------------------------------------------


def open_room(person: Person, number: int, *, sitter: str) -> None:
    """Ctrl Shift R: begin the session that is planned for today, with somebody there."""
    person.press("ctrl+shift+r")
    chosen = person.see(f"Session {number}, planned for today", role="radio button")
    assert "checked" in chosen.states, chosen
    person.click("Who is with me", role="text")
    person.see_focused("Who is with me")
    person.type(sitter)
    person.click("Open the room", role=BUTTON)
    in_the_room(person)


def in_the_room(person: Person) -> None:
    """Wait until the room stands, with nothing of the journal beside it."""
    person.see("Mark this moment", role=BUTTON)
    person.see_gone("Lock", role=BUTTON)
    person.take_focus()


def listed(person: Person) -> list[str]:
    """What the room says it has kept, the newest first: at most four lines such as "14:52  A moment"."""
    for label in person.everything("label"):
        lines = [line for line in label.words.splitlines() if line[2:3] == ":" and "  A " in line]
        if lines:
            return lines
    return []


def mark(person: Person) -> None:
    """The space bar, until the room lists it."""
    before = len(listed(person))
    person.press("space")
    wait_until(person, lambda: len(listed(person)) == before + 1, "a mark")
    person.see(holds="Marked, ")


def mark_words(person: Person, words: str) -> None:
    """W, a few words, Enter, until the room lists them."""
    before = len(listed(person))
    person.press("w")
    person.see_focused("A few words")
    person.type(words)
    person.press("Return")
    wait_until(person, lambda: len(listed(person)) == before + 1, "what was typed")


def touch(person: Person, name: str, *, role: str = BUTTON) -> None:
    """Press a target of the room. For 0.4 s after it is shown it takes no press: it may be meant for what was there."""
    person.see(name, role=role)
    time.sleep(0.5)
    person.click(name, role=role)


def sitter_notes(person: Person) -> None:
    """Behind Sitter: what is said there first, then a pulse, a blood pressure, and a side effect."""
    touch(person, "Sitter")
    person.see("What you write goes into this person's journal. They can read and share it.")
    touch(person, "Go on")
    touch(person, "Pulse")
    person.see_focused("Pulse, beats a minute")
    person.type("88")
    person.press("Return")
    _reads(person, "Pulse", "88 at ")
    touch(person, "Blood pressure")
    person.see_focused("Blood pressure, first number")
    person.type("136")
    person.press("Tab")
    person.type("84")
    person.press("Return")
    _reads(person, "Blood pressure", "136/84 at ")
    person.see(holds="When to call ", role=BUTTON)
    touch(person, "Side effect")
    touch(person, "Nausea", role="check box")
    touch(person, "Mild", role="check box")
    touch(person, "Keep")
    person.see_gone("Nausea", role="check box")
    person.press("Escape")
    person.see("Mark this moment", role=BUTTON)
    wait_until(person, lambda: any("A side effect" in line for line in listed(person)), "the side effect")


def _reads(person: Person, name: str, words: str) -> None:
    def shown() -> bool:
        button = person.look(name, role=BUTTON)
        return button is not None and button.description.startswith(words)

    wait_until(person, shown, words)


def leave_room(person: Person) -> None:
    """Hold Esc until the lock screen stands."""
    with person.holding("Escape"):
        person.see(story.LOCKED, role="heading")
    person.take_focus()


def moments_on_page(person: Person) -> list[str]:
    """The timeline of the session that is shown, each without its time and where it was written."""
    rows = [_MOMENT.match(thing.name) for thing in person.everything(BUTTON)]
    return [found[1] for found in rows if found]


# --- threads and letters ----------------------------------------------------------------------------------------------


def begin_thread_from_intention(person: Person, name: str) -> None:
    """On Threads, a thread from the one intention that is there."""
    person.press("ctrl+4")
    person.click("New thread", role=BUTTON)
    assert person.see("It begins with", role="combo box").text == "Words of its own"
    person.see_focused("Your intention, or what it is about")
    person.press("shift+Tab", "Down")
    person.see_gone("Your intention, or what it is about", role="text")
    person.click("A short name, if you like", role="text")
    person.see_focused("A short name, if you like")
    person.type(name)
    person.press("Return")
    person.see(f"Thread “{name}”", role=BUTTON)


def choose(person: Person, words: str) -> None:
    """Choose from the list that has the keyboard: what can be chosen may still be on its way."""

    def chosen() -> bool:
        return any("focused" in one.states and one.text == words for one in person.everything("combo box"))

    end = time.monotonic() + PATIENCE
    while not chosen():
        assert time.monotonic() < end, f"{words} cannot be chosen\n{person}"
        person.press("Home")
        for _step in range(4):
            person.press("Down")
            time.sleep(0.2)
            if chosen():
                return


def type_lines(person: Person, lines: Sequence[str]) -> None:
    """Type with Enter between the lines."""
    for number, line in enumerate(lines):
        if number:
            person.press("Return")
        person.type(line)


def keep_line_as_insight(person: Person, line: int, words: str, *, thread: str) -> None:
    """Select a line of the entry that is shown, Ctrl Shift I, and keep it on a thread."""
    person.press("ctrl+Home", *["Down"] * line, "Home", "shift+End", "ctrl+shift+i")
    person.see("Keep as an insight", role="dialog")
    person.see_focused("In your words")
    assert [thing.text for thing in person.everything("text") if thing.name == "In your words"] == [words], person
    person.press("Tab")
    choose(person, thread)
    person.click("Keep it", role=BUTTON)
    person.see("Kept as an insight", role="label")
    person.see_gone("Keep as an insight", role="dialog")


def begin_practice_from_insight(person: Person, thread: str, insight: str, practice: str) -> None:
    """On Threads, open the thread, its insight, and begin a practice from it that comes every day."""
    person.press("ctrl+4")
    person.click(f"Thread “{thread}”", role=BUTTON)
    person.see(thread, role="dialog")
    person.click_on(person.see(f"Insight: {insight}", role=BUTTON, describes="Opens this insight"))
    person.click("Begin a practice from it…", role=BUTTON)
    person.see_focused("What would you like to try?")
    person.type(practice)
    person.press("Tab")
    choose(person, "Every day")
    person.click("Begin", role=BUTTON)
    person.see_gone("Begin a practice", role="dialog")
    close_sheets(person)
    person.see(f"Practice: {practice}", role=BUTTON)


def write_letter(person: Person, words: str) -> None:
    """On Threads, a letter to the next session."""
    person.press("ctrl+4")
    person.click("Write a letter", role=BUTTON)
    person.see_focused("Your letter")
    person.type(words)
    person.click("Seal it", role=BUTTON)
    person.see_gone("A letter to your next session", role="dialog")
    person.see(holds="Sealed until session 2 comes near")


def close_sheets(person: Person) -> None:
    """Esc, as often as there are sheets."""
    end = time.monotonic() + PATIENCE
    while sheets := person.everything("dialog"):
        assert time.monotonic() < end, sheets
        person.press("Escape")
        while person.everything("dialog") == sheets and time.monotonic() < end:
            time.sleep(0.05)
