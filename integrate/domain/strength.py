"""How hard a passphrase is to guess, told as what the guessing would cost in money.

The reasoning, so that it can be checked and argued with:

* An attacker holds a copy of the journal and tries passphrases in the order in which people choose them. How many
  tries a passphrase withstands is estimated elsewhere (zxcvbn) and handed in here; on average half of them are needed.
* Each try costs one derivation of the key. Argon2id is bound by memory traffic, so a try costs in proportion to memory
  times passes. The measured point is a consumer card at OWASP's lowest recommendation; ours is scaled from there.
* Computers are rented by the hour, so tries have a price. Time has none: who pays more waits less. That is why no
  sentence here speaks of years.

It is an estimate for whoever guesses by rule. A line from a song is in no list that the estimate knows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from integrate.domain.passphrase import MINIMUM_LENGTH
from integrate.i18n import _, ngettext

GUESSES_PER_SECOND: Final = 10_000
"""Published speed of one RTX 5090 at OWASP's lowest setting for Argon2id."""

MEASURED_MEBIBYTES: Final = 19
MEASURED_PASSES: Final = 2
"""That setting: 19 MiB, two passes."""

DOLLARS_PER_HOUR: Final = 0.70
"""An assumption: what renting such a card for an hour costs, in US dollars."""

WEAK_FROM: Final = 1_000
GOOD_FROM: Final = 100_000
STRONG_FROM: Final = 10_000_000
"""Dollars from which a passphrase is called weak (below: easy to guess), good and strong."""

_TRILLION: Final = 10**12


class Level(IntEnum):
    """How strong; the number is how many of the meter's four segments are filled."""

    TOO_SHORT = 0
    EASY = 1
    WEAK = 2
    GOOD = 3
    STRONG = 4


@dataclass(frozen=True, slots=True)
class Strength:
    """What the meter shows.

    The sentence is ``before`` + ``cost`` + ``after``; ``cost`` is set in bold and is "" when there is none to tell.
    ``assumptions`` is the text of the tooltip, "" when nothing was estimated.
    """

    level: Level
    word: str
    before: str
    cost: str = ""
    after: str = ""
    assumptions: str = ""

    @property
    def segments(self) -> int:
        """How many of the four segments are filled."""
        return int(self.level)

    @property
    def sentence(self) -> str:
        """The whole sentence without emphasis."""
        return self.before + self.cost + self.after


def judge(length: int, bits: float, mebibytes: int, iterations: int) -> Strength:
    """Judge a passphrase of ``length`` characters that withstands two to the power of ``bits`` tries.

    ``mebibytes`` and ``iterations`` (passes) are the cost of Argon2id in this journal.
    """
    if length < MINIMUM_LENGTH:
        needed = _("A passphrase needs at least {minimum} characters.").format(minimum=MINIMUM_LENGTH)
        hint = _("A few ordinary words in a row are strong and easy to remember.")
        return Strength(Level.TOO_SHORT, level_word(Level.TOO_SHORT), f"{needed} {hint}")
    dollars = guessing_cost(bits, mebibytes, iterations)
    level = _level(dollars)
    cost = money(dollars)
    before, _slot, after = _sentence(dollars).partition("{cost}")
    return Strength(level, level_word(level), before, cost, after, assumptions(mebibytes, iterations))


def guessing_cost(bits: float, mebibytes: int, iterations: int) -> float:
    """Dollars that guessing costs on average: half of two to the power of ``bits`` tries, at the price of a try."""
    work = mebibytes * iterations / (MEASURED_MEBIBYTES * MEASURED_PASSES)
    dollars_per_guess = DOLLARS_PER_HOUR / 3600 * work / GUESSES_PER_SECOND
    # Beyond a thousand bits a float has no number for it, and nobody has the money.
    return dollars_per_guess * math.exp2(min(bits - 1, 1000.0))


def money(dollars: float) -> str:
    """An amount in words, cut down to one significant figure so that it never claims more than was estimated."""
    if dollars < 1:
        return _("less than 1 dollar")
    if dollars >= _TRILLION:
        return _("more than a trillion dollars")
    whole = int(dollars)
    power = 10 ** (len(str(whole)) - 1)
    amount = whole // power * power
    if amount >= 10**9:
        return ngettext("{count} billion dollars", "{count} billion dollars", amount // 10**9).format(
            count=amount // 10**9
        )
    if amount >= 10**6:
        return ngettext("{count} million dollars", "{count} million dollars", amount // 10**6).format(
            count=amount // 10**6
        )
    return ngettext("{count} dollar", "{count} dollars", amount).format(count=f"{amount:,}")


def level_word(level: Level) -> str:
    """The word beside the meter."""
    match level:
        case Level.TOO_SHORT:
            return _("Too short")
        case Level.EASY:
            return _("Easy to guess")
        case Level.WEAK:
            return _("Weak")
        case Level.GOOD:
            return _("Good")
        case Level.STRONG:
            return _("Strong")


def assumptions(mebibytes: int, iterations: int) -> str:
    """What the estimate rests on, for the tooltip."""
    speed = GUESSES_PER_SECOND * MEASURED_MEBIBYTES * MEASURED_PASSES / (mebibytes * iterations)
    return _(
        "Assumed: a rented graphics card tries about {speed} passphrases a second with this journal's settings "
        "({mebibytes} MiB, {passes} passes) and costs {price} dollars an hour. On average half of all tries are needed."
    ).format(speed=_rounded(speed), mebibytes=mebibytes, passes=iterations, price=f"{DOLLARS_PER_HOUR:.2f}")


def _sentence(dollars: float) -> str:
    if 1 <= dollars < _TRILLION:
        return _(
            "To guess it, someone would need to spend roughly {cost} on rented computers. This is an estimate: "
            "a line from a song or a book is far easier to guess than it looks."
        )
    return _(
        "To guess it, someone would need to spend {cost} on rented computers. This is an estimate: "
        "a line from a song or a book is far easier to guess than it looks."
    )


def _level(dollars: float) -> Level:
    if dollars < WEAK_FROM:
        return Level.EASY
    if dollars < GOOD_FROM:
        return Level.WEAK
    return Level.GOOD if dollars < STRONG_FROM else Level.STRONG


def _rounded(speed: float) -> str:
    """A speed with two significant figures: more would be made up."""
    whole = max(round(speed), 1)
    step = 10 ** max(len(str(whole)) - 2, 0)
    return f"{round(whole / step) * step:,}"
