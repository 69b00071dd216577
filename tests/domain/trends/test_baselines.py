"""Questionnaires since their baseline: the one rule, and the vectors of change."""

from __future__ import annotations

from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.trends import ScoredResponse, baseline, change_words, percent_words, questionnaire_change
from tests.domain.trends.trends_kit import DAY0, instant


def scored(number: int, after: int, total: int | None, hour: float = 12) -> ScoredResponse:
    """Response ``number``, so many days after that Monday."""
    answered = 9 if total is not None else 8
    return ScoredResponse(UUID(int=number), DAY0 + after, instant(DAY0 + after, hour), total, answered, 9)


EARLY, LAST, TORN, LATER = scored(1, -20, 19), scored(2, -6, 18), scored(3, -1, None), scored(4, 10, 11)
ALL = (LATER, TORN, EARLY, LAST)


def test_the_baseline_is_the_last_complete_one_before_session_1() -> None:
    assert baseline(ALL, DAY0) == LAST


def test_or_the_one_that_was_chosen_also_a_later_one() -> None:
    assert baseline(ALL, DAY0, EARLY.response_id) == EARLY
    assert baseline(ALL, DAY0, LATER.response_id) == LATER
    assert baseline(ALL, None, EARLY.response_id) == EARLY


def test_one_that_was_chosen_and_has_no_total_or_is_gone_is_not_chosen() -> None:
    assert baseline(ALL, DAY0, TORN.response_id) == LAST
    assert baseline(ALL, DAY0, UUID(int=99)) == LAST


def test_there_is_none_without_a_complete_one_before_session_1_or_without_a_session() -> None:
    assert baseline((TORN, LATER), DAY0) is None
    assert baseline(ALL, None) is None
    assert baseline((), DAY0) is None


def test_on_the_day_of_session_1_its_start_decides() -> None:
    morning, evening = scored(5, 0, 17, 8), scored(6, 0, 12, 20)
    start = instant(DAY0, 10)
    assert baseline((LAST, morning, evening), DAY0, started_us=start) == morning
    assert baseline((LAST, evening), DAY0, started_us=start) == LAST
    assert baseline((LAST, morning), DAY0) == LAST  # no start is known: that day is not before the session


@pytest.mark.parametrize(
    ("before", "after", "points", "percent", "words"),
    [
        (18, 9, -9, "−50 %", "9 points lower"),
        (18, 10, -8, "−44.4 %", "8 points lower"),  # 8 / 18 = 0.4444…
        (7, 3, -4, "−57.1 %", "4 points lower"),  # 4 / 7 = 0.5714…
        (4, 5, 1, "25 %", "1 point higher"),
        (6, 6, 0, "0 %", "no change"),
        (0, 3, 3, "n/a", "3 points higher"),
        (0, 0, 0, "n/a", "no change"),
        (5, 0, -5, "−100 %", "5 points lower"),
    ],
)
def test_the_vectors_of_change(before: int, after: int, points: int, percent: str, words: str) -> None:
    one, two = scored(1, -3, before), scored(2, 20, after)
    change = questionnaire_change([two, one], baseline([two, one], DAY0))
    assert change is not None
    assert (change.baseline, change.latest, change.points) == (one, two, points)
    assert percent_words(change.percent) == percent
    assert (change.percent is None) == (before == 0)
    assert change_words(before, after) == words


def test_the_latest_is_the_latest_complete_one() -> None:
    change = questionnaire_change([*ALL, scored(9, 30, None)], LAST)
    assert change is not None and change.latest == LATER


def test_a_baseline_alone_has_no_change() -> None:
    assert questionnaire_change([LAST, EARLY, TORN], LAST) is None
    assert questionnaire_change([LATER], None) is None
    assert questionnaire_change([], LAST) is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-30, 30), st.integers(0, 23), st.none() | st.integers(0, 27)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_order_makes_no_difference(rows: list[tuple[int, int, int | None]], random: Random) -> None:
    responses = [scored(number, after, total, hour) for number, (after, hour, total) in enumerate(rows)]
    turned = list(responses)
    random.shuffle(turned)
    since = baseline(responses, DAY0)
    assert baseline(turned, DAY0) == since
    assert questionnaire_change(turned, since) == questionnaire_change(responses, since)
    assert since is None or (since.total is not None and since.day < DAY0)
