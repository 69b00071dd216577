"""One spelling for a passphrase, and the one rule for a new one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.passphrase import encode, normalise, require_strong_enough
from integrate.errors import ExitCode, ShortPassphrase, WrongUsage

UNICODE_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
text = st.text(st.characters(exclude_categories=["Cs"]))


@given(text)
def test_normalising_twice_changes_nothing(passphrase: str) -> None:
    assert normalise(normalise(passphrase)) == normalise(passphrase)


@given(text)
def test_composed_and_decomposed_spellings_give_the_same_bytes(passphrase: str) -> None:
    assert encode(unicodedata.normalize("NFC", passphrase)) == encode(unicodedata.normalize("NFD", passphrase))


def test_a_name_typed_on_two_systems_gives_the_same_bytes() -> None:
    assert encode("Zoe\u0308 caf\u00e9") == encode("Zo\u00eb cafe\u0301") == "Zo\u00eb caf\u00e9".encode()


@pytest.mark.parametrize("space", UNICODE_SPACES)
def test_every_unicode_space_becomes_a_plain_one(space: str) -> None:
    assert normalise(f"one{space}two") == "one two"


@pytest.mark.parametrize(
    ("one", "other"),
    [("word", "Word"), ("word", "word "), ("word", " word"), ("two words", "two  words"), ("ﬁn", "fin"), ("Ⅳ", "IV")],
)
def test_case_spaces_at_the_ends_and_look_alikes_count(one: str, other: str) -> None:
    assert encode(one) != encode(other)


def test_control_characters_are_kept() -> None:
    assert normalise("tab\there\x7f\x00") == "tab\there\x7f\x00"


@pytest.mark.parametrize("broken", ["\ud800", "abc\udcff def ghi", "\udfff tail of a pair"])
def test_half_a_surrogate_pair_is_told_kindly(broken: str) -> None:
    for action in (normalise, encode, require_strong_enough):
        with pytest.raises(WrongUsage) as caught:
            action(broken)
        assert caught.value.exit_code is ExitCode.USAGE
        assert "no valid text" in caught.value.message()
        assert broken not in caught.value.message()


def test_nine_characters_are_too_few_and_ten_are_enough() -> None:
    with pytest.raises(ShortPassphrase) as caught:
        require_strong_enough("nine char")
    assert "10" in caught.value.message()
    require_strong_enough("ten  chars")


def test_characters_are_counted_after_normalising_not_bytes() -> None:
    require_strong_enough("安全安全安全安全安全")
    with pytest.raises(ShortPassphrase):
        require_strong_enough("e\u0301" * 9)


def test_the_minimum_can_be_lowered_for_the_demo() -> None:
    require_strong_enough("demo", minimum=4)
