"""Threads and its sheets for those who hear them, use the keyboard alone, or need large words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrate.domain.practices import Cadence, CadenceKind
from integrate.domain.threads import Station, ThreadState
from integrate.journal.insights import add_insight
from integrate.journal.letters import write_letter
from integrate.journal.opening import Journal
from integrate.journal.practices import change_practice
from integrate.ui.pages.threads.doings import Doings
from integrate.ui.pages.threads.reading import Shown
from integrate.ui.widgets.sheet import Sheet
from tests.a11y.checks import alike, cut_off, nameless, outside, unreached, walk_round
from tests.ui.pages.threads.threads_world import Course, ThreadsWorld
from tests.ui.waiting import run_events

Open = Callable[[Doings, Shown], object]


SHEETS: dict[str, Open] = {
    "new": lambda doings, _shown: doings.new_thread(),
    "thread": lambda doings, shown: doings.open_thread(shown.views(ThreadState.OPEN)[0]),
    "moments": lambda doings, shown: doings.choose(shown.views(ThreadState.OPEN)[0], Station.MET),
    "intentions": lambda doings, shown: doings.choose(shown.views(ThreadState.OPEN)[0], Station.INTENTION),
    "thought": lambda doings, shown: doings.add_thought(shown.views(ThreadState.OPEN)[0]),
    "insight": lambda doings, shown: doings.open_item(shown.views(ThreadState.OPEN)[0].insights[0]),  # type: ignore[arg-type]  # readable
    "practice": lambda doings, shown: doings.open_item(shown.views(ThreadState.OPEN)[0].practices[0]),  # type: ignore[arg-type]  # readable
    "begin": lambda doings, shown: doings.begin_practice(shown.views(ThreadState.OPEN)[0], None),
    "letter": lambda doings, _shown: doings.write_letter(),
}


def fill(journal: Journal, course: Course) -> None:
    write_letter(journal, course.sessions[3], "Dear me")
    write_letter(journal, course.sessions[2], "Dear me, ready to be read")
    add_insight(journal, "A thought on no thread.")
    days = Cadence(CadenceKind.WEEKDAYS, frozenset({1, 5}))
    change_practice(journal, course.practice, cadence=days)


@pytest.fixture
def full(world: ThreadsWorld) -> ThreadsWorld:
    """A page with everything on it."""
    course = world.course()
    world.prepare(lambda journal: fill(journal, course))
    world.open_page()
    return world


def looked_at(layer: QWidget) -> list[str]:
    stops = walk_round(layer)
    return [*nameless(layer), *alike(layer), *unreached(layer, stops), *outside(layer, stops)]


def test_the_page_can_be_read_and_used_with_the_keyboard_alone(full: ThreadsWorld) -> None:
    assert looked_at(full.shell) == []
    regions = [region for region in full.shell.regions() if region.isVisible()]
    missed = list(regions)
    for _step in range(len(regions) + 1):
        before = QApplication.focusWidget()
        assert before is not None
        QTest.keyClick(before, Qt.Key.Key_F6)
        run_events()
        focused = QApplication.focusWidget()
        assert focused is not None
        missed = [one for one in missed if one is not focused and not one.isAncestorOf(focused)]
    assert missed == []


@pytest.mark.parametrize("name", SHEETS)
def test_each_sheet_can_be_read_and_used_with_the_keyboard_alone(full: ThreadsWorld, name: str) -> None:
    sheet = opened(full, name)
    assert looked_at(sheet) == []


@pytest.mark.parametrize(
    ("width", "text"),
    [(720, 200), pytest.param(1280, 200, marks=pytest.mark.hard), pytest.param(720, 100, marks=pytest.mark.hard)],
)
def test_no_word_is_cut_off_on_the_page_or_a_sheet(full: ThreadsWorld, width: int, text: int) -> None:
    full.program.change_settings(text_size=text)
    full.program.window.resize(width, 832)
    full.settle()
    assert cut_off(full.threads) == []
    found = {}
    for name in SHEETS:
        sheet = opened(full, name)
        found[name] = cut_off(sheet)
        sheet.close()
        full.settle()
    assert found == {name: [] for name in SHEETS}


def opened(world: ThreadsWorld, name: str) -> Sheet:
    doings = world.threads.doings
    assert doings.shown is not None
    SHEETS[name](doings, doings.shown)
    return world.sheet(Sheet)
