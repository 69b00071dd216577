"""Names of people become initials wherever they are written, and nothing else changes."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.entry import EntrySummary, Phase
from integrate.domain.logs import EffectLine, EffectLog
from integrate.domain.moments import Strength
from integrate.domain.times import ZonedTime
from integrate.sharing.names import Replacing
from integrate.sharing.packet import PacketEntry

NAMES = ("Daniel", "Ines Moreau", "Anand Rao", "Zoë", "O'Hara", "Ana-Lucía", "李明", "Мария")
OTHERS = ("danielle", "I", "wines", "said", "rao's", "Zoëlle", "李", "bus", "2026-10-06", "**stars**", "mother's", "🙂")
NOON = ZonedTime(datetime(2026, 10, 6, 12, tzinfo=UTC), "Europe/Lisbon")

names_st = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
words_st = st.lists(st.sampled_from((*NAMES, *OTHERS, *(name.upper() for name in NAMES))), max_size=12)


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("I told Daniel, and daniel's sister.", "I told D., and D.'s sister."),
        ("Ines asked. Ines Moreau wrote it down. INES  MOREAU.", "I. asked. I. wrote it down. I."),
        ("Moreau called.", "M. called."),
        ("Dr Rao rang Dr Anand Rao.", "Dr R. rang A."),
        ("A danielle, some wines, the raoult.", "A danielle, some wines, the raoult."),
        ("今天李明来了", "今天李.来了"),
        (unicodedata.normalize("NFD", "Zoë was there."), "Z. was there."),
    ],
)
def test_a_name_becomes_an_initial_as_a_whole_word(text: str, replaced: str) -> None:
    assert Replacing(("Daniel", "Ines Moreau", "Dr Anand Rao", "李明", "Zoë")).text(text) == replaced


def test_signs_around_and_in_a_name_do_not_hide_it() -> None:
    replacing = Replacing(("Daniel", "Ines Moreau", "O'Hara", "Ana-Lucía"))
    for text in ("_Daniel_", "__daniel__", "**Daniel**", "_Ines Moreau_", "Ines_Moreau", "O’Hara", "Ana\u2011Lucía"):
        assert not re.search("daniel|ines|moreau|hara|luc", replacing.text(text), re.IGNORECASE), text
    assert replacing.text("_danielle_ D_1") == "_danielle_ D_1"


def test_words_of_a_name_that_is_no_personal_one_stay() -> None:
    text = "The moon on a night in line with my hopes. Sister act."
    assert Replacing(("The night line", "my Sister")).text(text) == text


@given(names_st, words_st)
def test_no_full_name_is_left_and_other_words_stay(names: list[str], words: list[str]) -> None:
    replaced = Replacing(names).text(" ".join(words))
    for name in names:
        assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", replaced, re.IGNORECASE), name
    others = [word for word in words if word in OTHERS]
    left = [word for word in replaced.split(" ") if word in OTHERS]
    assert left == others


@given(names_st, words_st)
def test_the_order_of_names_makes_no_difference_and_twice_is_once(names: list[str], words: list[str]) -> None:
    text = " ".join(words)
    results = {Replacing(order).text(text) for order in permutations(names)}
    assert len(results) == 1
    (once,) = results
    assert Replacing(names).text(once) == once


@given(st.text())
def test_a_text_without_any_name_stays_byte_for_byte(text: str) -> None:
    assert Replacing(("Qxyzzyq",)).text(text) == text
    assert Replacing(()).text(text) == text


@given(st.lists(st.text(min_size=1, max_size=8), max_size=3), st.text(max_size=60))
def test_no_name_and_no_text_is_ever_too_much(names: list[str], text: str) -> None:
    Replacing(names).text(text)


@pytest.mark.parametrize(
    ("name", "text", "replaced"),
    [
        ("Ines Moreau", "with \u0130NES moreau and \u0131nes moreau", "with I. and I."),
        ("Sam Kist", "\u017fam \u212aist came", "S. came"),
        ("\u212aai O'Shea", "kai o\u2019shea came", "K. came"),
        ("Jos\u00e9", "jose\u0301 came", "J. came"),
        ("\u00c9\u00e9", "\u00e9\u00c9 came", "\u00c9. came"),
        ("Дарья", "ДАРЬЯ came", "Д. came"),
    ],
)
def test_letters_with_several_forms_do_not_hide_a_name(name: str, text: str, replaced: str) -> None:
    assert Replacing((name,)).text(text) == replaced


def test_it_reaches_every_text_that_was_written_and_no_code() -> None:
    summary = EntrySummary(
        UUID(int=1), NOON, Phase.INTEGRATE, None, "Nausea-1", "With Daniel", "Daniel came", ("daniel",), False, None,
        4, 1, NOON.instant, NOON.instant, None,
    )  # fmt: skip
    entry = PacketEntry(summary, "Daniel came by.", ("Daniel",), (), "Who was there, Daniel?")
    changed = Replacing(("Daniel", "Europe", "nausea")).everywhere((entry,))[0]
    assert "daniel" not in repr(changed).casefold()
    assert changed.summary.at.zone == "Europe/Lisbon"
    assert changed.summary.prompt_id == "Nausea-1"
    log = EffectLog(UUID(int=2), (EffectLine("nausea", Strength.MILD, told="Daniel"),), "Daniel held the bowl.")
    noted = Replacing(("Daniel", "nausea")).everywhere(log)
    assert (noted.lines[0].effect, noted.lines[0].told, noted.note) == ("nausea", "D.", "D. held the bowl.")


def test_what_holds_no_name_is_the_same_value() -> None:
    log = EffectLog(UUID(int=2), (EffectLine("nausea", Strength.MILD),), "Quiet.")
    assert Replacing(("Daniel",)).everywhere(log) is log


@pytest.mark.parametrize(
    ("name", "pseudonym", "text", "replaced"),
    [
        ("Sarah Miles", "Sarah M.", "Sarah Miles. Sarah and Miles", "Sarah M. Sarah and Sarah M."),
        ("Sarah", "Sarah M.", "Sarah came", "Sarah came"),
        ("Sarah Miles", "S. Miles", "Sarah Miles came, Sarah", "S. Miles came, S. Miles"),
    ],
)
def test_a_pseudonym_with_part_of_the_name_comes_once(name: str, pseudonym: str, text: str, replaced: str) -> None:
    assert Replacing((), {name: pseudonym}).text(text) == replaced


def test_the_persons_own_name_becomes_the_pseudonym() -> None:
    replacing = Replacing(("Daniel",), {"Sarah Miles": "S"})
    assert replacing.text("Sarah, said Daniel. Sarah Miles!") == "S, said D. S!"
    assert date(2026, 1, 1) == replacing.everywhere(date(2026, 1, 1))
