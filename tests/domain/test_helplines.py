from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.helplines import (
    Age,
    Emergency,
    HelpLine,
    HelplineError,
    LineKind,
    line_note,
    parse_country,
    parse_exercises,
)

TODAY = date(2026, 11, 24)


def country(**changes: Any) -> dict[str, Any]:
    return {
        "schema": 1,
        "code": "IE",
        "name": "Ireland",
        "emergency": {"number": "112", "note": "From any phone."},
        "lines": ({"id": "one", "kind": "crisis", "name": "Someone", "number": "116 123", "source": "A list"},),
        **changes,
    }


def with_line(**changes: Any) -> dict[str, Any]:
    return country(lines=({**country()["lines"][0], **changes},))


def line(checked_on: date | None) -> HelpLine:
    return HelpLine("one", LineKind.CRISIS, "Someone", "116 123", "A list", checked_on=checked_on)


def test_a_country_is_read_with_everything_in_it() -> None:
    page = parse_country(with_line(how=" Call. Free. ", hours_note="Day and night.", checked_on=date(2026, 9, 14)))
    assert (page.code, page.name, page.emergency) == ("IE", "Ireland", Emergency("112", "From any phone."))
    (only,) = page.of_kind(LineKind.CRISIS)
    assert (only.how, only.hours_note, only.checked_on) == ("Call. Free.", "Day and night.", date(2026, 9, 14))
    assert page.of_kind(LineKind.POISON) == ()


@pytest.mark.parametrize(
    ("data", "field", "why"),
    [
        ({}, "schema", "not 1"),
        (country(schema=2), "schema", "not 1"),
        (country(schema=True), "schema", "not 1"),
        (country(code="ie"), "code", "two capital letters"),
        (country(name="  "), "name", "not a line of text"),
        (country(name="a\nb"), "name", "line break"),
        (country(name="x" * 301), "name", "longer than 300"),
        (country(colour="red"), "colour", "no field of this name"),
        (country(emergency="112"), "emergency", "no named fields"),
        (country(emergency={"number": 112}), "emergency.number", "not a line of text"),
        (country(emergency={"note": "x"}), "emergency.number", "missing"),
        (country(lines=()), "lines", "at least one"),
        (country(lines="abc"), "lines", "at least one"),
        (country(lines=("abc",)), "lines[1]", "no named fields"),
        (country(lines=country()["lines"] * 2), "lines[one].id", "taken"),
        (with_line(kind="friend"), "lines[one].kind", "not one of crisis"),
        (with_line(number=None), "lines[one].number", "missing"),
        (with_line(source=None), "lines[one].source", "missing"),
        (with_line(role="x"), "lines[one].role", "no field"),
        (with_line(checked_on="2026-11-24"), "lines[one].checked_on", "not a date"),
        (with_line(checked_on=datetime(2026, 11, 24)), "lines[one].checked_on", "not a date"),
        (with_line(id="One"), "lines[One].id", "small letter"),
        (with_line(id=None), "lines[1].id", "missing"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(data: dict[str, Any], field: str, why: str) -> None:
    with pytest.raises(HelplineError) as refused:
        parse_country(data)
    assert refused.value.field == field
    assert why in refused.value.why
    assert str(refused.value) == f"{field}: {refused.value.why}"


def test_an_unchecked_line_names_the_emergency_number() -> None:
    note = line_note(line(None), Emergency("112"), TODAY)
    assert note == "Not checked yet. If nobody answers, call 112."


@pytest.mark.parametrize(
    ("checked_on", "note"),
    [
        (date(2026, 9, 14), "Checked on 14/9."),
        (date(2025, 11, 24), "Checked on 24/11."),
        (date(2025, 11, 23), "Checked on 23/11. It may have changed."),
        (date(2027, 1, 1), "Checked on 1/1."),
    ],
)
def test_a_checked_line_says_when_and_after_twelve_months_that_it_may_have_changed(checked_on: date, note: str) -> None:
    assert line_note(line(checked_on), Emergency("112"), TODAY, lambda day: f"{day.day}/{day.month}") == note


@given(st.dates(max_value=date(9997, 12, 31)))
def test_a_line_goes_stale_once_and_twelve_months_later(checked_on: date) -> None:
    same_day_next_year = date(checked_on.year + 1, checked_on.month, min(checked_on.day, 28))
    assert line(checked_on).age(same_day_next_year) is Age.CHECKED
    assert line(checked_on).age(date.fromordinal(same_day_next_year.toordinal() + 4)) is Age.STALE


def test_the_last_day_of_the_calendar_can_be_judged() -> None:
    assert line(date.max).age(date.max) is Age.CHECKED


def test_exercises_are_read_with_their_steps() -> None:
    data = {
        "id": "look",
        "title": "Look",
        "intro": "Slowly.",
        "switch": "Look",
        "steps": ({"text": "things", "count": 5}, {"text": "rest"}),
    }
    (exercise,) = parse_exercises({"schema": 1, "exercises": (data,)})
    assert [(step.count, step.text) for step in exercise.steps] == [(5, "things"), (None, "rest")]
    with pytest.raises(HelplineError, match=r"exercises\[look\]\.steps\[1\]\.count: .*1 to 99"):
        parse_exercises({"schema": 1, "exercises": ({**data, "steps": ({"text": "things", "count": 0},)},)})
    with pytest.raises(HelplineError, match=r"exercises\[look\]\.steps: at least one"):
        parse_exercises({"schema": 1, "exercises": ({**data, "steps": ()},)})
