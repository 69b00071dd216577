"""Numbers in words: only as many decimals as are needed, and never more than two."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from integrate.domain.measures import Definition

MOST_DECIMALS: Final = 2


def decimals_of(definition: Definition) -> int:
    """How many decimals the means of a measure are shown with: one, and two where it is answered in quarters."""
    return 1 if definition.step == 1 else MOST_DECIMALS


def rounded(value: float, decimals: int = MOST_DECIMALS) -> Decimal:
    """``value`` with at most so many decimals; a half is rounded away from 0, as it is taught at school."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number_words(value: float | Decimal, decimals: int = MOST_DECIMALS) -> str:
    """A number as "6", "6.1" or "−0.25". The window writes it in the way of the person's language instead."""
    number = value if isinstance(value, Decimal) else rounded(value, decimals)
    words = f"{abs(number):f}"
    if "." in words:
        words = words.rstrip("0").rstrip(".")
    return f"−{words}" if number < 0 else words
