"""Filling in a questionnaire: every answer is durable, a form left for a day is stopped, and no total is made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from integrate.domain.entry import Unreadable
from integrate.domain.form_schedule import FormPlan
from integrate.domain.questionnaires import Questionnaire, parse_questionnaire_text
from integrate.domain.responses import DECLINED, ResponseStatus
from integrate.domain.times import ZonedTime
from integrate.errors import RecordDamaged, WrongUsage
from integrate.journal.deleted import DeletedKind, all_deleted, purge, take_back
from integrate.journal.opening import Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import (
    begin_response,
    delete_response,
    finish_response,
    form_plan,
    get_response,
    list_responses,
    open_draft,
    purge_response,
    questionnaire_of,
    read_scored,
    restore_response,
    save_answers,
    set_form_plan,
    stop_response,
)
from integrate.system.clock import FixedClock
from tests.conftest import MORNING, Sample
from tests.helpers.journals import tamper

A_DAY = timedelta(hours=24)


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    with sample.open(clock=clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def phq() -> Questionnaire:
    return shipped_questionnaires()["phq-9"]


@pytest.fixture(scope="module")
def gad() -> Questionnaire:
    return shipped_questionnaires()["gad-7"]


def answers(questionnaire: Questionnaire, *values: int) -> dict[str, str]:
    """The options with these ordinals, item by item."""
    found = {}
    for item, value in zip(questionnaire.scored_items, values, strict=False):
        found[item.link_id] = next(option.code for option in item.options if option.ordinal == value)
    return found


def filled(journal: Journal, questionnaire: Questionnaire, given: Mapping[str, str]) -> ZonedTime:
    made = begin_response(journal, questionnaire).response
    save_answers(journal, made.id, given)
    return finish_response(journal, made.id).response.draft.about


# --- filling it in ----------------------------------------------------------------------------------------------------


def test_begun_answered_and_finished_it_has_its_total(journal: Journal, clock: FixedClock, phq: Questionnaire) -> None:
    begun = begin_response(journal, phq, origin="page")
    assert begun.changes.areas == {"responses"} and begun.changes.origin == "page"
    given = answers(phq, *[2] * 8, 1)
    clock.advance(timedelta(minutes=4))
    save_answers(journal, begun.response.id, given)
    done = finish_response(journal, begun.response.id).response
    assert (done.kept_status, done.finished) == (ResponseStatus.COMPLETED, clock.now())
    assert done.begun == done.draft.about == ZonedTime(MORNING, "Europe/Lisbon")
    assert dict(done.draft.answers) == given
    [scored] = read_scored(journal).responses
    assert (scored.response, scored.score.total, scored.questionnaire.key) == (done, 17, "phq-9")
    assert finish_response(journal, done.id).response == done, "finishing it again changes nothing"


def test_every_answer_is_on_the_disk_when_it_is_saved(
    sample: Sample, clock: FixedClock, phq: Questionnaire, tmp_path: Path
) -> None:
    with sample.open(clock=clock) as journal:
        made = begin_response(journal, phq).response
        save_answers(journal, made.id, answers(phq, 3, 1))
        crashed = sample.copy_to(tmp_path / "Crashed.integrate")  # nothing was closed, as where the power goes
    with crashed.open(clock=clock) as again:
        found = open_draft(again, "phq-9")
        assert found is not None and found.id == made.id
        assert dict(found.draft.answers) == answers(phq, 3, 1)
        finish_response(again, found.id)
        assert open_draft(again, "phq-9") is None


def test_an_answer_can_be_changed_and_taken_away_until_it_is_finished(journal: Journal, phq: Questionnaire) -> None:
    made = begin_response(journal, phq).response
    save_answers(journal, made.id, answers(phq, 3, 1))
    saved = save_answers(journal, made.id, answers(phq, 2)).response
    assert dict(saved.draft.answers) == answers(phq, 2)
    assert save_answers(journal, made.id, answers(phq, 2)).response.revision == saved.revision
    later = ZonedTime(MORNING - timedelta(days=1), "UTC")
    assert save_answers(journal, made.id, answers(phq, 2), about=later).response.draft.about == later
    finish_response(journal, made.id)
    with pytest.raises(WrongUsage):
        save_answers(journal, made.id, {})
    with pytest.raises(WrongUsage):
        stop_response(journal, made.id)
    assert dict(get_response(journal, made.id).draft.answers) == answers(phq, 2)


@pytest.mark.parametrize("count", [1, 8])
def test_an_incomplete_one_can_be_finished_and_has_no_total(journal: Journal, phq: Questionnaire, count: int) -> None:
    filled(journal, phq, answers(phq, *[0] * count))
    [scored] = read_scored(journal).responses
    assert (scored.score.total, scored.score.answered, scored.score.of) == (None, count, 9)


@pytest.mark.parametrize("given", [{}, {"difficulty": "LA6572-7"}])
def test_one_without_any_answer_is_not_finished_and_stays_open(
    journal: Journal, phq: Questionnaire, given: dict[str, str]
) -> None:
    made = begin_response(journal, phq).response
    open_form = save_answers(journal, made.id, given).response
    with pytest.raises(WrongUsage, match="answered yet"):
        finish_response(journal, made.id)
    assert open_draft(journal, "phq-9") == open_form
    assert read_scored(journal).responses == ()
    save_answers(journal, made.id, {"9": DECLINED})
    assert finish_response(journal, made.id).response.kept_status is ResponseStatus.COMPLETED, "that is an answer"


def test_an_answer_that_is_not_asked_for_any_more_is_found_again_until_the_form_is_finished(
    journal: Journal, phq: Questionnaire
) -> None:
    asked, difficult = answers(phq, 1, *[0] * 8), {"difficulty": "LA6572-7"}
    none = answers(phq, *[0] * 9)
    made = begin_response(journal, phq).response
    for back_and_forth in (asked | difficult, none | difficult, asked | difficult):
        kept = save_answers(journal, made.id, back_and_forth).response
        assert dict(kept.draft.answers) == back_and_forth
    save_answers(journal, made.id, none | difficult)
    done = finish_response(journal, made.id).response
    assert dict(done.draft.answers) == none
    assert get_response(journal, made.id) == done
    again = begin_response(journal, phq).response
    save_answers(journal, again.id, asked | difficult)
    assert dict(finish_response(journal, again.id).response.draft.answers) == asked | difficult


def test_item_9_can_be_declined_and_that_is_no_number(journal: Journal, phq: Questionnaire) -> None:
    ninth = phq.scored_items[8].link_id
    filled(journal, phq, answers(phq, *[1] * 8) | {ninth: DECLINED})
    [scored] = read_scored(journal).responses
    assert (scored.score.total, scored.score.declined) == (None, (ninth,))


@pytest.mark.parametrize("given", [{"1": "3"}, {"99": "LA6568-5"}, {"1": DECLINED}])
def test_what_the_questionnaire_does_not_offer_is_refused(
    journal: Journal, phq: Questionnaire, given: dict[str, str]
) -> None:
    made = begin_response(journal, phq).response
    with pytest.raises(WrongUsage):
        save_answers(journal, made.id, given)
    assert get_response(journal, made.id) == made
    with pytest.raises(WrongUsage):
        save_answers(journal, uuid4(), {})
    with pytest.raises(WrongUsage):
        finish_response(journal, uuid4())


# --- left open --------------------------------------------------------------------------------------------------------


def test_left_for_a_day_it_is_stopped_and_kept_as_it_is(
    journal: Journal, clock: FixedClock, phq: Questionnaire, gad: Questionnaire
) -> None:
    made = begin_response(journal, phq).response
    given = answers(phq, *[1] * 9)
    save_answers(journal, made.id, given)
    clock.advance(A_DAY - timedelta(seconds=1))
    assert open_draft(journal, "phq-9") is not None and open_draft(journal, "gad-7") is None
    clock.advance(timedelta(seconds=1))
    assert open_draft(journal, "phq-9") is None
    with pytest.raises(WrongUsage, match="kept as they are"):
        save_answers(journal, made.id, {})
    with pytest.raises(WrongUsage, match="kept as they are"):
        finish_response(journal, made.id)
    [kept] = list_responses(journal)
    assert not isinstance(kept, Unreadable)
    assert kept.status(clock.now()) is ResponseStatus.STOPPED and dict(kept.draft.answers) == given
    assert read_scored(journal).responses == (), "complete as it is, it gets no total"


def test_a_clock_that_was_set_back_by_a_day_stops_it_too(
    journal: Journal, clock: FixedClock, phq: Questionnaire
) -> None:
    begin_response(journal, phq)
    clock.advance(-A_DAY)
    assert open_draft(journal, "phq-9") is None


def test_stopped_by_hand_it_is_kept_and_never_gets_a_total(journal: Journal, phq: Questionnaire) -> None:
    made = begin_response(journal, phq).response
    save_answers(journal, made.id, answers(phq, *[1] * 9))
    stopped = stop_response(journal, made.id).response
    assert stopped.kept_status is ResponseStatus.STOPPED and len(stopped.draft.answers) == 9
    assert stop_response(journal, made.id).response == stopped
    with pytest.raises(WrongUsage):
        finish_response(journal, made.id)
    assert open_draft(journal, "phq-9") is None and read_scored(journal).responses == ()


def test_one_form_of_a_questionnaire_is_open_at_a_time(
    journal: Journal, phq: Questionnaire, gad: Questionnaire
) -> None:
    first, other = begin_response(journal, phq).response, begin_response(journal, gad).response
    second = begin_response(journal, phq).response
    assert open_draft(journal, "phq-9") == second and open_draft(journal, "gad-7") == other
    assert get_response(journal, first.id).kept_status is ResponseStatus.STOPPED


# --- what was asked ---------------------------------------------------------------------------------------------------


def test_the_questions_stay_as_they_were_asked_when_the_file_changes(journal: Journal, phq: Questionnaire) -> None:
    filled(journal, phq, answers(phq, *[1] * 9))
    changed = parse_questionnaire_text(phq.text.replace("Poor appetite", "A poor appetite"))
    assert changed.digest != phq.digest
    filled(journal, changed, answers(changed, *[2] * 9))
    old, new = read_scored(journal, "phq-9").responses
    assert (old.questionnaire, new.questionnaire) == (phq, changed)
    assert questionnaire_of(journal, old.response) == phq and questionnaire_of(journal, new.response) == changed


def test_where_the_questions_are_damaged_the_answers_are_counted_as_unreadable(
    journal: Journal, phq: Questionnaire, gad: Questionnaire
) -> None:
    filled(journal, phq, answers(phq, *[1] * 9))
    filled(journal, gad, answers(gad, *[1] * 7))
    tamper(journal, "UPDATE form_text SET text = replace(text, 'appetite', 'sleep') WHERE digest = ?", phq.digest)
    found = read_scored(journal)
    assert [one.questionnaire.key for one in found.responses] == ["gad-7"] and found.unreadable == 1
    [damaged] = list_responses(journal, "phq-9")
    assert not isinstance(damaged, Unreadable)
    with pytest.raises(RecordDamaged):
        questionnaire_of(journal, damaged)


def test_a_damaged_response_is_counted_and_hides_no_other(journal: Journal, phq: Questionnaire) -> None:
    for value in (1, 2):
        filled(journal, phq, answers(phq, *[value] * 9))
    tamper(journal, "UPDATE response SET answers = '{}' WHERE pk = 1")
    found = read_scored(journal)
    assert [one.score.total for one in found.responses] == [18] and found.unreadable == 1
    assert sum(isinstance(one, Unreadable) for one in list_responses(journal, "phq-9")) == 1


# --- recently deleted -------------------------------------------------------------------------------------------------


def test_deleted_it_is_named_by_its_title_and_can_be_taken_back(journal: Journal, phq: Questionnaire) -> None:
    about = filled(journal, phq, answers(phq, *[1] * 9))
    [response] = list_responses(journal)
    assert response.id is not None
    changes = delete_response(journal, response.id)
    assert changes.areas == {"responses", "recently deleted"}
    assert list_responses(journal) == () and read_scored(journal).responses == ()
    [thing] = all_deleted(journal)
    assert (thing.kind, thing.id, thing.name, thing.when) == (DeletedKind.RESPONSE, response.id, "PHQ-9", about)
    assert take_back(journal, thing.kind, response.id).areas == changes.areas
    assert [one.score.total for one in read_scored(journal).responses] == [9]
    delete_response(journal, response.id)
    purge(journal, "response", response.id)
    assert all_deleted(journal) == ()
    for change in (purge_response, restore_response):
        with pytest.raises(WrongUsage):
            change(journal, response.id)


def test_an_open_form_in_recently_deleted_is_not_gone_on_with(journal: Journal, phq: Questionnaire) -> None:
    made = begin_response(journal, phq).response
    delete_response(journal, made.id)
    assert open_draft(journal, "phq-9") is None
    with pytest.raises(WrongUsage, match="Recently deleted"):
        save_answers(journal, made.id, {})
    assert restore_response(journal, made.id).response.draft == made.draft
    assert open_draft(journal, "phq-9") is not None


def test_taken_back_beside_an_open_form_it_is_stopped(journal: Journal, phq: Questionnaire) -> None:
    first = begin_response(journal, phq).response
    delete_response(journal, first.id)
    second = begin_response(journal, phq).response
    assert restore_response(journal, first.id).response.kept_status is ResponseStatus.STOPPED
    found = open_draft(journal, "phq-9")
    assert found is not None and found.id == second.id
    stop_response(journal, second.id)
    assert open_draft(journal, "phq-9") is None


# --- the plan ---------------------------------------------------------------------------------------------------------


def test_the_plan_is_kept_and_whatever_cannot_be_read_is_as_at_first(journal: Journal) -> None:
    assert form_plan(journal) == FormPlan()
    plan = replace(FormPlan("phq-8"), gad7=False, k6=True)
    assert set_form_plan(journal, plan).areas == {"responses"}
    assert form_plan(journal) == plan
    tamper(journal, "UPDATE setting SET value = '[]' WHERE key = 'forms'")
    assert form_plan(journal) == FormPlan()
    set_form_plan(journal, plan)
    assert form_plan(journal) == plan
