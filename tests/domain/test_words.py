"""Counting words and showing the beginning of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.words import EXCERPT_LENGTH, count_words, excerpt


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("  \n ", 0), ("one", 1), ("one two\nthree", 3), ("I don’t, can't", 3), ("well-known way", 2),
     ("— … !", 0),
     ("記憶", 2), ("한국어 말", 4), ("I saw 海 today", 4), ("🌊 wave 🌊", 1)],
)  # fmt: skip
def test_words_are_counted_as_a_person_would(text: str, count: int) -> None:
    assert count_words(text) == count


@given(st.text(), st.text())
def test_texts_apart_count_together(one: str, other: str) -> None:
    assert count_words(one + "\n" + other) == count_words(one) + count_words(other)


@given(st.text(min_size=0, max_size=4000))
def test_an_excerpt_is_one_short_line(text: str) -> None:
    line = excerpt(text)
    assert len(line) <= EXCERPT_LENGTH
    assert len(line.splitlines()) <= 1
    assert line == line.strip() or line.endswith("…")


def test_an_excerpt_has_no_markdown_signs() -> None:
    text = "# A title\n\n- [ ] call **Ana**\n> said `yes` to [the walk](https://example.org)\n1. first"
    assert excerpt(text) == "A title call Ana said yes to the walk first"


def test_a_long_text_is_cut_at_a_word_with_an_ellipsis() -> None:
    line = excerpt("ocean " * 100)
    assert line.endswith("ocean…")
    assert len(line) > EXCERPT_LENGTH // 2


def test_a_text_without_spaces_is_cut_too() -> None:
    assert excerpt("記" * 500) == "記" * (EXCERPT_LENGTH - 1) + "…"


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Calm.") == "Calm."
