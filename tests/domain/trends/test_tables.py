"""The twins of the charts: exactly their numbers, gaps that are not zeros, and a CSV text that stays a table."""

from __future__ import annotations

import csv
import io
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.domain.logs import EffectLine, EffectLog
from integrate.domain.measures import Definition
from integrate.domain.moments import Strength
from integrate.domain.trends import (
    ScoredResponse,
    SessionDay,
    align,
    baseline,
    change_in_check_ins,
    daily_values,
    questionnaire_change,
    side_effects_by_session,
    spread,
    trailing_mean,
    year_cells,
)
from integrate.domain.trends.csv_text import csv_text, tab_text
from integrate.domain.trends.tables import (
    Table,
    aligned_table,
    change_table,
    effects_table,
    over_time_table,
    responses_table,
    row_words,
    year_table,
)
from tests.domain.trends.trends_kit import (
    DAY0,
    MOOD,
    SLEEP_HOURS,
    answers,
    diary,
    instant,
    series_of,
    session_on,
    some_sessions,
)

FEW = settings(max_examples=30, deadline=None)
Rows = list[tuple[int, int, float]]


def test_a_table_has_a_cell_for_each_heading() -> None:
    with pytest.raises(ValueError, match="heading"):
        Table(("Day", "Mood"), (("2026-10-05",),))


# --- Over time --------------------------------------------------------------------------------------------------------


def test_over_time_has_each_day_and_says_where_there_is_no_answer() -> None:
    daily = daily_values(series_of([(DAY0, 9, 0), (DAY0, 20, 1), (DAY0 + 1, 9, 4), (DAY0 + 3, 9, 6)]))
    table = over_time_table(MOOD, daily, DAY0, DAY0 + 3, [session_on(1, 1), session_on(2, 2), session_on(3, 2)])
    assert table == Table(
        ("Day", "Mood", "Answers", "7-day average", "Session"),
        (
            ("2026-10-05", 0.5, 2, "", ""),
            ("2026-10-06", 4, 1, "", "Session 1"),
            ("2026-10-07", "No answer", "", "", "Session 2; Session 3"),
            ("2026-10-08", 6, 1, 3.5, ""),  # (0.5 + 4 + 6) / 3
        ),
    )


@FEW
@given(answers, some_sessions())
def test_over_time_and_its_table_agree_to_the_last_value(rows: Rows, sessions: tuple[SessionDay, ...]) -> None:
    daily, first, last = daily_values(series_of(rows)), DAY0 - 10, DAY0 + 50
    table = over_time_table(MOOD, daily, first, last, sessions)
    drawn = dict(zip(daily.days, daily.means, strict=True))
    assert [row[1] for row in table.rows] == [drawn.get(day, "No answer") for day in range(first, last + 1)]
    means = trailing_mean(daily, first, last)
    assert [row[3] for row in table.rows] == ["" if mean is None else mean for mean in means]


# --- Around sessions --------------------------------------------------------------------------------------------------


def test_around_sessions_by_hand() -> None:
    # Session 1 on Monday at 10:00, session 2 on Thursday; today is Friday.
    rows = [(DAY0 - 1, 9, 3), (DAY0, 8, 2), (DAY0, 9, 2.5), (DAY0, 20, 5), (DAY0 + 1, 9, 6), (DAY0 + 3, 9, 7),
            (DAY0 + 4, 9, 8)]  # fmt: skip
    aligned = align(series_of(rows), [session_on(1, 0, 10), session_on(2, 3)])
    table = aligned_table(aligned, spread(aligned), today=DAY0 + 4)
    assert table.headings == (
        "Day after the session", "Session 1", "Session 2", "Sessions with a value", "Middle value", "Lowest", "Highest",
        "Lower quartile", "Upper quartile",
    )  # fmt: skip
    assert table.rows[:9] == (
        (-3, "No answer", "", 0, "", "", "", "", ""),  # Monday is day 0 of session 1
        (-2, "No answer", 6, 1, "", "", "", "", ""),
        (-1, 3, "No answer", 1, "", "", "", "", ""),
        ("0, before the start", "2; 2.5", "", "", "", "", "", "", ""),
        (0, 5, 7, 2, 6, 5, 7, "", ""),
        (1, 6, 8, 2, 7, 6, 8, "", ""),
        (2, "No answer", "", 0, "", "", "", "", ""),  # Saturday of session 2 is still to come
        (3, "", "", 0, "", "", "", "", ""),  # of session 1 it belongs to session 2
        (4, "", "", 0, "", "", "", "", ""),
    )
    assert len(table.rows) == 19


