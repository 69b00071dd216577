"""Numbers that are typed into a check-in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.measures import Definition, MeasureKind
from integrate.ui.check_in.amounts import amount_hint, amount_words, parse_amount

SLEEP = Definition("Sleep hours", highest=24, step=0.25, kind=MeasureKind.NUMBER, unit="hours")
STEPS = Definition("Steps", highest=30_000)


@pytest.mark.parametrize("text", ["7.25", "7,25", "7:15", " 7.25 ", "7h15", "7 h 15", "7\u066b25", "07:15"])
def test_a_quarter_past_seven_is_typed_in_many_ways(text: str) -> None:
    assert parse_amount(text, SLEEP) == 7.25


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_typed_is_no_answer_and_not_nought(text: str) -> None:
    assert parse_amount(text, SLEEP) is None
    assert parse_amount("0", SLEEP) == 0


@pytest.mark.parametrize(
    "text",
    ["7.3", "7:20", "7:75", "24.25", "-1", "seven", "7.25.1", "nan", "inf", "1e3", "9" * 400, "7:", "2 5", "1_0"],
)
def test_what_is_no_number_of_the_measure_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        parse_amount(text, SLEEP)


def test_a_colon_belongs_to_hours_alone() -> None:
    assert parse_amount("12000", STEPS) == 12_000
    with pytest.raises(ValueError, match="number"):
        parse_amount("7:15", STEPS)
    assert "7:15" in amount_hint(SLEEP)
    assert "7:15" not in amount_hint(STEPS)


@given(quarters=st.integers(-400_000, 400_000), point=st.sampled_from(".,\u066b"))
def test_what_is_shown_can_be_typed_again(quarters: int, point: str) -> None:
    wide = Definition("Anything", lowest=-100_000, highest=100_000, step=0.25, kind=MeasureKind.NUMBER)
    assert parse_amount(amount_words(quarters / 4, point), wide) == quarters / 4
