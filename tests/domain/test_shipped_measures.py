"""The measures that ship: as drawn, complete, and a file that is wrong is refused with its place."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from integrate.domain.measures import Direction, HowOften, MeasureKind
from integrate.domain.shipped_measures import (
    FIRST_OWN_NUMBER,
    MeasuresError,
    ShippedMeasure,
    parse_measures,
    shipped_id,
)
from integrate.resources import load

GOOD = {"number": 1, "key": "mood", "name": "Mood", "how_often": "each"}


def _shipped() -> dict[str, ShippedMeasure]:
    return {one.measure.key: one for one in load(parse_measures, "measures", "measures.toml")}


def _file(*tables: dict[str, Any], schema: object = 1) -> MappingProxyType[str, object]:
    return MappingProxyType({"schema": schema, "measures": tuple(tables)})


def test_four_are_asked_from_the_start_with_the_ends_as_drawn() -> None:
    asked = [one.measure for one in _shipped().values() if one.measure.in_use]
    assert [(one.name, one.definition.low, one.definition.high) for one in asked] == [
        ("Mood", "low", "good"), ("Anxiety", "none", "a lot"), ("Energy", "drained", "full"),
        ("Sleep last night", "poor", "restful"),
    ]  # fmt: skip
    for one in asked:
        assert (one.definition.spans, one.definition.step, one.how_often) == ((0, 10), 1, HowOften.EACH)


def test_all_of_those_to_choose_are_there() -> None:
    shipped = _shipped()
    assert set(shipped) == {
        "mood", "anxiety", "energy", "sleep", "connectedness", "hope", "pain", "urge", "restfulness", "sleep-hours",
        "feelings", "closeness", "readiness", "pull",
    }  # fmt: skip
    hours = shipped["sleep-hours"].measure.definition
    assert (hours.kind, hours.spans, hours.step, hours.unit) == (MeasureKind.NUMBER, (0, 24), 0.25, "hours")
    words = shipped["feelings"].measure.words
    assert len(words) == len(set(words)) == 38
    assert all(word == word.lower().strip() and " " not in word for word in words)
    assert shipped["anxiety"].measure.definition.direction is Direction.LOWER


def test_numbers_and_ids_are_for_ever() -> None:
    shipped = _shipped()
    assert [one.number for one in shipped.values()] == list(range(1, 15))
    assert shipped["mood"].measure.id == shipped_id("mood")
    assert str(shipped_id("mood")) == "f7b3c5ea-1a9b-b3c2-4f30-145111045281"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"number": 0}, "measures[mood].number"),
        ({"number": FIRST_OWN_NUMBER}, "measures[mood].number"),
        ({"number": True}, "measures[mood].number"),
        ({"key": "Mood"}, "measures[Mood].key"),
        ({"key": 4}, "measures[1].key"),
        ({"name": " "}, "measures[mood]"),
        ({"name": None}, "measures[mood].name"),
        ({"low": "x" * 61}, "measures[mood]"),
        ({"lowest": 10}, "measures[mood]"),
        ({"step": 0.5}, "measures[mood].step"),
        ({"direction": "up"}, "measures[mood].direction"),
        ({"kind": "grid"}, "measures[mood].kind"),
        ({"how_often": "hourly"}, "measures[mood].how_often"),
        ({"in_use": "yes"}, "measures[mood].in_use"),
        ({"words": ("calm",)}, "measures[mood].words"),
        ({"kind": "words"}, "measures[mood].words"),
        ({"kind": "words", "words": (" ",)}, "measures[mood].words"),
        ({"colour": "red"}, "measures[mood].colour"),
    ],
)
def test_a_measure_that_is_wrong_is_refused_with_its_place(changed: dict[str, object], field: str) -> None:
    with pytest.raises(MeasuresError) as refused:
        parse_measures(_file(GOOD | changed))
    assert refused.value.field == field
    assert refused.value.why


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (_file(GOOD, schema=2), "schema"),
        (_file(), "measures"),
        (_file(GOOD, GOOD | {"key": "other"}), "measures"),
        (_file(GOOD, GOOD | {"number": 2}), "measures"),
        (MappingProxyType({"schema": 1, "measures": ("mood",)}), "measures[1]"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(data: MappingProxyType[str, object], field: str) -> None:
    with pytest.raises(MeasuresError) as refused:
        parse_measures(data)
    assert refused.value.field == field


def test_what_is_left_out_has_its_default() -> None:
    (one,) = parse_measures(_file(GOOD))
    assert (one.measure.in_use, one.measure.definition.spans, one.measure.version) == (False, (0, 10), 1)
