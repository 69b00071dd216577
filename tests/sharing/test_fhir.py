"""A FHIR file passes both validators, answers fit what was asked, and nothing is in it that was not chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrate.domain.entry import EntrySummary, Phase
from integrate.domain.listing import Stop, Stopped
from integrate.domain.questionnaires import Questionnaire, parse_questionnaire_text
from integrate.domain.responses import DECLINED, Response, ResponseDraft, ResponseStatus
from integrate.domain.scoring import score
from integrate.domain.sharing import Section, Selection
from integrate.domain.times import ZonedTime
from integrate.journal.demo import make_demo
from integrate.journal.opening import Journal
from integrate.journal.questionnaires import shipped_questionnaires
from integrate.journal.responses import begin_response, finish_response, save_answers
from integrate.sharing.fhir import fhir_bundle
from integrate.sharing.fhir_base import when, words
from integrate.sharing.packet import Packet, PacketEntry, PacketForm, PacketResponse
from integrate.sharing.reporting_about import STANDING, WRITTEN_BY
from integrate.sharing.resolving import resolve_packet
from integrate.system.clock import FixedClock
from tests.conftest import Sample
from tests.helpers.demos import DAY, opened
from tests.journal.test_shareable import CHAIN, World, steps
from tests.sharing.fhir_tools import leaves, narrative_text, read_typed, require_good, resources, schema_complaints
from tests.sharing.strategies import MADE, packets

EVERYTHING = Selection(sections=frozenset(Section), all_entries=True, item_answers=True, present_names=True)
KEPT = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def journal(sample: Sample, clock: FixedClock) -> Iterator[Journal]:
    """The test's own journal, on a Monday in March whatever the day."""
    with sample.open(clock=clock) as opened_one:
        yield opened_one


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Packet:
    """Everything of the demo."""
    place = tmp_path_factory.mktemp("fhir") / "Demo.integrate"
    make_demo(place, DAY, entries=20)
    with opened(place) as demo:
        return resolve_packet(demo, EVERYTHING, made=MADE)


def empty(**fields: Any) -> Packet:
    """A packet with nothing in it."""
    return replace(Packet(uuid4(), MADE, "0.2.0", Selection(), "Sarah", None, None), **fields)


def answered(asked: Questionnaire, answers: dict[str, str], selection: Selection | None = None) -> Packet:
    """A packet with one response."""
    draft = ResponseDraft(asked.key, asked.version, asked.digest, MADE, answers)
    done = MADE.instant
    response = Response(uuid4(), draft, ResponseStatus.COMPLETED, MADE, done, done)
    form = PacketForm(asked, (PacketResponse(response, score(asked, answers)),))
    return empty(selection=selection or Selection(item_answers=True), forms=(form,))


def section(data: bytes, title: str) -> dict[str, Any]:
    (composition,) = resources(data, "Composition")
    found: dict[str, Any] = next(one for one in composition["section"] if one["title"] == title)
    return found


def chosen_answers(asked: Questionnaire, ordinals: list[int]) -> dict[str, str]:
    """The answers that add these numbers, item by item."""
    pairs = zip(asked.scored_items, ordinals, strict=True)
    return {item.link_id: next(one.code for one in item.options if one.ordinal == value) for item, value in pairs}


# --- the whole --------------------------------------------------------------------------------------------------------


def test_everything_of_the_demo_passes_both_validators_and_ours(packet: Packet) -> None:
    data = fhir_bundle(packet)
    require_good(data)
    assert data == fhir_bundle(packet)
    responses = [one for form in packet.forms for one in form.responses]
    assert len(resources(data, "QuestionnaireResponse")) == len(responses) > 3
    given = [answer for one in packet.check_ins for answer in one.draft.answers if answer.is_given]
    codes = [one["code"].get("coding", [{}])[0].get("system") for one in resources(data, "Observation")]
    assert codes.count("urn:integrate:measures") == len(given) > 20
    totals = [one for one in resources(data, "Observation") if one.get("valueQuantity", {}).get("unit") == "{score}"]
    assert len(totals) == sum(one.score.total is not None for one in responses) > 3
    assert not any("interpretation" in one or "referenceRange" in one for one in resources(data, "Observation"))


def test_both_validators_find_what_is_wrong(packet: Packet) -> None:
    """The proof that the two above can say no: each of these was found by one at least."""
    response = resources(fhir_bundle(packet), "QuestionnaireResponse")[0]
    for name, value in (("status", "finished"), ("mood", 3), ("authored", "2026-10-08 10:00")):
        wrong = {**deepcopy(response), name: value}
        assert schema_complaints(wrong)
    with pytest.raises(ValueError, match="mood"):
        read_typed({**response, "mood": 3})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(packets())
def test_any_packet_makes_a_good_file_and_always_the_same(packet: Packet) -> None:
    data = fhir_bundle(packet)
    require_good(data)
    assert data == fhir_bundle(packet)
    sections = packet.selection.sections
    if packet.selection.item_answers is not True:
        assert not resources(data, "QuestionnaireResponse")
    if Section.VITALS not in sections:
        assert b"8867-4" not in data and b"85354-9" not in data
    totals = [one.score.total for form in packet.forms for one in form.responses if one.score.total is not None]
    told = [
        one["valueQuantity"]["value"]
        for one in resources(data, "Observation")
        if one.get("valueQuantity", {}).get("code") == "{score}"
    ]
    assert told == totals


