"""What each chart of Trends draws, says and has in its table: made from what was read, without a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from integrate.charts.aligned import aligned_scene
from integrate.charts.forms import FormBand, FormLine, FormPoint, responses_scene
from integrate.charts.scene import Line as LineMark
from integrate.charts.scene import Scene
from integrate.charts.sessions import SessionMark
from integrate.charts.style import Style
from integrate.charts.timeline import MeasureLine, timeline_scene
from integrate.charts.year import year_scene
from integrate.domain.scoring import band_of
from integrate.domain.sessions import Route, Setting
from integrate.domain.trends import (
    AlignedSession,
    ScoredResponse,
    SpreadDay,
    YearCell,
    align,
    only,
    spread,
    trailing_mean,
    year_cells,
)
from integrate.domain.trends import tables as twins
from integrate.domain.trends import words as told
from integrate.domain.trends.tables import Table, row_words
from integrate.domain.trends.words import FormatDay
from integrate.i18n import _
from integrate.ui.pages.trends.formats import day_words, number_words, ordinal_words
from integrate.ui.pages.trends.reading import Form, Found, Line
from integrate.ui.widgets.chart_view import Build

Tables = Callable[[FormatDay], Sequence[tuple[str, Table]]]
"""Makes the tables with their names; days are written by what it is given."""

AHEAD: Final = 14
"""So many days after today the line of time goes on, where a session is planned."""

_EACH_NAMED: Final = 4  # sessions; with more of them the reading line says what they share
_AXES: Final = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart: how it is drawn, what is read at a place of it, its tables, and all of it in a sentence or two."""

    build: Build
    words: Callable[[int], str]
    tables: Tables
    summary: str


def waiting(size: tuple[float, float], style: Style) -> Scene:
    """Grey axes, while what belongs between them is read."""
    width, height = size
    bottom, top = height - 2 * style.line, 2 * style.line
    rows = (top + (bottom - top) * place / (_AXES - 1) for place in range(_AXES))
    marks = tuple(LineMark(((style.px(24), y), (width, y)), "hair") for y in rows)
    return Scene(width, height, marks, "", "")


# --- over time --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """What is shown from day ``first`` to ``today``; the line of time may go on until ``last``."""

    first: int
    today: int
    last: int


def period(found: Found, days: int | None, line: Line | None, form: Form | None) -> Period:
    """The last ``days``, today among them; None is everything there is of this measure and this questionnaire."""
    today = found.today
    if days is not None:
        first = today - days + 1
    else:
        begins = [one.daily.days[0] for one in (line,) if one is not None and one.daily.days]
        begins += [one.responses[0].day for one in (form,) if one is not None]
        begins += [one.day for one in found.sessions[:1]]
        first = min([*begins, today - 6])
    ahead = [one.day for one in found.planned if today < one.day <= today + AHEAD]
    return Period(first, today, min(ahead, default=today))


def over_time(found: Found, days: int | None, line: Line, form: Form | None, *, bands: bool) -> Figure:
    """A measure with its 7-day average, above a questionnaire."""
    shown = period(found, days, line, form)
    mean = trailing_mean(line.daily, shown.first, shown.today) + (None,) * (shown.last - shown.today)
    sentences = [
        told.over_time_words(
            line.definition, line.daily, shown.first, shown.today, format_day=day_words, number=number_words
        )
    ]
    if form is not None:
        sentences.append(
            told.responses_words(form.asked.title, form.responses, shown.first, shown.today, format_day=day_words)
        )
    summary = " ".join(sentences)
    build = partial(
        _timeline, (shown.first, shown.last), MeasureLine(line.definition, line.daily, mean),
        None if form is None else form_line(form, bands=bands), session_marks(found), shown.today, summary,
    )  # fmt: skip
    return Figure(
        build,
        partial(_day_over_time, found, line, form),
        partial(_time_tables, found, shown, line, form, bands),
        summary,
    )


