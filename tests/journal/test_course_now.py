"""What the newest course says about now: what an entry is about, which question fits, which touch-point is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from integrate.domain.courses import Plan
from integrate.domain.entry import Phase, SessionRef
from integrate.domain.occasions import Subject
from integrate.domain.prompts import Occasion
from integrate.domain.times import ZonedTime
from integrate.journal.course_now import DueTouchPoint, occasion_now, subject_now, touch_point_now
from integrate.journal.courses import begin_course, change_course, close_course
from integrate.journal.moments import answer_touch_point
from integrate.journal.opening import Journal
from integrate.journal.sessions import add_session
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import MARCH, a_session, held, planned
from tests.helpers.journals import tamper

MONDAY = date(2026, 3, 2)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday morning in March whatever the day."""
    with sample.open(clock=clock) as opened:
        yield opened


def at(days: int, hour: int = 12) -> ZonedTime:
    """So many days after the session, in Lisbon."""
    return ZonedTime(MARCH.replace(hour=hour) + timedelta(days=days), "Europe/Lisbon")


def began(days_ago: int) -> datetime:
    return MARCH - timedelta(days=days_ago, hours=1)


def test_without_a_session_nobody_can_say(journal: Journal) -> None:
    assert (subject_now(journal), touch_point_now(journal)) == (None, None)
    begin_course(journal)
    assert (subject_now(journal), touch_point_now(journal)) == (None, None)
    assert occasion_now(journal, Phase.EXPERIENCE) == Occasion(Phase.EXPERIENCE)


def test_a_subject_and_an_occasion_follow_the_calendar(journal: Journal) -> None:
    a_session(journal, held(began(3)))
    add_session(journal, planned(MONDAY + timedelta(days=20)))
    one, two = SessionRef(1, 1), SessionRef(1, 2)
    assert subject_now(journal) == Subject(Phase.INTEGRATE, two, one)
    assert subject_now(journal, at(19)) == Subject(Phase.PREPARE, two, one)
    assert occasion_now(journal, Phase.INTEGRATE) == Occasion(Phase.INTEGRATE, 3, 1, 2)
    assert occasion_now(journal, Phase.PREPARE) == Occasion(Phase.INTEGRATE, 3, 1, 2, Phase.PREPARE)
    begin_course(journal)
    assert subject_now(journal) is None, "a new course begins with nothing"


def test_each_touch_point_comes_when_its_time_does_and_not_again(journal: Journal) -> None:
    session = a_session(journal, held(began(0), 30))
    seen = {days: touch_point_now(journal, at(days)) for days in (0, 1, 2, 3, 6, 7, 28, 41, 42)}
    days = {now: due.day if due is not None else None for now, due in seen.items()}
    assert days == {0: None, 1: 1, 2: 1, 3: 3, 6: 3, 7: 7, 28: 28, 41: 28, 42: None}
    assert touch_point_now(journal, at(0, 18)) == DueTouchPoint(session.id, 0)
    answer_touch_point(journal, session.id, 3, "not-now")
    assert touch_point_now(journal, at(4)) is None
    assert touch_point_now(journal, at(7)) == DueTouchPoint(session.id, 7)


def test_the_days_a_person_chose_and_their_choice_on_closing_hold(journal: Journal) -> None:
    session = a_session(journal, held(began(0), 30))
    change_course(journal, 1, plan=replace(Plan(), touch_days=(5,)))
    assert touch_point_now(journal, at(4)) is None
    assert touch_point_now(journal, at(5)) == DueTouchPoint(session.id, 5)
    close_course(journal)
    assert touch_point_now(journal, at(5)) is None
    close_course(journal, looks_back=True)
    assert touch_point_now(journal, at(5)) == DueTouchPoint(session.id, 5)


def test_a_course_that_cannot_be_read_says_nothing(journal: Journal) -> None:
    a_session(journal, held(began(3)))
    assert touch_point_now(journal) is not None
    tamper(journal, "UPDATE course SET early_signs = 'Other words'")
    assert (subject_now(journal), touch_point_now(journal)) == (None, None)
    assert occasion_now(journal, Phase.INTEGRATE) == Occasion(Phase.INTEGRATE)
