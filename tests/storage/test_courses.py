"""Courses in the file: what goes in comes out, and what was tampered with is told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.courses import Carer, Course, Plan
from integrate.domain.entry import Unreadable
from integrate.errors import RecordDamaged
from integrate.journal.checking import check_journal
from integrate.journal.courses import begin_course, change_course, current_course, get_course, list_courses
from integrate.journal.opening import Access, Journal
from integrate.journal.writing import newest_course
from tests.conftest import Sample
from tests.helpers.courses import carers, plans, words
from tests.helpers.journals import tamper

SHARED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SHARED
@given(plans, st.lists(carers, max_size=4), st.lists(words, max_size=4))
def test_any_plan_and_care_team_comes_back_as_it_was(
    journal: Journal, plan: Plan, team: list[Carer], checklist: list[str]
) -> None:
    course = begin_course(journal, plan, team, checklist).course
    assert get_course(journal, course.number) == course
    assert (course.plan, course.care_team) == (plan, tuple(team))
    assert course.checklist == tuple(line.strip() for line in checklist)


def test_it_is_there_after_closing(sample: Sample) -> None:
    with sample.open() as journal:
        begun = begin_course(journal, Plan(sessions=8, instructions="Nothing to eat. 🌊\nمرحبا")).course
    with sample.open(Access.READ) as journal:
        assert current_course(journal) == begun


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE course SET plan = '{}' WHERE number = 2",
        "UPDATE course SET care_team = '[ ]' WHERE number = 2",
        "UPDATE course SET rev = 9 WHERE number = 2",
        "UPDATE course SET id = zeroblob(16) WHERE number = 2",
        "UPDATE course SET seal = zeroblob(16) WHERE number = 2",
        "UPDATE course SET closed_us = 0 WHERE number = 2",
        "UPDATE course SET early_signs = x'ff' WHERE number = 2",
        "UPDATE course SET created_us = 'never' WHERE number = 2",
    ],
)
def test_a_course_that_was_tampered_with_is_told_and_hides_no_other(journal: Journal, sql: str) -> None:
    first = begin_course(journal, Plan(sessions=6)).course
    begin_course(journal, Plan(sessions=8), checklist=("Phone off",))
    tamper(journal, sql)
    second, other = list_courses(journal)
    assert isinstance(second, Unreadable)
    assert other == first
    with pytest.raises(RecordDamaged):
        current_course(journal)  # an older course is never shown in its place
    with pytest.raises(RecordDamaged):
        change_course(journal, 2, agreed="something else")  # and it is never written over
    assert newest_course(journal) == 2


def test_two_courses_cannot_be_exchanged(journal: Journal) -> None:
    begin_course(journal, Plan(sessions=6))
    begin_course(journal, Plan(sessions=8))
    tamper(journal, "UPDATE course SET number = 7 WHERE number = 1")
    tamper(journal, "UPDATE course SET number = 1 WHERE number = 2")
    assert not any(isinstance(one, Course) for one in list_courses(journal))


def test_a_number_that_cannot_be_right_is_not_counted_on(journal: Journal) -> None:
    begin_course(journal)
    tamper(journal, "UPDATE course SET number = 123456789")
    assert newest_course(journal) == 1
    assert begin_course(journal).course.number == 1


def test_a_check_reads_courses_too(sample: Sample) -> None:
    with sample.open() as journal:
        begin_course(journal, Plan(sessions=8))
    assert check_journal(sample.place, sample.by_words).ok
    with sample.open() as journal:
        tamper(journal, "UPDATE course SET agreed = 'nothing'")
    assert check_journal(sample.place, sample.by_words).problems == ("1 record is damaged.",)