def only_form(found: Found, days: int | None, form: Form, *, bands: bool) -> Figure:
    """A questionnaire alone, while there are too few check-ins for a line."""
    shown = period(found, days, None, form)
    name, responses = form.asked.title, form.responses
    summary = told.responses_words(name, responses, shown.first, shown.today, format_day=day_words)
    line = form_line(form, bands=bands)
    build = partial(_responses, (shown.first, shown.last), line, session_marks(found), shown.today, summary)
    return Figure(build, partial(_day_of_form, found, form), partial(_form_tables, shown, form, bands), summary)


def _responses(
    span: tuple[int, int], form: FormLine, marks: Sequence[SessionMark], today: int, summary: str,
    size: tuple[float, float], style: Style,
) -> Scene:  # fmt: skip
    return responses_scene(size, style, span, form, marks, today, title=form.name, summary=summary)


def _day_of_form(found: Found, form: Form, day: int) -> str:
    table = twins.responses_table(form.asked.title, _of_day(form, day), format_day=day_words)
    return "; ".join(row_words(table, place, number_words) for place in range(len(table.rows))) or ordinal_words(day)


def _of_day(form: Form, day: int) -> list[ScoredResponse]:
    return [one for one in form.responses if one.day == day and one.total is not None]


def _timeline(
    span: tuple[int, int], measure: MeasureLine, form: FormLine | None, marks: Sequence[SessionMark], today: int,
    summary: str, size: tuple[float, float], style: Style,
) -> Scene:  # fmt: skip
    return timeline_scene(size, style, span, measure, form, marks, today, title=_("Over time"), summary=summary)


def form_line(form: Form, *, bands: bool) -> FormLine:
    """The totals of a questionnaire as the chart takes them."""
    lowest, highest = form.asked.total_range
    points = tuple(FormPoint(one.day, one.total) for one in form.responses if one.total is not None)
    ranges = tuple(FormBand(band.lowest, band.highest, band.words) for band in form.asked.bands) if bands else ()
    return FormLine(form.asked.title, lowest, highest, points, ranges)


def session_marks(found: Found) -> tuple[SessionMark, ...]:
    """Sessions as the line of time shows them."""
    several = found.several_courses
    held = (SessionMark(one.day, _label(one.ref.course, one.ref.number, several), True) for one in found.sessions)
    ahead = (one for one in found.planned if one.day > found.today)
    planned = (SessionMark(one.day, _label(one.course, one.number, several), False) for one in ahead)
    return (*held, *planned)


def _label(course: int, number: int, several: bool) -> str:
    return f"{course}.{number}" if several else str(number)


def _day_over_time(found: Found, line: Line, form: Form | None, day: int) -> str:
    if day > found.today:
        numbers = [str(one.number) for one in found.planned if one.day == day]
        return _("{day}: session {number}, planned").format(day=ordinal_words(day), number=", ".join(numbers))
    sessions = [one for one in found.sessions if one.day == day]
    table = twins.over_time_table(line.definition, line.daily, day, day, sessions, format_day=day_words)
    parts = [row_words(table, 0, number_words)]
    if form is not None:
        parts += [_("{name} {total}").format(name=form.asked.title, total=one.total) for one in _of_day(form, day)]
    return "; ".join(parts)


def _time_tables(
    found: Found, shown: Period, line: Line, form: Form | None, bands: bool, format_day: FormatDay
) -> Sequence[tuple[str, Table]]:
    table = twins.over_time_table(
        line.definition, line.daily, shown.first, shown.today, found.sessions, format_day=format_day
    )
    of_measure = ((line.definition.name, table),)
    return of_measure if form is None else (*of_measure, *_form_tables(shown, form, bands, format_day))


def _form_tables(shown: Period, form: Form, bands: bool, format_day: FormatDay) -> Sequence[tuple[str, Table]]:
    inside = [one for one in form.responses if shown.first <= one.day <= shown.today]
    named = partial(_band_words, form) if bands and form.asked.bands else None
    return ((form.asked.title, twins.responses_table(form.asked.title, inside, named, format_day=format_day)),)


