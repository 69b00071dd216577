"""Over time: a measure day by day with its 7-day mean, above one questionnaire, both under the sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from integrate.charts.axis import Plot, apart, axis_width, time_axis, value_axis, value_ticks
from integrate.charts.forms import FormLine, form_data, form_ground, form_legend, range_words
from integrate.charts.legend import LegendItem, dot_sample, legend, line_sample
from integrate.charts.placing import Taken
from integrate.charts.scene import Dots, Line, Mark, Reading, Scene
from integrate.charts.sessions import HEIGHT, SessionMark, session_legend, session_marks, today_marks
from integrate.charts.style import STRONG, Style
from integrate.domain.trends.daily import within
from integrate.domain.trends.numbers import decimals_of, rounded
from integrate.i18n import _

if TYPE_CHECKING:
    from integrate.domain.measures import Definition
    from integrate.domain.trends import DayValues

_DOT: Final = 2.0
_SMALL_DOT: Final = 1.25
_CROWDED: Final = 1.0  # pixels for a day: with less, dots are small
_MEAN: Final = 2.5
_INSET: Final = 4  # so that a dot on the last day has its room
_GAP: Final = 20  # between the panels
_SHARE: Final = 0.46  # of the height of both panels that the upper one takes
_WIDEST: Final = 0.22  # of the width that names beside the panels may take
_LEAST_PLOT: Final = 220  # pixels: a narrower plot would lose too much to the names beside it


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure: the values of its days, and a ``mean`` for each day of the span that is shown (None: a gap)."""

    definition: Definition
    daily: DayValues
    mean: tuple[float | None, ...]


def timeline_scene(
    size: tuple[float, float], style: Style, span: tuple[int, int], measure: MeasureLine,
    form: FormLine | None = None, sessions: Sequence[SessionMark] = (), today: int | None = None,
    *, title: str, summary: str,
) -> Scene:  # fmt: skip
    """The chart "Over time" in ``size`` pixels. ``span`` is the ordinals of its first and last day.

    The questionnaire is below where ``form`` is given. A day can be read wherever it has a value, a mean, a total or
    a session. The means end ``today``: the week of a day to come is not over.
    """
    if today is not None:
        measure = replace(measure, mean=measure.mean[: max(today - span[0] + 1, 0)])
    marks, top = legend(_legend(measure, form, sessions, span, today), style, 0, size[0])
    upper, lower = _plots(size, style, span, measure, form, top + style.px(HEIGHT) + style.line / 2)
    bottom = (lower or upper).bottom
    row = top + style.px(HEIGHT) / 2
    taken = Taken((0, 0, *size))
    over = (
        *session_marks(sessions, upper, bottom, row, taken, style),
        *today_marks(today, upper, bottom, row, taken, style),
    )  # fmt: skip
    under = [*_measure_ground(measure, upper, style)]
    data = [*_measure_data(measure, upper, style), *_names_beside(measure, upper, size[0], style)]
    if form is not None and lower is not None:
        under += form_ground(form, lower, style)
        data += form_data(form, lower, over, taken, style)
        words = (form.name, range_words(form.lowest, form.highest, style))
        data += _beside(words, (lower.top + lower.bottom) / 2, lower, size[0], style, "ink1")
    under += time_axis(lower or upper, style, size[0])
    readings = _readings(measure, form, sessions, upper, bottom)
    return Scene(*size, (*marks, *under, *over, *data), title, summary, readings)


def _plots(
    size: tuple[float, float], style: Style, span: tuple[int, int], measure: MeasureLine, form: FormLine | None,
    top: float,
) -> tuple[Plot, Plot | None]:  # fmt: skip
    """The panels from ``top`` down: that of the measure, and below it that of the questionnaire."""
    (width, height), (first, last), low_high = size, span, measure.definition.spans
    beside = _room_beside(measure, form, width, style)
    left = axis_width(low_high if form is None else (*low_high, form.lowest, form.highest), style)
    right = width - max(beside, style.px(_INSET))
    bottom = height - style.line - style.px(8)
    if form is None:
        return Plot(left, top, right, bottom, first, last, *low_high), None
    gap = style.px(_GAP)
    middle = top + (bottom - top - gap) * _SHARE
    upper = Plot(left, top, right, middle, first, last, *low_high)
    return upper, Plot(left, middle + gap, right, bottom, first, last, form.lowest, form.highest)


