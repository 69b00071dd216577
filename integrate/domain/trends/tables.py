"""The twin of each chart: a table that holds exactly the numbers the chart draws, unrounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from integrate.domain.measures import Definition
from integrate.domain.moments import STRENGTH_WORDS
from integrate.domain.trends.aligned import AlignedSession, SpreadDay
from integrate.domain.trends.baselines import QuestionnaireChange, ScoredResponse, percent_words
from integrate.domain.trends.change import CheckInChange, change_words
from integrate.domain.trends.daily import DayValues, trailing_mean, within
from integrate.domain.trends.numbers import decimals_of, number_words
from integrate.domain.trends.sessions import SessionDay
from integrate.domain.trends.side_effects import EffectRow
from integrate.domain.trends.words import FormatDay, FormatNumber, session_words
from integrate.domain.trends.year import YearCell
from integrate.i18n import _

Cell: TypeAlias = str | int | float
"""A text or a number. "" is where the chart draws nothing, and "No answer" a day that could have one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading for each column, and rows of as many cells. Numbers are numbers: the window writes them in its way."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("each row of a table has a cell for each heading")


def no_answer() -> str:
    """What stands for a day without an answer. It is never 0."""
    return _("No answer")


def over_time_table(
    definition: Definition, daily: DayValues, first: int, last: int, sessions: Iterable[SessionDay] = (),
    *, format_day: FormatDay = date.isoformat,
) -> Table:  # fmt: skip
    """The chart "Over time": a row for each day from ``first`` to ``last``, ordinals and both inclusive.

    ``daily`` holds the days before ``first`` as well, for the 7-day average.
    """
    part = within(daily, first, last)
    values = {day: (mean, count) for day, mean, count in zip(part.days, part.means, part.counts, strict=True)}
    averages = trailing_mean(daily, first, last)
    names = _names_by_day(sessions)
    rows = []
    for day, average in enumerate(averages, start=first):
        value: tuple[Cell, Cell] = values.get(day, (no_answer(), ""))
        rows.append((format_day(date.fromordinal(day)), *value, _or_empty(average), names.get(day, "")))
    headings = (_("Day"), definition.name, _("Answers"), _("7-day average"), _("Session"))
    return Table(headings, tuple(rows))


def _names_by_day(sessions: Iterable[SessionDay]) -> Mapping[int, str]:
    names: dict[int, list[str]] = {}
    for one in sessions:
        names.setdefault(one.day, []).append(session_words(one.ref))
    return {day: "; ".join(words) for day, words in names.items()}


def _or_empty(value: float | None) -> Cell:
    return "" if value is None else value


