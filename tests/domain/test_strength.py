from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.strength import Level, assumptions, guessing_cost, judge, level_word, money

OURS = (256, 3)


def bits_for(dollars: float) -> float:
    """How many bits cost so much with our settings."""
    return math.log2(dollars / guessing_cost(1, *OURS)) + 1


def test_under_ten_characters_nothing_is_estimated() -> None:
    short = judge(9, 200.0, *OURS)
    assert (short.level, short.segments, short.word) == (Level.TOO_SHORT, 0, "Too short")
    assert short.sentence.startswith("A passphrase needs at least 10 characters.")
    assert (short.cost, short.assumptions) == ("", "")


@pytest.mark.parametrize(
    ("dollars", "level", "word", "cost"),
    [
        (0.5, Level.EASY, "Easy to guess", "less than 1 dollar"),
        (1.5, Level.EASY, "Easy to guess", "1 dollar"),
        (999, Level.EASY, "Easy to guess", "900 dollars"),
        (1_001, Level.WEAK, "Weak", "1,000 dollars"),
        (99_000, Level.WEAK, "Weak", "90,000 dollars"),
        (100_100, Level.GOOD, "Good", "100,000 dollars"),
        (4_200_000, Level.GOOD, "Good", "4 million dollars"),
        (10_010_000, Level.STRONG, "Strong", "10 million dollars"),
        (7_900_000_000, Level.STRONG, "Strong", "7 billion dollars"),
        (2e15, Level.STRONG, "Strong", "more than a trillion dollars"),
    ],
)
def test_the_level_goes_by_the_money_and_so_does_the_sentence(
    dollars: float, level: Level, word: str, cost: str
) -> None:
    found = judge(20, bits_for(dollars), *OURS)
    assert (found.level, found.word, found.cost, found.segments) == (level, word, cost, int(level))
    assert found.sentence == found.before + cost + found.after
    assert ("roughly" in found.before) == (1 <= dollars < 1e12)


def test_the_sentence_of_the_welcome_page() -> None:
    assert judge(20, bits_for(4_000_001), *OURS).sentence == (
        "To guess it, someone would need to spend roughly 4 million dollars on rented computers. "
        "This is an estimate: a line from a song or a book is far easier to guess than it looks."
    )


def test_the_cost_is_half_of_all_guesses_at_the_measured_speed_and_price() -> None:
    # At the measured setting: 10,000 guesses a second for an hour cost 70 cents.
    assert guessing_cost(math.log2(2 * 36_000_000), 19, 2) == pytest.approx(0.70)


def test_our_settings_cost_about_twenty_times_the_measured_ones() -> None:
    assert guessing_cost(40, *OURS) / guessing_cost(40, 19, 2) == pytest.approx(20.2, abs=0.1)


@given(st.floats(0, 5000), st.integers(8, 4096), st.integers(1, 100))
def test_more_bits_more_memory_and_more_passes_never_cost_less(bits: float, mebibytes: int, passes: int) -> None:
    cost = guessing_cost(bits, mebibytes, passes)
    assert math.isfinite(cost)
    assert cost <= guessing_cost(bits + 1, mebibytes, passes)
    assert cost < guessing_cost(bits, mebibytes + 1, passes)
    assert cost < guessing_cost(bits, mebibytes, passes + 1)
    assert judge(10, bits, mebibytes, passes).level >= Level.EASY


@given(st.floats(1, 999_999_999_999))
def test_an_amount_has_one_significant_figure_and_never_claims_more(dollars: float) -> None:
    words = money(dollars)
    number = int(words.split()[0].replace(",", ""))
    scale = {"million": 10**6, "billion": 10**9}.get(words.split()[1], 1)
    assert number * scale <= dollars < 2 * number * scale
    assert len(str(number).strip("0")) == 1


def test_the_tooltip_names_what_was_assumed() -> None:
    text = assumptions(*OURS)
    assert "about 500 passphrases a second" in text
    assert "256 MiB, 3 passes" in text
    assert "0.70 dollars an hour" in text
    assert judge(20, 40.0, *OURS).assumptions == text


def test_every_level_has_a_word_of_its_own() -> None:
    assert len({level_word(level) for level in Level}) == len(Level) == 5
