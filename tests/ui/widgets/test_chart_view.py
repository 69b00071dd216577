"""A chart on the screen: painted once, read by pointer and by key, told to screen readers, saved as a picture."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as Xml

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from integrate.charts.scene import Dots, Scene
from integrate.charts.style import Style
from integrate.charts.timeline import timeline_scene
from integrate.charts.year import year_scene
from integrate.domain.trends import daily_values, year_cells
from integrate.ui.theme.look import Look
from integrate.ui.theme.theme import Theme
from integrate.ui.widgets import chart_view
from integrate.ui.widgets.chart_paint import chart_names
from integrate.ui.widgets.chart_view import ChartView
from tests.charts.world import FIRST, MOOD, TODAY, measure_line, series_of
from tests.ui.conftest import right_to_left
from tests.ui.widgets.states import Role, description, name, role

Show = Callable[..., QWidget]
DAYS = {FIRST + 2 * day: float(day % 11) for day in range(40)}
SPAN = (FIRST, TODAY)
READ = sorted(DAYS)


def timeline(size: tuple[float, float], style: Style) -> Scene:
    return timeline_scene(size, style, SPAN, measure_line(DAYS, SPAN), title="Over time", summary="Mood over 12 weeks.")


def year(size: tuple[float, float], style: Style) -> Scene:
    cells = year_cells(daily_values(series_of(DAYS)), 2026)
    return year_scene(size, style, 2026, MOOD, cells, title="2026", summary="Mood in 2026.", today=TODAY)


def said(key: int) -> str:
    return f"Day {key - FIRST}: Mood"


@pytest.fixture
def chart(theme: Theme, show: Show) -> ChartView:
    made = ChartView(theme, 260)
    made.show_chart(timeline, said, "Mood over 12 weeks.")
    show(made, 600, 260)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    return made


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers are asked to say, in their own time."""
    heard: list[str] = []

    def note(widget: QObject, words: str, *, polite: bool = True) -> None:
        assert polite
        heard.append(words)

    monkeypatch.setattr(chart_view, "announce", note)
    return heard


def at(chart: ChartView, key: int) -> QPoint:
    scene = chart.scene()
    assert scene is not None
    place = next(reading for reading in scene.readings if reading.key == key)
    return QPoint(round(place.x + place.width / 2), round(place.y + place.height / 2))


def test_it_is_a_chart_whose_name_is_its_summary(chart: ChartView) -> None:
    assert role(chart) == Role.Chart
    assert name(chart) == "Mood over 12 weeks."
    assert description(chart) == ""


def test_keys_move_the_place_that_is_read_from_left_to_right(chart: ChartView) -> None:
    for key, expected in (
        (Qt.Key.Key_Right, READ[0]), (Qt.Key.Key_Right, READ[0] + 2), (Qt.Key.Key_End, SPAN[1]),
        (Qt.Key.Key_Right, SPAN[1]), (Qt.Key.Key_Home, READ[0]), (Qt.Key.Key_Left, READ[0]),
    ):  # fmt: skip
        QTest.keyClick(chart, key)
        assert chart.reading_key() == expected
        assert description(chart) == said(expected) == chart.reading_words()


def test_the_first_key_to_the_left_begins_at_the_end(chart: ChartView) -> None:
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading_key() == SPAN[1]


def test_escape_takes_the_line_away_and_a_second_one_is_somebody_elses(chart: ChartView) -> None:
    unread = chart.grab().toImage()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.grab().toImage() != unread
    assert pressed(chart, Qt.Key.Key_Escape)
    assert chart.reading_key() is None and description(chart) == ""
    assert chart.grab().toImage() == unread
    assert not pressed(chart, Qt.Key.Key_Escape)


