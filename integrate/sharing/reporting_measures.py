"""Measures of check-ins in a report: each over time, one of them around sessions, and since the baseline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from integrate.charts.aligned import aligned_scene
from integrate.charts.timeline import MeasureLine, timeline_scene
from integrate.domain.form_schedule import K6
from integrate.domain.measures import Definition
from integrate.domain.series import Series
from integrate.domain.trends import (
    AlignedSession,
    CheckInChange,
    align,
    change_in_check_ins,
    change_words,
    daily_values,
    decimals_of,
    percent_words,
    rounded,
    spread,
    trailing_mean,
)
from integrate.domain.trends.tables import Table, aligned_table, no_answer, over_time_table
from integrate.domain.trends.words import CANNOT_SAY_WHY, aligned_words, over_time_words
from integrate.i18n import _, ngettext
from integrate.sharing.packet import PacketForm, PacketMeasure
from integrate.sharing.report import Block, Chart, Heading, Paragraph, Words
from integrate.sharing.reporting_base import NOTHING, Telling, grid, said, twin
from integrate.sharing.reporting_forms import change_of
from integrate.sharing.writing_style import day_words, ordinal_words, value_words

SIZE: Final = (320.0, 205.0)
"""Of a chart, in pixels: two stand in a row."""

MOOD: Final = "mood"
_LONGEST_TWIN: Final = 731
"""Days; in the table of a longer time only those with an answer or a session have a row."""


def name_of(series: Series) -> str:
    """A measure by name; one with a range it had before says so."""
    definition = series.definition
    if series.is_current:
        return definition.name
    return _("{name}, {lowest} to {highest}, as it was").format(
        name=definition.name, lowest=definition.lowest, highest=definition.highest
    )


def mood_series(telling: Telling) -> Series | None:
    """The numbers that are told around sessions: mood, as it is asked now; else its latest range; else None."""
    for one in telling.packet.measures:
        if one.measure.key == MOOD:
            return _main_series(one)
    return None


def _main_series(one: PacketMeasure) -> Series | None:
    with_values = [series for series in one.series if series.values]
    return next((series for series in with_values if series.is_current), with_values[0] if with_values else None)


# --- charts -----------------------------------------------------------------------------------------------------------


def first_charts(telling: Telling) -> Iterator[Chart]:
    """Mood, or the first measure there is, over time and around sessions."""
    series = _first_series(telling)
    if series is not None:
        yield _over_time(telling, series)
        if (around := _around_sessions(telling, series)) is not None:
            yield around


def other_charts(telling: Telling) -> Iterator[Block]:
    """Every other series over time, on a later page."""
    first = _first_series(telling)
    others = [one for measure in telling.packet.measures for one in measure.series if one.values and one is not first]
    if others:
        yield Heading(said(_("Other check-ins over time")))
        for series in others:
            yield _over_time(telling, series)


def measure_notes(telling: Telling) -> Iterator[Paragraph]:
    """What numbers cannot say, and whether some were added later."""
    if _first_series(telling) is not None:
        yield Paragraph((said(_(CANNOT_SAY_WHY)),), note=True)
    later = sum(one.added_later for one in telling.packet.check_ins)
    if later:
        words = ngettext(
            "{count} check-in was added later, more than 24 hours after what it is about.",
            "{count} check-ins were added later, more than 24 hours after what they are about.",
            later,
        )
        yield Paragraph((said(words.format(count=later)),), note=True)


def _first_series(telling: Telling) -> Series | None:
    found = (_main_series(one) for one in telling.packet.measures)
    return mood_series(telling) or next((series for series in found if series is not None), None)


def _over_time(telling: Telling, series: Series) -> Chart:
    (first, last), definition, daily = telling.span, series.definition, daily_values(series)
    title = name_of(series)
    scene = timeline_scene(
        SIZE, telling.style.chart, (first, last),
        MeasureLine(definition, daily, trailing_mean(daily, first, last)), None, telling.marks,
        title=title, summary=over_time_words(definition, daily, first, last, format_day=day_words),
    )  # fmt: skip
    table = over_time_table(definition, daily, first, last, telling.held, format_day=day_words)
    if last - first >= _LONGEST_TWIN:
        table = Table(table.headings, tuple(row for row in table.rows if row[2] != "" or row[4] != ""))
    return Chart(title, scene, twin(title, table), half=True)


def aligned_of(telling: Telling, series: Series) -> tuple[AlignedSession, ...]:
    """The days around each session of the packet, which end where any other session begins."""
    told = {one.session_id for one in telling.held}
    return tuple(one for one in align(series, telling.all_held) if one.session.session_id in told)


def _around_sessions(telling: Telling, series: Series) -> Chart | None:
    """The days around each session, laid over one another; None where none of them has an answer."""
    aligned = aligned_of(telling, series)
    if not any(one.values or one.before_start for one in aligned):
        return None
    shared = spread(aligned)
    title = _("{name} around sessions").format(name=name_of(series))
    scene = aligned_scene(
        SIZE, telling.style.chart, series.definition, aligned, shared,
        title=title, summary=aligned_words(series.definition, aligned),
    )  # fmt: skip
    return Chart(title, scene, twin(title, aligned_table(aligned, shared, telling.span[1])), half=True)


# --- since the baseline -----------------------------------------------------------------------------------------------


def change_blocks(telling: Telling) -> Iterator[Block]:
    """From the baseline to the latest: two numbers with their dates, and the distance between them in words."""
    rows = [row for form in telling.packet.forms if (row := _form_row(telling, form)) is not None]
    for one in telling.packet.measures:
        series = next((each for each in one.series if each.is_current and each.values), None)
        if series is not None and (row := _measure_row(telling, series)) is not None:
            rows.append(row)
    if not rows:
        return
    yield Heading(said(_("Since the baseline")))
    headings = (_("What"), _("Baseline"), _("Latest"), _("Change"), _("Percent"))
    yield grid(_("Since the baseline"), headings, rows, (2, 3, 3, 2, 1.1))
    note = _(
        "The baseline of a questionnaire is the one chosen, else the last complete one before session 1. Of check-ins "
        "it is the middle value of the week before session 1, and the latest is that of the last week."
    )
    yield Paragraph((said(note),), note=True)


def _form_row(telling: Telling, form: PacketForm) -> tuple[Words, ...] | None:
    change = change_of(telling, form)
    if change is None:
        return None
    before, now = change.baseline, change.latest
    percent = "" if form.questionnaire.key == K6 else percent_words(change.percent)
    return (
        said(form.questionnaire.title),
        said(_dated(value_words(before.total or 0), before.day)),
        said(_dated(value_words(now.total or 0), now.day)),
        said(change_words(before.total or 0, now.total or 0)),
        said(percent or NOTHING),
    )


def _dated(value: str, day: int) -> str:
    return _("{value} ({day})").format(value=value, day=ordinal_words(day))


def _measure_row(telling: Telling, series: Series) -> tuple[Words, ...] | None:
    definition, first = series.definition, telling.first
    change = change_in_check_ins(series, None if first is None else first.day, telling.span[1])
    if change.before is None or change.before_first is None or change.before_last is None:
        return None
    words = no_answer()
    if change.now is not None:
        words = change_words(change.before, change.now, definition.unit, decimals_of(definition))
    return (
        said(definition.name),
        said(_week(definition, change.before, change.before_first, change.before_last)),
        said(_week_of_now(definition, change)),
        said(NOTHING if change.now is None else words),
        said(NOTHING),
    )


def _week_of_now(definition: Definition, change: CheckInChange) -> str:
    return _week(definition, change.now, change.now_first, change.now_last)


def _week(definition: Definition, value: float | None, first: int, last: int) -> str:
    shown = no_answer() if value is None else value_words(float(rounded(value, decimals_of(definition))))
    return _("{value} ({first} to {last})").format(value=shown, first=_iso(first), last=_iso(last))


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
