"""Threads: what a thread, an insight, a practice and a letter may hold."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from integrate.domain.practices import Cadence, PracticeState
from integrate.domain.threads import Insight, Letter, Practice, Source, Thread, ThreadState
from integrate.errors import WrongUsage
from tests.domain.sessions_kit import MADE, MONDAY

LONE_SURROGATE = "\ud83d"
NOVEL = "Whoever reads this later: it was worth it.\n" * 20_000
ID = UUID(int=7)


def _thread(name: str) -> Thread:
    return Thread(ID, name, ThreadState.OPEN, MADE)


def _insight(text: str) -> Insight:
    return Insight(ID, text, None, Source(), MADE)


def _practice(text: str) -> Practice:
    return Practice(ID, text, Cadence(), MONDAY, PracticeState.OPEN, None, MADE)


def _letter(text: str) -> Letter:
    return Letter(ID, ID, text, MADE)


@pytest.mark.parametrize("name", ["", "Softness", "x" * 300, "🧵🪡", "رفق \u202eרכות"])
def test_a_thread_has_any_name_or_none(name: str) -> None:
    assert _thread(name).name == name


@pytest.mark.parametrize("name", ["two\nlines", "Softness\n", "\n", LONE_SURROGATE])
def test_the_name_of_a_thread_is_one_line(name: str) -> None:
    with pytest.raises(WrongUsage):
        _thread(name)


@pytest.mark.parametrize("make", [_insight, _practice, _letter])
@pytest.mark.parametrize("text", [pytest.param(NOVEL, id="novel"), "🌱", "ببطء", "two\nlines"])
def test_insights_practices_and_letters_may_be_as_long_as_they_like(
    make: Callable[[str], Insight | Practice | Letter], text: str
) -> None:
    assert make(text).text == text


@pytest.mark.parametrize("make", [_insight, _practice, _letter])
@pytest.mark.parametrize("text", ["", " \n\t", LONE_SURROGATE])
def test_they_need_a_word(make: Callable[[str], object], text: str) -> None:
    with pytest.raises(WrongUsage):
        make(text)


def test_a_quote_is_kept_byte_for_byte_and_is_a_text() -> None:
    assert Source(NOVEL, ID, 3).quote == NOVEL
    assert Source().quote == ""
    with pytest.raises(WrongUsage):
        Source(LONE_SURROGATE)
