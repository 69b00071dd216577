"""From the week before session 1 to the last week, and the words for a distance."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.measures import Definition
from integrate.domain.trends import CheckInChange, change_in_check_ins, change_words, decimals_of, number_words
from tests.domain.trends.trends_kit import DAY0, SLEEP_HOURS, answers, diary, quarters, series_of

FEW = settings(max_examples=40, deadline=None)


def test_the_change_by_hand() -> None:
    # Session 1 on day 0. Before: days −7…−1 have 3, 4, 8: the middle is 4. Day −8 (10) and day 0 (9) are not in it.
    # Now: today is day 30, days 24…30 have 5, 6, 7, 7: (6 + 7) / 2 = 6.5. Day 23 (0) is not in it.
    mood = diary({-8: 10, -7: 3, -4: 8, -1: 4, 0: 9, 23: 0, 24: 7, 26: 5, 28: 6, 30: 7})
    assert change_in_check_ins(mood, DAY0, DAY0 + 30) == CheckInChange(
        4, 3, DAY0 - 7, DAY0 - 1, 6.5, 4, DAY0 + 24, DAY0 + 30
    )


def test_the_median_is_of_days_and_not_of_answers() -> None:
    # One day with twenty answers of 10 is one day: the middle of 10, 2 and 3 is 3.
    rows = [(DAY0 - 1, hour, 10.0) for hour in range(20)] + [(DAY0 - 2, 9, 2.0), (DAY0 - 3, 9, 3.0)]
    change = change_in_check_ins(series_of(rows), DAY0, DAY0 + 30)
    assert (change.before, change.before_n) == (3, 3)


def test_a_week_without_an_answer_has_no_number() -> None:
    change = change_in_check_ins(diary({-30: 5}), DAY0, DAY0 + 30)
    assert (change.before, change.before_n, change.now, change.now_n) == (None, 0, None, 0)


def test_before_the_first_session_there_is_only_now() -> None:
    change = change_in_check_ins(diary({0: 5}), None, DAY0)
    assert change == CheckInChange(None, 0, None, None, 5, 1, DAY0 - 6, DAY0)


def test_a_lone_point_is_a_middle_of_one_day() -> None:
    assert change_in_check_ins(diary({-1: 4}), DAY0, DAY0 + 30).before_n == 1


@FEW
@given(answers, quarters, st.integers(-10, 40), st.integers(0, 60))
def test_an_unaffected_diary_claims_nothing(
    rows: list[tuple[int, int, float]], value: float, first: int, later: int
) -> None:
    series = series_of((day, hour, value) for day, hour, _value in rows)
    change = change_in_check_ins(series, DAY0 + first, DAY0 + first + later)
    if change.before is not None and change.now is not None:
        assert change_words(change.before, change.now) == "no change"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (18, 11, "7 points lower"),
        (4, 6, "2 points higher"),
        (5, 6, "1 point higher"),
        (6, 5, "1 point lower"),
        (5, 5, "no change"),
        (0, 0, "no change"),
        (5, 5.5, "0.5 points higher"),
        (6.25, 4, "2.25 points lower"),
        (-3, 2, "5 points higher"),
        (4.5, 6, "1.5 points higher"),
    ],
)
def test_words_of_a_change(before: float, after: float, words: str) -> None:
    assert change_words(before, after) == words


def test_a_change_in_a_unit_of_its_own() -> None:
    assert change_words(6.25, 7, SLEEP_HOURS.unit) == "0.75 hours higher"


def test_a_change_is_the_difference_of_the_numbers_as_they_are_shown() -> None:
    # 5.333… is shown as 5.3 and 6.25 as 6.3: that is 1 point, though 6.25 − 5.333… is 0.916….
    assert (number_words(16 / 3, 1), number_words(6.25, 1)) == ("5.3", "6.3")
    assert change_words(16 / 3, 6.25, decimals=1) == "1 point higher"
    assert change_words(5.01, 5.04, decimals=1) == "no change"


def test_a_language_may_write_its_own_numbers() -> None:
    assert change_words(5, 6.5, number=lambda value: str(value).replace(".", ",")) == "1,5 points higher"


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (6.0, 2, "6"), (10.0, 2, "10"), (100, 0, "100"), (6.1, 2, "6.1"), (6.25, 2, "6.25"), (6.25, 1, "6.3"),
        (0.125, 2, "0.13"), (-0.25, 2, "−0.25"), (-0.001, 2, "0"), (16 / 3, 2, "5.33"), (0, 1, "0"),
    ],
)  # fmt: skip
def test_numbers_have_only_the_decimals_they_need(value: float, decimals: int, words: str) -> None:
    assert number_words(value, decimals) == words


def test_measures_in_quarters_have_two_decimals_and_others_one() -> None:
    assert (decimals_of(SLEEP_HOURS), decimals_of(Definition("Mood"))) == (2, 1)


@FEW
@given(quarters, quarters)
def test_there_and_back_are_the_same_distance(one: float, other: float) -> None:
    assert change_words(one, other) == change_words(other, one).replace("lower", "x").replace(
        "higher", "lower"
    ).replace("x", "higher")
