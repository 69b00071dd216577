"""The words around what was found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.entry import Snippet
from integrate.domain.query import parse_query
from integrate.domain.snippets import AFTER, BEFORE, fold, make_snippet

LONG = "It began quietly. " * 20 + "Then the Ocean was there, blue. " + "And it ended quietly. " * 20
WORDS = st.sampled_from(
    ["sea", "Sea", "SEÁ", "wave", "the", "海", "記憶", "한국", "été", "🌊", ":-)", "a-b", "don’t", "\n", "…"]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join))
QUERIES = st.one_of(
    st.text(max_size=30), st.lists(WORDS, max_size=3).map(" ".join), st.just('"the sea"'), st.just("se*")
)


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


@given(TEXTS, QUERIES)
def test_a_snippet_is_a_stretch_of_the_text_and_its_marks_lie_inside(text: str, query: str) -> None:
    snippet = make_snippet(text, parse_query(query))
    one_line = re.sub(r"\s", " ", text)
    whole = {snippet.text, snippet.text.removeprefix("…"), snippet.text.removesuffix("…")}
    whole.add(snippet.text.removeprefix("…").removesuffix("…"))
    assert any(stretch in one_line for stretch in whole)
    ends = [0, *(edge for mark in snippet.marks for edge in mark), len(snippet.text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in snippet.marks)
    assert "\n" not in snippet.text


@given(TEXTS, WORDS)
def test_what_is_marked_is_what_was_looked_for(text: str, word: str) -> None:
    wanted = "".join(filter(str.isalnum, fold(word)))
    for found in marked(make_snippet(text, parse_query(word))):
        # Neighbouring finds are one mark, so it is the word once or several times.
        there = "".join(filter(str.isalnum, fold(found)))
        assert there == wanted * (len(there) // max(1, len(wanted)))


def test_case_and_diacritics_do_not_matter() -> None:
    assert marked(make_snippet("L’Été, un été", parse_query("ete"))) == ["Été", "été"]


def test_the_stretch_begins_and_ends_with_an_ellipsis_at_words() -> None:
    snippet = make_snippet(LONG, parse_query("ocean"))
    assert marked(snippet) == ["Ocean"]
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert len(snippet.text) <= BEFORE + AFTER + 2
    assert set(snippet.text.strip("…").split()) <= set(LONG.split())


def test_without_a_match_in_the_body_the_beginning_is_shown() -> None:
    snippet = make_snippet(LONG, parse_query("title"))
    assert snippet.marks == ()
    assert LONG.startswith(snippet.text.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("the calm sea, calm", '"calm sea"', ["calm sea"]),
        ("calm, then sea", '"calm sea"', []),
        ("remember remembering remove", "remem*", ["remember", "remembering"]),
        ("昨日の記憶の海", "記憶", ["記憶"]),
        ("오늘은 한국어를 배웠다", "국어", ["국어"]),
        ("over 🌊 and 🌊", "🌊", ["🌊", "🌊"]),
        ("so :-) yes", ":-)", [":-)"]),
        ("cafe\u0301 noir", "café", ["cafe\u0301"]),
        ("a_b", "b", ["b"]),
    ],
)
def test_phrases_beginnings_parts_and_signs_are_marked(text: str, query: str, found: list[str]) -> None:
    assert marked(make_snippet(text, parse_query(query))) == found


def test_a_very_long_match_is_kept_whole() -> None:
    word = "a" * 500
    assert marked(make_snippet("before " + word + " after", parse_query(word))) == [word]


def test_line_breaks_become_spaces() -> None:
    assert make_snippet("one\ntwo\r\nthree", parse_query("two")).text == "one two  three"
