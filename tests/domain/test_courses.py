"""Courses: the care team, what the clinic gave, and closing without a reason."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.courses import ROLE_WORDS, Carer, CareRole, Course, Plan
from integrate.errors import WrongUsage
from tests.domain.sessions_kit import MADE

LONE_SURROGATE = "\udcff"
NOVEL = "Bring the letter.\n" * 50_000
people = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=300)


def _carer(name: str = "Ines", number: str = "") -> Carer:
    return Carer(UUID(int=1), name, CareRole.THERAPIST, number)


@pytest.mark.parametrize("name", ["x" * 300, "👩🏽‍⚕️", "د. أحمد", "\u202eליאת", "Ines"])
def test_any_name_of_one_line_is_a_name(name: str) -> None:
    assert _carer(name).name == name


@given(people)
def test_names_of_up_to_three_hundred_characters_are_kept_as_typed(name: str) -> None:
    if name.strip():
        assert _carer(name).name == name
    else:
        with pytest.raises(WrongUsage):
            _carer(name)


@pytest.mark.parametrize("name", ["", "  ", "x" * 301, "Ines\n", "Ines\nDaniel", LONE_SURROGATE])
def test_what_is_no_name_is_told_in_words(name: str) -> None:
    with pytest.raises(WrongUsage):
        _carer(name)


@pytest.mark.parametrize("number", ["x" * 301, "1\n2", LONE_SURROGATE])
def test_a_number_is_one_line(number: str) -> None:
    with pytest.raises(WrongUsage):
        _carer(number=number)


def test_nobody_shows_in_help_unless_the_person_allows_it() -> None:
    assert _carer().in_help is False


def test_the_care_team_has_any_number_of_people() -> None:
    team = tuple(replace(_carer(), id=UUID(int=number)) for number in range(500))
    assert len(Course(UUID(int=1), 1, Plan(), team).care_team) == 500


def test_every_role_has_words() -> None:
    assert set(ROLE_WORDS) == set(CareRole)


def test_the_clinics_own_instructions_may_be_as_long_as_a_novel() -> None:
    assert Plan(instructions=NOVEL).instructions == NOVEL


@pytest.mark.parametrize("field", ["instructions", "medicine_place", "medicine_keeper"])
def test_what_is_no_text_is_refused_in_a_plan(field: str) -> None:
    with pytest.raises(WrongUsage):
        replace(Plan(), **{field: LONE_SURROGATE})  # type: ignore[arg-type]  # one of the texts


def test_where_the_medicine_is_kept_is_one_line() -> None:
    assert Plan(medicine_place="x" * 300, medicine_keeper="Daniel").medicine_keeper == "Daniel"
    with pytest.raises(WrongUsage):
        Plan(medicine_place="x" * 301)


# --- The course -------------------------------------------------------------------------------------------------------


def _course(*checklist: str) -> Course:
    return Course(UUID(int=1), 1, Plan(8, 14), checklist=checklist)


def test_the_checklist_keeps_its_lines_in_order_and_leaves_out_empty_ones() -> None:
    assert _course("Blanket", "", "  ", "Phone on silent 📵").checklist == ("Blanket", "Phone on silent 📵")


@pytest.mark.parametrize(
    "field", [{"checklist": (LONE_SURROGATE,)}, {"early_signs": LONE_SURROGATE}, {"agreed": "\ud800"}]
)
def test_what_is_no_text_is_refused_in_a_course(field: dict[str, object]) -> None:
    with pytest.raises(WrongUsage):
        replace(_course(), **field)  # type: ignore[arg-type]  # passed through


def test_closing_asks_for_no_reason_and_keeps_everything() -> None:
    course = _course("Blanket")
    closed = course.close(MADE, "", "")
    assert (course.is_closed, closed.is_closed) == (False, True)
    assert replace(closed, closed=None) == course


def test_closing_keeps_what_was_written_however_long() -> None:
    closed = _course().close(MADE, NOVEL, "Call Ines")
    assert (closed.early_signs, closed.agreed) == (NOVEL, "Call Ines")
    with pytest.raises(WrongUsage):
        _course().close(MADE, LONE_SURROGATE, "")
