"""Days and hours as Today says them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from integrate.system.clock import FixedClock
from integrate.ui.pages.today.days import greeting, local_now, long_day, until_next_turn
from integrate.ui.wording import short_day

THURSDAY = date(2026, 10, 8)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en_GB", "Thursday, 8 October"),
        ("en_US", "Thursday, October 8"),
        ("de_DE", "Donnerstag, 8. Oktober"),
        ("es_ES", "jueves, 8 de octubre"),
        ("zh_CN", "10月8日星期四"),
        ("lt_LT", "spalio 8 d., ketvirtadienis"),
        ("lv_LV", "ceturtdiena 8. oktobris"),
        ("bg_BG", "четвъртък, 8 октомври"),
        ("hu_HU", "október 8., csütörtök"),
    ],
)
def test_a_day_is_written_in_full_without_its_year(language: str, written: str) -> None:
    assert long_day(THURSDAY, QLocale(language)) == written


def test_near_days_have_words_and_days_of_other_years_their_year() -> None:
    english = QLocale("en_GB")
    assert short_day(THURSDAY, THURSDAY, english) == "Today"
    assert short_day(date(2026, 10, 7), THURSDAY, english) == "Yesterday"
    assert short_day(date(2026, 10, 6), THURSDAY, english) == "Tue 6 Oct"
    assert short_day(date(2025, 10, 8), THURSDAY, english) == "Wed 8 Oct 2025"


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "evening"), (4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"),
     (18, "evening"), (23, "evening")],
)  # fmt: skip
def test_the_greeting_follows_the_hour_and_needs_no_name(hour: int, words: str) -> None:
    now = datetime(2026, 10, 8, hour, 30, tzinfo=UTC)
    assert greeting(now, "Sarah") == f"Good {words}, Sarah"
    assert greeting(now, "") == f"Good {words}"


def at(instant: datetime, zone: str) -> datetime:
    return local_now(FixedClock(instant, zone))


def test_the_next_turn_is_the_next_hour_at_which_words_change() -> None:
    assert until_next_turn(at(datetime(2026, 10, 8, 18, 24, tzinfo=UTC), "UTC")) == timedelta(hours=5, minutes=36)
    assert until_next_turn(at(datetime(2026, 10, 8, 6, tzinfo=UTC), "UTC")) == timedelta(hours=6)


def test_midnight_is_met_in_nights_that_are_longer_or_shorter() -> None:
    long_night = at(datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "Europe/Lisbon")  # 00:30 on the 25th
    assert until_next_turn(long_night) == timedelta(hours=5, minutes=30)  # 01:00 comes twice before 05:00
    short_night = at(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/Lisbon")
    assert until_next_turn(short_night) == timedelta(hours=3, minutes=30)


def test_a_turn_that_is_due_is_a_second_away() -> None:
    assert until_next_turn(at(datetime(2026, 10, 8, 23, 59, 59, 999_000, tzinfo=UTC), "UTC")) == timedelta(seconds=1)
