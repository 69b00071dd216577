"""Drafts, sessions, tags: what is taken and what is refused."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.entry import LONGEST_LINE, Draft, Phase, SessionRef, clean_tags, is_line, tag_key
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage

AT = ZonedTime(datetime(2026, 3, 1, tzinfo=UTC), "UTC")
ONE_LINE = st.text(st.characters(codec="utf-8"), min_size=1).filter(
    lambda t: t.strip() and len(unicodedata.normalize("NFC", t.strip()).splitlines()) == 1
)


@pytest.mark.parametrize(
    ("text", "session"),
    [("3", SessionRef(2, 3)), ("1.4", SessionRef(1, 4)), (" 12 ", SessionRef(2, 12)), ("9999", SessionRef(2, 9999))],
)
def test_a_session_is_a_number_or_course_and_number(text: str, session: SessionRef) -> None:
    assert SessionRef.parse(text, newest_course=2) == session


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.0", "0.1", "1.2.3", "1,2", "one", "10000", "1.", ".1", "1 . 2", "²"]
)
def test_what_is_no_session_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        SessionRef.parse(text, newest_course=1)


@given(st.text())
def test_any_text_is_a_session_or_wrong_usage(text: str) -> None:
    try:
        session = SessionRef.parse(text, newest_course=7)
    except WrongUsage:
        return
    assert session.course >= 1
    assert session.number >= 1


def test_tags_are_trimmed_and_repeats_go_in_the_order_given() -> None:
    assert clean_tags((" Sea ", "calm", "SEA", "Calm", "ß", "SS")) == ("Sea", "calm", "ß")


def test_two_spellings_of_an_accent_are_one_tag() -> None:
    assert clean_tags(("caf\u00e9", "cafe\u0301")) == ("caf\u00e9",)


@pytest.mark.parametrize("tag", ["", "  ", "two\nlines", "two\rlines", "two\u2028lines", "two\x0blines"])
def test_a_tag_is_one_line_with_something_in_it(tag: str) -> None:
    with pytest.raises(WrongUsage):
        clean_tags((tag,))


@given(st.lists(ONE_LINE))
def test_cleaning_tags_twice_changes_nothing_and_loses_no_key(tags: list[str]) -> None:
    cleaned = clean_tags(tuple(tags))
    assert clean_tags(cleaned) == cleaned
    assert {tag_key(tag) for tag in cleaned} == {tag_key(tag) for tag in tags}
    assert len(cleaned) == len({tag_key(tag) for tag in cleaned})


@pytest.mark.parametrize("mood", [None, *range(11)])
def test_mood_is_0_to_10_or_not_set(mood: int | None) -> None:
    assert Draft("x", AT, mood_then=mood).mood_then == mood


@pytest.mark.parametrize("mood", [-1, 11, 100])
def test_another_mood_is_refused(mood: int) -> None:
    with pytest.raises(WrongUsage):
        Draft("x", AT, mood_then=mood)


@pytest.mark.parametrize("field", ["body", "title", "tags"])
def test_text_that_is_no_unicode_is_refused(field: str) -> None:
    fields: dict[str, object] = {"body": "x", "at": AT} | {field: ("\udc80",) if field == "tags" else "a\udc80"}
    with pytest.raises(WrongUsage):
        Draft(**fields)  # type: ignore[arg-type]  # passed through


def test_a_draft_begins_as_preparation_and_may_be_shared() -> None:
    draft = Draft("", AT)
    assert (draft.phase, draft.never_share, draft.session, draft.tags) == (Phase.PREPARE, False, None, ())


def test_sessions_are_in_order_by_course_and_number() -> None:
    assert sorted([SessionRef(2, 1), SessionRef(1, 10), SessionRef(1, 9)]) == [
        SessionRef(1, 9), SessionRef(1, 10), SessionRef(2, 1),
    ]  # fmt: skip


@given(st.text("ab \t🧵ש\u202e", max_size=20), st.sampled_from("\n\r\v\f\x85\u2028\u2029"), st.text("ab", max_size=9))
def test_a_line_has_no_break_anywhere(before: str, line_break: str, after: str) -> None:
    assert is_line(before + after)
    assert not is_line(before + line_break + after)


def test_a_line_is_as_long_as_it_may_be_and_no_longer() -> None:
    assert is_line("x" * LONGEST_LINE) and not is_line("x" * (LONGEST_LINE + 1))
    assert is_line("xy", 2) and not is_line("xyz", 2)
    with pytest.raises(WrongUsage):
        is_line("\ud800")
