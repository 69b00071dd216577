from __future__ import annotations

import subprocess
import sys
import time

import pytest

from integrate.domain.strength import Level
from integrate.journal.strength import judge_passphrase

OURS = (256, 3)


@pytest.mark.parametrize(
    ("passphrase", "level"),
    [
        ("", Level.TOO_SHORT),
        ("kT9$wq!xZ", Level.TOO_SHORT),
        ("1234567890", Level.EASY),
        ("passwordpassword", Level.EASY),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", Level.EASY),
        ("correct horse battery staple river", Level.STRONG),
        ("\ud800" * 12, Level.TOO_SHORT),
    ],
)
def test_passphrases_are_judged_by_how_people_choose_them(passphrase: str, level: Level) -> None:
    assert judge_passphrase(passphrase, *OURS).level is level


def test_the_length_counts_after_normalising() -> None:
    assert judge_passphrase("e\u0301" * 9, *OURS).level is Level.TOO_SHORT


def test_ones_own_words_are_guessed_first_and_are_not_kept() -> None:
    from zxcvbn.matching import RANKED_DICTIONARIES  # type: ignore[import-untyped]  # the package has no types

    words = "Quillfeather Osmanthus"
    plain = judge_passphrase(words, *OURS).level
    known = judge_passphrase(words, *OURS, own_words=("Quillfeather", "Osmanthus")).level
    assert known < plain
    assert "user_inputs" not in RANKED_DICTIONARIES


def test_a_very_long_passphrase_is_judged_at_once() -> None:
    start = time.perf_counter()
    assert judge_passphrase("the river and the stone " * 5000, *OURS).level is Level.STRONG
    assert time.perf_counter() - start < 2


def test_the_word_lists_are_only_loaded_when_a_passphrase_is_judged() -> None:
    code = "import sys, integrate.journal.strength; sys.exit('zxcvbn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
