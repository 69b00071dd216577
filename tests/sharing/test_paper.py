"""Sheets of paper: what is known stands on them, the rest is lines to write on, and the sitter's card fits its page."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.sharing import Paper
from integrate.domain.sitter_words import SIGNS
from integrate.journal.help import countries, country
from integrate.sharing.paper import (
    LINE_KINDS,
    PART_WORDS,
    SHEET_ORDER,
    ConsentLine,
    RecoverySheet,
    SheetPart,
    SitterCard,
    TakeAlong,
    consent_line,
    recovery_sheet,
    take_along_sheet,
)
from tests.sharing.pdf_tools import facts_of, tags_of, words_of

EVE = date(2026, 10, 18)
SHEET = TakeAlong(
    "session 5",
    SitterCard(country("US"), "Daniel", (("Dr. Lee", "555 0100"),)),
    date(2026, 10, 19),
    "Sarah",
    ("To be a little softer with myself.",),
    ("A hand on my shoulder is okay.", "Stop word: lighthouse"),
    ("Can I take my allergy tablet that morning?",),
    ("How do we talk about the anger?",),
)
EMPTY = TakeAlong("my session", SitterCard(country("")))
RECOVERY = (
    "abandon",
    "ability",
    "able",
    "about",
    "above",
    "absent",
    "absorb",
    "abstract",
    "absurd",
    "abuse",
    "access",
    "accident",
)


def test_the_sheet_has_what_is_known_in_the_order_of_the_form(tmp_path: Path) -> None:
    data = take_along_sheet(SHEET, Paper.A4, made=EVE)
    front = words_of(tmp_path, data, "-l", "1")
    at = 0
    for words in (
        "For the day of session 5", "Sarah · Mon 2026-10-19", "My intention", SHEET.intentions[0],
        "Touch: what is okay, what is not, my stop word", *SHEET.touch, "Questions for my prescriber",
        *SHEET.for_prescriber, "Questions for my therapist", *SHEET.for_therapist, "Times", "Started", "Ended",
        "Words, images, sounds.",
    ):  # fmt: skip
        at = front.index(words, at)
    titles = [front.find(PART_WORDS[part].split(".")[0]) for part in SHEET_ORDER if part is not SheetPart.SITTER]
    assert titles == sorted(titles)
    assert -1 not in titles
    assert set(LINE_KINDS) < set(SHEET_ORDER)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("sheet", [SHEET, EMPTY], ids=["filled", "empty"])
def test_the_sitters_card_is_the_back_of_one_sheet(tmp_path: Path, sheet: TakeAlong, paper: Paper) -> None:
    data = take_along_sheet(sheet, paper, made=EVE)
    assert facts_of(tmp_path, data)["Pages"] == "2"
    back = words_of(tmp_path, data, "-f", "2")
    number = sheet.sitter_card.country.emergency.number
    assert f"When to call {number} Call at once for any of these:" in back
    assert all(sign in back for sign in SIGNS)
    assert all(
        words in back for words in ("People to call for other things", "I stay sober and calm", "Blood pressure")
    )
    assert all(line in back for line in sheet.touch)


@pytest.mark.parametrize("code", [code for code, _name in countries()])
def test_the_number_to_call_is_that_of_the_country(tmp_path: Path, code: str) -> None:
    page = country(code)
    sheet = replace(SHEET, sitter_card=SitterCard(page))
    back = words_of(tmp_path, take_along_sheet(sheet, Paper.A4, made=EVE), "-f", "2")
    assert f"When to call {page.emergency.number}" in back
    assert ("Numbers for" in back) == (code != "elsewhere")


def test_a_sheet_with_many_lines_still_has_the_card_on_a_back(tmp_path: Path) -> None:
    long = replace(SHEET, for_therapist=tuple(f"Question {number}" for number in range(30)))
    data = take_along_sheet(long, Paper.A4, made=EVE)
    pages = int(facts_of(tmp_path, data)["Pages"])
    assert pages % 2 == 0
    assert "For the person who sits with me" in words_of(tmp_path, data, "-f", str(pages))


def test_a_recovery_sheet_has_the_words_in_their_order_or_room_for_them(tmp_path: Path) -> None:
    filled = words_of(tmp_path, recovery_sheet(RecoverySheet(EVE, RECOVERY), Paper.A4))
    for number, word in enumerate(RECOVERY, start=1):
        assert f"{number}. {word}" in filled
    blank = words_of(tmp_path, recovery_sheet(RecoverySheet(EVE), Paper.LETTER))
    assert "Anyone who finds this paper can open your journal." in blank
    assert not set(RECOVERY) & set(blank.split())
    assert all(f"{number}." in blank for number in range(1, 13))
    with pytest.raises(ValueError, match="twelve"):
        RecoverySheet(EVE, RECOVERY[:11])
    assert RECOVERY[0] not in repr(RecoverySheet(EVE, RECOVERY))


def test_a_consent_line_names_the_file_and_both_people(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"the file").digest()
    line = ConsentLine(EVE, "Ines Moreau", "summary-2026-10-18-SM.pdf", digest, "Sarah", date(2026, 7, 20), EVE)
    text = words_of(tmp_path, consent_line(line, Paper.A4))
    for words in (
        "Given to Ines Moreau", "By Sarah", "File summary-2026-10-18-SM.pdf", "Saved Sun 2026-10-18",
        "Covers Mon 2026-07-20 to Sun 2026-10-18", "I chose what is in this file. Other writing may exist.", "Signed",
    ):  # fmt: skip
        assert words in text
    assert digest.hex() in text.replace(" ", "")


@pytest.mark.parametrize("make", ["take-along", "recovery", "consent"])
def test_sheets_are_tagged_and_say_what_they_are(tmp_path: Path, make: str) -> None:
    data = {
        "take-along": lambda: take_along_sheet(SHEET, Paper.A4, made=EVE),
        "recovery": lambda: recovery_sheet(RecoverySheet(EVE, RECOVERY), Paper.A4),
        "consent": lambda: consent_line(ConsentLine(EVE, "Ines", "a.pdf", b"\0" * 32), Paper.A4),
    }[make]()
    assert facts_of(tmp_path, data)["Tagged"] == "yes"
    kinds = [tag.kind for tag in tags_of(data)]
    assert kinds[:2].count("P") + kinds.count("H1") >= 1
    assert "H1" in kinds


@given(st.text(st.characters(exclude_characters="\0"), max_size=60), st.sampled_from(list(Paper)))
@settings(max_examples=25, deadline=None)
def test_no_words_are_refused(text: str, paper: Paper) -> None:
    card = SitterCard(country("IE"), text, ((text, text),))
    sheet = TakeAlong(text, card, EVE, text, (text,), (text, text), (text,), (text,))
    assert take_along_sheet(sheet, paper, made=EVE).startswith(b"%PDF")
    line = ConsentLine(EVE, text, text, b"\1" * 32, text)
    assert consent_line(line, paper).startswith(b"%PDF")
