"""Where things stand on Trends: two rows in a wide window, one column elsewhere, and no hole between them."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from integrate.domain.trends_choice import TrendsChoice
from integrate.journal.opening import Journal
from integrate.journal.preferences import change_preferences
from tests.helpers.check_ins import answer, check_in, measure, own
from tests.ui.pages.settings_world import EVENING
from tests.ui.pages.trends.trends_world import ZONE, TrendsWorld, write_everything, write_moods
from tests.ui.waiting import wait_until

SINCE_WIDTH = 328
LEVEL = 1  # pixel
_ROUNDS = 5


def box(world: TrendsWorld, part: QWidget) -> QRect:
    """Where a part is on its page."""
    return QRect(part.mapTo(world.trends, QPoint(0, 0)), part.size())


def settle(world: TrendsWorld) -> None:
    """Wait until nothing moves any more: text that breaks anew asks the page for another height, and so on."""
    seen: list[list[QRect]] = []

    def still() -> bool:
        page = world.trends
        parts = (page, page.over_time, page.over_time.view, page.since, page.around, page.year, page.effects, page.slow)
        seen.append([box(world, part) for part in parts])
        return len(seen) >= _ROUNDS and all(one == seen[-1] for one in seen[-_ROUNDS:])

    wait_until(still)


def show(world: TrendsWorld, width: int) -> None:
    world.program.window.resize(width, 832)
    settle(world)


@pytest.mark.parametrize("width", [1200, 1280, 1600])
def test_a_wide_window_has_two_rows_with_level_edges(world: TrendsWorld, width: int) -> None:
    world.prepare(write_everything)
    world.open_page()
    show(world, width)
    page = world.trends
    time, since, around, year, effects = (
        box(world, part) for part in (page.over_time, page.since, page.around, page.year, page.effects)
    )
    assert time.right() < since.left()
    assert around.right() < year.left()
    assert time.top() == since.top()
    assert time.bottom() == since.bottom()
    assert (around.top(), around.bottom()) == (year.top(), year.bottom())
    assert around.top() - time.bottom() == effects.top() - around.bottom()
    assert time.left() == around.left() == effects.left()
    assert since.right() == year.right() == effects.right()
    assert since.width() == SINCE_WIDTH


def test_beside_a_long_comparison_the_chart_takes_the_room(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    settle(world)
    page = world.trends
    before = page.over_time.view.height()
    room = page.since.height() + 80
    page.since.setMinimumHeight(room)
    settle(world)
    assert page.over_time.height() == room
    assert before < page.over_time.view.height() <= before + 80
    row = box(world, page.over_time.bands)
    assert box(world, page.over_time).bottom() - row.bottom() < 40


@pytest.mark.parametrize(("width", "text"), [(1199, 100), (960, 100), (720, 100), (1280, 200), (720, 200)])
def test_elsewhere_everything_stands_in_one_column(world: TrendsWorld, width: int, text: int) -> None:
    world.prepare(write_everything)
    world.open_page()
    world.program.change_settings(text_size=text)
    show(world, width)
    page = world.trends
    parts = [page.over_time, page.since, page.around, page.year, page.effects, page.slow]
    boxes = [box(world, part) for part in parts]
    assert all(one.bottom() < other.top() for one, other in pairwise(boxes))
    assert len({(one.left(), one.right()) for one in boxes}) == 1
    assert boxes[0].left() >= 0
    assert boxes[0].right() <= page.width()
    for part in parts:
        inside = part.rect().adjusted(-LEVEL, -LEVEL, LEVEL, LEVEL)
        for child in part.findChildren(QWidget):
            if child.isVisible() and child.parentWidget() is part:
                assert inside.contains(child.geometry()), (part, child)


def test_tables_have_the_whole_width_and_charts_their_rows_again(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    page = world.trends
    world.ctrl(Qt.Key.Key_T)
    assert box(world, page.over_time).bottom() < box(world, page.since).top()
    assert page.since.width() == page.over_time.width() == page.effects.width()
    world.ctrl(Qt.Key.Key_T)
    assert page.since.width() == SINCE_WIDTH


def test_without_anything_to_compare_the_chart_has_the_whole_row(world: TrendsWorld) -> None:
    world.prepare(lambda journal: write_moods(journal, 20))
    world.open_page()
    page = world.trends
    page.since.hide()
    settle(world)
    assert box(world, page.over_time).right() == box(world, page.year).right()


def test_from_right_to_left_the_rows_are_mirrored(world: TrendsWorld) -> None:
    world.prepare(write_everything)
    world.open_page()
    world.program.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    settle(world)
    page = world.trends
    assert box(world, page.since).right() < box(world, page.over_time).left()
    assert box(world, page.year).right() < box(world, page.around).left()
    scene = page.over_time.view.scene()
    assert scene is not None
    assert [reading.x for reading in scene.readings] == sorted(reading.x for reading in scene.readings)


def test_without_a_session_the_year_stands_below_the_one_sentence(world: TrendsWorld) -> None:
    world.prepare(lambda journal: write_moods(journal, 20))
    world.open_page()
    settle(world)
    page = world.trends
    around, year = box(world, page.around), box(world, page.year)
    assert around.bottom() < year.top()
    assert around.height() < page.year.height() / 2
    assert (around.left(), around.right()) == (year.left(), year.right())
    assert not page.since.why.isVisible()  # there are no numbers that could not say why


def test_a_long_name_is_cut_on_its_chip_alone(world: TrendsWorld) -> None:
    name = "How near I feel to what I wanted when I began with all of this"

    def write(journal: Journal) -> None:
        near = own(journal, name)
        for ago in range(1, 9):
            at = EVENING - timedelta(days=ago)
            check_in(journal, answer(near, 4), answer(measure(journal), 5), at=at, zone=ZONE)
        change_preferences(journal, trends=TrendsChoice(over_time=near.id))

    world.prepare(write)
    world.open_page()
    world.program.change_settings(text_size=200)
    show(world, 720)
    page = world.trends
    chip = page.over_time.measure
    assert chip.words() == "How near I feel to what…"
    assert chip.toolTip() == name
    assert name in chip.accessibleName()
    assert name in chip.options()
    assert box(world, page.over_time).right() <= page.width()
    assert chip.width() >= chip.sizeHint().width()
