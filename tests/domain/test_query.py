"""What is typed into the search field, and scripts without spaces."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.query import Query, Term, as_typed, parse_query
from integrate.domain.scripts import SEPARATOR, index_form, is_unspaced, split_word
from integrate.domain.snippets import fold


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query((), ())),
        ("   \n", Query((), ())),
        ("sea", Query((Term("sea"),), ())),
        ("sea wave", Query((Term("sea"), Term("wave")), ())),
        ("sea*", Query((Term("sea", prefix=True),), ())),
        ('"a calm sea"', Query((Term("a calm sea"),), ())),
        ('"a calm se"*', Query((Term("a calm se", prefix=True),), ())),
        ("🌊", Query((), ("🌊",))),
        ("sea 🌊 :-)", Query((Term("sea"),), ("🌊", ":-)"))),
        ("*", Query((), ("*",))),
        ('""', Query((), ())),
        ('"', Query((), ('"',))),
        ('say "hello', Query((Term("say"), Term('"hello')), ())),
        ("cafe\u0301", Query((Term("caf\u00e9"),), ())),
        ("a\x00b", Query((Term("a"), Term("b")), ())),
    ],
)  # fmt: skip
def test_a_query_is_words_phrases_beginnings_and_signs(text: str, query: Query) -> None:
    assert parse_query(text) == query


@pytest.mark.parametrize(
    "text", ["AND", "sea OR wave", "NOT sea", "NEAR(sea wave)", "title:sea", "^sea", "(sea", "-sea"]
)
def test_nothing_typed_is_syntax_for_the_index(text: str) -> None:
    expression = parse_query(text).match_expression()
    assert all(part.startswith('"') and part.endswith('"') for part in expression.split(" AND ") if part)


@given(st.text())
def test_any_text_is_a_query_of_balanced_quotes(text: str) -> None:
    query = parse_query(text)
    expression = query.match_expression()
    assert expression.count('"') % 2 == 0
    assert "\x00" not in expression
    assert bool(query.terms or query.literals) == bool(text.replace('"', "").replace("\x00", "").strip()) or '"' in text


def test_an_unspaced_script_is_split_into_its_characters() -> None:
    assert index_form("記憶の海") == SEPARATOR.join("記憶の海")
    assert index_form("wave海2") == SEPARATOR.join(("wave", "海", "2"))
    assert index_form("plain words, été") == "plain words, été"


@given(st.text().filter(lambda text: SEPARATOR not in text))
def test_the_form_for_the_index_changes_nothing_but_separators_and_marks(text: str) -> None:
    form = index_form(text)
    assert fold(form.replace(SEPARATOR, "")) == fold(unicodedata.normalize("NFC", text))
    assert index_form(form) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [("ещё", "еще"), ("καλημέρα", "καλημερα"), ("שָׁלוֹם", "שלום"), ("مُحَمَّد", "محمد"), ("été", "été"), ("tiếng", "tiếng")],
)
def test_marks_of_other_alphabets_are_left_out_and_latin_ones_left_to_the_tokenizer(text: str, form: str) -> None:
    assert index_form(text) == form


@given(st.text())
def test_the_units_of_a_word_lie_side_by_side(word: str) -> None:
    spans = split_word(word)
    assert "".join(word[start:end] for start, end in spans) == word
    assert all(start < end for start, end in spans)


@pytest.mark.parametrize("character", "海記ひカー한ㄅ々〇𠀀")
def test_han_kana_hangul_and_bopomofo_are_unspaced(character: str) -> None:
    assert is_unspaced(character)


@pytest.mark.parametrize("character", "aZ9é。、・　 🌊สश")
def test_other_characters_are_not(character: str) -> None:
    assert not is_unspaced(character)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wre", "wre*"),
        ("wren was he", "wren was he"),
        ("wren was her", "wren was her*"),
        ("wr", "wr"),
        ("wren ", "wren "),
        ("wren*", "wren*"),
        ('"the wren', '"the wren'),
        ('"the wren"', '"the wren"'),
        ("wren!", "wren!"),
        ("", ""),
    ],
)
def test_the_last_word_that_is_typed_is_a_beginning_from_three_letters_on(typed: str, meant: str) -> None:
    assert as_typed(typed) == meant


@given(st.text())
def test_what_is_meant_while_typing_keeps_every_other_term(text: str) -> None:
    before, after = parse_query(text), parse_query(as_typed(text))
    assert after.literals == before.literals
    assert [term.text for term in after.terms][:-1] == [term.text for term in before.terms][:-1]