@given(st.text(min_size=1, max_size=80))
def test_any_text_is_in_the_narrative_with_what_cannot_be_shown_replaced_in_sight(text: str) -> None:
    summary = EntrySummary(
        uuid4(), MADE, Phase.INTEGRATE, None, None, "", "", (), False, None, 1, 1, MADE.instant, MADE.instant, None
    )
    data = fhir_bundle(empty(entries=(PacketEntry(summary, "", (f"[{text}]",)),)))
    require_good(data)
    (composition,) = resources(data, "Composition")
    assert f"[{words(text)}]" in narrative_text(composition)
    assert len(words(text)) == len(text.replace("\r\n", "\n"))
    for before, after in zip(text.replace("\r\n", "\n"), words(text), strict=True):
        assert before == after or after in "\ufffd\n "


def test_two_files_of_the_same_things_share_no_id(packet: Packet) -> None:
    ids = [{one["id"] for one in resources(fhir_bundle(replace(packet, id=uuid4())))} for _ in range(2)]
    assert not ids[0] & ids[1]


def test_no_id_of_the_journal_is_in_it(packet: Packet) -> None:
    data = fhir_bundle(packet).decode()
    ids = {str(one.response.id) for form in packet.forms for one in form.responses}
    ids |= {str(one.id) for one in packet.check_ins} | {str(one.session.id) for one in packet.sessions}
    ids |= {str(one.measure.id) for one in packet.measures} | {str(packet.id)}
    assert not {one for one in ids if one in data}


def test_a_stop_is_heeded(packet: Packet) -> None:
    stop = Stop()
    stop.set()
    with pytest.raises(Stopped):
        fhir_bundle(packet, stop=stop)


# --- who, and what is left out ----------------------------------------------------------------------------------------


def test_the_person_is_the_author_and_nothing_but_names_is_said_of_them() -> None:
    data = fhir_bundle(empty(author="Robin", selection=Selection(pseudonym="Robin", clinic_name="S. Marsh")))
    (patient,), (composition,) = resources(data, "Patient"), resources(data, "Composition")
    assert patient["name"] == [{"use": "anonymous", "text": "Robin"}, {"text": "S. Marsh"}]
    assert set(patient) == {"resourceType", "id", "name"}
    me = {"reference": f"urn:uuid:{patient['id']}"}
    assert composition["author"] == [me] and composition["subject"] == me
    (provenance,) = resources(data, "Provenance")
    assert [one["type"]["coding"][0]["code"] for one in provenance["agent"]] == ["author", "assembler"]
    assert provenance["agent"][0]["who"] == me
    nameless = fhir_bundle(empty(author=""))
    require_good(nameless)
    assert "name" not in resources(nameless, "Patient")[0]


def test_it_says_that_it_is_a_part_and_what_was_left_out() -> None:
    data = fhir_bundle(empty(selection=Selection(sections=frozenset()), measures_left_out=("Sleep",)))
    assert json.loads(data)["meta"]["tag"][0]["code"] == "SUBSETTED"
    for title in ("Measures", "Sessions", "Reflections"):
        part = section(data, title)
        assert part["emptyReason"]["coding"][0]["code"] == "withheld"
        assert "Not chosen for this file. Other writing may exist." in part["text"]["div"]
    about = section(data, "About")["text"]["div"]
    for sentence in ("Measures left out: Sleep.", WRITTEN_BY, STANDING, "Chosen by Sarah. Other writing may exist."):
        assert sentence in about


def test_a_part_that_was_chosen_and_is_empty_does_not_say_that_something_is_withheld() -> None:
    data = fhir_bundle(empty(selection=Selection(all_entries=True)))
    for title in ("Measures", "Sessions", "Reflections"):
        assert section(data, title)["emptyReason"]["coding"][0]["code"] == "unavailable"


# --- questionnaires ---------------------------------------------------------------------------------------------------


def test_answers_are_coded_in_the_words_of_the_form_and_their_sum_is_the_total() -> None:
    asked = shipped_questionnaires()["phq-9"]
    data = fhir_bundle(answered(asked, chosen_answers(asked, [0, 0, 0, 1, 2, 1, 3, 2, 1])))
    require_good(data)
    (response,) = resources(data, "QuestionnaireResponse")
    assert response["questionnaire"] == "urn:integrate:questionnaire:phq-9|1"
    first = next(leaves(response["item"]))
    assert first["text"] == "Little interest or pleasure in doing things"
    coding = first["answer"][0]["valueCoding"]
    assert (coding["system"], coding["code"], coding["display"]) == ("http://loinc.org", "LA6568-5", "Not at all")
    (total,) = (one for one in resources(data, "Observation"))
    assert total["code"]["coding"] == [{"system": "http://loinc.org", "code": "44261-6"}]
    assert total["valueQuantity"]["value"] == 10
    assert total["derivedFrom"] == [{"reference": f"urn:uuid:{response['id']}"}]
    (question,) = resources(data, "Questionnaire")
    assert question["copyright"] == asked.notice


