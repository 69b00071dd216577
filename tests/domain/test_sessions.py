"""Sessions: what is taken, what is told in words, and two at once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrate.domain.entry import LONGEST_LINE
from integrate.domain.sessions import (
    LONGEST_PRESENT,
    ROUTE_WORDS,
    SETTING_WORDS,
    Line,
    LineKind,
    Route,
    SessionDraft,
    SessionState,
    Setting,
    is_ahead,
    is_over_another,
)
from integrate.domain.times import ZonedTime
from integrate.errors import WrongUsage
from tests.domain.sessions_kit import MADE, begun, cancelled, day, held, local, planned, session, zoned_times

PLANNED, HELD, CANCELLED = SessionState
LONE_SURROGATE = "dose \ud800"
EMOJI = "👩🏽‍⚕️ Inês"
RIGHT_TO_LEFT = "د. ליאת \u202eأحمد"
NOVEL = "It was a quiet week, and I wrote it all down.\n" * 20_000


def _words(told: pytest.ExceptionInfo[WrongUsage]) -> str:
    return " ".join(told.value.sentences())


# --- Times ------------------------------------------------------------------------------------------------------------


def test_the_end_is_not_before_the_start() -> None:
    with pytest.raises(WrongUsage) as told:
        SessionDraft(HELD, started=local(day(0), "14:00"), ended=local(day(0), "13:59"))
    assert "Nothing was changed" in _words(told)


def test_an_end_that_looks_earlier_on_the_clock_is_one_instant_later() -> None:
    started = local(day(0), "14:00", "Europe/Lisbon")
    ended = ZonedTime(started.instant + timedelta(hours=2), "America/New_York")
    draft = SessionDraft(HELD, started=started, ended=ended)
    assert ended.local().time() < started.local().time()
    assert session(1, draft).length == timedelta(hours=2)


def test_an_end_in_the_hour_that_clocks_repeat_is_after_its_start() -> None:
    started = ZonedTime(datetime(2026, 10, 25, 0, 50, tzinfo=UTC), "Europe/Berlin")  # 02:50, summer time
    ended = ZonedTime(datetime(2026, 10, 25, 1, 20, tzinfo=UTC), "Europe/Berlin")  # 02:20, the second time
    assert session(1, SessionDraft(HELD, started=started, ended=ended)).length == timedelta(minutes=30)


@given(zoned_times(), zoned_times())
def test_an_end_is_taken_exactly_where_it_is_not_before_the_start(started: ZonedTime, ended: ZonedTime) -> None:
    if ended.instant >= started.instant:
        length = session(1, SessionDraft(HELD, started=started, ended=ended)).length
        assert length is not None and length >= timedelta(0)
    else:
        with pytest.raises(WrongUsage):
            SessionDraft(HELD, started=started, ended=ended)


def test_an_end_needs_a_start_and_a_held_session_a_day() -> None:
    for fields in ({"day": day(0), "ended": local(day(0))}, {}):
        with pytest.raises(WrongUsage):
            SessionDraft(HELD, **fields)  # type: ignore[arg-type]  # passed through


@given(zoned_times())
def test_day_zero_is_the_local_day_of_the_start(started: ZonedTime) -> None:
    assert SessionDraft(HELD, day=day(9), started=started).day == started.local_date()


def test_what_has_started_is_held_and_what_was_cancelled_stays_so() -> None:
    assert SessionDraft(PLANNED, started=local(day(0))).state is HELD
    assert SessionDraft(CANCELLED, started=local(day(0))).state is CANCELLED


def test_a_planned_time_is_kept_to_the_minute() -> None:
    assert SessionDraft(at=time(14, 2, 59, 7, tzinfo=UTC)).at == time(14, 2)


def test_a_session_may_be_planned_without_a_day_and_before_the_course() -> None:
    assert planned(1, None).day is None
    assert held(1, day(-9999)).day == day(-9999)


def test_a_length_is_known_only_from_both_ends() -> None:
    assert begun(1, local(day(0))).length is None
    assert planned(1, day(0)).length is None


# --- In the future, logged as held ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "ahead"),
    [
        (SessionDraft(HELD, day(1), zone="Europe/Lisbon"), True),
        (SessionDraft(HELD, day(0), zone="Europe/Lisbon"), False),
        (SessionDraft(HELD, day(1), zone="Pacific/Auckland"), False),  # there it is tomorrow already
        (SessionDraft(PLANNED, day(1)), False),
        (SessionDraft(CANCELLED, day(1)), False),
        (SessionDraft(HELD, started=local(day(0), "14:01")), True),
        (SessionDraft(HELD, started=local(day(0), "13:59")), False),
    ],
)
def test_one_in_the_future_logged_as_held_is_noticed_and_not_refused(draft: SessionDraft, ahead: bool) -> None:
    assert is_ahead(draft, local(day(0), "14:00").instant) is ahead


# --- Two at once ------------------------------------------------------------------------------------------------------


def _from_to(start: str, end: str | None, number: int = 1, on: int = 0) -> Any:
    return begun(number, local(day(on), start), None if end is None else local(day(on), end))


@pytest.mark.parametrize(
    ("start", "end", "over"),
    [
        ("14:00", "16:00", True), ("13:00", "14:01", True), ("15:59", "18:00", True), ("14:30", "15:00", True),
        ("12:00", "20:00", True), ("15:00", None, True), ("14:00", None, True),
        ("12:00", "14:00", False), ("16:00", "17:00", False), ("13:30", None, False), ("16:00", None, False),
    ],
)  # fmt: skip
def test_two_sessions_at_once_are_noticed(start: str, end: str | None, over: bool) -> None:
    other = _from_to("14:00", "16:00")
    assert is_over_another(_from_to(start, end).draft, (other,)) == (other if over else None)


@given(zoned_times(), st.integers(0, 300), zoned_times(), st.integers(0, 300))
def test_whether_two_are_at_once_does_not_depend_on_which_comes_first(
    one: ZonedTime, length: int, two: ZonedTime, other_length: int
) -> None:
    first = begun(1, one, ZonedTime(one.instant + timedelta(minutes=length), one.zone))
    second = begun(2, two, ZonedTime(two.instant + timedelta(minutes=other_length), two.zone))
    assert bool(is_over_another(first.draft, (second,))) == bool(is_over_another(second.draft, (first,)))
    assert is_over_another(first.draft, (first,)) == first


def test_only_times_of_held_sessions_can_be_at_once() -> None:
    draft = _from_to("14:00", "16:00").draft
    gone = session(2, draft, deleted=MADE)
    assert is_over_another(draft, (gone, held(3, day(0)), planned(4, day(0)), cancelled(5, day(0)))) is None
    assert is_over_another(SessionDraft(HELD, day(0)), (session(2, draft),)) is None
    assert is_over_another(SessionDraft(PLANNED, day(0), at=time(14)), (session(2, draft),)) is None


# --- Texts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "x" * LONGEST_LINE, EMOJI, RIGHT_TO_LEFT, "e\u0301" * 150, " as prescribed "])
def test_the_dose_is_kept_as_it_was_typed(text: str) -> None:
    draft = SessionDraft(dose=text, present=text)
    assert (draft.dose, draft.present) == (text, text)


def test_ten_people_with_names_of_three_hundred_characters_can_be_there() -> None:
    present = "x" * 299 + "\u00b7"
    assert len(SessionDraft(present=present * 10).present) == LONGEST_PRESENT


@pytest.mark.parametrize("text", ["x" * (LONGEST_LINE + 1), "two\nlines", "one\n", "\n", "a\u2028b", LONE_SURROGATE])
def test_a_dose_that_is_no_line_is_told_in_words(text: str) -> None:
    with pytest.raises(WrongUsage) as told:
        SessionDraft(dose=text)
    assert text not in _words(told)


@pytest.mark.parametrize("text", ["x" * (LONGEST_PRESENT + 1), "two\nlines", LONE_SURROGATE])
def test_who_was_there_is_one_line(text: str) -> None:
    with pytest.raises(WrongUsage):
        SessionDraft(present=text)


def test_a_zone_that_is_no_text_is_refused() -> None:
    with pytest.raises(WrongUsage):
        SessionDraft(zone=LONE_SURROGATE)


def test_every_setting_and_every_route_of_the_article_has_words() -> None:
    assert set(SETTING_WORDS) == set(Setting)
    assert list(ROUTE_WORDS.values()) == [
        "IV infusion", "Intramuscular injection", "Nasal spray", "Oral lozenge", "Sublingual tablet", "Other",
    ]  # fmt: skip
    assert set(ROUTE_WORDS) == set(Route)


# --- Lines of a session -----------------------------------------------------------------------------------------------


def _line(text: str, answer: str = "") -> Line:
    return Line(UUID(int=1), UUID(int=2), LineKind.INTENTION, 0, text, MADE, answer=answer)


@pytest.mark.parametrize("text", [pytest.param(NOVEL, id="novel"), EMOJI, RIGHT_TO_LEFT, "soft", " \n a \n"])
def test_a_novel_as_intention_is_taken_whole(text: str) -> None:
    assert _line(text, answer=text).text == text
    assert _line(text, answer=text).answer == text


@pytest.mark.parametrize("text", ["", "  ", "\n\t", LONE_SURROGATE])
def test_a_line_needs_a_word(text: str) -> None:
    with pytest.raises(WrongUsage):
        _line(text)


def test_an_answer_may_be_empty_and_is_a_text() -> None:
    assert _line("Why?").answer == ""
    with pytest.raises(WrongUsage):
        _line("Why?", answer=LONE_SURROGATE)
