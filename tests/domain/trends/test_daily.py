"""The value of a day and the trailing mean of a week: by hand, and as laws."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from time import perf_counter
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.series import Series
from integrate.domain.times import ZonedTime, find_zone
from integrate.domain.trends import DayValues, daily_values, trailing_mean, within
from tests.domain.sessions_kit import zones
from tests.domain.trends.trends_kit import DAY0, MOOD, answers, diary, instant, quarters, series_of, told

FEW = settings(max_examples=40, deadline=None)


# --- The value of a day -----------------------------------------------------------------------------------------------


def test_a_daily_value_is_the_mean_of_the_answers_of_that_day() -> None:
    # Monday 4, 5 and 9: (4 + 5 + 9) / 3 = 6. Wednesday 7.25 alone.
    series = series_of([(DAY0, 8, 4), (DAY0, 13, 5), (DAY0, 22, 9), (DAY0 + 2, 9, 7.25)])
    assert daily_values(series) == DayValues((DAY0, DAY0 + 2), (6.0, 7.25), (3, 1))


def test_no_answers_make_no_days() -> None:
    assert daily_values(series_of([])) == DayValues()


def test_answers_at_one_instant_both_count() -> None:
    # 2 twice and 8 once at noon: (2 + 2 + 8) / 3 = 4, and not (2 + 8) / 2.
    assert daily_values(series_of([(DAY0, 12, 2), (DAY0, 12, 2), (DAY0, 12, 8)])).means == (4.0,)


def test_zero_is_an_answer_and_counts() -> None:
    assert daily_values(series_of([(DAY0, 9, 0), (DAY0, 21, 5)])) == DayValues((DAY0,), (2.5,), (2,))


def test_a_day_is_the_one_on_the_wall_clock_where_the_answer_was_given() -> None:
    # 23:00 in Auckland on Monday is an hour before 01:00 in Honolulu on Monday; both are Monday's.
    evening = ZonedTime(datetime(2026, 10, 5, 23, tzinfo=find_zone("Pacific/Auckland")), "Pacific/Auckland")
    night = ZonedTime(datetime(2026, 10, 5, 1, tzinfo=find_zone("Pacific/Honolulu")), "Pacific/Honolulu")
    assert night.instant - evening.instant == timedelta(hours=1)
    assert daily_values(told([(evening, 3), (night, 5)])) == DayValues((DAY0,), (4.0,), (2,))


def test_days_are_in_order_even_where_a_journey_turned_the_calendar_back() -> None:
    tuesday = ZonedTime(datetime(2026, 10, 6, 1, tzinfo=find_zone("Pacific/Auckland")), "Pacific/Auckland")
    monday = ZonedTime(datetime(2026, 10, 5, 9, tzinfo=find_zone("Pacific/Honolulu")), "Pacific/Honolulu")
    series = told([(tuesday, 3), (monday, 5)])
    assert series.days == (DAY0 + 1, DAY0)
    assert daily_values(series) == DayValues((DAY0, DAY0 + 1), (5.0, 3.0), (1, 1))


@FEW
@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_answers_makes_no_difference(rows: list[tuple[int, int, float]], random: Random) -> None:
    series = series_of(rows)
    columns = list(zip(series.days, series.instants, series.values, strict=True))
    random.shuffle(columns)
    days, instants, values = zip(*columns, strict=True) if columns else ((), (), ())
    assert daily_values(Series(UUID(int=1), MOOD, True, days, instants, values)) == daily_values(series)


@FEW
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 23 * 60), quarters), max_size=20), zones, zones)
def test_the_zone_makes_no_difference_to_the_same_local_days(
    rows: list[tuple[int, int, float]], here: str, there: str
) -> None:
    def lived_in(zone: str) -> Series:
        """The same wall clock in another zone; where a clock jumps, that day stays that day."""
        start = datetime(2026, 10, 5, 0, 30, tzinfo=find_zone(zone))
        times = ((start + timedelta(days=day, minutes=minutes), value) for day, minutes, value in rows)
        return told((ZonedTime(at, zone), value) for at, value in times)

    assert sorted(lived_in(here).days) == sorted(lived_in(there).days)
    assert daily_values(lived_in(here)) == daily_values(lived_in(there))


@FEW
@given(answers)
def test_only_days_with_an_answer_have_a_value_and_it_lies_among_them(rows: list[tuple[int, int, float]]) -> None:
    daily = daily_values(series_of(rows))
    assert list(daily.days) == sorted({day for day, _hour, _value in rows})
    assert sum(daily.counts) == len(rows)
    for day, mean in zip(daily.days, daily.means, strict=True):
        values = [value for on, _hour, value in rows if on == day]
        assert min(values) <= mean <= max(values)


def test_within_has_both_ends() -> None:
    daily = daily_values(diary({0: 1, 1: 2, 3: 3, 4: 4}))
    assert within(daily, DAY0 + 1, DAY0 + 3) == DayValues((DAY0 + 1, DAY0 + 3), (2.0, 3.0), (1, 1))
    assert within(daily, DAY0 + 2, DAY0 + 2) == DayValues()


# --- The trailing mean ------------------------------------------------------------------------------------------------


def test_a_trailing_mean_by_hand() -> None:
    daily = daily_values(diary({0: 2, 1: 4, 3: 6, 9: 8, 10: 1, 11: 3}))
    assert trailing_mean(daily, DAY0 - 1, DAY0 + 12) == (
        None,  # −1: nothing yet
        None,  # 0: one day
        None,  # 1: two days
        None,  # 2: two days
        4.0,  # 3: (2 + 4 + 6) / 3
        4.0,  # 4: the same three
        4.0,  # 5
        4.0,  # 6: window 0…6 has all three
        None,  # 7: window 1…7 has 4 and 6
        None,  # 8: window 2…8 has 6
        None,  # 9: window 3…9 has 6 and 8
        None,  # 10: window 4…10 has 8 and 1
        4.0,  # 11: window 5…11 has 8, 1 and 3: 12 / 3
        4.0,  # 12
    )


def test_a_full_week_by_hand() -> None:
    # 1 to 8 on eight days: day 6 is (1 + … + 7) / 7 = 4, day 7 is (2 + … + 8) / 7 = 5.
    daily = daily_values(diary({day: day + 1 for day in range(8)}))
    assert trailing_mean(daily, DAY0 + 6, DAY0 + 7) == (4.0, 5.0)


def test_a_day_counts_once_however_often_it_was_answered() -> None:
    rows = [(DAY0, hour, 10) for hour in range(20)] + [(DAY0 + 1, 9, 1), (DAY0 + 2, 9, 1)]
    assert trailing_mean(daily_values(series_of(rows)), DAY0 + 2, DAY0 + 2) == (4.0,)  # (10 + 1 + 1) / 3


def test_a_lone_point_has_a_value_and_no_line() -> None:
    daily = daily_values(diary({0: 5}))
    assert daily.means == (5.0,)
    assert set(trailing_mean(daily, DAY0 - 10, DAY0 + 10)) == {None}


def test_an_empty_diary_and_an_empty_span() -> None:
    assert trailing_mean(DayValues(), DAY0, DAY0 + 2) == (None, None, None)
    assert trailing_mean(daily_values(diary({0: 5})), DAY0, DAY0 - 1) == ()


def _plainly(daily: DayValues, day: int) -> float | None:
    """The definition word by word, slowly."""
    values = dict(zip(daily.days, daily.means, strict=True))
    week = [values[one] for one in range(day - 6, day + 1) if one in values]
    return sum(week) / len(week) if len(week) >= 3 else None


@FEW
@given(answers, st.integers(-40, 70), st.integers(-1, 40))
def test_the_trailing_mean_is_its_definition_wherever_a_chart_begins(
    rows: list[tuple[int, int, float]], begin: int, length: int
) -> None:
    daily = daily_values(series_of(rows))
    first, last = DAY0 + begin, DAY0 + begin + length
    means = trailing_mean(daily, first, last)
    expected = [_plainly(daily, day) for day in range(first, last + 1)]
    assert [mean is None for mean in means] == [mean is None for mean in expected]
    for mean, plain in zip(means, expected, strict=True):
        assert mean is None or plain is None or abs(mean - plain) < 1e-9


@FEW
@given(answers, quarters)
def test_a_diary_that_never_changes_has_a_line_that_never_changes(
    rows: list[tuple[int, int, float]], value: float
) -> None:
    daily = daily_values(series_of((day, hour, value) for day, hour, _value in rows))
    assert set(daily.means) <= {value}
    assert set(trailing_mean(daily, DAY0 - 40, DAY0 + 70)) <= {value, None}


def test_ten_years_of_five_answers_a_day_take_no_time() -> None:
    first = DAY0 - 3650
    days = tuple(first + place // 5 for place in range(18_250))
    noon = instant(first)
    instants = tuple(noon + place * 17_280_000_000 for place in range(18_250))
    series = Series(UUID(int=1), MOOD, True, days, instants, tuple(place % 11 / 1 for place in range(18_250)))
    best = 1.0
    for _again in range(5):
        begun = perf_counter()
        means = trailing_mean(daily_values(series), first, DAY0 - 1)
        best = min(best, perf_counter() - begun)
    assert len(means) == 3650
    assert best < 0.1  # about 5 ms on an idle machine; work that grows with the square takes seconds
