"""How numbers are written and which country they are for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QLocale

from integrate.domain.helplines import ELSEWHERE

_ISOLATE: Final = "\u2066"  # what follows is read from left to right, whatever stands around it
_END: Final = "\u2069"


def phone(number: str) -> str:
    """``number`` so that its groups keep their order where text runs from right to left: else it reaches nobody."""
    return number if number.isdigit() else f"{_ISOLATE}{number}{_END}"


def country_code(chosen: str, known: Collection[str], locale: QLocale) -> str:
    """Whose numbers are shown: those of the ``chosen`` country, else the system's, else the page for all others."""
    if chosen:
        return chosen
    guess = QLocale.territoryToCode(locale.territory())
    return guess if guess in known else ELSEWHERE
