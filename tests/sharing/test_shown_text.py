"""Which characters the pages show, and what stands for the others."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.sharing.font_widths import inter_width
from integrate.sharing.shown_text import STAND_IN, Shown, breakable, is_blank, runs_rightwards, shown

SHOWN = (
    "It’s only a bus. “Quoted”, café, naïve – 4 → 5, 10 €, ½",
    "Το λεωφορείο δεν ήρθε.",
    "Автобус не пришёл.",
    "האוטובוס לא הגיע (באמת)",
    "לֹא הִגִּיעַ",
    "لم تأت الحافلة",
    "🙂 ❤️ 👩‍👩‍👧 👍🏽 🇮🇪 1️⃣",
    "Zoe\u0301 and e\u0323\u0302",
    "$x$ #let *b* <a href='x'> \\foo{bar} =SUM(A1) @ref `raw` // /* */",
)


@pytest.mark.parametrize("text", SHOWN)
def test_text_in_the_letters_of_the_fonts_stays_what_it_is(text: str) -> None:
    found = shown(text)
    assert found.replaced == 0
    assert unicodedata.normalize("NFC", found.text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天 bus", Shown(f"{STAND_IN}{STAND_IN} bus", 2)),
        ("\ud800", Shown(STAND_IN, 1)),
        ("\ue000", Shown(STAND_IN, 1)),
        ("\uffff", Shown(STAND_IN, 1)),
        ("a\x01b\x7fc\ufeffd", Shown("abcd")),
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six", Shown("one\ntwo\nthree\nfour\nfive\nsix")),
        ("\tin", Shown("    in")),
        ("wide\u3000space", Shown("wide space")),
        ("x\u202etxet", Shown("xtxet")),
        ("a\u0f71", Shown(f"a{STAND_IN}", 1)),
        ("a\n\u06e7b", Shown("a\n\u00a0\u06e7b")),
        ("\u0301", Shown("\u00a0\u0301")),
        ("", Shown("")),
    ],
)
def test_what_no_font_has_is_stood_for_and_counted(text: str, expected: Shown) -> None:
    assert shown(text) == expected


@given(st.text(st.characters(), max_size=200))
def test_showing_is_total_and_leaves_nothing_more_to_replace(text: str) -> None:
    found = shown(text)
    assert found.replaced <= len(text)
    assert found.replaced <= found.text.count(STAND_IN)
    again = shown(found.text)
    assert again.replaced == 0
    assert again.text == found.text


@pytest.mark.parametrize(
    ("text", "expected"), [("word", False), ("שלום word", True), ("سلام", True), ("12 – שלום", True), ("12 :", None)]
)
def test_the_first_letter_says_where_a_paragraph_begins(text: str, expected: bool | None) -> None:
    assert runs_rightwards(text) is expected


@given(st.text(st.sampled_from("aWiбש🙂\u200d\ufe0f\u0301 -/1\n"), max_size=300), st.floats(2, 40))
def test_a_long_word_can_be_broken_and_loses_nothing(text: str, room: float) -> None:
    found = breakable(text, room)
    assert found.replace("\u200b", "") == text
    marks = "\u200d\ufe0f\u0301"
    assert not re.search(f"\u200b[{marks}]|\u200d\u200b", found)
    if not set("🙂\u200d\ufe0f") & set(text):
        assert all(inter_width(word, 1.0) <= room for word in re.split(r"[\s\u200b/-]", found.replace("\u0301", "")))


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \n\u200b\u200d", True), ("a", False), (STAND_IN, False)])
def test_a_text_without_anything_to_see_is_blank(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


def test_an_address_breaks_at_its_strokes_and_nowhere_else() -> None:
    address = "https://example.org/" + "a-part/of-it/" * 20
    assert breakable(address, 40) == address
