"""Digits that are typed one after another, and the number of a range that they make."""

from __future__ import annotations

from typing import NamedTuple


class Typed(NamedTuple):
    """What was typed so far, the number it is (None: none of the range yet), and whether another digit may follow."""

    digits: str
    number: int | None
    waits: bool


def type_digit(before: str, digit: int, lowest: int, highest: int) -> Typed:
    """``digit`` typed right after ``before``, or anew where both together begin no number from lowest to highest.

    A digit that begins none leaves nothing behind.
    """
    numbers = [str(number) for number in range(max(lowest, 0), highest + 1)]
    for digits in (f"{before}{digit}", str(digit)):
        if any(number.startswith(digits) for number in numbers):
            waits = any(number.startswith(digits) and number != digits for number in numbers)
            return Typed(digits, int(digits) if digits in numbers else None, waits)
    return Typed("", None, False)