def test_the_questionnaire_asks_exactly_what_the_data_file_asks() -> None:
    for asked in shipped_questionnaires().values():
        (made,) = resources(fhir_bundle(answered(asked, {})), "Questionnaire")
        found = [
            (one["linkId"], one["text"], [option["valueCoding"]["display"] for option in one["answerOption"]])
            for one in leaves(made["item"])
        ]
        assert found == [(one.link_id, one.text, [option.text for option in one.options]) for one in asked.items]


def test_a_declined_item_says_so_and_there_is_no_total() -> None:
    asked = shipped_questionnaires()["phq-9"]
    answers = chosen_answers(asked, [1] * 9) | {"9": DECLINED}
    data = fhir_bundle(answered(asked, answers))
    require_good(data)
    (response,) = resources(data, "QuestionnaireResponse")
    item = next(one for one in leaves(response["item"]) if one["linkId"] == "9")
    assert "answer" not in item
    assert item["extension"][0]["valueCode"] == "asked-declined"
    assert not resources(data, "Observation")


@pytest.mark.parametrize("item_answers", [None, False])
def test_without_the_answers_to_single_items_only_the_total_is_there(item_answers: bool | None) -> None:
    asked = shipped_questionnaires()["phq-9"]
    packet = answered(asked, chosen_answers(asked, [1] * 9), Selection(item_answers=item_answers))
    (form,) = packet.forms
    (one,) = form.responses
    bare = replace(one, response=replace(one.response, draft=replace(one.response.draft, answers={})))
    data = fhir_bundle(replace(packet, forms=(replace(form, responses=(bare,)),)))
    require_good(data)
    assert not resources(data, "QuestionnaireResponse")
    (total,) = resources(data, "Observation")
    assert total["valueQuantity"]["value"] == 9 and "derivedFrom" not in total


def test_a_response_keeps_the_words_it_was_asked_with() -> None:
    """Two texts by the same name and version: each response leads to its own."""
    old = shipped_questionnaires()["gad-7"]
    new = parse_questionnaire_text(old.text.replace("Worrying too much about", "Worrying a lot about"))
    assert new.digest != old.digest
    earlier, later = (answered(one, chosen_answers(one, [1] * 7)).forms[0] for one in (old, new))
    form = PacketForm(new, (*earlier.responses, *later.responses), None, (old,))
    data = fhir_bundle(empty(selection=Selection(item_answers=True), forms=(form,)))
    require_good(data)
    said = [json.dumps(one) for one in resources(data, "QuestionnaireResponse")]
    assert "Worrying too much about" in said[0] and "Worrying a lot about" in said[1]
    unknown = replace(form, wordings=())
    data = fhir_bundle(empty(selection=Selection(item_answers=True), forms=(unknown,)))
    require_good(data)
    assert len(resources(data, "QuestionnaireResponse")) == 1
    assert len(resources(data, "Observation")) == 2


# --- times and never share --------------------------------------------------------------------------------------------


def test_a_time_keeps_its_offset_and_one_that_fhir_cannot_write_is_in_utc() -> None:
    assert (
        when(ZonedTime(datetime(2026, 7, 1, 12, 0, 5, 99, tzinfo=UTC), "Europe/Lisbon")) == "2026-07-01T13:00:05+01:00"
    )
    assert when(ZonedTime(datetime(1880, 1, 1, tzinfo=UTC), "Europe/Amsterdam")) == "1880-01-01T00:00:00+00:00"


@KEPT
@given(st.lists(steps, min_size=1, max_size=10))
def test_no_word_of_a_thing_that_is_never_share_is_in_the_file(journal: Journal, script: list[tuple[Any, ...]]) -> None:
    world = World(journal, words=(f"canary{uuid4().hex}x" for _number in count()))
    for kind, pick in CHAIN:
        world.make(kind, False, pick)
    for step in script:
        getattr(world, step[0])(*step[1:])
    packet = resolve_packet(journal, EVERYTHING)
    data = fhir_bundle(packet)
    require_good(data)
    doses = {one.session.draft.dose for one in packet.sessions}  # what was prescribed is in no summary
    for word, may in world.may.items():
        assert (word.encode("ascii") in data) == (may() and word not in doses), (word, script)


def test_a_packet_brings_the_older_words_of_a_form_along(journal: Journal) -> None:
    old = shipped_questionnaires()["gad-7"]
    new = parse_questionnaire_text(old.text.replace("Worrying too much about", "Worrying a lot about"))
    for asked in (old, new):
        begun = begin_response(journal, asked).response
        save_answers(journal, begun.id, chosen_answers(asked, [1] * 7))
        finish_response(journal, begun.id)
    packet = resolve_packet(journal, EVERYTHING)
    (form,) = packet.forms
    assert {form.questionnaire.digest, *(one.digest for one in form.wordings)} == {old.digest, new.digest}
    data = fhir_bundle(packet)
    require_good(data)
    assert len(resources(data, "QuestionnaireResponse")) == len(resources(data, "Questionnaire")) == 2
