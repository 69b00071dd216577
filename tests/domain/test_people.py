"""People and own prompts as plain values."""

from __future__ import annotations

from uuid import UUID

import pytest

from integrate.domain.entry import Phase
from integrate.domain.own_prompts import OwnPrompt, clean_question, free_id
from integrate.domain.people import Person
from integrate.errors import WrongUsage

ANA = Person(UUID(int=1), "Ana", "555 0100", "sister", shown_locked=True, note="Not at night.\nText first.")


def test_a_person_comes_back_from_plain_values() -> None:
    assert Person.from_json(ANA.as_json()) == ANA
    assert Person.from_json(ANA.as_json() | {"photo": "of a newer version"}) == ANA


@pytest.mark.parametrize(
    "data", [None, [], {}, {"id": "x"}, ANA.as_json() | {"name": 1}, ANA.as_json() | {"name": " "}]
)
def test_what_is_no_person_is_refused(data: object) -> None:
    with pytest.raises(ValueError):
        Person.from_json(data)


@pytest.mark.parametrize("change", [{"name": " "}, {"name": "a\nb"}, {"number": "1\n2"}, {"note": "\ud800"}])
def test_a_person_has_a_name_and_single_lines(change: dict[str, str]) -> None:
    fields = {"name": "Ana", "number": "", **change}
    with pytest.raises(WrongUsage):
        Person(UUID(int=1), **fields)


def test_an_own_prompt_comes_back_from_plain_values() -> None:
    prompt = OwnPrompt("my-0000000a", "What did the sea say?", Phase.INTEGRATE, removed=True)
    assert OwnPrompt.from_json(prompt.as_json()) == prompt
    assert prompt.as_prompt().text == "What did the sea say?"
    for data in (None, {}, prompt.as_json() | {"phase": "later"}, prompt.as_json() | {"removed": 1}):
        with pytest.raises(ValueError):
            OwnPrompt.from_json(data)


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "x" * 501, "\ud800"])
def test_a_question_is_one_line(text: str) -> None:
    with pytest.raises(WrongUsage):
        clean_question(text)
    assert clean_question("  What now? ") == "What now?"


def test_an_id_that_was_used_is_passed_over() -> None:
    assert free_id(["my-00000001"], iter((1, 2))) == "my-00000002"
