"""Preferences as plain JSON and back."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.entry import Phase
from integrate.domain.preferences import FIELDS, IDLE_MINUTES, Preferences, decode, encode
from integrate.domain.sessions import Route, Setting
from integrate.domain.trends_choice import NO_FORM, SPANS, TrendsChoice
from integrate.errors import WrongUsage

LINES = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=40)
TRENDS = st.builds(
    TrendsChoice,
    st.sampled_from(SPANS), st.none() | st.uuids(), st.none() | st.uuids(), st.none() | st.uuids(),
    st.none() | st.just(NO_FORM) | st.tuples(LINES, st.tuples(st.integers(-99, 0), st.integers(1, 99))),
    st.none() | st.sampled_from(Route) | st.sampled_from(Setting), st.booleans(),
)  # fmt: skip
CHOICES = st.fixed_dictionaries(
    {
        "name": LINES,
        "idle_minutes": st.sampled_from(IDLE_MINUTES),
        "lock_on_minimise": st.booleans(),
        "prompts_on": st.booleans(),
        "hidden_prompts": st.frozensets(LINES),
        "phase": st.sampled_from(Phase),
        "on_this_day": st.booleans(),
        "spelling": LINES,
        "own_words": st.lists(LINES.filter(bool), unique=True).map(tuple),
        "sensitive_input": st.booleans(),
        "synced_told": st.booleans(),
        "look_back_notice": st.booleans(),
        "trends": TRENDS,
    }
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def test_every_preference_has_its_rule() -> None:
    assert set(FIELDS) == {field.name for field in fields(Preferences)}


def test_nothing_kept_means_the_defaults() -> None:
    assert decode({}) == Preferences()
    assert decode(encode(asdict(Preferences()))) == Preferences()


@given(CHOICES)
def test_what_was_chosen_comes_back_through_json(choices: dict[str, Any]) -> None:
    assert decode(json.loads(json.dumps(encode(choices)))) == Preferences(**choices)


@given(st.dictionaries(st.sampled_from((*FIELDS, "of a newer version")), ANYTHING))
def test_no_kept_value_is_an_error(kept: dict[str, Any]) -> None:
    chosen = decode(kept)
    assert chosen.idle_minutes in IDLE_MINUTES
    assert decode(encode(asdict(chosen))) == chosen


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("idle_minutes", 0), ("idle_minutes", 61), ("idle_minutes", True), ("idle_minutes", "5"),
        ("prompts_on", 1), ("name", "two\nlines"), ("name", "x" * 201), ("name", "\ud800"), ("phase", "later"),
        ("own_words", "word"), ("hidden_prompts", [1]), ("trends", []), ("trends", {"days": 7}),
        ("trends", {"days": 28.0}), ("trends", {"year": "mood"}), ("trends", {"form": ["phq-9", 0]}),
        ("trends", {"form": ["phq-9", 0, True]}), ("trends", {"sessions": ["dose", "other"]}),
        ("trends", {"sessions": ["route", "clinic"]}), ("trends", {"bands": 1}),
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_refused_when_chosen_and_ignored_when_kept(name: str, value: object) -> None:
    with pytest.raises(WrongUsage):
        encode({name: value})
    assert decode({name: value}) == Preferences()


def test_a_route_and_a_setting_of_the_same_name_stay_apart() -> None:
    for some in (Route.OTHER, Setting.OTHER):
        found = decode(json.loads(json.dumps(encode({"trends": TrendsChoice(sessions=some)})))).trends.sessions
        assert type(found) is type(some)


def test_a_name_that_is_no_preference_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        encode({"colour": "blue"})
