"""Quantiles of type 7: by hand, and as laws."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.trends import median, quantile
from tests.domain.trends.trends_kit import quarters

some = st.lists(quarters, min_size=1, max_size=30)


def test_quartiles_of_five_by_hand() -> None:
    # h = (5 − 1) · 0.25 = 1: the second value; (5 − 1) · 0.75 = 3: the fourth.
    assert (quantile([9, 1, 4, 7, 2], 0.25), quantile([9, 1, 4, 7, 2], 0.75)) == (2, 7)


def test_quartiles_of_six_by_hand() -> None:
    # h = 5 · 0.25 = 1.25: a quarter of the way from 2 to 4. h = 5 · 0.75 = 3.75: three quarters of the way from 7 to 9.
    assert (quantile([1, 2, 4, 7, 9, 10], 0.25), quantile([1, 2, 4, 7, 9, 10], 0.75)) == (2.5, 8.5)


def test_medians_by_hand() -> None:
    assert (median([3]), median([3, 8]), median([8, 1, 3]), median([1, 9, 4, 5])) == (3, 5.5, 3, 4.5)


@pytest.mark.parametrize(("values", "p"), [([], 0.5), ([1.0], -0.1), ([1.0], 1.1)])
def test_there_is_no_quantile_of_nothing_and_none_outside(values: list[float], p: float) -> None:
    with pytest.raises(ValueError, match="quantile"):
        quantile(values, p)


@settings(max_examples=40, deadline=None)
@given(some, st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_with_p_and_stay_among_the_values(values: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    slack = 1e-9
    assert min(values) <= quantile(values, low) <= quantile(values, high) + slack
    assert quantile(values, high) <= max(values) + slack
    assert (quantile(values, 0), quantile(values, 1)) == (min(values), max(values))


@settings(max_examples=40, deadline=None)
@given(some, st.randoms(use_true_random=False), st.sampled_from((0.25, 0.5, 0.75)))
def test_the_order_makes_no_difference(values: list[float], random: Random, p: float) -> None:
    shuffled = list(values)
    random.shuffle(shuffled)
    assert quantile(shuffled, p) == quantile(values, p)
