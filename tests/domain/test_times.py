"""Times: what `--at` accepts, daylight saving, and the whole range of years."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.times import (
    DATES_APART,
    ZonedTime,
    find_zone,
    from_microseconds,
    parse_day,
    parse_when,
    to_microseconds,
)
from integrate.errors import WrongUsage

LISBON = "Europe/Lisbon"
ZONES = st.sampled_from(
    [LISBON, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Etc/GMT+5", "UTC"]
)


@pytest.mark.parametrize(
    ("text", "instant", "zone"),
    [
        ("2026-03-01T21:30", "2026-03-01T21:30+00:00", LISBON),
        ("2026-07-01T21:30", "2026-07-01T20:30+00:00", LISBON),
        ("2026-07-01", "2026-06-30T23:00+00:00", LISBON),
        ("  2026-07-01 21:30:15.000001  ", "2026-07-01T20:30:15.000001+00:00", LISBON),
        # An offset that the machine's zone has at that instant keeps the zone, any other does not.
        ("2026-07-01T21:30+01:00", "2026-07-01T20:30+00:00", LISBON),
        ("2026-03-01T21:30Z", "2026-03-01T21:30+00:00", LISBON),
        ("2026-03-01T21:30+01:00", "2026-03-01T20:30+00:00", "Etc/GMT-1"),
        ("2026-03-01T21:30-05:00", "2026-03-02T02:30+00:00", "Etc/GMT+5"),
        ("2026-03-01T21:30+14:00", "2026-03-01T07:30+00:00", "Etc/GMT-14"),
        ("2026-03-01T21:30-12:00", "2026-03-02T09:30+00:00", "Etc/GMT+12"),
        # No such zone exists: UTC.
        ("2026-03-01T21:30-13:00", "2026-03-02T10:30+00:00", "UTC"),
        ("2026-03-01T21:30+15:00", "2026-03-01T06:30+00:00", "UTC"),
        ("2026-03-01T21:30+05:30", "2026-03-01T16:00+00:00", "UTC"),
        ("2026-03-01T21:30-00:30", "2026-03-01T22:00+00:00", "UTC"),
        ("2026-07-01T21:30Z", "2026-07-01T21:30+00:00", "UTC"),
    ],
)
def test_when_is_read_as_the_contract_says(text: str, instant: str, zone: str) -> None:
    assert parse_when(text, LISBON) == ZonedTime(datetime.fromisoformat(instant), zone)


@pytest.mark.parametrize(
    "text",
    ["", "now", "yesterday", "2026-13-01", "2026-02-30T10:00", "2026-03-01T25:00", "21:30", "2026-03-01T10:00+99:00",
     "0001-01-01T00:00+01:00", "9999-12-31T23:59-01:00", "10000-01-01", "\ud800"],
)  # fmt: skip
def test_what_is_no_time_is_refused_kindly(text: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse_when(text, LISBON)
    assert "2026-03-01T21:30" in caught.value.message()


@given(st.text())
def test_any_text_is_a_time_or_wrong_usage(text: str) -> None:
    for parse in (lambda: parse_when(text, LISBON).iso(), lambda: parse_day(text)):
        with contextlib.suppress(WrongUsage):
            parse()


def test_a_time_in_the_spring_gap_is_moved_by_the_hour_that_was_left_out() -> None:
    moved = parse_when("2026-03-29T01:30", LISBON)
    assert moved.instant == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moved.iso() == "2026-03-29T02:30:00+01:00"


def test_a_time_in_the_autumn_hour_means_the_first_of_the_two_unless_its_offset_says_otherwise() -> None:
    assert parse_when("2026-10-25T01:30", LISBON).instant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = parse_when("2026-10-25T01:30+00:00", LISBON)
    assert second == ZonedTime(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), LISBON)
    assert second.iso() == "2026-10-25T01:30:00+00:00"


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)), ZONES)
def test_what_is_shown_is_read_back_as_the_same_moment(naive: datetime, zone: str) -> None:
    moment = ZonedTime(naive.replace(tzinfo=UTC), zone)
    assert parse_when(moment.iso(), zone) == moment
    assert datetime.fromisoformat(moment.iso()) == moment.instant


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_keep_every_moment_of_the_years_1_to_9999(moment: datetime) -> None:
    assert from_microseconds(to_microseconds(moment)) == moment


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_microseconds_keep_the_order(one: datetime, other: datetime) -> None:
    assert (one < other) == (to_microseconds(one) < to_microseconds(other))


def test_the_ends_of_the_calendar_are_exact() -> None:
    for edge in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert from_microseconds(to_microseconds(edge)) == edge
    assert to_microseconds(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 29)), ZONES)
def test_the_local_day_is_the_one_on_the_wall(naive: datetime, zone: str) -> None:
    moment = ZonedTime(naive.replace(tzinfo=UTC), zone)
    assert moment.local_date() == naive.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def test_one_moment_has_different_days_in_different_zones() -> None:
    instant = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    days = {zone: ZonedTime(instant, zone).local_date().day for zone in ("UTC", "Asia/Tokyo", "America/New_York")}
    assert days == {"UTC": 1, "Asia/Tokyo": 2, "America/New_York": 1}


def test_an_instant_is_kept_in_utc_whatever_it_came_in() -> None:
    moment = ZonedTime(datetime(2026, 3, 1, 10, tzinfo=timezone(timedelta(hours=5))), LISBON)
    assert moment.instant.tzinfo is UTC
    assert moment.instant.hour == 5


@pytest.mark.parametrize(
    "name", ["", "Nowhere/Land", "../../etc/passwd", "/etc/localtime", "Europe", "a" * 5000, "\x00"]
)
def test_an_unknown_zone_leaves_the_time_readable(name: str) -> None:
    assert find_zone(name).key == "UTC"
    assert ZonedTime(datetime(2026, 3, 1, tzinfo=UTC), name).iso() == "2026-03-01T00:00:00+00:00"


def test_a_day_is_a_calendar_day_and_nothing_else() -> None:
    assert parse_day(" 2026-03-01 ") == date(2026, 3, 1)
    for text in ("2026-02-29", "1 March", "", "2026-03-01T10:00"):
        with pytest.raises(WrongUsage):
            parse_day(text)


def test_the_calendars_of_two_places_differ_by_so_many_days_and_never_by_more() -> None:
    half_hours = (datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=30 * count) for count in range(48))
    apart = [
        (ZonedTime(at, "Pacific/Kiritimati").local_date() - ZonedTime(at, "Etc/GMT+12").local_date()).days
        for at in half_hours
    ]
    assert (min(apart), max(apart)) == (1, DATES_APART)
