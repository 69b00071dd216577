"""Each chart in a sentence: what it counts, and what it never says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings

from integrate.domain.entry import SessionRef
from integrate.domain.trends import DayValues, ScoredResponse, SessionDay, align, daily_values
from integrate.domain.trends.words import (
    CANNOT_SAY_WHY,
    aligned_words,
    day_words,
    over_time_words,
    period_words,
    responses_words,
    session_words,
    year_words,
)
from tests.domain.trends.trends_kit import (
    DAY0,
    MOOD,
    SLEEP_HOURS,
    answers,
    diary,
    instant,
    series_of,
    session_on,
    some_sessions,
)

THURSDAY = date(2026, 10, 8).toordinal()
VERDICTS = re.compile(
    r"(?i)\b(better|worse|improv\w*|declin\w*|good|bad|because|due to|caused?|effects? of|thanks to|respon(se|d)\w*|"
    r"missed|failed|only|just|should|well|sadly|normal|healthy|so|therefore|after all|at last)\b"
)


def long_day(day: date) -> str:
    """A date as English windows write it."""
    return f"{day.day} {day:%B}"


# --- Over time --------------------------------------------------------------------------------------------------------


def test_the_sentence_of_the_picture() -> None:
    # 72 of 84 days. The last seven are 6, 6, 6, 6, 6, 6, 6.5: 42.5 / 7 = 6.07…, shown as 6.1.
    first = THURSDAY - 83
    values: dict[int, float] = dict.fromkeys(range(65), 4)
    values |= {3: 2, 40: 8} | dict.fromkeys(range(77, 83), 6) | {83: 6.5}
    daily = daily_values(diary(values, start=first))
    assert over_time_words(MOOD, daily, first, THURSDAY, format_day=long_day) == (
        "Mood, 12 weeks to 8 October: 72 days with an answer, lowest 2, highest 8, 7-day average now 6.1."
    )


def test_a_lone_point_and_no_point() -> None:
    daily = daily_values(diary({0: 5}))
    assert over_time_words(MOOD, daily, DAY0 - 27, DAY0) == (
        "Mood, 4 weeks to 2026-10-05: 1 day with an answer, lowest 5, highest 5; a 7-day average needs 3 of 7 days."
    )
    assert over_time_words(MOOD, DayValues(), DAY0 - 6, DAY0) == "Mood, 1 week to 2026-10-05: no answers."
    assert over_time_words(MOOD, daily, DAY0 + 1, DAY0 + 7) == "Mood, 1 week to 2026-10-12: no answers."


def test_an_average_of_zero_is_an_average() -> None:
    daily = daily_values(diary({0: 0, 1: 0, 2: 0}))
    assert over_time_words(MOOD, daily, DAY0, DAY0 + 2).endswith("lowest 0, highest 0, 7-day average now 0.")


def test_the_average_counts_days_from_before_the_chart_begins() -> None:
    daily = daily_values(diary({-2: 3, -1: 4, 0: 8}))
    words = over_time_words(MOOD, daily, DAY0, DAY0 + 1)
    assert words == ("Mood, 2026-10-05 to 2026-10-06: 1 day with an answer, lowest 8, highest 8, 7-day average now 5.")


def test_quarters_keep_both_decimals_and_a_language_writes_its_own_numbers() -> None:
    daily = daily_values(diary({0: 6.25, 1: 7.5, 2: 8}))  # 21.75 / 3 = 7.25
    words = over_time_words(
        SLEEP_HOURS, daily, DAY0, DAY0 + 2, number=lambda value: f"{value:g}".replace(".", ",")
    )  # fmt: skip
    assert words.endswith("3 days with an answer, lowest 6,25, highest 8, 7-day average now 7,25.")


@pytest.mark.parametrize(("days", "words"), [(7, "1 week to 2026-10-08"), (28, "4 weeks to 2026-10-08")])
def test_a_period_of_whole_weeks(days: int, words: str) -> None:
    assert period_words(THURSDAY - days + 1, THURSDAY) == words


def test_another_period_names_both_days() -> None:
    assert period_words(THURSDAY - 2, THURSDAY, long_day) == "6 October to 8 October"


# --- Around sessions --------------------------------------------------------------------------------------------------


def test_the_middle_values_of_the_day_itself_and_of_three_more_days() -> None:
    # Three sessions a month apart. Day 0: 4, 5, 9, the middle is 5. Day +1: 6 and 7.5: 6.75, shown as 6.8. Day +14: 3.
    values = {0: 4, 1: 6, 30: 5, 31: 7.5, 60: 9, 74: 3}
    aligned = align(diary(values), [session_on(1, 0), session_on(2, 30), session_on(3, 60), session_on(4, 300)])
    assert aligned_words(MOOD, aligned) == (
        "Mood around 3 sessions: day 0: middle value 5 of 3; day +1: middle value 6.8 of 2; day +7: no answer; "
        "day +14: 3 in 1 session."
    )


def test_one_session_and_none() -> None:
    one = align(diary({0: 4}), [session_on(1, 0)])
    assert aligned_words(MOOD, one).startswith("Mood around 1 session: day 0: 4 in 1 session; day +1: no answer;")
    assert aligned_words(MOOD, ()) == "Mood around sessions: no answers near a session."
    assert aligned_words(MOOD, align(diary({}), [session_on(1, 0)])) == aligned_words(MOOD, ())


def test_days_and_sessions_have_names() -> None:
    assert [day_words(day) for day in (-3, 0, 7)] == ["day −3", "day 0", "day +7"]
    assert session_words(SessionRef(1, 4)) == "Session 4"
    assert session_words(SessionRef(2, 1)) == "Course 2, session 1"


# --- A year, and questionnaires ---------------------------------------------------------------------------------------


def test_a_year_in_a_sentence() -> None:
    daily = daily_values(diary({0: 4, 1: 6.5, 200: 10}))
    assert year_words(MOOD, daily, 2026, [DAY0, DAY0, DAY0 + 14, DAY0 + 300]) == (
        "Mood in 2026: 2 days with an answer, lowest 4, highest 6.5. 2 days are sessions."
    )
    assert year_words(MOOD, daily, 2025) == "Mood in 2025: no answers."
    assert year_words(MOOD, daily, 2027, [DAY0 + 100]) == (
        "Mood in 2027: 1 day with an answer, lowest 10, highest 10. 1 day is a session."
    )


def _scored(number: int, after: int, total: int | None) -> ScoredResponse:
    return ScoredResponse(UUID(int=number), DAY0 + after, instant(DAY0 + after), total, 9, 9)


def test_a_questionnaire_in_a_sentence() -> None:
    some = [_scored(3, 20, 11), _scored(1, -8, 19), _scored(2, 6, None), _scored(4, 90, 3)]
    assert responses_words("PHQ-9", some, DAY0 - 27, DAY0 + 28) == (
        "PHQ-9, 8 weeks to 2026-11-02: 2 totals, 19 on 2026-09-27, 11 on 2026-10-25."
    )
    assert responses_words("PHQ-9", some[:1], DAY0, DAY0 + 27) == (
        "PHQ-9, 4 weeks to 2026-11-01: 1 total, 11 on 2026-10-25."
    )
    assert responses_words("PHQ-9", some[2:3], DAY0, DAY0 + 6) == "PHQ-9, 1 week to 2026-10-11: no totals."


# --- What they never say ----------------------------------------------------------------------------------------------


def _sentences(rows: list[tuple[int, int, float]], sessions: tuple[SessionDay, ...]) -> Iterator[str]:
    series = series_of(rows)
    daily = daily_values(series)
    yield over_time_words(MOOD, daily, DAY0 - 30, DAY0 + 60)
    yield aligned_words(MOOD, align(series, sessions))
    yield year_words(MOOD, daily, 2026, [one.day for one in sessions])
    yield responses_words("PHQ-9", [_scored(place, day - DAY0, 5) for place, (day, _h, _v) in enumerate(rows)],
                          DAY0 - 30, DAY0 + 60)  # fmt: skip
    yield CANNOT_SAY_WHY


@settings(max_examples=40, deadline=None)
@given(answers, some_sessions())
def test_no_sentence_says_why_or_whether_that_is_good(
    rows: list[tuple[int, int, float]], sessions: tuple[SessionDay, ...]
) -> None:
    for words in _sentences(rows, sessions):
        assert not VERDICTS.search(words), words
        assert "!" not in words
        assert "{" not in words
        assert not re.search(r"(?i)\b(higher|lower)\b", words)


@settings(max_examples=20, deadline=None)
@given(answers, some_sessions())
def test_a_diary_without_a_zero_has_no_zero_in_its_sentences(
    rows: list[tuple[int, int, float]], sessions: tuple[SessionDay, ...]
) -> None:
    fives = [(day, hour, 5.0) for day, hour, _value in rows]
    for words in _sentences(fives, sessions):
        assert not re.search(r"(?<![\d.+−-])0(?![\d.-])", words.replace("day 0", "")), words
