"""What Help now and the session room both need to say whom to call: numbers as written, the country, my people."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

from integrate.domain.helplines import ELSEWHERE

if TYPE_CHECKING:
    from integrate.system.locked_help import LockedLine
    from integrate.system.paths import Paths

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


def locked_people(place: Path, paths: Paths) -> tuple[LockedLine, ...] | None:
    """The lines that may be seen while the journal at ``place`` is locked; None where no journal could have any."""
    from integrate.errors import KnownError
    from integrate.journal.info import journal_info
    from integrate.system.locked_help import read_locked_help

    try:
        vault_id = journal_info(place).id
    except KnownError:
        return None
    return read_locked_help(paths, vault_id.bytes)
