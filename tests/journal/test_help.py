"""The help lines and exercises that ship: complete, readable, and honest about not having been checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from integrate.domain.helplines import Country, LineKind, line_note
from integrate.journal.help import countries, country, exercises
from integrate.resources import resource_path

CODES = ("AU", "CA", "GB", "IE", "NZ", "US", "elsewhere")


def pages() -> Iterator[Country]:
    return (country(code) for code in CODES)


def test_the_countries_come_by_name_and_all_others_last() -> None:
    names = [name for _code, name in countries()]
    assert {code for code, _name in countries()} == set(CODES)
    assert names[:-1] == sorted(names[:-1])
    assert countries()[-1] == ("elsewhere", "Somewhere else")


@pytest.mark.parametrize("code", ["", "XX", "../US", "us"])
def test_a_country_without_a_page_gets_the_one_for_all_others(code: str) -> None:
    page = country(code)
    assert (page.code, page.emergency.number) == ("elsewhere", "112")
    assert "local emergency number" in page.emergency.note


def test_each_file_is_named_by_the_code_in_it() -> None:
    files = {file.stem for file in resource_path("helplines", "countries").iterdir()}
    assert files == {page.code for page in pages()} == set(CODES)


@pytest.mark.parametrize(
    ("code", "emergency", "crisis"),
    [
        ("US", "911", "988"),
        ("CA", "911", "988"),
        ("GB", "999", "116 123"),
        ("IE", "112", "116 123"),
        ("AU", "000", "13 11 14"),
        ("NZ", "111", "1737"),
        ("elsewhere", "112", "findahelpline.com"),
    ],
)
def test_the_first_crisis_line_and_the_emergency_number(code: str, emergency: str, crisis: str) -> None:
    page = country(code)
    assert page.emergency.number == emergency
    assert page.of_kind(LineKind.CRISIS)[0].number == crisis


def test_each_country_has_a_line_about_use_of_substances_that_says_it_is_unchecked() -> None:
    for page in pages():
        lines = page.of_kind(LineKind.SUBSTANCE)
        assert bool(lines) == (page.code != "elsewhere"), page.code
        for line in lines:
            note = line_note(line, page.emergency, date(2026, 11, 24))
            assert note == f"Not checked yet. If nobody answers, call {page.emergency.number}."


def test_ids_are_used_once_in_all_countries() -> None:
    ids = [line.id for page in pages() for line in page.lines]
    assert len(ids) == len(set(ids))


def test_numbers_are_text_with_spaces_and_every_line_says_where_it_comes_from() -> None:
    for page in pages():
        for line in page.lines:
            assert re.fullmatch(r"[0-9 ]+|Text [A-Z]+ to [0-9 ]+|[a-z.]+", line.number), line
            assert line.source
            assert line.how


def test_talk_about_an_experience_is_never_offered_for_emergencies() -> None:
    lines = [line for page in pages() for line in page.of_kind(LineKind.PSYCHEDELIC_SUPPORT)]
    assert lines
    assert all("Not for emergencies." in line.how and "check the hours" in line.hours_note for line in lines)


def test_nothing_claims_to_be_checked_that_its_source_calls_unchecked() -> None:
    for page in pages():
        for line in page.lines:
            assert (line.checked_on is None) == ("nobody has called it" in line.source), line


def test_two_exercises_one_that_counts_down_and_one_that_counts_nothing() -> None:
    room, breath = exercises()
    assert room.title == "Come back to the room"
    assert [step.count for step in room.steps] == [5, 4, 3, 2, 1]
    assert breath.title == "A slow breath"
    assert {step.count for step in breath.steps} == {None}
