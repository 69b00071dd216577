"""The hard-night page and early signs as plain values."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.hard_night import (
    KIND_WORDS,
    LONGEST,
    MOST,
    PAGE_KINDS,
    NightKind,
    NightLine,
    check_lines,
    of_kind,
    signs_of_closing,
    typed_lines,
)
from integrate.errors import WrongUsage

TEA = NightLine(UUID(int=1), NightKind.HELPS, "Warm tea 🌿", shown_locked=True)
COURSE = UUID(int=9)


def test_a_line_comes_back_from_plain_values() -> None:
    assert NightLine.from_json(TEA.as_json()) == TEA
    assert NightLine.from_json(TEA.as_json() | {"colour": "of a newer version"}) == TEA


def test_no_line_shows_while_locked_unless_that_was_chosen() -> None:
    assert not NightLine(TEA.id, TEA.kind, TEA.text).shown_locked
    kept = TEA.as_json()
    del kept["shown_locked"]
    assert not NightLine.from_json(kept).shown_locked


@pytest.mark.parametrize(
    "data",
    [None, [], "x", {}, TEA.as_json() | {"id": "x"}, TEA.as_json() | {"kind": "later"}, TEA.as_json() | {"text": 1},
     TEA.as_json() | {"text": " "}, TEA.as_json() | {"text": "a\nb"}, TEA.as_json() | {"shown_locked": 1}],
)  # fmt: skip
def test_what_is_no_line_is_refused(data: object) -> None:
    with pytest.raises(ValueError):
        NightLine.from_json(data)


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "a\u2028b", "x" * (LONGEST + 1), "\ud800"])
def test_a_line_is_one_line_with_a_word(text: str) -> None:
    with pytest.raises(WrongUsage):
        NightLine(TEA.id, NightKind.WHO, text)
    assert NightLine(TEA.id, NightKind.WHO, "x" * LONGEST).text


def test_a_list_has_an_end_and_each_line_its_place() -> None:
    lines = [NightLine(UUID(int=number), NightKind.TELL, "It passes.") for number in range(MOST)]
    check_lines(lines, PAGE_KINDS)
    with pytest.raises(WrongUsage):
        check_lines([*lines, TEA], PAGE_KINDS)
    with pytest.raises(WrongUsage):
        check_lines(lines, (NightKind.SIGN,))
    assert of_kind([TEA, *lines], NightKind.HELPS) == (TEA,)


def test_each_kind_has_its_words() -> None:
    assert [KIND_WORDS[kind] for kind in PAGE_KINDS] == ["What helps", "Who", "What I would tell myself"]
    assert set(KIND_WORDS) == set(NightKind)


def test_what_is_pasted_becomes_a_line_each() -> None:
    assert typed_lines(" tea \r\n\n the blue blanket\n") == ("tea", "the blue blanket")
    assert typed_lines(" \n ") == ()


@given(st.text(max_size=3 * LONGEST))
def test_signs_of_a_course_are_lines_that_are_never_shown_while_locked(text: str) -> None:
    signs = signs_of_closing(COURSE, text)
    assert signs == signs_of_closing(COURSE, text)
    assert len({sign.id for sign in signs}) == len(signs) <= MOST
    assert all(sign.kind is NightKind.SIGN and not sign.shown_locked for sign in signs)
    if len(signs) < MOST:
        assert "".join("".join(sign.text for sign in signs).split()) == "".join(text.split())