def _band_words(form: Form, total: int) -> str:
    band = band_of(form.asked, total)
    return "" if band is None else band.words


# --- around sessions --------------------------------------------------------------------------------------------------


def around(found: Found, line: Line, route: Route | None = None, setting: Setting | None = None) -> Figure | None:
    """A measure around the sessions of a route and a setting; None where there is no such session."""
    aligned = only(align(line.series, found.sessions), route, setting)
    if not aligned:
        return None
    summary = told.aligned_words(line.definition, aligned, number=number_words)
    shared = spread(aligned)
    build = partial(_aligned, line, aligned, shared, found.today, summary)
    return Figure(
        build, partial(_day_around, aligned, found.today), partial(_around_tables, line, aligned, found.today), summary
    )


def _aligned(
    line: Line, aligned: Sequence[AlignedSession], shared: Sequence[SpreadDay], today: int, summary: str,
    size: tuple[float, float], style: Style,
) -> Scene:  # fmt: skip
    title = around_title(line)
    return aligned_scene(size, style, line.definition, aligned, shared, today, title=title, summary=summary)


def around_title(line: Line) -> str:
    """The title of its card."""
    return _("{name} around your sessions").format(name=line.definition.name)


def _day_around(aligned: Sequence[AlignedSession], today: int, day: int) -> str:
    on_day = [one for one in spread(aligned) if one.day == day]
    table = twins.aligned_table(aligned if len(aligned) <= _EACH_NAMED else (), on_day, today)
    name = told.day_words(day)
    rows = tuple((name if row[0] == day else row[0], *row[1:]) for row in table.rows)
    named = Table(table.headings, rows)
    return "; ".join(row_words(named, place, number_words) for place in range(len(rows)))


def _around_tables(
    line: Line, aligned: Sequence[AlignedSession], today: int, _format_day: FormatDay
) -> Sequence[tuple[str, Table]]:
    return ((around_title(line), twins.aligned_table(aligned, spread(aligned), today)),)


# --- a year -----------------------------------------------------------------------------------------------------------


def year_of(found: Found, line: Line, year: int) -> Figure:
    """A measure on each day of a year."""
    cells = year_cells(line.daily, year)
    days = frozenset(one.day for one in found.sessions)
    summary = told.year_words(line.definition, line.daily, year, days, number=number_words)
    build = partial(_year, line, year, cells, days, found.today, summary)
    return Figure(build, partial(_day_of_year, found, line, year), partial(_year_tables, found, line, year), summary)


def _year(
    line: Line, year: int, cells: Sequence[YearCell], days: frozenset[int], today: int, summary: str,
    size: tuple[float, float], style: Style,
) -> Scene:  # fmt: skip
    title = year_title(year)
    return year_scene(size, style, year, line.definition, cells, days, today, title=title, summary=summary)


def year_title(year: int) -> str:
    """The title of its card."""
    return _("{year}, day by day").format(year=year)


def _day_of_year(found: Found, line: Line, year: int, day: int) -> str:
    cells = [one for one in year_cells(line.daily, year) if one.day == day]
    table = twins.year_table(line.definition, cells, found.sessions, format_day=day_words)
    return row_words(table, 0, number_words) if table.rows else ordinal_words(day)


def _year_tables(found: Found, line: Line, year: int, format_day: FormatDay) -> Sequence[tuple[str, Table]]:
    cells = year_cells(line.daily, year)
    table = twins.year_table(line.definition, cells, found.sessions, found.today, format_day=format_day)
    return ((year_title(year), table),)


def first_year(found: Found) -> int:
    """The earliest year with an answer or a session."""
    days = [one.daily.days[0] for one in found.lines if one.daily.days]
    days += [one.day for one in found.sessions[:1]]
    return date.fromordinal(min([*days, found.today])).year
