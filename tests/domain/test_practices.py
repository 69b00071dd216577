"""Practices: when one is due, and the one question after fourteen quiet days. Nothing is counted, nothing is missed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.practices import (
    QUIET_DAYS,
    REPLY_WORDS,
    Cadence,
    CadenceKind,
    Reply,
    Said,
    asks_whether_it_fits,
    cadence_words,
    is_due,
)
from tests.domain.sessions_kit import MONDAY, day

DAILY = Cadence(CadenceKind.DAILY)
THURSDAYS = Cadence(CadenceKind.WEEKDAYS, frozenset({3}))
EVERY_THIRD = Cadence(CadenceKind.EVERY_FEW_DAYS, days=3)
WHEN_IT_SUITS = Cadence()

cadences = st.one_of(
    st.just(WHEN_IT_SUITS),
    st.just(DAILY),
    st.builds(Cadence, st.just(CadenceKind.WEEKDAYS), st.frozensets(st.integers(0, 6), min_size=1)),
    st.builds(lambda days: Cadence(CadenceKind.EVERY_FEW_DAYS, days=days), st.integers(2, 30)),
)
words = st.lists(st.builds(Said, st.integers(-40, 80).map(day), st.sampled_from(Reply)), max_size=12)
answers = st.sampled_from(Reply)


def _due_days(cadence: Cadence, said: list[Said], count: int = 22) -> list[int]:
    return [on for on in range(count) if is_due(cadence, MONDAY, said, day(on))]


# --- When it is due ---------------------------------------------------------------------------------------------------


def test_each_cadence_has_its_days() -> None:
    assert _due_days(DAILY, [], 5) == [0, 1, 2, 3, 4]
    assert _due_days(THURSDAYS, []) == [3, 10, 17]
    assert _due_days(Cadence(CadenceKind.WEEKDAYS, frozenset({0, 6})), [], 15) == [0, 6, 7, 13, 14]
    assert _due_days(EVERY_THIRD, [], 10) == [0, 3, 6, 9]
    assert _due_days(WHEN_IT_SUITS, []) == []


@given(cadences, words, st.integers(0, 60))
def test_one_that_was_let_be_is_never_overdue(cadence: Cadence, said: list[Said], on: int) -> None:
    """Nothing at all that day or the next: it simply appears when next due."""
    if is_due(cadence, MONDAY, said, day(on)) and cadence.kind is CadenceKind.EVERY_FEW_DAYS:
        calm = [one for one in said if one.day < day(on)]
        following = [n for n in range(1, cadence.days + 1) if is_due(cadence, MONDAY, calm, day(on + n))]
        assert following == [cadence.days]


@given(cadences, words, st.integers(0, 60), answers)
def test_what_had_its_answer_today_is_not_offered_again_today(
    cadence: Cadence, said: list[Said], on: int, reply: Reply
) -> None:
    assert not is_due(cadence, MONDAY, [*said, Said(day(on), reply)], day(on))


@given(st.integers(2, 60), st.integers(0, 90), answers)
def test_every_few_days_counts_from_the_last_word_about_it(days: int, spoken: int, reply: Reply) -> None:
    cadence, said = Cadence(CadenceKind.EVERY_FEW_DAYS, days=days), [Said(day(spoken), reply)]
    following = [n for n in range(1, 2 * days + 1) if is_due(cadence, MONDAY, said, day(spoken + n))]
    assert following == [days, 2 * days]


@given(cadences, words, st.integers(-60, -1))
def test_none_is_due_before_it_began(cadence: Cadence, said: list[Said], on: int) -> None:
    assert not is_due(cadence, MONDAY, said, day(on))


@given(cadences, words, st.integers(-60, 60))
def test_the_order_of_what_was_said_changes_nothing(cadence: Cadence, said: list[Said], on: int) -> None:
    backwards = list(reversed(said))
    assert is_due(cadence, MONDAY, said, day(on)) == is_due(cadence, MONDAY, backwards, day(on))
    assert asks_whether_it_fits(MONDAY, said, None, day(on)) == asks_whether_it_fits(MONDAY, backwards, None, day(on))


@given(cadences, words, words, st.integers(0, 60))
def test_a_clock_that_was_set_back_makes_nothing_overdue(
    cadence: Cadence, said: list[Said], later: list[Said], on: int
) -> None:
    before = [one for one in said if one.day <= day(on)]
    ahead = [one for one in later if one.day > day(on)]
    assert is_due(cadence, MONDAY, before + ahead, day(on)) == is_due(cadence, MONDAY, before, day(on))


# --- The one question -------------------------------------------------------------------------------------------------


def test_after_fourteen_quiet_days_and_not_before_the_question_comes() -> None:
    asks = [asks_whether_it_fits(MONDAY, [], None, day(on)) for on in range(20)]
    assert QUIET_DAYS == 14
    assert asks == [on >= 14 for on in range(20)]


@given(words, st.integers(0, 200))
def test_it_comes_once_in_a_quiet_time_and_not_every_day(said: list[Said], on: int) -> None:
    if not asks_whether_it_fits(MONDAY, said, None, day(on)):
        return
    for later in range(on, on + 60):
        assert not asks_whether_it_fits(MONDAY, said, day(on), day(later))


@given(st.integers(14, 60), st.integers(0, 60), answers)
def test_a_word_about_it_begins_a_new_time(asked: int, after: int, reply: Reply) -> None:
    said = [Said(day(asked + after), reply)]
    asks = [asks_whether_it_fits(MONDAY, said, day(asked), day(asked + after + n)) for n in range(20)]
    assert asks == [n >= 14 for n in range(20)]


@given(words, st.none() | st.integers(-60, 60), st.integers(-400, -60))
def test_it_never_comes_on_a_clock_that_was_set_back(said: list[Said], asked: int | None, on: int) -> None:
    assert not asks_whether_it_fits(MONDAY, said, None if asked is None else day(asked), day(on))


# --- Words and bad input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "spoken"),
    [
        (WHEN_IT_SUITS, "When it suits you"),
        (DAILY, "Every day"),
        (EVERY_THIRD, "Every 3 days"),
        (THURSDAYS, "Thursdays"),
        (Cadence(CadenceKind.WEEKDAYS, frozenset({4, 0})), "Mondays and Fridays"),
        (Cadence(CadenceKind.WEEKDAYS, frozenset({4, 0, 2})), "Mondays, Wednesdays and Fridays"),
        (Cadence(CadenceKind.WEEKDAYS, frozenset(range(7))), "Every day"),
    ],
)
def test_a_cadence_is_said_in_plain_words(cadence: Cadence, spoken: str) -> None:
    assert cadence_words(cadence) == spoken


@given(cadences)
def test_every_cadence_has_words(cadence: Cadence) -> None:
    assert cadence_words(cadence)


def test_the_answers_are_those_of_the_pictures_and_none_is_a_count() -> None:
    assert list(REPLY_WORDS.values()) == ["Done", "Not today", "It helped", "Not really", "Too soon to say"]


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7}), frozenset({-1, 0})])
def test_days_of_the_week_that_are_none_are_refused(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="week"):
        Cadence(CadenceKind.WEEKDAYS, weekdays)


@pytest.mark.parametrize("days", [-3, 0, 1, 367])
def test_a_number_of_days_out_of_range_is_refused(days: int) -> None:
    with pytest.raises(ValueError, match="days"):
        Cadence(CadenceKind.EVERY_FEW_DAYS, days=days)


def test_the_ends_of_the_calendar_have_no_trouble() -> None:
    for today in (date.min, date.max):
        is_due(Cadence(CadenceKind.EVERY_FEW_DAYS, days=366), date.min, [], today)
        asks_whether_it_fits(date.min, [], None, today)
    assert is_due(EVERY_THIRD, date.min, [], date.min + timedelta(days=3))
