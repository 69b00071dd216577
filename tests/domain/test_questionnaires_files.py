"""A file somebody writes is taken whole or left out with the place and the reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.questionnaires import (
    LARGEST_FILE,
    QuestionnaireError,
    parse_questionnaire,
    parse_questionnaire_text,
)
from integrate.resources import read_text

SAMPLE: dict[str, Any] = json.loads(read_text("questionnaires", "phq-9.json"))
Change = Callable[[dict[str, Any]], object]


def _item(data: dict[str, Any], place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = data["item"][0]["item"][place]
    return found


def _own(name: str, **value: Any) -> dict[str, Any]:
    return {"url": f"urn:integrate:{name}", **value}


def _changed(change: Change) -> dict[str, Any]:
    data = deepcopy(SAMPLE)
    change(data)
    return data


def _all_add_nothing(data: dict[str, Any]) -> None:
    data["extension"] = [one for one in data["extension"] if not one["url"].endswith(":band")]
    for item in data["item"][0]["item"]:
        for option in item["answerOption"]:
            option["valueCoding"]["extension"][0]["valueDecimal"] = 0


def _harm_without_numbers(data: dict[str, Any]) -> None:
    """The ninth question no longer counts, and its answers have no ordinal value."""
    item = _item(data, 8)
    item["extension"].append(_own("scored", valueBoolean=False))
    for option in item["answerOption"]:
        del option["valueCoding"]["extension"]


WRONG: list[tuple[Change, str]] = [
    (_all_add_nothing, "item"),
    (_harm_without_numbers, "item[0].item[8].answerOption"),
    (lambda data: data.pop("resourceType"), "resourceType"),
    (lambda data: data.update(resourceType="Patient"), "resourceType"),
    (lambda data: data.update(status="draft"), "status"),
    (lambda data: data.update(id="PHQ 9"), "id"),
    (lambda data: data.update(id="../phq-9"), "id"),
    (lambda data: data.pop("version"), "version"),
    (lambda data: data.update(title=" "), "title"),
    (lambda data: data.update(title=9), "title"),
    (lambda data: data.update(title="two\nlines"), "title"),
    (lambda data: data.update(title="a" * 2001), "title"),
    (lambda data: data.pop("copyright"), "copyright"),
    (lambda data: data.pop("extension"), "extension"),
    (lambda data: data["extension"][0].update(valueInteger=367), "extension[0].valueInteger"),
    (lambda data: data["extension"][0].update(valueInteger=True), "extension[0].valueInteger"),
    (lambda data: data["extension"].append(_own("recal-days")), "extension[8].url"),
    (lambda data: data["extension"].append(_own("tender", valueBoolean="yes")), "extension[8].valueBoolean"),
    (lambda data: data["extension"].append(_own("recall-days", valueInteger=7)), "extension[0].url"),
    (lambda data: data["extension"][7]["extension"].pop(), "extension[7].extension"),
    (lambda data: data["extension"][7]["extension"][1].update(valueInteger=28), "extension"),
    (lambda data: data["extension"][4]["extension"][0].update(valueInteger=4), "extension"),
    (lambda data: data.update(modifierExtension=[]), "modifierExtension"),
    (lambda data: data.pop("item"), "item"),
    (lambda data: data.update(item=[{"type": "display", "linkId": "x", "text": "Only words"}]), "item"),
    (lambda data: data.update(item="text"), "item"),
    (lambda data: data.update(item=["text"]), "item[0]"),
    (lambda data: data["item"][0].update(enableWhen=[]), "item[0].enableWhen"),
    (lambda data: data["item"][0].update(type="integer"), "item[0].type"),
    (lambda data: _item(data).update(type="group"), "item[0].item[0].type"),
    (lambda data: _item(data).pop("text"), "item[0].item[0].text"),
    (lambda data: _item(data).update(linkId="2"), "item[2].linkId"),
    (lambda data: _item(data).update(repeats=True), "item[0].item[0].repeats"),
    (lambda data: _item(data).update(required=1), "item[0].item[0].required"),
    (lambda data: _item(data).update(answerValueSet="urn:x"), "item[0].item[0].answerValueSet"),
    (lambda data: _item(data).update(item=[]), "item[0].item[0].item"),
    (lambda data: _item(data).pop("answerOption"), "item[0].item[0].answerOption"),
    (lambda data: _item(data).update(enableWhen=data["item"][1]["enableWhen"]), "item[0].item[0].enableWhen"),
    (lambda data: _option(data).pop("display"), "item[0].item[0].answerOption[0].valueCoding.display"),
    (lambda data: _option(data).pop("extension"), "item[0].item[0].answerOption[0].valueCoding.extension"),
    (lambda data: _option(data).update(code="LA6569-3"), "item[0].item[0].answerOption"),
    (lambda data: _option(data).update(code="asked-declined"), "item[0].item[0].answerOption"),
    (lambda data: _ordinal(data, 0.5), "item[0].item[0].answerOption[0].valueCoding.extension[0].valueDecimal"),
    (lambda data: _ordinal(data, -1), "item[0].item[0].answerOption[0].valueCoding.extension[0].valueDecimal"),
    (lambda data: _ordinal(data, "1"), "item[0].item[0].answerOption[0].valueCoding.extension[0].valueDecimal"),
    (lambda data: data["item"][1].pop("enableBehavior"), "item[1].enableBehavior"),
    (lambda data: data["item"][1].update(enableBehavior="all"), "item[1].enableBehavior"),
    (lambda data: data["item"][1]["enableWhen"][0].update(operator=">"), "item[1].enableWhen[0].operator"),
    (lambda data: data["item"][1]["enableWhen"][0].update(question="nine"), "item[difficulty].enableWhen"),
    (lambda data: data["item"][1]["enableWhen"][0].update(question="difficulty"), "item[difficulty].enableWhen"),
    (lambda data: data["item"].append(_after_difficulty(data)), "item[after].enableWhen"),
]


def _option(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _item(data)["answerOption"][0]["valueCoding"]
    return found


def _after_difficulty(data: dict[str, Any]) -> dict[str, Any]:
    """A question that rests on one that rests on others itself."""
    item: dict[str, Any] = deepcopy(data["item"][1])
    when = {"question": "difficulty", "operator": "=", "answerCoding": item["answerOption"][0]["valueCoding"]}
    return item | {"linkId": "after", "enableWhen": [when]}


def _ordinal(data: dict[str, Any], value: object) -> None:
    _option(data)["extension"][0]["valueDecimal"] = value


@pytest.mark.parametrize(("change", "place"), WRONG)
def test_what_is_wrong_is_named_with_its_place(change: Change, place: str) -> None:
    with pytest.raises(QuestionnaireError) as refused:
        parse_questionnaire(_changed(change))
    assert refused.value.field == place
    assert refused.value.why and str(refused.value).startswith(f"{place}: ")


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "null", "{", "[" * 5000, json.dumps(SAMPLE)[:-1], "x" * (LARGEST_FILE + 1),
        json.dumps(SAMPLE | {"purpose": float("nan")}), json.dumps(SAMPLE | {"purpose": "\ud800"}),
        json.dumps(SAMPLE | {"purpose": "é" * LARGEST_FILE}),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_questionnaire_at_all_is_left_out(text: str) -> None:
    with pytest.raises(QuestionnaireError):
        parse_questionnaire_text(text)


@pytest.mark.parametrize("number", ["1e999", "NaN", "-Infinity", "1" + "0" * 400])
def test_numbers_beyond_numbers_are_left_out(number: str) -> None:
    text = json.dumps(_changed(lambda data: _ordinal(data, 7777))).replace("7777", number)
    with pytest.raises(QuestionnaireError):
        parse_questionnaire_text(text)


def test_fields_and_extensions_of_others_are_left_alone_and_kept_in_the_text() -> None:
    data = _changed(lambda data: data.update(date="2026-11-24", meta={"tag": []}))
    data["extension"].append({"url": "urn:example:other", "valueString": "kept"})
    form = parse_questionnaire(data)
    assert json.loads(form.text) == data
    assert form.items == parse_questionnaire(SAMPLE).items


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert parse_questionnaire(_changed(lambda data: _ordinal(data, 0.0))).items[0].options[0].ordinal == 0


def test_the_digest_is_of_the_content_and_not_of_the_spaces_or_the_order_of_fields() -> None:
    turned = dict(reversed(list(SAMPLE.items())))
    assert parse_questionnaire_text(json.dumps(turned, indent=3)) == parse_questionnaire(SAMPLE)
    other = parse_questionnaire(_changed(lambda data: _item(data).update(text="Another text")))
    assert other.digest != parse_questionnaire(SAMPLE).digest


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(values, st.data())
def test_any_value_in_any_place_is_taken_or_refused_and_nothing_else(value: Any, data: st.DataObject) -> None:
    changed = deepcopy(SAMPLE)
    node: Any = changed
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        if not isinstance(node[key], (dict, list)) or not node[key] or data.draw(st.booleans()):
            break
        node = node[key]
    node[key] = value
    try:
        form = parse_questionnaire(changed)
    except QuestionnaireError:
        return
    assert parse_questionnaire_text(form.text) == form