@FEW
@given(answers, some_sessions())
def test_around_sessions_and_its_table_agree_to_the_last_value(rows: Rows, sessions: tuple[SessionDay, ...]) -> None:
    aligned = align(series_of(rows), sessions)
    shared = spread(aligned)
    table = aligned_table(aligned, shared)
    days = {row[0]: row for row in table.rows}
    for place, one in enumerate(aligned, start=1):
        drawn = {day: row[place] for day, row in days.items() if isinstance(row[place], float | int)}
        drawn.pop("0, before the start", None)
        assert drawn == dict(one.values)
    for day in shared:
        found = (day.n, day.median, day.lowest, day.highest, day.lower_quartile, day.upper_quartile)
        assert days[day.day][-6:] == tuple("" if value is None else value for value in found)


# --- The others -------------------------------------------------------------------------------------------------------


def test_a_year_has_each_day_until_today() -> None:
    cells = year_cells(daily_values(diary({0: 0, 2: 7.5})), 2026)
    table = year_table(MOOD, cells, [session_on(4, 2)], today=DAY0 + 2)
    assert table.headings == ("Day", "Mood", "Session")
    assert table.rows[-3:] == (
        ("2026-10-05", 0, ""), ("2026-10-06", "No answer", ""), ("2026-10-07", 7.5, "Session 4"),
    )  # fmt: skip
    assert len(table.rows) == 280  # 7 October is day 280 of the year
    assert len(year_table(MOOD, cells).rows) == 365


def _scored(number: int, after: int, total: int | None) -> ScoredResponse:
    answered = 9 if total is not None else 8
    return ScoredResponse(UUID(int=number), DAY0 + after, instant(DAY0 + after), total, answered, 9)


RESPONSES = (_scored(2, 20, 11), _scored(1, -6, 18), _scored(3, 4, None))


def test_questionnaires_have_all_responses_and_no_total_is_not_zero() -> None:
    assert responses_table("PHQ-9", RESPONSES) == Table(
        ("Day", "PHQ-9", "Answered"),
        (("2026-09-29", 18, "9 of 9"), ("2026-10-09", "No total", "8 of 9"), ("2026-10-25", 11, "9 of 9")),
    )


def test_published_ranges_have_a_column_where_they_are_asked_for() -> None:
    table = responses_table("PHQ-9", RESPONSES, lambda total: "moderate" if total < 15 else "moderately severe")
    assert [row[-1] for row in table.rows] == ["moderately severe", "", "moderate"]
    assert table.headings[-1] == "Published range"


def test_since_the_baseline_in_one_table() -> None:
    change = questionnaire_change(RESPONSES, baseline(RESPONSES, DAY0))
    assert change is not None
    mood = change_in_check_ins(diary({-1: 4, -2: 5, 24: 6, 30: 6}), DAY0, DAY0 + 30)
    sleep = change_in_check_ins(diary({-1: 6.25, 30: 7}), DAY0, DAY0 + 30)
    empty = change_in_check_ins(diary({}), DAY0, DAY0 + 30)
    table = change_table([("PHQ-9", change)], [(MOOD, mood), (SLEEP_HOURS, sleep), (Definition("Pain"), empty)])
    assert table.rows == (
        ("PHQ-9", 18, "2026-09-29", "2026-09-29", "", 11, "2026-10-25", "2026-10-25", "", "7 points lower", "−38.9 %"),
        ("Mood", 4.5, "2026-09-28", "2026-10-04", 2, 6, "2026-10-29", "2026-11-04", 2, "1.5 points higher", ""),
        (
            "Hours asleep",
            6.25,
            "2026-09-28",
            "2026-10-04",
            1,
            7,
            "2026-10-29",
            "2026-11-04",
            1,
            "0.75 hours higher",
            "",
        ),
        ("Pain", "No answer", "2026-09-28", "2026-10-04", 0, "No answer", "2026-10-29", "2026-11-04", 0, "", ""),
    )


