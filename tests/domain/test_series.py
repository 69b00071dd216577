"""Series: which versions of a measure mean the same by their numbers, and which do not."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.measures import Definition, Direction, MeasureKind
from integrate.domain.series import Series, meanings

CALM = Definition("Body", low="calm", high="tense")
words = st.sampled_from(["", "calm", "tense", "Calm", "still", "wild"])
ends = st.tuples(words, words)


def _groups(*ends_of: tuple[str, str]) -> list[int]:
    """The series of each version, numbered as they come up."""
    meant = meanings([replace(CALM, low=low, high=high) for low, high in ends_of])
    order = list(dict.fromkeys(meant))
    return [order.index(one) for one in meant]


@pytest.mark.parametrize(
    "changed",
    [
        {"lowest": 1}, {"highest": 5}, {"step": 0.25}, {"kind": MeasureKind.NUMBER}, {"direction": Direction.LOWER},
        {"low": "tense", "high": "calm"},
    ],
)  # fmt: skip
def test_whatever_makes_a_number_say_something_else_begins_a_series(changed: dict[str, object]) -> None:
    before, after = meanings([CALM, replace(CALM, **changed)])  # type: ignore[arg-type]  # fields a test names
    assert before != after


@pytest.mark.parametrize(
    "changed", [{"name": "Weather inside"}, {"unit": "points"}, {"low": "clam"}, {"high": "TENSE "}, {"high": ""}]
)
def test_another_name_or_spelling_begins_none(changed: dict[str, object]) -> None:
    before, after = meanings([CALM, replace(CALM, **changed)])  # type: ignore[arg-type]  # fields a test names
    assert before == after


@pytest.mark.parametrize(
    ("versions", "series"),
    [
        # Swapped and back again, also with a slip of the pen in one end.
        ([("calm", "tense"), ("tense", "calm"), ("calm", "tense")], [0, 1, 0]),
        ([("calm", "tense"), ("Tense", " calm"), ("tense", "calm")], [0, 1, 1]),
        ([("calm", "tense"), ("tense", "clam"), ("tense", "calm"), ("calm", "tense")], [0, 1, 1, 0]),
        ([("clam", "tense"), ("calm", "tense"), ("tense", "calm")], [0, 0, 1]),
        # Swapped one end at a time, which is not known until the second.
        ([("calm", "tense"), ("tense", "tense"), ("tense", "calm")], [0, 0, 1]),
        # One end without a word.
        ([("", "tense"), ("tense", "")], [0, 1]),
        ([("", "tense"), ("tense", "calm")], [0, 1]),
        ([("", ""), ("calm", "tense"), ("", ""), ("tense", "calm")], [0, 0, 0, 1]),
        # Words that were never there before tell nothing.
        ([("calm", "tense"), ("still", "wild"), ("wild", "still"), ("tense", "calm")], [0, 0, 1, 1]),
    ],
)
def test_ends_are_followed_from_version_to_version(versions: list[tuple[str, str]], series: list[int]) -> None:
    assert _groups(*versions) == series


@given(st.lists(ends, min_size=1, max_size=6))
def test_the_mirror_of_every_version_makes_the_same_series(versions: list[tuple[str, str]]) -> None:
    assert _groups(*versions) == _groups(*[(high, low) for low, high in versions])


@given(st.lists(ends, max_size=6), ends)
def test_a_version_again_belongs_to_the_series_it_is_of(versions: list[tuple[str, str]], last: tuple[str, str]) -> None:
    *_before, one, again = _groups(*versions, last, last)
    assert one == again


def test_a_swap_while_the_range_was_another_is_still_known() -> None:
    narrow = replace(CALM, low="tense", high="calm", highest=5)
    first, _narrow, back = meanings([CALM, narrow, replace(narrow, highest=10)])
    assert first != back
    assert meanings([CALM, replace(CALM, highest=5), CALM])[::2] == (first, first)


def test_the_key_of_a_series_tells_it_from_every_other() -> None:
    def key(number: int = 1, definition: Definition = CALM, *, turned: bool = False) -> object:
        return Series(UUID(int=number), definition, True, (), (), (), turned).key

    others = (key(2), key(definition=replace(CALM, highest=5)), key(turned=True))
    assert len({key(), *others}) == 4
    assert key() == key(definition=replace(CALM, name="Weather inside", low="clam"))
