"""Digits typed one after another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.ui.widgets.digits import Typed, type_digit


@pytest.mark.parametrize(
    ("before", "digit", "lowest", "highest", "typed"),
    [
        ("", 1, 0, 10, Typed("1", 1, True)),
        ("1", 0, 0, 10, Typed("10", 10, False)),
        ("1", 7, 0, 10, Typed("7", 7, False)),
        ("", 1, 10, 20, Typed("1", None, True)),
        ("1", 9, 10, 20, Typed("19", 19, False)),
        ("", 9, 1, 5, Typed("", None, False)),
        ("", 0, -5, 5, Typed("0", 0, False)),
        ("", 3, -9, -2, Typed("", None, False)),
    ],
)
def test_some(before: str, digit: int, lowest: int, highest: int, typed: Typed) -> None:
    assert type_digit(before, digit, lowest, highest) == typed


@given(lowest=st.integers(-20, 120), steps=st.integers(1, 10), data=st.data())
def test_every_number_from_nought_up_can_be_typed_and_no_other_comes(
    lowest: int, steps: int, data: st.DataObject
) -> None:
    highest = lowest + steps
    number = data.draw(st.integers(lowest, highest))
    before, found = "", None
    for digit in str(abs(number)):
        typed = type_digit(before, int(digit), lowest, highest)
        before, found = typed.digits if typed.waits else "", typed.number
        assert found is None or lowest <= found <= highest
    if number >= 0:
        assert found == number
