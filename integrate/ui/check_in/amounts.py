"""Numbers that are typed: hours of sleep as 7.25, 7,25 or 7:15, and whole numbers of a long range."""

from __future__ import annotations

import re
from typing import Final

from integrate.domain.measures import Definition
from integrate.i18n import _

_QUARTER: Final = 0.25
_CLOCK: Final = re.compile(r"(\d{1,9})\s*[:h]\s*(\d{1,2})")
_DECIMAL: Final = re.compile(r"[-−]?\d{1,9}(?:[.,\u066b]\d{1,9})?")
_AS_POINT: Final = str.maketrans({",": ".", "\u066b": ".", "−": "-"})
_MINUTES: Final = 60


def parse_amount(text: str, definition: Definition) -> float | None:
    """The number that ``text`` stands for; None where nothing is typed. A colon is read as hours and minutes.

    Raises:
        ValueError: it is no number of this measure: not in its range, or not on one of its steps.
    """
    typed = text.strip()
    if not typed:
        return None
    clock = _CLOCK.fullmatch(typed) if definition.step == _QUARTER else None
    if clock is not None and int(clock[2]) < _MINUTES:
        value = int(clock[1]) + int(clock[2]) / _MINUTES
    elif _DECIMAL.fullmatch(typed):
        value = float(typed.translate(_AS_POINT))
    else:
        raise ValueError("no number")
    if not definition.takes(value):
        raise ValueError("not a number of this measure")
    return value


def amount_words(value: float, point: str = ".") -> str:
    """A number without decimals it does not need, with ``point`` before them: "7", "7.5", "7.25"."""
    if float(value).is_integer():
        return str(int(value))
    return f"{value:.2f}".rstrip("0").replace(".", point)


def amount_hint(definition: Definition) -> str:
    """What may be typed, in one sentence."""
    if definition.step == _QUARTER:
        words = _("From {lowest} to {highest}, in quarters: 7.25 or 7:15.")
    else:
        words = _("A whole number from {lowest} to {highest}.")
    return words.format(lowest=definition.lowest, highest=definition.highest)