def test_before_the_first_session_nothing_is_said_of_a_week_before_it() -> None:
    table = change_table([], [(MOOD, change_in_check_ins(diary({0: 4}), None, DAY0))])
    assert table.rows == (("Mood", "", "", "", "", 4, "2026-09-29", "2026-10-05", 1, "", ""),)


def test_side_effects_in_words() -> None:
    log = EffectLog(UUID(int=2), (EffectLine("nausea", Strength.NONE), EffectLine("Dry mouth", Strength.STRONG)))
    sessions = [session_on(1, 0), session_on(2, 14)]
    assert effects_table(sessions, side_effects_by_session(sessions, [], [log])) == Table(
        ("Side effect", "Session 1", "Session 2"), (("Nausea", "", "none"), ("Dry mouth", "", "strong"))
    )


def test_a_row_in_words() -> None:
    daily = daily_values(diary({0: 6.25, 1: 5, 2: 4.5}))
    table = over_time_table(MOOD, daily, DAY0 + 2, DAY0 + 3, [session_on(4, 2)])
    assert row_words(table, 0) == "2026-10-07: Mood 4.5; Answers 1; 7-day average 5.25; Session 4"
    assert row_words(table, 1) == "2026-10-08: Mood No answer; 7-day average 5.25"


# --- CSV --------------------------------------------------------------------------------------------------------------


def test_csv_by_hand() -> None:
    table = Table(
        ("Day", 'Mood, "mine"', "7-day average"),
        (("2026-10-05", 6.0, ""), ("2026-10-06", "No answer", 16 / 3), ("two\nlines", -2.5, 0)),
    )
    assert csv_text(table) == (
        'Day,"Mood, ""mine""",7-day average\r\n2026-10-05,6,\r\n'
        '2026-10-06,No answer,5.333333333333333\r\n"two\nlines",-2.5,0\r\n'
    )


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＠x", '=HYPERLINK("x")']
)
def test_no_text_becomes_a_formula(name: str) -> None:
    table = Table((name, "Mood"), ((name, -1),))
    heading, row = csv.reader(io.StringIO(csv_text(table), newline=""))
    assert (heading, row) == ([f"'{name}", "Mood"], [f"'{name}", "-1"])


@pytest.mark.parametrize("name", ["=1", "\t=1", " \n=1", "\u2003=1", "\u2028=1", "\x0b=1"])
def test_on_the_clipboard_no_text_becomes_a_formula(name: str) -> None:
    assert tab_text(Table((name, "Mood"), ((name, -1),))) == "'=1\tMood\n'=1\t-1\n"


def test_a_measure_with_a_name_like_a_formula_stays_a_name() -> None:
    table = over_time_table(Definition("=cmd|' /C calc'!A0"), daily_values(diary({0: 5})), DAY0, DAY0)
    assert csv_text(table).splitlines()[0] == "Day,'=cmd|' /C calc'!A0,Answers,7-day average,Session"


cells = st.text(max_size=12) | st.integers(-100, 100) | st.floats(-1e5, 1e5, allow_nan=False)


@FEW
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=5)))
def test_csv_reads_back_as_the_same_table(rows: list[tuple[str | int | float, ...]]) -> None:
    table = Table(tuple("abcd"[: len(rows[0])]), tuple(rows))
    back = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    assert back[0] == list(table.headings)
    for row, read in zip(table.rows, back[1:], strict=True):
        for cell, text in zip(row, read, strict=True):
            if isinstance(cell, str):
                assert text in (cell, f"'{cell}")
                assert not text.lstrip(" ").startswith(("=", "+", "-", "@"))
            else:
                assert float(text) == cell
