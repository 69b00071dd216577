"""Moments: what can be marked in a session. Readings are kept as typed and compared with nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.moments import EFFECTS, LONGEST_WORDS, STRENGTH_WORDS, By, Mark, MomentKind, Strength
from integrate.errors import WrongUsage
from tests.domain.sessions_kit import day, local

AT = local(day(0), "14:52")
readings = st.none() | st.integers(1, 999)


def _mark(kind: MomentKind, **fields: Any) -> Mark:
    return Mark(kind, AT, **fields)


def test_a_moment_needs_no_words_at_all() -> None:
    mark = _mark(MomentKind.MARK)
    assert (mark.words, mark.by) == ("", By.ME)


@pytest.mark.parametrize("words", ["warm", "🌊", "شيء \u202eדבר", "x" * LONGEST_WORDS, "two\nlines"])
def test_words_are_kept_as_they_were_typed(words: str) -> None:
    assert _mark(MomentKind.WORDS, words=words).words == words


@pytest.mark.parametrize("words", ["", " \n", "x" * (LONGEST_WORDS + 1), "\ud800"])
def test_what_are_no_words_is_told_in_words(words: str) -> None:
    with pytest.raises(WrongUsage):
        _mark(MomentKind.WORDS, words=words)


@given(readings, readings, readings)
def test_a_reading_is_a_pulse_or_both_numbers_of_a_blood_pressure(
    pulse: int | None, systolic: int | None, diastolic: int | None
) -> None:
    complete = (systolic is None) == (diastolic is None) and (pulse is not None or systolic is not None)
    if complete:
        mark = _mark(MomentKind.VITALS, pulse=pulse, systolic=systolic, diastolic=diastolic)
        assert (mark.pulse, mark.systolic, mark.diastolic) == (pulse, systolic, diastolic)
    else:
        with pytest.raises(WrongUsage):
            _mark(MomentKind.VITALS, pulse=pulse, systolic=systolic, diastolic=diastolic)


@given(st.integers(1, 999), st.integers(1, 999), st.integers(1, 999))
def test_no_reading_is_too_high_or_too_low_to_be_kept(pulse: int, systolic: int, diastolic: int) -> None:
    assert _mark(MomentKind.VITALS, pulse=pulse, systolic=systolic, diastolic=diastolic).pulse == pulse


@pytest.mark.parametrize("number", [0, -1, 1000, 10**9])
@pytest.mark.parametrize("fields", [("pulse",), ("systolic", "diastolic")])
def test_what_no_device_shows_is_no_reading(fields: tuple[str, ...], number: int) -> None:
    with pytest.raises(WrongUsage):
        _mark(MomentKind.VITALS, **dict.fromkeys(fields, number))


@pytest.mark.parametrize("strength", Strength)
def test_a_side_effect_has_a_name_and_a_strength_none_being_one(strength: Strength) -> None:
    mark = _mark(MomentKind.EFFECT, effect="nausea", strength=strength, by=By.SITTER)
    assert (mark.effect, mark.strength) == ("nausea", strength)


@pytest.mark.parametrize(
    "fields", [{}, {"effect": "nausea"}, {"strength": Strength.MILD}, {"effect": " ", "strength": Strength.MILD}]
)
def test_half_a_side_effect_is_told_in_words(fields: dict[str, Any]) -> None:
    with pytest.raises(WrongUsage):
        _mark(MomentKind.EFFECT, **fields)


def test_a_side_effect_may_have_any_name() -> None:
    for name in ("Headache", "x" * 300, "🤢", "غثيان"):
        assert _mark(MomentKind.EFFECT, effect=name, strength=Strength.MILD).effect == name
    with pytest.raises(WrongUsage):
        _mark(MomentKind.EFFECT, effect="\udc80", strength=Strength.MILD)


def test_the_four_side_effects_are_those_of_the_article_and_strengths_are_words() -> None:
    assert list(EFFECTS.values()) == ["Nausea", "Increased heart rate", "Elevated blood pressure", "Disorientation"]
    assert list(STRENGTH_WORDS.values()) == ["none", "mild", "moderate", "strong"]