def test_other_keys_are_somebody_elses(chart: ChartView) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_Up, Qt.Key.Key_Down):
        assert not pressed(chart, key)
    assert not pressed(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert chart.reading_key() is None


def pressed(chart: ChartView, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
    """Press a key; whether the chart took it."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, held)
    chart.keyPressEvent(event)
    return event.isAccepted()


def test_a_key_is_told_politely_and_the_pointer_is_not(chart: ChartView, announced: list[str]) -> None:
    QTest.mouseMove(chart, at(chart, READ[5]))
    assert chart.reading_key() == READ[5]
    assert announced == []
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert announced == [said(READ[0])]


def test_the_pointer_reads_the_nearest_day_and_lets_go(chart: ChartView) -> None:
    changes: list[object] = []
    chart.reading_changed.connect(changes.append)
    QTest.mouseMove(chart, at(chart, READ[9]) + QPoint(1, 40))
    assert chart.reading_key() == READ[9]
    chart.clearFocus()
    assert chart.reading_key() is None
    assert changes == [READ[9], None]


def test_in_a_chart_of_cells_up_and_down_go_to_other_months(theme: Theme, show: Show) -> None:
    chart = ChartView(theme, 300)
    chart.show_chart(year, said, "Mood in 2026.")
    show(chart, 400, 300)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.mouseMove(chart, at(chart, TODAY))
    assert chart.reading_key() == TODAY
    QTest.keyClick(chart, Qt.Key.Key_Up)
    assert chart.reading_key() == TODAY - 30  # 8 September
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    assert chart.reading_key() == TODAY  # nothing is below
    QTest.mouseMove(chart, QPoint(3, 3))
    assert chart.reading_key() is None


def test_the_place_stays_when_the_chart_is_shown_anew_if_it_is_still_there(chart: ChartView) -> None:
    QTest.keyClick(chart, Qt.Key.Key_End)
    chart.show_chart(timeline, said, "Mood over 12 weeks.")
    assert chart.reading_key() == SPAN[1]
    chart.resize(500, 260)
    assert chart.reading_key() == SPAN[1]
    chart.show_chart(year, said, "Mood in 2026.")
    assert chart.reading_key() == SPAN[1]  # today is on both
    chart.show_chart(lambda size, style: Scene(*size, (), "", "Nothing."), said, "Nothing.")
    assert chart.reading_key() is None and description(chart) == ""
    assert name(chart) == "Nothing."


def test_a_scene_is_made_when_it_is_needed_and_once_for_a_size(theme: Theme, show: Show) -> None:
    made: list[tuple[float, float]] = []

    def build(size: tuple[float, float], style: Style) -> Scene:
        made.append(size)
        return timeline(size, style)

    chart = ChartView(theme, 260)
    chart.show_chart(build, said, "Mood.")
    assert made == []
    show(chart, 600, 260)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    for _turn in range(5):
        QTest.keyClick(chart, Qt.Key.Key_Right)
        chart.grab()
    assert made == [(600.0, 260.0)]


def test_a_moved_line_paints_nothing_of_the_chart_again(chart: ChartView) -> None:
    chart.grab()
    before = chart._pixmap.cacheKey()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    chart.grab()
    assert chart._pixmap.cacheKey() == before
    chart.resize(chart.width() - 1, chart.height())
    chart.grab()
    assert chart._pixmap.cacheKey() != before


def test_another_look_paints_it_anew_and_grows_with_the_text(chart: ChartView) -> None:
    theme = chart._theme
    light, height = chart.grab().toImage(), chart.sizeHint().height()
    theme.set_look(Look(theme="dark", text_size=200, reduced_motion=True))
    assert chart.sizeHint().height() == 2 * height
    assert chart.grab().toImage() != light
    scene = chart.scene()
    assert scene is not None and max(text.size for text in scene.marks if hasattr(text, "words")) == 24


def test_high_contrast_has_only_colours_of_the_system(make_theme: Callable[..., Theme], show: Show) -> None:
    theme = make_theme(theme="contrast")
    chart = ChartView(theme, 300)
    chart.show_chart(year, said, "Mood in 2026.")
    show(chart, 400, 300)
    ground, ink, accent = (theme.color(token).rgb() for token in ("surface", "ink1", "accent"))
    image = chart.image(1)
    colours = {image.pixel(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    between = {QColor(colour).hue() for colour in colours} - {QColor(one).hue() for one in (ground, ink, accent)}
    assert not between  # nothing but these, and what smooth edges mix of them


def test_time_runs_from_left_to_right_in_every_language(chart: ChartView) -> None:
    before = chart.grab().toImage()
    right_to_left(chart)
    assert chart.grab().toImage() == before
    QTest.keyClick(chart, Qt.Key.Key_Right)
    first = at(chart, READ[0]).x()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.reading_key() == READ[1] and at(chart, READ[1]).x() > first


def test_it_is_saved_as_svg_and_as_a_picture_twice_as_large(chart: ChartView) -> None:
    root = Xml.fromstring(chart.svg())
    scene = chart.scene()
    assert scene is not None
    points = sum(len(mark.points) for mark in scene.marks if isinstance(mark, Dots))
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) == points
    image = chart.image()
    assert (image.width(), image.height()) == (2 * (chart.width() + 32), 2 * (chart.height() + 32))  # and a margin
    assert image.format() == QImage.Format.Format_RGB32  # nothing shines through
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.image() == image  # the line is not part of it


def test_before_there_is_a_chart_nothing_is_drawn(theme: Theme, show: Show) -> None:
    chart = ChartView(theme, 200)
    show(chart, 300, 200)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.mouseMove(chart, QPoint(50, 50))
    assert chart.reading_key() is None and chart.svg() == "" and chart.scene() is None
    assert name(chart) == ""


def test_dates_and_numbers_are_of_the_language() -> None:
    german = chart_names(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert [german.number(value) for value in (6.0, 6.5, 3.25, 100_000, -0.25)] == [
        "6",
        "6,5",
        "3,25",
        "100000",
        "-0,25",
    ]
    british = chart_names(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    assert [british.number(value) for value in (10.0, 2 / 3, 1000.5)] == ["10", "0.67", "1000.5"]
