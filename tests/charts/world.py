"""What the tests of charts share: names of dates in English, invented answers, and what must hold for any scene."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from uuid import UUID

from hypothesis import strategies as st

from integrate.charts.forms import FormBand, FormLine, FormPoint
from integrate.charts.scene import Dots, Line, Mark, Scene, box_of, overlap, texts
from integrate.charts.sessions import SessionMark
from integrate.charts.style import Names, Style
from integrate.charts.timeline import MeasureLine
from integrate.domain.entry import SessionRef
from integrate.domain.measures import Definition
from integrate.domain.series import Series
from integrate.domain.trends import DayValues, SessionDay, trailing_mean

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMES = Names(
    month=lambda day: MONTHS[day.month - 1],
    month_year=lambda day: f"{MONTHS[day.month - 1]} {day.year}",
    year=lambda day: str(day.year),
    day=lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    number=lambda value: f"{value:.2f}".rstrip("0").rstrip("."),
)
STYLE = Style(NAMES)
MOOD = Definition("Mood", "low", "good")
TODAY = date(2026, 10, 8).toordinal()
FIRST = date(2026, 7, 20).toordinal()
PHQ9_BANDS = (
    FormBand(0, 4, "minimal"), FormBand(5, 9, "mild"), FormBand(10, 14, "moderate"),
    FormBand(15, 19, "moderately severe"), FormBand(20, 27, "severe"),
)  # fmt: skip


def measure_line(days: dict[int, float], span: tuple[int, int], definition: Definition = MOOD) -> MeasureLine:
    """A measure with one value for each of ``days``."""
    ordered = tuple(sorted(days))
    daily = DayValues(ordered, tuple(days[day] for day in ordered), (1,) * len(ordered))
    return MeasureLine(definition, daily, trailing_mean(daily, *span))


def form_line(totals: dict[int, int], bands: Sequence[FormBand] = PHQ9_BANDS) -> FormLine:
    return FormLine("PHQ-9", 0, 27, tuple(FormPoint(day, totals[day]) for day in sorted(totals)), tuple(bands))


def series_of(days: dict[int, float], definition: Definition = MOOD, hour: int = 18) -> Series:
    """One answer a day, at ``hour`` in UTC."""
    ordered = tuple(sorted(days))
    instants = tuple(microseconds(day, hour) for day in ordered)
    return Series(UUID(int=1), definition, True, ordered, instants, tuple(days[day] for day in ordered))


def microseconds(day: int, hour: int) -> int:
    return ((day - date(1970, 1, 1).toordinal()) * 24 + hour) * 3_600_000_000


def session_day(number: int, day: int, hour: int | None = None, course: int = 1) -> SessionDay:
    started = None if hour is None else microseconds(day, hour)
    return SessionDay(SessionRef(course, number), UUID(int=100 * course + number), day, started)


# --- what must hold ---------------------------------------------------------------------------------------------------


def assert_sound(scene: Scene) -> None:
    """Every mark lies inside of the scene, and no text covers another."""
    for mark in scene.marks:
        left, top, right, bottom = box_of(mark)
        inside = left >= -0.01 and top >= -0.01 and right <= scene.width + 0.01 and bottom <= scene.height + 0.01
        assert inside, f"{mark} leaves {scene.width} x {scene.height}"
    for one, other in combinations(texts(scene.marks), 2):
        assert not overlap(box_of(one), box_of(other), -0.01), f"{one.words!r} covers {other.words!r}"
    for reading in scene.readings:
        assert 0 <= reading.x <= scene.width and 0 <= reading.y <= scene.height


def dots(marks: Sequence[Mark], role: str) -> list[Dots]:
    return [mark for mark in marks if isinstance(mark, Dots) and mark.role == role]


def lines(marks: Sequence[Mark], role: str, width: float) -> list[Line]:
    return [mark for mark in marks if isinstance(mark, Line) and (mark.role, mark.width) == (role, width)]


def words(scene: Scene) -> list[str]:
    return [text.words for text in texts(scene.marks)]


# --- any chart --------------------------------------------------------------------------------------------------------

STYLES = st.sampled_from((0.9, 1.0, 1.5, 2.0)).flatmap(
    lambda scale: st.booleans().map(lambda plain: Style(NAMES, scale, plain=plain))
)


@st.composite
def sizes(draw: st.DrawFn, style: Style) -> tuple[float, float]:
    """From the narrowest card to a wide window, as high as a chart is at this size of text."""
    width = draw(st.integers(round(260 * max(style.scale, 1)), 1100))
    return float(width), float(round(draw(st.integers(300, 420)) * style.scale))


DEFINITIONS = st.sampled_from(
    (
        MOOD,
        Definition("Sleep last night", "poor", "restful", -3, 3),
        Definition("Hours of sleep", lowest=0, highest=24, step=0.25, unit="hours"),
        Definition("A name that is far too long for the room there is beside a chart, and goes on", highest=100_000),
        Definition("שינה", lowest=1, highest=2),
    )
)


@st.composite
def day_values(draw: st.DrawFn, definition: Definition, first: int, last: int) -> dict[int, float]:
    """Values of some days, some of them beyond the span."""
    days = draw(st.sets(st.integers(first - 10, last + 10), max_size=40))
    low, high = definition.spans
    return {day: draw(st.floats(low, high)) for day in days}


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    first = draw(st.integers(date(1990, 1, 1).toordinal(), date(2050, 1, 1).toordinal()))
    return first, first + draw(st.sampled_from((0, 1, 6, 13, 27, 60, 83, 200, 365, 900, 4000, 18_000)))


@st.composite
def session_marks(draw: st.DrawFn, first: int, last: int) -> tuple[SessionMark, ...]:
    days = draw(st.lists(st.integers(first - 5, last + 5), max_size=30))
    return tuple(
        SessionMark(day, draw(st.sampled_from((str(number), f"2.{number}"))), draw(st.booleans()))
        for number, day in enumerate(sorted(days), start=1)
    )


@st.composite
def totals(draw: st.DrawFn, first: int, last: int) -> dict[int, int]:
    days = draw(st.sets(st.integers(first, last), max_size=20))
    return {day: draw(st.integers(0, 27)) for day in days}
