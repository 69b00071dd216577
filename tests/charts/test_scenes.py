"""Every chart, for any measure, range, size and text: what is drawn; nothing leaves the scene, no words overlap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrate.charts.aligned import DASHES, aligned_scene, dash_of, day_label
from integrate.charts.forms import FormLine, responses_scene
from integrate.charts.scene import Area, Dots, Line, Rect, Scene
from integrate.charts.sessions import SessionMark
from integrate.charts.style import Style
from integrate.charts.timeline import timeline_scene
from integrate.charts.year import step_words, year_scene
from integrate.domain.measures import Definition
from integrate.domain.trends import align, daily_values, spread, year_cells
from tests.charts.world import (
    DEFINITIONS,
    FIRST,
    MOOD,
    NAMES,
    PHQ9_BANDS,
    STYLE,
    STYLES,
    TODAY,
    assert_sound,
    day_values,
    dots,
    form_line,
    lines,
    measure_line,
    series_of,
    session_day,
    session_marks,
    sizes,
    spans,
    totals,
    words,
)  # fmt: skip

SIZE = (590.0, 330.0)
SPAN = (FIRST, TODAY)
PLAIN = Style(NAMES, plain=True)


def timeline(days: dict[int, float], form: FormLine | None = None, **more: object) -> Scene:
    measure = measure_line(days, SPAN)
    return timeline_scene(SIZE, STYLE, SPAN, measure, form, title="Over time", summary="Mood.", **more)  # type: ignore[arg-type]  # passed through


# --- over time --------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data(), STYLES, DEFINITIONS, spans())
def test_over_time_is_sound_for_anything(
    data: st.DataObject, style: Style, definition: Definition, span: tuple[int, int]
) -> None:
    days = data.draw(day_values(definition, *span))
    form = data.draw(st.none() | totals(*span).map(form_line))
    sessions = data.draw(session_marks(*span))
    today = data.draw(st.none() | st.integers(*span))
    size = data.draw(sizes(style))
    measure = measure_line(days, span, definition)
    scene = timeline_scene(size, style, span, measure, form, sessions, today, title="a", summary="b")
    assert_sound(scene)
    shown = [day for day in days if span[0] <= day <= span[1]]
    assert sum(len(mark.points) for mark in scene.marks if _is_raw(mark, style)) == len(shown) + 1  # and the legend's
    assert {reading.key for reading in scene.readings} >= set(shown)
    assert [reading.x for reading in scene.readings] == sorted(reading.x for reading in scene.readings)


def _is_raw(mark: object, style: Style) -> bool:
    return isinstance(mark, Dots) and mark.role == "ink3" and mark.radius in {style.px(2.0), style.px(1.25)}


def test_the_mean_breaks_at_a_gap_and_never_falls_to_nought() -> None:
    early = {FIRST + day: 8.0 for day in range(10)}
    late = {FIRST + 40 + day: 8.0 for day in range(10)}
    scene = timeline(early | late)
    drawn = [line for line in lines(scene.marks, "accent", 2.5) if len(line.points) > 2]
    assert len(drawn) == 2
    assert len({y for line in drawn for _x, y in line.points}) == 1  # eight, all the way
    assert drawn[0].points[-1][0] < drawn[1].points[0][0]


def test_a_diary_of_one_day_has_a_dot_and_no_line() -> None:
    scene = timeline({TODAY: 4.0})
    assert [len(mark.points) for mark in dots(scene.marks, "ink3")] == [1, 1]  # of the legend, and the day
    assert len(lines(scene.marks, "accent", 2.5)) == 1  # of the legend
    assert [reading.key for reading in scene.readings] == [TODAY]


def test_no_mean_is_drawn_of_days_to_come() -> None:
    days = {TODAY - ago: 5.0 for ago in range(20)}
    span = (FIRST, TODAY + 14)
    for today, last in ((TODAY, TODAY), (None, TODAY + 4)):  # without a today, as long as a week has three days
        scene = timeline_scene(SIZE, STYLE, span, measure_line(days, span), None, (), today, title="a", summary="b")
        assert scene.readings[-1].key == last
        line = max(lines(scene.marks, "accent", 2.5), key=lambda one: len(one.points))
        assert line.points[-1][0] == pytest.approx(scene.readings[-1].x)


def test_an_empty_diary_has_axes_and_nothing_to_read() -> None:
    scene = timeline({})
    assert scene.readings == ()
    assert {"0", "10", "Aug", "Mood"} <= set(words(scene))
    assert_sound(scene)


@pytest.mark.parametrize("value", [0.0, 10.0])
def test_the_axis_is_the_whole_range_whatever_was_answered(value: float) -> None:
    scene = timeline({FIRST + day: value for day in range(20)})
    assert {"0", "10"} <= set(words(scene))
    ends = [mark.points[0][1] for mark in scene.marks if isinstance(mark, Line) and mark.role == "hair"]
    assert dots(scene.marks, "ink3")[1].points[0][1] == pytest.approx(max(ends) if value == 0 else min(ends))


def test_sessions_are_discs_where_they_took_place_and_squares_where_planned() -> None:
    sessions = (SessionMark(TODAY - 30, "1", True), SessionMark(TODAY - 10, "2", False))
    scene = timeline({TODAY: 4.0}, sessions=sessions, today=TODAY)
    held = [mark for mark in scene.marks if isinstance(mark, Rect) and mark.fill == "experience"]
    planned = [mark for mark in scene.marks if isinstance(mark, Rect) and mark.edge == "experience" and mark.width > 12]
    assert len(held) == 1 and held[0].radius == held[0].height / 2
    assert len(planned) == 1 and planned[0].radius < planned[0].height / 2 and planned[0].fill == "surface"
    assert {"1", "2", "today", "session", "planned session"} <= set(words(scene))
    dashes = {mark.dash for mark in lines(scene.marks, "experiencemark", 1.5)}
    assert len(dashes) == 2 and () in dashes


def test_sixty_sessions_keep_a_line_each_and_the_newest_their_numbers() -> None:
    sessions = [SessionMark(TODAY - 59 + number, str(number), True) for number in range(1, 60)]
    scene = timeline({TODAY: 4.0}, sessions=sessions)
    assert len(lines(scene.marks, "experiencemark", 1.5)) == 59
    assert "59" in words(scene) and "58" not in words(scene)
    assert_sound(scene)


# --- questionnaires ---------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.data(), STYLES, spans(), st.booleans())
def test_a_questionnaire_alone_is_sound_for_anything(
    data: st.DataObject, style: Style, span: tuple[int, int], banded: bool
) -> None:
    found = data.draw(totals(*span))
    form = form_line(found, PHQ9_BANDS if banded else ())
    sessions, size = data.draw(session_marks(*span)), data.draw(sizes(style))
    scene = responses_scene(size, style, span, form, sessions, span[1], title="a", summary="b")
    assert_sound(scene)
    assert [reading.key for reading in scene.readings] == sorted(found)


def test_each_total_has_a_square_and_its_number_where_there_is_room() -> None:
    found = {FIRST + 3 + 14 * place: total for place, total in enumerate((19, 18, 18, 15, 13, 11))}
    scene = responses_scene(SIZE, STYLE, SPAN, form_line(found), title="PHQ-9", summary="b")
    squares = [mark for mark in scene.marks if isinstance(mark, Rect) and mark.edge == "ink1"]
    assert len(squares) == 6 + 1  # and the legend's
    assert sorted(word for word in words(scene) if word in {"19", "18", "13", "11"}) == ["11", "13", "18", "18", "19"]


def test_bands_are_shades_with_words_inside_and_thresholds_only_where_they_are_given() -> None:
    banded = timeline({TODAY: 4.0}, form_line({TODAY: 11}))
    names = [band.words for band in PHQ9_BANDS]
    assert set(names) <= set(words(banded))
    shades = {mark.fill: mark for mark in banded.marks if isinstance(mark, Rect) and mark.fill.startswith("band")}
    assert sorted(shades) == [f"band{number}" for number in range(5)]
    for text in (mark for mark in banded.marks if getattr(mark, "words", "") in names):
        band = shades[f"band{names.index(text.words)}"]  # type: ignore[union-attr]  # only texts have words
        assert band.y <= text.y <= band.y + band.height  # type: ignore[union-attr]  # the same
    bare = timeline({TODAY: 4.0}, form_line({TODAY: 11}, ()))
    assert not set(names) & set(words(bare))
    assert not [mark for mark in bare.marks if isinstance(mark, Rect) and mark.fill.startswith("band")]


# --- around sessions --------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data(), STYLES, DEFINITIONS, st.integers(0, 30), st.integers(1, 30))
def test_around_sessions_is_sound_for_anything(
    data: st.DataObject, style: Style, definition: Definition, count: int, gap: int
) -> None:
    days = data.draw(day_values(definition, FIRST, TODAY))
    sessions = [session_day(number, TODAY - gap * number, 12) for number in range(1, count + 1)]
    aligned = align(series_of(days, definition, data.draw(st.sampled_from((9, 18)))), sessions)
    size = data.draw(sizes(style))
    scene = aligned_scene(size, style, definition, aligned, spread(aligned), TODAY, title="a", summary="b")
    assert_sound(scene)
    assert [reading.key for reading in scene.readings] == list(range(-3, 15))


def around(days: dict[int, float], *sessions: int, style: Style = STYLE, hour: int = 18) -> Scene:
    held = [session_day(number, day, 12) for number, day in enumerate(sessions, start=1)]
    aligned = align(series_of(days, hour=hour), held)
    return aligned_scene((510, 300), style, MOOD, aligned, spread(aligned), TODAY, title="a", summary="b")


def every_day(first: int, last: int) -> dict[int, float]:
    return {day: float(day % 11) for day in range(first, last + 1)}


def test_each_session_has_a_line_of_its_own_dash_with_its_number() -> None:
    scene = around(every_day(TODAY - 80, TODAY), TODAY - 60, TODAY - 40, TODAY - 20)
    thin = [mark for mark in lines(scene.marks, "ink2", 1.25) if len(mark.points) > 2]
    assert [mark.dash for mark in thin] == [dash_of(1), dash_of(2), dash_of(3)]
    assert len(set(DASHES)) == len(DASHES)
    assert {"1", "2", "3"} <= set(words(scene))


def test_the_line_of_a_session_is_broken_where_a_day_is_missing() -> None:
    days = every_day(TODAY - 30, TODAY)
    del days[TODAY - 15]
    scene = around(days, TODAY - 20)
    thin = [mark for mark in lines(scene.marks, "ink2", 1.25) if len(mark.points) > 2]
    assert [len(mark.points) for mark in thin] == [8, 9]  # days −3 to 4, and 6 to 14


def test_a_lone_day_is_a_dot_with_its_session_and_says_that_it_is_of_today() -> None:
    scene = around({TODAY: 6.0, TODAY - 40: 3.0}, TODAY - 42, TODAY - 3)
    assert len(dots(scene.marks, "ink1")) == 2
    assert {"1", "2, today"} <= set(words(scene))


def test_what_was_answered_before_the_start_is_an_open_dot_outside_of_the_line() -> None:
    scene = around({TODAY - 20 + day: 5.0 for day in range(3)}, TODAY - 20, hour=9)
    opened = [mark for mark in dots(scene.marks, "ink2") if mark.fill == "surface"]
    assert [len(mark.points) for mark in opened] == [1, 1]  # of the legend, and day 0
    thin = [mark for mark in lines(scene.marks, "ink2", 1.25) if not mark.dash]
    assert [len(mark.points) for mark in thin] == [2]  # days 1 and 2


@pytest.mark.parametrize(("count", "bands", "medians"), [(1, 0, 0), (2, 1, 1), (4, 1, 1), (5, 2, 1)])
def test_median_and_band_begin_at_two_sessions_and_quartiles_at_five(count: int, bands: int, medians: int) -> None:
    sessions = [TODAY - 20 * number for number in range(count, 0, -1)]
    scene = around(every_day(TODAY - 20 * count - 5, TODAY), *sessions)
    in_plot = [mark for mark in scene.marks if isinstance(mark, Area) and len(mark.points) > 4]
    assert len(in_plot) == bands
    assert len([mark for mark in lines(scene.marks, "accent", 3.5) if len(mark.points) > 2]) == medians


def test_shades_become_bars_where_they_cannot_be_told_apart() -> None:
    sessions = [TODAY - 20 * number for number in range(5, 0, -1)]
    scene = around(every_day(TODAY - 105, TODAY), *sessions, style=PLAIN)
    assert not [mark for mark in scene.marks if isinstance(mark, Area)]
    assert len([mark for mark in scene.marks if isinstance(mark, Rect) and mark.edge == "ink1"]) == 18 + 1


def test_how_many_sessions_have_a_value_is_written_below_each_day() -> None:
    scene = around({TODAY - 20: 5.0, TODAY - 19: 5.0, TODAY - 40: 4.0}, TODAY - 40, TODAY - 20)
    row = [text for text in scene.marks if getattr(text, "role", "") == "ink3" and hasattr(text, "words")]
    assert [text.words for text in row] == ["n", *"000", "2", "1", *"0" * 13]  # type: ignore[union-attr]  # texts


def test_days_of_the_axis_have_a_sign() -> None:
    assert [day_label(day) for day in (-3, 0, 14)] == ["−3", "day 0", "+14"]


# --- the year ---------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.data(), STYLES, DEFINITIONS, st.integers(1990, 2100))
def test_a_year_is_sound_for_anything(data: st.DataObject, style: Style, definition: Definition, number: int) -> None:
    first, last = date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal()
    days = data.draw(day_values(definition, first, last))
    cells = year_cells(daily_values(series_of(days, definition)), number)
    sessions = data.draw(st.sets(st.integers(first - 3, last + 3), max_size=12))
    size = data.draw(sizes(style))
    scene = year_scene(size, style, number, definition, cells, sessions, title="a", summary="b")
    assert_sound(scene)
    assert len(scene.readings) == len(cells)


def year(days: dict[int, float], sessions: set[int], style: Style = STYLE) -> Scene:
    cells = year_cells(daily_values(series_of(days)), 2026)
    return year_scene((390, 300), style, 2026, MOOD, cells, sessions, TODAY, title="a", summary="b")


def test_a_day_has_a_shade_with_an_edge_or_a_dot_and_days_to_come_have_nothing() -> None:
    scene = year({TODAY: 0.0, TODAY - 1: 10.0, TODAY - 2: 5.0}, {TODAY - 1})
    cells = [mark for mark in scene.marks if isinstance(mark, Rect) and mark.fill.startswith("heat")]
    assert [mark.fill for mark in cells[:3]] == ["heat3", "heat5", "heat1"]
    assert all(mark.edge for mark in cells)
    passed = (date.fromordinal(TODAY) - date(2025, 12, 31)).days
    assert [len(mark.points) for mark in dots(scene.marks, "control")] == [passed - 3, 1]  # and the legend's
    assert len(scene.readings) == passed
    outlines = [mark for mark in scene.marks if isinstance(mark, Rect) and mark.edge == "experience"]
    assert len(outlines) == 1 + 1  # and the legend's


def test_without_shades_a_higher_value_has_a_larger_core() -> None:
    scene = year({TODAY - step: 2.5 * step for step in range(5)}, set(), PLAIN)
    assert not [mark for mark in scene.marks if isinstance(mark, Rect) and mark.fill.startswith("heat")]
    cores = [mark.width for mark in scene.marks if isinstance(mark, Rect) and mark.fill == "ink1"]
    assert cores[:4] == sorted(cores[:4], reverse=True) and cores[0] > cores[3] > 0


def test_the_legend_names_the_parts_of_the_range_in_use() -> None:
    assert [step_words(MOOD, step, STYLE) for step in range(5)] == ["0–2", "2–4", "4–6", "6–8", "8–10"]
    assert "Mood 0–2" in words(year({TODAY: 1.0}, set()))
    hours = Definition("Hours of sleep", lowest=0, highest=24, step=0.25)
    assert step_words(hours, 1, STYLE) == "4.8–9.6"


def test_a_week_later_is_seven_cells_to_the_right() -> None:
    scene = year({}, set())
    places = {reading.key: reading for reading in scene.readings}
    first = date(2026, 3, 2)
    one, other = places[first.toordinal()], places[(first + timedelta(days=7)).toordinal()]
    assert other.y == one.y
    assert other.x - one.x == pytest.approx(7 * (places[first.toordinal() + 1].x - one.x))
