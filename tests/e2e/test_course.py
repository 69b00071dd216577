"""Two courses, lived in a real window: days go by between the steps, and the program is killed on the way."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Final

import pytest

from integrate.domain.moments import Moment, MomentKind
from integrate.domain.sessions import SessionDraft, SessionState
from integrate.journal.courses import begin_course
from integrate.journal.moments import list_moments
from integrate.journal.opening import Access, ByPassphrase, open_journal
from integrate.journal.room import merge_room
from integrate.journal.sessions import add_session
from integrate.system.clock import FixedClock
from tests.e2e import course_story, story
from tests.e2e.course_story import moment
from tests.e2e.person import Person

BUTTON = course_story.BUTTON
INTENTION = "To be softer with myself."
ENTRY = ("The kitchen was quiet.", "I could ask sooner.", "Then it rained.")
LETTER = "Be kind to the one who reads this."
ENDED = "When did it end?"
PACE: Final = 600  # so that no two marks of the killed room are of one minute, and each can be told by its time
_MARKED: Final = re.compile(r"(?<=Marked, )\d\d:\d\d|\d\d:\d\d(?=  A moment)")
WELCOME = "Welcome back. Everything is here."
GONE_BY = "Some planned dates have gone by."


@pytest.mark.hard
@pytest.mark.timeout(300)
def test_from_a_plan_to_the_next_sessions_prepare(someone: Person, tmp_path: Path) -> None:
    place = tmp_path / "Journal.integrate"
    course_story.new_journal(place, moment(2026, 10, 2, 9))
    _plan_and_prepare(someone, place)
    _session_in_the_room(someone, place)
    _next_day(someone, place)
    _before_the_second(someone, place)
    assert b"Traceback" not in someone.output()


def _plan_and_prepare(someone: Person, place: Path) -> None:
    """Friday: four sessions, a week apart, from Monday on."""
    course_story.begin_day(someone, place, moment(2026, 10, 2))
    course_story.plan_a_course(someone, sessions=4, spacing=7, days_ahead=3)
    someone.see("Prepare, before session 1")
    course_story.show_session(someone, 1)
    course_story.add_line(someone, "Add an intention", INTENTION)
    course_story.add_line(someone, "Add to the checklist", "Daniel stays with me")
    course_story.add_line(someone, "Ask my prescriber something", "What about my evening tablets?")
    course_story.begin_thread_from_intention(someone, "Softer")
    someone.see(f"Intention: {INTENTION}", role=BUTTON)
    course_story.end_day(someone)


def _session_in_the_room(someone: Person, place: Path) -> None:
    """Monday: the room is killed in the middle, and gone back to by whoever sits there."""
    course_story.begin_day(someone, place, moment(2026, 10, 5, 14))
    course_story.open_room(someone, 1, sitter="Daniel")
    course_story.mark(someone)
    course_story.mark_words(someone, "Warm light")
    course_story.sitter_notes(someone)
    someone.kill()

    course_story.start(someone, place, moment(2026, 10, 5, 14, 20))
    someone.click(course_story.GO_BACK, role=BUTTON)
    course_story.in_the_room(someone)
    someone.see(holds="5 marks from before are kept.")
    course_story.mark(someone)
    assert someone.look(holds="Warm light") is None, "the room cannot read what was marked"
    course_story.leave_room(someone)

    assert someone.look(course_story.GO_BACK) is None, "it was left"
    story.unlock(someone, course_story.PASSPHRASE)
    someone.see(holds="6 moments from the session room are on the page of session 1.")
    course_story.show_session(someone, 1)
    someone.see("6 moments", role="label")
    assert course_story.moments_on_page(someone) == [
        "moment, A moment",
        "moment, Warm light",
        "vital signs, Pulse 88, Sitter's note",
        "vital signs, BP 136/84, Sitter's note",
        "side effect, Nausea, mild, Sitter's note",
        "moment, A moment",
    ]
    course_story.end_day(someone)


def _next_day(someone: Person, place: Path) -> None:
    """Tuesday: a sentence becomes an insight, the insight a practice, and a letter is sealed."""
    course_story.begin_day(someone, place, moment(2026, 10, 6))
    someone.see("Day 1 after session 1", role="heading")
    someone.click("When did it end?", role="spin button")
    someone.press("Home", "Up", "Up")
    someone.click("Save", role=BUTTON)
    someone.see("Session 1 was yesterday.", role="label")
    someone.click("Write a few lines", role=BUTTON)
    someone.see_focused("Your text")
    course_story.type_lines(someone, ENTRY)
    someone.see(holds="Saved, encrypted")
    course_story.keep_line_as_insight(someone, 1, ENTRY[1], thread="Softer")
    course_story.begin_practice_from_insight(someone, "Softer", ENTRY[1], "Ask one small thing")
    course_story.write_letter(someone, LETTER)
    assert someone.look(holds=LETTER) is None, "it is sealed"
    someone.click(f"Insight: {ENTRY[1]}", role=BUTTON)  # one click back to the exact words
    assert someone.see("Your text", role="text").text == "\n".join(ENTRY)
    course_story.show_session(someone, 1)
    someone.see("Experience, 14:00 to 16:00", role=BUTTON)
    course_story.end_day(someone)


def _before_the_second(someone: Person, place: Path) -> None:
    """Friday has neither letter nor prepare; Saturday, two days before session 2, has both."""
    course_story.begin_day(someone, place, moment(2026, 10, 9))
    someone.see("Day 4 after session 1", role="heading")
    assert someone.look(holds="You wrote yourself a letter") is None, someone
    course_story.end_day(someone)

    course_story.begin_day(someone, place, moment(2026, 10, 10))
    someone.see("Before session 2", role="heading")
    someone.see("Ask one small thing", role="check box")
    someone.see(INTENTION, role="label")
    someone.see("You wrote yourself a letter after session 1.", role="label")
    someone.click("Read it", role=BUTTON)
    someone.see("A letter from you", role="dialog")
    someone.see(LETTER, role="label")
    course_story.close_sheets(someone)
    someone.press("ctrl+4")
    someone.see("Thread “Softer”", role=BUTTON)
    for station in (f"Intention: {INTENTION}", f"Insight: {ENTRY[1]}", "Practice: Ask one small thing"):
        someone.see(station, role=BUTTON)
    someone.see(f"Letter: {LETTER}", role=BUTTON)
    course_story.show_session(someone, 2)
    assert "open" in someone.see(holds="Prepare", role=BUTTON).description
    someone.see(LETTER, role="label")
    someone.see("What I hoped for last time", role="label")
    someone.see(INTENTION, role="label")
    someone.click("In the thread “Softer”", role=BUTTON)
    someone.see("Softer", role="dialog")
    someone.see("Practice: Ask one small thing", role=BUTTON, describes="Opens this practice")
    course_story.end_day(someone)


@pytest.mark.hard
@pytest.mark.timeout(300)
def test_two_sessions_a_week_one_never_ended_and_three_months_of_silence(someone: Person, tmp_path: Path) -> None:
    place = tmp_path / "Journal.integrate"
    course_story.new_journal(place, moment(2026, 10, 5, 9))
    _two_sessions(someone, place)
    _asked_once(someone, place)
    _after_three_months(someone, place)
    _and_the_day_after(someone, place)
    assert b"Traceback" not in someone.output()


def _two_sessions(someone: Person, place: Path) -> None:
    """Monday is logged in the evening; Thursday begins in the room and nobody says when it ended."""
    course_story.begin_day(someone, place, moment(2026, 10, 5, 20))
    course_story.plan_a_course(someone, sessions=4, spacing=3)
    course_story.it_took_place(someone, 1, hours=2)
    someone.see("Experience, 12:00 to 14:00", role=BUTTON)
    course_story.end_day(someone)

    course_story.begin_day(someone, place, moment(2026, 10, 8, 14))
    course_story.open_room(someone, 2, sitter="Daniel")
    course_story.mark_words(someone, "A long corridor")
    course_story.leave_room(someone)
    story.unlock(someone, course_story.PASSPHRASE)
    someone.see(holds="1 moment from the session room is on the page of session 2.")
    course_story.end_day(someone)


def _asked_once(someone: Person, place: Path) -> None:
    """Twelve hours after it began it is asked when it ended; that day it stays, and then it does not come again."""
    course_story.begin_day(someone, place, moment(2026, 10, 9, 1, 30))
    someone.see("In session 2", role="label")
    assert someone.look(ENDED) is None, "it began less than twelve hours ago"
    course_story.end_day(someone)

    for hour in (9, 18):
        course_story.begin_day(someone, place, moment(2026, 10, 9, hour))
        someone.see(ENDED, role="label")
        someone.see("Session 2 began yesterday at 14:00.")
        if hour == 18:
            story.write(someone, ENTRY[0])
        course_story.end_day(someone)

    course_story.begin_day(someone, place, moment(2026, 10, 10))
    someone.see("Where you are", role="panel")
    assert someone.look(ENDED) is None, someone
    course_story.end_day(someone)


def _after_three_months(someone: Person, place: Path) -> None:
    """A welcome with three ways on, and one question about the dates that went by. Nothing is lost."""
    course_story.begin_day(someone, place, moment(2027, 1, 10))
    someone.see(GONE_BY, role="label")
    answers = ("It took place", "It did not", "Another day")
    days = ("Session 3, Sun 11 Oct 2026", "Session 4, Wed 14 Oct 2026")
    assert sorted(course_story.buttons_of_the_page(someone)) == sorted(
        ["Write a line", "Look back", "My plan has changed", "Not now"]
        + [f"{answer}: {day}" for answer in answers for day in days]
    ), someone
    shown = {thing.name for thing in course_story.of_the_page(someone) if thing.role in ("label", "heading")}
    assert shown == {"Sunday, 10 January", "Good morning", WELCOME, GONE_BY, *days}, "no question, no count"
    someone.click("Look back", role=BUTTON)
    someone.see(holds=ENTRY[0], role="list item")
    course_story.show_session(someone, 2)
    someone.click("Experience, From 14:00", role=BUTTON)
    someone.see(holds="A long corridor", role=BUTTON)
    course_story.end_day(someone)


def _and_the_day_after(someone: Person, place: Path) -> None:
    """The dates are not asked about again, the welcome is still there, and one line ends the silence."""
    course_story.begin_day(someone, place, moment(2027, 1, 11))
    someone.see(WELCOME, role="label")
    assert course_story.buttons_of_the_page(someone) == ["Write a line", "Look back", "My plan has changed"], someone
    someone.click("My plan has changed", role=BUTTON)
    someone.see("Sessions", role="heading")
    sessions = [name for name in course_story.buttons_of_the_page(someone) if name.startswith("Session ")]
    assert sessions == [
        "Session 1, 5 Oct 2026, held",
        "Session 2, 8 Oct 2026, held",
        "Session 3, Planned for 11 Oct 2026",
        "Session 4, Planned for 14 Oct 2026",
    ]
    someone.press("ctrl+1")
    someone.click("Write a line", role=BUTTON)
    someone.see_focused("Your text")
    someone.type("I am here.")
    someone.see(holds="Saved, encrypted")
    someone.press("ctrl+1")
    someone.see("Where you are", role="panel")
    assert someone.look(WELCOME) is None, someone
    assert someone.look(ENDED) is None, someone
    someone.see("After session 2", role="heading")
    entries = [name for name in course_story.buttons_of_the_page(someone) if " words, " in name]
    assert entries == [
        "I am here., Today · 3 words, Integrate",
        f"{ENTRY[0]}, Fri 9 Oct 2026 · 4 words, Integrate",
    ]
    course_story.end_day(someone)


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.hard
@pytest.mark.timeout(300)
def test_a_room_killed_in_its_window_loses_no_mark_that_was_said(someone: Person, tmp_path: Path, seed: int) -> None:
    place, when = tmp_path / "Journal.integrate", moment(2026, 10, 5, 9)
    course_story.new_journal(place, when)
    clock, secret = FixedClock(when, course_story.ZONE), ByPassphrase(course_story.PASSPHRASE)
    with open_journal(place, secret, Access.WRITE, clock=clock) as journal:
        begin_course(journal)
        draft = SessionDraft(SessionState.PLANNED, when.date(), zone=course_story.ZONE)
        session_id = add_session(journal, draft).session.id
    course_story.begin_day(someone, place, when, pace=PACE)
    course_story.open_room(someone, 1, sitter="Daniel")

    said = mark_until_killed(someone, random.Random(seed).uniform(4.0, 9.0))

    assert len(said.times) > 1, f"nobody marks that slowly: {said}"
    with open_journal(place, secret, Access.WRITE, clock=clock) as journal:
        report = merge_room(journal)
        found = list_moments(journal, session_id)
    assert report is not None
    assert report.is_whole, report
    kept = [one.mark for one in found if isinstance(one, Moment)]
    assert len(kept) == len(found) == report.merged
    assert said.times <= {mark.at.local().strftime("%H:%M") for mark in kept}
    words = [mark.words for mark in kept if mark.kind is MomentKind.WORDS]
    assert words == said.typed[: len(words)], "in their order, whole, once, and nothing else"
    assert set(said.kept_words) <= set(words)
    assert b"Traceback" not in someone.output()


@dataclass
class Said:
    """What the screen confirmed: times as it said them, and words whose field was gone. ``typed``: all words."""

    times: set[str] = field(default_factory=set)
    typed: list[str] = field(default_factory=list)
    kept_words: list[str] = field(default_factory=list)


def mark_until_killed(person: Person, seconds: float) -> Said:
    """Mark moments and words without a pause, until the program is killed in the middle of it."""
    said = Said()
    killer = Timer(seconds, person.kill)
    killer.start()
    while killer.is_alive():
        word = f"word{len(said.typed)}"
        said.typed.append(word)
        person.press("space", "w")
        person.type(word)
        person.press("Return")
        shown = False
        while killer.is_alive() and not shown:
            for thing in person.everything():
                said.times |= set(_MARKED.findall(f"{thing.words} {thing.description}"))
                shown |= thing.name == "Mark this moment"  # only what is on the disk brings back to it
        if shown:
            said.kept_words.append(word)
    killer.join()
    return said
