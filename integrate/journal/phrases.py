"""Phrases that open files for somebody: drawn by chance, or typed by the person and strong enough."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache
from typing import Final

from integrate.domain.entry import is_line
from integrate.domain.passphrase import normalise
from integrate.domain.strength import Level
from integrate.errors import WrongUsage
from integrate.i18n import _
from integrate.journal.strength import judge_phrase
from integrate.resources import ResourceError, read_text

WORDS_IN_A_PHRASE: Final = 6
WORDS_TO_DRAW_FROM: Final = 7776
"""Of so many words six are one of 7776^6 phrases: 77.5 bits."""

LONGEST_PHRASE: Final = 127
"""Bytes of UTF-8: what a PDF takes of a password. What comes after them would not count."""


def draw_phrase() -> str:
    """Six words with a space between, each drawn by itself with the random source of the system.

    Raises:
        ResourceError: the list of words is damaged.
    """
    return " ".join(secrets.choice(phrase_words()) for _number in range(WORDS_IN_A_PHRASE))


@cache
def phrase_words() -> tuple[str, ...]:
    """The words that phrases are drawn from.

    Raises:
        ResourceError: it is not the list it should be: fewer words would make every phrase easier to guess.
    """
    words = tuple(read_text("words", "eff-large.txt").split())
    if len(words) != WORDS_TO_DRAW_FROM or len(set(words)) != WORDS_TO_DRAW_FROM:
        raise ResourceError("words/eff-large.txt", "it has to have 7776 different words")
    return words


def checked_phrase(text: str, own_words: Sequence[str] = ()) -> str:
    """A phrase somebody typed, in the form it is kept in: without blanks around it, one spelling for the same letters.

    ``own_words`` are what others would try first, such as the name of who it is for.

    Raises:
        WrongUsage: it is not one line, longer than a PDF takes, or less than "Good" on the meter.
    """
    if not is_line(text):
        raise WrongUsage(reason=_("A phrase is one line."))
    phrase = normalise(text).strip()
    if len(phrase.encode("utf-8")) > LONGEST_PHRASE:
        raise WrongUsage(reason=_("This phrase is too long for a PDF. Up to 127 plain letters and spaces go in."))
    strength = judge_phrase(phrase, own_words)
    if strength.level < Level.GOOD:
        reason = _("This phrase is not strong enough for a file that leaves your hands.")
        raise WrongUsage(reason=f"{reason} {strength.sentence}")
    return phrase
