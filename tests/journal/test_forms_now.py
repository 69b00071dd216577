"""What is suggested now: questionnaires and logs, once each, and "Not now" is the last word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from integrate.domain.form_schedule import NO_PHQ, PHQ_9, FormPlan, Occasion
from integrate.domain.logs import EffectLine, EffectLog, SlowLog
from integrate.domain.moments import Strength
from integrate.domain.times import ZonedTime
from integrate.journal.courses import begin_course
from integrate.journal.forms_now import DueLogs, decline_effects, decline_form, decline_slow, forms_due, logs_due
from integrate.journal.logs import log_plan, record_effect_log, record_slow_log
from integrate.journal.opening import Access, Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import (
    begin_response,
    delete_response,
    finish_response,
    form_plan,
    save_answers,
    set_form_plan,
    stop_response,
)
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.courses import a_session, held, planned
from tests.helpers.journals import tamper

NONE = DueLogs()
YESTERDAY = datetime(2026, 3, 1, 14, tzinfo=UTC)  # the clock stands at half past nine on the second of March


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


def due(journal: Journal) -> list[tuple[str, Occasion]]:
    return [(one.key, one.kind) for one in forms_due(journal)]


def test_without_a_session_to_come_nothing_is_suggested(journal: Journal) -> None:
    assert forms_due(journal) == () and logs_due(journal) == NONE
    begin_course(journal)
    assert forms_due(journal) == () and logs_due(journal) == NONE


def test_before_the_first_session_they_are_suggested_until_they_were_answered(journal: Journal) -> None:
    a_session(journal, planned(date(2026, 3, 6)))
    assert due(journal) == [("phq", Occasion.BASELINE), ("gad-7", Occasion.BASELINE)]
    set_form_plan(journal, FormPlan(PHQ_9))
    begun = begin_response(journal, shipped_questionnaires()["phq-9"]).response
    assert due(journal) == [("phq-9", Occasion.BASELINE), ("gad-7", Occasion.BASELINE)]
    save_answers(journal, begun.id, {"1": "LA6568-5"})
    finish_response(journal, begun.id)
    assert due(journal) == [("gad-7", Occasion.BASELINE)]
    stop_response(journal, begin_response(journal, shipped_questionnaires()["gad-7"]).response.id)
    assert due(journal) == [("gad-7", Occasion.BASELINE)], "one that was stopped was not answered"
    delete_response(journal, begun.id)
    assert len(due(journal)) == 2


def test_not_now_is_kept_and_final(journal: Journal, clock: FixedClock) -> None:
    a_session(journal, planned(date(2026, 3, 6)))
    choice, gad = forms_due(journal)
    assert decline_form(journal, gad, origin="today").origin == "today"
    assert forms_due(journal) == (choice,)
    clock.advance(timedelta(days=2))
    assert [one.key for one in forms_due(journal)] == ["phq"]
    decline_form(journal, choice)
    assert forms_due(journal) == ()
    assert [one.day for one in form_plan(journal).declined] == [date(2026, 3, 2), date(2026, 3, 4)]


def test_where_nothing_is_to_be_suggested_there_is_nothing(journal: Journal) -> None:
    a_session(journal, planned(date(2026, 3, 6)))
    set_form_plan(journal, replace(FormPlan(NO_PHQ), gad7=False))
    assert forms_due(journal) == ()


def test_side_effects_are_asked_for_the_day_after_until_they_were_noted(journal: Journal, clock: FixedClock) -> None:
    session = a_session(journal, held(YESTERDAY))
    assert logs_due(journal) == DueLogs(effects=session.id)
    record_effect_log(journal, EffectLog(session.id, (EffectLine("nausea", Strength.NONE),)))
    assert logs_due(journal) == NONE
    clock.advance(timedelta(days=1))
    assert logs_due(journal) == NONE


def test_side_effects_that_were_declined_are_not_asked_for_again(journal: Journal) -> None:
    session = a_session(journal, held(YESTERDAY))
    decline_effects(journal, session.id)
    assert logs_due(journal) == NONE
    assert log_plan(journal).effects_declined == session.id


def test_slow_things_are_asked_for_every_four_weeks(journal: Journal, clock: FixedClock) -> None:
    a_session(journal, held(YESTERDAY))
    clock.advance(timedelta(days=26))
    assert not logs_due(journal).slow
    clock.advance(timedelta(days=1))
    assert logs_due(journal).slow
    record_slow_log(journal, SlowLog(pull=0))
    assert not logs_due(journal).slow
    clock.advance(timedelta(days=28))
    assert logs_due(journal).slow
    decline_slow(journal)
    assert not logs_due(journal).slow
    clock.advance(timedelta(days=28))
    assert logs_due(journal).slow


def test_slow_things_about_a_day_far_ahead_hide_no_others(journal: Journal, clock: FixedClock) -> None:
    a_session(journal, held(YESTERDAY))
    clock.advance(timedelta(days=28))
    record_slow_log(journal, SlowLog(pull=0), ZonedTime(clock.now() + timedelta(days=4000), "UTC"))
    assert logs_due(journal).slow
    record_slow_log(journal, SlowLog(pull=0))
    assert not logs_due(journal).slow


def test_a_session_that_cannot_be_read_keeps_nobody_from_the_rest(journal: Journal) -> None:
    damaged = a_session(journal, held(YESTERDAY))
    a_session(journal, planned(date(2026, 3, 6)))
    tamper(journal, "UPDATE session SET dose = 'x' WHERE id = ?", damaged.id.bytes)
    assert logs_due(journal) == NONE
    assert [kind for _key, kind in due(journal)] == [Occasion.BASELINE] * 2
    tamper(journal, "UPDATE course SET plan = '{}'")
    assert forms_due(journal) == () and logs_due(journal) == NONE


def test_a_journal_open_to_read_says_it_too(sample: Sample, clock: FixedClock) -> None:
    with sample.open(clock=clock) as journal:
        session = a_session(journal, held(YESTERDAY))
    with sample.open(Access.READ, clock=clock) as journal:
        assert logs_due(journal).effects == session.id and forms_due(journal) == ()
