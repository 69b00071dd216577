"""What a person does about their mood, step by step, by keyboard alone, in the words of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from integrate.domain.form_schedule import PHQ_9, FormPlan
from integrate.domain.sessions import SessionDraft, SessionState
from integrate.journal.courses import begin_course
from integrate.journal.opening import Access, ByPassphrase, open_journal
from integrate.journal.responses import set_form_plan
from integrate.journal.sessions import add_session
from integrate.system.clock import FixedClock
from tests.e2e import course_story, story
from tests.e2e.person import Person, Thing
from tests.helpers.check_ins import answer, check_in, measure

BUTTON = course_story.BUTTON
CARD = "Thank you for answering."
HELP_LINE = "If you might act on these thoughts, help is here: Help now. You can also finish first."


def prepared_journal(place: Path, when: datetime, moods: Sequence[tuple[int, float]], session_in: int) -> None:
    """A journal with moods of some days ago, as (days, value), and a session planned in some days' time.

    Of PHQ-9 and PHQ-8 the first was chosen before; with the session so near, it is suggested.
    """
    course_story.new_journal(place, when)
    clock, secret = FixedClock(when, course_story.ZONE), ByPassphrase(course_story.PASSPHRASE)
    with open_journal(place, secret, Access.WRITE, clock=clock) as journal:
        for ago, value in moods:
            check_in(journal, answer(measure(journal), value), at=when - timedelta(days=ago))
        set_form_plan(journal, FormPlan(phq=PHQ_9))
        begin_course(journal)
        day = when.date() + timedelta(days=session_in)
        add_session(journal, SessionDraft(SessionState.PLANNED, day, zone=course_story.ZONE))


def tabs_to(person: Person, stops: int, name: str, *, role: str = BUTTON) -> None:
    """Tab so many times, and be at something with this name."""
    person.press(*["Tab"] * stops)
    person.see_focused(name, role=role)


def check_in_now(person: Person) -> None:
    """Ctrl Shift C, mood 7, anxiety 3, energy 10, nothing about sleep, and save."""
    person.press("ctrl+shift+c")
    person.see_focused("Mood, 0 low to 10 good", role="slider")
    person.press("7", "Tab", "3", "Tab", "1", "0", "Tab")
    tabs_to(person, 1, "Save check-in")
    person.press("space")
    person.see(holds="Saved at ", role="label")
    person.see_focused("Another check-in", role=BUTTON)


def open_phq_9(person: Person) -> None:
    """From the saved check-in on to the suggestion of Today."""
    tabs_to(person, 2, "Open: PHQ-9")
    person.press("space")
    person.see("0 of 9 answered", role="label")


def fill_in_phq_9(person: Person, answers: Sequence[int]) -> None:
    """A digit and Tab for each of the nine; of the last one only the digit."""
    before_last = [key for digit in answers[:-1] for key in (str(digit), "Tab")]
    person.press("Tab", "Tab", *before_last)  # the first two go past the button that closes the sheet
    person.see("8 of 9 answered", role="label")
    assert person.look(HELP_LINE, role=BUTTON) is None
    person.press(str(answers[-1]))


def done(person: Person) -> None:
    """Past the line about help to the last question, which counts nothing, and past Close to Done."""
    person.press("Tab", "Tab", "1")
    tabs_to(person, 3, "Done")
    person.press("space")


def back_to_the_journal(person: Person) -> None:
    """From the support card, which keeps nobody."""
    tabs_to(person, 3, "Back to my journal")
    person.press("space")
    person.see_gone("PHQ-9", role="dialog")


def lock_and_unlock(person: Person) -> None:
    """Ctrl L, and the passphrase."""
    story.lock(person)
    story.unlock(person, course_story.PASSPHRASE)


def chart(person: Person) -> Thing:
    """The first chart of Trends."""
    return person.see(role="chart")


def show_four_weeks(person: Person) -> None:
    """Ctrl 5, and from twelve weeks to four."""
    person.press("ctrl+5")
    person.see(role="chart", holds="12 weeks to ")
    person.see_focused("Trends", role="heading")
    tabs_to(person, 1, "12 weeks", role="check box")
    person.press("Left")
    person.see(role="chart", holds="4 weeks to ")
    person.see_focused("4 weeks", role="check box")


def read_back(person: Person, days: int) -> list[str]:
    """Tab to the chart, and what its reading line says of the last days with something on them, the latest first.

    At its end is the session that is planned.
    """
    person.press(*["Tab"] * 5)  # tables, measure, questionnaire, more, chart
    course_story.wait_until(person, lambda: "focused" in chart(person).states, "the keyboard at the chart")
    person.press("End")
    course_story.wait_until(person, lambda: chart(person).description.endswith("planned"), "the end of the chart")
    said = [chart(person).description]
    while len(said) <= days:
        person.press("Left")
        course_story.wait_until(person, lambda: chart(person).description != said[-1], "what is before it")
        said.append(chart(person).description)
    return said[1:]


def tables(person: Person, *names: str) -> list[list[list[str]]]:
    """Ctrl T at the chart, Ctrl End, and the rows of these tables that are in sight, the topmost first."""
    person.press("ctrl+t")
    course_story.wait_until(person, lambda: _has_keyboard(person, names[0]), "the keyboard at the table")
    person.press("ctrl+End")
    found = person.everything("table cell")
    return [_rows(found, person.see(name, role="table").place) for name in names]


def _has_keyboard(person: Person, table: str) -> bool:
    found = person.look(table, role="table")
    return found is not None and "focused" in found.states


def _rows(found: Sequence[Thing], place: tuple[int, int, int, int]) -> list[list[str]]:
    left, top, width, height = place
    rows: dict[int, dict[int, str]] = {}
    for cell in found:
        x, y = cell.place[:2]
        if left <= x < left + width and top <= y < top + height:
            rows.setdefault(y, {})[x] = cell.name
    return [[row[x] for x in sorted(row)] for _y, row in sorted(rows.items())]
