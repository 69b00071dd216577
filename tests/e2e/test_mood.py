"""A check-in, a questionnaire and what Trends makes of them, in a real window and by keyboard alone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from tests.e2e import course_story, mood_story, story
from tests.e2e.course_story import moment
from tests.e2e.person import Person

WHEN: Final = moment(2027, 1, 14)
MOODS: Final = ((3, 4.0), (1, 5.0))
"""Of the 11th and the 13th. With the 7 of today the 7-day average is (4 + 5 + 7) / 3."""

PHQ: Final = (1, 2, 0, 1, 1, 0, 2, 1, 1)
SUM: Final = "9"
SENTENCE: Final = (
    "Mood, 4 weeks to 14 Jan 2027: 3 days with an answer, lowest 4, highest 7, 7-day average now 5.3. "
    "PHQ-9, 4 weeks to 14 Jan 2027: 1 total, 9 on 14 Jan 2027."
)
DAYS: Final = (
    ("14 Jan 2027", "7", "1", "5.33", ""),
    ("13 Jan 2027", "5", "1", "", ""),
    ("12 Jan 2027", "No answer", "", "", ""),
    ("11 Jan 2027", "4", "1", "", ""),
    ("10 Jan 2027", "No answer", "", "", ""),
)
READ: Final = (
    f"14 Jan 2027: Mood 7; Answers 1; 7-day average 5.33; PHQ-9 {SUM}",
    "13 Jan 2027: Mood 5; Answers 1",
    "11 Jan 2027: Mood 4; Answers 1",
)
"""The line stops at each day with something on it."""


def test_from_a_check_in_to_the_chart_and_its_table(someone: Person, tmp_path: Path) -> None:
    place = tmp_path / "Journal.integrate"
    mood_story.prepared_journal(place, WHEN, MOODS, session_in=5)
    course_story.begin_day(someone, place, WHEN)
    began = time.monotonic()
    mood_story.check_in_now(someone)
    assert time.monotonic() - began < 20

    mood_story.open_phq_9(someone)
    mood_story.fill_in_phq_9(someone, PHQ)
    someone.see(mood_story.HELP_LINE, role=mood_story.BUTTON, within=3)
    mood_story.done(someone)
    someone.see(holds=mood_story.CARD, role="label")
    mood_story.back_to_the_journal(someone)
    mood_story.lock_and_unlock(someone)
    assert someone.look(holds=mood_story.CARD) is None, "it comes once"

    mood_story.show_four_weeks(someone)
    assert mood_story.chart(someone).name == SENTENCE
    assert mood_story.read_back(someone, len(READ)) == list(READ)
    moods, totals = mood_story.tables(someone, "Mood", "PHQ-9")
    assert [tuple(row) for row in moods[-len(DAYS) :]] == list(reversed(DAYS))
    assert totals == [["14 Jan 2027", SUM, "9 of 9"]]
    story.quit_program(someone)
    assert b"Traceback" not in someone.output()
