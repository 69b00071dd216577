"""Axes: the whole range of a measure, dates that fit, and time from left to right."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.charts.axis import Plot, time_ticks, value_ticks
from integrate.charts.style import Style
from tests.charts.world import NAMES, STYLE, STYLES, spans


@given(st.integers(-1000, 1000), st.integers(1, 100_000), st.floats(20, 600), st.floats(5, 60))
def test_numbers_are_of_the_whole_range_in_order_and_apart(lowest: int, span: int, length: float, apart: float) -> None:
    ticks = value_ticks(lowest, lowest + span, length, apart)
    assert (ticks[0], ticks[-1]) == (lowest, lowest + span)
    assert all(one < other for one, other in pairwise(ticks))
    if len(ticks) > 2:
        assert all((other - one) * length / span >= apart - 0.001 for one, other in pairwise(ticks))


@pytest.mark.parametrize(
    ("lowest", "highest", "length", "expected"),
    [
        (0, 10, 92, (0, 5, 10)),
        (0, 10, 200, (0, 2, 4, 6, 8, 10)),
        (0, 24, 100, (0, 10, 24)),
        (-3, 3, 200, (-3, -2, -1, 0, 1, 2, 3)),
        (1, 2, 100, (1, 2)),
        (0, 10, 20, (0, 10)),
    ],
)
def test_numbers_are_round_ones(lowest: int, highest: int, length: float, expected: tuple[int, ...]) -> None:
    assert value_ticks(lowest, highest, length, 24) == expected


@given(spans(), st.floats(150, 1000), STYLES)
def test_dates_lie_in_the_span_and_have_room(span: tuple[int, int], length: float, style: Style) -> None:
    ticks = time_ticks(*span, length, style)
    assert ticks
    assert all(span[0] <= tick.day <= span[1] for tick in ticks)
    pitch = length / (span[1] - span[0] + 1)
    for one, other in pairwise(ticks):
        half = (style.width(one.words) + style.width(other.words)) / 2
        assert (other.day - one.day) * pitch >= half


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 7, 20), date(2026, 10, 8), ["Aug", "Sep", "Oct"]),
        (date(2026, 9, 11), date(2026, 10, 8), ["14 Sep", "21 Sep", "28 Sep", "5 Oct"]),
        (date(2026, 11, 15), date(2027, 2, 20), ["Dec", "Jan 2027", "Feb"]),
        (date(2022, 6, 1), date(2026, 6, 1), ["2023", "2024", "2025", "2026"]),
    ],
)
def test_dates_are_weeks_months_or_years(first: date, last: date, expected: list[str]) -> None:
    ticks = time_ticks(first.toordinal(), last.toordinal(), 300, STYLE)
    assert [tick.words for tick in ticks] == expected


def test_weeks_begin_on_a_monday() -> None:
    first = date(2026, 9, 11).toordinal()
    assert {date.fromordinal(tick.day).weekday() for tick in time_ticks(first, first + 27, 400, STYLE)} == {0}


def test_later_is_further_right_and_higher_is_further_up() -> None:
    plot = Plot(10, 20, 110, 220, 700_000, 700_009, 0, 10)
    assert [plot.x(day) for day in (700_000, 700_009)] == [15, 105]
    assert [plot.y(value) for value in (0, 5, 10)] == [220, 120, 20]


def test_thousands_of_points_are_where_single_ones_are() -> None:
    plot = Plot(10, 20, 110, 220, 700_000, 700_009, -3, 3)
    days, values = (700_000, 700_004, 700_009), (-3.0, 0.25, 3.0)
    found = plot.points(days, values)
    for (x, y), day, value in zip(found, days, values, strict=True):
        assert (x, y) == pytest.approx((plot.x(day), plot.y(value)))


def test_a_name_that_does_not_fit_is_cut_short() -> None:
    style = Style(NAMES)
    words = "The quiet of the morning"
    fitting = style.fitting(words, 80)
    assert fitting.endswith("…") and words.startswith(fitting[:-1])
    assert style.width(fitting) <= 80
    assert style.fitting(words, 1000) == words
    assert style.fitting(words, 1) == ""