def _words_beside(measure: MeasureLine, style: Style) -> tuple[str, str]:
    """The name with the newest mean, and the range."""
    name = measure.definition.name
    newest = next((value for value in reversed(measure.mean) if value is not None), None)
    if newest is not None:
        name = _("{name} {value}").format(
            name=name, value=style.names.number(float(rounded(newest, decimals_of(measure.definition))))
        )
    return name, range_words(*measure.definition.spans, style)


def _room_beside(measure: MeasureLine, form: FormLine | None, width: float, style: Style) -> float:
    """The room to the right of the panels for their names, in pixels; 0 where the plot needs all of it."""
    words = [*_words_beside(measure, style)]
    if form is not None:
        words += [form.name, range_words(form.lowest, form.highest, style)]
    room = min(max(style.width(one, STRONG) for one in words) + style.px(10), width * _WIDEST)
    return room if width - room >= style.px(_LEAST_PLOT) else 0.0


def _names_beside(measure: MeasureLine, plot: Plot, right: float, style: Style) -> Iterator[Mark]:
    newest = next((value for value in reversed(measure.mean) if value is not None), None)
    y = (plot.top + plot.bottom) / 2 if newest is None else plot.y(newest)
    yield from _beside(_words_beside(measure, style), y, plot, right, style, "accent")


def _beside(
    words: tuple[str, str], y: float, plot: Plot, right: float, style: Style, role: str
) -> Iterator[Mark]:  # fmt: skip
    """A name and a range to the right of a plot, near ``y``."""
    room = right - plot.right - style.px(10)
    middle = min(max(y, plot.top + style.line / 2), plot.bottom - style.line / 2)
    for line, weight, colour, step in zip(words, (STRONG, 400), (role, "ink2"), (-0.5, 0.5), strict=True):
        if room > 0 and (fitting := style.fitting(line, room, weight)):
            x = plot.right + style.px(10)
            yield style.label(x, middle + step * style.line, fitting, colour, "start", weight)


def _legend(
    measure: MeasureLine, form: FormLine | None, sessions: Sequence[SessionMark], span: tuple[int, int],
    today: int | None,
) -> list[LegendItem]:  # fmt: skip
    name = measure.definition.name
    items = [
        LegendItem(_("{name}, 7-day average").format(name=name), line_sample("accent", _MEAN)),
        LegendItem(_("one day"), dot_sample("ink3", _DOT)),
    ]
    if form is not None:
        items.append(form_legend(form))
    return [*items, *session_legend(sessions, span, today)]


def _measure_ground(measure: MeasureLine, plot: Plot, style: Style) -> Iterator[Mark]:
    ticks = value_ticks(*measure.definition.spans, plot.bottom - plot.top, apart(style))
    yield from value_axis(plot, ticks, style)


def _measure_data(measure: MeasureLine, plot: Plot, style: Style) -> Iterator[Mark]:
    daily = within(measure.daily, plot.first, plot.last)
    if daily.days:
        pitch = (plot.right - plot.left) / (plot.last - plot.first + 1)
        radius = _DOT if pitch > _CROWDED else _SMALL_DOT
        yield Dots(plot.points(daily.days, daily.means), style.px(radius), "ink3")
    yield from mean_lines(measure.mean, plot)


def mean_lines(mean: Sequence[float | None], plot: Plot) -> Iterator[Mark]:
    """The means as lines that break wherever there is none; a mean that stands alone is a short line."""
    days: list[int] = []
    values: list[float] = []
    for day, value in enumerate((*mean, None), start=plot.first):
        if value is not None:
            days.append(day)
            values.append(value)
        elif days:
            points = plot.points(days, values)
            if len(points) == 1:
                (x, y), half = points[0], max((plot.x(1) - plot.x(0)) / 2, 1.0)
                points = ((max(x - half, plot.left), y), (min(x + half, plot.right), y))
            yield Line(points, "accent", _MEAN)
            days, values = [], []


def _readings(
    measure: MeasureLine, form: FormLine | None, sessions: Sequence[SessionMark], plot: Plot, bottom: float
) -> tuple[Reading, ...]:
    days = {day for day, value in enumerate(measure.mean, start=plot.first) if value is not None}
    days.update(measure.daily.days)
    days.update(session.day for session in sessions)
    days.update(point.day for point in (form.points if form is not None else ()))
    top, height = plot.top, bottom - plot.top
    return tuple(Reading(day, plot.x(day), top, height) for day in sorted(days) if plot.shows(day))
