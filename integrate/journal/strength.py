"""Judges a passphrase while it is typed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from integrate.domain.passphrase import MINIMUM_LENGTH, normalise
from integrate.domain.strength import (
    DOLLARS_PER_HOUR,
    GUESSES_PER_SECOND,
    MEASURED_MEBIBYTES,
    MEASURED_PASSES,
    Strength,
    judge,
)
from integrate.errors import WrongUsage
from integrate.i18n import _

LONGEST_JUDGED: Final = 72
"""Characters that are looked at: the estimate slows down with the length, and so many are strong or never will be."""

FILE_GUESSES_PER_SECOND: Final = 10_000_000
"""An assumption for a file that leaves this computer: a PDF is tried a thousand times as fast as a journal."""

_LEAST_COST: Final = 1, 1  # MiB and passes: what the meter reckons with at least
_EASIER: Final = math.log2(
    FILE_GUESSES_PER_SECOND * math.prod(_LEAST_COST) / (GUESSES_PER_SECOND * MEASURED_MEBIBYTES * MEASURED_PASSES)
)


def judge_passphrase(text: str, mebibytes: int, iterations: int, own_words: Sequence[str] = ()) -> Strength:
    """How strong ``text`` would be as the passphrase of a journal with this cost of Argon2id.

    ``own_words`` are words an attacker who knows the person would try first, such as a name. Takes some
    20 milliseconds at most; only the first 72 characters are looked at. Nothing is kept of the text or of the words.
    """
    try:
        passphrase = normalise(text)
    except WrongUsage:  # half of a surrogate pair: it is refused later with its own sentence, here it weighs nothing
        passphrase = ""
    if len(passphrase) < MINIMUM_LENGTH:
        return judge(len(passphrase), 0.0, mebibytes, iterations)
    return judge(len(passphrase), _bits(passphrase[:LONGEST_JUDGED], own_words), mebibytes, iterations)


def judge_phrase(text: str, own_words: Sequence[str] = ()) -> Strength:
    """How strong ``text`` would be as the phrase of a file for somebody: a PDF costs far less to try than a journal.

    Otherwise as :func:`judge_passphrase`.
    """
    try:
        phrase = normalise(text).strip()
    except WrongUsage:
        phrase = ""
    bits = 0.0 if len(phrase) < MINIMUM_LENGTH else _bits(phrase[:LONGEST_JUDGED], own_words) - _EASIER
    strength = judge(len(phrase), bits, *_LEAST_COST)
    return replace(strength, assumptions=_file_assumptions()) if strength.assumptions else strength


def _file_assumptions() -> str:
    return _(
        "Assumed: a rented graphics card tries about {speed} phrases a second on a PDF and costs {price} dollars an "
        "hour. On average half of all tries are needed."
    ).format(speed=f"{FILE_GUESSES_PER_SECOND:,}", price=f"{DOLLARS_PER_HOUR:.2f}")


def _bits(passphrase: str, own_words: Sequence[str]) -> float:
    """How often two must be doubled to count the guesses until ``passphrase`` comes up."""
    # Only here: its word lists take a moment to load.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # the package has no type information
    from zxcvbn.matching import RANKED_DICTIONARIES  # type: ignore[import-untyped]  # the same

    try:
        guesses_log10 = zxcvbn(passphrase, user_inputs=list(own_words), max_length=LONGEST_JUDGED)["guesses_log10"]
    finally:
        # The library keeps the words of the last call in a module; they belong to the person.
        RANKED_DICTIONARIES.pop("user_inputs", None)
    return float(guesses_log10) * math.log2(10)
