"""The place in the course in words: calm, whole sentences, and no day that nobody needs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.sessions import Session
from integrate.domain.times import ZonedTime
from integrate.domain.where import where_am_i
from integrate.domain.where_words import phase_line, where_words
from tests.domain.sessions_kit import begun, courses_at, day, held, local, planned, zoned_times

READY = "A time for getting ready, at your own pace."
CLOSED = "Everything you wrote is here, and so is help."


def _words(*sessions: Session, closed: bool = False) -> tuple[str, str, str]:
    where = where_am_i(sessions, local(day(0)), closed=closed)
    words = where_words(where, day(0))
    return words.title, words.subtitle, phase_line(where)


def test_the_words_of_the_picture_and_of_the_product() -> None:
    assert _words(held(4, day(-3))) == (
        "Day 3 after session 4",
        "A time for resting, noticing and small steps. There is no hurry.",
        "Integrate, day 3 after session 4",
    )


def test_before_the_first_session() -> None:
    assert _words() == ("Before the first session", READY, "Prepare")
    assert _words(planned(1, day(9))) == ("Before session 1", READY, "Prepare, before session 1")


def test_in_a_prepare_window() -> None:
    expected = ("Before session 5", READY, "Prepare, before session 5")
    assert _words(held(4, day(-12)), planned(5, day(2))) == expected


def test_on_the_day_a_session_is_planned_for() -> None:
    title, subtitle, line = _words(held(4, day(-14)), planned(5, day(0)))
    assert (title, subtitle) == ("Session 5 is today", "You can come as you are.")
    assert line == "Prepare, before session 5"
    where = where_am_i([planned(5, day(0))], local(day(0)))
    assert where_words(where).title == "Before session 5"


def test_while_a_session_goes_on() -> None:
    assert _words(begun(4, local(day(0), "11:00"))) == (
        "In session 4", "Nothing needs to be written now. A word is enough.", "Experience, session 4",
    )  # fmt: skip


def test_on_the_day_itself() -> None:
    title, subtitle, line = _words(held(4, day(0)))
    assert (title, line) == ("The day of session 4", "Integrate, the day of session 4")
    assert subtitle == "Rest comes first. Bits and pieces are fine, and what they mean can wait."


@pytest.mark.parametrize("count", [1, 2, 27, 28])
def test_in_the_four_weeks_after(count: int) -> None:
    assert _words(held(4, day(-count)))[0] == f"Day {count} after session 4"


def test_after_four_weeks_the_day_number_goes() -> None:
    assert _words(held(4, day(-29))) == (
        "After session 4", "What you found stays with you. There is no hurry.", "Integrate, after session 4",
    )  # fmt: skip


def test_a_closed_course_has_no_numbers() -> None:
    expected = ("After the course", CLOSED, "Integrate")
    assert _words(closed=True) == expected
    assert _words(held(4, day(-3)), planned(5, day(0)), closed=True) == expected


@given(st.data(), zoned_times(), st.booleans())
def test_every_place_has_calm_whole_words(data: st.DataObject, now: ZonedTime, closed: bool) -> None:
    where = where_am_i(data.draw(courses_at(now)), now, closed=closed)
    words = where_words(where, now.local_date())
    line = phase_line(where)
    assert words.title and words.subtitle.endswith(".")
    assert not re.search(r"[!{}]|None|-\d", f"{words.title} {words.subtitle} {line}")
    if not where.shows_day:
        assert not re.search(r"\bday \d", f"{words.title} {line}", re.IGNORECASE)