def aligned_table(aligned: Sequence[AlignedSession], spread: Sequence[SpreadDay], today: int | None = None) -> Table:
    """The chart around sessions: a row for each day of ``spread``, a column for each session, then what they share.

    Answers of day 0 from before the start (open dots) have a row of their own. A day that belongs to another session,
    or is after ``today`` (an ordinal), is empty.
    """
    headings = (
        _("Day after the session"), *(session_words(one.session.ref) for one in aligned), _("Sessions with a value"),
        _("Middle value"), _("Lowest"), _("Highest"), _("Lower quartile"), _("Upper quartile"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for day in spread:
        if day.day == 0 and any(one.before_start for one in aligned):
            earlier = (_several(one.before_start) for one in aligned)
            rows.append((_("0, before the start"), *earlier, *[""] * 6))
        values = (_value_of(one, day.day, today) for one in aligned)
        shared = (day.median, day.lowest, day.highest, day.lower_quartile, day.upper_quartile)
        rows.append((day.day, *values, day.n, *(_or_empty(number) for number in shared)))
    return Table(headings, tuple(rows))


def _value_of(one: AlignedSession, day: int, today: int | None) -> Cell:
    if day in one.values:
        return one.values[day]
    is_ahead = today is not None and one.session.day + day > today
    return "" if is_ahead or not one.begins_at <= day <= one.ends_at else no_answer()


def _several(values: Sequence[float]) -> Cell:
    """No value, the only one, or all of them in one cell."""
    if len(values) == 1:
        return values[0]
    return "; ".join(number_words(value) for value in values)


def year_table(
    definition: Definition, cells: Iterable[YearCell], sessions: Iterable[SessionDay] = (), today: int | None = None,
    *, format_day: FormatDay = date.isoformat,
) -> Table:  # fmt: skip
    """A year day by day: a row for each cell. Days after ``today`` (an ordinal) have none, as on the chart."""
    names = _names_by_day(sessions)
    rows = tuple(
        (
            format_day(date.fromordinal(cell.day)),
            no_answer() if cell.value is None else cell.value,
            names.get(cell.day, ""),
        )
        for cell in cells
        if today is None or cell.day <= today
    )
    return Table((_("Day"), definition.name, _("Session")), rows)


def responses_table(
    name: str, responses: Iterable[ScoredResponse], band_words: Callable[[int], str] | None = None,
    *, format_day: FormatDay = date.isoformat,
) -> Table:  # fmt: skip
    """One questionnaire: a row for each response in order of time, also for those without a total.

    ``band_words`` names the published band of a total; without it there is no such column.
    """
    rows: list[tuple[Cell, ...]] = []
    for one in sorted(responses, key=lambda one: (one.day, one.instant, one.response_id.bytes)):
        answered = _("{answered} of {of}").format(answered=one.answered, of=one.of)
        total: Cell = _("No total") if one.total is None else one.total
        row: tuple[Cell, ...] = (format_day(date.fromordinal(one.day)), total, answered)
        if band_words is not None:
            row = (*row, "" if one.total is None else band_words(one.total))
        rows.append(row)
    headings: tuple[str, ...] = (_("Day"), name, _("Answered"))
    if band_words is not None:
        headings = (*headings, _("Published range"))
    return Table(headings, tuple(rows))


def change_table(
    questionnaires: Iterable[tuple[str, QuestionnaireChange]], check_ins: Iterable[tuple[Definition, CheckInChange]],
    *, format_day: FormatDay = date.isoformat, number: FormatNumber = number_words,
) -> Table:  # fmt: skip
    """Since the baseline: first the questionnaires by name, then the measures. Medians are those of their weeks."""
    headings = (
        _("What"), _("Before"), _("From"), _("To"), _("Days with an answer"), _("Now"), _("From"), _("To"),
        _("Days with an answer"), _("Change"), _("Percent"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for name, change in questionnaires:
        before, now = change.baseline, change.latest
        dates = [format_day(date.fromordinal(one.day)) for one in (before, now)]
        words = change_words(before.total or 0, now.total or 0, number=number)
        rows.append(
            (
                name, _or_empty(before.total), dates[0], dates[0], "", _or_empty(now.total), dates[1], dates[1], "",
                words, percent_words(change.percent),
            )
        )  # fmt: skip
    rows += [_check_in_row(definition, change, format_day, number) for definition, change in check_ins]
    return Table(headings, tuple(rows))


def _check_in_row(
    definition: Definition, change: CheckInChange, format_day: FormatDay, number: FormatNumber
) -> tuple[Cell, ...]:
    words = ""
    if change.before is not None and change.now is not None:
        words = change_words(change.before, change.now, definition.unit, decimals_of(definition), number)
    first, last, now_first, now_last = (
        "" if day is None else format_day(date.fromordinal(day))
        for day in (change.before_first, change.before_last, change.now_first, change.now_last)
    )
    before = no_answer() if change.before is None and change.before_first is not None else _or_empty(change.before)
    now = no_answer() if change.now is None else change.now
    before_n = "" if change.before_first is None else change.before_n
    return (definition.name, before, first, last, before_n, now, now_first, now_last, change.now_n, words, "")


def effects_table(sessions: Sequence[SessionDay], rows: Iterable[EffectRow]) -> Table:
    """Side effects by session: a row for each effect, a column for each session; "" is not noted, and not "none"."""
    headings = (_("Side effect"), *(session_words(one.ref) for one in sessions))
    cells = (
        (row.name, *("" if strength is None else _(STRENGTH_WORDS[strength]) for strength in row.strengths))
        for row in rows
    )
    return Table(headings, tuple(cells))


def row_words(table: Table, place: int, number: FormatNumber = number_words) -> str:
    """A row in words, for the reading line: its first cell, then each other that is not empty, with its heading.

    A text that begins with its heading, such as "Session 4", has it already.
    """
    first, *others = table.rows[place]
    named = (
        cell
        if isinstance(cell, str) and cell.startswith(heading)
        else _("{heading} {value}").format(heading=heading, value=_in_words(cell, number))
        for heading, cell in zip(table.headings[1:], others, strict=True)
        if cell != ""
    )
    return _("{row}: {cells}").format(row=_in_words(first, number), cells="; ".join(named))


def _in_words(cell: Cell, number: FormatNumber) -> str:
    return cell if isinstance(cell, str) else number(cell)
