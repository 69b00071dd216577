"""A row in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QLocale

from integrate.domain.entry import EntrySummary, Phase, SessionRef, Snippet, Unreadable
from integrate.domain.listing import Row
from integrate.ui.pages.journal.list.wording import month_words, word_row
from integrate.ui.wording import short_day
from tests.ui.pages.journal_list.conftest import NOW, at

TODAY = date(2026, 10, 8)
ENGLISH = QLocale("en_GB")
ENTRY = EntrySummary(
    id=UUID(int=1), at=at(2026, 10, 6), phase=Phase.INTEGRATE, session=SessionRef(1, 4), prompt_id=None,
    title="Carrying bags", excerpt="I keep coming back.", tags=(), never_share=False, mood_then=None, words=4,
    revision=1, created=NOW, updated=NOW, deleted=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "Today"),
        (date(2026, 10, 7), "Yesterday"),
        (date(2026, 10, 6), "Tue 6 Oct"),
        (date(2026, 10, 9), "Fri 9 Oct"),
        (date(2025, 10, 8), "Wed 8 Oct 2025"),
    ],
)
def test_days(day: date, words: str) -> None:
    assert short_day(day, TODAY, ENGLISH) == words


def test_months_of_other_years_say_the_year() -> None:
    assert month_words(2026, 9, TODAY, ENGLISH) == "September"
    assert month_words(2025, 9, TODAY, ENGLISH) == "September 2025"
    assert month_words(2026, 9, TODAY, QLocale("pt_PT")) == "Setembro"


def test_a_screen_reader_hears_title_day_session_phase_and_what_is_not_shared() -> None:
    spoken = word_row(Row(1, replace(ENTRY, never_share=True), None, 2), TODAY, ENGLISH).spoken()
    assert spoken == "Carrying bags, Tue 6 Oct, Session 4, Integrate, Never share, 2 photos or files"


def test_an_entry_without_a_title_shows_its_first_words() -> None:
    words = word_row(Row(1, replace(ENTRY, title=" ", excerpt="It rained. I stayed in bed.")), TODAY, ENGLISH)
    assert (words.title, words.line) == ("It rained.", "I stayed in bed.")
    long = "one two three four five six seven eight nine ten eleven twelve thirteen"
    words = word_row(Row(1, replace(ENTRY, title="", excerpt=long)), TODAY, ENGLISH)
    assert words.title.removesuffix("…") + " " + words.line == long
    assert len(words.title) <= 41
    assert word_row(Row(1, replace(ENTRY, title="", excerpt="")), TODAY, ENGLISH).title == "Untitled"


def test_a_hit_shows_its_snippet_with_the_marks_where_they_were() -> None:
    snippet = Snippet("rain\non my tent", ((5, 7), (11, 15)))
    words = word_row(Row(1, ENTRY, snippet), TODAY, ENGLISH)
    assert [words.line[begin:end] for begin, end in words.marks] == ["on", "tent"]
    assert "\n" not in words.line


def test_what_cannot_be_read_says_so() -> None:
    words = word_row(Row(1, Unreadable(UUID(int=2))), TODAY, ENGLISH)
    assert f"{words.title} {words.line}" == "This entry could not be read. The rest is fine."
    assert words.phase is None


def test_the_course_is_named_from_the_second_on() -> None:
    words = word_row(Row(1, replace(ENTRY, session=SessionRef(2, 3))), TODAY, ENGLISH)
    assert "Course 2, session 3" in words.about
